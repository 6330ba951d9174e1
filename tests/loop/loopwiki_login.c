/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Accounts, sessions and their tokens. */
#include "tests/loop/loopwiki_private.h"

#include <string.h>

#include "base/mem.h"
#include "classify/splitmix.h"

/* What a session without an account has for a token. */
static const char nobody[] = "+\\";

static const struct lw_account accounts[] = {
	{ "CAIncidentBot", 3, "publish", "0123456789abcdef0123456789abcdef",
	    RIGHT_EDIT | RIGHT_BOT },
	{ "CAIncidentBot", 3, "nobot", "0123456789abcdef0123456789abcdef",
	    RIGHT_EDIT },
	{ "CAIncidentBot", 3, "readonly", "fedcba9876543210fedcba9876543210",
	    0 },
	{ "Alice", 4, "tables", "0123456789abcdef0123456789abcdef",
	    RIGHT_EDIT },
	{ "Alice", 4, NULL, "human-account-pass-1", RIGHT_EDIT }
};

/* --- sessions --- */

static void
fill(struct loopwiki *wiki, char *out, size_t digits)
{
	static const char hex[] = "0123456789abcdef";

	for (; digits > 0; digits--)
		*out++ = hex[splitmix_next(&wiki->random) % 16];
	*out = '\0';
}

static void
make_token(struct loopwiki *wiki, char out[43])
{
	fill(wiki, out, 40);
	memcpy(out + 40, nobody, sizeof(nobody));
}

static struct lw_session *
new_session(struct lw_request *request, const struct lw_account *account)
{
	struct loopwiki *wiki = request->wiki;
	struct lw_session *session;

	if (wiki->session_len == LOOPWIKI_MAX_SESSIONS)
		wiki->session_len = 0;
	session = &wiki->sessions[wiki->session_len++];
	memset(session, 0, sizeof(*session));
	fill(wiki, session->id, 32);
	make_token(wiki, session->login);
	make_token(wiki, session->csrf);
	session->account = account;
	snprintf(request->cookie, sizeof(request->cookie),
	    "loopwiki_%ssession=%s; path=/; HttpOnly",
	    account != NULL && account->app != NULL ? "BP" : "",
	    session->id);
	return session;
}

/* The value of a cookie, "" when it did not come. */
static struct slice
cookie(const char *cookies, const char *name)
{
	size_t len = strlen(name);

	for (; cookies != NULL && *cookies != '\0'; cookies++) {
		cookies += strspn(cookies, "; ");
		if (strncmp(cookies, name, len) == 0 && cookies[len] == '=')
			return (struct slice){ cookies + len + 1,
			    strcspn(cookies + len + 1, "; ") };
		cookies += strcspn(cookies, ";");
		if (*cookies == '\0')
			break;
	}
	return (struct slice){ "", 0 };
}

void
lw_session_find(struct lw_request *request, const char *cookies)
{
	static const char *const names[] = { "loopwiki_session",
	    "loopwiki_BPsession" };
	struct loopwiki *wiki = request->wiki;
	size_t i, j;

	for (i = 0; i < 2; i++)
		for (j = 0; j < wiki->session_len; j++)
			if (!wiki->sessions[j].lost && slice_is(
			    cookie(cookies, names[i]), wiki->sessions[j].id))
				request->session = &wiki->sessions[j];
	request->account = request->session != NULL ?
	    request->session->account : NULL;
}

void
lw_sessions_lose(struct loopwiki *wiki)
{
	size_t i;

	for (i = 0; i < wiki->session_len; i++)
		wiki->sessions[i].lost = true;
}

bool
lw_may(const struct lw_request *request, enum lw_right right)
{
	if (request->account == NULL)
		return right == RIGHT_EDIT && !request->wiki->config.closed;
	return (request->account->rights & (unsigned)right) != 0;
}

const char *
lw_user(const struct lw_request *request)
{
	return request->account != NULL ? request->account->name :
	    "127.0.0.1";
}

/* --- tokens --- */

bool
lw_token_good(const struct lw_request *request, const char *token)
{
	return strcmp(token, request->account != NULL ?
	    request->session->csrf : nobody) == 0;
}

void
lw_write_tokens(struct lw_request *request)
{
	struct buf *out = &request->body;
	const char *token;
	bool both = lw_among(request, "type", "csrf", "csrf");

	buf_str(out, "\"tokens\":{");
	if (both) {
		token = request->account != NULL ? request->session->csrf :
		    nobody;
		buf_str(out, "\"csrftoken\":");
		slice_quote(out, token, strlen(token));
	}
	if (lw_among(request, "type", "login", "csrf")) {
		if (request->session == NULL)
			request->session = new_session(request, NULL);
		buf_fmt(out, "%s\"logintoken\":", both ? "," : "");
		slice_quote(out, request->session->login,
		    strlen(request->session->login));
	}
	buf_char(out, '}');
}

/* --- action=login --- */

/* Others than these are never tried against a bot password. */
static bool
could_be(const char *password)
{
	return strlen(password) >= 32 &&
	    strspn(password, "0123456789abcdefghijklmnopqrstuvw") ==
	    strlen(password);
}

/* "Name@app" with its password, or "Name" with "app@password". */
static bool
fits(const struct lw_account *account, const char *name,
    const char *password)
{
	size_t len = strlen(account->name);
	const char *at;

	if (strncmp(name, account->name, len) != 0)
		return false;
	if (account->app == NULL)
		return name[len] == '\0' &&
		    strcmp(password, account->password) == 0;
	if (name[len] == '@') {
		at = name + len + 1;
		len = strlen(at);
	} else {
		at = password;
		len = strcspn(password, "@");
		password += len + (password[len] == '@');
		if (name[strlen(account->name)] != '\0')
			return false;
	}
	return strlen(account->app) == len &&
	    memcmp(at, account->app, len) == 0 && could_be(password) &&
	    strcmp(password, account->password) == 0;
}

static const struct lw_account *
account_of(const char *name, const char *password)
{
	size_t i;

	for (i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++)
		if (fits(&accounts[i], name, password))
			return &accounts[i];
	return NULL;
}

static void
failed(struct lw_request *request, const char *code, const char *text)
{
	const char *format = lw_arg(request, "errorformat");

	buf_str(&request->body, "{\"login\":{\"result\":\"Failed\","
	    "\"reason\":");
	if (format != NULL && strcmp(format, "bc") != 0)
		buf_fmt(&request->body, "{\"code\":\"%s\",\"text\":\"%s\"}",
		    code, text);
	else
		buf_fmt(&request->body, "\"%s\"", text);
	buf_str(&request->body, "}}");
}

static void
succeed(struct lw_request *request, const struct lw_account *account)
{
	request->session->lost = true;
	new_session(request, account);
	buf_char(&request->body, '{');
	if (account->app == NULL)
		buf_str(&request->body, "\"warnings\":[{\"code\":"
		    "\"deprecation\",\"text\":\"A main account, where a bot "
		    "password is wanted.\",\"data\":{\"feature\":"
		    "\"main-account-login\"},\"module\":\"login\"}],");
	buf_fmt(&request->body, "\"login\":{\"result\":\"Success\","
	    "\"lguserid\":%lld,\"lgusername\":\"%s\"}}",
	    (long long)account->id, account->name);
}

void
lw_login(struct lw_request *request)
{
	const char *token = lw_arg(request, "lgtoken");
	const char *name = lw_arg(request, "lgname");
	const char *password = lw_arg(request, "lgpassword");
	const struct lw_account *account;

	if (token == NULL || token[0] == '\0') {
		if (request->session == NULL)
			request->session = new_session(request, NULL);
		buf_str(&request->body, "{\"login\":{\"result\":"
		    "\"NeedToken\",\"token\":");
		slice_quote(&request->body, request->session->login,
		    strlen(request->session->login));
		buf_str(&request->body, "}}");
		return;
	}
	if (request->session == NULL) {
		failed(request, "sessionlost", "There is no session.");
		return;
	}
	if (strcmp(token, request->session->login) != 0) {
		buf_str(&request->body,
		    "{\"login\":{\"result\":\"WrongToken\"}}");
		return;
	}
	account = account_of(name != NULL ? name : "", password != NULL ?
	    password : "");
	if (account == NULL)
		failed(request, "wrongpassword", "Name or password is wrong.");
	else
		succeed(request, account);
}
