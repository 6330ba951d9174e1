/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "fetch/bugpart.h"

void
bugpart_history(struct bugpart *part)
{
	part->history_told = true;
}

void
bugpart_entry(struct bugpart *part)
{
	struct bugpart_entry_draft *entry = &part->entry;

	entry->first = part->bug.change_len;
	entry->time = DATE_NONE;
	entry->who = "";
	entry->repaired = 0;
	entry->why[0] = '\0';
}

void
bugpart_change(struct bugpart *part)
{
	memset(&part->change, 0, sizeof(part->change));
}

void
bugpart_change_set(struct bugpart *part, enum bugpart_change field,
    const char *name, const struct bugpart_value *value)
{
	struct bugpart_entry_draft *entry = &part->entry;

	if (part->why[0] != '\0' || value->data == NULL)
		return;
	switch (field) {
	case CHANGE_WHEN:
		if (!date_parse_time(value->data, value->len, &entry->time))
			bugpart_blame(entry->why, "%s \"%.*s\" is no time",
			    name, bugpart_shown(value), value->data);
		break;
	case CHANGE_WHO:
		entry->who = bugpart_keep(part, value);
		entry->repaired = value->repaired;
		break;
	default:
		part->change.text[field] = bugpart_keep(part, value);
		part->change.repaired += value->repaired;
		break;
	}
}

static const char *
told(const struct bugpart *part, enum bugpart_change field)
{
	const char *text = part->change.text[field];

	return text != NULL ? text : "";
}

void
bugpart_change_end(struct bugpart *part)
{
	struct bugpart_change_draft *draft = &part->change;
	struct change *added;

	if (part->why[0] != '\0')
		return;
	if (draft->text[CHANGE_FIELD] == NULL)
		bugpart_blame(draft->why, "it has no field");
	if (draft->why[0] != '\0') {
		part->history_bad = true;
		bugpart_note(part, DIAG_CHANGE_BAD, "a change: %s",
		    draft->why);
		return;
	}
	added = bug_add_change(&part->bug);
	if (added == NULL) {
		bugpart_refused(part);
		return;
	}
	added->field = told(part, CHANGE_FIELD);
	added->removed = told(part, CHANGE_REMOVED);
	added->added = told(part, CHANGE_ADDED);
	if (draft->repaired > 0)
		bugpart_note(part, DIAG_TEXT_REPAIRED, "%zu in a change of "
		    "%.*s", draft->repaired, (int)text_cut(added->field,
		    strlen(added->field), BUGPART_SHOWN), added->field);
}

void
bugpart_entry_end(struct bugpart *part)
{
	const struct bugpart_entry_draft *entry = &part->entry;
	struct bug *bug = &part->bug;

	if (part->why[0] != '\0')
		return;
	if (entry->time == DATE_NONE)
		bugpart_blame(part->entry.why, "it has no time");
	if (entry->why[0] != '\0') {
		part->history_bad = true;
		bugpart_note(part, DIAG_CHANGE_BAD, "an entry (changes: %zu): "
		    "%s", bug->change_len - entry->first, entry->why);
		bug->change_len = entry->first;
		return;
	}
	for (size_t i = entry->first; i < bug->change_len; i++) {
		bug->changes[i].time = entry->time;
		bug->changes[i].who = entry->who;
	}
	if (entry->repaired > 0)
		bugpart_note(part, DIAG_TEXT_REPAIRED, "%zu in who made a "
		    "change", entry->repaired);
}

/* A change, and where it was told. */
struct placed {
	struct change change;
	size_t place;
};

static int
compare_placed(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;

	if (a->change.time != b->change.time)
		return a->change.time < b->change.time ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

void
bugpart_history_end(struct bugpart *part)
{
	struct bug *bug = &part->bug;
	struct placed *list;
	size_t i;

	for (i = 1; i < bug->change_len; i++)
		if (bug->changes[i].time < bug->changes[i - 1].time)
			break;
	if (i >= bug->change_len)
		return;		/* as Bugzilla tells it */
	list = mem_alloc(bug->change_len, sizeof(*list));
	if (list == NULL) {
		part->nomem = true;
		return;
	}
	for (i = 0; i < bug->change_len; i++) {
		list[i].change = bug->changes[i];
		list[i].place = i;
	}
	qsort(list, bug->change_len, sizeof(*list), compare_placed);
	for (i = 0; i < bug->change_len; i++)
		bug->changes[i] = list[i].change;
	mem_free(list);
}
