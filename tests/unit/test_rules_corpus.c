/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The filter must change nothing: all rules of the built-in taxonomy, over
 * all texts of corpus/ and, where CABRIEF_DATA names them, of real bugs,
 * with it and without; and a part of them over the sections of the reports
 * there.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "classify/report_text.h"
#include "classify/rules.h"
#include "fetch/bug.h"
#include "fetch/intake.h"
#include "tests/unit/heard.h"

enum {
	SPARSE = 5	/* each so many rules are tried on sections */
};

struct runs {
	struct rules *with, *without;
	struct rules *reports_with, *reports_without;
	struct rules *lessons_with, *lessons_without;
	struct rules *sections_with, *sections_without;
	struct report_reader *reader;
	struct rule_hits a, b;
	size_t texts, hits;
	struct heard heard;
	struct diag_sink *sink;
};

static struct taxonomy *taxonomy;

static void
compare(struct runs *runs, struct rules *with, struct rules *without,
    const struct rule_input *input)
{
	const struct rule_hit *a, *b;
	size_t i;

	assert_null(rules_run(with, input, runs->sink, &runs->a));
	assert_null(rules_run(without, input, runs->sink, &runs->b));
	for (i = 0; i < runs->a.len && i < runs->b.len; i++) {
		a = &runs->a.items[i];
		b = &runs->b.items[i];
		if (a->rule != b->rule || a->comment != b->comment ||
		    a->start != b->start || a->end != b->end)
			fail_msg("bug %lld: rule %s at %zu-%zu, without the "
			    "filter rule %s at %zu-%zu",
			    (long long)input->bug,
			    taxonomy->rules[a->rule].id, a->start, a->end,
			    taxonomy->rules[b->rule].id, b->start, b->end);
	}
	if (runs->a.len != runs->b.len)
		fail_msg("bug %lld: %zu rules match, %zu without the filter",
		    (long long)input->bug, runs->a.len, runs->b.len);
	runs->texts++;
	runs->hits += runs->a.len;
}

static void
set_text(struct rule_text *text, const char *data)
{
	text->data = data;
	text->len = strlen(data);
	text->offset = 0;
}

static bool
is_anybody(const void *speakers, const struct comment *comment)
{
	(void)speakers;
	(void)comment;
	return true;
}

/* The comments of a bug under the rules on reports. */
static void
compare_sections(struct runs *runs, const struct bug *bug)
{
	struct rule_input input;
	size_t field;

	memset(&input, 0, sizeof(input));
	input.bug = bug->id;
	input.filed = 19000;
	input.is_by_ca = is_anybody;
	for (field = 0; field <= TAX_FIELD_WORDS; field++)
		set_text(&input.text[field], "");
	input.comments = bug->comments;
	input.comment_len = bug->comment_len;
	assert_null(report_read(runs->reader, bug, NULL, &input.report));
	compare(runs, runs->sections_with, runs->sections_without, &input);
	compare(runs, runs->reports_with, runs->reports_without, &input);
	compare(runs, runs->lessons_with, runs->lessons_without, &input);
}

/* A part of a bug: its summary, then each comment as if it were first. */
static const struct err *
put(void *arg, const struct bug *bug)
{
	struct rule_input input;
	struct runs *runs = arg;
	struct comment comment;
	size_t i, field;

	memset(&input, 0, sizeof(input));
	input.bug = bug->id;
	input.filed = 19000;
	input.is_by_ca = is_anybody;
	for (field = 0; field <= TAX_FIELD_WORDS; field++)
		set_text(&input.text[field], bug->text[BUG_SUMMARY]);
	compare(runs, runs->with, runs->without, &input);
	for (i = 0; i < bug->comment_len; i++) {
		if (bug->comments[i].text_len == 0)
			continue;
		comment = bug->comments[i];
		comment.number = 0;
		input.comments = &comment;
		input.comment_len = 1;
		/* Without the filter it takes long: of comments each fourth
		 * stands for what is short as well. */
		for (field = 0; field <= TAX_FIELD_WORDS; field++)
			set_text(&input.text[field], runs->texts % 4 == 0 ?
			    comment.text : "");
		compare(runs, runs->with, runs->without, &input);
	}
	compare_sections(runs, bug);
	return NULL;
}

static const struct err *
take(void *arg, char *data, size_t cap, size_t *got)
{
	ssize_t n = read(*(int *)arg, data, cap);

	assert_true(n >= 0);
	*got = (size_t)n;
	return NULL;
}

static void
read_file(struct runs *runs, const char *folder, const char *name)
{
	struct intake_sink sink = { .put = put, .arg = runs };
	struct intake_source source = { .read = take };
	struct intake_result result;
	const struct err *err;
	char path[4096];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail_msg("%s: can't be opened", path);
	source.name = path;
	source.arg = &fd;
	err = intake_read(&source, &sink, &result);
	if (err != NULL)
		fail_msg("%s", err->text);
	(void)close(fd);
}

/* Some of the rules, on sections: one kind each, root causes and what has
 * no name besides, so that some lie within others. */
static const struct err *
new_on_sections(struct rules **out)
{
	static struct taxonomy other;
	static struct tax_rule rules[TAX_MAX_RULES];
	size_t i;

	other = *taxonomy;
	other.rules = rules;
	for (i = 0; i < taxonomy->rule_len; i++) {
		rules[i] = taxonomy->rules[i];
		rules[i].stage = i % SPARSE == 0 ? TAX_STAGE_REPORTS :
		    TAX_STAGE_LABELS;
		rules[i].field = TAX_FIELD_SECTION;
		rules[i].sections = UINT64_C(1) << i % TAX_SECTION__MAX |
		    UINT64_C(1) << TAX_SECTION_CAUSE |
		    UINT64_C(1) << TAX_SECTION_OTHER;
	}
	return rules_new(out, &other, TAX_STAGE_REPORTS);
}

static void
begin(struct runs *runs)
{
	memset(runs, 0, sizeof(*runs));
	runs->sink = heard_begin(&runs->heard);
	assert_null(rules_new(&runs->with, taxonomy, TAX_STAGE_LABELS));
	assert_null(rules_new(&runs->without, taxonomy,
	    TAX_STAGE_LABELS));
	rules_filter(runs->without, false);
	assert_null(rules_new(&runs->reports_with, taxonomy,
	    TAX_STAGE_REPORTS));
	assert_null(rules_new(&runs->reports_without, taxonomy,
	    TAX_STAGE_REPORTS));
	rules_filter(runs->reports_without, false);
	assert_null(rules_new(&runs->lessons_with, taxonomy,
	    TAX_STAGE_LESSONS));
	assert_null(rules_new(&runs->lessons_without, taxonomy,
	    TAX_STAGE_LESSONS));
	rules_filter(runs->lessons_without, false);
	assert_null(new_on_sections(&runs->sections_with));
	assert_null(new_on_sections(&runs->sections_without));
	rules_filter(runs->sections_without, false);
	assert_null(report_reader_new(&runs->reader, taxonomy));
	assert_null(rule_hits_init(&runs->a, taxonomy));
	assert_null(rule_hits_init(&runs->b, taxonomy));
}

static void
end(struct runs *runs)
{
	print_message("%zu texts, %zu hits\n", runs->texts, runs->hits);
	assert_int_equal(heard_all(&runs->heard), 0);
	rules_free(runs->with);
	rules_free(runs->without);
	rules_free(runs->reports_with);
	rules_free(runs->reports_without);
	rules_free(runs->lessons_with);
	rules_free(runs->lessons_without);
	rules_free(runs->sections_with);
	rules_free(runs->sections_without);
	report_reader_free(runs->reader);
	rule_hits_release(&runs->a);
	rule_hits_release(&runs->b);
}

static void
test_corpus(void **state)
{
	struct runs runs;

	(void)state;
	begin(&runs);
	read_file(&runs, "corpus/2017-2023", "bugs.json");
	read_file(&runs, "corpus/2017-2023", "comments.json");
	read_file(&runs, "corpus/2023-2026", "bugs.json");
	read_file(&runs, "corpus/2023-2026", "comments.json");
	assert_true(runs.texts > 100);
	assert_true(runs.hits > 100);
	end(&runs);
}

static void
test_real(void **state)
{
	const char *folder = getenv("CABRIEF_DATA");
	struct runs runs;

	(void)state;
	if (folder == NULL) {
		print_message("skipped: CABRIEF_DATA is not set\n");
		skip();
	}
	begin(&runs);
	read_file(&runs, folder, "dev/bugs.json");
	read_file(&runs, folder, "dev/comments.json");
	end(&runs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_corpus),
		cmocka_unit_test(test_real),
	};
	const struct err *err = taxonomy_load(&taxonomy, NULL);
	struct tax_rule *rules;
	int failed;
	size_t i;

	if (err != NULL) {
		print_error("%s\n", err->text);
		return 1;
	}
	/* Dates and companions aside, every rule is to be seen. */
	rules = taxonomy->rules;
	for (i = 0; i < taxonomy->rule_len; i++) {
		rules[i].from = DATE_NONE;
		rules[i].until = INT64_MAX;
		rules[i].need_len = rules[i].bar_len = 0;
	}
	print_message("%zu rules\n", taxonomy->rule_len);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	taxonomy_free(taxonomy);
	return failed;
}
