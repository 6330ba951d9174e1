/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/thread.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "classify/clock.h"
#include "classify/report_text.h"
#include "classify/speech.h"
#include "classify/verdict.h"
#include "classify/writers.h"
#include "fetch/bug.h"

static const char flag_word[] = "needinfo?";

/* Everybody's role; false: no memory. */
static bool
read_roles(struct thread *thread, struct arena *arena)
{
	const struct bug *bug = thread->bug;
	struct writers writers;
	size_t i;

	thread->roles = arena_alloc(arena, bug->comment_len + 1,
	    sizeof(*thread->roles));
	if (thread->roles == NULL)
		return false;
	writers_find(&writers, bug, thread->verdict, thread->text,
	    thread->taxonomy);
	thread->ca_known = writers.ca_known;
	for (i = 0; i < bug->comment_len; i++)
		thread->roles[i] = writers_role(&writers, &bug->comments[i]);
	return true;
}

static int
by_time(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->comment > y->comment) - (x->comment < y->comment);
}

/* From each comment the next one of each side, itself too; and the newest
 * closure summary so far. */
static void
link_said(struct thread *thread)
{
	size_t ca = SIZE_MAX, program = SIZE_MAX, i;
	int64_t summary = DATE_NONE;
	struct said *said;

	for (i = thread->said_len; i > 0; i--) {
		said = &thread->said[i - 1];
		if (said->role == ROLE_CA)
			ca = i - 1;
		else if (said->role == ROLE_ROOT_PROGRAM ||
		    said->role == ROLE_CCADB)
			program = i - 1;
		said->next_ca = ca;
		said->next_program = program;
	}
	for (i = 0; i < thread->said_len; i++) {
		said = &thread->said[i];
		if (said->role == ROLE_CA &&
		    said->report->form == TAX_FORM_V3_CLOSURE)
			summary = said->time;
		said->summary = summary;
	}
}

static bool
read_said(struct thread *thread, struct arena *arena)
{
	const struct bug *bug = thread->bug;
	struct said *said;
	size_t i;

	thread->said = arena_alloc(arena, bug->comment_len + 1,
	    sizeof(*thread->said));
	if (thread->said == NULL)
		return false;
	for (i = 0; i < bug->comment_len; i++) {
		if (bug->comments[i].time > thread->now ||
		    bug->comments[i].time == DATE_NONE ||
		    i >= thread->text->comment_len)
			continue;
		said = &thread->said[thread->said_len++];
		said->time = bug->comments[i].time;
		said->role = thread->roles[i];
		said->comment = &bug->comments[i];
		said->report = &thread->text->comments[i];
	}
	qsort(thread->said, thread->said_len, sizeof(*thread->said),
	    by_time);
	link_said(thread);
	return true;
}

/* The days that the whiteboard named, change by change. */
static bool
read_days(struct thread *thread, struct arena *arena)
{
	const struct bug *bug = thread->bug;
	const struct change *change;
	struct named_days *days;
	struct whiteboard board;
	size_t i;

	thread->days = arena_alloc(arena, bug->change_len + 1,
	    sizeof(*thread->days));
	if (thread->days == NULL)
		return false;
	days = thread->days;
	days->time = DATE_NONE;
	days->next_update = thread->verdict->board.next_update;
	days->close_on = thread->verdict->board.close_on;
	for (i = 0; i < bug->change_len; i++) {
		change = &bug->changes[i];
		if (strcmp(change->field, "whiteboard") != 0)
			continue;
		if (days == thread->days) {
			whiteboard_read(change->removed, thread->taxonomy,
			    bug->id, NULL, &board);
			days->next_update = board.next_update;
			days->close_on = board.close_on;
		}
		if (change->time > thread->now)
			break;
		days++;
		whiteboard_read(change->added, thread->taxonomy, bug->id,
		    NULL, &board);
		days->time = change->time;
		days->next_update = board.next_update;
		days->close_on = board.close_on;
	}
	thread->day_len = (size_t)(days - thread->days) + 1;
	return true;
}

/* A copy of the words with blanks as one; "" on no memory. */
static const char *
copy_words(struct arena *arena, const char *data, size_t len, bool *ok)
{
	char *copy = arena_copy(arena, data, len);
	size_t i, used = 0;

	if (copy == NULL) {
		*ok = false;
		return "";
	}
	for (i = 0; i < len; i++) {
		if (copy[i] == '\n' || copy[i] == '\t')
			copy[i] = ' ';
		if (copy[i] != ' ' || (used > 0 && copy[used - 1] != ' '))
			copy[used++] = copy[i];
	}
	copy[used] = '\0';
	return copy;
}

/* What comments ask of the CA. */
static bool
ask_in_comments(struct thread *thread, struct arena *arena)
{
	const struct said *said;
	const struct comment *comment;
	struct asked *asked;
	size_t i, start, end;
	bool ok = true;

	for (i = 0; i < thread->said_len && ok; i++) {
		said = &thread->said[i];
		comment = said->comment;
		if (said->role == ROLE_CA || said->role == ROLE_ROBOT ||
		    comment->number == 0)
			continue;
		if (!speech_question(comment->text, comment->text_len,
		    &start, &end) && ((said->role != ROLE_ROOT_PROGRAM &&
		    said->role != ROLE_CCADB) ||
		    !speech_request(comment->text, comment->text_len,
		    &start, &end)))
			continue;
		asked = &thread->asked[thread->asked_len++];
		asked->time = said->time;
		asked->comment = comment->number;
		asked->who = comment->creator;
		asked->words = copy_words(arena, comment->text + start,
		    end - start, &ok);
		asked->answered = DATE_NONE;
		asked->of_ca = true;
	}
	return ok;
}

/* The next "needinfo?(LOGIN)" of a change from *at on: its login, which may
 * be empty.  false at the end. */
static bool
next_flag(const char *value, size_t *at, const char **login, size_t *len)
{
	const char *flag = strstr(value + *at, flag_word);

	if (flag == NULL)
		return false;
	flag += sizeof(flag_word) - 1;
	*login = flag;
	*len = 0;
	if (flag[0] == '(') {
		*login = flag + 1;
		*len = strcspn(*login, ")");
	}
	*at = (size_t)(*login + *len - value);
	return true;
}

static bool
has_flag(const char *value, const char *login)
{
	size_t at = 0, len, wanted = strlen(login);
	const char *found;

	while (next_flag(value, &at, &found, &len))
		if (len == wanted && memcmp(found, login, len) == 0)
			return true;
	return false;
}

/* When the flag was taken away again, DATE_NONE if it was not. */
static int64_t
flag_cleared(const struct thread *thread, size_t i, const char *login)
{
	const struct bug *bug = thread->bug;

	for (i++; i < bug->change_len; i++)
		if (bug->changes[i].time <= thread->now &&
		    has_flag(bug->changes[i].removed, login))
			return bug->changes[i].time;
	return DATE_NONE;
}

/* The question that came with the flag, or NULL. */
static struct asked *
asked_with(struct thread *thread, const struct change *change, bool of_ca)
{
	struct asked *asked;
	size_t i;

	for (i = 0; i < thread->asked_len; i++) {
		asked = &thread->asked[i];
		if (asked->of_ca == of_ca && !asked->flag &&
		    text_casecmp(asked->who, change->who) == 0 &&
		    change->time - asked->time <= CLOCK_TOGETHER &&
		    asked->time - change->time <= CLOCK_TOGETHER)
			return asked;
	}
	return NULL;
}

/* One flag that was set; of whom is it asked?  A flag without a login is
 * for anybody: the other side. */
static bool
ask_by_flag(struct thread *thread, struct arena *arena, size_t i,
    const char *login)
{
	const struct change *change = &thread->bug->changes[i];
	enum role role = role_of(thread->bug, thread->verdict,
	    thread->taxonomy, login[0] != '\0' ? login : change->who,
	    change->time);
	struct asked *asked;
	bool of_ca, ok = true;

	if (login[0] == '\0')
		of_ca = role != ROLE_CA;
	else
		of_ca = role == ROLE_CA;
	if (!of_ca && login[0] != '\0' && role != ROLE_ROOT_PROGRAM &&
	    role != ROLE_CCADB)
		return true;
	if (asked_with(thread, change, of_ca) != NULL)
		return true;
	asked = &thread->asked[thread->asked_len++];
	asked->time = change->time;
	asked->comment = -1;
	asked->who = change->who;
	asked->words = copy_words(arena, flag_word, sizeof(flag_word) - 2,
	    &ok);
	asked->answered = flag_cleared(thread, i, login);
	asked->of_ca = of_ca;
	asked->flag = true;
	return ok;
}

/* The newest THREAD_MAX_FLAGS of `total`. */
static bool
ask_in_changes(struct thread *thread, struct arena *arena, size_t total)
{
	const struct bug *bug = thread->bug;
	size_t i, at, len, flags = 0;
	const char *login;
	char *copy;

	for (i = 0; i < bug->change_len &&
	    bug->changes[i].time <= thread->now; i++) {
		at = 0;
		while (next_flag(bug->changes[i].added, &at, &login, &len)) {
			flags++;
			if (total - flags >= THREAD_MAX_FLAGS)
				continue;
			copy = arena_copy(arena, login, len);
			if (copy == NULL ||
			    !ask_by_flag(thread, arena, i, copy))
				return false;
		}
	}
	return true;
}

static int
by_asking(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->comment > y->comment) - (x->comment < y->comment);
}

/* The first comment later than `time`, or said_len. */
static size_t
first_after(const struct thread *thread, int64_t time)
{
	size_t low = 0, high = thread->said_len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (thread->said[middle].time <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct said *
thread_after(const struct thread *thread, int64_t time, bool by_ca)
{
	size_t i = first_after(thread, time);

	if (i < thread->said_len)
		i = by_ca ? thread->said[i].next_ca :
		    thread->said[i].next_program;
	return i < thread->said_len ? &thread->said[i] : NULL;
}

/* The first comment of the side that was asked, or the clearing. */
static void
find_answers(struct thread *thread)
{
	const struct said *said;
	struct asked *asked;
	size_t i;

	for (i = 0; i < thread->asked_len; i++) {
		asked = &thread->asked[i];
		said = thread_after(thread, asked->time, asked->of_ca);
		if (said != NULL && (asked->answered == DATE_NONE ||
		    said->time < asked->answered))
			asked->answered = said->time;
	}
}

static bool
read_asked(struct thread *thread, struct arena *arena)
{
	const struct bug *bug = thread->bug;
	const char *login;
	size_t i, at, len, flags = 0;

	for (i = 0; i < bug->change_len; i++)
		for (at = 0; next_flag(bug->changes[i].added, &at, &login,
		    &len); )
			flags++;
	thread->asked = arena_alloc(arena, thread->said_len + 1 +
	    (flags < THREAD_MAX_FLAGS ? flags : THREAD_MAX_FLAGS),
	    sizeof(*thread->asked));
	if (thread->asked == NULL || !ask_in_comments(thread, arena) ||
	    !ask_in_changes(thread, arena, flags))
		return false;
	qsort(thread->asked, thread->asked_len, sizeof(*thread->asked),
	    by_asking);
	find_answers(thread);
	return true;
}

/* Has nobody of the CA said anything, but somebody who may be of it a thing
 * that is not known?  Then nobody can tell who the CA is here. */
static bool
is_unread(const struct thread *thread)
{
	const struct said *said;
	bool unread = false;
	size_t i;

	for (i = 0; i < thread->said_len; i++) {
		said = &thread->said[i];
		if (said->role == ROLE_CA)
			return false;
		if (said->role == ROLE_UNKNOWN &&
		    said->comment->text_len == 0)
			unread = true;
	}
	return unread;
}

bool
thread_read(struct thread *out, struct arena *arena)
{
	if (!read_roles(out, arena) || !read_said(out, arena))
		return false;
	if (is_unread(out))
		out->ca_known = false;
	return read_days(out, arena) && read_asked(out, arena);
}

int64_t
thread_summary_at(const struct thread *thread, int64_t time)
{
	size_t i = first_after(thread, time);
	int64_t summary = i > 0 ? thread->said[i - 1].summary : DATE_NONE;

	if (summary == DATE_NONE || thread_open_until(thread, summary) !=
	    thread_open_until(thread, time))
		return DATE_NONE;
	return summary;
}

const struct named_days *
thread_days_at(const struct thread *thread, int64_t time)
{
	size_t low = 1, high = thread->day_len, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (thread->days[middle].time <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return &thread->days[low - 1];
}

int64_t
thread_open_until(const struct thread *thread, int64_t time)
{
	const struct life *life = &thread->verdict->life;
	size_t i;

	for (i = 0; i < life->len; i++)
		if (life->periods[i].from <= time &&
		    time < life->periods[i].until)
			return life->periods[i].until > thread->now ?
			    INT64_MAX : life->periods[i].until;
	return time;
}
