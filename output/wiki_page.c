/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "fetch/http.h"
#include "fetch/json.h"
#include "output/wiki_private.h"

void
wiki_page_init(struct wiki_page *page)
{
	memset(page, 0, sizeof(*page));
	buf_init(&page->text, JSON_MAX_VALUE);
}

void
wiki_page_release(struct wiki_page *page)
{
	buf_release(&page->text);
	wiki_page_init(page);
}

/* Is `from`, a title that was asked for and may come quoted, that title? */
static bool
is_asked(const char *from, const char *title, const char *quoted)
{
	return from != NULL &&
	    (strcmp(from, title) == 0 || strcmp(from, quoted) == 0);
}

/* How the wiki itself writes a title. */
static const char *
written(const struct wiki_answer *answer, const char *title)
{
	char room[3 * WIKI_MAX_TITLE + 1];
	struct buf quoted;
	size_t i;

	buf_fixed(&quoted, room, sizeof(room));
	http_quote(&quoted, title);
	for (i = 0; i < answer->titles; i++)
		if (is_asked(answer->title[i][TITLE_FROM], title, room) &&
		    answer->title[i][TITLE_TO] != NULL)
			return answer->title[i][TITLE_TO];
	return title;
}

/* The number of the page in the answer; ANSWER_PAGES: it isn't there. */
static size_t
find(const struct wiki_answer *answer, const char *title, int64_t revision)
{
	const char *wanted = title != NULL ? written(answer, title) : NULL;
	const char *told;
	int64_t number;
	size_t i;

	for (i = 0; i < answer->pages; i++) {
		told = answer->page[i][wanted != NULL ? PAGE_TITLE :
		    PAGE_REVISION];
		if (told == NULL)
			continue;
		if (wanted != NULL ? strcmp(told, wanted) == 0 :
		    text_int(told, strlen(told), &number) &&
		    number == revision)
			return i;
	}
	return ANSWER_PAGES;
}

/* Copy what must be whole; false when it is not there, or has no room. */
static bool
keep(char *out, size_t size, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	if (len == 0 || len >= size)
		return false;
	memcpy(out, text, len + 1);
	return true;
}

static bool
is_time(const char *text)
{
	int64_t time;

	return text != NULL && date_parse_time(text, strlen(text), &time);
}

/* What can't be a page to read. */
static const struct err *
check(const struct wiki_answer *answer, const char *name, const char *what,
    const char *title, size_t at)
{
	const char *const *page;

	if (at == ANSWER_PAGES && answer->said[SAID_ELSEWHERE] != NULL)
		return err_new(ERR_CONFIG, "%s: %s: its title leads to "
		    "another wiki: name a page of this one", name, what);
	if (at == ANSWER_PAGES && answer->pages > 0 && title != NULL)
		return err_new(ERR_SERVER, "%s: %s: the answer is about "
		    "another page: try again later", name, what);
	if (at == ANSWER_PAGES)
		return err_new(ERR_SERVER, "%s: %s: the answer holds no page: "
		    "check the URL of its API", name, what);
	page = answer->page[at];
	if (page[PAGE_INVALID] != NULL)
		return err_new(ERR_CONFIG, "%s: %s: that is no title (%.*s): "
		    "correct it", name, what, WIKI_MAX_SAID,
		    page[PAGE_INVALID_WHY] != NULL ? page[PAGE_INVALID_WHY] :
		    "no reason given");
	if (page[PAGE_SPECIAL] != NULL)
		return err_new(ERR_CONFIG, "%s: %s: the wiki makes that page "
		    "itself: name one that can be edited", name, what);
	return NULL;
}

/* The newest revision of a page that is there. */
static const struct err *
take_revision(const struct wiki_answer *answer, const char *name,
    const char *what, size_t at, struct wiki_page *out)
{
	const char *const *page = answer->page[at];
	const char *number = page[PAGE_REVISION], *editor = page[PAGE_EDITOR];
	const char *text = page[PAGE_TEXT];
	size_t len;

	if (text == NULL)
		return err_new(ERR_SERVER, "%s: %s: the answer lacks its "
		    "text: it may be hidden: look at the page's history",
		    name, what);
	if (number == NULL ||
	    !text_int(number, strlen(number), &out->revision) ||
	    out->revision == 0 ||
	    !keep(out->model, sizeof(out->model), page[PAGE_MODEL]))
		return err_new(ERR_SERVER, "%s: %s: the answer lacks its "
		    "revision or content model: the wiki must be a "
		    "MediaWiki of 1.35 or later", name, what);
	/* Saved again they would be lost. */
	if (answer->repaired[at] > 0)
		return err_new(ERR_CONFIG, "%s: %s: its text holds control "
		    "characters (%zu), which can't be kept: take them out of "
		    "the page", name, what, answer->repaired[at]);
	if (editor != NULL) {
		len = text_cut(editor, strlen(editor),
		    sizeof(out->editor) - 1);
		memcpy(out->editor, editor, len);
		out->editor[len] = '\0';
	}
	out->redirect = page[PAGE_REDIRECT] != NULL;
	buf_str(&out->text, text);
	return buf_error(&out->text, "a page");
}

const struct err *
wiki_page_take(const struct wiki_answer *answer, const char *name,
    const char *what, const char *title, int64_t revision,
    struct wiki_page *out)
{
	const size_t at = find(answer, title, revision);
	const struct err *err;

	wiki_page_release(out);
	if (title == NULL && (at == ANSWER_PAGES ?
	    answer->said[SAID_NO_REVISION] != NULL :
	    answer->page[at][PAGE_TEXT] == NULL)) {
		out->missing = true;
		return NULL;
	}
	err = check(answer, name, what, title, at);
	if (err != NULL)
		return err;
	if (!is_time(answer->said[SAID_NOW]) ||
	    !keep(out->now, sizeof(out->now), answer->said[SAID_NOW]))
		return err_new(ERR_SERVER, "%s: %s: the answer lacks its "
		    "time: the wiki must be a MediaWiki of 1.35 or later",
		    name, what);
	if (answer->page[at][PAGE_MISSING] != NULL) {
		out->missing = true;
		return NULL;
	}
	err = take_revision(answer, name, what, at, out);
	if (err != NULL)
		wiki_page_release(out);
	return err;
}
