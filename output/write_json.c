/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* JSON and JSON Lines: the report's value tree, by yajl's generator. */

#include "output/write.h"

#include <string.h>

#include <yajl/yajl_gen.h>

#include "base/buf.h"
#include "base/mem.h"
#include "output/report.h"
#include "output/value.h"

static void
print(void *ctx, const char *data, size_t len)
{
	buf_add(ctx, data, len);
}

static void
text(yajl_gen gen, const char *data)
{
	yajl_gen_string(gen, (const unsigned char *)data, strlen(data));
}

/* Builders nest a handful of levels, so this may call itself. */
static void
generate(yajl_gen gen, const struct value *value)
{
	const struct value *child;

	switch (value->kind) {
	case VALUE_NULL:
		yajl_gen_null(gen);
		break;
	case VALUE_BOOL:
		yajl_gen_bool(gen, value->number != 0);
		break;
	case VALUE_NUMBER:
		yajl_gen_integer(gen, value->number);
		break;
	case VALUE_DECIMAL:
		yajl_gen_number(gen, value->text, strlen(value->text));
		break;
	case VALUE_TEXT:
		text(gen, value->text);
		break;
	case VALUE_ARRAY:
		yajl_gen_array_open(gen);
		for (child = value->first; child != NULL; child = child->next)
			generate(gen, child);
		yajl_gen_array_close(gen);
		break;
	case VALUE_OBJECT:
		yajl_gen_map_open(gen);
		for (child = value->first; child != NULL;
		    child = child->next) {
			text(gen, child->key);
			generate(gen, child);
		}
		yajl_gen_map_close(gen);
		break;
	}
}

/* One value on one line. */
static void
line(const struct value *value, struct buf *out)
{
	const yajl_alloc_funcs funcs = { mem_must_alloc, mem_must_resize,
	    mem_must_free, NULL };
	yajl_gen gen = yajl_gen_alloc(&funcs);

	yajl_gen_config(gen, yajl_gen_print_callback, print, (void *)out);
	generate(gen, value);
	yajl_gen_free(gen);
	buf_char(out, '\n');
}

void
write_json(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	(void)options;
	if (report->data != NULL)
		line(report->data, out);
}

void
write_jsonl(const struct report *report,
    const struct writer_options *options, struct buf *out)
{
	const struct value *value;

	if (report->records == NULL) {
		write_json(report, options, out);
		return;
	}
	for (value = report->records->first; value != NULL;
	    value = value->next)
		line(value, out);
}
