/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/select.h"

#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/near.h"
#include "classify/placing.h"
#include "classify/rule.h"
#include "fetch/bug.h"

static const char *const reasons[SELECT_FATE__MAX] = {
	[SELECT_IN] = "selected",
	[SELECT_OUTSIDE] = "outside the selection",
	[SELECT_INVALID] = "resolution INVALID",
	[SELECT_DUPLICATE] = "resolution DUPLICATE",
	[SELECT_META] = "tracking bug",
	[SELECT_COMPONENT] = "component without incidents",
	[SELECT_UNDATED] = "creation time unknown",
	[SELECT_UNSEARCHED] = "text not searched"
};

/* The error for a word that none of the candidates is. */
static const struct err *
nobody(const char *option, const char *word, const char *const *candidates,
    size_t len, const char *advice)
{
	const char *best = near_best(word, candidates, len);

	if (best == NULL)
		return err_new(ERR_USAGE, "%s: %s: the taxonomy has no such "
		    "name: %s", option, word, advice);
	return err_new(ERR_USAGE, "%s: %s: the taxonomy has no such name: "
	    "did you mean \"%s\"? Else %s", option, word, best, advice);
}

static const struct err *
no_owner(const char *word, const struct taxonomy *taxonomy)
{
	const struct err *err;
	const char **names;
	size_t i;

	names = mem_alloc(taxonomy->name_len, sizeof(*names));
	if (names == NULL)
		return err_memory();
	for (i = 0; i < taxonomy->name_len; i++)
		names[i] = taxonomy->names[i].text;
	err = nobody("--owner", word, names, taxonomy->name_len,
	    "name a CA owner as summaries do, or by its id");
	mem_free(names);
	return err;
}

static const struct err *
no_category(const char *word, const struct taxonomy *taxonomy)
{
	const struct err *err;
	const char **ids;
	size_t i;

	ids = mem_alloc(taxonomy->category_len, sizeof(*ids));
	if (ids == NULL)
		return err_memory();
	for (i = 0; i < taxonomy->category_len; i++)
		ids[i] = taxonomy->categories[i].id;
	err = nobody("--category", word, ids, taxonomy->category_len,
	    "give the id of a category, or any other tag to --tag");
	mem_free(ids);
	return err;
}

/* The row that a word means, or an error. */
static const struct err *
find_cause(const struct tax_scheme *scheme, const char *word, size_t *row)
{
	const struct err *err;
	const char **ids;
	size_t i;

	for (i = 0; i < scheme->row_len; i++)
		if (strcmp(scheme->rows[i].id, word) == 0) {
			*row = i;
			return NULL;
		}
	ids = mem_alloc(scheme->row_len, sizeof(*ids));
	if (ids == NULL)
		return err_memory();
	for (i = 0; i < scheme->row_len; i++)
		ids[i] = scheme->rows[i].id;
	err = nobody("--cause", word, ids, scheme->row_len,
	    "give the id of a cause, as cabrief taxonomy list has them");
	mem_free(ids);
	return err;
}

static const struct err *
prepare_causes(struct selection *selection, const struct taxonomy *taxonomy)
{
	const struct tax_scheme *scheme = taxonomy_causes(taxonomy);
	const struct select_words *words = &selection->causes;
	const struct err *err = NULL;
	size_t i;

	if (words->len == 0)
		return NULL;
	if (scheme == NULL)
		return err_new(ERR_USAGE, "--cause: the taxonomy has no "
		    "scheme of causes: leave the option out");
	selection->cause_index = mem_alloc(words->len,
	    sizeof(*selection->cause_index));
	if (selection->cause_index == NULL)
		return err_memory();
	for (i = 0; i < words->len && err == NULL; i++)
		err = find_cause(scheme, words->words[i],
		    &selection->cause_index[i]);
	selection->cause_index_len = words->len;
	selection->cause_scheme = scheme;
	return err;
}

static const struct err *
prepare_owners(struct selection *selection, const struct taxonomy *taxonomy)
{
	const struct select_words *words = &selection->owners;
	size_t i;

	selection->owner_index = mem_alloc(words->len,
	    sizeof(*selection->owner_index));
	if (selection->owner_index == NULL)
		return err_memory();
	for (i = 0; i < words->len; i++)
		if (!owner_find(taxonomy, words->words[i],
		    &selection->owner_index[i]))
			return no_owner(words->words[i], taxonomy);
	selection->owner_index_len = words->len;
	return NULL;
}

static const struct err *
prepare_tags(const struct select_words *words,
    const struct taxonomy *taxonomy, struct select_tag **tags, size_t *len)
{
	struct select_tag *tag;
	bool repaired;
	size_t i;

	*len = 0;
	*tags = mem_alloc(words->len, sizeof(**tags));
	if (*tags == NULL)
		return err_memory();
	for (i = 0; i < words->len; i++) {
		tag = &(*tags)[i];
		if (!taxonomy_normal(words->words[i],
		    strlen(words->words[i]), tag->normal,
		    sizeof(tag->normal)))
			return err_new(ERR_USAGE, "%s: too long for a tag: "
			    "a tag has less than %zu bytes: give a tag as "
			    "whiteboards have it", words->words[i],
			    sizeof(tag->normal));
		tag->kind = taxonomy_tag(taxonomy, tag->normal, &tag->index,
		    &repaired);
	}
	*len = words->len;
	return NULL;
}

const struct err *
select_prepare(struct selection *selection, const struct taxonomy *taxonomy)
{
	const struct err *err;
	size_t i;

	err = prepare_owners(selection, taxonomy);
	if (err == NULL)
		err = prepare_tags(&selection->categories, taxonomy,
		    &selection->category_tags, &selection->category_tag_len);
	for (i = 0; err == NULL && i < selection->category_tag_len; i++)
		if (selection->category_tags[i].kind != TAX_TAG_CATEGORY)
			err = no_category(selection->categories.words[i],
			    taxonomy);
	if (err == NULL)
		err = prepare_causes(selection, taxonomy);
	if (err == NULL)
		err = prepare_tags(&selection->tags, taxonomy,
		    &selection->tag_tags, &selection->tag_tag_len);
	return err;
}

void
select_release(struct selection *selection)
{
	mem_free(selection->owner_index);
	mem_free(selection->category_tags);
	mem_free(selection->cause_index);
	mem_free(selection->tag_tags);
	selection->owner_index = NULL;
	selection->category_tags = NULL;
	selection->cause_index = NULL;
	selection->cause_scheme = NULL;
	selection->tag_tags = NULL;
	selection->owner_index_len = 0;
	selection->category_tag_len = 0;
	selection->cause_index_len = 0;
	selection->tag_tag_len = 0;
}

static bool
owner_meant(const struct selection *selection, size_t then,
    const struct taxonomy *taxonomy)
{
	size_t i;

	for (i = 0; then != SIZE_MAX && i < selection->owner_index_len; i++)
		if (selection->owner_index[i] == then ||
		    selection->owner_index[i] == taxonomy->owners[then].now)
			return true;
	return false;
}

static bool
category_meant(const struct selection *selection,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	size_t i, j, index;

	for (i = 0; i < selection->category_tag_len; i++) {
		index = selection->category_tags[i].index;
		if (verdict->label_len == 0 && index == taxonomy->residual)
			return true;
		for (j = 0; j < verdict->label_len; j++)
			if (verdict->labels[j].category == index)
				return true;
	}
	return false;
}

static bool
has_tag(const struct whiteboard *board, const struct select_tag *tag)
{
	size_t i;

	if (tag->kind == TAX_TAG_INCLUSION)
		return board->inclusion == tag->index;
	if (tag->kind == TAX_TAG_MARK) {
		for (i = 0; i < board->mark_len; i++)
			if (board->marks[i] == tag->index)
				return true;
		return false;
	}
	for (i = 0; i < board->tag_len; i++)
		if (tag->kind == TAX_TAG_CATEGORY ?
		    board->tags[i].category == tag->index :
		    board->tags[i].category == SIZE_MAX &&
		    strcmp(board->tags[i].name, tag->normal) == 0)
			return true;
	return false;
}

static bool
tag_meant(const struct selection *selection, const struct whiteboard *board)
{
	size_t i;

	for (i = 0; i < selection->tag_tag_len; i++)
		if (has_tag(board, &selection->tag_tags[i]))
			return true;
	return false;
}

static bool
id_meant(const struct selection *selection, int64_t id)
{
	size_t low = 0, high = selection->id_len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (selection->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < selection->id_len && selection->ids[low] == id;
}

/* Try one text, after those that did not match. */
static const struct err *
try_text(struct pattern *pattern, const char *text, size_t len,
    enum pattern_result *result)
{
	struct pattern_piece piece = { text, len, 0, len, true, true };
	enum pattern_result one;
	const struct err *err;
	size_t start, end;

	err = pattern_try(pattern, &piece, &one, &start, &end);
	if (err == NULL && one != PATTERN_NO)
		*result = one;
	return err;
}

static const struct err *
search(const struct selection *selection, const struct bug *bug,
    enum pattern_result *result)
{
	struct diag diag = { .code = DIAG_SEARCH_LIMIT, .bug = bug->id,
	    .where = "--text" };
	const char *summary = bug->text[BUG_SUMMARY];
	const struct err *err;
	size_t i;

	*result = PATTERN_NO;
	err = try_text(selection->text, summary, strlen(summary), result);
	for (i = 0; err == NULL && *result != PATTERN_YES &&
	    i < bug->comment_len; i++)
		err = try_text(selection->text, bug->comments[i].text,
		    bug->comments[i].text_len, result);
	if (err == NULL && *result == PATTERN_LIMIT)
		diag_report(selection->sink, &diag);
	return err_at(err, "bug %lld", (long long)bug->id);
}

/* Can nobody say whether the bug was filed in the window? */
static bool
is_undated(const struct selection *selection, const struct verdict *verdict)
{
	return selection->windowed && selection->cohort == COHORT_FILED &&
	    verdict->life.periods[0].from == DATE_NONE;
}

/* Is the bug, as far as is known, in the cohort, and does it pass all
 * filters but that of the text? */
static bool
is_meant(const struct selection *selection, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy)
{
	return (!selection->windowed || is_undated(selection, verdict) ||
	    cohort_has(selection->cohort, &verdict->life,
	    &selection->window)) &&
	    (selection->owners.len == 0 ||
	    owner_meant(selection, verdict->owner.owner, taxonomy)) &&
	    (selection->categories.len == 0 ||
	    category_meant(selection, verdict, taxonomy)) &&
	    (selection->tags.len == 0 ||
	    tag_meant(selection, &verdict->board)) &&
	    (selection->id_len == 0 || id_meant(selection, bug->id)) &&
	    (!selection->by_reporter ||
	    verdict->reporter == selection->reporter);
}

const struct err *
select_fate(const struct selection *selection, const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy,
    enum select_fate *out)
{
	const char *resolution = bug->text[BUG_RESOLUTION];
	enum pattern_result found = PATTERN_YES;
	const struct err *err = NULL;

	*out = SELECT_OUTSIDE;
	if (!is_meant(selection, bug, verdict, taxonomy))
		return NULL;
	if (selection->text != NULL)
		err = search(selection, bug, &found);
	if (err != NULL || found == PATTERN_NO)
		return err;
	if (found == PATTERN_LIMIT)
		*out = SELECT_UNSEARCHED;
	else if (!verdict->incident)
		*out = SELECT_COMPONENT;
	else if (is_undated(selection, verdict))
		*out = SELECT_UNDATED;
	else if (selection->all)
		*out = SELECT_IN;
	else if (strcmp(resolution, "INVALID") == 0)
		*out = SELECT_INVALID;
	else if (strcmp(resolution, "DUPLICATE") == 0)
		*out = SELECT_DUPLICATE;
	else if (verdict->meta)
		*out = SELECT_META;
	else
		*out = SELECT_IN;
	return NULL;
}

bool
select_cause(const struct selection *selection,
    const struct verdict *verdict)
{
	struct placing placing;
	size_t i, j;

	if (selection->cause_scheme == NULL)
		return true;
	placing_read(selection->cause_scheme, verdict, &placing);
	for (i = 0; i < selection->cause_index_len; i++)
		for (j = 0; j < placing.len; j++)
			if (placing.rows[j] == selection->cause_index[i])
				return true;
	return false;
}

const char *
select_reason(enum select_fate fate)
{
	return reasons[fate];
}
