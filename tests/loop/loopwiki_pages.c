/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Pages and their revisions. */
#include "tests/loop/loopwiki_private.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

struct lw_page *
lw_page_find(struct loopwiki *wiki, const char *title)
{
	size_t i;

	for (i = 0; i < wiki->page_len; i++)
		if (!wiki->pages[i].deleted &&
		    strcmp(wiki->pages[i].title, title) == 0)
			return &wiki->pages[i];
	return NULL;
}

struct lw_revision *
lw_revision_find(struct loopwiki *wiki, int64_t id)
{
	size_t i;

	for (i = 0; i < wiki->revision_len; i++)
		if (wiki->revisions[i].id == id)
			return &wiki->revisions[i];
	return NULL;
}

struct lw_page *
lw_page_by_revision(struct loopwiki *wiki, int64_t id)
{
	const struct lw_revision *revision = lw_revision_find(wiki, id);

	if (revision == NULL || wiki->pages[revision->page].deleted)
		return NULL;
	return &wiki->pages[revision->page];
}

const struct lw_revision *
lw_last(const struct loopwiki *wiki, const struct lw_page *page)
{
	return &wiki->revisions[page->last];
}

static char *
copy(const char *text)
{
	return loop_must(mem_copy(text, strlen(text)));
}

static struct lw_page *
new_page(struct loopwiki *wiki, const char *title)
{
	struct lw_page *page;

	wiki->pages = loop_must(mem_room(wiki->pages, wiki->page_len,
	    &wiki->page_cap, sizeof(*wiki->pages)));
	page = &wiki->pages[wiki->page_len++];
	memset(page, 0, sizeof(*page));
	page->id = ++wiki->next_page;
	page->title = copy(title);
	snprintf(page->model, sizeof(page->model), "wikitext");
	return page;
}

size_t
lw_kept_len(const char *text, size_t len)
{
	while (len > 0 && strchr(" \t\n\r\v", text[len - 1]) != NULL)
		len--;
	return len;
}

const struct lw_revision *
lw_save(struct loopwiki *wiki, const char *title, const char *user,
    const char *summary, const char *text, size_t len, bool minor)
{
	struct lw_page *page = lw_page_find(wiki, title);
	struct lw_revision *revision;
	int64_t parent = page != NULL ? lw_last(wiki, page)->id : 0;
	size_t most = strlen(summary), chars = 0, end;

	if (page == NULL)
		page = new_page(wiki, title);
	for (end = 0; end < most && chars < LOOPWIKI_MAX_SUMMARY; chars++) {
		uint32_t codepoint;

		end += text_decode(summary + end, most - end, &codepoint);
	}
	wiki->revisions = loop_must(mem_room(wiki->revisions,
	    wiki->revision_len, &wiki->revision_cap,
	    sizeof(*wiki->revisions)));
	revision = &wiki->revisions[wiki->revision_len];
	memset(revision, 0, sizeof(*revision));
	revision->id = ++wiki->next_revision;
	revision->parent = parent;
	revision->time = lw_now(wiki);
	revision->user = copy(user);
	revision->summary = loop_must(mem_copy(summary, end));
	revision->len = lw_kept_len(text, len);
	revision->text = loop_must(mem_copy(text, revision->len));
	revision->minor = minor;
	revision->page = (size_t)(page - wiki->pages);
	page->last = wiki->revision_len++;
	lw_keep_revision(wiki, title, revision);
	return revision;
}

bool
lw_delete(struct loopwiki *wiki, const char *title)
{
	struct lw_page *page = lw_page_find(wiki, title);

	if (page == NULL)
		return false;
	page->deleted = true;
	lw_keep_change(wiki, "delete", title, "");
	return true;
}

bool
lw_move(struct loopwiki *wiki, const char *title, const char *to,
    const char *user)
{
	struct lw_page *page = lw_page_find(wiki, title);
	char text[LOOPWIKI_MAX_TITLE + 32];

	if (page == NULL || lw_page_find(wiki, to) != NULL)
		return false;
	mem_free(page->title);
	page->title = copy(to);
	lw_keep_change(wiki, "move", title, to);
	snprintf(text, sizeof(text), "#REDIRECT [[%s]]", to);
	lw_save(wiki, title, user, "moved", text, strlen(text), false);
	return true;
}

bool
lw_guard(struct loopwiki *wiki, const char *title, bool guarded)
{
	struct lw_page *page = lw_page_find(wiki, title);

	if (page == NULL)
		return false;
	page->guarded = guarded;
	lw_keep_change(wiki, "guard", title, guarded ? "1" : "");
	return true;
}

bool
lw_model(struct loopwiki *wiki, const char *title, const char *model)
{
	struct lw_page *page = lw_page_find(wiki, title);

	if (page == NULL)
		return false;
	snprintf(page->model, sizeof(page->model), "%s", model);
	lw_keep_change(wiki, "model", title, model);
	return true;
}

bool
lw_redirect(const struct lw_revision *revision, struct lw_title *to)
{
	static const char word[] = "#redirect";
	const char *at = revision->text, *end;
	char begin[sizeof(word)];

	snprintf(begin, sizeof(begin), "%s", at);
	if (text_casecmp(begin, word) != 0)
		return false;
	at += strlen(word);
	at += strspn(at, " \t\n:");
	if (strncmp(at, "[[", 2) != 0 || (end = strstr(at, "]]")) == NULL)
		return false;
	at += 2;
	lw_title_read(to, at, strcspn(at, "|]"));
	return to->wrong == NULL;
}

void
lw_pages_free(struct loopwiki *wiki)
{
	size_t i;

	for (i = 0; i < wiki->page_len; i++)
		mem_free(wiki->pages[i].title);
	for (i = 0; i < wiki->revision_len; i++) {
		mem_free(wiki->revisions[i].user);
		mem_free(wiki->revisions[i].summary);
		mem_free(wiki->revisions[i].text);
	}
	mem_free(wiki->pages);
	mem_free(wiki->revisions);
}
