/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "classify/digest.h"
#include "classify/report_text.h"
#include "tests/unit/incident.h"

static struct incident incident;

static int
setup(void **state)
{
	(void)state;
	incident_init(&incident);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	incident_release(&incident);
	return 0;
}

static void
read_digest(struct digest *out)
{
	incident_read(&incident);
	digest_read(&incident.bug, &incident.verdict, &incident.text,
	    &incident.taxonomy, out);
}

static void
test_empty(void **state)
{
	struct digest digest;

	(void)state;
	incident_begin(&incident, "Acme: x", "");
	read_digest(&digest);
	assert_int_equal(digest.aware, DATE_NONE);
	assert_int_equal(digest.first_report, DATE_NONE);
	assert_int_equal(digest.full_report, DATE_NONE);
	assert_int_equal(digest.closure, DATE_NONE);
	assert_int_equal(digest.first_answer, DATE_NONE);
	assert_int_equal(digest.form, TAX_FORM_PLAIN);
	assert_int_equal(digest.certificates, -1);
}

static void
test_whole(void **state)
{
	struct digest digest;

	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	incident_say(&incident, "2026-01-01T00:00:00Z", OUTSIDER, "",
	    TAX_FORM_V2);
	incident_say(&incident, "2026-01-02T00:00:00Z", CA, "We look.",
	    TAX_FORM_PLAIN);
	incident_say(&incident, "2026-01-03T00:00:00Z", CA, "",
	    TAX_FORM_V3_PRELIMINARY);
	incident_say(&incident, "2026-01-04T00:00:00Z", CCADB, "",
	    TAX_FORM_PLAIN);
	incident_say(&incident, "2026-01-05T00:00:00Z", CA, "",
	    TAX_FORM_V3_FULL);
	incident_say(&incident, "2026-01-06T00:00:00Z", PROGRAM, "",
	    TAX_FORM_PLAIN);
	incident_say(&incident, "2026-01-07T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	incident_say(&incident, "2026-01-08T00:00:00Z", CA, "",
	    TAX_FORM_V3_CLOSURE);
	incident_fact(&incident, FACT_IDENTIFIED,
	    incident_time("2025-12-30T00:00:00Z"), true, 2);
	incident_fact(&incident, FACT_CERTIFICATES, 0, false, 2);
	read_digest(&digest);
	assert_int_equal(digest.aware,
	    incident_time("2025-12-30T00:00:00Z"));
	assert_int_equal(digest.first_report,
	    incident_time("2026-01-03T00:00:00Z"));
	assert_int_equal(digest.full_report,
	    incident_time("2026-01-05T00:00:00Z"));
	assert_int_equal(digest.closure,
	    incident_time("2026-01-08T00:00:00Z"));
	assert_int_equal(digest.first_answer,
	    incident_time("2026-01-04T00:00:00Z"));
	assert_int_equal(digest.form, TAX_FORM_V2);
	assert_int_equal(digest.certificates, 0);
}

/* Without a form its first comment is the CA's report. */
static void
test_plain(void **state)
{
	struct digest digest;

	(void)state;
	incident_begin(&incident, "Acme: x", "2026-01-01T00:00:00Z");
	incident_say(&incident, "2026-01-01T00:00:00Z", OUTSIDER, "",
	    TAX_FORM_PLAIN);
	incident_say(&incident, "2026-01-02T00:00:00Z", CA, "",
	    TAX_FORM_PLAIN);
	read_digest(&digest);
	assert_int_equal(digest.first_report,
	    incident_time("2026-01-02T00:00:00Z"));
	assert_int_equal(digest.full_report, DATE_NONE);
}

/* Who posts a full report is the CA, where nobody else is known to be. */
static void
test_writers(void **state)
{
	static const struct {
		const char *summary, *login;
		size_t place;	/* of the report */
		bool ca;
	} cases[] = {
		{ "Bare: x", OUTSIDER, 0, true },
		{ "Bare: x", "a@free.example", 1, true },
		{ "Bare: x", "a", 0, true },
		{ "Bare: x", PROGRAM, 0, false },
		{ "Acme: x", OUTSIDER, 1, false },
		{ "Acme: x", "a@free.example", 0, false },
		{ "Acme: x", "a@free.example", 1, true }
	};
	struct digest digest;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		incident_begin(&incident, cases[i].summary,
		    "2026-01-01T00:00:00Z");
		if (cases[i].place > 0)
			incident_say(&incident, "2026-01-01T00:00:00Z",
			    "b@free.example", "", TAX_FORM_PLAIN);
		incident_say(&incident, "2026-01-02T00:00:00Z",
		    cases[i].login, "", TAX_FORM_V3_FULL);
		read_digest(&digest);
		if ((digest.full_report != DATE_NONE) != cases[i].ca)
			fail_msg("%s, %s", cases[i].summary,
			    cases[i].login);
	}
}

static void
test_pack(void **state)
{
	struct digest from = { -5, DATE_NONE, INT64_MAX, 1767225600, 0,
	    TAX_FORM_V3_FULL, 41200 }, to;
	struct buf buf;

	(void)state;
	buf_init(&buf, 1000);
	digest_pack(&from, &buf);
	assert_true(digest_unpack(buf_text(&buf), buf.len, &to));
	assert_memory_equal(&from.aware, &to.aware, sizeof(from.aware));
	assert_int_equal(to.first_report, DATE_NONE);
	assert_int_equal(to.full_report, INT64_MAX);
	assert_int_equal(to.closure, 1767225600);
	assert_int_equal(to.first_answer, 0);
	assert_int_equal(to.form, TAX_FORM_V3_FULL);
	assert_int_equal(to.certificates, 41200);
	assert_false(digest_unpack(buf_text(&buf), buf.len - 1, &to));
	assert_int_equal(to.aware, DATE_NONE);
	assert_false(digest_unpack("", 0, &to));
	buf.data[5 * 8] = 1;	/* no such form */
	assert_false(digest_unpack(buf_text(&buf), buf.len, &to));
	assert_int_equal(to.closure, DATE_NONE);
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_writers),
		cmocka_unit_test(test_pack)
	};

	return cmocka_run_group_tests_name("digest", tests, setup, teardown);
}
