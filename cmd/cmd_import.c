/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "cmd/progress.h"
#include "cmd/session.h"
#include "fetch/intake.h"

/* A file on its way in: its bytes are kept as the raw answer, and read. */
struct import {
	struct session *session;
	struct progress progress;
	const char *name;
	int fd;
};

static const struct err *
read_bytes(void *arg, char *data, size_t cap, size_t *got)
{
	struct import *import = arg;
	ssize_t len;

	*got = 0;
	do
		len = read(import->fd, data, cap);
	while (len < 0 && errno == EINTR);
	if (len < 0)
		return err_sys(ERR_CONFIG, errno, "%s: can't be read",
		    import->name);
	*got = (size_t)len;
	progress_add(&import->progress, (uint64_t)len);
	return store_page_raw(import->session->store, data, (size_t)len);
}

static const struct err *
put(void *arg, const struct bug *bug)
{
	struct import *import = arg;

	return store_put(import->session->store, bug);
}

static const struct err *
open_file(struct import *import, const char *path)
{
	struct stat st;

	import->name = path;
	if (strcmp(path, "-") == 0) {
		import->name = "standard input";
		import->fd = STDIN_FILENO;
		return NULL;
	}
	import->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (import->fd < 0)
		return err_sys(ERR_CONFIG, errno, "%s: can't be opened",
		    path);
	if (fstat(import->fd, &st) != 0)
		return err_sys(ERR_CONFIG, errno, "%s: can't be read", path);
	if (S_ISREG(st.st_mode))
		progress_total(&import->progress, (uint64_t)st.st_size);
	if (S_ISDIR(st.st_mode))
		return err_new(ERR_CONFIG, "%s: is a folder: name the files "
		    "in it", path);
	return NULL;
}

/* One file is one page: all of it is stored, or nothing. */
static const struct err *
import_file(struct import *import, const char *path)
{
	struct store *store = import->session->store;
	struct intake_source source = { NULL, read_bytes, import };
	struct intake_sink sink = { put, import, &import->session->diags };
	struct intake_result result;
	const struct err *err;

	import->fd = -1;
	err = open_file(import, path);
	if (err != NULL)
		goto out;
	source.name = import->name;
	err = store_page_begin(store, import->name);
	if (err != NULL)
		goto out;
	err = intake_read(&source, &sink, &result);
	if (err == NULL)
		err = store_page_commit(store,
		    intake_kind_name(result.kind));
	else
		store_page_rollback(store);
out:
	progress_end(&import->progress);
	if (import->fd > STDIN_FILENO)
		(void)close(import->fd);
	return err;
}

static void
say_counts(const struct session *session, size_t files)
{
	struct store_counts counts;

	store_run_counts(session->store, &counts);
	session_say(session, "import: %zu file%s: bugs: %" PRIu64 " new, %"
	    PRIu64 " changed, %" PRIu64 " unchanged; comments: %" PRIu64
	    " new, %" PRIu64 " changed; changes: %" PRIu64 " new", files,
	    files == 1 ? "" : "s", counts.bugs_new, counts.bugs_changed,
	    counts.bugs_same, counts.comments_new, counts.comments_changed,
	    counts.changes_new);
}

const struct err *
cmd_import(struct session *session)
{
	const struct options *options = &session->options;
	const struct err *err, *failed;
	struct err worst = { ERR_NONE, "" };
	struct import import;
	size_t i, good = 0;

	memset(&import, 0, sizeof(import));
	import.session = session;
	err = session_store(session, STORE_WRITE);
	/* What is only built in says nothing of where the files are from. */
	if (err == NULL)
		err = store_run_begin(session->store, "import",
		    settings_given(&session->settings, SET_URL) ?
		    session->settings.value[SET_URL] : "", session->now);
	if (err != NULL)
		return err;
	progress_init(&import.progress, session->quiet ? "never" :
	    option_last(options, OPT_PROGRESS));
	for (i = 0; i < options->arg_len; i++) {
		failed = import_file(&import, options->args[i]);
		good += failed == NULL;
		if (failed == NULL)
			continue;
		/* The others may be good; the last failure is main's to say.
		 * It is copied, for reading on may make many errors. */
		if (worst.kind != ERR_NONE)
			session_complain(&worst);
		worst = *failed;
		if (failed->kind == ERR_SYSTEM || failed->kind == ERR_LOCK)
			break;
	}
	err = store_run_end(session->store, session->now);
	if (err == NULL)
		err = session_check_comments(session);
	say_counts(session, good);
	if (worst.kind != ERR_NONE)
		err = err_new(worst.kind, "%s", worst.text);
	return err;
}
