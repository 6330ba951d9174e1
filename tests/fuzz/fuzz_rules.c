/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: the first line is a pattern, the rest a text.  Where the
 * pattern is one, hits must be the same with the filter and without, and
 * lie in the text.  A "!" before the pattern makes letters count.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "classify/rules.h"

enum {
	CLEAN_MAX = 1 << 20
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
	if (!truth)
		abort();
}

static void
run(const struct taxonomy *taxonomy, const char *text)
{
	struct rule_input input;
	struct rule_hits with, without;
	struct rules *rules;
	size_t len = strlen(text);

	if (rules_new(&rules, taxonomy, TAX_STAGE_LABELS) != NULL)
		return;
	memset(&input, 0, sizeof(input));
	input.filed = 19000;
	input.text[TAX_FIELD_TITLE].data = text;
	input.text[TAX_FIELD_TITLE].len = len;
	must(rule_hits_init(&with, taxonomy) == NULL);
	must(rule_hits_init(&without, taxonomy) == NULL);
	must(rules_run(rules, &input, NULL, &with) == NULL);
	rules_filter(rules, false);
	must(rules_run(rules, &input, NULL, &without) == NULL);
	/* A rule that gave up says so; it may do so on one side alone. */
	if (!with.limited && !without.limited) {
		must(with.len == without.len);
		must(with.len == 0 ||
		    (with.items[0].start == without.items[0].start &&
		    with.items[0].end == without.items[0].end));
	}
	must(with.len == 0 || (with.items[0].start <= with.items[0].end &&
	    with.items[0].end <= len));
	rule_hits_release(&with);
	rule_hits_release(&without);
	rules_free(rules);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tax_rule rule = { .id = "fuzz", .field = TAX_FIELD_TITLE,
	    .from = DATE_NONE, .until = INT64_MAX, .scheme = SIZE_MAX };
	struct taxonomy taxonomy = { .rules = &rule, .rule_len = 1 };
	struct buf clean;
	char *text, *line;

	buf_init(&clean, CLEAN_MAX);
	(void)text_clean(&clean, (const char *)data, size);
	text = buf_take(&clean);
	if (text == NULL)
		return 0;
	line = strchr(text, '\n');
	if (line != NULL) {
		*line = '\0';
		rule.exact = text[0] == '!';
		rule.pattern = text + rule.exact;
		run(&taxonomy, line + 1);
	}
	mem_free(text);
	return 0;
}
