/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/build_export_columns.h"

#include "output/build_export.h"

static const char unknown[] = "not known";
static const char joins[] = "The bug: id in incidents.";

static const struct export_column incidents[INCIDENTS__MAX] = {
	[INCIDENTS_ID] = { "id", EXPORT_INTEGER, "bug number",
	    "The bug on Bugzilla. Each has one row.", "" },
	[INCIDENTS_SUMMARY] = { "summary", EXPORT_TEXT, "",
	    "Its title.", unknown },
	[INCIDENTS_OWNER] = { "owner", EXPORT_TEXT, "",
	    "The CA owner, as it was called then; one that the taxonomy "
	    "lacks as the summary has it.", "the summary names none" },
	[INCIDENTS_OWNER_NOW] = { "owner_now", EXPORT_TEXT, "",
	    "The owner that answers for it today.",
	    "the taxonomy lacks the owner" },
	[INCIDENTS_COMPONENT] = { "component", EXPORT_TEXT, "",
	    "Bugzilla's component.", unknown },
	[INCIDENTS_WHITEBOARD] = { "whiteboard", EXPORT_TEXT, "",
	    "The whiteboard as it stands there, tags and marks.", "none" },
	[INCIDENTS_CREATOR] = { "creator", EXPORT_TEXT, "",
	    "Who filed it: a hash of the login, the same for the same login "
	    "in the whole export.", unknown },
	[INCIDENTS_ASSIGNED_TO] = { "assigned_to", EXPORT_TEXT, "",
	    "Whom it is assigned to, as creator.", unknown },
	[INCIDENTS_REPORTER] = { "reporter", EXPORT_TEXT, "",
	    "Filed by the CA (self), from outside (external), or unknown.",
	    "" },
	[INCIDENTS_CREATED] = { "created", EXPORT_TIME, "UTC",
	    "When it was filed.", unknown },
	[INCIDENTS_CHANGED] = { "changed", EXPORT_TIME, "UTC",
	    "Its last change on Bugzilla.", unknown },
	[INCIDENTS_CLOSED] = { "closed", EXPORT_TIME, "UTC",
	    "When it was closed last.", "open" },
	[INCIDENTS_REOPENED] = { "reopened", EXPORT_INTEGER, "times",
	    "How often it was reopened, by its history.", "" },
	[INCIDENTS_STATUS] = { "status", EXPORT_TEXT, "",
	    "Bugzilla's status.", unknown },
	[INCIDENTS_RESOLUTION] = { "resolution", EXPORT_TEXT, "",
	    "Bugzilla's resolution.", "open" },
	[INCIDENTS_LEFT_OUT] = { "left_out", EXPORT_TEXT, "",
	    "Why counts and reports leave it out.", "they count it" },
	[INCIDENTS_LABELS] = { "labels", EXPORT_LIST, "",
	    "Its labels: those of labels with used = 1.", "none" },
	[INCIDENTS_LABEL_SOURCE] = { "label_source", EXPORT_TEXT, "",
	    "Where these are from: tagged (the whiteboard), inferred (rules) "
	    "or override (a decision of people).", "" },
	[INCIDENTS_CAUSES] = { "causes", EXPORT_LIST, "",
	    "The root causes that rules find in its reports.",
	    "none was found" },
	[INCIDENTS_COMMENTS] = { "comments", EXPORT_INTEGER, "comments",
	    "How many of its comments are stored.", "" },
	[INCIDENTS_NEXT_UPDATE] = { "next_update", EXPORT_DATE, "UTC",
	    "The next update that the whiteboard names.", "none is named" },
	[INCIDENTS_CLOSE_ON] = { "close_on", EXPORT_DATE, "UTC",
	    "The day of closing that the whiteboard names.",
	    "none is named" },
	[INCIDENTS_URL] = { "url", EXPORT_TEXT, "",
	    "The bug's page.", "the Bugzilla is not known" }
};

static const struct export_column labels[EXPORT_LABELS__MAX] = {
	[LABELS_BUG] = { "bug", EXPORT_INTEGER, "bug number", joins, "" },
	[LABELS_CATEGORY] = { "category", EXPORT_TEXT, "",
	    "A category of the taxonomy, or a tag that it lacks.", "" },
	[LABELS_SOURCE] = { "source", EXPORT_TEXT, "",
	    "Who says so: tagged (the whiteboard), inferred (rules) or "
	    "override (a decision of people). A category that both tag and "
	    "rules name has two rows.", "" },
	[LABELS_USED] = { "used", EXPORT_INTEGER, "1 yes, 0 no",
	    "It is one of the labels of incidents.", "" },
	[LABELS_SCORE] = { "score", EXPORT_DECIMAL, "",
	    "The sum of what the rules, and similar incidents, vote for the "
	    "category.", "the rules know no such category" },
	[LABELS_CONFIDENCE] = { "confidence", EXPORT_DECIMAL,
	    "probability, 0 to 1",
	    "How likely the label is right by that score.",
	    "the taxonomy does not tell" }
};

static const struct export_column comments[COMMENTS__MAX] = {
	[COMMENTS_BUG] = { "bug", EXPORT_INTEGER, "bug number", joins, "" },
	[COMMENTS_NUMBER] = { "number", EXPORT_INTEGER, "",
	    "Its place in the bug; 0 is the description.", unknown },
	[COMMENTS_ID] = { "id", EXPORT_INTEGER, "",
	    "Its number on the whole Bugzilla.", "" },
	[COMMENTS_TIME] = { "time", EXPORT_TIME, "UTC",
	    "When it was written.", unknown },
	[COMMENTS_ROLE] = { "role", EXPORT_TEXT, "",
	    "Who wrote it: ca, root-program, ccadb, robot, community or "
	    "unknown.", "" },
	[COMMENTS_FORM] = { "form", EXPORT_TEXT, "",
	    "The published form of incident reports that it follows; plain "
	    "when none.", "" },
	[COMMENTS_LENGTH] = { "length", EXPORT_INTEGER, "Unicode characters",
	    "Of its text.", "" },
	[COMMENTS_ATTACHMENT] = { "attachment", EXPORT_INTEGER, "",
	    "The number of the attachment that came with it.", "none" },
	[COMMENTS_PRIVATE] = { "private", EXPORT_INTEGER, "1 yes, 0 no",
	    "Bugzilla shows it to insiders alone.", "" },
	[COMMENTS_CREATOR] = { "creator", EXPORT_TEXT, "",
	    "Who wrote it, as creator in incidents.", unknown }
};

static const struct export_column facts[FACTS__MAX] = {
	[FACTS_BUG] = { "bug", EXPORT_INTEGER, "bug number", joins, "" },
	[FACTS_COMMENT] = { "comment", EXPORT_INTEGER, "",
	    "The report: number in comments.", unknown },
	[FACTS_FACT] = { "fact", EXPORT_TEXT, "",
	    "Which fact: ccadb_id, description (the summary's first "
	    "paragraph), policies, source, start, identified and end (of the "
	    "non-compliance), certificates (how many), certificate_types, "
	    "issuance_stopped.", "" },
	[FACTS_STATE] = { "state", EXPORT_TEXT, "",
	    "given, unreadable (it stands there and was not understood) or "
	    "absent (said not to apply).", "" },
	[FACTS_VALUE] = { "value", EXPORT_TEXT, "",
	    "What was read: a time in UTC, or a date when no hour is told; a "
	    "number of certificates; yes or no; else words.",
	    "nothing was read" },
	[FACTS_WORDS] = { "words", EXPORT_TEXT, "",
	    "The words of the report, without markup.", "none" },
	[FACTS_USED] = { "used", EXPORT_INTEGER, "1 yes, 0 no",
	    "Of several reports of the bug, the one that counts.", "" }
};

static const struct export_column causes[CAUSES__MAX] = {
	[CAUSES_BUG] = { "bug", EXPORT_INTEGER, "bug number", joins, "" },
	[CAUSES_CAUSE] = { "cause", EXPORT_TEXT, "",
	    "A row of the taxonomy's scheme of causes.", "" },
	[CAUSES_SCORE] = { "score", EXPORT_DECIMAL, "",
	    "The sum of what the rules vote for the cause.", "" },
	[CAUSES_CONFIDENCE] = { "confidence", EXPORT_DECIMAL,
	    "probability, 0 to 1",
	    "How likely the cause is right by that score.",
	    "the taxonomy does not tell" }
};

static const struct export_column actions[ACTIONS__MAX] = {
	[ACTIONS_BUG] = { "bug", EXPORT_INTEGER, "bug number", joins, "" },
	[ACTIONS_NUMBER] = { "number", EXPORT_INTEGER, "",
	    "Its place among the bug's action items, from 1.", "" },
	[ACTIONS_COMMENT] = { "comment", EXPORT_INTEGER, "",
	    "The comment that said it last: number in comments.", unknown },
	[ACTIONS_TEXT] = { "text", EXPORT_TEXT, "",
	    "What is to be done.", "" },
	[ACTIONS_KIND] = { "kind", EXPORT_TEXT, "",
	    "Prevent, Mitigate or Detect, as the report has it.",
	    "not told" },
	[ACTIONS_CAUSE] = { "cause", EXPORT_TEXT, "",
	    "Against which root causes, as the report has it.",
	    "not told" },
	[ACTIONS_DUE] = { "due", EXPORT_DATE, "UTC",
	    "The day on which it is due.", "no day can be read" },
	[ACTIONS_DUE_TEXT] = { "due_text", EXPORT_TEXT, "",
	    "The same in the words of the report.", "not told" },
	[ACTIONS_STATE] = { "state", EXPORT_TEXT, "",
	    "ongoing, complete, delayed, canceled or unsaid: what was said "
	    "last.", "" }
};

static const struct {
	const char *name;
	const struct export_column *columns;
	size_t len;
} tables[EXPORT_TABLE__MAX] = {
	[EXPORT_INCIDENTS] = { "incidents", incidents, INCIDENTS__MAX },
	[EXPORT_LABELS] = { "labels", labels, EXPORT_LABELS__MAX },
	[EXPORT_COMMENTS] = { "comments", comments, COMMENTS__MAX },
	[EXPORT_FACTS] = { "facts", facts, FACTS__MAX },
	[EXPORT_CAUSES] = { "causes", causes, CAUSES__MAX },
	[EXPORT_ACTIONS] = { "actions", actions, ACTIONS__MAX }
};

const char *
export_table_name(enum export_table table)
{
	return tables[table].name;
}

const struct export_column *
export_columns(enum export_table table, size_t *len)
{
	*len = tables[table].len;
	return tables[table].columns;
}
