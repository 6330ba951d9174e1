/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* action=edit, with what EditPage.php does about edits in between. */
#include "tests/loop/loopwiki_private.h"

#include <string.h>

#include <nettle/md5.h>

struct edit {
	struct lw_title title;
	struct buf text;	/* as it is saved */
	const char *summary;
	int64_t base;		/* 0: none was named */
	int64_t base_time;	/* DATE_NONE: none was named */
};

static bool
read_title(struct lw_request *request, struct edit *edit)
{
	const char *title = lw_arg(request, "title");

	if (title == NULL) {
		lw_error(request, "missingparam", "edit",
		    "\"title\" did not come.");
		return false;
	}
	lw_title_read(&edit->title, title, strlen(title));
	if (edit->title.wrong == NULL && edit->title.space >= 0)
		return true;
	lw_error(request, "invalidtitle", "edit",
	    "\"%.100s\" can be no page's title.", title);
	return false;
}

/* Is there a page, where there must be one or none? */
static bool
exists_well(struct lw_request *request, const struct edit *edit)
{
	bool there = lw_page_find(request->wiki, edit->title.text) != NULL;

	if (lw_flag(request, "createonly") && there)
		lw_error(request, "articleexists", "edit",
		    "There is such a page.");
	else if (lw_flag(request, "nocreate") && !there)
		lw_error(request, "missingtitle", "edit",
		    "There is no such page.");
	else
		return true;
	return false;
}

static bool
may_edit(struct lw_request *request, const struct edit *edit)
{
	const struct lw_page *page = lw_page_find(request->wiki,
	    edit->title.text);

	if (!lw_may(request, RIGHT_EDIT))
		lw_error(request, "permissiondenied", "edit",
		    "Editing is not yours to do.");
	else if (edit->title.space == 8)
		lw_error(request, "protectednamespace-interface", "edit",
		    "The wiki speaks with this page.");
	else if (page != NULL && page->guarded)
		lw_error(request, "protectedpage", "edit",
		    "This page is protected.");
	else
		return true;
	return false;
}

static bool
md5_fits(struct lw_request *request, const struct lw_arg *text)
{
	const char *want = lw_arg(request, "md5");
	uint8_t digest[MD5_DIGEST_SIZE];
	struct md5_ctx context;
	char found[33];
	size_t i;

	if (want == NULL)
		return true;
	md5_init(&context);
	md5_update(&context, text->len, (const uint8_t *)text->value);
	md5_digest(&context, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++)
		snprintf(found + 2 * i, 3, "%02x", (unsigned)digest[i]);
	if (strcmp(found, want) == 0)
		return true;
	lw_error(request, "badmd5", "edit", "The text has another MD5.");
	return false;
}

/* Signatures are written out, line ends are one's own alone. */
static void
transform(struct lw_request *request, const struct lw_arg *text,
    struct buf *out)
{
	size_t len = lw_kept_len(text->value, text->len), i;
	char time[DATE_SIZE];

	for (i = 0; i < len; i++) {
		size_t tildes = strspn(text->value + i, "~");

		if (tildes >= 3) {
			tildes = tildes > 5 ? 5 : tildes;
			if (tildes < 5)
				buf_fmt(out, "[[User:%s]]", lw_user(request));
			if (tildes > 3)
				buf_str(out, date_format_time(
				    lw_now(request->wiki), time));
			i += tildes - 1;
		} else if (text->value[i] != '\r') {
			buf_char(out, text->value[i]);
		} else if (text->value[i + 1] != '\n') {
			buf_char(out, '\n');
		}
	}
}

/* Was every revision after that time the same user's?  In whole seconds:
 * what another one did in that second is not seen. */
static bool
only_own_since(const struct lw_request *request, const struct lw_page *page,
    int64_t time)
{
	struct loopwiki *wiki = request->wiki;
	const struct lw_revision *revision = lw_last(wiki, page);

	for (; revision != NULL && revision->time > time;
	    revision = lw_revision_find(wiki, revision->parent))
		if (strcmp(revision->user, lw_user(request)) != 0)
			return false;
	return true;
}

/* The newest revision that is not after that time. */
static const struct lw_revision *
revision_at(struct loopwiki *wiki, const struct lw_page *page, int64_t time)
{
	const struct lw_revision *revision = lw_last(wiki, page);

	while (revision != NULL && revision->time > time)
		revision = lw_revision_find(wiki, revision->parent);
	return revision;
}

/*
 * Put the edit onto what was saved since its base.  With a basetimestamp the
 * edits of the same account since then don't count, and are overwritten;
 * all else is merged where diff3 can.  false: an error was answered.
 */
static bool
resolve(struct lw_request *request, struct edit *edit)
{
	struct loopwiki *wiki = request->wiki;
	const struct lw_page *page = lw_page_find(wiki, edit->title.text);
	const struct lw_revision *last, *base;
	struct buf merged;

	if (page == NULL)
		return true;
	last = lw_last(wiki, page);
	if ((edit->base == 0 || edit->base == last->id) &&
	    (edit->base_time == DATE_NONE || edit->base_time == last->time))
		return true;
	if (edit->base_time != DATE_NONE &&
	    only_own_since(request, page, edit->base_time))
		return true;
	base = edit->base != 0 ? lw_revision_find(wiki, edit->base) :
	    revision_at(wiki, page, edit->base_time);
	buf_init(&merged, LOOPWIKI_MAX_BODY);
	if (base != NULL && lw_merge(base->text, base->len,
	    buf_text(&edit->text), edit->text.len, last->text, last->len,
	    &merged)) {
		buf_release(&edit->text);
		edit->text = merged;
		return true;
	}
	buf_release(&merged);
	lw_error(request, "editconflict", "edit", "An edit came between.");
	return false;
}

static bool
small(struct lw_request *request, const struct edit *edit)
{
	if (edit->text.len <= LOOPWIKI_MAX_TEXT)
		return true;
	lw_error(request, "contenttoobig", "edit",
	    "A page has %d kibibytes at most.", LOOPWIKI_MAX_TEXT >> 10);
	return false;
}

static void
write_saved(struct lw_request *request, const struct lw_revision *revision)
{
	const struct lw_page *page = &request->wiki->pages[revision->page];
	char time[DATE_SIZE];

	buf_fmt(&request->body, "{\"edit\":{%s\"result\":\"Success\","
	    "\"pageid\":%lld,\"title\":", revision->parent == 0 ?
	    "\"new\":true," : "", (long long)page->id);
	slice_quote(&request->body, request->other_title ? "Another page" :
	    page->title, strlen(request->other_title ? "Another page" :
	    page->title));
	buf_fmt(&request->body, ",\"contentmodel\":\"%s\",\"oldrevid\":%lld,"
	    "\"newrevid\":%lld,\"newtimestamp\":\"%s\"}}", page->model,
	    (long long)revision->parent, (long long)revision->id,
	    date_format_time(revision->time, time));
}

static void
save(struct lw_request *request, const struct edit *edit)
{
	struct loopwiki *wiki = request->wiki;
	const struct lw_page *page = lw_page_find(wiki, edit->title.text);
	const struct lw_revision *last = page != NULL ? lw_last(wiki, page) :
	    NULL;
	const char *text = buf_text(&edit->text);
	size_t len = lw_kept_len(text, edit->text.len);

	if (last != NULL && slice_is((struct slice){ text, len },
	    last->text)) {
		buf_fmt(&request->body, "{\"edit\":{\"result\":\"Success\","
		    "\"pageid\":%lld,\"title\":", (long long)page->id);
		slice_quote(&request->body, page->title,
		    strlen(page->title));
		buf_fmt(&request->body, ",\"contentmodel\":\"%s\","
		    "\"nochange\":true}}", page->model);
	} else {
		write_saved(request, lw_save(wiki, edit->title.text,
		    lw_user(request), edit->summary, text, len,
		    lw_flag(request, "minor")));
		lw_hook_run(wiki, edit->title.text, WHEN_AFTER);
	}
}

static bool
read_base(struct lw_request *request, struct edit *edit)
{
	const char *time = lw_arg(request, "basetimestamp");

	edit->base_time = DATE_NONE;
	if (time != NULL && !date_parse_time(time, strlen(time),
	    &edit->base_time)) {
		lw_error(request, "badtimestamp", "edit",
		    "\"basetimestamp\" is no time.");
		return false;
	}
	return lw_number(request, "baserevid", &edit->base);
}

void
lw_edit(struct lw_request *request)
{
	const struct lw_arg *text = lw_arg_whole(request, "text");
	struct edit edit;

	memset(&edit, 0, sizeof(edit));
	buf_init(&edit.text, LOOPWIKI_MAX_BODY);
	edit.summary = lw_arg(request, "summary");
	if (edit.summary == NULL)
		edit.summary = "";
	if (text == NULL) {
		lw_error(request, "missingparam", "edit",
		    "\"text\" did not come.");
		return;
	}
	if (read_base(request, &edit) && read_title(request, &edit) &&
	    exists_well(request, &edit) && may_edit(request, &edit) &&
	    md5_fits(request, text)) {
		transform(request, text, &edit.text);
		lw_hook_run(request->wiki, edit.title.text, WHEN_BEFORE);
		if (small(request, &edit) && exists_well(request, &edit) &&
		    resolve(request, &edit) && small(request, &edit))
			save(request, &edit);
	}
	buf_release(&edit.text);
}
