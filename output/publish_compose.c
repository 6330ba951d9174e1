/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What a page is to be: which blocks may be written, and its text with
 * them. */

#include "output/publish_private.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/wiki.h"

void
publish_refuse(struct publish_block *block, const struct err *err)
{
	block->end = PUBLISH_REFUSED;
	block->err = *err;
}

/* The texts as the wiki will hold them; blocks that have none are refused. */
static const struct err *
prepare(struct draft *draft)
{
	const struct publish *what = draft->what;
	struct publish_block *block, *ready;
	const struct err *err = NULL;
	const char *fault;
	size_t i;

	for (i = 0; err == NULL && i < what->len; i++) {
		block = &what->blocks[i];
		ready = &draft->ready[i];
		*ready = *block;
		fault = publish_block_form(&draft->texts[i], block);
		ready->text = NULL;
		if (draft->texts[i].nomem)
			err = err_memory();
		else if (fault != NULL)
			publish_refuse(block, err_new(ERR_CONFIG, "%s: block "
			    "%s: the text can't be published: %s: change the "
			    "text", what->page, block->name, fault));
		else
			ready->text = buf_text(&draft->texts[i]);
		ready->len = draft->texts[i].len;
	}
	return err;
}

const struct err *
draft_init(struct draft *draft, const struct publish *what)
{
	size_t i;

	memset(draft, 0, sizeof(*draft));
	draft->what = what;
	buf_init(&draft->page, WIKI_MAX_ANSWER);
	draft->ready = mem_alloc(what->len, sizeof(*draft->ready));
	draft->texts = mem_alloc(what->len, sizeof(*draft->texts));
	if (draft->ready == NULL || draft->texts == NULL)
		return err_memory();
	for (i = 0; i < what->len; i++) {
		buf_init(&draft->texts[i], WIKI_MAX_TEXT);
		what->blocks[i].end = PUBLISH_SAME;
		memset(&what->blocks[i].err, 0, sizeof(struct err));
		what->blocks[i].rows = what->blocks[i].rows_changed = 0;
	}
	return prepare(draft);
}

void
draft_release(struct draft *draft)
{
	size_t i;

	for (i = 0; draft->texts != NULL && i < draft->what->len; i++)
		buf_release(&draft->texts[i]);
	mem_free(draft->texts);
	mem_free(draft->ready);
	buf_release(&draft->page);
}

static bool
is_white(const char *text, size_t len)
{
	text_trim(&text, &len);
	return len == 0;
}

/* Are the figures those that were published last, or the text? */
static bool
is_same(const struct publish_block *ready, const struct mark_place *place)
{
	char hash[MARK_HEX + 1];

	mark_hash(ready->text, ready->len, hash);
	return strcmp(place->text, hash) == 0 ||
	    strncmp(place->figures, ready->figures[0] != '\0' ?
	    ready->figures : hash, MARK_HEX) == 0;
}

bool
publish_is_within(const struct publish_block *block)
{
	const int most = block->max_change == PUBLISH_USUAL ? PUBLISH_HALF :
	    block->max_change;

	if (most < 0 || (block->max_change == PUBLISH_USUAL &&
	    block->rows_changed <= PUBLISH_FEW))
		return true;
	return block->rows_changed * 100 <= block->rows * (size_t)most;
}

const char *
publish_limit(const struct publish_block *block, char out[32])
{
	if (block->max_change == PUBLISH_USUAL)
		return "half of them";
	(void)snprintf(out, 32, "%d%%", block->max_change);
	return out;
}

static const struct err *
judge_rows(struct publish_block *block, const char *page,
    const char *inside, size_t len, const struct publish_block *ready)
{
	const struct err *err;
	char limit[32];

	err = rows_compare(inside, len, ready->text, ready->len,
	    &block->rows, &block->rows_changed);
	if (err != NULL)
		return err;
	if (!publish_is_within(block))
		publish_refuse(block, err_new(ERR_DATA, "%s: block %s: %zu "
		    "of %zu rows would change: that is more than %s: look "
		    "at the difference, then raise the limit (max-change)",
		    page, block->name, block->rows_changed, block->rows,
		    publish_limit(block, limit)));
	return NULL;
}

/*
 * Decide about one block on the page's text so far.  `again`: it is to be
 * on the page, whose text is another now: no figures are compared.
 */
static const struct err *
judge_block(struct draft *draft, size_t i, const struct buf *text, bool again,
    struct mark_place *place)
{
	struct publish_block *block = &draft->what->blocks[i];
	const struct publish_block *ready = &draft->ready[i];
	const char *page = draft->what->page, *inside, *fault;
	char room[MARK_ROOM], hash[MARK_HEX + 1];
	bool white, ours;
	size_t len;

	fault = mark_find(buf_text(text), text->len, block->name, place, room);
	if (fault != NULL) {
		publish_refuse(block, err_new(ERR_CONFIG, "%s: block %s: %s: "
		    "the page must hold <!-- BEGIN cabrief:%s --> and, behind it, "
		    "<!-- END cabrief:%s -->, each once: edit the page",
		    page, block->name, fault, block->name, block->name));
		return NULL;
	}
	mark_inside(buf_text(text), place, &inside, &len);
	mark_hash(inside, len, hash);
	white = is_white(inside, len);
	ours = place->text[0] == '\0' ? white :
	    strcmp(place->text, hash) == 0;
	block->end = PUBLISH_CHANGED;
	if (!again)
		block->rows = block->rows_changed = 0;
	if (!ours && !block->force)
		publish_refuse(block, err_new(ERR_LOCK, "%s: block %s: "
		    "somebody wrote between the marks: their words are kept, and "
		    "nothing is brought up to date: move them out of the "
		    "marks and write the first as <!-- BEGIN cabrief:%s -->, "
		    "with nothing behind it up to the second; or force it",
		    page, block->name, block->name));
	else if (again)
		return NULL;
	else if (ours && place->text[0] != '\0' && is_same(ready, place))
		block->end = PUBLISH_SAME;
	else if (!white)
		return judge_rows(block, page, inside, len, ready);
	return NULL;
}

/* Put one block into the text, where it may be. */
static const struct err *
put_block(struct draft *draft, size_t i, struct buf *text, bool again)
{
	struct publish_block *block = &draft->what->blocks[i];
	const struct err *err;
	struct mark_place place;
	struct buf next;

	err = judge_block(draft, i, text, again, &place);
	if (err != NULL || block->end != PUBLISH_CHANGED)
		return err;
	buf_init(&next, text->ceiling);
	mark_replace(buf_text(text), text->len, &place, &draft->ready[i],
	    &next);
	err = buf_error(&next, draft->what->page);
	if (err == NULL && next.len > WIKI_MAX_TEXT) {
		publish_refuse(block, err_new(ERR_CONFIG, "%s: block %s: the "
		    "page would have %zu bytes: a wiki page has at most %d: "
		    "publish less, or on more pages", draft->what->page,
		    block->name, next.len, WIKI_MAX_TEXT));
	} else if (err == NULL) {
		buf_release(text);
		*text = next;
		return NULL;
	}
	buf_release(&next);
	return err;
}

/* All of the page is made NFC: the wiki would do so, and then not know the
 * MD5 of what it was sent. */
const struct err *
draft_compose(struct draft *draft, const struct buf *page, bool again)
{
	const struct publish *what = draft->what;
	const struct err *err;
	size_t i;

	buf_clear(&draft->page);
	publish_saved_form(&draft->page, buf_text(page), page->len);
	err = buf_error(&draft->page, what->page);
	for (i = 0; err == NULL && i < what->len; i++) {
		if (draft->ready[i].text == NULL ||
		    (again && what->blocks[i].end != PUBLISH_CHANGED))
			continue;
		memset(&what->blocks[i].err, 0, sizeof(struct err));
		err = put_block(draft, i, &draft->page, again);
	}
	return err;
}

bool
draft_holds(const struct draft *draft, const struct buf *page, size_t i)
{
	struct mark_place place;
	const char *inside;
	char room[MARK_ROOM];
	size_t len;

	if (mark_find(buf_text(page), page->len, draft->ready[i].name,
	    &place, room) != NULL)
		return false;
	mark_inside(buf_text(page), &place, &inside, &len);
	return len == draft->ready[i].len &&
	    memcmp(inside, draft->ready[i].text, len) == 0;
}
