/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <errno.h>
#include <fcntl.h>
#include <libxml/xmlversion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"
#include "cmd/options.h"
#include "cmd/session.h"

enum {
	HELP_MAX = 64 << 10	/* bytes of the longest help */
};

/* Leave no temporary file behind, and end as the signal says. */
static void
on_signal(int number)
{
	file_forget_temporary();
	folder_forget_temporary();
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

static void
catch_signals(void)
{
	static const int numbers[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE };
	struct sigaction action;
	size_t i;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_signal;
	(void)sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		(void)sigaction(numbers[i], &action, NULL);
}

/* The first file or connection would take the place of a standard one that
 * was closed, and what is printed would go there.  Opened the wrong way
 * round, it is as useless as closed. */
static void
keep_standard_places(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
			(void)open("/dev/null", fd == STDIN_FILENO ?
			    O_WRONLY : O_RDONLY);
}

/* --help, --version and what completion asks. */
static const struct err *
print_about(const struct options *options)
{
	const struct err *err;
	struct buf out;

	buf_init(&out, HELP_MAX);
	if (option_given(options, OPT_COMPLETE))
		options_complete(&out, options->command);
	else if (option_given(options, OPT_HELP))
		options_help(&out, options->command);
	else
		buf_str(&out, "cabrief " CABRIEF_VERSION "\n"
		    "libxml2 " LIBXML_DOTTED_VERSION "\n");
	err = buf_error(&out, "the help");
	if (err == NULL)
		err = session_print(buf_text(&out), out.len);
	buf_release(&out);
	return err;
}

static const struct err *
run(struct session *session)
{
	const struct options *options = &session->options;
	const struct err *err;

	if (option_given(options, OPT_HELP) ||
	    option_given(options, OPT_VERSION) ||
	    option_given(options, OPT_COMPLETE))
		return print_about(options);
	err = session_open(session);
	if (err == NULL)
		err = command_at(options->command)->run(session);
	return err;
}

int
main(int argc, char **argv)
{
	struct session session;
	const struct err *err;
	int status = 0;

	memset(&session, 0, sizeof(session));
	keep_standard_places();
	catch_signals();
	err = options_read(&session.options, argc, argv);
	if (err == NULL)
		err = run(&session);
	if (err != NULL) {
		session_complain(err);
		status = (int)err->kind;
	}
	/* What was left out may be what was looked for. */
	if ((status == ERR_NONE || status == ERR_CHECK) &&
	    session.diags.count[DIAG_BAD] > 0)
		status = ERR_PARTIAL;
	session_close(&session);
	return status;
}
