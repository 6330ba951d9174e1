/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "fetch/http.h"
#include "output/wiki_private.h"

enum {
	MAX_WHAT = 512		/* bytes of a title with words around it */
};

/* Of a page: what wiki_page.c takes.  Redirects are not followed. */
static const char query[] = "?action=query&prop=revisions%7Cinfo&"
    "rvprop=ids%7Cuser%7Ccontentmodel%7Ccontent&rvslots=main&"
    "curtimestamp=1&" WIKI_FORMAT;

static int
digit_of(char c)
{
	static const char digits[] = "0123456789ABCDEFabcdef";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;
	int value = at != NULL ? (int)(at - digits) : -1;

	return value > 15 ? value - 6 : value;
}

/* What stands behind "NAME=" in a form, in place. */
static void
unquote(char *text)
{
	const char *in = strchr(text, '=');
	char *out = text;

	for (in = in != NULL ? in + 1 : text; *in != '\0'; in++)
		if (*in == '%' && digit_of(in[1]) >= 0 &&
		    digit_of(in[2]) >= 0) {
			*out++ = (char)(digit_of(in[1]) * 16 +
			    digit_of(in[2]));
			in += 2;
		} else
			*out++ = *in == '+' ? ' ' : *in;
	/* The secret's own end, behind the new one, goes too. */
	mem_wipe(out, strlen(out));
}

const struct err *
wiki_new(struct wiki **out, const struct wiki_config *config)
{
	struct wiki *wiki;

	*out = NULL;
	if ((config->user == NULL) != (config->password == NULL))
		return err_new(ERR_USAGE, "%s: an account can't be used: it "
		    "needs a user and a password: give both", config->name);
	wiki = mem_alloc(1, sizeof(*wiki));
	if (wiki == NULL)
		return err_memory();
	wiki->config = *config;
	wiki->random = config->random;
	if (config->user != NULL) {
		wiki->account = mem_copy(config->user,
		    strcspn(config->user, "@"));
		wiki->password = mem_copy(config->password,
		    strlen(config->password));
		if (wiki->account == NULL || wiki->password == NULL) {
			wiki_free(wiki);
			return err_memory();
		}
		unquote(wiki->password);
	}
	*out = wiki;
	return NULL;
}

void
wiki_free(struct wiki *wiki)
{
	char *const secrets[] = {
		wiki != NULL ? wiki->password : NULL,
		wiki != NULL ? wiki->login_token : NULL,
		wiki != NULL ? wiki->token : NULL
	};
	size_t i;

	if (wiki == NULL)
		return;
	for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		if (secrets[i] != NULL)
			mem_wipe(secrets[i], strlen(secrets[i]));
		mem_free(secrets[i]);
	}
	mem_free(wiki->account);
	mem_free(wiki);
}

const char *
wiki_account(const struct wiki *wiki)
{
	return wiki->account;
}

const struct err *
wiki_check_title(const struct wiki *wiki, const char *title)
{
	const size_t len = strlen(title);
	const char *why = NULL;

	if (len == 0)
		why = "it is empty";
	else if (len > WIKI_MAX_TITLE)
		why = "it is too long";
	else if (strpbrk(title, "#<>[]{}|\t\n") != NULL)
		why = "it holds one of # < > [ ] { } | or a line end";
	else if (!text_is_clean(title, len))
		why = "it holds what is no character";
	if (why == NULL)
		return NULL;
	return err_new(ERR_CONFIG, "%s: \"%.*s\" can be no page: %s: correct "
	    "the title", wiki->config.name, (int)text_cut(title, len,
	    WIKI_MAX_TITLE), title, why);
}

/* Ask for pages; log in where it is needed. */
static const struct err *
ask_pages(struct wiki *wiki, const char *what, const struct buf *path,
    struct wiki_answer *answer)
{
	const struct wiki_call call = {
		.what = what, .path = buf_text(path), .want = SAID_NOW
	};
	const struct err *err;
	struct wiki_turn turn;
	bool renewed = false;

	err = buf_error(path, "a request");
	while (err == NULL) {
		err = wiki_ask(wiki, &call, answer, &turn);
		if (err != NULL || turn.act == ACT_GOOD)
			break;
		if (turn.act != ACT_LOGIN || renewed ||
		    wiki->config.user == NULL)
			return turn.why;
		renewed = true;
		err = wiki_login(wiki);
	}
	return err;
}

/* Does the stop page say that nothing may be written? */
static const struct err *
read_stop(const struct wiki *wiki, const struct wiki_answer *answer,
    bool *stopped)
{
	const char *title = wiki->config.stop_page, *text;
	const struct err *err;
	struct wiki_page page;
	char what[MAX_WHAT];
	struct buf room;
	size_t len;

	wiki_page_init(&page);
	buf_fixed(&room, what, sizeof(what));
	buf_fmt(&room, "the stop page \"%s\" can't be read", title);
	err = wiki_page_take(answer, wiki->config.name, what, title, 0,
	    &page);
	text = buf_text(&page.text);
	len = page.text.len;
	text_trim(&text, &len);
	*stopped = err != NULL || len != 3 || memcmp(text, "run", 3) != 0;
	wiki_page_release(&page);
	return err;
}

const struct err *
wiki_read(struct wiki *wiki, const char *title, struct wiki_page *out)
{
	const char *stop = wiki->config.stop_page;
	struct wiki_answer answer;
	const struct err *err;
	char what[MAX_WHAT];
	struct buf path, room;

	wiki_page_release(out);
	err = wiki_check_title(wiki, title);
	if (err == NULL && stop != NULL)
		err = wiki_check_title(wiki, stop);
	if (err != NULL)
		return err;
	wiki_answer_init(&answer);
	buf_fixed(&room, what, sizeof(what));
	buf_fmt(&room, "\"%s\" can't be read", title);
	buf_init(&path, HTTP_MAX_PATH);
	buf_fmt(&path, "%s%s&titles=", wiki->config.path, query);
	http_quote(&path, title);
	if (stop != NULL) {
		buf_str(&path, "%7C");
		http_quote(&path, stop);
	}
	err = ask_pages(wiki, what, &path, &answer);
	if (err == NULL)
		err = wiki_page_take(&answer, wiki->config.name, what, title,
		    0, out);
	if (err == NULL && stop != NULL)
		err = read_stop(wiki, &answer, &out->stopped);
	if (err != NULL)
		wiki_page_release(out);
	buf_release(&path);
	wiki_answer_release(&answer);
	return err;
}

const struct err *
wiki_read_revision(struct wiki *wiki, int64_t revision,
    struct wiki_page *out)
{
	struct wiki_answer answer;
	const struct err *err;
	char what[MAX_WHAT];
	struct buf path, room;

	wiki_page_release(out);
	wiki_answer_init(&answer);
	buf_fixed(&room, what, sizeof(what));
	buf_fmt(&room, "revision %" PRId64 " can't be read", revision);
	buf_init(&path, HTTP_MAX_PATH);
	buf_fmt(&path, "%s%s&revids=%" PRId64, wiki->config.path, query,
	    revision);
	err = ask_pages(wiki, what, &path, &answer);
	if (err == NULL)
		err = wiki_page_take(&answer, wiki->config.name, what, NULL,
		    revision, out);
	buf_release(&path);
	wiki_answer_release(&answer);
	return err;
}
