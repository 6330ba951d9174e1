/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The loopback Bugzilla's HTTP: libmicrohttpd, a thread a connection. */
#include "tests/loop/loopzilla.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
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

/* Sleep, but no longer than the server lives. */
static void
sleep_ms(struct loopzilla *server, unsigned ms)
{
	const struct timespec step = { 0, 5000000 };
	bool stop = false;

	for (; ms >= 5 && !stop; ms -= 5) {
		nanosleep(&step, NULL);
		pthread_mutex_lock(&server->lock);
		stop = server->stopping;
		pthread_mutex_unlock(&server->lock);
	}
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

int64_t
loop_milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

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

/* The body of an answer that ends too early. */
struct partial {
	struct loopzilla *server;
	char *data;
	size_t len;		/* that come */
	bool stall;
};

static ssize_t
give_part(void *arg, uint64_t at, char *out, size_t most)
{
	struct partial *partial = arg;
	size_t part = partial->len - (size_t)at;

	if (part == 0 && partial->stall)
		sleep_ms(partial->server,
		    1000 * partial->server->config.wait_s);
	if (part == 0)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (part > most)
		part = most;
	memcpy(out, partial->data + at, part);
	return (ssize_t)part;
}

static void
free_part(void *arg)
{
	struct partial *partial = arg;

	mem_free(partial->data);
	mem_free(partial);
}

static struct MHD_Response *
response_of(struct loop_request *request)
{
	struct partial *partial;
	size_t len = request->body.len;

	if (request->way == WAY_WHOLE || len < 2)
		return MHD_create_response_from_buffer(len,
		    request->body.data, MHD_RESPMEM_MUST_COPY);
	partial = loop_must(mem_alloc(1, sizeof(*partial)));
	partial->server = request->server;
	partial->data = loop_must(buf_take(&request->body));
	partial->len = len / 2;
	partial->stall = request->way == WAY_STALL;
	return MHD_create_response_from_callback(len, 16384, give_part,
	    partial, free_part);
}

static void
add_headers(struct MHD_Response *response,
    const struct loop_request *request)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon",
	    "Tue", "Wed" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
	    "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t now = now_of(request->server), year, month, day;
	char text[64], time[DATE_SIZE];

	date_split(date_day(now), &year, &month, &day);
	date_format_time(now, time);
	snprintf(text, sizeof(text), "%s, %02d %s %04d %.8s GMT",
	    days[date_day(now) % 7], (int)day, months[month - 1], (int)year,
	    time + 11);
	MHD_add_response_header(response, "Date", text);
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

/* Reset the connection: what Linux makes of an address of no family. */
static void
make_reset(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const struct sockaddr none = { .sa_family = AF_UNSPEC };

	if (info != NULL)
		(void)connect(info->connect_fd, &none, sizeof(none));
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
	enum MHD_Result result = MHD_NO;

	(void)version;
	(void)upload;
	*upload_len = 0;
	request->server = server;
	request->path = path;
	request->target = *state != NULL ? *state : "";
	request->get = strcmp(method, "GET") == 0;
	pthread_mutex_lock(&server->lock);
	read_request(request, connection);
	if (strncmp(path, "/loop/", 6) == 0)
		answer_loop(request);
	else
		answer_rest(request);
	pthread_mutex_unlock(&server->lock);
	sleep_ms(server, request->sleep_ms);
	if (request->way == WAY_RESET)
		make_reset(connection);
	if (request->way != WAY_RESET && request->way != WAY_SILENT) {
		response = loop_must(response_of(request));
		add_headers(response, request);
		result = MHD_queue_response(connection,
		    (unsigned)request->status, response);
		MHD_destroy_response(response);
	}
	buf_release(&request->body);
	mem_free(request);
	return result;
}

static void *
on_target(void *arg, const char *target, struct MHD_Connection *connection)
{
	(void)arg;
	(void)connection;
	return mem_copy(target, strlen(target));
}

static void
on_completed(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	(void)arg;
	(void)connection;
	(void)code;
	mem_free(*state);
	*state = NULL;
}

/* --- its life --- */

static bool
listen_on(struct loopzilla *server)
{
	struct sockaddr_in address;
	const union MHD_DaemonInfo *info;

	memset(&address, 0, sizeof(address));
	address.sin_family = AF_INET;
	address.sin_port = htons(server->config.port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->daemon = MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION |
	    MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
	    MHD_USE_SUPPRESS_DATE_NO_CLOCK, server->config.port, NULL, NULL,
	    on_request, server,
	    MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
	    MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)256 << 10,
	    MHD_OPTION_END);
	if (server->daemon == NULL)
		return false;
	info = MHD_get_daemon_info(server->daemon,
	    MHD_DAEMON_INFO_BIND_PORT);
	server->port = info->port;
	return true;
}

struct loopzilla *
loopzilla_start(const struct loopzilla_config *config)
{
	struct loopzilla *server = loop_must(mem_alloc(1, sizeof(*server)));
	size_t i;

	server->config = *config;
	server->random = config->seed;
	pthread_mutex_init(&server->lock, NULL);
	for (i = 0; i < config->folder_len; i++)
		if (!loop_load_folder(server, config->folders[i])) {
			loopzilla_stop(server);
			return NULL;
		}
	loop_invent(server);
	if (!listen_on(server)) {
		fprintf(stderr, "loopzilla: can't listen: %s\n",
		    strerror(errno));
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
	pthread_mutex_lock(&server->lock);
	server->stopping = true;
	pthread_mutex_unlock(&server->lock);
	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon);
	pthread_mutex_destroy(&server->lock);
	loop_data_free(server);
	mem_free(server);
}

uint16_t
loopzilla_port(const struct loopzilla *server)
{
	return server->port;
}

bool
loopzilla_fault(struct loopzilla *server, const char *rule)
{
	bool good;

	pthread_mutex_lock(&server->lock);
	good = loop_fault_add(server, rule);
	pthread_mutex_unlock(&server->lock);
	return good;
}

bool
loopzilla_event(struct loopzilla *server, const char *event)
{
	bool good;

	pthread_mutex_lock(&server->lock);
	good = loop_event(server, event);
	pthread_mutex_unlock(&server->lock);
	return good;
}

void
loopzilla_set_now(struct loopzilla *server, int64_t now)
{
	pthread_mutex_lock(&server->lock);
	server->config.now = now;
	pthread_mutex_unlock(&server->lock);
}

uint64_t
loopzilla_requests(struct loopzilla *server)
{
	uint64_t requests;

	pthread_mutex_lock(&server->lock);
	requests = server->requests;
	pthread_mutex_unlock(&server->lock);
	return requests;
}
