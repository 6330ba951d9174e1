/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/refresh.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/session.h"

void
refresh_fail(struct refresh_report *report, const struct err *err)
{
	report->err = *err;
	session_complain(err_at(err, "refresh: %s", report->part->name));
}

/* The plan's name, which is never cut within a character. */
static void
add_name(const struct refresh *refresh, struct buf *line)
{
	const char *name = refresh->plan.name;
	size_t len = strlen(name), cut = text_cut(name, len, REFRESH_MAX_NAME);

	buf_str(line, "refresh: ");
	buf_add(line, name, cut);
	buf_str(line, cut < len ? "...: " : ": ");
}

/* The line as a whole. */
static const struct err *
compose(const struct refresh *refresh, enum err_kind kind, const char *text)
{
	char room[2 * sizeof(((struct err *)0)->text)];
	struct buf line;

	buf_fixed(&line, room, sizeof(room));
	add_name(refresh, &line);
	buf_str(&line, text);
	return err_new(kind, "%s", buf_text(&line));
}

/* What main puts before it counts as well. */
static bool
has_room(const struct err *err)
{
	return strlen(err->text) + sizeof("cabrief: ") - 1 <=
	    REFRESH_MAX_LAST;
}

const struct err *
refresh_last(const struct refresh *refresh, enum err_kind kind,
    const char *fmt, ...)
{
	const size_t most = REFRESH_MAX_LAST - (sizeof("cabrief: ...") - 1);
	char text[sizeof(((struct err *)0)->text)];
	const struct err *err;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	err = compose(refresh, kind, text);
	if (has_room(err))
		return err;
	return err_new(kind, "%.*s...", (int)text_cut(err->text,
	    strlen(err->text), most), err->text);
}

const struct err *
refresh_stop(const struct refresh *refresh, const struct err *err)
{
	const struct err *whole = compose(refresh, err->kind, err->text);

	if (has_room(whole))
		return whole;
	session_complain(whole);
	return refresh_last(refresh, err->kind, "%s", err->text);
}

/* What was done, behind "10 reports good". */
static void
add_done(const struct refresh *refresh, struct buf *line)
{
	if (refresh->files > 0)
		buf_fmt(line, "; %zu file%s", refresh->files,
		    refresh->files == 1 ? "" : "s");
	if (refresh->pages_changed + refresh->pages_same > 0)
		buf_fmt(line, "; %zu page%s %s, %zu unchanged",
		    refresh->pages_changed,
		    refresh->pages_changed == 1 ? "" : "s",
		    refresh->dry ? "to change" : "changed",
		    refresh->pages_same);
}

/* An error without the URL that it begins with: the last line is short, and
 * was preceded by the whole. */
static const char *
without_url(const char *text)
{
	const char *end = strstr(text, ": ");

	return strncmp(text, "http", 4) == 0 && end != NULL ? end + 2 : text;
}

const struct err *
refresh_end(const struct refresh *refresh)
{
	const struct refresh_report *report, *first = NULL;
	size_t i, failed = 0, partial = 0, len = refresh->report_len;
	enum err_kind kind = ERR_NONE;
	char room[REFRESH_MAX_LAST * 2];
	struct buf line;

	for (i = 0; i < len; i++) {
		report = &refresh->reports[i];
		partial += report->partial && report->err.kind == ERR_NONE;
		if (report->err.kind == ERR_NONE)
			continue;
		if (first == NULL) {
			first = report;
			kind = report->err.kind;
		}
		if (report->err.kind != kind)
			kind = ERR_PARTIAL;
		failed++;
	}
	if (failed > 0)
		return refresh_last(refresh, failed == len ? kind :
		    ERR_PARTIAL, "%zu of %zu report%s failed: %s%s%s", failed,
		    len, len == 1 ? "" : "s",
		    first->shared ? "" : first->part->name,
		    first->shared ? "" : ": ", without_url(first->err.text));
	buf_fixed(&line, room, sizeof(room));
	buf_fmt(&line, "%zu report%s good", len - partial,
	    len - partial == 1 ? "" : "s");
	if (partial > 0)
		buf_fmt(&line, ", %zu partial", partial);
	add_done(refresh, &line);
	if (partial > 0)
		return refresh_last(refresh, ERR_PARTIAL, "%s",
		    buf_text(&line));
	session_say(refresh->session, "%s",
	    refresh_last(refresh, ERR_NONE, "%s", buf_text(&line))->text);
	return NULL;
}

/* The rows of one source, into the store that it turned to. */
static const struct err *
keep_source(struct refresh *refresh, const struct refresh_source *source,
    struct store_refreshed *rows)
{
	struct session *session = refresh->session;
	const struct refresh_report *report;
	const struct err *err;
	size_t i, len = 0;

	for (i = 0; i < refresh->report_len; i++) {
		report = &refresh->reports[i];
		if (report->part->source != source->part)
			continue;
		rows[len].report = report->part->name;
		rows[len].tried = session->now;
		rows[len].good = report->err.kind == ERR_NONE &&
		    !report->partial ? session->now : DATE_NONE;
		rows[len].what = report->err.kind != ERR_NONE ?
		    report->err.text : report->partial ?
		    "partial: something was left out" : "";
		len++;
	}
	err = refresh_turn(refresh, source);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	return err != NULL ? err : store_refreshed_put(session->store,
	    refresh->plan.name, rows, len);
}

void
refresh_keep(struct refresh *refresh)
{
	struct store_refreshed *rows;
	const struct err *err = NULL;
	size_t i;

	rows = mem_alloc(refresh->report_len, sizeof(*rows));
	if (rows == NULL)
		err = err_memory();
	for (i = 0; i < refresh->source_len; i++) {
		if (rows != NULL)
			err = keep_source(refresh, &refresh->sources[i],
			    rows);
		/* A store that others fill may be theirs to write. */
		if (err != NULL)
			session_say(refresh->session, "refresh: what became "
			    "of reports can't be kept for status: %s",
			    err->text);
	}
	mem_free(rows);
}
