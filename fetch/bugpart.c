/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/bugpart.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/intake.h"

/* JSON numbers are exact up to 2^53 (RFC 8259, section 6). */
#define NUMBER_MAX (INT64_C(1) << 53)

/* A finding that waits for the bug's number. */
struct bugpart_note {
	struct bugpart_note *next;
	struct diag diag;
};

void
bugpart_init(struct bugpart *part)
{
	bug_init(&part->bug, BUG_MAX_BYTES);
	arena_init(&part->notes_arena, BUGPART_MAX_NOTES);
	bugpart_begin(part);
}

void
bugpart_release(struct bugpart *part)
{
	bug_release(&part->bug);
	arena_release(&part->notes_arena);
}

void
bugpart_begin(struct bugpart *part)
{
	bug_clear(&part->bug);
	memset(part->repaired, 0, sizeof(part->repaired));
	part->comments_told = false;
	part->history_told = false;
	part->history_bad = false;
	part->loose = false;
	part->nomem = false;
	part->why[0] = '\0';
	arena_clear(&part->notes_arena);
	part->notes = NULL;
	part->notes_end = &part->notes;
}

void
bugpart_begin_loose(struct bugpart *part)
{
	bugpart_begin(part);
	part->loose = true;
}

void
bugpart_blame(char why[BUGPART_WHY], const char *fmt, ...)
{
	va_list args;

	if (why[0] != '\0')
		return;
	va_start(args, fmt);
	vsnprintf(why, BUGPART_WHY, fmt, args);
	va_end(args);
}

/* Report a finding about bug `id`. */
static void
say(const struct bugpart *part, struct diag diag, int64_t id)
{
	diag.bug = id;
	if (diag_level(diag.code) == DIAG_BAD)
		part->result->skipped++;
	diag_report(part->sink->diags, &diag);
}

void
bugpart_note(struct bugpart *part, enum diag_code code, const char *fmt, ...)
{
	struct diag diag = { .code = code, .where = part->name };
	char detail[2 * BUGPART_WHY];
	struct bugpart_note *added;
	char *copy;
	va_list args;

	va_start(args, fmt);
	vsnprintf(detail, sizeof(detail), fmt, args);
	va_end(args);
	part->place(part->place_arg, &diag.line, &diag.column);
	added = arena_alloc(&part->notes_arena, 1, sizeof(*added));
	copy = arena_copy(&part->notes_arena, detail, strlen(detail));
	if (added != NULL && copy != NULL) {
		added->diag = diag;
		added->diag.detail = copy;
		*part->notes_end = added;
		part->notes_end = &added->next;
	} else if (part->notes_arena.full) {
		diag.detail = detail;
		say(part, diag, part->bug.id);
	} else {
		part->nomem = true;
	}
}

int
bugpart_shown(const struct bugpart_value *value)
{
	return (int)text_cut(value->data, value->len, BUGPART_SHOWN);
}

bool
bugpart_number(const struct bugpart_value *value, int64_t least,
    int64_t *out)
{
	return text_int(value->data, value->len, out) && *out >= least &&
	    *out <= NUMBER_MAX;
}

void
bugpart_refused(struct bugpart *part)
{
	if (part->bug.arena.full)
		bugpart_blame(part->why, "it has over %d MiB",
		    BUG_MAX_BYTES >> 20);
	else
		part->nomem = true;
}

const char *
bugpart_keep(struct bugpart *part, const struct bugpart_value *value)
{
	const char *copy;

	if (value->data == NULL || value->len == 0)
		return "";
	copy = arena_copy(&part->bug.arena, value->data, value->len);
	if (copy != NULL)
		return copy;
	bugpart_refused(part);
	return "";
}

void
bugpart_id(struct bugpart *part, const struct bugpart_value *value)
{
	int64_t id;

	if (value->data == NULL)
		bugpart_blame(part->why, "its number is null");
	else if (bugpart_number(value, 1, &id))
		part->bug.id = id;
	else
		bugpart_blame(part->why, "\"%.*s\" is no bug number",
		    bugpart_shown(value), value->data);
}

void
bugpart_text(struct bugpart *part, enum bug_text field,
    const struct bugpart_value *value)
{
	if (part->why[0] != '\0')
		return;
	if (!bug_set_text(&part->bug, field, value->data, value->len))
		bugpart_refused(part);
	part->repaired[field] = value->repaired;
}

void
bugpart_num(struct bugpart *part, enum bug_num field, const char *name,
    const struct bugpart_value *value)
{
	bool is_time = bug_num_is_time(field), good = true;
	int64_t num = is_time ? DATE_NONE : -1;

	if (part->why[0] != '\0')
		return;
	/* An export says null by an empty element. */
	if (value->data != NULL && value->len > 0)
		good = is_time ?
		    date_parse_time(value->data, value->len, &num) :
		    bugpart_number(value, field == BUG_DUPE_OF, &num);
	if (good)
		bug_set_num(&part->bug, field, num);
	else
		bugpart_blame(part->why, "%s \"%.*s\" is no %s", name,
		    bugpart_shown(value), value->data,
		    is_time ? "time" : "such number");
}

/* Comments that name another bug than the one they stand in are left out. */
static void
settle_comments(struct bugpart *part)
{
	struct bug *bug = &part->bug;
	size_t kept = 0;

	for (size_t i = 0; i < bug->comment_len; i++) {
		struct comment *comment = &bug->comments[i];

		if (comment->bug == 0)
			comment->bug = bug->id;
		if (comment->bug == bug->id)
			bug->comments[kept++] = *comment;
		else
			bugpart_note(part, DIAG_COMMENT_BAD, "comment %" PRId64
			    ": it says that its bug is %" PRId64, comment->id,
			    comment->bug);
	}
	bug->comment_len = kept;
}

/* The bug is good: complete it, and report what was found in it. */
static void
settle(struct bugpart *part)
{
	const struct bugpart_note *found;
	struct bug *bug = &part->bug;

	settle_comments(part);
	bugpart_history_end(part);
	if (part->comments_told)
		bug->have |= BUG_HAVE_COMMENTS;
	if (part->history_told && !part->history_bad)
		bug->have |= BUG_HAVE_HISTORY;
	for (unsigned i = 0; i < BUG_TEXT__MAX; i++)
		if (part->repaired[i] > 0)
			bugpart_note(part, DIAG_TEXT_REPAIRED, "%zu in the %s",
			    part->repaired[i], bug_text_names(i)->rest);
	for (found = part->notes; found != NULL; found = found->next)
		say(part, found->diag, bug->id);
}

const struct err *
bugpart_end(struct bugpart *part, const char *called)
{
	struct bug *bug = &part->bug;
	bool named;

	if (part->loose && bug->comment_len > 0)
		bug->id = bug->comments[0].bug;
	named = bug->id > 0;
	if (part->nomem)
		return err_memory();
	if (!named && !part->loose)
		bugpart_blame(part->why, "it has no number");
	if (part->why[0] != '\0') {
		/* What was found in it is gone with it. */
		part->notes = NULL;
		part->notes_end = &part->notes;
		bugpart_note(part, DIAG_BUG_BAD, "%s%s%s",
		    named ? "" : called, named ? "" : ": ", part->why);
		for (; part->notes != NULL; part->notes = part->notes->next)
			say(part, part->notes->diag, bug->id);
		return part->nomem ? err_memory() : NULL;
	}
	settle(part);
	if (part->nomem)
		return err_memory();
	if (!named)
		return NULL;	/* a loose comment that was bad */
	part->result->parts++;
	return part->sink->put(part->sink->arg, bug);
}
