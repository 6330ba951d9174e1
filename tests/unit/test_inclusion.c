/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/inclusion.h"
#include "classify/verdict.h"

static const struct taxonomy *taxonomy;

static int
load(void **state)
{
	static struct taxonomy *loaded;

	assert_null(taxonomy_load(&loaded, NULL));
	taxonomy = loaded;
	*state = loaded;
	return 0;
}

static int
unload(void **state)
{
	taxonomy_free(*state);
	return 0;
}

static void
make(struct bug *bug, const char *summary, const char *board)
{
	bug_init(bug, BUG_MAX_BYTES);
	bug->id = 1;
	bug_set_num(bug, BUG_CREATED, 1000);
	assert_true(bug_set_text(bug, BUG_SUMMARY, summary,
	    strlen(summary)));
	assert_true(bug_set_text(bug, BUG_WHITEBOARD, board,
	    strlen(board)));
}

static void
change(struct bug *bug, int64_t time, const char *field,
    const char *removed, const char *added)
{
	struct change *change = bug_add_change(bug);

	assert_non_null(change);
	change->time = time;
	change->field = field;
	change->removed = removed;
	change->added = added;
	bug->have |= BUG_HAVE_HISTORY;
}

static void
read_bug(const struct bug *bug, struct inclusion *out)
{
	struct verdict verdict;

	verdict_read(bug, taxonomy, LABELS_TAGGED, NULL, &verdict);
	assert_null(inclusion_read(bug, &verdict, taxonomy, out));
}

static void
test_since(void **state)
{
	struct inclusion read;
	struct bug bug;

	(void)state;
	/* Words and tags beside the state change; it does not. */
	make(&bug, "Add a root", "[ca-verifying] audit received");
	change(&bug, 2000, "whiteboard", "", "[ca-initial]");
	change(&bug, 3000, "whiteboard", "[ca-initial]", "[ca-verifying]");
	change(&bug, 4000, "status", "NEW", "ASSIGNED");
	change(&bug, 5000, "whiteboard", "[ca-verifying]",
	    "[ca-verifying] audit received");
	read_bug(&bug, &read);
	assert_string_equal(taxonomy->inclusions[read.state].id,
	    "ca-verifying");
	assert_int_equal(read.since, 3000);
	bug_release(&bug);

	/* It went back to an earlier state. */
	make(&bug, "Add a root", "[ca-initial]");
	change(&bug, 2000, "whiteboard", "[ca-initial]", "[ca-verifying]");
	change(&bug, 3000, "whiteboard", "[ca-verifying]", "[ca-initial]");
	read_bug(&bug, &read);
	assert_int_equal(read.since, 3000);
	bug_release(&bug);

	/* From the filing on; and without a history nobody knows. */
	make(&bug, "Add a root", "[ca-initial]");
	read_bug(&bug, &read);
	assert_int_equal(read.since, DATE_NONE);
	change(&bug, 2000, "status", "NEW", "ASSIGNED");
	read_bug(&bug, &read);
	assert_int_equal(read.since, 1000);
	bug_release(&bug);

	make(&bug, "Add a root", "audit received");
	read_bug(&bug, &read);
	assert_int_equal(read.state, SIZE_MAX);
	bug_release(&bug);
}

static void
test_owner(void **state)
{
	static const struct {
		const char *summary;
		const char *owner;	/* id, NULL: none */
	} cases[] = {
		{ "Add DigiCert Global Root G9 certificate", "digicert" },
		{ "DigiCert: Add a root", "digicert" },
		{ "Enable EV for SwissSign, Root 3", "swisssign" },
		/* names within words are none, nor is no name */
		{ "Add SwissSignature Root certificate", NULL },
		{ "Add a certificate", NULL },
		{ "", NULL },
	};
	struct inclusion read;
	struct bug bug;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		make(&bug, cases[i].summary, "[ca-initial]");
		read_bug(&bug, &read);
		if (cases[i].owner == NULL) {
			assert_int_equal(read.owner, SIZE_MAX);
		} else {
			assert_int_not_equal(read.owner, SIZE_MAX);
			assert_string_equal(
			    taxonomy->owners[read.owner].id,
			    cases[i].owner);
		}
		bug_release(&bug);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_since),
		cmocka_unit_test(test_owner),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
