/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* A taxonomy, a tally and two bugs made by hand, for the builders' tests,
 * and what their reports look like. */
#ifndef TESTS_MADE_BUGS_H
#define TESTS_MADE_BUGS_H

#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"
#include "classify/clock.h"
#include "classify/report_text.h"
#include "classify/tally.h"
#include "output/build.h"

static struct tax_owner owners[] = {
	{ .id = "quovadis", .name = "QuoVadis", .now = 1 },
	{ .id = "digicert", .name = "DigiCert", .now = 1 },
};

static const struct tax_scheme scheme = {
	.id = "types-2024",
	.title = "CA incidents by type",
	.heading = "Type of Incident",
};

static struct taxonomy taxonomy = {
	.version = "2026.1",
	.sha256 = "0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef",
	.owners = owners,
	.owner_len = 2,
	.clocks = {
		[TAX_CLOCK_ANSWER] = { .id = "answer", .title = "Answer" },
	},
};

static const struct build_source source = {
	.url = "https://b.example",
	.fetched = INT64_C(1716206400),	/* 2024-05-20 12:00:00 */
	.bugs = 1690,
	.taxonomy = &taxonomy,
};

/* 2024-01-01 to 2024-05-20. */
static const struct selection open_during = {
	.windowed = true,
	.cohort = COHORT_OPEN_DURING,
	.window = { 19723, 19863 },
	.labels = LABELS_BEST,
};

/* Three incidents, one of them in two rows, one row empty; a duplicate and
 * two tracking bugs left out. */
static int64_t audit[] = { 1870001, 1870003 };
static int64_t crl[] = { 1870002, 1870003 };
static int64_t duplicate[] = { 1870004 };
static int64_t meta[] = { 1870005, 1870006 };
static struct tally_row rows[] = {
	{ .id = "audit", .title = "Audit Delays and Findings",
	    .note = "ETSI auditors file a bug a finding.", .bugs = audit,
	    .bug_len = 2, .collapsed = 1 },
	{ .id = "ocsp", .title = "OCSP Failures", .note = "Never shown." },
	{ .id = "crl", .title = "CRL Failures", .bugs = crl, .bug_len = 2,
	    .collapsed = 2 },
};

static inline void
make_tally(struct tally *tally)
{
	memset(tally, 0, sizeof(*tally));
	tally->taxonomy = &taxonomy;
	tally->scheme = &scheme;
	tally->rows = rows;
	tally->row_len = 3;
	tally->left_out[SELECT_DUPLICATE].bugs = duplicate;
	tally->left_out[SELECT_DUPLICATE].bug_len = 1;
	tally->left_out[SELECT_META].bugs = meta;
	tally->left_out[SELECT_META].bug_len = 2;
	tally->handed_in = 6;
	tally->incidents = 3;
	tally->assignments = 4;
	tally->incidents_collapsed = 2;
}

static struct comment comments[] = {
	{ .id = 11, .bug = 1870002, .number = 0, .time = 1700000000,
	    .creator = "a@ca.example", .text = "We *found* it.\n\nSee www.x.",
	    .text_len = 26 },
	{ .id = 12, .bug = 1870002, .number = 2, .time = 1700100000,
	    .attachment = 77, .is_private = true, .creator = "b@m.example",
	    .text = "" },
};

static struct change changes[] = {
	{ .time = 1700200000, .who = "b@m.example", .field = "status",
	    .removed = "NEW", .added = "RESOLVED" },
};

/* What build_show is told of that bug: a clock that was missed, and nothing
 * of the reports. */
static inline struct build_show
make_show(const struct bug *bug, const struct verdict *verdict)
{
	static const struct tax_deadline deadline = {
		.version = "CCADB 3.1", .must = true, .source = "part 2",
	};
	static struct clock_run runs[] = {
		{ .kind = TAX_CLOCK_ANSWER, .deadline = &deadline,
		    .from = 1700100000, .due = 1700704800,
		    .met = DATE_NONE, .comment = 2, .words = "Why?",
		    .state = CLOCK_MISSED },
	};
	static enum role roles[] = { ROLE_CA, ROLE_ROOT_PROGRAM };
	static const struct clocks clocks = {
		.runs = runs, .run_len = 1, .roles = roles,
		.turn = TURN_NOBODY, .turn_why = "closed",
		.next_update = 19700, .close_on = DATE_NONE,
		.last_ca = 1700000000,
	};
	static struct report_text nothing;
	struct build_show show = { .bug = bug, .verdict = verdict,
	    .text = &nothing, .clocks = &clocks, .taxonomy = &taxonomy };
	size_t i;

	for (i = 0; i < FACT_KIND__MAX; i++) {
		nothing.facts[i].text = "";
		nothing.facts[i].number = DATE_NONE;
		nothing.fact_comment[i] = -1;
	}
	return show;
}

/* A tagged incident of a known owner, reopened once. */
static inline void
make_bug(struct bug *bug, struct verdict *verdict)
{
	static const char summary[] = "QuoVadis: CRL | \xe2\x80\xaeoverdue";
	size_t i;

	memset(bug, 0, sizeof(*bug));
	memset(verdict, 0, sizeof(*verdict));
	for (i = 0; i < BUG_TEXT__MAX; i++)
		bug->text[i] = "";
	bug->id = 1870002;
	bug->gone = DATE_NONE;
	bug->text[BUG_SUMMARY] = summary;
	bug->text[BUG_WHITEBOARD] = "[ca-compliance] [crl-failure] [new-tag]";
	bug->text[BUG_STATUS] = "RESOLVED";
	bug->text[BUG_RESOLUTION] = "FIXED";
	bug->text[BUG_CREATOR] = "a@ca.example";
	bug->num[BUG_CREATED] = 1700000000;
	bug->num[BUG_CHANGED] = DATE_NONE;
	bug->num[BUG_LAST_RESOLVED] = 1700400000;
	bug->num[BUG_DUPE_OF] = -1;
	bug->num[BUG_COMMENT_COUNT] = 3;
	bug->comments = comments;
	bug->comment_len = 2;
	bug->changes = changes;
	bug->change_len = 1;
	verdict->bug = bug->id;
	verdict->owner.owner = 0;
	verdict->owner.operator_owner = SIZE_MAX;
	verdict->owner.prefix_len = 8;
	verdict->board.next_update = 19700;
	verdict->board.close_on = DATE_NONE;
	verdict->life.len = 2;
	verdict->life.periods[0].from = 1700000000;
	verdict->life.periods[0].until = 1700200000;
	verdict->life.periods[1].from = 1700300000;
	verdict->life.periods[1].until = 1700400000;
	verdict->labels[0].name = "crl-failure";
	verdict->labels[1].category = SIZE_MAX;
	verdict->labels[1].name = "new-tag";
	verdict->label_len = 2;
	verdict->source = LABEL_TAGGED;
	verdict->reporter = REPORTER_SELF;
}

/* An open bug of which little is known; its owner is not. */
static inline void
make_poor_bug(struct bug *bug, struct verdict *verdict)
{
	make_bug(bug, verdict);
	bug->id = verdict->bug = 1870009;
	bug->text[BUG_SUMMARY] = "New CA: [x](y)";
	bug->text[BUG_WHITEBOARD] = "";
	bug->text[BUG_STATUS] = "NEW";
	bug->text[BUG_RESOLUTION] = "";
	bug->text[BUG_CREATOR] = "";
	bug->num[BUG_COMMENT_COUNT] = -1;
	bug->comment_len = 0;
	bug->change_len = 0;
	verdict->owner.owner = SIZE_MAX;
	verdict->owner.prefix_len = 6;
	verdict->board.next_update = DATE_NONE;
	verdict->life.len = 1;
	verdict->life.periods[0].until = INT64_MAX;
	verdict->label_len = 0;
	verdict->source = LABEL_INFERRED;
	verdict->reporter = REPORTER_UNKNOWN;
}

static const char count_text[] =
    "CA incidents by type\n"
    "====================\n"
    "\n"
    "This table counts the 3 incidents that were open at any time from "
    "2024-01-01 to\n"
    "2024-05-20 (both days included), labelled by the whiteboard where "
    "it names a\n"
    "category, else by the rules.\n"
    "\n"
    "Type of Incident           Count  Batches collapsed\n"
    "-------------------------  -----  -----------------\n"
    "Audit Delays and Findings      2                  1\n"
    "OCSP Failures                  0                  0\n"
    "CRL Failures                   2                  2\n"
    "-------------------------  -----  -----------------\n"
    "Labels                         4                  3\n"
    "Incidents                      3                  2\n"
    "\n"
    "An incident can have several labels: the 3 incidents here have 4.\n"
    "\n"
    "Under \"Batches collapsed\", the incidents of a row that one CA owner "
    "filed on\n"
    "one day count once; in the last line, those of them that stand in "
    "the same\n"
    "rows.\n"
    "\n"
    "- Audit Delays and Findings: ETSI auditors file a bug a finding.\n"
    "\n"
    "Left out: 1 with resolution DUPLICATE, 2 tracking bugs.\n"
    "\n"
    "Source: https://b.example, fetched 2024-05-20T12:00:00Z; 1690 bugs "
    "in the\n"
    "store; taxonomy 2026.1 (0123456789ab).\n";

static const char count_json[] =
    "{\"report\":\"count\",\"scheme\":\"types-2024\","
    "\"cohort\":\"open-during\",\"from\":\"2024-01-01\","
    "\"to\":\"2024-05-20\",\"labels\":\"best\",\"incidents\":3,"
    "\"assignments\":4,\"rows\":[{\"id\":\"audit\","
    "\"title\":\"Audit Delays and Findings\",\"count\":2,"
    "\"collapsed\":1,\"bugs\":[1870001,1870003]},{\"id\":\"ocsp\","
    "\"title\":\"OCSP Failures\",\"count\":0,\"collapsed\":0,"
    "\"bugs\":[]},{\"id\":\"crl\",\"title\":\"CRL Failures\","
    "\"count\":2,\"collapsed\":2,\"bugs\":[1870002,"
    "1870003]}],\"left_out\":[{\"reason\":\"resolution DUPLICATE\","
    "\"count\":1,\"bugs\":[1870004]},{\"reason\":\"tracking bug\","
    "\"count\":2,\"bugs\":[1870005,1870006]}],\"source\":{\"url\":\"https:/"
    "/b.example\",\"fetched\":\"2024-05-20T12:00:00Z\","
    "\"bugs\":1690,\"taxonomy\":\"2026.1\",\"taxonomy_sha256\":\"0123456789"
    "abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}}\n";

static const char count_csv[] =
    "id,title,count,collapsed,bugs\r\n"
    "audit,Audit Delays and Findings,2,1,1870001 1870003\r\n"
    "ocsp,OCSP Failures,0,0,\r\n"
    "crl,CRL Failures,2,2,1870002 1870003\r\n";

static const char list_text[] =
    "CA incidents\n"
    "============\n"
    "\n"
    "    Bug  Owner     Filed       Closed      Labels                Summa"
    "ry\n"
    "-------  --------  ----------  ----------  --------------------  -----"
    "--\n"
    "1870002  QuoVadis  2023-11-14  2023-11-19  crl-failure, new-tag  QuoVa"
    "dis: CRL | \xef\xbf\xbdoverdue\n"
    "1870009  New CA    2023-11-14              none                  New "
    "CA: [x](y)\n"
    "\n"
    "2 incidents.\n"
    "\n"
    "Left out: 1 with resolution DUPLICATE, 2 tracking bugs.\n"
    "\n"
    "Source: https://b.example, fetched 2024-05-20T12:00:00Z; 1690 bugs "
    "in the\n"
    "store; taxonomy 2026.1 (0123456789ab).\n";

static const char list_csv[] =
    "id,summary,owner,owner_now,created,closed,status,resolution,labels,"
    "label_source,causes,reporter,next_update,close_on,url\r\n"
    "1870002,QuoVadis: CRL | \xe2\x80\xaeoverdue,QuoVadis,DigiCert,2023-11-"
    "14T22:13:20Z,2023-11-19T13:20:00Z,RESOLVED,FIXED,crl-failure new-tag,"
    "tagged,,self,2023-12-09,,https://b.example/show_bug.cgi?id=1870002\r\n"
    "1870009,New CA: [x](y),New CA,,2023-11-14T22:13:20Z,,NEW,,,inferred,"
    ",unknown,,,https://b.example/show_bug.cgi?id=1870009\r\n";

static const char list_jsonl[] =
    "{\"id\":1870002,\"summary\":\"QuoVadis: CRL | \xe2\x80\xaeoverdue\","
    "\"owner\":\"QuoVadis\",\"owner_now\":\"DigiCert\","
    "\"created\":\"2023-11-14T22:13:20Z\",\"closed\":\"2023-11-19T13:20:00Z"
    "\",\"status\":\"RESOLVED\",\"resolution\":\"FIXED\","
    "\"labels\":[\"crl-failure\",\"new-tag\"],\"label_source\":\"tagged\","
    "\"causes\":[],\"reporter\":\"self\",\"next_update\":\"2023-12-09\","
    "\"close_on\":null,\"url\":\"https://b.example/show_bug.cgi?id=1870002"
    "\"}\n"
    "{\"id\":1870009,\"summary\":\"New CA: [x](y)\","
    "\"owner\":\"New CA\",\"owner_now\":null,\"created\":\"2023-11-14T22:13"
    ":20Z\",\"closed\":null,\"status\":\"NEW\",\"resolution\":\"\","
    "\"labels\":[],\"label_source\":\"inferred\",\"causes\":[],"
    "\"reporter\":\"unknown\",\"next_update\":null,"
    "\"close_on\":null,\"url\":\"https://b.example/show_bug.cgi?id=1870009"
    "\"}\n";

static const char show_text[] =
    "Bug 1870002: QuoVadis: CRL | \xef\xbf\xbdoverdue\n"
    "=====================================\n"
    "\n"
    "Field        Value\n"
    "-----------  -----\n"
    "Bug          1870002\n"
    "Owner        QuoVadis\n"
    "Owner today  DigiCert\n"
    "Reporter     self\n"
    "Labels       crl-failure, new-tag (tagged)\n"
    "Status       RESOLVED\n"
    "Resolution   FIXED\n"
    "Filed        2023-11-14T22:13:20Z\n"
    "Closed       2023-11-19T13:20:00Z\n"
    "Next update  2023-12-09\n"
    "Filed by     a@ca.example\n"
    "Whiteboard   [ca-compliance] [crl-failure] [new-tag]\n"
    "\n"
    "Clocks\n"
    "------\n"
    "\n"
    "Next move: nobody (closed).\n"
    "\n"
    "Clock   Rule             Began                 Due                   "
    "Met  State   About\n"
    "------  ---------------  --------------------  --------------------  "
    "---  ------  -----\n"
    "Answer  CCADB 3.1, must  2023-11-16T02:00:00Z  2023-11-23T02:00:00Z  "
    "     missed  comment 2: Why?\n"
    "\n"
    "Periods open\n"
    "------------\n"
    "\n"
    "From                  Until\n"
    "--------------------  -----\n"
    "2023-11-14T22:13:20Z  2023-11-17T05:46:40Z\n"
    "2023-11-18T09:33:20Z  2023-11-19T13:20:00Z\n"
    "\n"
    "History\n"
    "-------\n"
    "\n"
    "Time                  Who          Field   Removed  Added\n"
    "--------------------  -----------  ------  -------  -----\n"
    "2023-11-17T05:46:40Z  b@m.example  status  NEW      RESOLVED\n"
    "\n"
    "Comments\n"
    "--------\n"
    "\n"
    "2 comments from 2023-11-14 to 2023-11-16; Bugzilla counts 3, private "
    "ones\n"
    "included.\n"
    "\n"
    "Comment 0, 2023-11-14T22:13:20Z, a@ca.example (CA)\n"
    "--------------------------------------------------\n"
    "\n"
    "    We *found* it.\n"
    "\n"
    "    See www.x.\n"
    "\n"
    "Comment 2, 2023-11-16T02:00:00Z, b@m.example (root program), private"
    "\n"
    "--------------------------------------------------------------------"
    "\n";

static const char show_json[] =
    "{\"id\":1870002,\"summary\":\"QuoVadis: CRL | \xe2\x80\xaeoverdue\","
    "\"owner\":\"QuoVadis\",\"owner_now\":\"DigiCert\","
    "\"created\":\"2023-11-14T22:13:20Z\",\"closed\":\"2023-11-19T13:20:00Z"
    "\",\"status\":\"RESOLVED\",\"resolution\":\"FIXED\","
    "\"labels\":[\"crl-failure\",\"new-tag\"],\"label_source\":\"tagged\","
    "\"causes\":[],\"reporter\":\"self\",\"next_update\":\"2023-12-09\","
    "\"close_on\":null,\"url\":\"https://b.example/show_bug.cgi?id=1870002"
    "\",\"product\":\"\",\"component\":\"\",\"type\":\"\","
    "\"priority\":\"\",\"severity\":\"\",\"keywords\":\"\","
    "\"alias\":\"\",\"bug_url\":\"\",\"creator\":\"a@ca.example\","
    "\"assigned_to\":\"\",\"whiteboard\":\"[ca-compliance] [crl-failure] "
    "[new-tag]\",\"changed\":null,\"duplicate_of\":null,\"gone\":null,"
    "\"life\":[{\"from\":\"2023-11-14T22:13:20Z\",\"until\":\"2023-11-17T05"
    ":46:40Z\"},{\"from\":\"2023-11-18T09:33:20Z\","
    "\"until\":\"2023-11-19T13:20:00Z\"}],\"close_guessed\":false,"
    "\"comment_count\":3,\"turn\":\"nobody\",\"turn_why\":\"closed\","
    "\"clocks\":[{\"clock\":\"answer\",\"version\":\"CCADB 3.1\","
    "\"must\":true,\"source\":\"part 2\","
    "\"from\":\"2023-11-16T02:00:00Z\",\"due\":\"2023-11-23T02:00:00Z\","
    "\"met\":null,\"state\":\"missed\",\"comment\":2,"
    "\"words\":\"Why?\"}],"
    "\"report\":{\"main\":null,\"closure\":null,\"facts\":{"
    "\"ccadb_id\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"description\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"policies\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"source\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"start\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"identified\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"end\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"certificates\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"certificate_types\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null},"
    "\"issuance_stopped\":{\"state\":\"absent\",\"text\":null,"
    "\"comment\":null}},"
    "\"actions\":[],\"comments\":[]},"
    "\"comments\":[{\"id\":11,\"number\":0,"
    "\"time\":\"2023-11-14T22:13:20Z\",\"creator\":\"a@ca.example\","
    "\"role\":\"ca\",\"private\":false,\"attachment\":null,\"text\":\"We *found* it.\\n\\nS"
    "ee www.x.\"},{\"id\":12,\"number\":2,\"time\":\"2023-11-16T02:00:00Z\""
    ",\"creator\":\"b@m.example\",\"role\":\"root-program\","
    "\"private\":true,"
    "\"attachment\":77,\"text\":\"\"}],\"history\":[{\"time\":\"2023-11-17T"
    "05:46:40Z\",\"who\":\"b@m.example\",\"field\":\"status\","
    "\"removed\":\"NEW\",\"added\":\"RESOLVED\"}]}\n";

#endif
