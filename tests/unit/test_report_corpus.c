/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Every report of corpus/ is read, and what was read is compared with the
 * gold facts, both ways: nothing is missing, and nothing is too much.
 */
#include <fcntl.h>
#include <inttypes.h>
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
#include "classify/report_text.h"
#include "classify/report_words.h"
#include "fetch/bug.h"
#include "fetch/intake.h"
#include "taxonomy/taxonomy.h"

enum {
	LINES_MAX = 4000,
	LINE_MAX_BYTES = 2000
};

/* "bug<TAB>comment<TAB>fact<TAB>value", as in facts.tsv. */
struct lines {
	char *line[LINES_MAX];
	size_t len;
};

struct run {
	struct taxonomy *taxonomy;
	struct report_reader *reader;
	struct lines told;
};

static void
add_line(struct lines *lines, const char *line)
{
	assert_true(lines->len < LINES_MAX);
	lines->line[lines->len] = strdup(line);
	assert_non_null(lines->line[lines->len++]);
}

static void
tell(struct run *run, int64_t bug, int64_t comment, const char *fact,
    const char *fmt, ...)
{
	char value[LINE_MAX_BYTES], line[LINE_MAX_BYTES + 100];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(value, sizeof(value), fmt, args);
	va_end(args);
	(void)snprintf(line, sizeof(line), "%" PRId64 "\t%" PRId64 "\t%s\t%s",
	    bug, comment, fact, value);
	add_line(&run->told, line);
}

static const char *
day_text(int64_t time, char out[DATE_SIZE])
{
	return date_format_day(date_day(time), out);
}

static void
tell_facts(struct run *run, int64_t bug, const struct report_comment *comment)
{
	static const char *const names[] = {
		[FACT_CCADB_ID] = "ccadb_id",
		[FACT_DESCRIPTION] = "description",
		[FACT_POLICIES] = "policies",
		[FACT_SOURCE] = "disclosure_source",
		[FACT_START] = "noncompliance_start",
		[FACT_IDENTIFIED] = "noncompliance_identified",
		[FACT_END] = "noncompliance_end",
		[FACT_CERTIFICATES] = "certificates",
		[FACT_CERTIFICATE_TYPES] = "certificate_types",
		[FACT_STOPPED] = "issuance_stopped"
	};
	const struct report_fact *fact;
	char day[DATE_SIZE];
	size_t kind;

	for (kind = 0; kind < FACT_KIND__MAX; kind++) {
		fact = &comment->facts[kind];
		assert_non_null(fact->text);
		if (fact->state != REPORT_GIVEN)
			continue;
		switch (kind) {
		case FACT_DESCRIPTION:
			tell(run, bug, comment->number, names[kind], "%.*s",
			    (int)words_sentence(fact->text,
			    strlen(fact->text)), fact->text);
			break;
		case FACT_START:
		case FACT_IDENTIFIED:
		case FACT_END:
			tell(run, bug, comment->number, names[kind], "%s",
			    day_text(fact->number, day));
			break;
		case FACT_CERTIFICATES:
			tell(run, bug, comment->number, names[kind],
			    "%" PRId64, fact->number);
			break;
		case FACT_STOPPED:
			tell(run, bug, comment->number, names[kind], "%s",
			    fact->number == 1 ? "yes" : "no");
			break;
		default:
			tell(run, bug, comment->number, names[kind], "%s",
			    fact->text);
			break;
		}
	}
}

static void
tell_actions(struct run *run, int64_t bug,
    const struct report_comment *comment)
{
	static const char *const states[] = {
		"-", "Ongoing", "Complete", "Delayed", "Canceled"
	};
	const struct report_action *action;
	char day[DATE_SIZE];
	size_t i;

	for (i = 0; i < comment->action_len; i++) {
		action = &comment->actions[i];
		tell(run, bug, comment->number, "actions",
		    "%s | %s | %s | %s", action->text,
		    action->kind[0] != '\0' ? action->kind : "-",
		    action->due == DATE_NONE ? "-" :
		    date_format_day(action->due, day),
		    states[action->state]);
	}
}

static void
tell_timeline(struct run *run, int64_t bug,
    const struct report_comment *comment)
{
	const struct report_entry *first = comment->timeline;
	char time[DATE_SIZE];

	if (comment->timeline_len == 0)
		return;
	tell(run, bug, comment->number, "timeline_entries", "%zu",
	    comment->timeline_len);
	assert_true(first->time != DATE_NONE);
	if (!first->day_only)
		tell(run, bug, comment->number, "first_timeline", "%.16sZ",
		    date_format_time(first->time, time));
	else
		tell(run, bug, comment->number, "first_timeline", "%.*s",
		    first->month_only ? 7 : 10, day_text(first->time, time));
}

static void
tell_lists(struct run *run, int64_t bug,
    const struct report_comment *comment)
{
	char list[LINE_MAX_BYTES];
	size_t i, len;

	for (i = len = 0; i < comment->factors.len; i++)
		len += (size_t)snprintf(list + len, sizeof(list) - len,
		    "%s%s", i > 0 ? " | " : "",
		    comment->factors.items[i].text);
	if (len > 0)
		tell(run, bug, comment->number, "factors", "%s", list);
	for (i = len = 0; i < comment->related_len; i++)
		len += (size_t)snprintf(list + len, sizeof(list) - len,
		    "%s%" PRId64, i > 0 ? "," : "", comment->related[i].bug);
	if (len > 0)
		tell(run, bug, comment->number, "related_bugs", "%s", list);
	for (i = 0; i < comment->section_len; i++) {
		if (comment->sections[i].kind == TAX_SECTION_WELL)
			tell(run, bug, comment->number, "went_well", "%zu",
			    comment->well.len);
		if (comment->sections[i].kind == TAX_SECTION_BADLY)
			tell(run, bug, comment->number, "went_badly", "%zu",
			    comment->badly.len);
		if (comment->sections[i].kind == TAX_SECTION_LUCK)
			tell(run, bug, comment->number, "lucky", "%zu",
			    comment->luck.len);
	}
}

/* Spans lie in the text, sections in order and within what holds them. */
static void
check_spans(const struct comment *source,
    const struct report_comment *comment)
{
	const struct report_section *section, *last = NULL;
	size_t i;

	for (i = 0; i < comment->section_len; i++) {
		section = &comment->sections[i];
		assert_true(section->head.start <= section->head.end);
		assert_true(section->body.start <= section->body.end);
		assert_true(section->body.end <= source->text_len);
		assert_true(section->level >= 1);
		if (last != NULL)
			assert_true(section->head.start >= last->head.start);
		last = section;
	}
}

static const struct err *
put(void *arg, const struct bug *bug)
{
	const struct report_comment *comment;
	const struct report_text *text;
	const struct err *err;
	struct run *run = arg;
	size_t i;

	err = report_read(run->reader, bug, NULL, &text);
	if (err != NULL)
		fail_msg("%s", err->text);
	assert_int_equal(text->comment_len, bug->comment_len);
	for (i = 0; i < text->comment_len; i++) {
		comment = &text->comments[i];
		check_spans(&bug->comments[i], comment);
		if (comment->number == 0 || comment->form != TAX_FORM_PLAIN)
			tell(run, bug->id, comment->number, "form", "%s",
			    run->taxonomy->forms[comment->form].id);
		if (comment->form == TAX_FORM_V3_CLOSURE)
			tell(run, bug->id, comment->number, "closure", "yes");
		tell_facts(run, bug->id, comment);
		tell_actions(run, bug->id, comment);
		tell_timeline(run, bug->id, comment);
		tell_lists(run, bug->id, comment);
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
read_comments(struct run *run, const char *path)
{
	struct intake_sink sink = { .put = put, .arg = run };
	struct intake_source source = { .name = path, .read = take };
	struct intake_result result;
	const struct err *err;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fail_msg("%s: can't be opened", path);
	source.arg = &fd;
	err = intake_read(&source, &sink, &result);
	if (err != NULL)
		fail_msg("%s", err->text);
	(void)close(fd);
}

static void
read_gold(struct lines *lines, const char *path)
{
	char line[LINE_MAX_BYTES + 100];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		fail_msg("%s: can't be opened", path);
	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] >= '0' && line[0] <= '9')
			add_line(lines, line);
	}
	(void)fclose(file);
}

static int
order(const void *a, const void *b)
{
	const char *const *left = a, *const *right = b;

	return strcmp(*left, *right);
}

/* Print what stands in one alone; returns how many. */
static size_t
compare(struct lines *gold, struct lines *told)
{
	size_t g = 0, t = 0, wrong = 0;
	int way;

	qsort(gold->line, gold->len, sizeof(gold->line[0]), order);
	qsort(told->line, told->len, sizeof(told->line[0]), order);
	while (g < gold->len || t < told->len) {
		way = g == gold->len ? 1 : t == told->len ? -1 :
		    strcmp(gold->line[g], told->line[t]);
		if (way < 0)
			print_error("missing: %s\n", gold->line[g++]);
		else if (way > 0)
			print_error("too much: %s\n", told->line[t++]);
		else
			g++, t++;
		wrong += way != 0;
	}
	return wrong;
}

static void
release(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->len; i++)
		free(lines->line[i]);
	lines->len = 0;
}

static void
corpus(void **state)
{
	static const char *const folders[] = { "2017-2023", "2023-2026" };
	static struct lines gold;
	static struct run run;
	char path[256];
	size_t i, facts;

	(void)state;
	assert_null(taxonomy_load(&run.taxonomy, NULL));
	assert_null(report_reader_new(&run.reader, run.taxonomy));
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		(void)snprintf(path, sizeof(path), "corpus/%s/facts.tsv",
		    folders[i]);
		read_gold(&gold, path);
		(void)snprintf(path, sizeof(path), "corpus/%s/comments.json",
		    folders[i]);
		read_comments(&run, path);
	}
	facts = gold.len;
	assert_int_equal(compare(&gold, &run.told), 0);
	print_message("%zu facts are as they should be\n", facts);
	release(&gold);
	release(&run.told);
	report_reader_free(run.reader);
	taxonomy_free(run.taxonomy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(corpus)
	};

	return cmocka_run_group_tests_name("report_corpus", tests, NULL,
	    NULL);
}
