/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* action=query: pages with their revisions, tokens, who one is. */
#include "tests/loop/loopwiki_private.h"

#include <stdlib.h>
#include <string.h>

#include <nettle/sha1.h>

enum {
	MAX_PAGES = 50		/* of a request */
};

/* A page that was asked for. */
struct wanted {
	struct lw_title title;
	const char *from;	/* the title as it came */
	size_t from_len;
	const struct lw_page *page;	/* NULL: missing */
	int64_t revision;	/* 0: the newest */
};

struct pages {
	struct wanted item[MAX_PAGES];
	size_t len;
	int64_t bad[MAX_PAGES];	/* revisions that are not there */
	size_t bad_len;
};

static void
quoted(struct buf *out, const char *name, const char *text)
{
	buf_fmt(out, ",\"%s\":", name);
	slice_quote(out, text, strlen(text));
}

/* --- which pages --- */

static void
add_title(struct lw_request *request, struct pages *pages, const char *text,
    size_t len)
{
	struct wanted *item = &pages->item[pages->len];
	size_t i;

	memset(item, 0, sizeof(*item));
	lw_title_read(&item->title, text, len);
	item->from = text;
	item->from_len = len;
	for (i = 0; i < pages->len; i++)
		if (strcmp(pages->item[i].title.text, item->title.text) == 0)
			return;
	if (item->title.wrong == NULL)
		item->page = lw_page_find(request->wiki, item->title.text);
	pages->len++;
}

static void
add_revision(struct lw_request *request, struct pages *pages, int64_t id)
{
	struct wanted *item = &pages->item[pages->len];

	memset(item, 0, sizeof(*item));
	item->page = lw_page_by_revision(request->wiki, id);
	item->revision = id;
	if (item->page == NULL)
		pages->bad[pages->bad_len++] = id;
	else
		pages->len++;
}

static void
read_wanted(struct lw_request *request, struct pages *pages)
{
	const char *titles = lw_arg(request, "titles");
	const char *at = titles != NULL ? titles : lw_arg(request, "revids");
	const char *bar = "|";
	size_t len;

	if (at != NULL && *at == '\x1f') {
		bar = "\x1f";
		at++;
	}
	while (at != NULL && *at != '\0' && pages->len < MAX_PAGES &&
	    pages->bad_len < MAX_PAGES) {
		len = strcspn(at, bar);
		if (titles != NULL)
			add_title(request, pages, at, len);
		else
			add_revision(request, pages, strtoll(at, NULL, 10));
		at += len;
		at += *at != '\0';
	}
}

static void
write_normalized(struct buf *out, const struct pages *pages)
{
	const char *before = ",\"normalized\":[";
	size_t i;

	for (i = 0; i < pages->len; i++) {
		const struct wanted *item = &pages->item[i];

		if (item->revision != 0 || item->title.wrong != NULL ||
		    slice_is((struct slice){ item->from, item->from_len },
		    item->title.text))
			continue;
		buf_fmt(out, "%s{\"fromencoded\":false,\"from\":", before);
		slice_quote(out, item->from, item->from_len);
		quoted(out, "to", item->title.text);
		buf_char(out, '}');
		before = ",";
	}
	buf_str(out, before[1] == '\0' ? "]" : "");
}

/* Follow redirects, once each. */
static void
write_redirects(struct lw_request *request, struct pages *pages)
{
	const char *before = ",\"redirects\":[";
	struct lw_title to;
	size_t i;

	for (i = 0; i < pages->len; i++) {
		struct wanted *item = &pages->item[i];

		if (item->page == NULL || !lw_redirect(lw_last(request->wiki,
		    item->page), &to))
			continue;
		buf_fmt(&request->body, "%s{\"from\":", before);
		slice_quote(&request->body, item->page->title,
		    strlen(item->page->title));
		quoted(&request->body, "to", to.text);
		buf_char(&request->body, '}');
		before = ",";
		item->title = to;
		item->page = lw_page_find(request->wiki, to.text);
	}
	buf_str(&request->body, before[1] == '\0' ? "]" : "");
}

/* --- what of them --- */

static void
write_sha1(struct buf *out, const struct lw_revision *revision)
{
	uint8_t digest[SHA1_DIGEST_SIZE];
	struct sha1_ctx context;
	size_t i;

	sha1_init(&context);
	sha1_update(&context, revision->len, (const uint8_t *)revision->text);
	sha1_digest(&context, sizeof(digest), digest);
	buf_str(out, ",\"sha1\":\"");
	for (i = 0; i < sizeof(digest); i++)
		buf_fmt(out, "%02x", (unsigned)digest[i]);
	buf_char(out, '"');
}

static void
write_revision(struct lw_request *request, const struct lw_page *page,
    const struct lw_revision *revision)
{
	static const char usual[] = "ids|timestamp|flags|comment|user";
	struct buf *out = &request->body;
	char time[DATE_SIZE];
	bool slots = lw_flag(request, "rvslots");
	size_t begin;

	buf_char(out, '{');
	begin = out->len;
	if (lw_among(request, "rvprop", "ids", usual))
		buf_fmt(out, ",\"revid\":%lld,\"parentid\":%lld",
		    (long long)revision->id, (long long)revision->parent);
	if (lw_among(request, "rvprop", "flags", usual))
		buf_fmt(out, ",\"minor\":%s", revision->minor ? "true" :
		    "false");
	if (lw_among(request, "rvprop", "user", usual))
		quoted(out, "user", revision->user);
	if (lw_among(request, "rvprop", "timestamp", usual))
		quoted(out, "timestamp", date_format_time(revision->time,
		    time));
	if (lw_among(request, "rvprop", "size", usual))
		buf_fmt(out, ",\"size\":%zu", revision->len);
	if (lw_among(request, "rvprop", "sha1", usual))
		write_sha1(out, revision);
	if (lw_among(request, "rvprop", "content", usual)) {
		buf_str(out, slots ? ",\"slots\":{\"main\":{" : ",");
		buf_fmt(out, "\"contentmodel\":\"%s\",\"contentformat\":"
		    "\"text/x-wiki\",\"content\":", page->model);
		slice_quote(out, revision->text, revision->len);
		buf_str(out, slots ? "}}" : "");
	}
	if (lw_among(request, "rvprop", "comment", usual))
		quoted(out, "comment", revision->summary);
	if (out->len > begin) {
		/* Without the first comma. */
		memmove(out->data + begin, out->data + begin + 1,
		    out->len - begin);
		out->len--;
	}
	buf_char(out, '}');
}

/* The one that was asked for, or the newest ones. */
static void
write_revisions(struct lw_request *request, const struct wanted *item)
{
	struct loopwiki *wiki = request->wiki;
	const struct lw_revision *revision = lw_last(wiki, item->page);
	const char *limit = lw_arg(request, "rvlimit");
	long long left = limit == NULL ? 1 : strcmp(limit, "max") == 0 ?
	    5000 : strtoll(limit, NULL, 10);

	if (item->revision != 0)
		revision = lw_revision_find(wiki, item->revision);
	buf_str(&request->body, ",\"revisions\":[");
	for (; revision != NULL && left > 0; left--) {
		write_revision(request, item->page, revision);
		revision = item->revision != 0 ? NULL :
		    lw_revision_find(wiki, revision->parent);
		if (revision != NULL && left > 1)
			buf_char(&request->body, ',');
	}
	buf_char(&request->body, ']');
}

static void
write_info(struct lw_request *request, const struct lw_page *page)
{
	struct buf *out = &request->body;
	const struct lw_revision *last = lw_last(request->wiki, page);
	struct lw_title to;
	char time[DATE_SIZE];

	buf_fmt(out, ",\"contentmodel\":\"%s\",\"pagelanguage\":\"en\"",
	    page->model);
	quoted(out, "touched", date_format_time(last->time, time));
	buf_fmt(out, ",\"lastrevid\":%lld,\"length\":%zu",
	    (long long)last->id, last->len);
	if (lw_redirect(last, &to))
		buf_str(out, ",\"redirect\":true");
	if (last->parent == 0)
		buf_str(out, ",\"new\":true");
}

static void
write_page(struct lw_request *request, const struct wanted *item)
{
	static const char other[] = "Some other page";
	struct buf *out = &request->body;
	const struct lw_page *page = item->page;
	struct lw_title title = item->title;
	bool info = lw_among(request, "prop", "info", "");

	if (title.wrong != NULL) {
		buf_str(out, "{\"title\":");
		slice_quote(out, item->from, item->from_len);
		buf_fmt(out, ",\"invalidreason\":{\"code\":\"%s\",\"text\":"
		    "\"No page can have this title.\"},\"invalid\":true}",
		    title.wrong);
		return;
	}
	if (page != NULL)
		lw_title_read(&title, page->title, strlen(page->title));
	if (page != NULL)
		buf_fmt(out, "{\"pageid\":%lld,\"ns\":%d",
		    (long long)page->id, title.space);
	else
		buf_fmt(out, "{\"ns\":%d", title.space);
	quoted(out, "title", request->other_title ? other : title.text);
	if (title.space < 0)
		buf_str(out, ",\"special\":true");
	else if (page == NULL)
		buf_str(out, ",\"missing\":true");
	if (page != NULL && lw_among(request, "prop", "revisions", ""))
		write_revisions(request, item);
	if (page != NULL && info)
		write_info(request, page);
	else if (info && title.space >= 0)
		buf_str(out, ",\"contentmodel\":\"wikitext\","
		    "\"pagelanguage\":\"en\"");
	buf_char(out, '}');
}

static int
by_id(const void *a, const void *b)
{
	const struct wanted *x = a, *y = b;
	int64_t left = x->page != NULL ? x->page->id : -1;
	int64_t right = y->page != NULL ? y->page->id : -1;

	return left < right ? -1 : left > right;
}

static void
write_pages(struct lw_request *request)
{
	static struct pages pages;	/* under the server's lock */
	struct buf *out = &request->body;
	size_t i;

	memset(&pages, 0, sizeof(pages));
	read_wanted(request, &pages);
	write_normalized(out, &pages);
	if (lw_flag(request, "redirects"))
		write_redirects(request, &pages);
	for (i = 0; i < pages.bad_len; i++)
		buf_fmt(out, "%s\"%lld\":{\"revid\":%lld,\"missing\":true}%s",
		    i == 0 ? ",\"badrevids\":{" : ",",
		    (long long)pages.bad[i], (long long)pages.bad[i],
		    i + 1 == pages.bad_len ? "}" : "");
	if (pages.len == 0)
		return;
	/* In no order of those that asked: what is missing first. */
	qsort(pages.item, pages.len, sizeof(pages.item[0]), by_id);
	buf_str(out, ",\"pages\":[");
	for (i = 0; i < pages.len; i++) {
		buf_str(out, i > 0 ? "," : "");
		write_page(request, &pages.item[i]);
	}
	buf_char(out, ']');
}

static void
write_userinfo(struct lw_request *request)
{
	const struct lw_account *account = request->account;

	buf_fmt(&request->body, ",\"userinfo\":{\"id\":%lld,\"name\":\"%s\"%s",
	    account != NULL ? (long long)account->id : 0, lw_user(request),
	    account == NULL ? ",\"anon\":true" : "");
	if (lw_among(request, "uiprop", "groups", ""))
		buf_fmt(&request->body, ",\"groups\":[%s\"*\"%s]",
		    account != NULL && account->id == 3 ? "\"bot\"," : "",
		    account != NULL ? ",\"user\"" : "");
	if (lw_among(request, "uiprop", "rights", ""))
		buf_fmt(&request->body, ",\"rights\":[\"read\"%s%s]",
		    lw_may(request, RIGHT_EDIT) ? ",\"edit\"" : "",
		    lw_may(request, RIGHT_BOT) ? ",\"bot\"" : "");
	buf_char(&request->body, '}');
}

void
lw_query(struct lw_request *request)
{
	struct buf *out = &request->body;
	char time[DATE_SIZE];
	size_t begin;

	buf_str(out, "{\"batchcomplete\":true");
	if (lw_flag(request, "curtimestamp"))
		quoted(out, "curtimestamp", date_format_time(
		    lw_now(request->wiki), time));
	buf_str(out, ",\"query\":{");
	begin = out->len;
	write_pages(request);
	if (lw_among(request, "meta", "userinfo", ""))
		write_userinfo(request);
	if (lw_among(request, "meta", "tokens", "")) {
		buf_char(out, ',');
		lw_write_tokens(request);
	}
	if (out->len > begin) {
		memmove(out->data + begin, out->data + begin + 1,
		    out->len - begin);
		out->len--;
	}
	buf_str(out, "}}");
}
