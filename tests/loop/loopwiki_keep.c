/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The file that keeps the pages over a restart: a line of JSON a change, in
 * the order in which they happened.  A line that was cut off when the
 * server was killed did not happen.
 */
#include "tests/loop/loopwiki_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	MAX_FILE = 512 << 20
};

/* --- writing --- */

static void
member(struct buf *line, const char *name, const char *value, size_t len)
{
	buf_fmt(line, ",\"%s\":", name);
	slice_quote(line, value, len);
}

static void
put(struct loopwiki *wiki, struct buf *line)
{
	buf_str(line, "}\n");
	fwrite(line->data, 1, line->len, wiki->keep);
	fflush(wiki->keep);
	buf_release(line);
}

void
lw_keep_revision(struct loopwiki *wiki, const char *title,
    const struct lw_revision *revision)
{
	struct buf line;

	if (wiki->keep == NULL)
		return;
	buf_init(&line, MAX_FILE);
	buf_fmt(&line, "{\"do\":\"save\",\"time\":%lld,\"minor\":%s",
	    (long long)revision->time, revision->minor ? "true" : "false");
	member(&line, "title", title, strlen(title));
	member(&line, "user", revision->user, strlen(revision->user));
	member(&line, "summary", revision->summary,
	    strlen(revision->summary));
	member(&line, "text", revision->text, revision->len);
	put(wiki, &line);
}

void
lw_keep_change(struct loopwiki *wiki, const char *what, const char *title,
    const char *value)
{
	struct buf line;

	if (wiki->keep == NULL)
		return;
	buf_init(&line, MAX_FILE);
	buf_fmt(&line, "{\"do\":\"%s\"", what);
	member(&line, "title", title, strlen(title));
	member(&line, "value", value, strlen(value));
	put(wiki, &line);
}

/* --- reading --- */

/* A string as it was before slice_quote; the caller frees. */
static char *
unquote(struct slice value, size_t *len)
{
	struct slice text = slice_inside(value);
	char *out = loop_must(mem_alloc(text.len + 1, 1)), digits[5] = "";
	size_t i, end = 0;
	bool escape;

	for (i = 0; i < text.len; i++) {
		escape = text.at[i] == '\\' && i + 1 < text.len;
		i += escape;
		if (escape && text.at[i] == 'u' && i + 4 < text.len) {
			memcpy(digits, text.at + i + 1, 4);
			out[end++] = (char)strtoul(digits, NULL, 16);
			i += 4;
		} else {
			out[end++] = text.at[i];
		}
	}
	*len = end;
	return out;
}

static void
replay_save(struct loopwiki *wiki, struct slice line, const char *title)
{
	size_t len;
	char *user = unquote(slice_get(line, "user"), &len);
	char *summary = unquote(slice_get(line, "summary"), &len);
	char *text = unquote(slice_get(line, "text"), &len);

	lw_save(wiki, title, user, summary, text, len,
	    slice_true(slice_get(line, "minor")));
	wiki->revisions[wiki->revision_len - 1].time =
	    slice_int(slice_get(line, "time"));
	mem_free(user);
	mem_free(summary);
	mem_free(text);
}

static void
replay(struct loopwiki *wiki, struct slice line)
{
	struct slice what = slice_inside(slice_get(line, "do"));
	struct lw_page *page;
	size_t len;
	char *title = unquote(slice_get(line, "title"), &len);
	char *value = unquote(slice_get(line, "value"), &len);

	if (slice_is(what, "save")) {
		replay_save(wiki, line, title);
	} else if (slice_is(what, "delete")) {
		lw_delete(wiki, title);
	} else if (slice_is(what, "guard")) {
		lw_guard(wiki, title, value[0] != '\0');
	} else if (slice_is(what, "model")) {
		lw_model(wiki, title, value);
	} else if (slice_is(what, "move")) {
		/* Its redirect was saved as a revision. */
		page = lw_page_find(wiki, title);
		mem_free(page->title);
		page->title = value;
		value = NULL;
	}
	mem_free(title);
	mem_free(value);
}

bool
lw_keep_open(struct loopwiki *wiki)
{
	const char *at, *end;
	struct buf text;
	bool whole;

	buf_init(&text, MAX_FILE);
	(void)file_read(wiki->config.keep, &text);
	for (at = buf_text(&text); (end = strchr(at, '\n')) != NULL;
	    at = end + 1)
		replay(wiki, (struct slice){ at, (size_t)(end - at) });
	/* Without the line that was cut off. */
	whole = file_replace(wiki->config.keep, buf_text(&text),
	    (size_t)(at - buf_text(&text))) == NULL;
	buf_release(&text);
	wiki->keep = whole ? fopen(wiki->config.keep, "a") : NULL;
	if (wiki->keep == NULL)
		fprintf(stderr, "loopwiki: %s: %s\n", wiki->config.keep,
		    strerror(errno));
	return wiki->keep != NULL;
}
