/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/plan_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/near.h"
#include "base/text.h"

static const size_t most[PLAN_KIND__MAX] = {
	[PLAN_SOURCE] = PLAN_MAX_SOURCES,
	[PLAN_WIKI] = PLAN_MAX_WIKIS,
	[PLAN_REPORT] = PLAN_MAX_REPORTS
};

struct reader {
	struct plan *plan;
	size_t line;
	struct plan_part *part;	/* the section; NULL before the first, and in
				 * one that is not taken */
	bool passing;		/* what is wrong here was said: what follows
				 * is passed over up to the next section */
	/* The value that may go on with the next line: */
	enum plan_key key;	/* PLAN_KEY__MAX: none */
	bool lost;		/* it was wrong, and so is what follows */
	struct buf value;
};

const struct err *
plan_find(struct plan *plan, size_t line, const char *fmt, ...)
{
	struct plan_finding *finding;
	const struct err *clean;
	char raw[sizeof(((struct err *)0)->text)];
	va_list ap;

	if (plan->finding_len == PLAN_MAX_FINDINGS) {
		plan->more++;
		return NULL;
	}
	va_start(ap, fmt);
	(void)vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	finding = &plan->findings[plan->finding_len];
	finding->line = line;
	/* An error's text is one line, whatever stands in the plan. */
	clean = err_new(ERR_CONFIG, "%s", raw);
	finding->text = arena_copy(&plan->arena, clean->text,
	    strlen(clean->text));
	if (finding->text == NULL)
		return err_memory();
	/* In order of lines; those of one as they came. */
	while (finding > plan->findings && finding[-1].line > line) {
		struct plan_finding other = finding[-1];

		finding[-1] = finding[0];
		finding[0] = other;
		finding--;
	}
	plan->finding_len++;
	return NULL;
}

static struct plan_part *
part_by_name(const struct plan *plan, enum plan_kind kind, const char *name)
{
	size_t i;

	for (i = 0; i < plan->len[kind]; i++)
		if (strcmp(plan->parts[kind][i].name, name) == 0)
			return &plan->parts[kind][i];
	return NULL;
}

/* Begin the section that the words between the brackets name. */
static const struct err *
begin_part(struct reader *reader, enum plan_kind kind, const char *name)
{
	struct plan *plan = reader->plan;
	const char *word = plan_kind_name(kind);
	const struct plan_part *same;
	struct plan_part *part;

	if (name[0] == '\0' && kind == PLAN_REPORT)
		return plan_find(plan, reader->line, "[report]: has no name: "
		    "write [report NAME]");
	if (name[0] != '\0' && !plan_is_name(name))
		return plan_find(plan, reader->line, "[%s %s]: no name: use "
		    "up to %d letters, digits and . _ -, a letter or digit "
		    "first", word, name, PLAN_MAX_NAME);
	same = part_by_name(plan, kind, name);
	if (same != NULL)
		return plan_find(plan, reader->line, "[%s%s%s]: is there "
		    "twice: the other is in line %zu: put them together, or "
		    "give one another name", word, name[0] != '\0' ? " " : "",
		    name, same->line);
	if (plan->len[kind] == most[kind])
		return plan_find(plan, reader->line, "[%s %s]: is one too "
		    "many: %zu are the most: make two plans", word, name,
		    most[kind]);
	part = &plan->parts[kind][plan->len[kind]];
	part->kind = kind;
	part->line = reader->line;
	part->name = arena_copy(&plan->arena, name, strlen(name));
	if (part->name == NULL)
		return err_memory();
	plan->len[kind]++;
	reader->part = part;
	reader->passing = false;
	return NULL;
}

static const struct err *
unknown_section(struct reader *reader, const char *word)
{
	const char *names[PLAN_KIND__MAX], *near;
	size_t i;

	for (i = 0; i < PLAN_KIND__MAX; i++)
		names[i] = plan_kind_name((enum plan_kind)i);
	near = near_best(word, names, PLAN_KIND__MAX);
	if (near != NULL)
		return plan_find(reader->plan, reader->line, "[%s]: no such "
		    "section: did you mean [%s]?", word, near);
	return plan_find(reader->plan, reader->line, "[%s]: no such section: "
	    "there are [source], [wiki] and [report NAME]", word);
}

/* A line that begins with a bracket; `text` is the reader's to write to. */
static const struct err *
take_section(struct reader *reader, char *text, size_t len)
{
	size_t word, i;
	char *name;

	reader->part = NULL;
	reader->passing = true;
	if (text[len - 1] != ']')
		return plan_find(reader->plan, reader->line, "%s: no section: "
		    "write [report NAME], and nothing behind the bracket",
		    text);
	text[len - 1] = '\0';
	text++;
	word = strcspn(text, " \t");
	name = text + word + strspn(text + word, " \t");
	text[word] = '\0';
	for (i = 0; i < PLAN_KIND__MAX; i++)
		if (strcmp(text, plan_kind_name((enum plan_kind)i)) == 0)
			return begin_part(reader, (enum plan_kind)i, name);
	return unknown_section(reader, text);
}

/* The value of a key is whole. */
static const struct err *
end_value(struct reader *reader)
{
	enum plan_key key = reader->key;
	struct plan_part *part = reader->part;
	const struct err *err = NULL;

	reader->key = PLAN_KEY__MAX;
	if (key == PLAN_KEY__MAX || reader->lost)
		return NULL;
	if (reader->value.nomem)
		return err_memory();
	if (reader->value.full)
		err = plan_find(reader->plan, part->at[key], "%s: is longer "
		    "than %d bytes: shorten it", plan_key_name(key),
		    PLAN_MAX_VALUE);
	else if (reader->value.len == 0)
		err = plan_find(reader->plan, part->at[key], "%s: has no "
		    "value: give it one, or leave the line out",
		    plan_key_name(key));
	else {
		part->text[key] = arena_copy(&reader->plan->arena,
		    buf_text(&reader->value), reader->value.len);
		if (part->text[key] == NULL)
			err = err_memory();
	}
	return err;
}

/* A line NAME = VALUE. */
static const struct err *
take_key(struct reader *reader, char *text)
{
	struct plan *plan = reader->plan;
	char *equals = strchr(text, '='), *end, *value;
	const struct err *err;
	enum plan_key key;

	reader->lost = true;
	if (reader->passing)
		return NULL;
	if (equals == NULL && reader->part != NULL)
		reader->part->unsure = true;
	if (equals == NULL)
		return plan_find(plan, reader->line, "%s: is no NAME = VALUE: "
		    "correct it, or begin the line with # to make it a "
		    "comment; what goes on with a value begins with a blank",
		    text);
	if (reader->part == NULL) {
		reader->passing = true;
		return plan_find(plan, reader->line, "%s: stands before any "
		    "section: begin with [source] or [report NAME]", text);
	}
	value = equals + 1 + strspn(equals + 1, " \t");
	for (end = equals; end > text && (end[-1] == ' ' || end[-1] == '\t');)
		end--;
	*end = '\0';
	err = plan_key_by_name(plan, reader->part->kind, text, reader->line,
	    &key);
	if (err != NULL || key == PLAN_KEY__MAX) {
		reader->part->unsure = true;
		return err;
	}
	if (reader->part->at[key] != 0)
		return plan_find(plan, reader->line, "%s: is there twice: the "
		    "other is in line %zu: take one out", text,
		    reader->part->at[key]);
	reader->part->at[key] = reader->line;
	reader->key = key;
	reader->lost = false;
	buf_clear(&reader->value);
	buf_str(&reader->value, value);
	return NULL;
}

/* A line that begins with a blank goes on with the value before it. */
static const struct err *
go_on(struct reader *reader, const char *text)
{
	if (reader->lost || reader->passing)
		return NULL;
	if (reader->key == PLAN_KEY__MAX) {
		reader->lost = true;
		return plan_find(reader->plan, reader->line, "%s: begins with "
		    "a blank, and there is no value that it could go on "
		    "with: begin it at the margin", text);
	}
	/* Indented by mistake, it would change the value in silence. */
	if (text[0] == '[' || plan_begins_key(text)) {
		reader->lost = true;
		return plan_find(reader->plan, reader->line, "%s: begins with "
		    "a blank, and so goes on with %s: begin it at the margin",
		    text, plan_key_name(reader->key));
	}
	if (reader->value.len > 0)
		buf_char(&reader->value, ' ');
	buf_str(&reader->value, text);
	return NULL;
}

static const struct err *
take_line(struct reader *reader, const char *data, size_t len)
{
	char text[PLAN_MAX_LINE + 1];
	const struct err *err;
	bool indented = len > 0 && (data[0] == ' ' || data[0] == '\t');

	reader->line++;
	text_trim(&data, &len);
	if (len == 0 || data[0] == '#' || data[0] == ';')
		return NULL;
	if (len > PLAN_MAX_LINE || !text_is_clean(data, len)) {
		reader->lost = true;
		if (reader->part != NULL)
			reader->part->unsure = true;
		return plan_find(reader->plan, reader->line, len >
		    PLAN_MAX_LINE ? "the line is longer than %d bytes: go on "
		    "on the next, which then begins with a blank" : "the line "
		    "holds what is no text: write the plan in UTF-8",
		    PLAN_MAX_LINE);
	}
	memcpy(text, data, len);
	text[len] = '\0';
	if (indented)
		return go_on(reader, text);
	err = end_value(reader);
	if (err != NULL)
		return err;
	reader->lost = false;
	if (text[0] != '[')
		return take_key(reader, text);
	err = take_section(reader, text, len);
	if (reader->part == NULL)
		reader->plan->unsure = true;
	return err;
}

static const struct err *
take_lines(struct reader *reader, const char *text, size_t len)
{
	static const char mark[] = "\xef\xbb\xbf";	/* of byte order */
	const struct err *err = NULL;
	const char *end;
	size_t line;

	if (len >= 3 && memcmp(text, mark, 3) == 0) {
		text += 3;
		len -= 3;
	}
	while (len > 0 && err == NULL) {
		end = memchr(text, '\n', len);
		line = end != NULL ? (size_t)(end - text) : len;
		err = take_line(reader, text, line);
		line += end != NULL;
		text += line;
		len -= line;
	}
	return err != NULL ? err : end_value(reader);
}

/* The file's name without its folder and its suffix. */
static const struct err *
name_plan(struct plan *plan)
{
	const char *name = strrchr(plan->path, '/'), *dot;
	const struct err *err;
	struct buf clean;
	size_t len;

	name = name != NULL ? name + 1 : plan->path;
	dot = strrchr(name, '.');
	len = dot != NULL && dot != name ? (size_t)(dot - name) :
	    strlen(name);
	buf_init(&clean, 4 * PLAN_MAX_NAME);
	(void)text_clean(&clean, name, text_cut(name, len, PLAN_MAX_NAME));
	err = buf_error(&clean, "the plan's name");
	if (err == NULL) {
		plan->name = arena_copy(&plan->arena, buf_text(&clean),
		    clean.len);
		if (plan->name == NULL)
			err = err_memory();
	}
	buf_release(&clean);
	return err;
}

static const struct err *
make_room(struct plan *plan)
{
	size_t i;

	/* One more for what settings alone describe. */
	for (i = 0; i < PLAN_KIND__MAX; i++) {
		plan->parts[i] = arena_alloc(&plan->arena, most[i] + 1,
		    sizeof(*plan->parts[i]));
		if (plan->parts[i] == NULL)
			return err_memory();
	}
	plan->findings = arena_alloc(&plan->arena, PLAN_MAX_FINDINGS,
	    sizeof(*plan->findings));
	return plan->findings == NULL ? err_memory() : NULL;
}

const struct err *
plan_read(struct plan *plan, const char *path, const char *text, size_t len)
{
	struct reader reader = { .plan = plan, .key = PLAN_KEY__MAX };
	const struct err *err;
	size_t i, kind;

	memset(plan, 0, sizeof(*plan));
	arena_init(&plan->arena, PLAN_MAX_MEMORY);
	plan->path = path;
	buf_init(&reader.value, PLAN_MAX_VALUE);
	err = name_plan(plan);
	if (err == NULL)
		err = make_room(plan);
	if (err == NULL)
		err = take_lines(&reader, text, len);
	for (kind = 0; kind < PLAN_KIND__MAX; kind++)
		for (i = 0; i < plan->len[kind] && err == NULL; i++)
			err = plan_values(plan, &plan->parts[kind][i]);
	if (err == NULL)
		err = plan_rules(plan);
	buf_release(&reader.value);
	return err;
}

void
plan_release(struct plan *plan)
{
	arena_release(&plan->arena);
	memset(plan, 0, sizeof(*plan));
}
