/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/rules_private.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "classify/literal.h"
#include "classify/rule.h"

enum {
	/* Bytes of a hostile comment: one piece, which is all that a match
	 * ever sees; and of a hostile summary, as long as Bugzilla allows. */
	HOSTILE_COMMENT = RULES_STEP + RULES_REACH,
	HOSTILE_SUMMARY = 255,
	/* Places at which it is tried, the first ones: it repeats.  A rule
	 * is slow when one of them takes so many steps, or, in comments,
	 * where there are thousands of places, each eighth does so many: some
	 * 0.2 s for a comment of 64 KB. */
	HOSTILE_PLACES = 256,
	STEPS_ONCE = 50000,
	STEPS_OFTEN = 2000,
	OFTEN = HOSTILE_PLACES / 8
};

struct trial {
	struct pattern_room *room;
	void (*report)(void *arg, bool fault, const char *text);
	void *arg;
	size_t faults;
	const struct tax_rule *rule;
	struct buf text;	/* hostile */
};

static void
tell(struct trial *trial, bool fault, const char *what)
{
	char place[PLACE_SIZE];
	const struct err *line;

	line = err_new(ERR_CONFIG, "%s: %s", rules_place(trial->rule, place),
	    what);
	trial->faults += fault;
	trial->report(trial->arg, fault, line->text);
}

/* Does the example do what it is there for? */
static const struct err *
try_example(struct trial *trial, struct pattern *pattern, const char *text,
    enum pattern_result right, const char *complaint)
{
	struct pattern_piece piece;
	enum pattern_result result;
	const struct err *err;
	size_t start, end;

	if (text == NULL)
		return NULL;
	piece.text = text;
	piece.len = piece.last = strlen(text);
	piece.from = 0;
	piece.starts = piece.ends = true;
	err = pattern_try(pattern, &piece, &result, &start, &end);
	if (err == NULL && result != right)
		tell(trial, true, complaint);
	return err;
}

/* Words again and again, as many bytes as the rule may see at once. */
static bool
is_slow_on(struct trial *trial, struct pattern *pattern, const char *words)
{
	const bool comment = trial->rule->field > TAX_FIELD_WORDS;
	const size_t size = comment ? HOSTILE_COMMENT : HOSTILE_SUMMARY;
	struct pattern_piece piece;
	size_t often = 0;

	buf_clear(&trial->text);
	while (trial->text.len < size && buf_error(&trial->text,
	    "hostile text") == NULL)
		buf_str(&trial->text, words);
	piece.text = buf_text(&trial->text);
	piece.len = text_cut(piece.text, trial->text.len, size);
	piece.starts = true;
	/* "$" never matches: it fails at the end, which takes longest. */
	piece.ends = false;
	for (piece.from = 0; piece.from < HOSTILE_PLACES &&
	    piece.from < piece.len; piece.from++) {
		piece.last = piece.from;
		if (!pattern_is_heavy(pattern, &piece, STEPS_OFTEN))
			continue;
		if ((comment && ++often == OFTEN) ||
		    pattern_is_heavy(pattern, &piece, STEPS_ONCE))
			return true;
	}
	return false;
}

/* Texts that lead far into the pattern and then fail. */
static void
try_hostile(struct trial *trial, struct pattern *pattern,
    const struct literals *literals)
{
	struct buf words;
	bool slow;
	size_t i;

	buf_init(&words, HOSTILE_COMMENT);
	for (i = 0; i < literals->len; i++) {
		buf_str(&words, literals->items[i].text);
		buf_char(&words, ' ');
	}
	slow = is_slow_on(trial, pattern, "a") ||
	    is_slow_on(trial, pattern, "word ") ||
	    (words.len > 0 && is_slow_on(trial, pattern, buf_text(&words)));
	if (!slow && trial->rule->yes != NULL) {
		buf_clear(&words);
		buf_str(&words, trial->rule->yes);
		buf_str(&words, ", ");
		slow = words.len > 0 &&
		    is_slow_on(trial, pattern, buf_text(&words));
	}
	buf_release(&words);
	if (slow)
		tell(trial, false, "is slow on some texts: it has too many "
		    "ways to match: use fewer of .* and of repeats in "
		    "repeats");
}

static const struct err *
try_rule(struct trial *trial)
{
	const struct tax_rule *rule = trial->rule;
	struct pattern *pattern;
	struct literals literals, also;
	const struct err *err;

	err = pattern_make(&pattern, trial->room, "pattern", rule->pattern,
	    rule->exact ? PATTERN_EXACT : 0u);
	if (err != NULL) {
		if (err->kind != ERR_CONFIG)
			return err;
		tell(trial, true, err->text);
		return NULL;
	}
	if (pattern_is_empty(pattern))
		tell(trial, true, "matches the empty text, and so "
		    "everything: let it ask for something");
	err = try_example(trial, pattern, rule->yes, PATTERN_YES,
	    "does not match its own example <yes>: mend one of them");
	if (err == NULL)
		err = try_example(trial, pattern, rule->no, PATTERN_NO,
		    "matches its example <no>: mend one of them");
	literals_find(rule->pattern, &literals, &also);
	if (literals.len == 0)
		tell(trial, false, "costs time on every text: no word is "
		    "sure to be in a match: write one that is, if you can");
	if (err == NULL)
		try_hostile(trial, pattern, &literals);
	pattern_free(pattern);
	return err;
}

const struct err *
rules_check(const struct taxonomy *taxonomy,
    void (*report)(void *arg, bool fault, const char *text), void *arg,
    size_t *faults)
{
	struct trial trial = { .report = report, .arg = arg };
	const struct err *err;
	size_t i;

	*faults = 0;
	buf_init(&trial.text, 2 * HOSTILE_COMMENT);
	err = pattern_room_new(&trial.room);
	for (i = 0; i < taxonomy->rule_len && err == NULL; i++) {
		trial.rule = &taxonomy->rules[i];
		err = try_rule(&trial);
	}
	*faults = trial.faults;
	pattern_room_free(trial.room);
	buf_release(&trial.text);
	return err;
}
