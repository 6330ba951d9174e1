/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The loopback Bugzilla's HTTP: libmicrohttpd, a thread a connection. */
#include "tests/loop/loopzilla.h"

#include <time.h>

#include "base/mem.h"
#include "tests/loop/loop_private.h"

void
loopzilla_defaults(struct loopzilla_config *config)
{
	memset(config, 0, sizeof(*config));
	config->bmo = true;
	config->now = DATE_NONE;
	config->wait_s = 1;
	config->rate_calls = 75;
	config->rate_seconds = 60;
	config->block_seconds = 3600;
	config->max_results = 10000;
	config->max_target = 8190;
}

static int64_t
now_of(const struct loopzilla *server)
{
	return server->config.now != DATE_NONE ? server->config.now :
	    (int64_t)time(NULL);
}

/* --- what is asked --- */

static enum loop_call
call_of(const char *path)
{
	const char *last = strrchr(path, '/');

	if (strcmp(path, "/rest/version") == 0)
		return CALL_VERSION;
	if (strcmp(path, "/rest/valid_login") == 0)
		return CALL_LOGIN;
	if (strcmp(path, "/rest/bug") == 0)
		return CALL_SEARCH;
	if (strncmp(path, "/rest/bug/", 10) != 0)
		return strcmp(path, "/rest/whoami") == 0 ? CALL_WHOAMI :
		    CALL_OTHER;
	if (last == path + 9)
		return CALL_BUG;
	if (strcmp(last, "/comment") == 0)
		return CALL_COMMENT;
	return strcmp(last, "/history") == 0 ? CALL_HISTORY : CALL_OTHER;
}

static enum loop_key
key_of(const struct loop_request *request)
{
	const struct loopzilla_config *config = &request->server->config;
	const char *key = loop_arg(request, "api_key");

	if (key == NULL)
		key = loop_arg(request, "Bugzilla_api_key");
	/* Upstream does not know the header, and says nothing. */
	if (config->bmo && request->header_key != NULL)
		key = request->header_key;
	if (key == NULL || key[0] == '\0')
		return KEY_NONE;
	if (config->key != NULL && strcmp(key, config->key) == 0)
		return KEY_FULL;
	if (config->plain_key != NULL && strcmp(key, config->plain_key) == 0)
		return KEY_PLAIN;
	return KEY_WRONG;
}

static enum MHD_Result
on_arg(void *arg, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct loop_request *request = arg;

	(void)kind;
	if (request->arg_len == LOOP_MAX_ARGS)
		return MHD_NO;
	request->args[request->arg_len].name = name;
	request->args[request->arg_len++].value = value != NULL ? value : "";
	return MHD_YES;
}

static void
read_request(struct loop_request *request, struct MHD_Connection *connection)
{
	const char *accept = MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, "Accept");

	MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, on_arg,
	    request);
	request->header_key = MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, "X-BUGZILLA-API-KEY");
	request->html = accept != NULL && strstr(accept, "text/html") != NULL;
	request->call = call_of(request->path);
	request->key = key_of(request);
	request->at = request->server->config.now != DATE_NONE ?
	    request->server->config.now : INT64_MAX;
	request->status = 200;
	request->type = "application/json; charset=UTF-8";
	request->sleep_ms = request->server->config.delay_ms;
	buf_init(&request->body, LOOP_MAX_BODY);
}

/* --- what is answered --- */

/* NUMBER STATUS BYTES KEY FAULT MS TARGET; KEY says how one came, MS what
 * the answer takes, with the delay. */
static void
log_request(const struct loop_request *request, int64_t ms)
{
	FILE *log = request->server->config.log;
	bool query = loop_arg(request, "api_key") != NULL ||
	    loop_arg(request, "Bugzilla_api_key") != NULL;

	if (log == NULL)
		return;
	fprintf(log, "%llu %d %zu %s %s %lld %s\n",
	    (unsigned long long)request->number, request->status,
	    request->body.len, request->header_key != NULL ? "header" :
	    query ? "query" : "-", request->fault != NULL ? request->fault :
	    "-", (long long)ms, request->target);
	fflush(log);
}

static void
answer_rest(struct loop_request *request)
{
	struct loopzilla *server = request->server;
	int64_t begin = loop_milliseconds();

	request->number = ++server->requests;
	server->called[request->call]++;
	if (!loop_limit(request) && !loop_fault_before(request)) {
		loop_dispatch(request);
		loop_fault_after(request);
	}
	log_request(request, loop_milliseconds() - begin + request->sleep_ms);
}

/* Requests that steer: /loop/now?time=, /loop/fault?rule=, /loop/event?is=. */
static void
answer_loop(struct loop_request *request)
{
	struct loopzilla *server = request->server;
	const char *text;
	bool good = false;

	request->type = "text/plain";
	request->sleep_ms = 0;
	if ((text = loop_arg(request, "time")) != NULL)
		good = date_parse_time(text, strlen(text),
		    &server->config.now);
	else if ((text = loop_arg(request, "rule")) != NULL)
		good = loop_fault_add(server, text);
	else if ((text = loop_arg(request, "is")) != NULL)
		good = loop_event(server, text);
	request->status = good ? 200 : 400;
	buf_str(&request->body, good ? "done\n" : "not understood\n");
}

static void
add_headers(struct MHD_Response *response,
    const struct loop_request *request)
{
	char text[64];

	loop_add_date(response, now_of(request->server));
	MHD_add_response_header(response, "Content-Type", request->type);
	MHD_add_response_header(response, "Server", request->server->config.bmo
	    ? "Mojolicious (Perl)" : "Apache/2.4.71 (Debian)");
	MHD_add_response_header(response, "Set-Cookie",
	    "Bugzilla_login_request_cookie=loop; path=/; HttpOnly");
	MHD_add_response_header(response, "ETag", "kQ9QFM3SqfT6/eCUhc9kTw");
	if (request->location[0] != '\0')
		MHD_add_response_header(response, "Location",
		    request->location);
	snprintf(text, sizeof(text), "%u", request->server->config.wait_s);
	if (request->retry_after)
		MHD_add_response_header(response, "Retry-After", text);
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *upload,
    size_t *upload_len, void **state)
{
	struct loopzilla *server = arg;
	struct loop_request *request = loop_must(mem_alloc(1,
	    sizeof(*request)));
	struct MHD_Response *response;
	const struct loop_coming *coming = *state;
	enum MHD_Result result;

	(void)version;
	(void)upload;
	*upload_len = 0;
	request->server = server;
	request->path = path;
	request->target = coming != NULL ? coming->target : "";
	request->get = strcmp(method, "GET") == 0;
	pthread_mutex_lock(&server->host.lock);
	read_request(request, connection);
	if (strncmp(path, "/loop/", 6) == 0)
		answer_loop(request);
	else
		answer_rest(request);
	pthread_mutex_unlock(&server->host.lock);
	loop_host_sleep(&server->host, request->sleep_ms);
	response = loop_response(&server->host, request->way, &request->body,
	    1000 * server->config.wait_s);
	if (response != NULL)
		add_headers(response, request);
	result = loop_respond(connection, request->way, request->status,
	    response);
	buf_release(&request->body);
	mem_free(request);
	return result;
}

/* --- its life --- */

struct loopzilla *
loopzilla_start(const struct loopzilla_config *config)
{
	struct loopzilla *server = loop_must(mem_alloc(1, sizeof(*server)));
	size_t i;

	server->config = *config;
	server->random = config->seed;
	for (i = 0; i < config->folder_len; i++)
		if (!loop_load_folder(server, config->folders[i])) {
			loopzilla_stop(server);
			return NULL;
		}
	loop_invent(server);
	if (!loop_host_start(&server->host, config->port, on_request,
	    server)) {
		loopzilla_stop(server);
		return NULL;
	}
	return server;
}

void
loopzilla_stop(struct loopzilla *server)
{
	if (server == NULL)
		return;
	loop_host_stop(&server->host);
	loop_data_free(server);
	mem_free(server);
}

uint16_t
loopzilla_port(const struct loopzilla *server)
{
	return server->host.port;
}

bool
loopzilla_fault(struct loopzilla *server, const char *rule)
{
	bool good;

	pthread_mutex_lock(&server->host.lock);
	good = loop_fault_add(server, rule);
	pthread_mutex_unlock(&server->host.lock);
	return good;
}

bool
loopzilla_event(struct loopzilla *server, const char *event)
{
	bool good;

	pthread_mutex_lock(&server->host.lock);
	good = loop_event(server, event);
	pthread_mutex_unlock(&server->host.lock);
	return good;
}

void
loopzilla_set_now(struct loopzilla *server, int64_t now)
{
	pthread_mutex_lock(&server->host.lock);
	server->config.now = now;
	pthread_mutex_unlock(&server->host.lock);
}

uint64_t
loopzilla_requests(struct loopzilla *server)
{
	uint64_t requests;

	pthread_mutex_lock(&server->host.lock);
	requests = server->requests;
	pthread_mutex_unlock(&server->host.lock);
	return requests;
}
