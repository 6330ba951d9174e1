/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/wiki_session.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/http_setup.h"
#include "cmd/secret.h"
#include "cmd/session.h"
#include "fetch/http.h"
#include "output/wiki.h"

struct wiki_session {
	struct session *session;
	struct settings settings;	/* as they were: refresh changes the
					 * session's from source to source */
	struct http *http;
	struct wiki *wiki;
	char agent[HTTP_SETUP_AGENT];
	char base[HTTP_MAX_BASE + 1];
	char password[3 * SECRET_MAX + 16];	/* "lgpassword=...", or "" */
};

/* The folder of a URL such as https://wiki.example/w/api.php, and in *path
 * what is behind it, "/api.php". */
static const struct err *
split_api(struct wiki_session *wiki, const char *api, const char *from,
    const char **path)
{
	const char *host = strstr(api, "://"), *file = strrchr(api, '/');
	size_t len = strlen(api), folder;

	if (strncmp(api, "https://", 8) != 0 &&
	    strncmp(api, "http://", 7) != 0)
		host = NULL;
	if (host == NULL || file <= host + 3 || !text_is_clean(api, len) ||
	    strcspn(api, "@?# \t\n\"<>[]{}|\\^`") != len ||
	    strlen(file) < sizeof("/x.php") - 1 ||
	    strcmp(api + len - 4, ".php") != 0)
		return err_new(ERR_CONFIG, "%s: not the URL of a wiki's API: "
		    "give it as https://wiki.example/api.php, without an "
		    "account", from);
	folder = (size_t)(file - api);
	if (folder >= sizeof(wiki->base))
		return err_new(ERR_CONFIG, "%s: not the URL of a wiki's API: "
		    "it is too long: correct it", from);
	memcpy(wiki->base, api, folder);
	wiki->base[folder] = '\0';
	*path = file;
	return NULL;
}

static const struct err *
set_api(struct wiki_session *wiki, const struct wiki_place *place,
    struct wiki_config *config)
{
	const struct settings *settings = &wiki->settings;

	config->name = place->api != NULL ? place->api :
	    settings->value[SET_WIKI_API];
	if (config->name == NULL)
		return err_new(ERR_CONFIG, "the wiki: its API is not named: "
		    "give its URL by --api, MEDIAWIKI_API_URL or wiki-api in "
		    "the settings");
	return split_api(wiki, config->name, place->api != NULL ?
	    place->api : settings->from[SET_WIKI_API], &config->path);
}

/* The account, where there is one with a password. */
static const struct err *
set_account(struct wiki_session *wiki, const struct wiki_place *place,
    struct wiki_config *config)
{
	const struct secret_place from = { place->password_file,
	    place->password_command, place->credential };
	const struct settings *settings = &wiki->settings;
	const char *user = place->user != NULL ? place->user :
	    settings->value[SET_WIKI_USER];
	const struct err *err;
	struct secret secret;
	struct buf quoted;

	if (user == NULL)
		return !place->writes ? NULL : err_new(ERR_CONFIG, "%s: no "
		    "account is named: give the user of a bot password, "
		    "Name@app, by --user, MEDIAWIKI_USER or wiki-user in the "
		    "settings", config->name);
	err = secret_read(&secret, settings, SECRET_PASSWORD, &from);
	if (err == NULL && secret.text[0] != '\0') {
		buf_fixed(&quoted, wiki->password, sizeof(wiki->password));
		buf_str(&quoted, "lgpassword=");
		http_quote(&quoted, secret.text);
		err = buf_error(&quoted, "the password");
		config->user = user;
		config->password = wiki->password;
	} else if (err == NULL && place->writes)
		err = err_new(ERR_CONFIG, "%s: there is no password for %s: "
		    "give it by MEDIAWIKI_PASSWORD, --password-file or "
		    "wiki-password-file in the settings", config->name, user);
	secret_wipe(&secret);
	return err;
}

static void
say(void *arg, const char *line)
{
	const struct session *session = arg;

	session_say(session, "%s", line);
}

static const struct err *
set_up(struct wiki_session *wiki, const struct wiki_place *place)
{
	struct session *session = wiki->session;
	struct wiki_config config = {
		.human = place->human,
		.stop_page = place->stop_page != NULL ? place->stop_page :
		    wiki->settings.value[SET_STOP_PAGE],
		.retries = WIKI_SESSION_RETRIES,
		.second_ms = 1000,
		.random = http_setup_random(),
		.say = session->verbose > 0 ? say : NULL,
		.say_arg = session
	};
	struct http_config http = {
		.base = wiki->base,
		.cookies = true,
		.header = WIKI_ERROR_HEADER,
		.jobs = 1,
		.total_seconds = WIKI_SESSION_SECONDS,
		.stall_seconds = WIKI_SESSION_STALL,
		.max_bytes = WIKI_MAX_ANSWER
	};
	const struct err *err;

	err = set_api(wiki, place, &config);
	if (err == NULL)
		err = set_account(wiki, place, &config);
	if (err == NULL)
		err = http_setup(session, &http, wiki->agent);
	if (err == NULL)
		err = http_new(&wiki->http, &http);
	if (err != NULL)
		return err;
	config.http = wiki->http;
	return wiki_new(&wiki->wiki, &config);
}

const struct err *
wiki_session_new(struct wiki_session **out, struct session *session,
    const struct wiki_place *place)
{
	const struct err *err;
	struct wiki_session *wiki;

	*out = NULL;
	wiki = mem_alloc(1, sizeof(*wiki));
	if (wiki == NULL)
		return err_memory();
	wiki->session = session;
	err = settings_copy(&wiki->settings, &session->settings);
	if (err == NULL)
		err = set_up(wiki, place);
	if (err == NULL)
		*out = wiki;
	else
		wiki_session_free(wiki);
	return err;
}

void
wiki_session_free(struct wiki_session *wiki)
{
	if (wiki == NULL)
		return;
	wiki_free(wiki->wiki);
	http_free(wiki->http);
	settings_release(&wiki->settings);
	mem_wipe(wiki->password, sizeof(wiki->password));
	mem_free(wiki);
}

struct wiki *
wiki_session_wiki(const struct wiki_session *wiki)
{
	return wiki->wiki;
}

bool
wiki_session_may_save(const struct wiki_session *wiki)
{
	return wiki->password[0] != '\0';
}
