/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/clock_runs.h"
#include "classify/report_text.h"
#include "classify/speech.h"
#include "classify/thread.h"
#include "classify/verdict.h"
#include "fetch/bug.h"

enum {
	WHY_SIZE = 160	/* bytes of why it is whose move */
};

static const char *const state_names[CLOCK_STATE__MAX] = {
	[CLOCK_RUNNING] = "running",
	[CLOCK_OVERDUE] = "overdue",
	[CLOCK_MET] = "met",
	[CLOCK_LATE] = "late",
	[CLOCK_ENDED] = "ended",
	[CLOCK_MISSED] = "missed"
};

static const char *const turn_names[TURN__MAX] = {
	[TURN_NOBODY] = "nobody",
	[TURN_CA] = "ca",
	[TURN_ROOT_PROGRAM] = "root-program"
};

int64_t
clock_lateness(const struct clock_run *run, int64_t now)
{
	return run->state == CLOCK_OVERDUE ? now - run->due : 0;
}

/* The most overdue one; what must be comes before what should. */
static void
find_worst(struct clocks *out, int64_t now)
{
	const struct clock_run *run;
	size_t i;

	for (i = 0; i < out->run_len; i++) {
		run = &out->runs[i];
		if (run->state != CLOCK_OVERDUE ||
		    run->kind == TAX_CLOCK_CLOSE_ON ||
		    (out->overdue && !run->deadline->must))
			continue;
		if (out->worst == NULL ||
		    (run->deadline->must && !out->overdue) ||
		    clock_lateness(run, now) >
		    clock_lateness(out->worst, now))
			out->worst = run;
		out->overdue = out->worst->deadline->must;
	}
}

/* By their tables, unless the CA has summed up that all is done. */
static void
count_actions(struct clocks *out, const struct thread *thread)
{
	const struct report_action *action;
	size_t i;

	if (!out->open ||
	    thread_summary_at(thread, thread->now) != DATE_NONE)
		return;
	for (i = 0; i < thread->text->action_len; i++) {
		action = &thread->text->actions[i];
		if (action->state == ACTION_COMPLETE ||
		    action->state == ACTION_CANCELED)
			continue;
		out->open_actions++;
		if (action->due != DATE_NONE &&
		    action->due < date_day(thread->now))
			out->late_actions++;
	}
}

/* The newest thing asked of that side which is not answered, or NULL. */
static const struct asked *
unanswered(const struct thread *thread, bool of_ca)
{
	const struct asked *asked;
	size_t i;

	for (i = thread->asked_len; i > 0; i--) {
		asked = &thread->asked[i - 1];
		if (asked->of_ca == of_ca && asked->answered == DATE_NONE &&
		    thread_open_until(thread, asked->time) == INT64_MAX)
			return asked;
	}
	return NULL;
}

static void
count_questions(struct clocks *out, const struct thread *thread)
{
	const struct asked *asked;
	size_t i;

	for (i = 0; i < thread->asked_len; i++) {
		asked = &thread->asked[i];
		if (asked->of_ca && asked->answered == DATE_NONE &&
		    thread_open_until(thread, asked->time) == INT64_MAX)
			out->questions++;
	}
}

/* The day on which the bug is to be closed, as a root program has announced
 * last: in the whiteboard, else in a comment.  DATE_NONE: it has not. */
static int64_t
closing_day(const struct clocks *out, const struct thread *thread)
{
	const struct said *said;
	int64_t day;
	size_t i;

	if (out->close_on != DATE_NONE)
		return out->close_on;
	for (i = thread->said_len; i > 0; i--) {
		said = &thread->said[i - 1];
		if (said->role != ROLE_ROOT_PROGRAM &&
		    said->role != ROLE_CCADB)
			continue;
		if (thread_open_until(thread, said->time) != INT64_MAX ||
		    !speech_last_call(said->comment->text,
		    said->comment->text_len, &day))
			return DATE_NONE;
		return day != DATE_NONE ? day :
		    date_day(said->time) + CLOCK_LAST_CALL;
	}
	return DATE_NONE;
}

/* The comment by which the CA asks the root program for something that is
 * still to come, or NULL. */
static const struct said *
ca_asks(const struct thread *thread)
{
	const struct said *last = NULL;
	size_t i, start, end;

	for (i = thread->said_len; i > 0 && last == NULL; i--) {
		if (thread->said[i - 1].role == ROLE_ROOT_PROGRAM ||
		    thread->said[i - 1].role == ROLE_CCADB)
			return NULL;
		if (thread->said[i - 1].role == ROLE_CA)
			last = &thread->said[i - 1];
	}
	if (last == NULL || last->comment->number == 0 ||
	    thread->days[thread->day_len - 1].time > last->time ||
	    (!speech_question(last->comment->text, last->comment->text_len,
	    &start, &end) && !speech_request(last->comment->text,
	    last->comment->text_len, &start, &end)))
		return NULL;
	return last;
}

/* What the CA must do next: the run that is due first, or NULL. */
static const struct clock_run *
due_first(const struct clocks *out)
{
	const struct clock_run *first = NULL;
	size_t i;

	for (i = 0; i < out->run_len; i++)
		if (out->runs[i].state == CLOCK_RUNNING &&
		    out->runs[i].kind != TAX_CLOCK_CLOSE_ON &&
		    (first == NULL || out->runs[i].due < first->due))
			first = &out->runs[i];
	return first;
}

static enum clock_turn
say(char why[WHY_SIZE], enum clock_turn turn, const char *words)
{
	(void)snprintf(why, WHY_SIZE, "%s", words);
	return turn;
}

static enum clock_turn
say_comment(char why[WHY_SIZE], enum clock_turn turn, const char *words,
    int64_t number)
{
	(void)snprintf(why, WHY_SIZE, "%s comment %" PRId64, words, number);
	return turn;
}

static enum clock_turn
say_day(char why[WHY_SIZE], enum clock_turn turn, const char *words,
    int64_t day)
{
	char date[DATE_SIZE];

	(void)snprintf(why, WHY_SIZE, "%s %s", words,
	    date_format_day(day, date));
	return turn;
}

/* Was the CA asked something? */
static bool
ca_asked(const struct thread *thread, char why[WHY_SIZE])
{
	const struct asked *asked = unanswered(thread, true);

	if (asked != NULL && asked->comment >= 0) {
		(void)say_comment(why, TURN_CA, "question in",
		    asked->comment);
		return true;
	}
	if (asked != NULL) {
		(void)say_day(why, TURN_CA, "needinfo of",
		    date_day(asked->time));
		return true;
	}
	return false;
}

static enum clock_turn
whose_turn(const struct clocks *out, const struct thread *thread,
    int64_t closing, char why[WHY_SIZE])
{
	const struct clock_run *run = due_first(out);
	int64_t today = date_day(thread->now);
	const struct said *said;
	int64_t summary;
	char words[WHY_SIZE / 2];

	if (!out->open)
		return say(why, TURN_NOBODY, "closed");
	if (thread->ca_known && ca_asked(thread, why))
		return TURN_CA;
	if (unanswered(thread, false) != NULL)
		return say_day(why, TURN_ROOT_PROGRAM, "needinfo of",
		    date_day(unanswered(thread, false)->time));
	if (closing != DATE_NONE)
		return say_day(why, TURN_ROOT_PROGRAM, closing < today ?
		    "was to be closed on" : "to be closed on", closing);
	summary = thread_summary_at(thread, thread->now);
	if (summary != DATE_NONE)
		return say_day(why, TURN_ROOT_PROGRAM, "closure summary of",
		    date_day(summary));
	if (out->overdue) {
		(void)snprintf(words, sizeof(words), "%s overdue",
		    thread->taxonomy->clocks[out->worst->kind].title);
		return say(why, TURN_CA, words);
	}
	if (!thread->ca_known)
		return say(why, TURN_CA, "nobody is known to be the CA");
	said = ca_asks(thread);
	if (said != NULL)
		return say_comment(why, TURN_ROOT_PROGRAM, "asked in",
		    said->comment->number);
	if (strcmp(thread->bug->text[BUG_STATUS], "UNCONFIRMED") == 0)
		return say(why, TURN_ROOT_PROGRAM, "not confirmed");
	if (run == NULL)
		return say(why, TURN_CA, "open");
	(void)snprintf(words, sizeof(words), "%s due on",
	    thread->taxonomy->clocks[run->kind].title);
	return say_day(why, TURN_CA, words, date_day(run->due));
}

static const struct err *
settle(struct clocks *out, const struct thread *thread)
{
	const struct named_days *days = thread_days_at(thread, thread->now);
	int64_t closing;
	char why[WHY_SIZE];
	size_t i;

	for (i = 0; i < thread->said_len; i++)
		if (thread->said[i].role == ROLE_CA)
			out->last_ca = thread->said[i].time;
	out->next_update = days->next_update;
	out->close_on = days->close_on;
	out->open = thread_open_until(thread, thread->now) == INT64_MAX;
	out->delayed = out->open && clock_is_delayed(thread->verdict);
	if (out->open) {
		find_worst(out, thread->now);
		count_questions(out, thread);
	}
	count_actions(out, thread);
	closing = closing_day(out, thread);
	out->closing = out->open && closing != DATE_NONE &&
	    closing >= date_day(thread->now);
	out->turn = whose_turn(out, thread, closing, why);
	out->turn_why = arena_copy(&out->arena, why, strlen(why));
	return out->turn_why != NULL ? NULL : err_memory();
}

const struct err *
clocks_read(struct clocks *out, const struct bug *bug,
    const struct verdict *verdict, const struct report_text *text,
    const struct taxonomy *taxonomy, int64_t now)
{
	struct thread thread = { .bug = bug, .verdict = verdict,
	    .text = text, .taxonomy = taxonomy, .now = now };

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena, CLOCK_MAX_BYTES);
	out->turn_why = "";
	out->next_update = out->close_on = out->last_ca = DATE_NONE;
	if (!thread_read(&thread, &out->arena) ||
	    !clock_runs_read(out, &thread))
		return err_memory();
	out->roles = thread.roles;
	return settle(out, &thread);
}

void
clocks_release(struct clocks *clocks)
{
	arena_release(&clocks->arena);
}

const char *
clock_state_name(enum clock_state state)
{
	return state_names[state];
}

const char *
clock_turn_name(enum clock_turn turn)
{
	return turn_names[turn];
}
