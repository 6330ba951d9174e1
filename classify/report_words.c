/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/report_words.h"

#include <string.h>

#include "base/text.h"

static const char *const none_words[] = {
	"n/a", "na", "n.a", "none", "not applicable", "not available", "-",
	"--", "–", "—", "nil", "nothing", "none so far",
	"none that we know of", "none identified", "does not apply", "n / a",
	"keine", "entfällt", "nicht zutreffend", "sans objet",
	"non applicable", "aucun", "no aplica", "ninguno", "non applicabile",
	"nessuno", "nie dotyczy", "brak", "无",
	"不适用",
	"なし", "該当なし"
};

static const char *const deny_words[] = {
	"no", "none", "n/a", "na", "not", "nobody", "nothing", "keine", "kein",
	"aucun", "aucune", "ningún", "nessun", "nessuno", "brak"
};

static const char *const number_words[] = {
	"zero", "one", "two", "three", "four", "five", "six", "seven",
	"eight", "nine", "ten", "eleven", "twelve"
};

/* By the order in which they are looked for: what denies another stands
 * before it. */
static const struct {
	const char *word;
	enum report_action_state state;
} states[] = {
	{ "cancel*", ACTION_CANCELED }, { "withdrawn", ACTION_CANCELED },
	{ "abandoned", ACTION_CANCELED }, { "annul*", ACTION_CANCELED },
	{ "abgebrochen", ACTION_CANCELED }, { "cancelado", ACTION_CANCELED },
	{ "delay*", ACTION_DELAYED }, { "postponed", ACTION_DELAYED },
	{ "overdue", ACTION_DELAYED }, { "behind schedule", ACTION_DELAYED },
	{ "verspätet", ACTION_DELAYED },
	{ "verschoben", ACTION_DELAYED }, { "retardé*", ACTION_DELAYED },
	{ "reporté*", ACTION_DELAYED }, { "retrasado", ACTION_DELAYED },
	{ "not done", ACTION_ONGOING }, { "not complete*", ACTION_ONGOING },
	{ "not started", ACTION_ONGOING }, { "not yet", ACTION_ONGOING },
	{ "incomplete", ACTION_ONGOING }, { "partially", ACTION_ONGOING },
	{ "partly", ACTION_ONGOING }, { "to be", ACTION_ONGOING },
	{ "will be", ACTION_ONGOING }, { "ongoing", ACTION_ONGOING },
	{ "on-going", ACTION_ONGOING }, { "on going", ACTION_ONGOING },
	{ "in progress", ACTION_ONGOING }, { "in work", ACTION_ONGOING },
	{ "in process", ACTION_ONGOING }, { "underway", ACTION_ONGOING },
	{ "under way", ACTION_ONGOING }, { "under review", ACTION_ONGOING },
	{ "planned", ACTION_ONGOING }, { "scheduled", ACTION_ONGOING },
	{ "pending", ACTION_ONGOING }, { "open", ACTION_ONGOING },
	{ "started", ACTION_ONGOING }, { "initiated", ACTION_ONGOING },
	{ "expected", ACTION_ONGOING }, { "todo", ACTION_ONGOING },
	{ "on track", ACTION_ONGOING }, { "new", ACTION_ONGOING },
	{ "continuous", ACTION_ONGOING }, { "en cours", ACTION_ONGOING },
	{ "prévu*", ACTION_ONGOING }, { "planifié*",
	    ACTION_ONGOING }, { "in arbeit", ACTION_ONGOING },
	{ "geplant", ACTION_ONGOING }, { "laufend", ACTION_ONGOING },
	{ "offen", ACTION_ONGOING }, { "en curso", ACTION_ONGOING },
	{ "en proceso", ACTION_ONGOING }, { "pendiente", ACTION_ONGOING },
	{ "in corso", ACTION_ONGOING }, { "w trakcie", ACTION_ONGOING },
	{ "done", ACTION_COMPLETE }, { "complete*", ACTION_COMPLETE },
	{ "finished", ACTION_COMPLETE }, { "closed", ACTION_COMPLETE },
	{ "implemented", ACTION_COMPLETE }, { "resolved", ACTION_COMPLETE },
	{ "fixed", ACTION_COMPLETE }, { "deployed", ACTION_COMPLETE },
	{ "accomplished", ACTION_COMPLETE }, { "achieved", ACTION_COMPLETE },
	{ "fait*", ACTION_COMPLETE }, { "terminé*", ACTION_COMPLETE },
	{ "réalisé*", ACTION_COMPLETE },
	{ "achevé*", ACTION_COMPLETE },
	{ "erledigt", ACTION_COMPLETE }, { "abgeschlossen", ACTION_COMPLETE },
	{ "umgesetzt", ACTION_COMPLETE }, { "completad*", ACTION_COMPLETE },
	{ "realizad*", ACTION_COMPLETE }, { "finalizad*", ACTION_COMPLETE },
	{ "completat*", ACTION_COMPLETE }, { "fatto", ACTION_COMPLETE },
	{ "zakończon*", ACTION_COMPLETE },
	{ "wykonan*", ACTION_COMPLETE },
	{ "已完成", ACTION_COMPLETE },
	{ "完了", ACTION_COMPLETE },
	{ "进行中", ACTION_ONGOING }
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_word(char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (c & 0x80) != 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The bytes of the word at `i`, 0 when it does not stand there whole. */
static size_t
word_at(const char *data, size_t len, size_t i, const char *word)
{
	size_t n = 0;

	for (; word[n] != '\0' && word[n] != '*'; n++)
		if (i + n == len || lower(data[i + n]) != word[n])
			return 0;
	if (word[n] == '*')
		return n;
	/* A script without blanks between its words has whole ones too. */
	return i + n < len && is_word(data[i + n]) && (word[0] & 0x80) == 0 ?
	    0 : n;
}

size_t
words_find(const char *data, size_t len, const char *word)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (lower(data[i]) == word[0] &&
		    (i == 0 || !is_word(data[i - 1]) || (word[0] & 0x80) != 0) &&
		    word_at(data, len, i, word) > 0)
			return i;
	return SIZE_MAX;
}

static bool
any_word(const char *data, size_t len, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (words_find(data, len, words[i]) != SIZE_MAX)
			return true;
	return false;
}

bool
words_none(const char *data, size_t len)
{
	size_t i;

	text_trim(&data, &len);
	while (len > 1 && (data[len - 1] == '.' || data[len - 1] == '-' ||
	    data[len - 1] == '*'))
		len--;
	for (i = 0; i < sizeof(none_words) / sizeof(none_words[0]); i++)
		if (word_at(data, len, 0, none_words[i]) == len && len > 0)
			return true;
	return false;
}

bool
words_deny(const char *data, size_t len)
{
	size_t i;

	text_trim(&data, &len);
	for (i = 0; i < sizeof(deny_words) / sizeof(deny_words[0]); i++)
		if (word_at(data, len, 0, deny_words[i]) > 0)
			return true;
	return words_none(data, words_sentence(data, len));
}

enum report_action_state
words_state(const char *data, size_t len)
{
	size_t i, at, first = SIZE_MAX;
	enum report_action_state state = ACTION_UNSAID;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		at = words_find(data, len, states[i].word);
		if (at == 0)
			return states[i].state;
		if (at != SIZE_MAX && first == SIZE_MAX) {
			first = at;
			state = states[i].state;
		}
	}
	return state;
}

size_t
words_sentence(const char *data, size_t len)
{
	static const char ideographic[] = "。";
	size_t i;

	for (i = 0; i < len; i++) {
		if (data[i] == '\n' && i + 1 < len && data[i + 1] == '\n')
			return i;
		if ((data[i] == '.' || data[i] == '!' || data[i] == '?') &&
		    (i + 1 == len || data[i + 1] == ' ' ||
		    data[i + 1] == '\n'))
			return i + 1;
		if (len - i >= 3 && memcmp(data + i, ideographic, 3) == 0)
			return i + 3;
	}
	return len;
}

/* What one sentence says of it. */
static int
sentence_stopped(const char *data, size_t len, bool asked)
{
	static const char *const not[] = {
		"not stopped", "not been stopped", "not stop", "not suspended",
		"not been suspended", "not suspend", "not halted", "not halt",
		"haven't stopped", "hasn't stopped", "didn't stop",
		"not interrupted", "not cease", "nicht gestoppt",
		"nicht eingestellt", "pas été arrêté*",
		"no stop", "continues to issue", "not discontinued"
	};
	static const char *const stop[] = {
		"stopped", "suspended", "halted", "ceased", "paused",
		"discontinued", "ended", "arrêté*", "suspendu*",
		"gestoppt", "eingestellt", "detenid*", "detuvo", "suspendid*",
		"interrott*", "sospes*", "wstrzyman*"
	};
	static const char *const issue[] = {
		"issuance", "issuing", "issue", "issued", "émission",
		"ausstellung", "emisión", "emissione", "wydawani*"
	};
	size_t i, at;

	if (any_word(data, len, not, sizeof(not) / sizeof(not[0])))
		return 0;
	for (i = 0; i < sizeof(stop) / sizeof(stop[0]); i++) {
		at = words_find(data, len, stop[i]);
		if (at == 0 || (asked && at != SIZE_MAX &&
		    words_find(data, len, "resumed") != SIZE_MAX) ||
		    (at != SIZE_MAX &&
		    any_word(data, len, issue,
		    sizeof(issue) / sizeof(issue[0]))))
			return 1;
	}
	return -1;
}

int
words_stopped(const char *data, size_t len, bool asked)
{
	static const char *const yes[] = {
		"yes", "oui", "ja", "sí", "sì", "si", "tak",
		"是", "はい"
	};
	static const char *const no[] = {
		"no", "non", "nein", "nie", "否",
		"いいえ"
	};
	size_t i, n, sentence;
	int stopped;

	text_trim(&data, &len);
	if (words_none(data, len))
		return -1;
	for (i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (word_at(data, len, 0, yes[i]) > 0)
			return 1;
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		n = word_at(data, len, 0, no[i]);
		/* "No such certificate was issued" answers something else. */
		if (n > 0 && (n == len || strchr(".,;:-!(", data[n]) != NULL ||
		    data[n] == '\n' || (data[n] & 0x80) != 0))
			return 0;
	}
	for (i = 0; i < 4 && len > 0; i++) {
		sentence = words_sentence(data, len);
		stopped = sentence_stopped(data, sentence, asked);
		if (stopped >= 0)
			return stopped;
		data += sentence;
		len -= sentence;
		text_trim(&data, &len);
	}
	return -1;
}

/* Digits with marks between each three: "27,914", "1 126", "1.904". */
static size_t
read_figures(const char *data, size_t len, int64_t *number)
{
	size_t at = 0, n;
	int64_t sum = 0, group;
	char mark;

	while (at < len && at < 15 && is_digit(data[at]))
		sum = sum * 10 + (data[at++] - '0');
	if (at == 0 || (at < len && is_digit(data[at])))
		return 0;
	mark = at < len ? data[at] : '\0';
	while (at <= 3 || sum >= 1000) {
		n = at + 1;
		if (n + 3 > len || data[at] != mark ||
		    strchr(",. '", mark) == NULL || mark == '\0' ||
		    !text_int(data + n, 3, &group) || sum > 999999999 ||
		    (n + 3 < len && is_digit(data[n + 3])))
			break;
		sum = sum * 1000 + group;
		at = n + 3;
	}
	*number = sum;
	return at;
}

/* The number with which the text begins (27,914; 1 126; none; seven), and in
 * *used its bytes. */
static bool
words_number(const char *data, size_t len, int64_t *number, size_t *used)
{
	size_t i, n;

	*number = 0;
	*used = read_figures(data, len, number);
	if (*used > 0)
		return *used == len || (!is_word(data[*used]) &&
		    data[*used] != '-' && data[*used] != '/' &&
		    data[*used] != '%' && data[*used] != '_');
	for (i = 0; i < sizeof(number_words) / sizeof(number_words[0]); i++) {
		n = word_at(data, len, 0, number_words[i]);
		if (n > 0) {
			*number = (int64_t)i;
			*used = n;
			return true;
		}
	}
	return false;
}

/* Is the number of so many bytes at `i` one of certificates: the word
 * follows it closely, and nothing ends the clause between them? */
static bool
counts_certificates(const char *data, size_t len, size_t i)
{
	static const char *const words[] = {
		"certificat*", "precertificat*", "pre-certificat*", "zertifikat*",
		"certificad*", "certyfikat*", "certs", "cert", "precert*",
		"leaf", "证书", "証明書"
	};
	size_t end = i, blanks = 0;

	while (end < len && blanks < 9 && strchr(".;:,()\n", data[end]) == NULL)
		if (data[end++] == ' ')
			blanks++;
	return any_word(data + i, end - i, words,
	    sizeof(words) / sizeof(words[0]));
}

/* Behind "total", "in total", "total number of certificates:". */
static bool
after_total(const char *data, size_t len, int64_t *number)
{
	size_t at = words_find(data, len, "total"), used, i;

	if (at == SIZE_MAX)
		return false;
	for (i = at + 5; i < len && i < at + 60 && data[i] != '.'; i++)
		if (is_digit(data[i]) && !is_word(data[i - 1]))
			return words_number(data + i, len - i, number, &used) &&
			    (data[at] == 'T' || data[at] == 't') &&
			    (counts_certificates(data, len, i + used) ||
			    words_find(data + at, i - at, "certificat*") !=
			    SIZE_MAX || words_find(data + at, i - at,
			    "number") != SIZE_MAX);
	return false;
}

/* Is the number at `i` a year? */
static bool
is_year(const char *data, size_t i, size_t used, int64_t number)
{
	static const char *const before[] = {
		"since ", "in ", "from ", "until ", "by ", "before ", "after ",
		"during ", "of "
	};
	size_t k, n;

	if (used != 4 || number < 1990 || number > 2100)
		return false;
	for (k = 0; k < sizeof(before) / sizeof(before[0]); k++) {
		n = strlen(before[k]);
		if (i >= n && lower(data[i - n]) == before[k][0] &&
		    memcmp(data + i - n + 1, before[k] + 1, n - 1) == 0)
			return true;
	}
	return false;
}

bool
words_certificates(const char *data, size_t len, bool asked, int64_t *number)
{
	size_t i, used, sentence;

	*number = 0;
	text_trim(&data, &len);
	if (asked && words_number(data, len, number, &used))
		return true;
	/* Who denies and then goes on counts something else. */
	if (words_deny(data, len)) {
		*number = 0;
		return asked && words_none(data, len) &&
		    word_at(data, len, 0, "none") > 0;
	}
	if (after_total(data, len, number))
		return true;
	sentence = words_sentence(data, len);
	for (i = 0; i < sentence; i++) {
		if ((i > 0 && (is_word(data[i - 1]) || data[i - 1] == '-' ||
		    data[i - 1] == '/' || data[i - 1] == '.')) ||
		    !words_number(data + i, sentence - i, number, &used))
			continue;
		if (!is_year(data, i, used, *number) &&
		    counts_certificates(data, sentence, i + used))
			return true;
		i += used - 1;
	}
	*number = 0;
	return false;
}
