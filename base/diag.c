/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/diag.h"

struct message {
	enum diag_level level;
	const char *name;
	const char *meaning;
};

static const struct message messages[] = {
	[DIAG_TEXT_REPAIRED] = { DIAG_WARN, "text-repaired",
	    "bytes that are no text were replaced by U+FFFD" },
	[DIAG_TEXT_CUT] = { DIAG_WARN, "text-cut",
	    "a text is longer than its field may be and was cut" },
	[DIAG_BUG_INVISIBLE] = { DIAG_WARN, "bug-invisible",
	    "the export holds no more than the number of this bug" },
	[DIAG_BUG_BAD] = { DIAG_BAD, "bug-bad",
	    "a bug can't be understood and was skipped" },
	[DIAG_BUG_CUT] = { DIAG_BAD, "bug-cut",
	    "a bug is too large, and what is too much was left out" },
	[DIAG_COMMENT_BAD] = { DIAG_BAD, "comment-bad",
	    "a comment can't be understood and was skipped" },
	[DIAG_COMMENT_SHARED] = { DIAG_WARN, "comment-shared",
	    "a comment's number stands under two bugs; both are kept" },
	[DIAG_CHANGE_BAD] = { DIAG_BAD, "change-bad",
	    "a history entry can't be understood and was skipped" },
	[DIAG_FAULT] = { DIAG_WARN, "fault",
	    "the server refused to give this bug" },
	[DIAG_ANSWER_EMPTY] = { DIAG_WARN, "answer-empty",
	    "a good answer holds nothing to keep" },
	[DIAG_BUG_GONE] = { DIAG_NOTE, "bug-gone",
	    "the server shows this bug no longer; it is kept, and marked" },
	[DIAG_BUG_FAILED] = { DIAG_BAD, "bug-failed",
	    "a bug could not be fetched; the next fetch asks for it again" },
	[DIAG_TAG_UNKNOWN] = { DIAG_NOTE, "tag-unknown",
	    "the taxonomy has no such tag; it counts under its own name" },
	[DIAG_TAG_REPAIRED] = { DIAG_NOTE, "tag-repaired",
	    "a misspelt tag was read as the one it must mean" },
	[DIAG_DATE_UNREADABLE] = { DIAG_NOTE, "date-unreadable",
	    "a whiteboard's date can't be read, or nothing announces it" },
	[DIAG_OWNER_UNKNOWN] = { DIAG_NOTE, "owner-unknown",
	    "the taxonomy has no owner of that name; it is kept as written" },
	[DIAG_CLOSE_GUESSED] = { DIAG_NOTE, "close-guessed",
	    "without history, the last comment dates the closing" },
	[DIAG_HISTORY_GAP] = { DIAG_WARN, "history-gap",
	    "the history lacks a closing, a reopening or another change" },
	[DIAG_HISTORY_MISSING] = { DIAG_NOTE, "history-missing",
	    "without history, its fields are shown as they are today" },
	[DIAG_PATTERN_LIMIT] = { DIAG_WARN, "pattern-limit",
	    "a rule's pattern gave up at its limit, matched or not" },
	[DIAG_REPORT_CUT] = { DIAG_WARN, "report-cut",
	    "a comment is over a limit, and what is beyond it was not read" },
	[DIAG_SEARCH_LIMIT] = { DIAG_BAD, "search-limit",
	    "the pattern gave up at its limit, and the bug is left out" },
	[DIAG_OVERRIDE_STALE] = { DIAG_WARN, "override-stale",
	    "the bug changed since this was decided; it counts all the same" },
	[DIAG_OVERRIDE_UNKNOWN] = { DIAG_WARN, "override-unknown",
	    "something was decided on a bug that the store does not hold" },
	[DIAG_BLOCK_UNSUPPORTED] = { DIAG_WARN, "block-unsupported",
	    "the output format can't show a part of the report" },
};

_Static_assert(sizeof(messages) / sizeof(messages[0]) == DIAG_CODE__MAX,
    "each code has its row");

enum diag_level
diag_level(enum diag_code code)
{
	return messages[code].level;
}

const char *
diag_name(enum diag_code code)
{
	return messages[code].name;
}

const char *
diag_meaning(enum diag_code code)
{
	return messages[code].meaning;
}

void
diag_report(struct diag_sink *sink, const struct diag *diag)
{
	if (sink == NULL)
		return;
	sink->count[diag_level(diag->code)]++;
	if (sink->report != NULL)
		sink->report(sink->arg, diag);
}
