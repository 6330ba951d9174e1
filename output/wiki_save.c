/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "fetch/http.h"
#include "output/wiki_private.h"

enum {
	MAX_WHAT = 512		/* bytes of a title with words around it */
};

static void
add(struct buf *form, const char *name, const char *value)
{
	buf_fmt(form, "&%s=", name);
	http_quote(form, value);
}

/* The edit; its token comes last, so that a form that is cut has none. */
static const struct err *
write_form(const struct wiki *wiki, const struct wiki_save *save,
    struct buf *form)
{
	char md5[HASH_MD5_HEX], *text;

	buf_clear(form);
	buf_str(form, "action=edit&" WIKI_FORMAT "&nocreate=1");
	/* What may go wrong about us is looked at before all else. */
	add(form, "assert", wiki->config.human ? "user" : "bot");
	add(form, "assertuser", wiki->account);
	buf_fmt(form, "&maxlag=%d", WIKI_MAX_LAG);
	if (!wiki->config.human)
		buf_str(form, "&bot=1");
	add(form, "title", save->title);
	buf_fmt(form, "&baserevid=%" PRId64, save->base);
	/* No basetimestamp: with it the wiki takes no edit of our account for
	 * a conflict, nor anybody's of the second of the base, and writes
	 * over them (1.39's RevisionStore::userWasLastToEdit). */
	add(form, "starttimestamp", save->now);
	hash_md5(save->text, save->len, md5);
	add(form, "md5", md5);
	add(form, "summary", save->summary);
	/* The account's preferences may have another opinion. */
	buf_str(form, save->minor ? "&minor=1" : "&notminor=1");
	text = mem_copy(save->text, save->len);
	if (text == NULL)
		return err_memory();
	add(form, "text", text);
	mem_free(text);
	add(form, "token", wiki->token);
	return buf_error(form, "an edit");
}

/* Send it, with a new token and a new session where they were lost. */
static const struct err *
send(struct wiki *wiki, const struct wiki_save *save, struct wiki_call *call,
    struct wiki_answer *answer, struct wiki_turn *out)
{
	bool new_token = false, new_session = false;
	const struct err *err;
	struct buf form;

	buf_init(&form, WIKI_MAX_FORM);
	for (;;) {
		err = wiki_ready(wiki);
		if (err == NULL)
			err = write_form(wiki, save, &form);
		if (err != NULL)
			break;
		call->form = buf_text(&form);
		err = wiki_ask(wiki, call, answer, out);
		if (err != NULL)
			break;
		if (out->act == ACT_TOKEN && !new_token) {
			new_token = true;
			wiki_forget_token(wiki);
			wiki_say(wiki, "%s: token renewed",
			    wiki->config.name);
		} else if (out->act == ACT_LOGIN && !new_session) {
			new_session = true;
			wiki->logged_in = false;
			wiki_say(wiki, "%s: login renewed",
			    wiki->config.name);
		} else
			break;
	}
	buf_release(&form);
	return err;
}

/* The number that was told, 0 when it wasn't. */
static int64_t
number(const char *told)
{
	int64_t value = 0;

	return told != NULL && text_int(told, strlen(told), &value) ?
	    value : 0;
}

/* `skip`: bytes of `why` that the caller tells itself. */
static void
unsure(struct wiki_saved *out, const char *why, size_t skip)
{
	size_t len = strlen(why);

	if (skip > len)
		skip = 0;
	len = text_cut(why + skip, len - skip, sizeof(out->why) - 1);
	out->end = WIKI_UNSURE;
	memcpy(out->why, why + skip, len);
	out->why[len] = '\0';
}

/* What became of the edit; NULL, or why there is none. */
static const struct err *
finish(struct wiki *wiki, const struct wiki_call *call,
    const struct wiki_answer *answer, const struct wiki_turn *turn,
    struct wiki_saved *out)
{
	switch (turn->act) {
	case ACT_GOOD:
		break;
	case ACT_CONFLICT:
		out->end = WIKI_CONFLICT;
		return NULL;
	case ACT_GONE:
		out->end = WIKI_GONE;
		return NULL;
	case ACT_UNSURE:
		/* It may be about to be saved still. */
		wiki->pause_ms = WIKI_UNSURE_SECONDS * WIKI_MS;
		/* Which wiki and which page is known. */
		unsure(out, turn->why->text, strlen(wiki->config.name) +
		    strlen(call->what) + strlen(": : "));
		return NULL;
	default:
		return turn->why;
	}
	out->end = WIKI_SAVED;
	out->before = number(answer->said[SAID_BEFORE]);
	out->revision = number(answer->said[SAID_AFTER]);
	if (answer->said[SAID_SAME] != NULL)
		*out = (struct wiki_saved){ .end = WIKI_SAME };
	else if (out->revision == 0 || out->before == 0)
		unsure(out, "the answer lacks the revisions", 0);
	return NULL;
}

const struct err *
wiki_save(struct wiki *wiki, const struct wiki_save *save,
    struct wiki_saved *out)
{
	struct wiki_turn turn = { ACT_STOP, NULL };
	char what[MAX_WHAT];
	struct wiki_call call = {
		.what = what, .path = wiki->config.path, .want = SAID_EDIT,
		.save = true
	};
	struct wiki_answer answer;
	const struct err *err;
	struct buf room;

	assert(save->base > 0 && text_chars(save->summary,
	    strlen(save->summary)) <= WIKI_MAX_SUMMARY);
	memset(out, 0, sizeof(*out));
	err = wiki_check_title(wiki, save->title);
	if (err != NULL)
		return err;
	buf_fixed(&room, what, sizeof(what));
	buf_fmt(&room, "\"%s\" can't be saved", save->title);
	if (save->len > WIKI_MAX_TEXT)
		return err_new(ERR_SERVER, "%s: %s: it would be longer than "
		    "%d bytes: put less on it", wiki->config.name, what,
		    WIKI_MAX_TEXT);
	wiki_answer_init(&answer);
	err = send(wiki, save, &call, &answer, &turn);
	if (err == NULL)
		err = finish(wiki, &call, &answer, &turn, out);
	wiki_answer_release(&answer);
	return err;
}
