/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/role.h"
#include "classify/verdict.h"
#include "fetch/bug.h"
#include "tests/unit/small_taxonomy.h"

/* Acme answers for Old Acme from 2021-06-01 on; it is a root program too. */
enum { ACME, OLD_ACME, BARE, NATIONAL };

static const char *acme_domains[] = { "acme.example", "acme-pki.example" };
static const char *old_domains[] = { "oldacme.example" };
static const char *national_domains[] = { "gov.example" };
static struct tax_owner owners[] = {
	[ACME] = { .id = "acme", .name = "Acme", .now = ACME,
	    .since = DATE_NONE, .domains = acme_domains, .domain_len = 2 },
	[OLD_ACME] = { .id = "old-acme", .name = "Old Acme", .now = ACME,
	    .since = 18779, .domains = old_domains, .domain_len = 1 },
	[BARE] = { .id = "bare", .name = "Bare", .now = BARE,
	    .since = DATE_NONE },
	[NATIONAL] = { .id = "national", .name = "National",
	    .now = NATIONAL, .since = DATE_NONE,
	    .domains = national_domains, .domain_len = 1 }
};
static struct tax_name names[] = {
	{ "Acme", "acme", TAX_NAME_CA, ACME, 1 },
	{ "Bare", "bare", TAX_NAME_CA, BARE, 2 },
	{ "National", "national", TAX_NAME_CA, NATIONAL, 3 },
	{ "Old Acme", "old acme", TAX_NAME_CA, OLD_ACME, 4 }
};

static const char *program[] = { "browser.example", "acme.example",
	"wanda@free.example" };
static const char *ccadb[] = { "reports@ccadb.example", "ccadb.example" };
static const char *robot[] = { "nobody@bugs.example", "robots.example" };
static const char *open_to_all[] = { "free.example" };
static struct tax_party parties[] = {
	{ .id = "browser", .kind = TAX_PARTY_ROOT_PROGRAM,
	    .addresses = program, .address_len = 3 },
	{ .id = "ccadb", .kind = TAX_PARTY_CCADB, .addresses = ccadb,
	    .address_len = 2 },
	{ .id = "robot", .kind = TAX_PARTY_ROBOT, .addresses = robot,
	    .address_len = 2 },
	{ .id = "free", .kind = TAX_PARTY_PUBLIC, .addresses = open_to_all,
	    .address_len = 1 }
};

static struct taxonomy taxonomy;
static struct bug bug;
static struct verdict verdict;

static int
setup(void **state)
{
	(void)state;
	taxonomy = small_taxonomy;
	taxonomy.owners = owners;
	taxonomy.owner_len = COUNT(owners);
	taxonomy.names = names;
	taxonomy.name_len = COUNT(names);
	taxonomy.parties = parties;
	taxonomy.party_len = COUNT(parties);
	bug_init(&bug, BUG_MAX_BYTES);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	bug_release(&bug);
	return 0;
}

static void
set(enum bug_text field, const char *text)
{
	assert_true(bug_set_text(&bug, field, text, strlen(text)));
}

static void
make(const char *summary, const char *assigned)
{
	bug_clear(&bug);
	bug.id = 7;
	set(BUG_SUMMARY, summary);
	set(BUG_ASSIGNED_TO, assigned);
	verdict_read(&bug, &taxonomy, LABELS_BEST, NULL, &verdict);
}

static void
test_roles(void **state)
{
	static const struct {
		const char *summary, *assigned, *login;
		const char *role;
	} cases[] = {
		/* parties */
		{ "Bare: x", "", "a@browser.example", "root-program" },
		{ "Bare: x", "", "a@eu.Browser.Example", "root-program" },
		{ "Bare: x", "", "a@notbrowser.example", "community" },
		{ "Bare: x", "", "a@browser.example.net", "community" },
		{ "Bare: x", "", "Reports@ccadb.example", "ccadb" },
		{ "Bare: x", "", "other@ccadb.example", "ccadb" },
		{ "Bare: x", "", "nobody@bugs.example", "robot" },
		{ "Bare: x", "", "other@bugs.example", "community" },
		{ "Bare: x", "", "x@y.robots.example", "robot" },
		/* the owner's domains, and below them */
		{ "Acme: x", "", "a@acme-pki.example", "ca" },
		{ "Acme: x", "", "a@mail.acme-pki.example", "ca" },
		{ "Acme: x", "", "a@xacme-pki.example", "community" },
		{ "National: x", "", "a@gov.example", "ca" },
		/* one house, two roles */
		{ "Acme: x", "", "a@acme.example", "ca" },
		{ "Bare: x", "", "a@acme.example", "root-program" },
		/* the whole login goes first */
		{ "Acme: x", "", "wanda@free.example", "root-program" },
		{ "Acme: x", "wanda@free.example", "wanda@free.example",
		    "root-program" },
		/* other CAs are community */
		{ "Acme: x", "", "a@gov.example", "community" },
		/* "Acme / National": both */
		{ "Acme / National: x", "", "a@gov.example", "ca" },
		/* the assignee, whole, and by domain */
		{ "Bare: x", "z@free.example", "z@free.example", "ca" },
		{ "Bare: x", "z@free.example", "y@free.example", "unknown" },
		{ "Bare: x", "z@bare.example", "y@bare.example", "ca" },
		{ "Bare: x", "z@bare.example", "y@b.bare.example", "ca" },
		{ "Bare: x", "z@b.bare.example", "y@bare.example", "ca" },
		{ "Nobody: x", "z@bare.example", "y@bare.example", "ca" },
		{ "Nobody: x", "z@bare.example", "y@foo.example",
		    "community" },
		{ "Bare: x", "a@browser.example", "b@browser.example",
		    "root-program" },
		{ "Bare: x", "a@browser.example", "a@browser.example",
		    "root-program" },
		{ "Bare: x", "nobody@bugs.example", "b@bugs.example",
		    "community" },
		/* the name in the domain */
		{ "Foo-Bar Trust: x", "", "a@foobartrust.example", "ca" },
		{ "Foo-Bar Trust: x", "", "a@mx.foo-bar-trust.example",
		    "ca" },
		{ "Foo-Bar Trust: x", "", "a@foobar.example", "community" },
		{ "Foo: x", "", "a@foo.example", "community" },
		{ "F\xc3\xb6rster: x", "", "a@frster.example", "community" },
		{ "no prefix", "", "a@no.example", "community" },
		/* what tells nothing */
		{ "Bare: x", "", "", "unknown" },
		{ "Bare: x", "", "@", "unknown" },
		{ "Bare: x", "", "a@", "unknown" },
		{ "Bare: x", "", "@browser.example", "root-program" },
		{ "Bare: x", "", "a@free.example", "unknown" },
		/* hidden domains */
		{ "Acme: x", "", "somebody", "unknown" },
		{ "Acme: x", "somebody", "somebody", "ca" },
		{ "Acme: x", "Somebody@acme.example", "somebody", "ca" },
		{ "Acme: x", "somebody", "other", "unknown" },
		{ "Acme: x", "", "reports", "ccadb" },
		{ "Acme: x", "nobody", "nobody", "robot" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		make(cases[i].summary, cases[i].assigned);
		if (strcmp(role_name(role_of(&bug, &verdict, &taxonomy,
		    cases[i].login, 0)), cases[i].role) != 0)
			fail_msg("%s, %s, %s: %s", cases[i].summary,
			    cases[i].assigned, cases[i].login,
			    role_name(role_of(&bug, &verdict, &taxonomy,
			    cases[i].login, 0)));
	}
}

/* A successor speaks from the day of the succession on. */
static void
test_successor(void **state)
{
	static const char login[] = "a@acme-pki.example";
	int64_t day = date_start(18779);

	(void)state;
	make("Old Acme: x", "");
	assert_int_equal(role_of(&bug, &verdict, &taxonomy, login, day - 1),
	    ROLE_COMMUNITY);
	assert_int_equal(role_of(&bug, &verdict, &taxonomy, login, day),
	    ROLE_CA);
	assert_int_equal(role_of(&bug, &verdict, &taxonomy,
	    "a@oldacme.example", day - 1), ROLE_CA);
	make("Acme: x", "");
	assert_int_equal(role_of(&bug, &verdict, &taxonomy,
	    "a@oldacme.example", day), ROLE_COMMUNITY);
}

static void
test_ca_known(void **state)
{
	static const struct {
		const char *summary, *assigned;
		bool known;
	} cases[] = {
		{ "Acme: x", "", true },
		{ "Old Acme: x", "nobody@bugs.example", true },
		{ "Bare: x", "", false },
		{ "Bare: x", "nobody@bugs.example", false },
		{ "Bare: x", "a@browser.example", false },
		{ "Bare: x", "a@free.example", true },
		{ "Bare: x", "a@bare.example", true },
		{ "x", "", false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		make(cases[i].summary, cases[i].assigned);
		if (role_ca_known(&bug, &verdict, &taxonomy) !=
		    cases[i].known)
			fail_msg("%s, %s", cases[i].summary,
			    cases[i].assigned);
	}
}

static void
test_reporter(void **state)
{
	static const struct {
		const char *summary, *board, *assigned, *creator;
		enum reporter_kind kind;
	} cases[] = {
		{ "Acme: x", "", "", "a@acme-pki.example", REPORTER_SELF },
		{ "Acme: x", "[external]", "", "a@acme-pki.example",
		    REPORTER_EXTERNAL },
		{ "Acme: x", "", "", "a@browser.example",
		    REPORTER_EXTERNAL },
		{ "Acme: x", "", "", "reports@ccadb.example",
		    REPORTER_EXTERNAL },
		{ "Acme: x", "", "", "nobody@bugs.example",
		    REPORTER_UNKNOWN },
		/* an outsider, where the CA's people are known */
		{ "Acme: x", "", "", "a@gov.example", REPORTER_EXTERNAL },
		{ "Bare: x", "", "", "a@gov.example", REPORTER_UNKNOWN },
		{ "Bare: x", "", "z@bare.example", "a@gov.example",
		    REPORTER_EXTERNAL },
		/* an address that anybody can have */
		{ "Acme: x", "", "", "a@free.example", REPORTER_UNKNOWN },
		{ "Acme: x", "", "a@free.example", "a@free.example",
		    REPORTER_SELF },
		{ "Acme: x", "", "z@acme.example", "a@free.example",
		    REPORTER_EXTERNAL },
		{ "Acme: x", "", "nobody@bugs.example", "a@free.example",
		    REPORTER_UNKNOWN },
		{ "Acme: x", "", "z@acme.example", "", REPORTER_UNKNOWN },
		{ "Foo Trust: x", "", "", "a@foo-trust.example",
		    REPORTER_SELF }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		bug_clear(&bug);
		set(BUG_SUMMARY, cases[i].summary);
		set(BUG_WHITEBOARD, cases[i].board);
		set(BUG_ASSIGNED_TO, cases[i].assigned);
		set(BUG_CREATOR, cases[i].creator);
		verdict_read(&bug, &taxonomy, LABELS_BEST, NULL, &verdict);
		if (verdict.reporter != cases[i].kind)
			fail_msg("%s, %s, %s: %s", cases[i].summary,
			    cases[i].assigned, cases[i].creator,
			    reporter_name(verdict.reporter));
	}
}

static void
test_names(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROLE__MAX; i++) {
		assert_non_null(role_name((enum role)i));
		assert_non_null(role_title((enum role)i));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_successor),
		cmocka_unit_test(test_ca_known),
		cmocka_unit_test(test_reporter),
		cmocka_unit_test(test_names)
	};

	return cmocka_run_group_tests_name("role", tests, setup, teardown);
}
