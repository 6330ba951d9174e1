/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * https, with a server of Python's: whom to trust, and that nothing leads
 * back to http.
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <signal.h>
#include <unistd.h>

#include "tests/unit/http_fixture.h"

/* Made for this test: of 127.0.0.1 and no other, good until 2119. */
static const char identity[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguv7vN5CIT0wJQ9ct\n"
    "dKizCpJThgD2VrRls5tLil+F1kKhRANCAAScNxc7aMvYzh6f1KykqoGWLR1ZHaag\n"
    "KMONmCwIXU7dKdJ0g7DQSCbxgklPjNaL/Zy8ziUflV4tEwjonm4mT3Es\n"
    "-----END PRIVATE KEY-----\n"
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBfzCCASWgAwIBAgIUMyYeGuuWsGtH+taMpHtO9tAsuVkwCgYIKoZIzj0EAwIw\n"
    "HDEaMBgGA1UEAwwRYSB0ZXN0IG9mIGNhYnJpZWYwIBcNMjAwMTAxMDAwMDAwWhgP\n"
    "MjExOTEyMzEyMzU5NTlaMBwxGjAYBgNVBAMMEWEgdGVzdCBvZiBjYWJyaWVmMFkw\n"
    "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnDcXO2jL2M4en9SspKqBli0dWR2moCjD\n"
    "jZgsCF1O3SnSdIOw0Egm8YJJT4zWi/2cvM4lH5VeLRMI6J5uJk9xLKNDMEEwDwYD\n"
    "VR0RBAgwBocEfwAAATAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBTAX9i1NYx5\n"
    "m7X+MPnCRm6kgIy7xTAKBggqhkjOPQQDAgNIADBFAiArAzjJTP/cWxSuBdsTlwjN\n"
    "vo+bBqDbhWORPXIoa05O1wIhAJRYko8PPnyO74Vlv52W/l8034z/7FIwIJaQV7hp\n"
    "BHoY\n"
    "-----END CERTIFICATE-----\n";

/* Says its port; /?URL leads to the URL, all else is "ok". */
static const char program[] =
    "import http.server, ssl, sys\n"
    "class Handler(http.server.BaseHTTPRequestHandler):\n"
    "    protocol_version = 'HTTP/1.1'\n"
    "    def do_GET(self):\n"
    "        key = self.headers.get('X-Key', '')\n"
    "        to = self.path.partition('?')[2]\n"
    "        body = ('ok ' + key).encode()\n"
    "        self.send_response(302 if to else 200)\n"
    "        if to:\n"
    "            self.send_header('Location', to)\n"
    "        self.send_header('Content-Length', str(len(body)))\n"
    "        self.end_headers()\n"
    "        self.wfile.write(body)\n"
    "    def log_message(self, *args):\n"
    "        pass\n"
    "class Server(http.server.ThreadingHTTPServer):\n"
    "    def handle_error(self, request, client_address):\n"
    "        pass\n"
    "context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
    "context.load_cert_chain(sys.argv[1])\n"
    "server = Server(('127.0.0.1', 0), Handler)\n"
    "server.socket = context.wrap_socket(server.socket, server_side=True,\n"
    "    do_handshake_on_connect=False)\n"
    "print(server.server_address[1], flush=True)\n"
    "server.serve_forever()\n";

static char file[256];		/* holds `identity` */
static pid_t child;
static unsigned long port;	/* 0: there is no such server here */

static const struct raw_step ok[] = {
	SEND(HEAD "Content-Length: 2\r\n\r\nok"), KEEP
};
static const struct raw_script plain[] = { { "/", ok }, { NULL, NULL } };

static int
begin(void **state)
{
	const char *folder = getenv("TMPDIR");
	char text[32] = "";
	FILE *said;
	int fd, out[2];

	(void)state;
	snprintf(file, sizeof(file), "%s/test_http_tls.XXXXXX",
	    folder != NULL ? folder : "/tmp");
	fd = mkstemp(file);
	if (fd == -1 || write(fd, identity, sizeof(identity) - 1) == -1 ||
	    close(fd) == -1 || pipe(out) == -1)
		return -1;
	child = fork();
	if (child == 0) {
		(void)dup2(out[1], STDOUT_FILENO);
		(void)close(out[0]);
		(void)execlp("python3", "python3", "-c", program, file,
		    (char *)NULL);
		_exit(127);
	}
	(void)close(out[1]);
	said = fdopen(out[0], "r");
	if (said == NULL)
		return -1;
	if (child != -1 && fgets(text, sizeof(text), said) != NULL)
		port = strtoul(text, NULL, 10);
	fclose(said);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	if (child > 0) {
		(void)kill(child, SIGTERM);
		(void)waitpid(child, NULL, 0);
	}
	return unlink(file);
}

/* A fixture whose session is with Python's server. */
static void
secure(struct fixture *fx, const char *host)
{
	if (port == 0) {
		print_message("skipped: python3 with ssl is needed\n");
		skip();
	}
	fixture_begin(fx, plain);
	snprintf(fx->base, sizeof(fx->base), "https://%s:%lu", host, port);
}

static void
test_trusted(void **state)
{
	struct http_request request;
	struct fixture fx;

	(void)state;
	secure(&fx, "127.0.0.1");
	fx.config.ca_file = file;
	fx.config.secret = "X-Key: sesame";
	fixture_open(&fx);
	assert_body(get(&fx, "/"), "ok ");
	memset(&request, 0, sizeof(request));
	request.path = "/";
	request.secret = true;
	assert_null(http_ask(fx.http, &request));
	assert_body(next(&fx), "ok sesame");
	assert_body(get(&fx, "/?/there"), "ok ");
	fixture_end(&fx);
}

static void
test_untrusted(void **state)
{
	struct fixture fx;

	(void)state;
	secure(&fx, "127.0.0.1");
	fixture_open(&fx);
	assert_int_equal(get(&fx, "/")->fault, HTTP_UNTRUSTED);
	http_free(fx.http);
	/* Trusted, but with another name. */
	fx.config.ca_file = file;
	snprintf(fx.base, sizeof(fx.base), "https://localhost:%lu", port);
	fixture_open(&fx);
	assert_int_equal(get(&fx, "/")->fault, HTTP_UNTRUSTED);
	http_free(fx.http);
	/* A file that isn't there. */
	fx.config.ca_file = "/nonexistent/ca.pem";
	fixture_open(&fx);
	assert_int_equal(get(&fx, "/")->fault, HTTP_UNTRUSTED);
	fixture_end(&fx);
}

/* Not to http, neither with the key nor without. */
static void
test_not_back(void **state)
{
	const struct http_answer *answer;
	struct http_request request;
	struct fixture fx;
	char path[128];
	int i;

	(void)state;
	secure(&fx, "127.0.0.1");
	fx.config.ca_file = file;
	fx.config.secret = "X-Key: sesame";
	fixture_open(&fx);
	snprintf(path, sizeof(path), "/?http://127.0.0.1:%d/",
	    rawserver_port(fx.server));
	memset(&request, 0, sizeof(request));
	request.path = path;
	for (i = 0; i <= 1; i++) {
		request.secret = i == 1;
		assert_null(http_ask(fx.http, &request));
		answer = next(&fx);
		assert_non_null(answer);
		assert_int_equal(answer->fault, HTTP_REDIRECTED);
	}
	assert_int_equal(rawserver_connections(fx.server), 0);
	fixture_end(&fx);
}

/* What speaks no TLS is not spoken to without. */
static void
test_no_tls(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_begin(&fx, plain);
	snprintf(fx.base, sizeof(fx.base), "https://127.0.0.1:%d",
	    rawserver_port(fx.server));
	fx.config.total_seconds = 1;
	fixture_open(&fx);
	ask(&fx, "/", NULL);
	assert_true(next(&fx)->fault == HTTP_SLOW);
	assert_null(strstr(rawserver_heard(fx.server), "GET"));
	fixture_end(&fx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trusted),
		cmocka_unit_test(test_untrusted),
		cmocka_unit_test(test_not_back),
		cmocka_unit_test(test_no_tls),
	};

	forget_proxies();
	return cmocka_run_group_tests(tests, begin, end);
}
