/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Small reports of every form, and what is read from them.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "classify/report_text.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/heard.h"

static struct taxonomy *taxonomy;
static struct report_reader *reader;

/* A bug of these comments, an hour apart from 2024-03-01T12:00:00Z. */
static void
make_bug(struct bug *bug, const char *const *texts, size_t len)
{
	struct comment *comment;
	size_t i;

	bug_init(bug, BUG_MAX_BYTES);
	bug->id = 9000001;
	for (i = 0; i < len; i++) {
		comment = bug_add_comment(bug);
		assert_non_null(comment);
		comment->number = (int64_t)i;
		comment->time = INT64_C(1709294400) + (int64_t)i * 3600;
		comment->text_len = strlen(texts[i]);
		comment->text = arena_copy(&bug->arena, texts[i],
		    comment->text_len);
		assert_non_null(comment->text);
	}
}

static void
write_time(struct buf *out, int64_t time, bool day_only, bool month_only)
{
	char text[DATE_SIZE];

	if (time == DATE_NONE)
		buf_char(out, '?');
	else if (!day_only)
		buf_fmt(out, "%.16s", date_format_time(time, text));
	else
		buf_fmt(out, "%.*s", month_only ? 7 : 10,
		    date_format_day(date_day(time), text));
}

static void
write_facts(struct buf *out, const struct report_fact *facts)
{
	size_t i;

	for (i = 0; i < FACT_KIND__MAX; i++) {
		if (facts[i].state == REPORT_ABSENT)
			continue;
		buf_fmt(out, "%s", report_fact_name((enum report_fact_kind)i));
		if (facts[i].state == REPORT_UNREADABLE) {
			buf_fmt(out, "? %s\n", facts[i].text);
			continue;
		}
		buf_str(out, "=");
		if (i == FACT_START || i == FACT_IDENTIFIED || i == FACT_END)
			write_time(out, facts[i].number, facts[i].day_only,
			    false);
		else if (i == FACT_CERTIFICATES || i == FACT_STOPPED)
			buf_fmt(out, "%" PRId64, facts[i].number);
		else
			buf_str(out, facts[i].text);
		buf_char(out, '\n');
	}
}

static void
write_actions(struct buf *out, const struct report_action *actions,
    size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		buf_fmt(out, "A %s|%s|", actions[i].text, actions[i].kind);
		if (actions[i].due == DATE_NONE)
			buf_str(out, actions[i].due_text);
		else
			write_time(out, date_start(actions[i].due), true,
			    false);
		buf_fmt(out, "|%s\n",
		    report_action_state_name(actions[i].state));
	}
}

static void
write_items(struct buf *out, char sign, const struct report_items *items)
{
	size_t i;

	for (i = 0; i < items->len; i++)
		buf_fmt(out, "%c %s\n", sign, items->items[i].text);
}

/* All that was read from a comment, as lines. */
static void
write_comment(struct buf *out, const struct report_comment *comment)
{
	size_t i;

	buf_fmt(out, "%s:", taxonomy->forms[comment->form].id);
	for (i = 0; i < comment->section_len; i++)
		buf_fmt(out, " %d%s", comment->sections[i].level,
		    taxonomy->sections[comment->sections[i].kind].id);
	buf_char(out, '\n');
	write_facts(out, comment->facts);
	for (i = 0; i < comment->timeline_len; i++) {
		buf_str(out, "T ");
		write_time(out, comment->timeline[i].time,
		    comment->timeline[i].day_only,
		    comment->timeline[i].month_only);
		buf_fmt(out, " %s\n", comment->timeline[i].text);
	}
	for (i = 0; i < comment->related_len; i++)
		buf_fmt(out, "R %" PRId64 "%s%s\n", comment->related[i].bug,
		    comment->related[i].text[0] != '\0' ? " " : "",
		    comment->related[i].text);
	write_actions(out, comment->actions, comment->action_len);
	write_items(out, '+', &comment->well);
	write_items(out, '-', &comment->badly);
	write_items(out, '~', &comment->luck);
	write_items(out, 'F', &comment->factors);
	write_items(out, 'N', &comment->findings);
}

static void
read_one(const char *name, const char *source, const char *wanted)
{
	const struct report_text *text;
	struct heard heard;
	struct bug bug;
	struct buf out;

	buf_init(&out, 100000);
	make_bug(&bug, &source, 1);
	assert_null(report_read(reader, &bug, heard_begin(&heard), &text));
	write_comment(&out, &text->comments[0]);
	if (strcmp(buf_text(&out), wanted) != 0)
		fail_msg("%s:\n%s\nand not\n%s", name, buf_text(&out),
		    wanted);
	assert_int_equal(heard_all(&heard), 0);
	bug_release(&bug);
	buf_release(&out);
}

struct reading {
	const char *name, *text, *read;
};

static void
read_all(const struct reading *readings, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		read_one(readings[i].name, readings[i].text,
		    readings[i].read);
}

static void
numbered(void **state)
{
	static const struct reading readings[] = {
		{ "answers",
		    "1. How your CA first became aware of the problem (e.g. "
		    "via a problem report), and the time and date.\n\n"
		    "On 2024-02-03 at 10:00 UTC.\n\n"
		    "2) A timeline of the actions your CA took in response.\n"
		    "All times are CET.\n"
		    "- 2024-02-03 11:00: Found\n  and told\n"
		    "- 2024-02-04 - Fixed, see bug 1234567.\n"
		    "- soon: more\n\n"
		    "3. Whether your CA has stopped\nYes.\n"
		    "4. Summary\n"
		    "7. List of steps\n"
		    "- Do this (done, 2024-02-05)\n"
		    "- Do that - planned: 5 March 2024\n"
		    "- [open] And that, 2024-04-01\n"
		    "- 2024-05-01: The rest (in progress)\n"
		    "- What has no day\n",
		    "numbered: 1aware 1timeline 1stopped 1description "
		    "1actions\n"
		    "identified=2024-02-03T10:00\nissuance_stopped=1\n"
		    "T 2024-02-03T10:00 Found and told\n"
		    "T 2024-02-04 Fixed, see bug 1234567.\n"
		    "T ? soon: more\n"
		    "R 1234567\n"
		    "A Do this||2024-02-05|complete\n"
		    "A Do that||2024-03-05|ongoing\n"
		    "A And that||2024-04-01|ongoing\n"
		    "A The rest||2024-05-01|ongoing\n"
		    "A What has no day|||unsaid\n" },
		{ "questions quoted, answers below",
		    "> 1. How your CA first became aware of the problem.\n\n"
		    "On 3 February.\n"
		    "> 2. A timeline of the actions your CA took.\n"
		    "2024-02-03 Found\n",
		    "numbered: 1aware 1timeline\nidentified=2024-02-03\n"
		    "T 2024-02-03 Found\n" },
		{ "questions without numbers",
		    "**How your CA first became aware of the problem.**\n"
		    "On 2024-02-03.\n\n"
		    "**A timeline of the actions your CA took**\n"
		    "- 2024-02-03 Found\n",
		    "numbered: 1aware 1timeline\nidentified=2024-02-03\n"
		    "T 2024-02-03 Found\n" },
		{ "a form around it",
		    "User Agent: Mozilla/5.0\n\nSteps to reproduce:\n\n"
		    "1/ How we became aware\nOn 2024-02-03\n"
		    "2/ Timeline\n2024-02-03 Found\n\n"
		    "Actual results:\n\n2024-02-05 None\n",
		    "numbered: 1other 1aware 1timeline 1other\n"
		    "identified=2024-02-03\nT 2024-02-03 Found\n" },
		{ "French",
		    "1. Comment l’AC a pris connaissance du problème\n"
		    "Le 3 février 2024.\n\n"
		    "4. Résumé des certificats concernés\n"
		    "17 certificats EV.\n",
		    "numbered: 1aware 1certificates\nidentified=2024-02-03\n"
		    "certificates=17\n" },
		{ "a request is no report",
		    "Please tell us:\n"
		    "1. How your CA first became aware of the problem.\n"
		    "2. A timeline of the actions your CA took.\n"
		    "3. Whether your CA has stopped.\n", "plain:\n" },
		{ "neither is a list",
		    "1. one\n2. two\n3. three\n4. four\n5. five\n6. six\n"
		    "7. seven\n", "plain:\n" },
		{ "words that mean nothing",
		    "1. How we became aware\nBy mail, in spring.\n"
		    "2. Timeline\nSee above.\n"
		    "3. Status of issuance\nSee above.\n"
		    "4. Number of certificates\nMany certificates.\n",
		    "numbered: 1aware 1timeline 1stopped 1certificates\n"
		    "identified? By mail, in spring.\n"
		    "certificates? Many certificates.\n"
		    "issuance_stopped? See above.\n" }
	};

	(void)state;
	read_all(readings, COUNT(readings));
}

static void
version2(void **state)
{
	static const struct reading readings[] = {
		{ "whole",
		    "## Incident Report\n\n### Summary\nWe **did** it. Again."
		    "\n\nMore.\n\n### Impact\nNone.\n\n### Timeline\n"
		    "All times are UTC.\n\n2024-02-03:\n\n- 10:00 Found\n"
		    "- At noon: lunch\n\n2024-02-04\n- 00:05 Fixed\n\n"
		    "### Root Cause Analysis\nA [bug](http://a).\n\n"
		    "#### Our own heading\nx\n\n"
		    "### Lessons Learned\n#### What went well\n- a\n  - b\n"
		    "- c\n\n#### What didn’t go well\nN/A\n\n"
		    "#### Where we got lucky\n* \n\n"
		    "### Action Items\n| Action Item | Kind | Due Date |\n"
		    "|---|---|---|\n| Do | Prevent | 2024-03-01 |\n"
		    "| Look \\| see | Detect | Done |\n| N/A | | |\n",
		    "v2: 1description 1impact 1timeline 1root-cause 2other "
		    "1lessons 2well 2badly 2luck 1actions\n"
		    "description=We did it. Again.\n"
		    "T 2024-02-03T10:00 Found\n"
		    "T ? At noon: lunch\n"
		    "T 2024-02-04T00:05 Fixed\n"
		    "A Do|Prevent|2024-03-01|unsaid\n"
		    "A Look | see|Detect|Done|complete\n+ a\n+ c\n" },
		{ "preliminary, before version 3",
		    "## Preliminary Incident Report\n### Summary\nA.\n",
		    "v2: 1description\ndescription=A.\n" },
		{ "without its name",
		    "###Summary\nA.\n\n**Impact**\n\nB.\n",
		    "v2: 1description 2impact\ndescription=A.\n" },
		{ "with others' name",
		    "# Draft Example CA Incident Report (public)\n"
		    "**Summary:** A\n",
		    "v2: 1description\ndescription=A\n" },
		{ "German",
		    "## Vorfallbericht\n### Zusammenfassung\nA.\n"
		    "### Zeitlicher Ablauf\n- 3. Februar 2024, 10:00 MEZ: B\n",
		    "v2: 1description 1timeline\ndescription=A.\n"
		    "T 2024-02-03T09:00 B\n" }
	};

	(void)state;
	read_all(readings, COUNT(readings));
}

static void
version3(void **state)
{
	static const struct reading readings[] = {
		{ "bold fields in a list",
		    "## Full Incident Report\n### Summary\n"
		    "- **CA Owner CCADB unique ID:** A000123\n"
		    "- **Incident description:**\n  A. B.\n"
		    "- **Timeline summary:**\n"
		    "  - **Non-compliance start date:** 2024-01-01\n"
		    "  - **Non-compliance identified date**: in spring\n"
		    "  - **Non-compliance end date:** N/A\n"
		    "- **Relevant policies:**\n  - BR 1\n  - BR 2\n"
		    "- **Source of incident disclosure:** Audit\n\n"
		    "And a word behind.\n\n"
		    "### Impact\n- **Total number of certificates:** 27,914\n"
		    "- **Total number of “remaining valid” certificates:** 3\n"
		    "- **Affected certificate types:** DV, OV\n"
		    "- **Was issuance stopped in response to this incident, "
		    "and why or why not?:** No, B.\n"
		    "### Related Incidents\n| Bug | Date | Description |\n"
		    "|--|--|--|\n| [1234567](http://b/1234567) | x | Same |\n"
		    "| Bug 1234568 | x | |\n"
		    "### Root Cause Analysis\n"
		    "#### Contributing Factor #1: Haste\n"
		    "- **Description:** C\n- **Timeline:** Since 2020-01-01.\n"
		    "#### Contributing Factor #2: Waste\n"
		    "### Lessons Learned\n- **What went well:**\n  - a\n"
		    "- **What didn't go well:** N/A\n"
		    "### Action Items\n"
		    "| Action Item | Kind | Corresponding Root Cause(s) | "
		    "Evaluation Criteria | Due Date | Status |\n"
		    "|--|--|--|--|--|--|\n"
		    "| Do | Prevent | #1 | It is | 2024-03-01 | On track |\n",
		    "v3-full: 1other 2ccadb-id 2description 2other 3start "
		    "3identified 3end 2policies 2source 1impact 2certificates "
		    "2other 2certificate-types 2stopped 1related 1root-cause "
		    "2factor 3other 3other 2factor 1lessons 2well 2badly "
		    "1actions\n"
		    "ccadb_id=A000123\ndescription=A. B.\n"
		    "policies=BR 1; BR 2\nsource=Audit\nstart=2024-01-01\n"
		    "identified? in spring\ncertificates=27914\n"
		    "certificate_types=DV, OV\nissuance_stopped=0\n"
		    "R 1234567 Same\nR 1234568\n"
		    "A Do|Prevent|2024-03-01|ongoing\n"
		    "+ a\nF Haste\nF Waste\n" },
		{ "headings",
		    "# Preliminary Incident Report\n## Incident description\n"
		    "A.\n## Relevant Policies:\nBR 1\n"
		    "## Total number of certificates\nAll of them\n",
		    "v3-preliminary: 1description 1policies 1certificates\n"
		    "description=A.\npolicies=BR 1\n"
		    "certificates? All of them\n" },
		{ "plain text",
		    "Preliminary Incident Report\nSummary\n"
		    "Incident description: A.\nRelevant policies: BR 1\n"
		    "Source of incident disclosure: Self Reported\n",
		    "v3-preliminary: 1other 2description 2policies 2source\n"
		    "description=A.\npolicies=BR 1\nsource=Self Reported\n" },
		{ "without its name",
		    "Relevant policies: BR 1\n\n"
		    "Source of incident disclosure: Audit\n",
		    "v3-preliminary: 1policies 1source\n"
		    "policies=BR 1\nsource=Audit\n" },
		{ "closure",
		    "### Report Closure Summary\n"
		    "- **Incident description:** A.\n"
		    "- **Incident Root Cause(s):** B.\n"
		    "- **Remediation description:** C.\n"
		    "- **Commitment summary:** None.\n",
		    "v3-closure: 1description 1root-cause 1remediation "
		    "1commitments\ndescription=A.\n" },
		{ "Japanese",
		    "## 初步事件报告\n### 摘要\n- **事件描述：** 甲。\n"
		    "- **相关政策：** BR 1\n",
		    "v3-preliminary: 1other 2description 2policies\n"
		    "description=甲。\npolicies=BR 1\n" }
	};

	(void)state;
	read_all(readings, COUNT(readings));
}

static void
audits(void **state)
{
	static const struct reading readings[] = {
		{ "four points",
		    "**Issue #:** 1\n\n**Issue Description:** A.\n\n"
		    "**Root Cause of Issue:** B.\n\n"
		    "**Remediation Plan:**\n- C (done, 2024-02-01)\n",
		    "audit-v1: 1finding 1description 1root-cause 1actions\n"
		    "description=A.\nA C||2024-02-01|complete\nN 1\n" },
		{ "points with their number",
		    "**Issue #4**: Old RFC\n\n"
		    "**Issue #4 Description**: A.\n\n"
		    "**Issue #4 Root Cause of Issue**: B.\n",
		    "audit-v1: 1finding 1description 1root-cause\n"
		    "description=A.\nN Old RFC\n" },
		{ "a table",
		    "| Issue # | Issue Description | Root Cause |\n|-|-|-|\n"
		    "| 5 | A. | B. |\n",
		    "audit-v1: 1finding 2description 2root-cause\n"
		    "description=A.\nN 5\n" },
		{ "findings",
		    "## Audit Incident Report\nx\n### Finding #1\nA.\n"
		    "#### Root Cause Analysis\nB.\n#### Action Items\n"
		    "- C (planned, 2024-05-01)\n### Finding #2\nD.\n",
		    "audit-v2: 1finding 2root-cause 2actions 1finding\n"
		    "A C||2024-05-01|ongoing\nN A.\nN D.\n" }
	};

	(void)state;
	read_all(readings, COUNT(readings));
}

static void
plain(void **state)
{
	static const struct reading readings[] = {
		{ "nothing", "", "plain:\n" },
		{ "prose", "Impact: we wait. See bug 1234567.", "plain:\n" },
		{ "a heading of its own", "# Issue\nA.\n## Odd\nB.",
		    "plain: 1other 2other\n" },
		{ "a table of actions alone",
		    "Done.\n\n| Action Item | Kind | Due Date | Status |\n"
		    "|-|-|-|-|\n| Do | Prevent | 2024-05-01 | Complete |\n",
		    "plain:\nA Do|Prevent|2024-05-01|complete\n" },
		{ "another table", "| Action | Date |\n|-|-|\n| a | b |\n",
		    "plain:\n" }
	};

	(void)state;
	read_all(readings, COUNT(readings));
}

/* Places are those of the bytes, whatever stands around them. */
static void
spans(void **state)
{
	static const char source[] = "## Preliminary Incident Report\n"
	    "- **Incident description:** Ä **b**\n"
	    "- **Relevant policies:** c\n";
	const char *texts[] = { source };
	const struct report_comment *comment;
	const struct report_text *text;
	struct bug bug;

	(void)state;
	make_bug(&bug, texts, 1);
	assert_null(report_read(reader, &bug, NULL, &text));
	comment = &text->comments[0];
	assert_int_equal(comment->section_len, 2);
	assert_memory_equal(source + comment->sections[0].head.start,
	    "Incident description", 20);
	assert_int_equal(comment->sections[0].head.end -
	    comment->sections[0].head.start, 20);
	assert_memory_equal(source + comment->sections[0].body.start,
	    "Ä **b**\n", 9);
	assert_string_equal(comment->facts[FACT_DESCRIPTION].text, "Ä b");
	assert_int_equal(comment->facts[FACT_DESCRIPTION].span.start,
	    comment->sections[0].body.start);
	bug_release(&bug);
}

/* The newest word counts, also when words were changed a little. */
static void
merged(void **state)
{
	static const char *const texts[] = {
		"## Preliminary Incident Report\n"
		    "**Incident description:** A\n\n**Relevant policies:** P\n",
		"## Full Incident Report\n**Incident description:** B\n\n"
		    "### Action Items\n"
		    "| Action Item | Kind | Due Date | Status |\n|-|-|-|-|\n"
		    "| Lint all certificates before issuance | Prevent | "
		    "2024-05-01 | Ongoing |\n"
		    "| Train the staff | Mitigate | 2024-06-01 | Ongoing |\n",
		"| Action Item | Status | Due Date |\n|-|-|-|\n"
		    "| Lint all the certificates before issuance | Delayed | "
		    "2024-07-01 |\n",
		"### Report Closure Summary\n**Incident description:** C\n\n"
		    "**Remediation description:** D\n"
	};
	const struct report_text *text;
	struct bug bug;
	struct buf out;

	(void)state;
	buf_init(&out, 10000);
	make_bug(&bug, texts, COUNT(texts));
	assert_null(report_read(reader, &bug, NULL, &text));
	assert_int_equal(text->main->number, 1);
	assert_int_equal(text->closure->number, 3);
	write_facts(&out, text->facts);
	write_actions(&out, text->actions, text->action_len);
	assert_string_equal(buf_text(&out), "description=B\npolicies=P\n"
	    "A Lint all the certificates before issuance|Prevent|2024-07-01|"
	    "delayed\n"
	    "A Train the staff|Mitigate|2024-06-01|ongoing\n");
	assert_int_equal(text->fact_comment[FACT_DESCRIPTION], 1);
	assert_int_equal(text->fact_comment[FACT_POLICIES], 0);
	assert_int_equal(text->fact_comment[FACT_START], -1);
	assert_int_equal(text->actions[0].comment, 2);
	assert_int_equal(text->actions[1].comment, 1);
	buf_release(&out);
	bug_release(&bug);
}

/* What is over a limit is cut, and that is said. */
static void
cut(void **state)
{
	static const char *const pieces[] = {
		">", "- ", "|", "# a\n", "- **Impact:** a\n",
		"- 2024-01-01 a\n", "| a | b |\n", "1. a\n"
	};
	static char source[REPORT_MAX_COMMENT + 5];
	const char *texts[] = { source };
	const struct report_text *text;
	struct heard heard;
	struct bug bug;
	size_t i, n, len;

	(void)state;
	for (i = 0; i < COUNT(pieces); i++) {
		n = (size_t)snprintf(source, sizeof(source),
		    "## Incident Report\n### Timeline\n");
		len = strlen(pieces[i]);
		for (; n + len < sizeof(source); n += len)
			memcpy(source + n, pieces[i], len);
		memset(source + n, 'x', sizeof(source) - 1 - n);
		source[sizeof(source) - 1] = '\0';
		make_bug(&bug, texts, 1);
		assert_null(report_read(reader, &bug, heard_begin(&heard),
		    &text));
		assert_int_equal(heard.count[DIAG_REPORT_CUT], 1);
		assert_int_equal(text->comments[0].unread, 4);
		assert_true(text->comments[0].section_len <=
		    REPORT_MAX_ITEMS);
		assert_true(text->comments[0].timeline_len <=
		    REPORT_MAX_ITEMS);
		bug_release(&bug);
	}
}

static void
names(void **state)
{
	(void)state;
	assert_int_equal(report_section_of(taxonomy, "## Timeline:", 12),
	    TAX_SECTION_TIMELINE);
	assert_int_equal(report_section_of(taxonomy, "Elsewhere", 9),
	    TAX_SECTION_OTHER);
	assert_string_equal(report_state_name(REPORT_UNREADABLE),
	    "unreadable");
}

static int
begin(void **state)
{
	(void)state;
	assert_null(taxonomy_load(&taxonomy, NULL));
	assert_null(report_reader_new(&reader, taxonomy));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	report_reader_free(reader);
	taxonomy_free(taxonomy);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbered),
		cmocka_unit_test(version2),
		cmocka_unit_test(version3),
		cmocka_unit_test(audits),
		cmocka_unit_test(plain),
		cmocka_unit_test(spans),
		cmocka_unit_test(merged),
		cmocka_unit_test(cut),
		cmocka_unit_test(names)
	};

	return cmocka_run_group_tests_name("report_text", tests, begin, end);
}
