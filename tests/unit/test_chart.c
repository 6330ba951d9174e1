/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "output/chart.h"
#include "output/chart_draw.h"
#include "output/report.h"
#include "output/writer.h"
#include "tests/unit/hostile.h"

enum {
	ROOM = 1 << 26,
	MOST_SERIES = 60,
	MOST_LABELS = 200
};

/* Charts of any size; what is not set is 0 or this. */
static int64_t values[MOST_SERIES][MOST_LABELS];
static struct chart_series series[MOST_SERIES];
static const char *labels[MOST_LABELS];

static void
make(struct chart *chart, enum chart_kind kind, size_t label_len,
    size_t series_len, const char *text)
{
	size_t i, k;

	memset(chart, 0, sizeof(*chart));
	chart->kind = kind;
	chart->title = chart->desc = chart->unit = text;
	chart->labels = labels;
	chart->label_len = label_len;
	chart->series = series;
	chart->series_len = series_len;
	for (i = 0; i < MOST_SERIES; i++) {
		series[i].name = text;
		series[i].values = values[i];
		for (k = 0; k < MOST_LABELS; k++) {
			labels[k] = text;
			values[i][k] = 0;
		}
	}
}

/* A small one that says what it shows. */
static void
make_small(struct chart *chart, enum chart_kind kind, size_t series_len)
{
	static const char *const names[] = { "One", "Two words", "Three" };
	size_t i;

	make(chart, kind, 3, series_len, "");
	chart->title = "Title";
	chart->desc = "What it shows.";
	chart->unit = "incidents";
	series[0].name = "First";
	series[1].name = "Second";
	for (i = 0; i < 3; i++)
		labels[i] = names[i];
	values[0][0] = 10;
	values[0][1] = 5;
	values[1][0] = 2;
	values[1][1] = 15;
}

static void
test_kinds(void **state)
{
	static const char *const names[CHART_KIND__MAX] = {
		[CHART_BAR] = "bar", [CHART_PIE] = "pie",
		[CHART_LINE] = "line", [CHART_STACK] = "stack"
	};
	enum chart_kind kind, i;

	(void)state;
	for (i = 0; i < CHART_KIND__MAX; i++) {
		assert_true(chart_kind_by_name(names[i], strlen(names[i]),
		    &kind));
		assert_int_equal(kind, i);
	}
	assert_true(chart_kind_by_name("pie|bar", 3, &kind));
	assert_int_equal(kind, CHART_PIE);
	assert_false(chart_kind_by_name("pi", 2, &kind));
	assert_false(chart_kind_by_name("", 0, &kind));
	assert_false(chart_kind_by_name("donut", 5, &kind));
}

static void
test_share(void **state)
{
	static const struct {
		int64_t part, whole, scale, expected;
	} cases[] = {
		{ 0, 0, 100, 0 },
		{ 0, 5, 100, 0 },
		{ 5, 5, 100, 100 },
		{ 1, 3, 100, 33 },
		{ 2, 3, 100, 67 },
		{ 1, 200, 100, 1 },
		{ 1, 201, 100, 0 },
		{ INT64_MAX, INT64_MAX, CHART_MAX_SCALE, CHART_MAX_SCALE },
		{ INT64_MAX / 2, INT64_MAX, 36000, 18000 },
		{ 1, INT64_MAX, CHART_MAX_SCALE, 0 },
	};
	char text[16];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(chart_share(cases[i].part, cases[i].whole,
		    cases[i].scale), cases[i].expected);
	assert_string_equal(chart_percent(1, 8, text), "12.5 %");
	assert_string_equal(chart_percent(0, 0, text), "0.0 %");
	assert_string_equal(chart_percent(INT64_MAX, INT64_MAX, text),
	    "100.0 %");
}

static void
test_sums(void **state)
{
	struct chart chart;

	(void)state;
	make(&chart, CHART_STACK, 2, 3, "x");
	assert_int_equal(chart_sum(&chart), 0);
	assert_int_equal(chart_top(&chart), 0);
	values[0][0] = 3;
	values[1][0] = 4;
	values[2][1] = 5;
	values[0][1] = -7;	/* no number of things */
	assert_int_equal(chart_sum_at(&chart, 2, 0), 7);
	assert_int_equal(chart_sum_of(&chart, 0), 3);
	assert_int_equal(chart_sum(&chart), 12);
	assert_int_equal(chart_top(&chart), 7);
	chart.kind = CHART_LINE;
	assert_int_equal(chart_top(&chart), 5);
	/* A bar chart has one series. */
	chart.kind = CHART_BAR;
	assert_int_equal(chart_series_len(&chart), 1);
	assert_int_equal(chart_sum(&chart), 3);
	chart.series_len = 0;
	assert_int_equal(chart_series_len(&chart), 0);
	make(&chart, CHART_STACK, 2, 3, "x");
	values[0][0] = values[1][0] = INT64_MAX;
	assert_int_equal(chart_sum(&chart), INT64_MAX);
	assert_int_equal(chart_top(&chart), INT64_MAX);
}

static void
test_text(void **state)
{
	static const struct {
		enum chart_kind kind;
		size_t series_len;
		const char *expected;
	} cases[] = {
		{ CHART_BAR, 1,
		    "Title: number of incidents\n\n"
		    "One        ########################## 10\n"
		    "Two words  ############# 5\n"
		    "Three      0\n" },
		{ CHART_PIE, 1,
		    "Title: number of incidents\n\n"
		    "One        ################# 10 (66.7 %)\n"
		    "Two words  ######### 5 (33.3 %)\n"
		    "Three      0 (0.0 %)\n" },
		{ CHART_STACK, 2,
		    "Title: number of incidents\n\n"
		    "One        AAAAAAAB 12: A 10, B 2\n"
		    "Two words  AAABBBBBBBBBB 20: A 5, B 15\n"
		    "Three      0\n\n"
		    "A: First\nB: Second\n" },
		{ CHART_LINE, 2,
		    "Title: number of incidents\n\n"
		    "One        A ################# 10\n"
		    "           B ### 2\n"
		    "Two words  A ######### 5\n"
		    "           B ########################## 15\n"
		    "Three      A 0\n"
		    "           B 0\n\n"
		    "A: First\nB: Second\n" },
	};
	struct chart chart;
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		make_small(&chart, cases[i].kind, cases[i].series_len);
		buf_clear(&out);
		chart_text(&chart, 40, "#", &out);
		assert_string_equal(buf_text(&out), cases[i].expected);
	}
	buf_release(&out);
}

/* What is longer than its column is not cut, and little is seen. */
static void
test_text_extremes(void **state)
{
	struct chart chart;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	make_small(&chart, CHART_BAR, 1);
	labels[1] = "a label that is so long that it has a line of its own";
	values[0][0] = INT64_MAX;
	values[0][1] = 1;
	chart_text(&chart, 0, "#", &out);
	assert_string_equal(buf_text(&out),
	    "Title: number of incidents\n\n"
	    "One    ########## 9223372036854775807\n"
	    "a label that is so long that it has a line of its own\n"
	    "       # 1\n"
	    "Three  0\n");
	buf_release(&out);
}

static void
test_mediawiki(void **state)
{
	struct chart chart;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	make_small(&chart, CHART_BAR, 1);
	chart.label_len = 2;
	labels[1] = "a|\"b\"\n{{c}}";
	chart_mediawiki(&chart, &out);
	assert_string_equal(buf_text(&out),
	    "<div role=\"img\" aria-label=\"Title. What it shows. One&#58; 10; "
	    "a&#124;&#34;b&#34; &#123;&#123;c&#125;&#125;&#58; 5.\" "
	    "style=\"max-width:60em\">\n'''Title''', number of incidents\n"
	    "<div style=\"display:flex;margin:.2em 0\"><div style=\"flex:none;"
	    "width:14em;margin-right:.5em;text-align:right\">One</div>"
	    "<div style=\"flex:1;display:flex\"><div style=\"flex:none;"
	    "height:1.3em;width:75.00%;background:#0072b2\"></div>"
	    "<div style=\"margin-left:.5em\">10</div></div></div>\n"
	    "<div style=\"display:flex;margin:.2em 0\"><div style=\"flex:none;"
	    "width:14em;margin-right:.5em;text-align:right\">"
	    "a&#124;\"b\"<br />&#123;&#123;c&#125;&#125;</div>"
	    "<div style=\"flex:1;display:flex\"><div style=\"flex:none;"
	    "height:1.3em;width:37.50%;background:#0072b2\"></div>"
	    "<div style=\"margin-left:.5em\">5</div></div></div>\n"
	    "</div>\n");
	buf_release(&out);
}

static const char *
attribute(const xmlNode *node, const char *name, char out[64])
{
	const xmlAttr *attr;

	for (attr = node->properties; attr != NULL; attr = attr->next)
		if (strcmp((const char *)attr->name, name) == 0) {
			(void)snprintf(out, 64, "%s",
			    (const char *)attr->children->content);
			return out;
		}
	return NULL;
}

/* Every place is in the picture, every length is one, no letter is smaller
 * than 14, and no name is given twice. */
static void
check_element(const xmlNode *node, double width, double height)
{
	static const char *const across[] = { "x", "x1", "x2", "cx", "width",
	    "r" };
	static const char *const down[] = { "y", "y1", "y2", "cy", "height" };
	const char *text;
	char room[64];
	size_t i;

	for (; node != NULL; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		for (i = 0; i < 6; i++) {
			text = attribute(node, across[i], room);
			if (text == NULL || strchr(text, '%') != NULL)
				continue;
			assert_true(strtod(text, NULL) >= 0);
			assert_true(strtod(text, NULL) <= width);
		}
		for (i = 0; i < 5; i++) {
			text = attribute(node, down[i], room);
			if (text == NULL || strchr(text, '%') != NULL)
				continue;
			assert_true(strtod(text, NULL) >= 0);
			assert_true(strtod(text, NULL) <= height);
		}
		text = attribute(node, "font-size", room);
		assert_true(text == NULL || strtod(text, NULL) >= 14);
		check_element(node->children, width, height);
	}
}

static void
check_svg(const struct chart *chart)
{
	const char *again;
	struct buf out, twin;
	xmlNode *root;
	xmlDoc *doc;
	char room[64];
	double height;

	buf_init(&out, ROOM);
	buf_init(&twin, ROOM);
	chart_svg(chart, "id", true, &out);
	chart_svg(chart, "id", true, &twin);
	assert_null(buf_error(&out, "svg"));
	assert_string_equal(buf_text(&out), buf_text(&twin));
	doc = xmlReadMemory(out.data, (int)out.len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_HUGE);
	assert_non_null(doc);
	root = xmlDocGetRootElement(doc);
	assert_string_equal((const char *)root->name, "svg");
	assert_string_equal(attribute(root, "role", room), "img");
	height = strtod(attribute(root, "height", room), NULL);
	assert_true(height >= 540);
	check_element(root, 960, height);
	again = strstr(buf_text(&out), "id=\"id-title\"");
	assert_non_null(again);
	assert_null(strstr(again + 1, "id=\"id-title\""));
	assert_null(strstr(buf_text(&out), "nan"));
	xmlFreeDoc(doc);
	buf_release(&out);
	buf_release(&twin);
}

/* All kinds, standing and lying. */
static void
check_kinds(struct chart *chart)
{
	enum chart_kind kind;

	for (kind = 0; kind < CHART_KIND__MAX; kind++) {
		chart->kind = kind;
		chart->periods = false;
		check_svg(chart);
		chart->periods = true;
		check_svg(chart);
	}
}

static void
test_svg_sizes(void **state)
{
	static const struct {
		size_t labels, series;
	} cases[] = {
		{ 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 2, 1 }, { 3, 2 },
		{ 12, 11 }, { 17, 1 }, { 40, 1 }, { 200, 1 }, { 1, 40 },
		{ 30, 40 }, { 200, 60 }
	};
	struct chart chart;
	size_t i, k, m;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		make(&chart, CHART_BAR, cases[i].labels, cases[i].series,
		    "A name");
		check_kinds(&chart);	/* all are 0 */
		for (k = 0; k < cases[i].series; k++)
			for (m = 0; m < cases[i].labels; m++)
				values[k][m] = (int64_t)(k * m % 13);
		check_kinds(&chart);
	}
}

static void
test_svg_values(void **state)
{
	static const int64_t cases[] = { 0, 1, 6, 7, 1000000, INT64_MAX / 3,
	    INT64_MAX - 1, INT64_MAX, -1, INT64_MIN };
	struct chart chart;
	size_t i, k;

	(void)state;
	make(&chart, CHART_BAR, 4, 3, "A name");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		values[0][0] = cases[i];
		check_kinds(&chart);
		for (k = 0; k < 4; k++)
			values[0][k] = values[1][k] = values[2][k] = cases[i];
		check_kinds(&chart);
		memset(values, 0, sizeof(values));
	}
}

static void
test_svg_hostile(void **state)
{
	static char flood[10001];
	struct chart chart;
	size_t i;

	(void)state;
	memset(flood, 'W', sizeof(flood) - 1);
	for (i = 0; i < HOSTILE_LEN + 1; i++) {
		make(&chart, CHART_BAR, 3, 2, i < HOSTILE_LEN ? hostile[i] :
		    flood);
		values[0][0] = 2;
		values[1][1] = 3;
		check_kinds(&chart);
	}
	make(&chart, CHART_BAR, 3, 2, "\xef\xbf\xbf" RLO "x");
	check_kinds(&chart);
	make(&chart, CHART_BAR, 3, 2, "");
	check_kinds(&chart);
}

/* Does the picture say this? */
static void
assert_says(const struct buf *svg, const char *text)
{
	if (strstr(buf_text(svg), text) == NULL)
		fail_msg("%s is not in %s", text, buf_text(svg));
}

static void
test_svg_words(void **state)
{
	struct chart chart;
	struct buf out;

	(void)state;
	buf_init(&out, ROOM);
	make_small(&chart, CHART_PIE, 1);
	labels[2] = "<Three> & four";
	chart_svg(&chart, "c", false, &out);
	assert_int_equal(strncmp(buf_text(&out), "<svg ", 5), 0);
	assert_null(strstr(buf_text(&out), "style"));
	assert_says(&out, "<title id=\"c-title\">Title</title>");
	assert_says(&out, "<desc id=\"c-desc\">What it shows. One: 10; "
	    "Two words: 5; &lt;Three&gt; &amp; four: 0.</desc>");
	assert_says(&out, ">&lt;Three&gt; &amp; four</text>");
	assert_says(&out, ">66.7 %</text>");
	assert_says(&out, "fill=\"url(#c-1)\"");
	assert_says(&out, "<pattern id=\"c-1\"");
	/* The whole of what is cut. */
	make_small(&chart, CHART_BAR, 1);
	labels[0] = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
	buf_clear(&out);
	chart_svg(&chart, "c", true, &out);
	assert_int_equal(strncmp(buf_text(&out), "<?xml ", 6), 0);
	assert_says(&out, "<title>WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
	    "WWWWWWWWWW</title>");
	assert_says(&out, "W\xe2\x80\xa6</text>");
	make_small(&chart, CHART_STACK, 2);
	chart.periods = true;
	buf_clear(&out);
	chart_svg(&chart, "c", true, &out);
	assert_says(&out, "<title>Two words, Second: 15</title>");
	assert_says(&out, "One: First 10, Second 2; Two words: First 5, "
	    "Second 15; Three: First 0, Second 0.");
	buf_release(&out);
}

/* However little room there is, it ends, and is known to be cut. */
static void
test_ceilings(void **state)
{
	struct chart chart;
	size_t ceiling, i;
	struct buf out;

	(void)state;
	make_small(&chart, CHART_STACK, 2);
	for (i = 0; i < 3; i++)
		for (ceiling = 0; ceiling < 120; ceiling++) {
			buf_init(&out, ceiling);
			if (i == 0)
				chart_svg(&chart, "c", true, &out);
			else if (i == 1)
				chart_text(&chart, 79, "#", &out);
			else
				chart_mediawiki(&chart, &out);
			assert_non_null(buf_error(&out, "a chart"));
			buf_release(&out);
		}
}

/* Memory for libxml2, which leaks what it has when it gets no more: a pool,
 * and allocations until one fails. */
static _Alignas(max_align_t) char pool[1 << 20];
static size_t used, left;

static void *
few_malloc(size_t size)
{
	char *data = pool + used;
	size_t room = (size + 63) / 32 * 32;

	if (left == 0 || room > sizeof(pool) - used)
		return NULL;
	left--;
	used += room;
	memcpy(data, &size, sizeof(size));
	return data + 32;
}

static void
few_free(void *data)
{
	(void)data;
}

static void *
few_realloc(void *old, size_t size)
{
	char *data = few_malloc(size);
	size_t len;

	if (data == NULL || old == NULL)
		return data;
	memcpy(&len, (char *)old - 32, sizeof(len));
	memcpy(data, old, len < size ? len : size);
	return data;
}

static char *
few_strdup(const char *text)
{
	char *twin = few_malloc(strlen(text) + 1);

	if (twin != NULL)
		memcpy(twin, text, strlen(text) + 1);
	return twin;
}

static void
hush(void *arg, const char *fmt, ...)
{
	(void)arg;
	(void)fmt;
}

/* Whatever the library is refused, the picture is whole or known not to be. */
static void
test_memory(void **state)
{
	struct chart chart;
	struct buf whole, out;
	size_t n;

	(void)state;
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, hush);
	make_small(&chart, CHART_STACK, 2);
	buf_init(&whole, ROOM);
	chart_svg(&chart, "c", true, &whole);
	buf_init(&out, ROOM);
	for (n = 0;; n++) {
		buf_clear(&out);
		left = n;
		used = 0;
		assert_int_equal(xmlMemSetup(few_free, few_malloc,
		    few_realloc, few_strdup), 0);
		chart_svg(&chart, "c", true, &out);
		xmlResetLastError();
		xmlMemSetup(free, malloc, realloc, strdup);
		if (buf_error(&out, "a chart") == NULL)
			break;
	}
	assert_true(n > 10);
	assert_string_equal(buf_text(&out), buf_text(&whole));
	buf_release(&out);
	buf_release(&whole);
	xmlSetGenericErrorFunc(NULL, NULL);
}

/* What the sink heard last. */
static char heard[64];

static void
hear(void *arg, const struct diag *diag)
{
	(void)arg;
	assert_int_equal(diag->code, DIAG_BLOCK_UNSUPPORTED);
	(void)snprintf(heard, sizeof(heard), "%s: %s", diag->where,
	    diag->detail);
}

/* The report has a copy; every format for people shows it. */
static void
test_report(void **state)
{
	static const char *const formats[] = { "text", "markdown",
	    "mediawiki", "html", "svg" };
	const struct writer_options options = { false, 0, false };
	struct diag_sink sink = { hear, NULL, { 0 } };
	struct report report;
	struct chart chart;
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, ROOM);
	report_init(&report, "Report", NULL);
	assert_null(report_first_chart(&report));
	assert_null(writer_run(writer_by_name("svg"), &report, &options,
	    &sink, &out));
	assert_string_equal(heard, "svg: a report without a chart");
	assert_string_equal(buf_text(&out), "");
	make_small(&chart, CHART_BAR, 1);
	labels[2] = "````";
	report_chart(&report, &chart);
	make(&chart, CHART_PIE, 0, 0, "changed");
	heard[0] = '\0';
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		buf_clear(&out);
		assert_null(writer_run(writer_by_name(formats[i]), &report,
		    &options, &sink, &out));
		assert_says(&out, "Two words");
		assert_says(&out, "10");
		assert_null(strstr(buf_text(&out), "changed"));
	}
	assert_string_equal(heard, "");
	buf_clear(&out);
	assert_null(writer_run(writer_by_name("markdown"), &report, &options,
	    &sink, &out));
	assert_int_equal(strncmp(buf_text(&out), "`````text\n", 10), 0);
	report_chart(&report, &chart);
	buf_clear(&out);
	assert_null(writer_run(writer_by_name("svg"), &report, &options,
	    &sink, &out));
	assert_string_equal(heard, "svg: a chart after the first");
	report_release(&report);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_extremes),
		cmocka_unit_test(test_mediawiki),
		cmocka_unit_test(test_svg_sizes),
		cmocka_unit_test(test_svg_values),
		cmocka_unit_test(test_svg_hostile),
		cmocka_unit_test(test_svg_words),
		cmocka_unit_test(test_ceilings),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
