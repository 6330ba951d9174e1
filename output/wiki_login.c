/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "fetch/http.h"
#include "output/wiki_private.h"

enum {
	BOT_PASSWORD = 32	/* characters at least */
};

static void
forget(char **token)
{
	if (*token != NULL)
		mem_wipe(*token, strlen(*token));
	mem_free(*token);
	*token = NULL;
}

void
wiki_forget_token(struct wiki *wiki)
{
	forget(&wiki->token);
}

/* Write the request and ask; what went wrong is in `out`. */
static const struct err *
ask(struct wiki *wiki, const char *query, struct wiki_call *call,
    struct wiki_answer *answer, struct wiki_turn *out)
{
	const struct err *err;
	struct buf path;

	buf_init(&path, HTTP_MAX_PATH);
	buf_fmt(&path, "%s%s", wiki->config.path, query);
	call->path = buf_text(&path);
	err = buf_error(&path, "a request");
	if (err == NULL)
		err = wiki_ask(wiki, call, answer, out);
	buf_release(&path);
	return err;
}

static const struct err *
fetch_token(struct wiki *wiki, const char *query, enum wiki_said want,
    char **token)
{
	struct wiki_call call = {
		.what = "no token can be had", .want = want
	};
	struct wiki_answer answer;
	const struct err *err;
	struct wiki_turn turn;
	const char *told;

	forget(token);
	wiki_answer_init(&answer);
	err = ask(wiki, query, &call, &answer, &turn);
	if (err != NULL || turn.act != ACT_GOOD) {
		err = err != NULL ? err : turn.why;
		goto out;
	}
	told = answer.said[want];
	if (strlen(told) > WIKI_MAX_TOKEN) {
		err = err_new(ERR_SERVER, "%s: no token can be had: it is too "
		    "long: check the URL of its API", wiki->config.name);
		goto out;
	}
	*token = mem_copy(told, strlen(told));
	if (*token == NULL)
		err = err_memory();
out:
	wiki_answer_release(&answer);
	return err;
}

/* Is it one that MediaWiki tries as a bot password?  Others are taken for
 * that of the account itself (includes/user/BotPassword.php). */
static bool
is_bot_password(const struct wiki *wiki)
{
	const char *secret = wiki->password, *at = strrchr(secret, '@');
	const char *user_at = strchr(wiki->config.user, '@');

	if (user_at == NULL && at == NULL)
		return false;
	if (user_at == NULL)
		secret = at + 1;
	return strlen(secret) >= BOT_PASSWORD && secret[strspn(secret,
	    "0123456789abcdefghijklmnopqrstuvw")] == '\0';
}

static const struct err *
refused(const struct wiki *wiki, const struct err *why)
{
	if (why->kind != ERR_CONFIG || is_bot_password(wiki))
		return why;
	return err_new(why->kind, "%s; what was given is no bot password: "
	    "those are of a user Name@app and have 32 or more characters, "
	    "0-9 and a-w alone", why->text);
}

/* One login with the token. */
static const struct err *
log_in(struct wiki *wiki, struct wiki_turn *turn)
{
	struct wiki_call call = {
		.what = "login failed", .secret = wiki->config.password,
		.want = SAID_LOGIN
	};
	struct wiki_answer answer;
	const struct err *err;
	struct buf form;

	wiki_answer_init(&answer);
	buf_init(&form, WIKI_MAX_FORM);
	buf_str(&form, "action=login&" WIKI_FORMAT "&lgname=");
	http_quote(&form, wiki->config.user);
	buf_str(&form, "&lgtoken=");
	http_quote(&form, wiki->login_token);
	call.form = buf_text(&form);
	err = buf_error(&form, "a login");
	if (err == NULL)
		err = ask(wiki, "", &call, &answer, turn);
	if (err == NULL && turn->act == ACT_GOOD &&
	    answer.said[SAID_OLD_LOGIN] != NULL &&
	    strcmp(answer.said[SAID_OLD_LOGIN], "main-account-login") == 0)
		wiki_say(wiki, "%s: login by the account's own password, "
		    "which wikis may stop to take: use a bot password",
		    wiki->config.name);
	if (form.data != NULL)
		mem_wipe(form.data, form.len);
	buf_release(&form);
	wiki_answer_release(&answer);
	return err;
}

const struct err *
wiki_login(struct wiki *wiki)
{
	struct wiki_turn turn;
	const struct err *err;
	unsigned tries;

	wiki->logged_in = false;
	wiki_forget_token(wiki);
	if (wiki->config.user == NULL)
		return err_new(ERR_CONFIG, "%s: nothing can be saved: no "
		    "account is named: give the user of a bot password, "
		    "Name@app", wiki->config.name);
	for (tries = 0; tries < 2; tries++) {
		err = fetch_token(wiki, "?action=query&meta=tokens&type=login&"
		    WIKI_FORMAT, SAID_LOGIN_TOKEN, &wiki->login_token);
		if (err == NULL)
			err = log_in(wiki, &turn);
		if (err != NULL)
			return err;
		if (turn.act != ACT_TOKEN)
			break;
	}
	if (turn.act != ACT_GOOD)
		return refused(wiki, turn.why);
	forget(&wiki->login_token);
	wiki->logged_in = true;
	return NULL;
}

const struct err *
wiki_ready(struct wiki *wiki)
{
	const struct err *err = NULL;

	if (!wiki->logged_in)
		err = wiki_login(wiki);
	if (err == NULL && wiki->token == NULL)
		err = fetch_token(wiki, "?action=query&meta=tokens&type=csrf&"
		    WIKI_FORMAT, SAID_TOKEN, &wiki->token);
	return err;
}
