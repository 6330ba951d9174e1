/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Reports and other bytes, on their way out. */

#include "cmd/session.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/product.h"
#include "output/report.h"
#include "output/writer.h"

const struct err *
session_print(const char *data, size_t len)
{
	if (fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0)
		return NULL;
	/* HTTP has it ignored, see http_setup. */
	if (errno == EPIPE) {
		(void)signal(SIGPIPE, SIG_DFL);
		(void)raise(SIGPIPE);
	}
	return err_sys(ERR_SYSTEM, errno, "standard output");
}

/* The name of the format asked for. */
static const char *
format_name(const struct session *session)
{
	const char *name = option_last(&session->options, OPT_FORMAT);

	return name != NULL ? name : "text";
}

const struct err *
session_format(const struct session *session, const char *formats)
{
	const char *name = format_name(session), *at;
	size_t len = strlen(name);

	for (at = formats; at != NULL; at = strchr(at, '|')) {
		at += *at == '|';
		if (strncmp(at, name, len) == 0 &&
		    (at[len] == '|' || at[len] == '\0'))
			return NULL;
	}
	return err_new(ERR_USAGE, "--format: %s: not a format of this report: "
	    "one of %s", name, formats);
}

static const struct err *
choose_writer(const struct session *session, const char *formats,
    const struct writer **out)
{
	const char *name = format_name(session);
	const struct err *err = session_format(session, formats);

	if (err != NULL)
		return err;
	*out = writer_by_name(name);
	return *out != NULL ? NULL : err_new(ERR_USAGE, "--format: %s: no "
	    "such format", name);
}

bool
session_for_programs(const struct session *session)
{
	const char *name = option_last(&session->options, OPT_FORMAT);

	return name != NULL && (strcmp(name, "csv") == 0 ||
	    strncmp(name, "json", 4) == 0);
}

bool
session_color(const struct session *session, bool to_file)
{
	const char *when = option_last(&session->options, OPT_COLOR);
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != NULL && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return !to_file && (no == NULL || no[0] == '\0') &&
	    (term == NULL || strcmp(term, "dumb") != 0) &&
	    isatty(STDOUT_FILENO) != 0;
}

/* The store is no place for a report. */
static const struct err *
check_output(const struct session *session, const char *path)
{
	struct stat to, store;

	if (session->settings.value[SET_DB] == NULL || stat(path, &to) != 0 ||
	    stat(session->settings.value[SET_DB], &store) != 0 ||
	    to.st_dev != store.st_dev || to.st_ino != store.st_ino)
		return NULL;
	return err_new(ERR_USAGE, "--output: %s: is the store: name another "
	    "file", path);
}

/* Into a file, or to standard output (NULL). */
static const struct err *
hand_out(struct session *session, const struct report *report,
    const struct writer *writer, const struct writer_options *options,
    const char *path)
{
	const struct err *err;
	struct buf out;

	buf_init(&out, REPORT_MAX_BYTES);
	err = writer_run(writer, report, options, &session->diags, &out);
	if (err == NULL && path != NULL)
		err = file_replace(path, buf_text(&out), out.len);
	else if (err == NULL)
		err = session_print(buf_text(&out), out.len);
	buf_release(&out);
	return err;
}

const struct err *
session_output(struct session *session, struct report *report,
    const char *formats)
{
	const char *path = option_last(&session->options, OPT_OUTPUT);
	struct writer_options options = { false, 0, false };
	const struct writer *writer;
	const struct err *err;

	if (path != NULL && strcmp(path, "-") == 0)
		path = NULL;
	err = choose_writer(session, formats, &writer);
	if (err == NULL && writer->use == WRITER_CHART &&
	    report_first_chart(report) == NULL)
		err = err_new(ERR_USAGE, "--format: %s: there is no chart in "
		    "this report: choose another format", writer->name);
	if (err == NULL && path != NULL)
		err = check_output(session, path);
	if (err == NULL)
		err = report_error(report);
	if (err != NULL)
		return err;
	options.guard = option_given(&session->options, OPT_GUARD);
	session_say_past(session);
	if (session->product != NULL)
		return product_write(session->product, report, writer,
		    &options, &session->diags);
	options.color = session_color(session, path != NULL);
	return hand_out(session, report, writer, &options, path);
}
