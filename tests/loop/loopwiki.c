/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The loopback MediaWiki's life and HTTP. */
#include "tests/loop/loopwiki.h"

#include <string.h>
#include <time.h>

#include "tests/loop/loopwiki_private.h"

enum {
	MAX_ROOM = 1 << 30
};

void
loopwiki_defaults(struct loopwiki_config *config)
{
	memset(config, 0, sizeof(*config));
	config->now = DATE_NONE;
	config->wait_s = 1;
}

int64_t
lw_now(const struct loopwiki *wiki)
{
	return wiki->config.now != DATE_NONE ? wiki->config.now :
	    (int64_t)time(NULL);
}

/* --- a request --- */

static enum lw_call
call_of(const struct lw_request *request)
{
	const char *action = lw_arg(request, "action");

	if (action == NULL)
		return LW_OTHER;
	if (strcmp(action, "edit") == 0)
		return LW_EDIT;
	if (strcmp(action, "login") == 0)
		return LW_LOGIN;
	if (strcmp(action, "query") != 0)
		return LW_OTHER;
	if (lw_flag(request, "titles") || lw_flag(request, "revids"))
		return LW_READ;
	return lw_among(request, "meta", "userinfo", "") ? LW_USERINFO :
	    LW_TOKENS;
}

/* `query` and `form` are decoded in their place. */
static void
read_request(struct lw_request *request, struct MHD_Connection *connection,
    char *query, char *form)
{
	lw_form_read(request, query, false);
	lw_form_read(request, form, true);
	request->call = call_of(request);
	request->status = 200;
	request->type = "application/json; charset=utf-8";
	request->sleep_ms = request->wiki->config.delay_ms;
	request->value = "";
	buf_init(&request->body, LOOPWIKI_MAX_BODY);
	lw_session_find(request, MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, "Cookie"));
}

/* NUMBER STATUS BYTES CALL USER FAULT CODE MS; no secret is shown. */
static void
log_request(const struct lw_request *request, const char *user, int64_t ms)
{
	static const char *const calls[] = { "other", "read", "tokens",
	    "userinfo", "login", "edit" };
	FILE *log = request->wiki->config.log;

	if (log == NULL)
		return;
	fprintf(log, "%llu %d %zu %s %s %s %s %lld\n",
	    (unsigned long long)request->number, request->status,
	    request->body.len, calls[request->call], user,
	    request->fault != NULL ? request->fault : "-",
	    request->code[0] != '\0' ? request->code : "-", (long long)ms);
	fflush(log);
}

static void
answer(struct lw_request *request)
{
	struct loopwiki *wiki = request->wiki;
	int64_t begin = loop_milliseconds();
	const char *user = lw_user(request);

	request->number = ++wiki->requests;
	wiki->called[request->call]++;
	lw_dispatch(request);
	log_request(request, user, loop_milliseconds() - begin +
	    request->sleep_ms);
}

static void
add_headers(struct MHD_Response *response, const struct lw_request *request)
{
	char number[32];

	loop_add_date(response, lw_now(request->wiki));
	MHD_add_response_header(response, "Content-Type", request->type);
	MHD_add_response_header(response, "Server", "loopwiki");
	MHD_add_response_header(response, "Cache-Control",
	    "private, must-revalidate, max-age=0");
	if (request->cookie[0] != '\0')
		MHD_add_response_header(response, "Set-Cookie",
		    request->cookie);
	if (request->code[0] != '\0')
		MHD_add_response_header(response, "MediaWiki-API-Error",
		    request->code);
	snprintf(number, sizeof(number), "%u", request->retry_after);
	if (request->retry_after > 0)
		MHD_add_response_header(response, "Retry-After", number);
	snprintf(number, sizeof(number), "%d", (int)request->lag);
	if (request->lag > 0)
		MHD_add_response_header(response, "X-Database-Lag", number);
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *upload,
    size_t *upload_len, void **state)
{
	struct loopwiki *wiki = arg;
	struct loop_coming *coming = *state;
	struct lw_request *request;
	struct MHD_Response *response;
	enum MHD_Result result;
	char *query, *form;

	(void)version;
	if (!coming->begun || *upload_len > 0) {
		coming->begun = true;
		buf_add(&coming->body, upload, *upload_len);
		*upload_len = 0;
		return MHD_YES;
	}
	request = loop_must(mem_alloc(1, sizeof(*request)));
	request->wiki = wiki;
	request->path = path;
	request->post = strcmp(method, "POST") == 0;
	query = strchr(coming->target, '?');
	form = loop_must(mem_copy(buf_text(&coming->body),
	    coming->body.len));
	pthread_mutex_lock(&wiki->host.lock);
	read_request(request, connection, query != NULL ? query + 1 : NULL,
	    form);
	if (strncmp(path, "/loop/", 6) == 0)
		lw_steer(request);
	else
		answer(request);
	pthread_mutex_unlock(&wiki->host.lock);
	loop_host_sleep(&wiki->host, request->sleep_ms);
	response = loop_response(&wiki->host, request->way, &request->body,
	    1000 * wiki->config.wait_s);
	if (response != NULL)
		add_headers(response, request);
	result = loop_respond(connection, request->way, request->status,
	    response);
	buf_release(&request->body);
	mem_free(request);
	mem_free(form);
	return result;
}

/* --- its life --- */

struct loopwiki *
loopwiki_start(const struct loopwiki_config *config)
{
	struct loopwiki *wiki = loop_must(mem_alloc(1, sizeof(*wiki)));

	wiki->config = *config;
	wiki->random = config->seed;
	wiki->sessions = loop_must(mem_alloc(LOOPWIKI_MAX_SESSIONS,
	    sizeof(*wiki->sessions)));
	arena_init(&wiki->room, MAX_ROOM);
	if ((config->keep == NULL || lw_keep_open(wiki)) &&
	    loop_host_start(&wiki->host, config->port, on_request, wiki))
		return wiki;
	loopwiki_stop(wiki);
	return NULL;
}

void
loopwiki_stop(struct loopwiki *wiki)
{
	if (wiki == NULL)
		return;
	loop_host_stop(&wiki->host);
	if (wiki->keep != NULL)
		fclose(wiki->keep);
	arena_release(&wiki->room);
	mem_free(wiki->sessions);
	lw_pages_free(wiki);
	mem_free(wiki);
}

uint16_t
loopwiki_port(const struct loopwiki *wiki)
{
	return wiki->host.port;
}

bool
loopwiki_fault(struct loopwiki *wiki, const char *rule)
{
	bool good;

	pthread_mutex_lock(&wiki->host.lock);
	good = lw_fault_add(wiki, rule);
	pthread_mutex_unlock(&wiki->host.lock);
	return good;
}
