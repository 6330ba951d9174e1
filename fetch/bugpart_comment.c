/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "fetch/bugpart.h"

void
bugpart_comments(struct bugpart *part)
{
	part->comments_told = true;
}

void
bugpart_comment(struct bugpart *part)
{
	struct bugpart_comment_draft *draft = &part->comment;

	memset(draft, 0, sizeof(*draft));
	draft->comment.number = -1;
	draft->comment.creator = "";
	draft->comment.text = "";
}

/* One of the fields that are numbers; never null. */
static void
set_number(struct bugpart *part, enum bugpart_comment field,
    const char *name, const struct bugpart_value *value)
{
	struct comment *comment = &part->comment.comment;
	int64_t num;

	if (!bugpart_number(value, field != COMMENT_NUMBER, &num)) {
		bugpart_blame(part->comment.why, "%s \"%.*s\" is no such "
		    "number", name, bugpart_shown(value), value->data);
		return;
	}
	if (field == COMMENT_ID)
		comment->id = num;
	else if (field == COMMENT_BUG)
		comment->bug = num;
	else if (field == COMMENT_NUMBER)
		comment->number = num;
	else
		comment->attachment = num;
}

static void
set_private(struct bugpart *part, const char *name,
    const struct bugpart_value *value)
{
	char c = value->len == 1 ? value->data[0] : '?';

	part->comment.comment.is_private = c != '0';
	if (c != '0' && c != '1')
		bugpart_blame(part->comment.why, "%s \"%.*s\" is neither 0 "
		    "nor 1", name, bugpart_shown(value), value->data);
}

void
bugpart_comment_set(struct bugpart *part, enum bugpart_comment field,
    const char *name, const struct bugpart_value *value)
{
	struct bugpart_comment_draft *draft = &part->comment;
	const uint32_t bit = UINT32_C(1) << field;

	if (part->why[0] != '\0' || (draft->told & bit) != 0)
		return;
	/* Only a text that is null is a text that was told. */
	if (value->data == NULL && field != COMMENT_TEXT)
		return;
	draft->told |= bit;
	draft->repaired[field] = value->repaired;
	switch (field) {
	case COMMENT_TIME:
		if (!date_parse_time(value->data, value->len,
		    &draft->comment.time))
			bugpart_blame(draft->why, "%s \"%.*s\" is no time",
			    name, bugpart_shown(value), value->data);
		break;
	case COMMENT_PRIVATE:
		set_private(part, name, value);
		break;
	case COMMENT_CREATOR:
		draft->comment.creator = bugpart_keep(part, value);
		break;
	case COMMENT_TEXT:
		draft->comment.text = bugpart_keep(part, value);
		draft->comment.text_len = value->len;
		break;
	default:
		set_number(part, field, name, value);
		break;
	}
}

/* Blame a comment for what it lacks. */
static void
check(struct bugpart *part)
{
	static const struct {
		enum bugpart_comment field;
		const char *name;
	} needed[] = {
		{ COMMENT_ID, "number" },
		{ COMMENT_TIME, "time" },
		/* An answer without texts must not replace stored ones. */
		{ COMMENT_TEXT, "text" },
		{ COMMENT_BUG, "bug" }
	};
	struct bugpart_comment_draft *draft = &part->comment;

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		/* The bug that it stands in, if it does, is its bug. */
		if (needed[i].field == COMMENT_BUG && !part->loose)
			continue;
		if ((draft->told & UINT32_C(1) << needed[i].field) == 0)
			bugpart_blame(draft->why, "it has no %s",
			    needed[i].name);
	}
}

static void
note_repaired(struct bugpart *part, enum bugpart_comment field,
    const char *name)
{
	const struct bugpart_comment_draft *draft = &part->comment;

	if (draft->repaired[field] > 0)
		bugpart_note(part, DIAG_TEXT_REPAIRED, "%zu in the %s of "
		    "comment %" PRId64, draft->repaired[field], name,
		    draft->comment.id);
}

void
bugpart_comment_end(struct bugpart *part)
{
	struct bugpart_comment_draft *draft = &part->comment;
	int64_t id = draft->comment.id;
	struct comment *added;

	if (part->why[0] != '\0')
		return;
	check(part);
	if (draft->why[0] != '\0') {
		if (id > 0)
			bugpart_note(part, DIAG_COMMENT_BAD, "comment %" PRId64
			    ": %s", id, draft->why);
		else
			bugpart_note(part, DIAG_COMMENT_BAD, "a comment: %s",
			    draft->why);
		return;
	}
	added = bug_add_comment(&part->bug);
	if (added == NULL) {
		bugpart_refused(part);
		return;
	}
	*added = draft->comment;
	note_repaired(part, COMMENT_CREATOR, "creator");
	note_repaired(part, COMMENT_TEXT, "text");
}
