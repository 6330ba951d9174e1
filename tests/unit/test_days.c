/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Reports of two days between which nothing happened: their texts differ,
 * what is taken for their figures does not.  The corpus is imported on each
 * day into a store of its own.  Run from the root of the source.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "cmd/product.h"
#include "cmd/session.h"

enum {
	MOST_WORDS = 8,
	PATH = 256
};

/* From the first to the second no incident enters or leaves a window of a
 * year, and nothing becomes overdue; by the third much has. */
static const char *const days[] = { "2026-06-11", "2026-06-12",
	"2026-06-22" };

enum {
	DAYS = sizeof(days) / sizeof(days[0])
};

static char folder[PATH / 2];

static const char *const corpus[] = {
	"corpus/2017-2023/bugs.json", "corpus/2017-2023/comments.json",
	"corpus/2017-2023/history.json", "corpus/2023-2026/bugs.json",
	"corpus/2023-2026/comments.json", "corpus/2023-2026/history.json",
	"corpus/2023-2026/inclusions.json"
};

static void
store_of(size_t day, char out[PATH])
{
	(void)snprintf(out, PATH, "%s/%s.db", folder, days[day]);
}

/* A session of that day; the words outlive it. */
static void
begin(struct session *session, size_t day, const char *command,
    const char *file)
{
	static char words[MOST_WORDS][PATH];
	static char *argv[MOST_WORDS + 1];
	const char *const from[] = { "cabrief", command, "--quiet", "--now",
		days[day], "--db", NULL, file };
	const struct err *err;
	size_t i;

	for (i = 0; i < MOST_WORDS && (i == 6 || from[i] != NULL); i++) {
		if (i == 6)
			store_of(day, words[i]);
		else
			(void)snprintf(words[i], PATH, "%s", from[i]);
		argv[i] = words[i];
	}
	memset(session, 0, sizeof(*session));
	err = options_read(&session->options, (int)i, argv);
	if (err == NULL)
		err = session_open(session);
	if (err != NULL)
		fail_msg("%s", err->text);
}

static int
make_stores(void **state)
{
	const char *where = getenv("TMPDIR");
	const struct err *err;
	struct session session;
	size_t day, i;

	(void)state;
	(void)snprintf(folder, sizeof(folder), "%s/test_days.XXXXXX",
	    where != NULL ? where : "/tmp");
	if (mkdtemp(folder) == NULL || setenv("HOME", folder, 1) != 0)
		return -1;
	for (day = 0; day < DAYS; day++)
		for (i = 0; i < sizeof(corpus) / sizeof(corpus[0]); i++) {
			begin(&session, day, "import", corpus[i]);
			err = cmd_import(&session);
			session_close(&session);
			if (err != NULL) {
				print_error("%s\n", err->text);
				return -1;
			}
		}
	return 0;
}

static int
remove_stores(void **state)
{
	char path[PATH];
	size_t day;

	(void)state;
	for (day = 0; day < DAYS; day++) {
		store_of(day, path);
		(void)unlink(path);
	}
	return rmdir(folder);
}

static void
make(struct product *product, const char *command, size_t day)
{
	const struct err *err;
	struct session session;

	product_init(product);
	begin(&session, day, "publish", NULL);
	err = product_make(&session, command, "mediawiki", product);
	if (err != NULL)
		fail_msg("%s: %s", command, err->text);
	session_close(&session);
}

static const struct {
	const char *command;
	bool always;		/* no figure of it changes, ever */
} reports[] = {
	{ "brief --from -1y --to today", false },
	{ "brief --style themes-2025 --from -1y --to today", false },
	{ "brief --sections charts --chart bar --from -1y --to today",
	    false },
	{ "count --scheme types-2024 --from -1y --to today", false },
	{ "count --from -1y --chart pie", false },
	{ "count --cohort closed --from -1y --to today", true },
	{ "count --cohort open-on --to today", false },
	{ "count --cohort filed --from today --to today", true },
	{ "count --scheme types-2024 --by causes --from -1y --chart stack",
	    false },
	{ "count --as-of today --from -1y --to today", false },
	{ "count --from -1y --reporter self --cohort filed --chart bar",
	    true },
	{ "dashboard --columns id,owner,summary,whiteboard,changed,"
	    "next-update,overdue", true },
	{ "dashboard --by types-2024 --columns id,filed,last-ca,turn,"
	    "questions,late-actions", true },
	{ "inclusions", true },
	{ "lessons --from -1y --to today", false },
	{ "lessons --table --from -1y --to today", false },
	{ "list --from -1y --to today", false },
	{ "list --review --from -1y --to today", false },
	{ "list --as-of today --from -1y --to today", false },
	{ "show 9000014", true },
	{ "trend --by owner --from -1y --to today --chart line", false },
	{ "trend --from -1y --chart stack", false },
	{ "trend --from 2026-06-01", false }
};

/* No day stands in a few words. */
static bool
has_day(const char *text)
{
	for (; *text != '\0'; text++)
		if (strncmp(text, "202", 3) == 0 && text[3] != '\0' &&
		    text[4] == '-')
			return true;
	return false;
}

static void
test_same_figures(void **state)
{
	struct product one, two;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		make(&one, reports[i].command, 0);
		make(&two, reports[i].command, 1);
		/* A show has no source note. */
		if (strncmp(reports[i].command, "show", 4) != 0 &&
		    strcmp(buf_text(&one.text), buf_text(&two.text)) == 0)
			fail_msg("%s: the day is not in it",
			    reports[i].command);
		if (strcmp(one.figures, two.figures) != 0)
			fail_msg("%s: its figures changed with the day",
			    reports[i].command);
		if (one.summary[0] == '\0' || has_day(one.summary))
			fail_msg("%s: its summary: %s", reports[i].command,
			    one.summary);
		assert_string_equal(one.summary, two.summary);
		product_release(&one);
		product_release(&two);
	}
}

/* And they are figures: what came in between is seen. */
static void
test_other_figures(void **state)
{
	struct product one, two;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		if (reports[i].always)
			continue;
		make(&one, reports[i].command, 0);
		make(&two, reports[i].command, 2);
		if (strcmp(one.figures, two.figures) == 0)
			fail_msg("%s: an incident came, and no figure "
			    "changed", reports[i].command);
		product_release(&one);
		product_release(&two);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_figures),
		cmocka_unit_test(test_other_figures)
	};

	return cmocka_run_group_tests(tests, make_stores, remove_stores);
}
