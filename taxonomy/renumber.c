/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The files of a taxonomy with other numbers, and every other byte as it
 * stands.  They have passed libxml2 and the schema: here only the places of
 * attributes are looked for.
 */
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "taxonomy/files.h"
#include "taxonomy/taxonomy.h"

enum {
	GROWTH = 2		/* times that a file may get larger */
};

struct renumber {
	const struct taxonomy *taxonomy;
	const struct err *(*put)(void *arg, const char *name,
	    const char *data, size_t len);
	void *arg;
	size_t rule;		/* behind the one that came last */
	size_t vote;		/* in the rule before it */
	bool in_rule;
	size_t category;	/* SIZE_MAX: in none */
	struct buf out;
};

/* A start tag: "<vote for='x' weight='1'/>". */
struct tag {
	const char *name, *end;	/* end: behind ">" */
	size_t name_len;
};

struct attribute {
	const char *value;	/* NULL: not there */
	size_t len;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the next `text`, or the end. */
static const char *
behind(const char *at, const char *end, const char *text)
{
	size_t len = strlen(text);

	for (; (size_t)(end - at) >= len; at++)
		if (memcmp(at, text, len) == 0)
			return at + len;
	return end;
}

/* Behind the "<" of the next start or end tag, or the end of the file. */
static const char *
next_name(const char *at, const char *end)
{
	for (;;) {
		at = behind(at, end, "<");
		if (end - at >= 3 && memcmp(at, "!--", 3) == 0)
			at = behind(at, end, "-->");
		else if (end - at >= 8 && memcmp(at, "![CDATA[", 8) == 0)
			at = behind(at, end, "]]>");
		else if (at < end && *at == '?')
			at = behind(at, end, "?>");
		else
			return at;
	}
}

/* The next start or end tag; false at the end of the file. */
static bool
next_tag(const char *at, const char *end, struct tag *out)
{
	char quote = '\0';

	at = out->name = next_name(at, end);
	if (at == end)
		return false;
	while (at < end && !is_blank(*at) && *at != '>' &&
	    (*at != '/' || at == out->name))
		at++;
	out->name_len = (size_t)(at - out->name);
	for (; at < end && (quote != '\0' || *at != '>'); at++) {
		if (quote == '\0' && (*at == '"' || *at == '\''))
			quote = *at;
		else if (*at == quote)
			quote = '\0';
	}
	out->end = at < end ? at + 1 : end;
	return true;
}

static bool
is(const struct tag *tag, const char *name)
{
	return strlen(name) == tag->name_len &&
	    memcmp(name, tag->name, tag->name_len) == 0;
}

static bool
says(const struct attribute *attribute, const char *text)
{
	return attribute->value != NULL && strlen(text) == attribute->len &&
	    memcmp(text, attribute->value, attribute->len) == 0;
}

static struct attribute
find(const struct tag *tag, const char *name)
{
	struct attribute out = { NULL, 0 };
	const char *at = tag->name + tag->name_len, *key;
	size_t len = strlen(name);
	bool found;

	while (at < tag->end) {
		while (at < tag->end && is_blank(*at))
			at++;
		key = at;
		while (at < tag->end && *at != '=' && !is_blank(*at))
			at++;
		found = (size_t)(at - key) == len &&
		    memcmp(key, name, len) == 0;
		while (at < tag->end && *at != '"' && *at != '\'')
			at++;
		if (at == tag->end)
			break;
		key = at + 1;
		at = memchr(key, *at, (size_t)(tag->end - key));
		if (at == NULL)
			break;
		if (found) {
			out.value = key;
			out.len = (size_t)(at - key);
			break;
		}
		at++;
	}
	return out;
}

/* 1800 as "1.8", -1000 as "-1": as people write them. */
static void
add_number(struct buf *out, int number)
{
	char text[TEXT_THOUSANDTHS];
	size_t len;

	(void)text_thousandths(number, text);
	len = strlen(text);
	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	buf_add(out, text, len);
}

/* Is what stands there already this number? */
static bool
stands(const struct attribute *attribute, int number)
{
	char text[TEXT_THOUSANDTHS];
	size_t len, shown;

	(void)text_thousandths(number, text);
	len = strlen(text);
	for (shown = len - 4; shown <= len; shown++)
		if (shown != len - 3 && shown == attribute->len &&
		    memcmp(text, attribute->value, shown) == 0 &&
		    strspn(text + shown, ".0") == len - shown)
			return true;
	return false;
}

/* Copy up to the value, and put the number in its place; *done is how far
 * the file is copied. */
static void
replace(struct renumber *work, const char **done,
    const struct attribute *attribute, int number)
{
	if (attribute->value == NULL || stands(attribute, number))
		return;
	buf_add(&work->out, *done, (size_t)(attribute->value - *done));
	add_number(&work->out, number);
	*done = attribute->value + attribute->len;
}

static const struct err *
surprised(const char *file, const struct tag *tag)
{
	return err_new(ERR_CONFIG, "%s: <%.*s>: its numbers can't be put in: "
	    "it is written with references, or the file is not in UTF-8: "
	    "write it plainly", file, (int)tag->name_len, tag->name);
}

static const struct err *
on_vote(struct renumber *work, const char *file, const struct tag *tag,
    const char **done)
{
	const struct taxonomy *taxonomy = work->taxonomy;
	const struct tax_rule *rule = &taxonomy->rules[work->rule - 1];
	struct attribute target = find(tag, "for");
	struct attribute weight = find(tag, "weight");
	const struct tax_vote *vote;

	if (work->vote == rule->vote_len)
		return surprised(file, tag);
	vote = &rule->votes[work->vote++];
	if (!says(&target, taxonomy->categories[vote->target].id))
		return surprised(file, tag);
	replace(work, done, &weight, vote->weight);
	return NULL;
}

/* How many rules from `rule` on have numbers of other things: of schemes,
 * or none. */
static size_t
others(const struct taxonomy *taxonomy, size_t rule)
{
	size_t i;

	for (i = rule; i < taxonomy->rule_len; i++)
		if (taxonomy->rules[i].scheme == SIZE_MAX &&
		    taxonomy->rules[i].facet == SIZE_MAX)
			break;
	return i - rule;
}

static const struct err *
on_rule(struct renumber *work, const char *file, const struct tag *tag)
{
	struct attribute id = find(tag, "id"), scheme = find(tag, "scheme");

	if (scheme.value != NULL)
		return NULL;
	work->rule += others(work->taxonomy, work->rule);
	if (work->rule == work->taxonomy->rule_len ||
	    !says(&id, work->taxonomy->rules[work->rule].id))
		return surprised(file, tag);
	work->rule++;
	work->vote = 0;
	work->in_rule = true;
	return NULL;
}

/* One with an id begins a category; in schemes they are referred to. */
static const struct err *
on_category(struct renumber *work, const char *file, const struct tag *tag,
    const char **done)
{
	const struct taxonomy *taxonomy = work->taxonomy;
	struct attribute id = find(tag, "id"), base = find(tag, "base");
	size_t i;
	int number;

	if (id.value == NULL)
		return NULL;
	for (i = 0; i < taxonomy->category_len; i++)
		if (says(&id, taxonomy->categories[i].id))
			break;
	if (i == taxonomy->category_len)
		return surprised(file, tag);
	work->category = i;
	number = taxonomy->categories[i].base;
	replace(work, done, &base, number);
	if (base.value != NULL || number == 0)
		return NULL;
	base.value = id.value + id.len + 1;
	buf_add(&work->out, *done, (size_t)(base.value - *done));
	buf_str(&work->out, " base=\"");
	add_number(&work->out, number);
	buf_char(&work->out, '"');
	*done = base.value;
	return NULL;
}

static void
on_fit(struct renumber *work, const struct tag *tag, const char **done)
{
	const struct tax_category *category =
	    &work->taxonomy->categories[work->category];
	struct attribute with = find(tag, "with"), first, second;
	const struct tax_fit *fit = &category->fit[says(&with, "rules") ?
	    TAX_FIT_RULES : TAX_FIT_NEIGHBOURS];
	bool turned;

	first = find(tag, "offset");
	second = find(tag, "slope");
	if (first.value == NULL || second.value == NULL)
		return;
	turned = second.value < first.value;
	replace(work, done, turned ? &second : &first,
	    turned ? fit->slope : fit->offset);
	replace(work, done, turned ? &first : &second,
	    turned ? fit->offset : fit->slope);
}

static const struct err *
on_tag(struct renumber *work, const char *file, const struct tag *tag,
    const char **done)
{
	const struct err *err = NULL;

	if (is(tag, "rule"))
		err = on_rule(work, file, tag);
	else if (is(tag, "/rule"))
		work->in_rule = false;
	else if (is(tag, "vote") && work->in_rule)
		err = on_vote(work, file, tag, done);
	else if (is(tag, "category"))
		err = on_category(work, file, tag, done);
	else if (is(tag, "/category"))
		work->category = SIZE_MAX;
	else if (is(tag, "fit") && work->category != SIZE_MAX)
		on_fit(work, tag, done);
	return err;
}

static const struct err *
on_file(void *arg, const char *name, const char *data, size_t len)
{
	struct renumber *work = arg;
	const char *done = data, *end = data + len;
	const struct err *err = NULL;
	struct tag tag = { NULL, data, 0 };

	buf_clear(&work->out);
	work->category = SIZE_MAX;
	while (err == NULL && next_tag(tag.end, end, &tag))
		err = on_tag(work, name, &tag, &done);
	buf_add(&work->out, done, (size_t)(end - done));
	if (err == NULL)
		err = buf_error(&work->out, name);
	return err != NULL ? err : work->put(work->arg, name,
	    buf_text(&work->out), work->out.len);
}

const struct err *
taxonomy_renumber(const struct taxonomy *numbers, const char *dir,
    const struct err *(*put)(void *arg, const char *name, const char *data,
    size_t len), void *arg)
{
	struct renumber work = { .taxonomy = numbers, .put = put,
	    .arg = arg };
	const struct err *err;

	buf_init(&work.out, GROWTH * TAX_MAX_FILE);
	err = files_each(dir, on_file, &work);
	work.rule += others(numbers, work.rule);
	if (err == NULL && work.rule != numbers->rule_len)
		err = err_new(ERR_CONFIG, "the taxonomy: rules were not "
		    "found again: its files changed, or are not in UTF-8: "
		    "try again");
	buf_release(&work.out);
	return err;
}
