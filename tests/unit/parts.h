/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A sink that writes down what the readers of answers hand over and report,
 * a line each, so that a test can compare it with what it expects.
 */
#ifndef TESTS_UNIT_PARTS_H
#define TESTS_UNIT_PARTS_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "fetch/bug.h"
#include "fetch/intake.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct parts {
	struct buf text;	/* the lines */
	struct diag_sink diags;
	struct intake_sink sink;
	struct intake_result result;
	bool places;		/* diagnostics are written with their place */
	/* Where the bytes are read from. */
	const char *data;
	size_t len;
	size_t piece;		/* at most so many at once */
};

static inline void
parts_time(struct buf *out, int64_t time)
{
	char text[DATE_SIZE];

	buf_str(out, time == DATE_NONE ? "-" : date_format_time(time, text));
}

static inline void
parts_fields(struct buf *out, const struct bug *bug)
{
	for (unsigned i = 0; i < BUG_TEXT__MAX; i++)
		if ((bug->have & BUG_HAVE_TEXT(i)) != 0)
			buf_fmt(out, " %s=%s", bug_text_names(i)->rest,
			    bug->text[i]);
	for (unsigned i = 0; i < BUG_NUM__MAX; i++) {
		if ((bug->have & BUG_HAVE_NUM(i)) == 0)
			continue;
		buf_fmt(out, " %s=", bug_num_names(i)->rest);
		if (bug_num_is_time(i))
			parts_time(out, bug->num[i]);
		else
			buf_fmt(out, "%" PRId64, bug->num[i]);
	}
	if ((bug->have & BUG_HAVE_COMMENTS) != 0)
		buf_str(out, " +comments");
	if ((bug->have & BUG_HAVE_HISTORY) != 0)
		buf_str(out, " +history");
	buf_char(out, '\n');
}

static inline const struct err *
parts_put(void *arg, const struct bug *bug)
{
	struct parts *parts = arg;
	struct buf *out = &parts->text;

	buf_fmt(out, "bug %" PRId64, bug->id);
	parts_fields(out, bug);
	for (size_t i = 0; i < bug->comment_len; i++) {
		const struct comment *comment = &bug->comments[i];

		assert_int_equal(comment->text_len, strlen(comment->text));
		buf_fmt(out, "  comment %" PRId64 " of %" PRId64 " #%" PRId64
		    " ", comment->id, comment->bug, comment->number);
		parts_time(out, comment->time);
		buf_fmt(out, " <%s>", comment->creator);
		if (comment->attachment != 0)
			buf_fmt(out, " attachment %" PRId64,
			    comment->attachment);
		if (comment->is_private)
			buf_str(out, " private");
		buf_fmt(out, ": %s\n", comment->text);
	}
	for (size_t i = 0; i < bug->change_len; i++) {
		const struct change *change = &bug->changes[i];

		buf_str(out, "  change ");
		parts_time(out, change->time);
		buf_fmt(out, " <%s> %s: '%s' to '%s'\n", change->who,
		    change->field, change->removed, change->added);
	}
	return NULL;
}

static inline void
parts_report(void *arg, const struct diag *diag)
{
	struct parts *parts = arg;

	assert_string_equal(diag->where, "x");
	buf_fmt(&parts->text, "%s %" PRId64, diag_name(diag->code),
	    diag->bug);
	if (parts->places)
		buf_fmt(&parts->text, " at %" PRIu64 ":%" PRIu64, diag->line,
		    diag->column);
	buf_fmt(&parts->text, " %s\n",
	    diag->detail != NULL ? diag->detail : "");
}

static inline const struct err *
parts_read(void *arg, char *data, size_t cap, size_t *got)
{
	struct parts *parts = arg;

	*got = parts->len < cap ? parts->len : cap;
	if (*got > parts->piece)
		*got = parts->piece;
	if (*got > 0)
		memcpy(data, parts->data, *got);
	parts->data += *got;
	parts->len -= *got;
	return NULL;
}

/* Begin with bytes that are handed out `piece` at a time. */
static inline void
parts_begin(struct parts *parts, const char *data, size_t len, size_t piece)
{
	memset(parts, 0, sizeof(*parts));
	buf_init(&parts->text, 64 << 20);
	parts->diags.report = parts_report;
	parts->diags.arg = parts;
	parts->sink.put = parts_put;
	parts->sink.arg = parts;
	parts->sink.diags = &parts->diags;
	parts->data = data;
	parts->len = len;
	parts->piece = piece;
}

static inline void
parts_end(struct parts *parts)
{
	assert_null(buf_error(&parts->text, "what was written down"));
	buf_release(&parts->text);
}

/* Are these lines the first ones of those? */
static inline bool
parts_prefix(const char *lines, const char *of)
{
	return strncmp(lines, of, strlen(lines)) == 0;
}

#endif
