/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* --as-of: the session's walks into the past. */

#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "cmd/session.h"
#include "fetch/bug.h"

const struct err *
session_as_of(struct session *session)
{
	const struct err *err;

	session->as_of = DATE_NONE;
	err = session_day(session, OPT_AS_OF, &session->as_of);
	if (err != NULL || session->as_of == DATE_NONE)
		return err;
	if (session->as_of > date_day(session->now))
		return err_new(ERR_USAGE, "--as-of: %s: that day has not "
		    "come: name today or a day before it",
		    option_last(&session->options, OPT_AS_OF));
	session->past.time = date_start(session->as_of + 1) - 1;
	session->past.sink = &session->diags;
	return NULL;
}

const struct err *
session_walk_new(struct store_walk **out, struct session *session,
    unsigned with)
{
	bool past = session->as_of != DATE_NONE;
	const struct err *err;

	if (past)
		with = STORE_COMMENTS | STORE_HISTORY;
	err = store_walk_new(out, session->store, with);
	if (err == NULL && past) {
		session->past.later = 0;
		session->past.unsure_len = 0;
		store_walk_past(*out, &session->past);
	}
	return err;
}

int64_t
session_clock(const struct session *session)
{
	return session->as_of != DATE_NONE ? session->past.time :
	    session->now;
}

bool
session_past(const struct session *session, struct build_past *out)
{
	if (session->as_of == DATE_NONE)
		return false;
	out->day = session->as_of;
	out->later = (int64_t)session->past.later;
	out->unsure = session->past.unsure;
	out->unsure_len = session->past.unsure_len;
	return true;
}

const struct build_past *
session_past_of(const struct session *session, const struct bug *bug,
    struct build_past *room)
{
	if (!session_past(session, room))
		return NULL;
	room->later = 0;
	if (room->unsure_len > 0)
		room->unsure += room->unsure_len - 1;
	room->unsure_len = room->unsure_len > 0 && *room->unsure == bug->id;
	return room;
}

const struct err *
session_missing(const struct session *session, const char *word)
{
	const char *name = command_at(session->options.command)->name;
	char day[DATE_SIZE];

	if (session->as_of == DATE_NONE)
		return err_new(ERR_CHECK, "%s: %s: not in the store: import "
		    "or fetch it first", name, word);
	return err_new(ERR_CHECK, "%s: %s: not in the store, or filed after "
	    "%s: import or fetch it first, or name a later day", name, word,
	    date_format_day(session->as_of, day));
}

void
session_say_past(const struct session *session)
{
	size_t len = session->past.unsure_len;

	if (len > 0)
		session_say(session, "--as-of: of %zu %s that changed since, "
		    "the history is not in the store: what is shown of %s "
		    "may be newer: fetch the history, and name them with -v",
		    len, len == 1 ? "bug" : "bugs", len == 1 ? "it" : "them");
}
