/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/clock_runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "classify/clock.h"
#include "classify/report_text.h"
#include "classify/thread.h"
#include "classify/verdict.h"
#include "classify/writers.h"
#include "fetch/bug.h"

enum {
	TOGETHER = 2,	/* deadlines of a clock in force at once: the
			 * taxonomy has one that is a must, one that is not */
	MAX_ACTIONS = 256	/* that are timed: more is no plan, and each is
				 * looked for in all comments */
};

/* When the last second of the day passes. */
#define DAY_END(start)	((start) + DATE_DAY - 1)

struct maker {
	const struct thread *thread;
	struct clocks *out;
	size_t cap;
};

static const struct tax_clock *
clock_at(const struct maker *maker, enum tax_clock_kind kind)
{
	return &maker->thread->taxonomy->clocks[kind];
}

static bool
in_force(const struct tax_deadline *deadline, int64_t time)
{
	int64_t day = date_day(time);

	return deadline->since <= day && day <= deadline->until;
}

/* The first deadline of the clock that was in force, or NULL. */
static const struct tax_deadline *
deadline_at(const struct maker *maker, enum tax_clock_kind kind,
    int64_t time)
{
	const struct tax_clock *clock = clock_at(maker, kind);
	size_t i;

	for (i = 0; i < clock->deadline_len; i++)
		if (in_force(&clock->deadlines[i], time))
			return &clock->deadlines[i];
	return NULL;
}

static enum clock_state
state_of(const struct clock_run *run, int64_t until, int64_t now)
{
	if (run->met != DATE_NONE)
		return run->met <= run->due ? CLOCK_MET : CLOCK_LATE;
	if (until != INT64_MAX)
		return run->due < until ? CLOCK_MISSED : CLOCK_ENDED;
	return run->due < now ? CLOCK_OVERDUE : CLOCK_RUNNING;
}

/* One run in the period of the bug that holds `in`; none if it was not open
 * then.  What came after its closing did not meet it. */
static struct clock_run *
add_run(struct maker *maker, enum tax_clock_kind kind,
    const struct tax_deadline *deadline, int64_t from, int64_t in,
    int64_t due, int64_t met)
{
	struct clocks *out = maker->out;
	int64_t until = thread_open_until(maker->thread, in);
	struct clock_run *run;

	if (until == in || out->run_len == maker->cap)
		return NULL;
	run = &out->runs[out->run_len++];
	run->kind = kind;
	run->deadline = deadline;
	run->from = from;
	run->due = due;
	run->met = met <= until ? met : DATE_NONE;
	run->comment = -1;
	run->words = "";
	run->state = state_of(run, until, maker->thread->now);
	return run;
}

/* The same for each deadline in force, `more` seconds later. */
static void
add_runs(struct maker *maker, enum tax_clock_kind kind, int64_t from,
    int64_t in, int64_t more, int64_t met, int64_t comment,
    const char *words)
{
	const struct tax_clock *clock = clock_at(maker, kind);
	const struct tax_deadline *deadline;
	struct clock_run *run;
	size_t i;

	for (i = 0; i < clock->deadline_len; i++) {
		deadline = &clock->deadlines[i];
		if (!in_force(deadline, from) || (deadline->closure &&
		    thread_summary_at(maker->thread, from) != DATE_NONE))
			continue;
		run = add_run(maker, kind, deadline, from, in,
		    from + deadline->limit + more, met);
		if (run == NULL)
			continue;
		run->comment = comment;
		run->words = words;
	}
}

/* Time of the CA's first full report, DATE_NONE.  Without one, of its first
 * comment whose text is not known, which may be it: *guessed. */
static int64_t
full_report(const struct thread *thread, bool *guessed)
{
	const struct said *said;
	int64_t unread = DATE_NONE;
	size_t i;

	*guessed = false;
	for (i = 0; i < thread->said_len; i++) {
		said = &thread->said[i];
		if (said->role != ROLE_CA)
			continue;
		if (writers_form_is_full(said->report->form))
			return said->time;
		if (unread == DATE_NONE && said->comment->text_len == 0)
			unread = said->time;
	}
	*guessed = unread != DATE_NONE;
	return unread;
}

/* Has a root program announced the closing, by then, while the bug was open?
 * Then it takes what is there for enough. */
static bool
is_accepted(const struct thread *thread, int64_t time)
{
	return thread_days_at(thread, time)->close_on != DATE_NONE;
}

/* Time of the CA's first report in any form, else of its first comment. */
static int64_t
first_report(const struct thread *thread)
{
	const struct said *said;
	size_t i;

	for (i = 0; i < thread->said_len; i++)
		if (thread->said[i].role == ROLE_CA &&
		    thread->said[i].report->form != TAX_FORM_PLAIN)
			return thread->said[i].time;
	said = thread_after(thread, DATE_NONE, true);
	return said != NULL ? said->time : DATE_NONE;
}

static void
add_first_report(struct maker *maker)
{
	const struct thread *thread = maker->thread;
	const struct report_fact *fact = &thread->text->facts[
	    FACT_IDENTIFIED];
	int64_t created = thread->bug->num[BUG_CREATED], from = DATE_NONE;
	int64_t met = first_report(thread), comment = -1, more = 0;
	const struct said *said;

	if (fact->state == REPORT_GIVEN && fact->number != DATE_NONE) {
		from = fact->number;
		more = fact->day_only ? DATE_DAY - 1 : 0;
		comment = thread->text->fact_comment[FACT_IDENTIFIED];
	}
	if (thread->verdict->reporter == REPORTER_EXTERNAL &&
	    created != DATE_NONE) {
		said = thread_after(thread, DATE_NONE, true);
		met = said != NULL ? said->time : DATE_NONE;
		if (from == DATE_NONE || created < from) {
			from = created;
			more = 0;
			comment = 0;
		}
	}
	/* A report may tell of what was found while it was written. */
	if (met != DATE_NONE && from > met)
		from = met;
	if (from != DATE_NONE)
		add_runs(maker, TAX_CLOCK_FIRST_REPORT, from,
		    from > created ? from : created, more, met, comment, "");
}

static void
add_full_report(struct maker *maker)
{
	const struct thread *thread = maker->thread;
	int64_t created = thread->bug->num[BUG_CREATED], met;
	bool guessed;

	met = full_report(thread, &guessed);
	if (created == DATE_NONE || guessed ||
	    (met == DATE_NONE && is_accepted(thread, thread->now)))
		return;
	add_runs(maker, TAX_CLOCK_FULL_REPORT, created, created, 0, met, 0,
	    "");
}

static void
add_answers(struct maker *maker)
{
	const struct asked *asked;
	size_t i;

	for (i = 0; i < maker->thread->asked_len; i++) {
		asked = &maker->thread->asked[i];
		if (asked->of_ca)
			add_runs(maker, TAX_CLOCK_ANSWER, asked->time,
			    asked->time, 0, asked->answered, asked->comment,
			    asked->words);
	}
}

bool
clock_is_delayed(const struct verdict *verdict)
{
	size_t i;

	/* The guidelines speak of labels with this in them. */
	for (i = 0; i < verdict->label_len; i++)
		if (strstr(verdict->labels[i].name, "revocation-delay") !=
		    NULL)
			return true;
	return false;
}

/* Is a revocation delayed, and has no report told that this was over? */
static bool
delay_goes_on(const struct thread *thread, int64_t time)
{
	const struct report_fact *end = &thread->text->facts[FACT_END];

	return clock_is_delayed(thread->verdict) &&
	    thread_summary_at(thread, time) == DATE_NONE &&
	    (end->state != REPORT_GIVEN || end->number == DATE_NONE ||
	    time < end->number);
}

/*
 * When the update that a comment at `from` makes the CA owe at `due` is due
 * by the days that the whiteboard named until `stop`.  A day that was taken
 * out of it again counts until then.
 */
static int64_t
named_due(const struct maker *maker, int64_t from, int64_t due, int64_t stop)
{
	const struct tax_deadline *deadline = deadline_at(maker,
	    TAX_CLOCK_NEXT_UPDATE, from);
	const struct thread *thread = maker->thread;
	const struct named_days *days = thread_days_at(thread, from);
	const struct named_days *end = thread->days + thread->day_len;
	int64_t named = due, at;

	if (deadline == NULL)
		return due;
	for (; days < end && (days->time <= from || days->time < stop);
	    days++) {
		if (days->next_update == DATE_NONE) {
			at = days->time <= from ? due :
			    days->time + (due - from);
			named = at < named ? at : named;
		} else {
			named = date_start(days->next_update) +
			    deadline->limit - 1;
		}
		named = named > due ? named : due;
	}
	return named;
}

/* The latest moment at which the clock of an update from there is due, by
 * its own deadlines; DATE_NONE when none is owed. */
static int64_t
own_due(const struct maker *maker, enum tax_clock_kind kind, int64_t from)
{
	const struct tax_clock *clock = clock_at(maker, kind);
	const struct tax_deadline *deadline;
	int64_t due = DATE_NONE;
	size_t i;

	for (i = 0; i < clock->deadline_len; i++) {
		deadline = &clock->deadlines[i];
		if (in_force(deadline, from) && (!deadline->closure ||
		    thread_summary_at(maker->thread, from) == DATE_NONE) &&
		    from + deadline->limit > due)
			due = from + deadline->limit;
	}
	return due;
}

/* What the CA owes from a comment of its own on, or from a reopening. */
static void
add_update(struct maker *maker, int64_t from, int64_t comment,
    int64_t full_from)
{
	const struct thread *thread = maker->thread;
	const struct said *next = thread_after(thread, from, true);
	int64_t met = next != NULL ? next->time : DATE_NONE;
	int64_t until = thread_open_until(thread, from), due, named, stop;
	enum tax_clock_kind kind = TAX_CLOCK_REVOCATION_UPDATE;
	struct clock_run *run;

	due = delay_goes_on(thread, from) ?
	    own_due(maker, kind, from) : DATE_NONE;
	if (due == DATE_NONE && from >= full_from) {
		kind = TAX_CLOCK_UPDATE;
		due = own_due(maker, kind, from);
	}
	stop = met != DATE_NONE && met < until ? met : until;
	if (stop > thread->now)
		stop = thread->now + 1;
	if (due == DATE_NONE ||
	    (stop != met && is_accepted(thread, stop - 1)))
		return;
	named = named_due(maker, from, due, stop);
	if (named <= due) {
		add_runs(maker, kind, from, from, 0, met, comment, "");
		return;
	}
	run = add_run(maker, TAX_CLOCK_NEXT_UPDATE, deadline_at(maker,
	    TAX_CLOCK_NEXT_UPDATE, from), from, from, named, met);
	if (run != NULL)
		run->comment = comment;
}

static void
add_updates(struct maker *maker)
{
	const struct thread *thread = maker->thread;
	const struct life *life = &thread->verdict->life;
	const struct tax_deadline *deadline;
	int64_t created = thread->bug->num[BUG_CREATED], full_from;
	const struct said *said;
	bool guessed;
	size_t i;

	/* Until the full report is due, that is what is owed. */
	full_from = full_report(thread, &guessed);
	deadline = deadline_at(maker, TAX_CLOCK_FULL_REPORT, created);
	if (deadline != NULL && (full_from == DATE_NONE ||
	    created + deadline->limit < full_from))
		full_from = created + deadline->limit;
	for (i = 0; i < thread->said_len; i++) {
		said = &thread->said[i];
		if (said->role == ROLE_CA && (i + 1 == thread->said_len ||
		    said[1].role != ROLE_CA || said[1].time != said->time))
			add_update(maker, said->time, said->comment->number,
			    full_from);
	}
	for (i = 1; i < life->len; i++)
		if (life->periods[i].from <= thread->now)
			add_update(maker, life->periods[i].from, -1,
			    full_from);
}

/* When the CA first said in a table what became of the action. */
static int64_t
word_of(const struct thread *thread, const struct report_action *action)
{
	const struct report_action *told;
	size_t i, j;

	for (i = 0; i < thread->said_len; i++)
		for (j = 0; thread->said[i].role == ROLE_CA &&
		    j < thread->said[i].report->action_len; j++) {
			told = &thread->said[i].report->actions[j];
			if (told->state != ACTION_UNSAID &&
			    told->state != ACTION_ONGOING &&
			    strcmp(told->text, action->text) == 0)
				return thread->said[i].time;
		}
	return DATE_NONE;
}

static void
add_actions(struct maker *maker)
{
	const struct thread *thread = maker->thread;
	const struct report_action *action;
	const struct said *said;
	int64_t from, met;
	size_t i;

	for (i = 0; i < thread->text->action_len && i < MAX_ACTIONS; i++) {
		action = &thread->text->actions[i];
		if (action->due == DATE_NONE)
			continue;
		from = date_start(action->due);
		if (from > thread->now)
			continue;
		met = word_of(thread, action);
		said = thread_after(thread, from - CLOCK_BEFORE * DATE_DAY -
		    1, true);
		if (said != NULL && (met == DATE_NONE || said->time < met))
			met = said->time;
		add_runs(maker, TAX_CLOCK_ACTION_UPDATE, from, from,
		    DATE_DAY - 1, met, action->comment, action->text);
	}
}

/* The closing that the whiteboard has announced. */
static void
add_closing(struct maker *maker)
{
	const struct thread *thread = maker->thread;
	const struct named_days *days = thread_days_at(thread, thread->now);
	const struct tax_deadline *deadline;
	int64_t day = days->close_on, from, until;

	if (day == DATE_NONE)
		return;
	while (days > thread->days && days[-1].close_on == day)
		days--;
	from = days->time != DATE_NONE ? days->time :
	    thread->bug->num[BUG_CREATED];
	deadline = deadline_at(maker, TAX_CLOCK_CLOSE_ON, from);
	until = thread_open_until(thread, from);
	if (deadline != NULL)
		add_run(maker, TAX_CLOCK_CLOSE_ON, deadline, from, from,
		    date_start(day) + deadline->limit - 1,
		    until != INT64_MAX ? until : DATE_NONE);
}

static int
by_kind(const void *a, const void *b)
{
	const struct clock_run *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	if (x->comment != y->comment)
		return x->comment < y->comment ? -1 : 1;
	return strcmp(x->words, y->words);
}

bool
clock_runs_read(struct clocks *out, const struct thread *thread)
{
	struct maker maker = { .thread = thread, .out = out };

	maker.cap = TOGETHER * (2 + thread->asked_len + thread->said_len +
	    thread->verdict->life.len + MAX_ACTIONS) + 1;
	out->runs = arena_alloc(&out->arena, maker.cap, sizeof(*out->runs));
	if (out->runs == NULL)
		return false;
	/* Where nobody can be told to be the CA, nobody is late. */
	if (thread->ca_known) {
		add_first_report(&maker);
		add_full_report(&maker);
		add_answers(&maker);
		add_updates(&maker);
		add_actions(&maker);
	}
	add_closing(&maker);
	if (out->run_len > 0)
		qsort(out->runs, out->run_len, sizeof(*out->runs), by_kind);
	return true;
}
