/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "classify/report_private.h"
#include "classify/report_words.h"

/* The columns of a table of actions; SIZE_MAX: it has no such. */
enum column {
	COLUMN_TEXT,
	COLUMN_KIND,
	COLUMN_CAUSE,
	COLUMN_DUE,
	COLUMN_STATE,
	COLUMN__MAX
};

struct columns {
	size_t at[COLUMN__MAX];
};

static const struct {
	const char *word;
	enum column column;
} column_words[] = {
	{ "action*", COLUMN_TEXT }, { "step*", COLUMN_TEXT },
	{ "measure*", COLUMN_TEXT }, { "task*", COLUMN_TEXT },
	{ "remediation*", COLUMN_TEXT }, { "ma\xC3\x9Fnahme*", COLUMN_TEXT },
	{ "mesure*", COLUMN_TEXT }, { "acci\xC3\xB3n*", COLUMN_TEXT },
	{ "azion*", COLUMN_TEXT }, { "kind", COLUMN_KIND },
	{ "type", COLUMN_KIND }, { "cause*", COLUMN_CAUSE },
	{ "due", COLUMN_DUE }, { "deadline", COLUMN_DUE },
	{ "eta", COLUMN_DUE }, { "date", COLUMN_DUE },
	{ "datum", COLUMN_DUE }, { "fecha", COLUMN_DUE },
	{ "data", COLUMN_DUE }, { "completion", COLUMN_DUE },
	{ "status", COLUMN_STATE }, { "state", COLUMN_STATE },
	{ "statut", COLUMN_STATE }, { "estado", COLUMN_STATE },
	{ "stato", COLUMN_STATE }
};

/* Which column is which; true when the table is one of actions for sure. */
static bool
read_header(struct report_page *page, const struct md_line *line,
    struct columns *columns)
{
	struct md_cell cells[MD_MAX_COLUMNS];
	size_t len, i, k;
	enum column column;

	for (i = 0; i < COLUMN__MAX; i++)
		columns->at[i] = SIZE_MAX;
	len = markdown_cells(&page->md, line, cells, MD_MAX_COLUMNS);
	for (i = 0; i < len; i++) {
		for (k = 0; k < sizeof(column_words) /
		    sizeof(column_words[0]); k++)
			if (words_find(page->text + cells[i].start,
			    cells[i].end - cells[i].start,
			    column_words[k].word) != SIZE_MAX)
				break;
		if (k == sizeof(column_words) / sizeof(column_words[0]))
			continue;
		column = column_words[k].column;
		if (columns->at[column] == SIZE_MAX)
			columns->at[column] = i;
	}
	return columns->at[COLUMN_TEXT] != SIZE_MAX &&
	    (columns->at[COLUMN_KIND] != SIZE_MAX ||
	    columns->at[COLUMN_STATE] != SIZE_MAX);
}

/* The day that a text names; it is kept as it stands as well. */
static void
set_due(struct report_page *page, struct report_action *action,
    const char *text)
{
	struct when when;
	size_t start, end;

	if (words_none(text, strlen(text)))
		return;
	action->due_text = text;
	if (when_find(text, strlen(text), &page->hint, &when, &start, &end) &&
	    !when.month_only)
		action->due = date_day(when.time);
}

static struct report_action *
add_action(struct report_page *page, size_t start, size_t end)
{
	struct report_action *action;

	action = report_heap_add(page, &page->actions, sizeof(*action));
	if (action == NULL)
		return NULL;
	action->text = action->kind = action->cause = action->due_text = "";
	action->due = DATE_NONE;
	action->comment = page->out->number;
	action->span.start = start;
	action->span.end = end;
	return action;
}

static const char *
cell_words(struct report_page *page, const struct md_cell *cells, size_t len,
    size_t at)
{
	return at >= len ? "" : report_words(page, cells[at].start,
	    cells[at].end);
}

static void
read_row(struct report_page *page, const struct md_line *line,
    const struct columns *columns)
{
	struct md_cell cells[MD_MAX_COLUMNS];
	struct report_action *action;
	const char *text, *due, *state;
	size_t len, name = columns->at[COLUMN_TEXT];

	len = markdown_cells(&page->md, line, cells, MD_MAX_COLUMNS);
	text = cell_words(page, cells, len, name == SIZE_MAX ? 0 : name);
	if (words_none(text, strlen(text)) || text[0] == '\0')
		return;
	action = add_action(page, line->start, line->end);
	if (action == NULL)
		return;
	action->text = text;
	action->kind = cell_words(page, cells, len, columns->at[COLUMN_KIND]);
	action->cause = cell_words(page, cells, len,
	    columns->at[COLUMN_CAUSE]);
	due = cell_words(page, cells, len, columns->at[COLUMN_DUE]);
	set_due(page, action, due);
	state = cell_words(page, cells, len, columns->at[COLUMN_STATE]);
	action->state = words_state(state, strlen(state));
	/* Without a column for it, "Done" stands where the date was. */
	if (columns->at[COLUMN_STATE] == SIZE_MAX &&
	    words_state(due, strlen(due)) == ACTION_COMPLETE)
		action->state = ACTION_COMPLETE;
}

/*
 * An action in a list: "[done] Do this, 2024-05-20", "Do this (planned,
 * 2024-05-20)", "Do this - done: 2024-05-20", "2024-05-20: Do this (done)".
 * What tells the state and the day is taken off either end.
 */
struct entry {
	struct report_page *page;
	struct report_action *action;
	const char *text;
	size_t len;
};

static void
trim_entry(struct entry *entry)
{
	text_trim(&entry->text, &entry->len);
	while (entry->len > 0 && strchr(".,;:-", entry->text[entry->len - 1]) !=
	    NULL) {
		entry->len--;
		text_trim(&entry->text, &entry->len);
	}
}

static void
note_due(struct entry *entry, const char *data, size_t len)
{
	char *copy;

	text_trim(&data, &len);
	copy = arena_copy(entry->page->arena, data, len);
	if (copy == NULL) {
		entry->page->failed = !entry->page->arena->full;
		return;
	}
	set_due(entry->page, entry->action, copy);
}

static void
read_begin(struct entry *entry)
{
	const char *close;
	struct when when;
	size_t n;

	close = entry->text[0] == '[' ?
	    memchr(entry->text, ']', entry->len) : NULL;
	if (close != NULL) {
		n = (size_t)(close - entry->text);
		entry->action->state = words_state(entry->text + 1, n - 1);
		if (entry->action->state != ACTION_UNSAID) {
			entry->text += n + 1;
			entry->len -= n + 1;
			text_trim(&entry->text, &entry->len);
		}
	}
	n = when_read(entry->text, entry->len, &entry->page->hint, &when);
	if (n > 0 && n < entry->len && !when.month_only) {
		note_due(entry, entry->text, n);
		entry->text += n;
		entry->len -= n;
		while (entry->len > 0 && strchr(" :-,*", *entry->text) !=
		    NULL) {
			entry->text++;
			entry->len--;
		}
	}
}

/* "(planned, 2024-05-20)" at the end. */
static bool
read_brackets(struct entry *entry)
{
	enum report_action_state state;
	struct when when;
	size_t at = entry->len, start, end;
	bool dated;

	if (at == 0 || entry->text[at - 1] != ')')
		return false;
	while (at > 0 && entry->text[at - 1] != '(')
		at--;
	if (at < 2)
		return false;
	dated = when_find(entry->text + at, entry->len - 1 - at,
	    &entry->page->hint, &when, &start, &end);
	state = words_state(entry->text + at, entry->len - 1 - at);
	if (!dated && state == ACTION_UNSAID)
		return false;
	if (dated)
		note_due(entry, entry->text + at + start, end - start);
	/* What has a day, and is neither done nor dropped, goes on. */
	entry->action->state = state == ACTION_UNSAID ? ACTION_ONGOING :
	    state;
	entry->len = at - 1;
	return true;
}

/* "- done: 2024-05-20", ". Planned: 20 May 2024" at the end. */
static bool
read_tail(struct entry *entry)
{
	enum report_action_state state;
	size_t colon = entry->len, at;

	while (colon > 0 && entry->text[colon - 1] != ':')
		colon--;
	/* A time of day has a colon too. */
	while (colon > 1 && entry->text[colon - 2] >= '0' &&
	    entry->text[colon - 2] <= '9')
		for (colon--; colon > 0 && entry->text[colon - 1] != ':';)
			colon--;
	if (colon < 2)
		return false;
	for (at = colon - 1; at > 1; at--)
		if ((entry->text[at - 1] == ' ' || entry->text[at - 1] == '\n')
		    && strchr("-.;,", entry->text[at - 2]) != NULL)
			break;
	if (at < 2)
		return false;
	state = words_state(entry->text + at, colon - 1 - at);
	if (words_find(entry->text + at, colon - 1 - at, "status") == 0)
		state = words_state(entry->text + colon,
		    entry->len - colon);
	if (state == ACTION_UNSAID || colon - at > 24)
		return false;
	entry->action->state = state;
	note_due(entry, entry->text + colon, entry->len - colon);
	entry->len = at - 2;
	return true;
}

/* ", 2024-05-20" at the end; or "by 2024-05-20", which is part of it. */
static void
read_day(struct entry *entry)
{
	struct when when;
	size_t at, n;

	for (at = entry->len; at > 0 && entry->len - at < 24; at--) {
		if (entry->text[at - 1] != ' ')
			continue;
		n = when_read(entry->text + at, entry->len - at,
		    &entry->page->hint, &when);
		if (n == 0 || at + n < entry->len || when.month_only)
			continue;
		note_due(entry, entry->text + at, n);
		if (at > 2 && entry->text[at - 2] == ',')
			entry->len = at - 2;
		return;
	}
}

static void
read_entry(struct report_page *page, const char *text, size_t start,
    size_t end)
{
	struct entry entry = { .page = page, .text = text };
	char *copy;

	entry.len = strlen(text);
	if (words_none(text, entry.len) || entry.len == 0)
		return;
	entry.action = add_action(page, start, end);
	if (entry.action == NULL)
		return;
	read_begin(&entry);
	trim_entry(&entry);
	if (!read_brackets(&entry) && !read_tail(&entry) &&
	    entry.action->due == DATE_NONE)
		read_day(&entry);
	trim_entry(&entry);
	copy = arena_copy(page->arena, entry.text, entry.len);
	if (copy == NULL)
		page->failed = page->failed || !page->arena->full;
	else
		entry.action->text = copy;
}

/* "a) " before an action in plain text. */
static size_t
letter_mark(const char *text, size_t start, size_t end)
{
	return end - start > 3 && text[start] >= 'a' && text[start] <= 'z' &&
	    text[start + 1] == ')' && text[start + 2] == ' ' ? 3 : 0;
}

/* "Status: done", "Due date: ..." below an action. */
static bool
read_detail(struct report_page *page, const struct report_piece *piece)
{
	struct report_action *action;
	const char *text, *value;
	size_t key;

	if (page->actions.len == 0)
		return false;
	action = (struct report_action *)page->actions.data +
	    page->actions.len - 1;
	text = report_words(page, piece->start, piece->end);
	value = strchr(text, ':');
	if (value == NULL || value - text > 32)
		return false;
	key = (size_t)(value - text);
	for (value++; *value == ' '; value++)
		continue;
	if (words_find(text, key, "status") != SIZE_MAX)
		action->state = words_state(value, strlen(value));
	else if (words_find(text, key, "due") != SIZE_MAX ||
	    words_find(text, key, "date") != SIZE_MAX ||
	    words_find(text, key, "deadline") != SIZE_MAX)
		set_due(page, action, value);
	else if (words_find(text, key, "kind") != SIZE_MAX)
		action->kind = value;
	else
		return false;
	return true;
}

/* A list of actions; what is no list is no actions. */
static void
read_list(struct report_page *page, const struct report_part *part)
{
	struct report_piece piece;
	size_t at = 0, start = 0, end = 0, mark;
	int depth = -1;

	while (report_piece(page, part, part->to, &at, &piece)) {
		if (piece.start == piece.end || piece.line->kind == MD_ROW)
			continue;
		mark = letter_mark(page->text, piece.start, piece.end);
		if ((piece.item && (depth < 0 || piece.depth <= depth)) ||
		    mark > 0) {
			if (end > start)
				read_entry(page, report_words(page, start,
				    end), start, end);
			depth = piece.depth;
			start = piece.start + mark;
			end = piece.end;
		} else if (end > start && !piece.fresh) {
			end = piece.end;
		} else {
			if (end > start)
				read_entry(page, report_words(page, start,
				    end), start, end);
			start = end = 0;
			if (piece.depth > 0)
				(void)read_detail(page, &piece);
		}
	}
	if (end > start)
		read_entry(page, report_words(page, start, end), start, end);
}

/* The tables among lines from..to; `sure`: only such as are surely one of
 * actions. */
static void
read_tables(struct report_page *page, size_t from, size_t to, bool sure)
{
	const struct md_line *line;
	struct columns columns;
	bool ours = false;
	size_t n;

	for (n = from; n < to; n++) {
		line = &page->md.lines[n];
		if (line->kind != MD_ROW || line->quoted)
			continue;
		if (line->header)
			ours = read_header(page, line, &columns) || !sure;
		else if (ours)
			read_row(page, line, &columns);
	}
}

void
report_read_actions(struct report_page *page)
{
	const struct report_part *part;
	size_t i, done = 0;
	bool any = false;

	for (i = 0; i < page->part_len; i++) {
		part = &page->parts[i];
		if (part->kind != TAX_SECTION_ACTIONS || part->cell ||
		    part->line < done)
			continue;
		any = true;
		done = part->to;
		read_tables(page, part->line + 1, part->to, false);
		read_list(page, part);
	}
	/* An update may hold nothing but its table. */
	if (!any)
		read_tables(page, 0, page->md.len, true);
	page->out->actions = report_heap_take(page, &page->actions,
	    sizeof(struct report_action), &page->out->action_len);
}

const char *
report_action_state_name(enum report_action_state state)
{
	static const char *const names[] = {
		[ACTION_UNSAID] = "unsaid",
		[ACTION_ONGOING] = "ongoing",
		[ACTION_COMPLETE] = "complete",
		[ACTION_DELAYED] = "delayed",
		[ACTION_CANCELED] = "canceled"
	};

	return names[state];
}
