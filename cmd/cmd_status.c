/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/session.h"

enum {
	FAULTS_MAX = 1 << 20,	/* bytes of listed faults */
	REFRESHED_MAX = 16 << 20	/* bytes of what is told of plans */
};

/* 90m, 26h, 7d: seconds. */
static const struct err *
read_age(const char *text, int64_t *seconds)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = { { 'm', 60 }, { 'h', 3600 }, { 'd', DATE_DAY } };
	size_t len = strlen(text), i;
	int64_t number;

	for (i = 0; i < sizeof(units) / sizeof(units[0]) && len > 1; i++) {
		if (text[len - 1] != units[i].unit ||
		    !text_int(text, len - 1, &number) ||
		    number > INT64_MAX / DATE_DAY)
			continue;
		*seconds = number * units[i].seconds;
		return NULL;
	}
	return err_new(ERR_USAGE, "--max-age: %s: no age: give minutes, "
	    "hours or days, as 90m, 26h, 7d", text);
}

static void
fill(const struct session *session, struct build_status *to)
{
	const struct store_status *from = &session->held;

	to->path = session->settings.value[SET_DB];
	to->schema = from->schema;
	to->bugs = from->bugs;
	to->comments = from->comments;
	to->changes = from->changes;
	to->answers = from->answers;
	to->answer_bytes = from->answer_bytes;
	to->waiting = from->waiting;
	to->gone = from->gone;
	to->to_come = from->to_come;
	to->newest_change = from->newest_change;
	to->last_run = from->last_run;
	to->last_kind = from->last_kind;
	to->too_old = to->age_limit >= 0 && (from->last_run == DATE_NONE ||
	    session->now - from->last_run > to->age_limit);
}

static void
fill_settings(const struct session *session,
    struct build_setting settings[SET__MAX])
{
	size_t i;

	for (i = 0; i < SET__MAX; i++) {
		settings[i].name = setting_name((enum setting)i);
		settings[i].value = session->settings.value[i];
		settings[i].from = session->settings.from[i];
		if (i == SET_TAXONOMY && settings[i].value == NULL) {
			settings[i].value = "that of the program";
			settings[i].from = "built in";
		}
	}
}

/* What became of the reports of plans. */
static const struct err *
fill_refreshed(struct session *session, struct arena *arena,
    struct build_status *status)
{
	struct build_refreshed *to;
	const struct err *err;
	struct store_refreshed *rows;
	size_t len, i;

	err = store_refreshed_list(session->store, arena, &rows, &len);
	if (err != NULL)
		return err;
	to = arena_alloc(arena, len, sizeof(*to));
	if (to == NULL)
		return err_memory();
	for (i = 0; i < len; i++) {
		to[i].plan = rows[i].plan;
		to[i].report = rows[i].report;
		to[i].tried = rows[i].tried;
		to[i].good = rows[i].good;
		to[i].what = rows[i].what;
	}
	status->refreshed = to;
	status->refreshed_len = len;
	return NULL;
}

static const struct err *
report_status(struct session *session, struct build_status *status,
    struct buf *faults)
{
	struct build_setting settings[SET__MAX];
	struct build_source source;
	const struct err *err;
	struct report report;
	struct arena arena;

	err = store_check(session->store, faults);
	if (err == NULL)
		err = buf_error(faults, "the list of faults");
	if (err != NULL)
		return err;
	session_source(session, &source);
	fill(session, status);
	status->faults = buf_text(faults);
	if (session->verbose > 0) {
		fill_settings(session, settings);
		status->settings = settings;
		status->setting_len = SET__MAX;
	}
	arena_init(&arena, REFRESHED_MAX);
	report_init(&report, "The store", session->settings.value[SET_URL]);
	err = fill_refreshed(session, &arena, status);
	if (err == NULL) {
		build_status(&report, status, &source);
		err = session_output(session, &report,
		    "text|markdown|html|json");
	}
	report_release(&report);
	arena_release(&arena);
	return err;
}

const struct err *
cmd_status(struct session *session)
{
	const char *age = option_last(&session->options, OPT_MAX_AGE);
	struct build_status status;
	const struct err *err = NULL;
	struct buf faults;

	memset(&status, 0, sizeof(status));
	status.age_limit = -1;
	buf_init(&faults, FAULTS_MAX);
	if (age != NULL)
		err = read_age(age, &status.age_limit);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_store(session, STORE_READ);
	if (err == NULL)
		err = report_status(session, &status, &faults);
	if (err == NULL && faults.len > 0)
		err = err_new(ERR_DATA, "%s: the store has faults, see the "
		    "report: import its answers into a new one",
		    session->settings.value[SET_DB]);
	if (err == NULL && status.too_old)
		err = err_new(ERR_CHECK, "%s: the last run is older than %s: "
		    "fetch or import again", session->settings.value[SET_DB],
		    age);
	buf_release(&faults);
	return err;
}
