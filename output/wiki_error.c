/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/text.h"
#include "fetch/http.h"
#include "output/wiki_private.h"

/* A login in a session of a bot password. */
#define ALIVE "api-login-fail-badsessionprovider"

/* Error codes, of the wiki's modules and extensions, and results of a login;
 * "*" at the end stands for anything. */
static const struct row {
	const char *code;
	enum wiki_act act;
	enum err_kind kind;
	const char *why, *todo;
} rows[] = {
	/* It passes. */
	{ "maxlag", ACT_LAG, ERR_SERVER,
	    "its database lags behind", "try again later" },
	{ "ratelimited", ACT_RATE, ERR_SERVER,
	    "it limits how often may be edited",
	    "try again later, or give the account the right noratelimit" },
	{ "login-throttled", ACT_RATE, ERR_SERVER,
	    "it limits how often may be tried", "try again in an hour" },
	{ "Throttled", ACT_RATE, ERR_SERVER,
	    "it limits how often may be tried", "try again in an hour" },
	{ "internal_api_error*", ACT_AGAIN, ERR_SERVER, "it failed inside",
	    "try again later, and tell its keepers when it stays so" },
	{ "readonly", ACT_STOP, ERR_SERVER, "nothing may be written at "
	    "present", "try again when it is open again" },

	/* Session and token. */
	{ "badtoken", ACT_TOKEN, ERR_SERVER, "it refuses its own token",
	    "try again later: it may be losing its sessions" },
	{ "WrongToken", ACT_TOKEN, ERR_SERVER, "it refuses its own token",
	    "try again later: it may be losing its sessions" },
	{ "NeedToken", ACT_TOKEN, ERR_SERVER, "it lost its own token",
	    "try again later: it may be losing its sessions" },
	{ "sessionlost", ACT_TOKEN, ERR_SERVER, "it lost the session",
	    "try again later: it may be losing its sessions" },
	{ "assertbotfailed", ACT_LOGIN, ERR_CONFIG, "the session was lost, "
	    "or the account is no bot's: that right comes with the grant "
	    "\"High-volume editing\" of the bot password",
	    "give it that grant in Special:BotPasswords, or say that it is "
	    "a person's account: --assert user, or assert = user in a plan" },
	{ "assertuserfailed", ACT_LOGIN, ERR_CONFIG, "the session was lost",
	    "try again later, and check the user and its bot password" },
	{ "assertnameduserfailed", ACT_LOGIN, ERR_CONFIG,
	    "the session was lost, or is another account's",
	    "write the user as the wiki does: Name@app" },
	{ "readapidenied", ACT_LOGIN, ERR_CONFIG, "only those who may read "
	    "there are let in", "name an account, with a bot password that "
	    "has the grant \"Basic rights\"" },

	/* The account and its rights. */
	{ "wrongpassword", ACT_STOP, ERR_CONFIG,
	    "the user or the password is wrong", "check both: the user is "
	    "Name@app, the password is the one that Special:BotPasswords "
	    "showed for it" },
	{ "WrongPass", ACT_STOP, ERR_CONFIG, "the password is wrong",
	    "check it: Special:BotPasswords makes new ones" },
	{ "WrongPluginPass", ACT_STOP, ERR_CONFIG, "the password is wrong",
	    "check it: Special:BotPasswords makes new ones" },
	{ "EmptyPass", ACT_STOP, ERR_CONFIG, "the password is empty",
	    "check where it comes from" },
	{ "NotExists", ACT_STOP, ERR_CONFIG, "there is no such user",
	    "check the user: Name@app" },
	{ "Illegal", ACT_STOP, ERR_CONFIG, "that can be no user",
	    "check the user: Name@app" },
	{ "NoName", ACT_STOP, ERR_CONFIG, "that can be no user",
	    "check the user: Name@app" },
	{ "botpasswords-*", ACT_STOP, ERR_CONFIG,
	    "the bot password can't be used", "make a new one in "
	    "Special:BotPasswords" },
	/* The session is alive, and a login isn't needed. */
	{ ALIVE, ACT_GOOD, ERR_SERVER, "it is logged in", "report it" },
	{ "Aborted", ACT_STOP, ERR_CONFIG, "it wants more than a password",
	    "use a bot password, from Special:BotPasswords" },
	{ "Failed", ACT_STOP, ERR_CONFIG, "the account is refused",
	    "check the user and its bot password" },
	{ "permissiondenied", ACT_STOP, ERR_CONFIG, "the account may not do "
	    "that", "give its bot password the grant \"Edit existing pages\" "
	    "in Special:BotPasswords" },
	{ "blocked", ACT_STOP, ERR_CONFIG, "the account is blocked",
	    "ask the wiki's administrators" },
	{ "autoblocked", ACT_STOP, ERR_CONFIG, "the address is blocked",
	    "ask the wiki's administrators" },
	{ "globalblocking-*", ACT_STOP, ERR_CONFIG, "the address is blocked",
	    "ask the wiki's administrators" },
	{ "confirmemail", ACT_STOP, ERR_CONFIG, "the account has no "
	    "confirmed e-mail address", "confirm it in its preferences" },
	{ "writeapidenied", ACT_STOP, ERR_CONFIG, "the account may not edit "
	    "by programs", "ask the wiki's administrators" },
	{ "noapiwrite", ACT_STOP, ERR_CONFIG, "nobody may edit by programs",
	    "ask the wiki's keepers" },

	/* The page. */
	{ "missingtitle", ACT_GONE, ERR_CONFIG, "there is no such page",
	    "make it by hand, with the marks in it" },
	{ "pagedeleted", ACT_GONE, ERR_CONFIG, "the page was deleted",
	    "make it by hand, with the marks in it" },
	{ "editconflict", ACT_CONFLICT, ERR_LOCK, "somebody has changed it",
	    "try again" },
	{ "nosuchrevid", ACT_CONFLICT, ERR_LOCK, "its revision is gone",
	    "try again" },
	{ "invalidtitle", ACT_STOP, ERR_CONFIG, "that is no title",
	    "correct it" },
	{ "protectedpage", ACT_STOP, ERR_SERVER, "the page is protected",
	    "ask the wiki's administrators, or name another page" },
	{ "cascadeprotected", ACT_STOP, ERR_SERVER, "the page is protected "
	    "by another one that includes it",
	    "ask the wiki's administrators, or name another page" },
	{ "protectednamespace*", ACT_STOP, ERR_SERVER,
	    "its namespace is protected",
	    "ask the wiki's administrators, or name another page" },
	{ "protectedtitle", ACT_STOP, ERR_SERVER, "the title is protected",
	    "ask the wiki's administrators, or name another page" },
	{ "articleexists", ACT_STOP, ERR_SERVER, "it takes the edit for a "
	    "new page", "report it" },

	/* The text. */
	{ "spamblacklist", ACT_STOP, ERR_SERVER, "the text has a link that "
	    "it forbids", "take the link out, or ask the wiki's "
	    "administrators to allow it" },
	{ "abusefilter-*", ACT_STOP, ERR_SERVER, "its abuse filter refuses "
	    "the edit", "ask the wiki's administrators" },
	{ "titleblacklist*", ACT_STOP, ERR_SERVER, "it forbids that title",
	    "name another page" },
	{ "captcha", ACT_STOP, ERR_SERVER, "it asks for a captcha, which "
	    "only a person can solve",
	    "give the account the right skipcaptcha" },
	{ "contenttoobig", ACT_STOP, ERR_SERVER, "the page would be too long",
	    "put less on it" },
	{ "badmd5", ACT_STOP, ERR_SERVER, "the text did not come to it as it "
	    "was sent", "try again later, and report it when it stays so" },
	{ "hookaborted", ACT_STOP, ERR_SERVER, "an extension of it refuses "
	    "the edit", "ask the wiki's keepers" },

	{ "*", ACT_STOP, ERR_SERVER, "it refuses",
	    "see what its API's help says of that code" }
};

static bool
is_code(const char *pattern, const char *code)
{
	const size_t len = strlen(pattern) - 1;

	return pattern[len] == '*' ? strncmp(pattern, code, len) == 0 :
	    strcmp(pattern, code) == 0;
}

static const struct row *
row_of(const char *code)
{
	const struct row *row = rows;

	while (!is_code(row->code, code))
		row++;
	return row;
}

const char *
wiki_code(const struct wiki_answer *answer, const char *header, char *room,
    size_t size)
{
	const char *const *said = answer->said;
	size_t len;

	if (said[SAID_CODE] != NULL)
		return said[SAID_CODE];
	if (header[0] != '\0') {
		/* Several codes have commas between. */
		len = text_cut(header, strcspn(header, ", "), size - 1);
		memcpy(room, header, len);
		room[len] = '\0';
		return room;
	}
	if (said[SAID_LOGIN] != NULL &&
	    strcmp(said[SAID_LOGIN], "Success") != 0)
		return said[SAID_LOGIN_CODE] != NULL ?
		    said[SAID_LOGIN_CODE] : said[SAID_LOGIN];
	if (said[SAID_EDIT] == NULL || strcmp(said[SAID_EDIT], "Success") == 0)
		return NULL;
	if (said[SAID_CAPTCHA] != NULL)
		return "captcha";
	return said[SAID_EDIT_CODE] != NULL ? said[SAID_EDIT_CODE] :
	    said[SAID_EDIT];
}

/* Length of the secret, or of one in it, that `text` begins with; 0: none.
 * A token's end is the same for all. */
static size_t
begins(const char *text, const char *secret)
{
	size_t len = secret != NULL ? strcspn(secret, "+") : 0;

	return len >= WIKI_MIN_SECRET && strncmp(text, secret, len) == 0 ?
	    len : 0;
}

/* What stands behind the first such byte; NULL: it isn't there. */
static const char *
behind(const char *text, char byte)
{
	const char *at = text != NULL ? strchr(text, byte) : NULL;

	return at != NULL ? at + 1 : NULL;
}

/* The server's words, cut, without blanks around and without our secrets.
 * Returns `out`. */
static const char *
shown(const struct wiki *wiki, const char *text, char out[WIKI_MAX_SAID + 1])
{
	const char *const secrets[] = {
		wiki->password, behind(wiki->password, '@'),
		behind(wiki->config.password, '='),
		wiki->token, wiki->login_token
	};
	size_t i, skip, len = text != NULL ? strlen(text) : 0;
	uint32_t codepoint;
	struct buf room;

	buf_fixed(&room, out, WIKI_MAX_SAID + 1);
	if (len > 0)
		text_trim(&text, &len);
	for (; len > 0 && !room.full; text += skip, len -= skip) {
		for (i = skip = 0; skip == 0 &&
		    i < sizeof(secrets) / sizeof(secrets[0]); i++)
			skip = begins(text, secrets[i]);
		if (skip > 0)
			buf_str(&room, "***");
		else {
			skip = text_decode(text, len, &codepoint);
			buf_add(&room, text, skip);
		}
	}
	return out;
}

struct wiki_turn
wiki_refused(const struct wiki *wiki, const struct wiki_call *call,
    const char *code, const struct wiki_answer *answer)
{
	static const enum wiki_said words[] = {
		SAID_READONLY, SAID_MATCH, SAID_WHY, SAID_LOGIN_WHY,
		SAID_EDIT_WHY
	};
	char what[WIKI_MAX_SAID + 1], why[WIKI_MAX_SAID + 1];
	const struct row *row = row_of(code);
	struct wiki_turn turn = { row->act, NULL };
	size_t i = 0;

	if (row->act == ACT_GOOD && call->want == SAID_LOGIN)
		return turn;
	if (row->act == ACT_GOOD)
		turn.act = ACT_STOP;
	while (i < sizeof(words) / sizeof(words[0]) - 1 &&
	    answer->said[words[i]] == NULL)
		i++;
	shown(wiki, code, what);
	shown(wiki, answer->said[words[i]], why);
	turn.why = err_new(row->kind, "%s: %s: %s (it says %.*s%s%s): %s",
	    wiki->config.name, call->what, row->why, (int)text_cut(what,
	    strlen(what), WIKI_MAX_CODE), what, why[0] != '\0' ? ": " : "",
	    why, row->todo);
	/* It may have failed behind the saving. */
	if (call->save && (row->act == ACT_AGAIN ||
	    (answer->said[SAID_EDIT] != NULL &&
	    strcmp(answer->said[SAID_EDIT], "Success") == 0)))
		turn.act = ACT_UNSURE;
	return turn;
}

struct wiki_turn
wiki_lost(const struct wiki *wiki, const struct wiki_call *call,
    const struct http_answer *got)
{
	/* `unsure`: the request may have been heard all the same. */
	static const struct {
		enum err_kind kind;
		enum wiki_act act;
		bool unsure;
		const char *what, *todo;
	} faults[HTTP_FAULT__MAX] = {
		[HTTP_UNREACHABLE] = { ERR_NETWORK, ACT_AGAIN, false,
		    "it can't be reached",
		    "check the connection and the URL of its API" },
		[HTTP_UNTRUSTED] = { ERR_NETWORK, ACT_STOP, false,
		    "it can't be trusted",
		    "check the URL of its API, and the system's "
		    "certificates" },
		[HTTP_BROKEN] = { ERR_NETWORK, ACT_AGAIN, true,
		    "the answer broke off", "try again later" },
		[HTTP_SLOW] = { ERR_NETWORK, ACT_AGAIN, true,
		    "the answer took too long", "try again later" },
		[HTTP_LARGE] = { ERR_SERVER, ACT_STOP, true,
		    "the answer is too large", "check the URL of its API" },
		[HTTP_REDIRECTED] = { ERR_SERVER, ACT_STOP, false,
		    "it leads to another place", "check the URL of its API" }
	};
	struct wiki_turn turn = { faults[got->fault].act, NULL };
	char why[WIKI_MAX_SAID + 1];

	turn.why = err_new(faults[got->fault].kind, "%s: %s: %s: %s: %s",
	    wiki->config.name, call->what, faults[got->fault].what,
	    shown(wiki, got->why, why), faults[got->fault].todo);
	if (call->save && faults[got->fault].unsure)
		turn.act = ACT_UNSURE;
	return turn;
}

struct wiki_turn
wiki_nonsense(const struct wiki *wiki, const struct wiki_call *call,
    const struct http_answer *got, const struct err *wrong)
{
	struct wiki_turn turn = { ACT_AGAIN, NULL };
	char why[WIKI_MAX_SAID + 1];

	if (got->status == 429) {
		turn.act = ACT_RATE;
		turn.why = err_new(ERR_SERVER, "%s: %s: it limits requests "
		    "(status 429): try again later", wiki->config.name,
		    call->what);
		return turn;
	}
	shown(wiki, wrong != NULL ? wrong->text : got->type, why);
	turn.why = err_new(ERR_SERVER, "%s: %s: the answer, of status %d, is "
	    "none that was asked for (%s): check the URL of its API, and try "
	    "again later", wiki->config.name, call->what, got->status,
	    why[0] != '\0' ? why : "it is empty");
	/* What is refused before it is looked at is not saved. */
	if (got->status >= 400 && got->status < 500 && got->status != 408)
		turn.act = ACT_STOP;
	else if (call->save)
		turn.act = ACT_UNSURE;
	return turn;
}
