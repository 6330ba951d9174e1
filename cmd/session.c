/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/session.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "classify/similar.h"
#include "output/escape.h"

/* Limits */
enum {
	/* Bytes of the hits of a bug: 20,000 rules of four numbers. */
	SESSION_MAX_PACKED = 4 << 20
};

void
session_complain(const struct err *err)
{
	(void)fprintf(stderr, "cabrief: %s\n", err->text);
}

void
session_say(const struct session *session, const char *fmt, ...)
{
	va_list ap;

	if (session->quiet)
		return;
	(void)fputs("cabrief: ", stderr);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
}

/* Words from outside, on one line and without power over a terminal; what
 * passes the room is left out. */
static void
print_words(const char *text)
{
	char clean[1024], line[2048];
	struct buf from, to;

	buf_fixed(&from, clean, sizeof(clean));
	buf_fixed(&to, line, sizeof(line));
	(void)text_clean(&from, text, text_cut(text, strlen(text),
	    sizeof(clean) / 4));
	escape_line(&to, buf_text(&from));
	(void)fputs(buf_text(&to), stderr);
}

/* The sink of all diagnostics: notes with -v, the rest unless -q. */
static void
print_diag(void *arg, const struct diag *diag)
{
	static const char *const levels[DIAG_LEVEL__MAX] = {
		[DIAG_NOTE] = "note", [DIAG_WARN] = "warning",
		[DIAG_BAD] = "skipped"
	};
	const struct session *session = arg;
	enum diag_level level = diag_level(diag->code);
	char place[96] = "";
	int len;

	if (session->quiet && level != DIAG_BAD)
		return;
	if (level == DIAG_NOTE && session->verbose == 0)
		return;
	if (diag->line > 0) {
		len = snprintf(place, sizeof(place), ":%" PRIu64, diag->line);
		if (diag->column > 0)
			(void)snprintf(place + len, sizeof(place) -
			    (size_t)len, ":%" PRIu64, diag->column);
	}
	(void)fputs("cabrief: ", stderr);
	if (diag->where != NULL) {
		print_words(diag->where);
		(void)fprintf(stderr, "%s: ", place);
	}
	if (diag->bug > 0)
		(void)fprintf(stderr, "bug %" PRId64 ": ", diag->bug);
	(void)fprintf(stderr, "%s: %s%s", levels[level],
	    diag_meaning(diag->code), diag->detail != NULL ? ": " : "");
	if (diag->detail != NULL)
		print_words(diag->detail);
	(void)fprintf(stderr, " [%s]\n", diag_name(diag->code));
}

/* --now, SOURCE_DATE_EPOCH, or the clock. */
static const struct err *
read_clock(const struct options *options, int64_t *now)
{
	const char *given = option_last(options, OPT_NOW), *epoch;
	struct timespec ts;
	int64_t day;

	if (given != NULL) {
		if (date_parse_time(given, strlen(given), now))
			return NULL;
		if (date_parse_day(given, strlen(given), &day)) {
			*now = date_start(day);
			return NULL;
		}
		return err_new(ERR_USAGE, "--now: %s: no time: give "
		    "YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ", given);
	}
	epoch = getenv("SOURCE_DATE_EPOCH");
	if (epoch != NULL && epoch[0] != '\0') {
		if (text_int(epoch, strlen(epoch), now))
			return NULL;
		return err_new(ERR_CONFIG, "SOURCE_DATE_EPOCH: %s: no "
		    "number of seconds: unset it or correct it", epoch);
	}
	if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
		return err_sys(ERR_SYSTEM, errno, "the clock");
	*now = ts.tv_sec;
	return NULL;
}

/* What the report's diagnostics say is the lender's to say. */
static void
pass_on(void *arg, const struct diag *diag)
{
	struct session *lender = arg;

	diag_report(&lender->diags, diag);
}

/* The same for a report that is made for another session. */
static const struct err *
open_on_lender(struct session *session)
{
	struct session *lender = session->lender;
	const struct err *err;

	session->quiet = lender->quiet;
	session->verbose = lender->verbose;
	session->diags.report = pass_on;
	session->diags.arg = lender;
	buf_init(&session->packed, SESSION_MAX_PACKED);
	session->now = lender->now;
	err = session_as_of(session);
	if (err == NULL)
		err = settings_copy(&session->settings, &lender->settings);
	return err;
}

const struct err *
session_open(struct session *session)
{
	const struct options *options = &session->options;
	const struct err *err;

	if (session->lender != NULL)
		return open_on_lender(session);
	session->quiet = option_given(options, OPT_QUIET);
	session->verbose = (int)options->count[OPT_VERBOSE];
	session->diags.report = print_diag;
	session->diags.arg = session;
	buf_init(&session->packed, SESSION_MAX_PACKED);
	err = read_clock(options, &session->now);
	if (err == NULL)
		err = session_as_of(session);
	if (err == NULL)
		err = settings_read(&session->settings, options);
	return err;
}

void
session_close(struct session *session)
{
	/* What is borrowed is given back as it is. */
	if (session->lender != NULL) {
		session->store = NULL;
		session->taxonomy = NULL;
	}
	store_close(session->store);
	session->store = NULL;
	similar_free(session->similar);
	mem_free(session->votes);
	mem_free(session->past.unsure);
	judge_release(&session->judge);
	buf_release(&session->packed);
	overrides_release(&session->overrides);
	taxonomy_free(session->taxonomy);
	session->taxonomy = NULL;
	settings_release(&session->settings);
	options_release(&session->options);
}

/* Unless told otherwise, reports link to the Bugzilla that the store's
 * answers are from. */
static const struct err *
link_to_source(struct session *session)
{
	const struct err *err;

	err = store_status(session->store, &session->held);
	if (err == NULL && session->held.source[0] != '\0')
		err = settings_from_store(&session->settings, SET_URL,
		    session->held.source);
	return err;
}

const struct err *
session_folder(const struct session *session)
{
	const char *path = session->settings.value[SET_DB], *slash;
	const struct err *err;
	char *folder;

	if (path == NULL)
		return err_new(ERR_CONFIG, "the store: no place for it: HOME "
		    "is not set: give --db FILE");
	slash = strrchr(path, '/');
	if (slash == NULL || settings_given(&session->settings, SET_DB))
		return NULL;
	folder = mem_copy(path, (size_t)(slash - path));
	if (folder == NULL)
		return err_memory();
	err = file_mkdirs(folder);
	mem_free(folder);
	return err;
}

static const struct err *
borrow_store(struct session *session)
{
	struct session *lender = session->lender;
	const struct err *err = NULL;

	if (lender->store == NULL)
		err = session_store(lender, STORE_CACHE);
	session->store = lender->store;
	return err;
}

const struct err *
session_store(struct session *session, enum store_mode mode)
{
	const char *path = session->settings.value[SET_DB];
	const struct err *err = NULL;

	if (path == NULL || mode == STORE_WRITE)
		err = session_folder(session);
	if (err == NULL)
		err = session->lender != NULL ? borrow_store(session) :
		    store_open(&session->store, path, mode);
	if (err == NULL && mode != STORE_WRITE)
		err = link_to_source(session);
	return err;
}

/* What people decided, for the commands that ask for it. */
static const struct err *
read_overrides(struct session *session)
{
	const char *path = session->settings.value[SET_OVERRIDES];
	const struct err *err;
	struct buf file;

	if (path == NULL || (option_at(OPT_OVERRIDES)->commands &
	    1u << session->options.command) == 0)
		return NULL;
	buf_init(&file, OVERRIDE_MAX_FILE);
	err = file_read(path, &file);
	if (err == NULL)
		err = overrides_read(&session->overrides, path,
		    buf_text(&file), file.len, session->as_of != DATE_NONE ?
		    session->as_of : INT64_MAX, session->taxonomy,
		    &session->diags);
	buf_release(&file);
	return err;
}

static bool
knows_scheme(const struct session *session, enum opt opt)
{
	const char *name = option_last(&session->options, opt);

	return name == NULL ||
	    taxonomy_scheme(session->taxonomy, name) != NULL;
}

/* Is the taxonomy, loaded for labels, enough for what is asked? */
static bool
labels_do(const struct session *session)
{
	return !option_given(&session->options, OPT_CAUSE) &&
	    knows_scheme(session, OPT_SCHEME) && knows_scheme(session, OPT_BY);
}

/* Of the commands, these alone never read a report but for causes. */
static bool
reads_reports(const struct session *session)
{
	switch (session->options.command) {
	case CMD_COUNT:
	case CMD_EVALUATE:
	case CMD_IMPORT:
	case CMD_STATUS:
		return false;
	default:
		return true;
	}
}

static const struct err *
load_taxonomy(struct session *session)
{
	const char *dir = session->settings.value[SET_TAXONOMY];
	const struct err *err;

	if (reads_reports(session))
		return taxonomy_load(&session->taxonomy, dir);
	err = taxonomy_load_labels(&session->taxonomy, dir);
	if (err != NULL || labels_do(session))
		return err;
	taxonomy_free(session->taxonomy);
	return taxonomy_load(&session->taxonomy, dir);
}

/* The lender judges nothing itself. */
static const struct err *
borrow_taxonomy(struct session *session)
{
	struct session *lender = session->lender;
	const struct err *err = NULL;

	if (lender->taxonomy == NULL)
		err = load_taxonomy(lender);
	session->taxonomy = lender->taxonomy;
	return err;
}

const struct err *
session_taxonomy(struct session *session)
{
	const struct err *err;

	if (session->taxonomy != NULL)
		return NULL;
	err = session->lender != NULL ? borrow_taxonomy(session) :
	    load_taxonomy(session);
	if (err == NULL)
		err = judge_init(&session->judge, session->taxonomy);
	if (err == NULL)
		err = read_overrides(session);
	return err;
}

void
session_source(const struct session *session, struct build_source *out)
{
	memset(out, 0, sizeof(*out));
	out->url = session->settings.value[SET_URL];
	out->fetched = session->held.last_run;
	out->bugs = session->held.bugs;
	out->taxonomy = session->taxonomy;
	out->decisions = session->overrides.len;
	out->as_of = session_past(session, &out->past);
}
