/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "classify/select.h"
#include "classify/verdict.h"
#include "fetch/bug.h"
#include "output/build.h"
#include "output/escape.h"
#include "output/feed.h"
#include "output/report.h"
#include "output/writer.h"
#include "tests/unit/hostile.h"
#include "tests/unit/small_taxonomy.h"

enum { ROOM = 1 << 24 };

/* The feed in Atom; good until the next. */
static const char *
written(const struct report *report)
{
	static const struct writer_options options = { false, 0, false };
	static char text[ROOM + 1];
	struct buf out;

	buf_init(&out, ROOM);
	assert_null(writer_run(writer_by_name("atom"), report, &options, NULL,
	    &out));
	memcpy(text, buf_text(&out), out.len + 1);
	buf_release(&out);
	return text;
}

static bool
is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)node->name, name) == 0 &&
	    strcmp((const char *)node->ns->href,
	    "http://www.w3.org/2005/Atom") == 0;
}

static xmlNode *
child(const xmlNode *parent, const char *name)
{
	xmlNode *node = parent->children;

	while (node != NULL && !is(node, name))
		node = node->next;
	return node;
}

/* The text of the child, which must be there once. */
static void
assert_child(const xmlNode *parent, const char *name, const char *text)
{
	xmlNode *node = child(parent, name), *next;
	xmlChar *content;

	assert_non_null(node);
	for (next = node->next; next != NULL; next = next->next)
		assert_false(is(next, name));
	content = xmlNodeGetContent(node);
	if (text != NULL)
		assert_string_equal((const char *)content, text);
	else
		assert_true(content[0] != '\0');
	xmlFree(content);
}

static xmlDoc *
parse(const char *text)
{
	xmlDoc *doc = xmlReadMemory(text, (int)strlen(text), NULL, NULL,
	    XML_PARSE_NONET);

	assert_non_null(doc);
	assert_true(is(xmlDocGetRootElement(doc), "feed"));
	return doc;
}

static const char golden[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
    "<id>tag:b.example,2025-01-01:some</id>\n"
    "<title>Some &amp; more</title>\n"
    "<subtitle>The newest 1 of 3 entries.</subtitle>\n"
    "<updated>2024-05-20T12:00:00Z</updated>\n"
    "<link rel=\"alternate\" type=\"text/html\" "
    "href=\"https://b.example:8443/x\"/>\n"
    "<generator>cabrief</generator>\n"
    "<entry>\n"
    "<id>tag:b.example,2025-01-01:bug/7/filed</id>\n"
    "<title>A: b (filed)</title>\n"
    "<updated>2024-05-20T12:00:00Z</updated>\n"
    "<author>\n"
    "<name>A</name>\n"
    "</author>\n"
    "<link rel=\"alternate\" type=\"text/html\" "
    "href=\"https://b.example:8443/x/show_bug.cgi?id=7\"/>\n"
    "<category term=\"x\"/>\n"
    "<category term=\"y\"/>\n"
    "<content>Bug 7.</content>\n"
    "</entry>\n"
    "</feed>\n";

static const char *const terms[] = { "x", "y" };
static struct feed_entry entry = { 7, "filed", INT64_C(1716206400),
    "A: b (filed)", "A", "Bug 7.", terms, 2, NULL };
static struct feed one = { "some", &entry, 1, 2 };

static void
test_golden(void **state)
{
	struct report report;
	struct buf out;
	size_t ceiling;

	(void)state;
	report_init(&report, "Some & more", "https://b.example:8443/x");
	report.feed = &one;
	assert_string_equal(written(&report), golden);
	for (ceiling = 0; ceiling < sizeof(golden) - 1; ceiling++) {
		static const struct writer_options options;

		buf_init(&out, ceiling);
		assert_non_null(writer_run(writer_by_name("atom"), &report,
		    &options, NULL, &out));
		assert_true(out.len <= ceiling);
		buf_release(&out);
	}
	report_release(&report);
}

static void
test_empty(void **state)
{
	struct feed none = { "some", NULL, 0, 0 };
	struct report report;
	xmlNode *root;
	xmlDoc *doc;

	(void)state;
	report_init(&report, "Nothing", NULL);
	report.feed = &none;
	doc = parse(written(&report));
	root = xmlDocGetRootElement(doc);
	assert_child(root, "id", "tag:bugzilla.invalid,2025-01-01:some");
	assert_child(root, "updated", "2025-01-01T00:00:00Z");
	assert_null(child(root, "link"));
	assert_null(child(root, "entry"));
	assert_null(child(root, "subtitle"));
	xmlFreeDoc(doc);
	report_release(&report);
}

static void
test_hosts(void **state)
{
	static const struct {
		const char *url, *host;
	} cases[] = {
		{ "https://bugzilla.mozilla.org", "bugzilla.mozilla.org" },
		{ "http://127.0.0.1:8080/bz", "127.0.0.1" },
		{ "https://Bug-Zilla.example/a,b:c", "Bug-Zilla.example" },
		{ "https://[::1]/", "bugzilla.invalid" },
		{ "https://", "bugzilla.invalid" },
		{ "nothing", "bugzilla.invalid" },
	};
	char id[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct report report;
		xmlDoc *doc;

		report_init(&report, "x", cases[i].url);
		report.feed = &one;
		doc = parse(written(&report));
		(void)snprintf(id, sizeof(id), "tag:%s,2025-01-01:some",
		    cases[i].host);
		assert_child(xmlDocGetRootElement(doc), "id", id);
		xmlFreeDoc(doc);
		report_release(&report);
	}
}

/* Letter for letter, on one line, whatever it holds. */
static void
check_hostile(const char *text)
{
	const char *const words[] = { text };
	struct feed_entry told = { 7, "filed", 0, text, text, text, words, 1,
	    NULL };
	struct feed feed = { "some", &told, 1, 0 };
	struct report report;
	struct buf line;
	xmlNode *node;
	xmlDoc *doc;
	xmlChar *term;

	buf_init(&line, ROOM);
	escape_line(&line, text);
	report_init(&report, text, "https://b.example");
	report.feed = &feed;
	doc = parse(written(&report));
	node = xmlDocGetRootElement(doc);
	assert_child(node, "title", buf_text(&line));
	node = child(node, "entry");
	assert_child(node, "title", buf_text(&line));
	assert_child(node, "content", buf_text(&line));
	assert_child(child(node, "author"), "name", buf_text(&line));
	term = xmlGetNoNsProp(child(node, "category"),
	    (const xmlChar *)"term");
	assert_string_equal((const char *)term, buf_text(&line));
	xmlFree(term);
	xmlFreeDoc(doc);
	report_release(&report);
	buf_release(&line);
}

static void
test_hostile(void **state)
{
	static const char *const more[] = { "]]>", "<![CDATA[x]]>",
	    "&#0;", "<?xml?>", "<!DOCTYPE x>", "</feed>",
	    "\xef\xbf\xbe", "\xef\xbf\xbf", "\xef\xb7\x90",
	    "\xf0\x9f\xbf\xbf", "\xf4\x8f\xbf\xbf" };
	size_t i;

	(void)state;
	for (i = 0; i < HOSTILE_LEN; i++)
		check_hostile(hostile[i]);
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		check_hostile(more[i]);
}

/* A bug of that life, given by `len` times: opened, closed, opened ... */
static void
add(struct report *report, struct build_feed *feed, int64_t id,
    const char *summary, const int64_t *times, size_t len)
{
	struct verdict verdict;
	struct bug bug;
	size_t i;

	bug_init(&bug, BUG_MAX_BYTES);
	bug.id = id;
	bug_set_text(&bug, BUG_SUMMARY, summary, strlen(summary));
	bug_set_text(&bug, BUG_WHITEBOARD, "[ocsp-failure]", 14);
	bug_set_num(&bug, BUG_CREATED, times[0]);
	if (len % 2 == 0)
		bug_set_text(&bug, BUG_RESOLUTION, "FIXED", 5);
	verdict_read(&bug, &small_taxonomy, LABELS_BEST, NULL, &verdict);
	memset(&verdict.life, 0, sizeof(verdict.life));
	for (i = 0; i < len; i += 2) {
		verdict.life.periods[i / 2].from = times[i];
		verdict.life.periods[i / 2].until = i + 1 < len ?
		    times[i + 1] : INT64_MAX;
		verdict.life.len++;
	}
	build_feed_add(report, feed, &bug, &verdict);
	bug_release(&bug);
}

static void
assert_entry(const struct feed_entry *of, int64_t bug, const char *event,
    const char *title, const char *text)
{
	assert_non_null(of);
	assert_int_equal(of->bug, bug);
	assert_string_equal(of->event, event);
	assert_string_equal(of->title, title);
	assert_string_equal(of->text, text);
}

static void
test_events(void **state)
{
	static const int64_t twice[] = { 0, 86400, 172800, 259200 };
	static const int64_t open[] = { 86400 };
	const struct selection all = { .labels = LABELS_BEST };
	struct build_feed feed = { .taxonomy = &small_taxonomy,
	    .selection = &all };
	const struct feed_entry *at;
	struct report report;

	(void)state;
	report_init(&report, "x", "https://b.example");
	add(&report, &feed, 5, "Atos: late", twice, 4);
	add(&report, &feed, 6, "a name nobody knows", open, 1);
	build_feed_end(&report, &feed);
	assert_null(report_error(&report));
	assert_string_equal(report.summary, "4 entries");
	assert_int_equal(report.feed->len, 4);
	assert_int_equal(report.feed->older, 0);
	at = report.feed->entries;
	assert_entry(at, 5, "closed/1970-01-04T00:00:00Z",
	    "Atos: late (closed FIXED)", "Bug 5, filed on 1970-01-01, "
	    "closed on 1970-01-04 as FIXED. Labels: ocsp-failure.");
	assert_string_equal(at->author, "Atos");
	/* At the same time: the higher number first. */
	at = at->next;
	assert_entry(at, 6, "filed", "a name nobody knows (filed)",
	    "Bug 6, filed on 1970-01-02. Labels: ocsp-failure.");
	assert_string_equal(at->author, "unknown");
	at = at->next;
	assert_entry(at, 5, "closed/1970-01-02T00:00:00Z",
	    "Atos: late (closed)", "Bug 5, filed on 1970-01-01, closed on "
	    "1970-01-02. Labels: ocsp-failure.");
	assert_entry(at->next, 5, "filed", "Atos: late (filed)",
	    "Bug 5, filed on 1970-01-01. Labels: ocsp-failure.");
	assert_null(at->next->next);
	report_release(&report);
}

static void
test_window(void **state)
{
	static const int64_t life[] = { 0, 86400 * 3 - 1 };
	static const int64_t unknown[] = { DATE_NONE, 86400 };
	const struct selection second = { .labels = LABELS_BEST,
	    .windowed = true, .window = { 1, 2 } };
	struct build_feed feed = { .taxonomy = &small_taxonomy,
	    .selection = &second };
	struct report report;

	(void)state;
	report_init(&report, "x", "https://b.example");
	add(&report, &feed, 5, "Atos: late", life, 2);
	add(&report, &feed, 6, "Atos: late", unknown, 2);
	build_feed_end(&report, &feed);
	assert_int_equal(report.feed->len, 2);
	assert_int_equal(report.feed->entries->bug, 5);
	assert_string_equal(report.feed->entries->event,
	    "closed/1970-01-03T23:59:59Z");
	assert_int_equal(report.feed->entries->next->bug, 6);
	report_release(&report);
}

static void
test_most(void **state)
{
	const struct selection all = { .labels = LABELS_BEST };
	struct build_feed feed = { .taxonomy = &small_taxonomy,
	    .selection = &all };
	struct report report;
	int64_t i;

	(void)state;
	report_init(&report, "x", "https://b.example");
	for (i = 1; i <= FEED_MAX_ENTRIES + 3; i++)
		add(&report, &feed, i, "Atos: late", &i, 1);
	build_feed_end(&report, &feed);
	assert_int_equal(report.feed->len, FEED_MAX_ENTRIES);
	assert_int_equal(report.feed->older, 3);
	assert_int_equal(report.feed->entries->bug, FEED_MAX_ENTRIES + 3);
	assert_non_null(strstr(written(&report),
	    "<subtitle>The newest 500 of 503 entries.</subtitle>"));
	assert_null(strstr(written(&report), "bug/3/"));
	report_release(&report);
}

/* The name of a feed of these. */
static void
name_of(const struct selection *selection, const char *pattern, char out[64])
{
	struct build_feed feed = { .taxonomy = &small_taxonomy,
	    .selection = selection, .pattern = pattern };
	struct report report;

	report_init(&report, "x", NULL);
	build_feed_end(&report, &feed);
	(void)snprintf(out, 64, "%s", report.feed->name);
	report_release(&report);
}

/* The days do not change it, what it is about does. */
static void
test_names(void **state)
{
	const char *words[] = { "Atos" };
	int64_t ids[] = { 5 };
	const struct selection kinds[] = {
		{ .windowed = true, .window = { 1, 2 } },
		{ .labels = LABELS_BEST },
		{ .windowed = true, .cohort = COHORT_FILED },
		{ .windowed = true, .all = true },
		{ .windowed = true, .owners = { words, 1 } },
		{ .windowed = true, .tags = { words, 1 } },
		{ .windowed = true, .categories = { words, 1 } },
		{ .windowed = true, .causes = { words, 1 } },
		{ .windowed = true, .by_reporter = true,
		    .reporter = REPORTER_SELF },
		{ .windowed = true, .ids = ids, .id_len = 1 },
	};
	const struct selection other = { .windowed = true,
	    .window = { 7, 9 } };
	char names[12][64], twin[64];
	size_t i, k, len = sizeof(kinds) / sizeof(kinds[0]);

	(void)state;
	for (i = 0; i < len; i++)
		name_of(&kinds[i], NULL, names[i]);
	name_of(&kinds[0], "a", names[len++]);
	name_of(&kinds[0], "b", names[len++]);
	for (i = 0; i < len; i++)
		for (k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	name_of(&other, NULL, twin);
	assert_string_equal(twin, names[0]);
}

/* What the sink heard last. */
static char heard[64];

static void
hear(void *arg, const struct diag *diag)
{
	(void)arg;
	(void)snprintf(heard, sizeof(heard), "%s: %s", diag->where,
	    diag->detail);
}

static void
test_none(void **state)
{
	static const struct writer_options options;
	struct diag_sink sink = { hear, NULL, { 0 } };
	struct report report;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	report_init(&report, "x", NULL);
	assert_null(writer_run(writer_by_name("atom"), &report, &options,
	    &sink, &out));
	assert_int_equal(out.len, 0);
	assert_string_equal(heard, "atom: a report that is no feed");
	report_release(&report);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_events),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_most),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
