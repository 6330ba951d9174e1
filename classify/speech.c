/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/speech.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "classify/loosedate.h"

/* A sentence, or what is left of it between quotes and code. */
struct sentence {
	const char *data;
	size_t start, end;	/* bytes of the text */
	bool question;
	/* the same in small letters, blanks as one */
	char folded[SPEECH_MAX_SENTENCE + 1];
};

struct speaker {
	const char *text;
	size_t len;
	size_t at;
	bool fenced;		/* in code between ``` */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static size_t
line_end(const struct speaker *speaker, size_t at)
{
	const char *end = memchr(speaker->text + at, '\n',
	    speaker->len - at);

	return end != NULL ? (size_t)(end - speaker->text) : speaker->len;
}

/* Does the line tell nothing of its writer: quoted, code, or empty? */
static bool
skip_line(struct speaker *speaker, size_t at, size_t end)
{
	const char *line = speaker->text + at;
	size_t len = end - at;

	text_trim(&line, &len);
	if (len >= 3 && (memcmp(line, "```", 3) == 0 ||
	    memcmp(line, "~~~", 3) == 0)) {
		speaker->fenced = !speaker->fenced;
		return true;
	}
	return speaker->fenced || len == 0 || line[0] == '>';
}

/* Does a sentence end behind the sign at `at`?  Dots of numbers and of names
 * do not end one. */
static bool
ends_at(const struct speaker *speaker, size_t at)
{
	char c = speaker->text[at], next;

	if (c != '.' && c != '?' && c != '!')
		return false;
	next = at + 1 < speaker->len ? speaker->text[at + 1] : '\n';
	return is_blank(next) ||
	    (c == '?' && next != '\0' && strchr(")*_?!", next) != NULL);
}

/* Does "://" begin there?  Then the word is an address, and its signs are
 * its own. */
static bool
address_at(const struct speaker *speaker, size_t at)
{
	return speaker->len - at >= 3 &&
	    memcmp(speaker->text + at, "://", 3) == 0;
}

static void
fold(struct sentence *sentence)
{
	const char *data = sentence->data + sentence->start;
	size_t len = sentence->end - sentence->start;
	struct buf buf;

	buf_fixed(&buf, sentence->folded, sizeof(sentence->folded));
	if (len > SPEECH_MAX_SENTENCE / 2) {
		data += len - SPEECH_MAX_SENTENCE / 2;
		len = SPEECH_MAX_SENTENCE / 2;
	}
	text_fold(&buf, data, len);
	if (buf.full)
		sentence->folded[0] = '\0';
}

/* Go on to the sign that ends the sentence, or to the end of the line; code
 * hides what it holds. */
static size_t
find_end(const struct speaker *speaker, size_t at, size_t end, bool *code)
{
	bool address = false;

	for (; at < end; at++) {
		if (is_blank(speaker->text[at]))
			address = false;
		address = address || address_at(speaker, at);
		*code ^= speaker->text[at] == '`';
		if (!*code && !address && ends_at(speaker, at))
			break;
	}
	return at;
}

/* The next sentence; it ends with its sign, with an empty line, or where a
 * line is passed over. */
static bool
next_sentence(struct speaker *speaker, struct sentence *out)
{
	size_t at = speaker->at, end, start = SIZE_MAX;
	bool code = false;

	for (; at < speaker->len; at = end + 1) {
		end = line_end(speaker, at);
		if ((at == 0 || speaker->text[at - 1] == '\n') &&
		    skip_line(speaker, at, end)) {
			if (start != SIZE_MAX)
				break;
			continue;
		}
		while (at < end && start == SIZE_MAX &&
		    is_blank(speaker->text[at]))
			at++;
		if (at < end && start == SIZE_MAX)
			start = at;
		at = find_end(speaker, at, end, &code);
		if (at < end) {
			at++;
			break;
		}
	}
	speaker->at = at < speaker->len ? at : speaker->len;
	if (start == SIZE_MAX)
		return false;
	out->data = speaker->text;
	out->start = start;
	out->end = speaker->at;
	while (out->end > start && is_blank(out->data[out->end - 1]))
		out->end--;
	out->question = out->data[out->end - 1] == '?';
	fold(out);
	return true;
}

static void
begin(struct speaker *speaker, const char *text, size_t len)
{
	speaker->text = text;
	speaker->len = len;
	speaker->at = 0;
	speaker->fenced = false;
}

static bool
has_any(const char *folded, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++)
		if (strstr(folded, *phrases) != NULL)
			return true;
	return false;
}

/* A whole word, but for what stands before it. */
static bool
has_word(const char *folded, const char *word)
{
	size_t len = strlen(word);

	for (; (folded = strstr(folded, word)) != NULL; folded += len)
		if (folded[len] < 'a' || folded[len] > 'z')
			return true;
	return false;
}

/* "Any further questions?" */
static bool
is_courtesy(const struct sentence *sentence)
{
	static const char *const nouns[] = { "question", "comment",
	    "objection", "concern", NULL };
	const char *any = strstr(sentence->folded, "any ");

	return any != NULL && has_any(any, nouns) &&
	    strlen(any) < sizeof("any other further questions or comments "
	    "before closing?");
}

bool
speech_question(const char *text, size_t len, size_t *start, size_t *end)
{
	struct speaker speaker;
	struct sentence sentence;

	*start = *end = 0;
	begin(&speaker, text, len);
	while (next_sentence(&speaker, &sentence)) {
		if (!sentence.question || is_courtesy(&sentence))
			continue;
		*start = sentence.start;
		*end = sentence.end;
		return true;
	}
	return false;
}

bool
speech_request(const char *text, size_t len, size_t *start, size_t *end)
{
	static const char *const not[] = { "please do not", "please don't",
	    "please let us know", "please let me know", "next time", NULL };
	struct speaker speaker;
	struct sentence sentence;

	*start = *end = 0;
	begin(&speaker, text, len);
	while (next_sentence(&speaker, &sentence)) {
		if ((!has_word(sentence.folded, "please") &&
		    !has_word(sentence.folded, "needinfo")) ||
		    has_any(sentence.folded, not))
			continue;
		*start = sentence.start;
		*end = sentence.end;
		return true;
	}
	return false;
}

/* The first day that the sentence names. */
static int64_t
find_day(const struct sentence *sentence)
{
	const char *data = sentence->data;
	size_t i = sentence->start, used;
	int64_t day;

	while (i < sentence->end) {
		if ((i == sentence->start || is_blank(data[i - 1])) &&
		    loose_date(data + i, sentence->end - i, &used, &day))
			return day;
		i++;
	}
	return DATE_NONE;
}

bool
speech_last_call(const char *text, size_t len, int64_t *day)
{
	static const char *const calls[] = { "last call", "final call",
	    "will close", "i'll close", "we'll close", "to close this",
	    "be closed", "plan to close", "intend to close", "closing on",
	    "closing next", "planned closing", "planned day of closing",
	    "closing this", NULL };
	struct speaker speaker;
	struct sentence sentence;
	bool found = false;

	*day = DATE_NONE;
	begin(&speaker, text, len);
	while (*day == DATE_NONE && next_sentence(&speaker, &sentence)) {
		if (!found && !has_any(sentence.folded, calls))
			continue;
		found = true;
		*day = find_day(&sentence);
	}
	return found;
}
