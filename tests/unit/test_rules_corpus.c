/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The filter must change nothing: all rules of the built-in taxonomy, over
 * all texts of corpus/ and, where CABRIEF_DATA names them, of real bugs,
 * with it and without.
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
#include "classify/rules.h"
#include "fetch/bug.h"
#include "fetch/intake.h"
#include "tests/unit/heard.h"

struct runs {
	struct rules *with, *without;
	struct rule_hits a, b;
	size_t texts, hits;
	struct heard heard;
	struct diag_sink *sink;
};

static struct taxonomy *taxonomy;

static void
compare(struct runs *runs, const struct rule_input *input)
{
	const struct rule_hit *a, *b;
	size_t i;

	assert_null(rules_run(runs->with, input, runs->sink, &runs->a));
	assert_null(rules_run(runs->without, input, runs->sink, &runs->b));
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
	input.assigned_to = "a@ca.example";
	for (field = 0; field <= TAX_FIELD_WORDS; field++)
		set_text(&input.text[field], bug->text[BUG_SUMMARY]);
	compare(runs, &input);
	for (i = 0; i < bug->comment_len; i++) {
		if (bug->comments[i].text_len == 0)
			continue;
		comment = bug->comments[i];
		comment.number = 0;
		comment.creator = "b@ca.example";
		input.comments = &comment;
		input.comment_len = 1;
		/* Without the filter it takes long: of comments each fourth
		 * stands for what is short as well. */
		for (field = 0; field <= TAX_FIELD_WORDS; field++)
			set_text(&input.text[field], runs->texts % 4 == 0 ?
			    comment.text : "");
		compare(runs, &input);
	}
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

static void
begin(struct runs *runs)
{
	memset(runs, 0, sizeof(*runs));
	runs->sink = heard_begin(&runs->heard);
	assert_null(rules_new(&runs->with, taxonomy));
	assert_null(rules_new(&runs->without, taxonomy));
	rules_filter(runs->without, false);
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
