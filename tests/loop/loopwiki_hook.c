/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What others do with the pages, at once or at the next edit. */
#include "tests/loop/loopwiki_private.h"

#include <string.h>

bool
lw_hook_do(struct loopwiki *wiki, const struct lw_hook *hook)
{
	const struct lw_page *page = lw_page_find(wiki, hook->title);
	const struct lw_revision *last;
	const char *found;
	struct buf text;
	bool good = true;

	buf_init(&text, LOOPWIKI_MAX_BODY);
	if (hook->find == NULL) {
		buf_str(&text, hook->text);
	} else if (page == NULL || (found = strstr(
	    (last = lw_last(wiki, page))->text, hook->find)) == NULL) {
		good = false;
	} else {
		buf_add(&text, last->text, (size_t)(found - last->text));
		buf_str(&text, hook->text);
		buf_str(&text, found + strlen(hook->find));
	}
	if (good)
		lw_save(wiki, hook->title, hook->user, hook->summary,
		    buf_text(&text), text.len, false);
	buf_release(&text);
	return good;
}

void
lw_hook_run(struct loopwiki *wiki, const char *title, enum lw_when when)
{
	struct lw_hook hook;
	size_t i;

	for (i = 0; i < wiki->hook_len; i++) {
		hook = wiki->hooks[i];
		if (hook.when != when || strcmp(hook.title, title) != 0)
			continue;
		memmove(&wiki->hooks[i], &wiki->hooks[i + 1],
		    (--wiki->hook_len - i) * sizeof(hook));
		(void)lw_hook_do(wiki, &hook);
		return;
	}
}

static const char *
copy(struct loopwiki *wiki, const char *text)
{
	return text == NULL ? NULL : loop_must(arena_copy(&wiki->room, text,
	    strlen(text)));
}

bool
lw_hook_add(struct loopwiki *wiki, const struct lw_hook *hook)
{
	struct lw_hook *added = &wiki->hooks[wiki->hook_len];

	if (wiki->hook_len == LOOPWIKI_MAX_HOOKS)
		return false;
	wiki->hook_len++;
	added->when = hook->when;
	added->title = copy(wiki, hook->title);
	added->user = copy(wiki, hook->user);
	added->summary = copy(wiki, hook->summary);
	added->find = copy(wiki, hook->find);
	added->text = copy(wiki, hook->text);
	return true;
}
