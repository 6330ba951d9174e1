/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/near.h"
#include "cmd/session.h"

#define BIT(command)	(1u << (command))
#define ALL		OPTIONS_ALL
#define SELECTS		(BIT(CMD_COUNT) | BIT(CMD_EVALUATE) | BIT(CMD_LIST))
#define DECIDES		(BIT(CMD_COUNT) | BIT(CMD_EXPLAIN) | BIT(CMD_LIST) | \
			BIT(CMD_SHOW))
#define PASTS		(SELECTS | BIT(CMD_EXPLAIN) | BIT(CMD_SHOW) | \
			BIT(CMD_SIMILAR))
#define REPORTS		(SELECTS | BIT(CMD_EXPLAIN) | BIT(CMD_SHOW) | \
			BIT(CMD_SIMILAR) | BIT(CMD_STATUS) | \
			BIT(CMD_TAXONOMY))

enum {
	CANDIDATES = 512	/* bytes of the names of options, all of them */
};

static const struct command_row commands[CMD__MAX] = {
	[CMD_COUNT] = { "count", "",
	    "the count table of a scheme over a window", 0, 0, cmd_count },
	[CMD_EVALUATE] = { "evaluate", "",
	    "how well the rules agree with labels given by people",
	    0, 0, cmd_evaluate },
	[CMD_EXPLAIN] = { "explain", "BUG...",
	    "why a bug has its labels: rules, weights, words",
	    1, SIZE_MAX, cmd_explain },
	[CMD_FETCH] = { "fetch", "",
	    "bring the store up to date from Bugzilla", 0, 0, cmd_fetch },
	[CMD_HELP] = { "help", "[COMMAND]",
	    "help", 0, 1, cmd_help },
	[CMD_IMPORT] = { "import", "FILE...",
	    "read answers of Bugzilla from files into the store",
	    1, SIZE_MAX, cmd_import },
	[CMD_LIST] = { "list", "",
	    "the selected incidents, one a line", 0, 0, cmd_list },
	[CMD_SHOW] = { "show", "BUG...",
	    "one incident whole: fields, labels, comments, changes",
	    1, SIZE_MAX, cmd_show },
	[CMD_SIMILAR] = { "similar", "BUG",
	    "the incidents most like a bug, with their tags",
	    1, 1, cmd_similar },
	[CMD_STATUS] = { "status", "",
	    "what the store holds, and whether it is sound",
	    0, 0, cmd_status },
	[CMD_TAXONOMY] = { "taxonomy", "check|list|diff DIR [DIR]|fit [DIR]",
	    "check the taxonomy, print it, compare two on bugs, fit its numbers",
	    1, 3, cmd_taxonomy },
};

static const struct opt_row options_table[OPT__MAX] = {
	[OPT_DB] = { "db", 0, "FILE", NULL,
	    "the store", ALL, false, false },
	[OPT_TAXONOMY] = { "taxonomy", 0, "DIR", NULL,
	    "the taxonomy's folder, instead of the built-in one",
	    ALL, false, false },
	[OPT_OVERRIDES] = { "overrides", 0, "FILE", NULL,
	    "what people decided on bugs, before tags and rules",
	    DECIDES, false, false },
	[OPT_NOW] = { "now", 0, "TIME", NULL,
	    "the clock, for reproducible runs", ALL, false, false },
	[OPT_QUIET] = { "quiet", 'q', NULL, NULL,
	    "errors alone on standard error", ALL, false, false },
	[OPT_VERBOSE] = { "verbose", 'v', NULL, NULL,
	    "say more; status: the settings too", ALL, true, false },
	[OPT_COLOR] = { "color", 0, "WHEN", "auto|always|never",
	    "colour in text", ALL, false, false },
	[OPT_PROGRESS] = { "progress", 0, "WHEN", "auto|always|never",
	    "progress on standard error", ALL, false, false },
	[OPT_HELP] = { "help", 'h', NULL, NULL,
	    "help, also for a command", ALL, false, false },
	[OPT_VERSION] = { "version", 'V', NULL, NULL,
	    "version and libraries", ALL, false, false },
	[OPT_FROM] = { "from", 0, "DATE", NULL,
	    "first day of the window: YYYY-MM-DD, today, -90d, -6m, -1y",
	    SELECTS, false, false },
	[OPT_TO] = { "to", 0, "DATE", NULL,
	    "last day of the window, included", SELECTS, false, false },
	[OPT_AS_OF] = { "as-of", 0, "DATE", NULL,
	    "everything as it stood at the end of that day", PASTS, false,
	    false },
	[OPT_COHORT] = { "cohort", 0, "NAME",
	    "open-during|filed|closed|open-on",
	    "which incidents belong to the window", SELECTS, false, false },
	[OPT_LABELS] = { "labels", 0, "FROM", "best|tagged|inferred",
	    "labels of the whiteboard, of the rules, or the best",
	    SELECTS, false, false },
	[OPT_OWNER] = { "owner", 0, "NAME", NULL,
	    "incidents of this CA owner", SELECTS, true, false },
	[OPT_CATEGORY] = { "category", 0, "ID", NULL,
	    "incidents with this label", SELECTS, true, false },
	[OPT_TAG] = { "tag", 0, "TAG", NULL,
	    "incidents whose whiteboard has this tag or mark",
	    SELECTS, true, false },
	[OPT_REPORTER] = { "reporter", 0, "WHO", "external",
	    "reported from outside the CA", SELECTS, false, false },
	[OPT_ID] = { "id", 0, "LIST", NULL,
	    "these bugs alone, numbers joined by commas",
	    SELECTS, true, false },
	[OPT_TEXT] = { "text", 0, "REGEX", NULL,
	    "incidents whose summary or a comment matches",
	    SELECTS, false, false },
	[OPT_ALL] = { "all", 0, NULL, NULL,
	    "also INVALID, DUPLICATE and tracking bugs",
	    SELECTS, false, false },
	[OPT_REVIEW] = { "review", 0, NULL, NULL,
	    "those whose labels should be looked at again, the worst first",
	    BIT(CMD_LIST), false, false },
	[OPT_SCHEME] = { "scheme", 0, "NAME", NULL,
	    "the categories to report in: tags, types-2024, themes-2025, "
	    "coarse, tags-merged",
	    BIT(CMD_COUNT) | BIT(CMD_EVALUATE), false, false },
	[OPT_COLLAPSE] = { "collapse-batches", 0, NULL, NULL,
	    "bugs of one CA, day and category count once, beside the raw "
	    "count", BIT(CMD_COUNT), false, false },
	[OPT_ESTIMATE] = { "estimate", 0, NULL, NULL,
	    "beside each count what the rules' confidence adds up to, with "
	    "an interval", BIT(CMD_COUNT), false, false },
	[OPT_GOLD] = { "gold", 0, "FROM", NULL,
	    "the labels to judge by: whiteboard, or a file of them",
	    BIT(CMD_EVALUATE), false, false },
	[OPT_FOLDS] = { "folds", 0, "N", NULL,
	    "similar incidents vote, those in the other N-1 of N parts: 10",
	    BIT(CMD_EVALUATE), false, false },
	[OPT_PREQUENTIAL] = { "prequential", 0, NULL, NULL,
	    "similar incidents vote, those filed earlier",
	    BIT(CMD_EVALUATE), false, false },
	[OPT_NO_NEIGHBOURS] = { "no-neighbours", 0, NULL, NULL,
	    "similar incidents do not vote",
	    DECIDES | BIT(CMD_EVALUATE), false, false },
	[OPT_BY] = { "by", 0, "PERIOD", "year",
	    "the figures of each period of filing too",
	    BIT(CMD_EVALUATE), false, false },
	[OPT_LIMIT] = { "limit", 0, "N", NULL,
	    "how many incidents are shown: 10",
	    BIT(CMD_SIMILAR), false, false },
	[OPT_FORMAT] = { "format", 'f', "NAME",
	    "text|markdown|mediawiki|csv|json|jsonl",
	    "how the report is written", REPORTS, false, false },
	[OPT_OUTPUT] = { "output", 'o', "FILE", NULL,
	    "where it is written, instead of standard output",
	    REPORTS, false, false },
	[OPT_GUARD] = { "guard-formulas", 0, NULL, NULL,
	    "CSV: a ' before what a spreadsheet would calculate",
	    REPORTS, false, false },
	[OPT_URL] = { "url", 0, "URL", NULL,
	    "the Bugzilla that is fetched, or that the answers are from",
	    BIT(CMD_FETCH) | BIT(CMD_IMPORT), false, false },
	[OPT_PRODUCT] = { "product", 0, "NAME", NULL,
	    "the product: CA Program", BIT(CMD_FETCH), false, false },
	[OPT_COMPONENT] = { "component", 0, "NAME", NULL,
	    "its components: CA Certificate Compliance, "
	    "CA Certificate Root Program", BIT(CMD_FETCH), true, false },
	[OPT_FULL] = { "full", 0, NULL, NULL,
	    "all bugs, not only those changed since the last fetch",
	    BIT(CMD_FETCH), false, false },
	[OPT_SINCE] = { "since", 0, "DATE", NULL,
	    "bugs changed since that day", BIT(CMD_FETCH), false, false },
	[OPT_JOBS] = { "jobs", 0, "N", NULL,
	    "requests at a time: 3", BIT(CMD_FETCH), false, false },
	[OPT_TIMEOUT] = { "timeout", 0, "SECONDS", NULL,
	    "how long one answer may take: 300", BIT(CMD_FETCH), false,
	    false },
	[OPT_RETRIES] = { "retries", 0, "N", NULL,
	    "how often a request that fails is made again: 4",
	    BIT(CMD_FETCH), false, false },
	[OPT_KEY_FILE] = { "key-file", 0, "FILE", NULL,
	    "where the API key stands; others must not read it",
	    BIT(CMD_FETCH), false, false },
	[OPT_KEY_COMMAND] = { "key-command", 0, "COMMAND", NULL,
	    "what prints the API key", BIT(CMD_FETCH), false, false },
	[OPT_KEY_IN_QUERY] = { "key-in-query", 0, NULL, NULL,
	    "send the key in URLs to a Bugzilla 5.x, which ignores headers",
	    BIT(CMD_FETCH), false, false },
	[OPT_MAX_AGE] = { "max-age", 0, "AGE", NULL,
	    "exit 1 when the last run is older: 90m, 26h, 7d",
	    BIT(CMD_STATUS), false, false },
	[OPT_COMPLETE] = { "complete-options", 0, NULL, NULL,
	    "one word a line, for completion", ALL, false, true },
};

const struct command_row *
command_at(enum command command)
{
	return &commands[command];
}

const struct opt_row *
option_at(enum opt opt)
{
	return &options_table[opt];
}

static const struct err *
unknown_command(const char *word)
{
	const char *names[CMD__MAX], *near;
	size_t i;

	for (i = 0; i < CMD__MAX; i++)
		names[i] = commands[i].name;
	near = near_best(word, names, CMD__MAX);
	if (near == NULL)
		return err_new(ERR_USAGE, "%s: no such command: "
		    "see cabrief help", word);
	return err_new(ERR_USAGE, "%s: no such command: did you mean %s?",
	    word, near);
}

static enum command
command_by_name(const char *word)
{
	size_t i;

	for (i = 0; i < CMD__MAX; i++)
		if (strcmp(word, commands[i].name) == 0)
			return (enum command)i;
	return CMD_NONE;
}

/* The options that begin with the `len` bytes of `word`; one of exactly that
 * name stands for itself. */
static size_t
find_options(const char *word, size_t len, const struct opt_row *out[OPT__MAX])
{
	const struct opt_row *row;
	size_t i, count = 0;

	for (i = 0; i < OPT__MAX; i++) {
		row = &options_table[i];
		if (row->hidden || strncmp(row->name, word, len) != 0)
			continue;
		out[count++] = row;
		if (row->name[len] == '\0') {
			out[0] = row;
			return 1;
		}
	}
	return count;
}

/* "--fo" is --folds and --format. */
static const struct err *
ambiguous(const char *word, const struct opt_row *const *rows, size_t len)
{
	char room[CANDIDATES];
	struct buf list;
	size_t i;

	buf_fixed(&list, room, sizeof(room));
	for (i = 0; i < len; i++)
		buf_fmt(&list, "%s--%s", i == 0 ? "" : i + 1 < len ? ", " :
		    " or ", rows[i]->name);
	return err_new(ERR_USAGE, "%s: ambiguous: do you mean %s?", word,
	    buf_text(&list));
}

/* What getopt does not take. */
static const struct err *
bad_option(const char *word)
{
	const struct opt_row *rows[OPT__MAX];
	const char *names[OPT__MAX], *near = NULL;
	size_t len, i;

	if (strncmp(word, "--", 2) == 0) {
		len = find_options(word + 2, strcspn(word + 2, "="), rows);
		if (len > 1)
			return ambiguous(word, rows, len);
		if (len == 1 && rows[0]->arg == NULL)
			return err_new(ERR_USAGE, "%s: --%s takes no argument: "
			    "leave it out", word, rows[0]->name);
		len = find_options("", 0, rows);
		for (i = 0; i < len; i++)
			names[i] = rows[i]->name;
		near = near_best(word + 2, names, len);
	}
	if (near == NULL)
		return err_new(ERR_USAGE, "%s: no such option: "
		    "see cabrief help", word);
	return err_new(ERR_USAGE, "%s: no such option: did you mean --%s?",
	    word, near);
}

/* Is `value` one of the words in "a|b|c"? */
static bool
allowed(const char *values, const char *value)
{
	size_t len = strlen(value), part;
	const char *at = values;

	for (;;) {
		part = strcspn(at, "|");
		if (part == len && memcmp(at, value, len) == 0)
			return true;
		if (at[part] == '\0')
			return false;
		at += part + 1;
	}
}

static const struct err *
take_option(struct options *options, enum opt opt, const char *value)
{
	const struct opt_row *row = &options_table[opt];
	const char **grown;

	if (row->values != NULL && !allowed(row->values, value))
		return err_new(ERR_USAGE, "--%s: %s: not one of %s",
		    row->name, value, row->values);
	grown = mem_resize(options->values[opt], options->count[opt] + 1,
	    sizeof(*grown));
	if (grown == NULL)
		return err_memory();
	options->values[opt] = grown;
	grown[options->count[opt]++] = value;
	return NULL;
}

static const struct err *
take_word(struct options *options, const char *word)
{
	const char **grown;

	if (options->command == CMD_NONE) {
		options->command = command_by_name(word);
		if (options->command == CMD_NONE)
			return unknown_command(word);
		return NULL;
	}
	grown = mem_resize(options->args, options->arg_len + 1,
	    sizeof(*grown));
	if (grown == NULL)
		return err_memory();
	options->args = grown;
	grown[options->arg_len++] = word;
	return NULL;
}

/* The tables in getopt's form. */
static void
getopt_tables(struct option longs[OPT__MAX + 1],
    char shorts[2 * OPT__MAX + 3])
{
	const struct opt_row *row;
	size_t i, at = 0;

	/* '-': words come in order, so a command may stand between options;
	 * ':': a missing argument is told from an unknown option. */
	shorts[at++] = '-';
	shorts[at++] = ':';
	for (i = 0; i < OPT__MAX; i++) {
		row = &options_table[i];
		longs[i] = (struct option){ row->name,
		    row->arg != NULL ? required_argument : no_argument,
		    NULL, CHAR_MAX + 1 + (int)i };
		if (row->letter == 0)
			continue;
		shorts[at++] = row->letter;
		if (row->arg != NULL)
			shorts[at++] = ':';
	}
	longs[OPT__MAX] = (struct option){ NULL, 0, NULL, 0 };
	shorts[at] = '\0';
}

static enum opt
opt_by_result(int result)
{
	size_t i;

	if (result > CHAR_MAX)
		return (enum opt)(result - CHAR_MAX - 1);
	for (i = 0; i < OPT__MAX; i++)
		if (options_table[i].letter == result)
			return (enum opt)i;
	return OPT__MAX;
}

/* After parsing: does each option and argument fit the command? */
static const struct err *
fits(const struct options *options)
{
	const struct command_row *row;
	size_t i;

	if (option_given(options, OPT_HELP) ||
	    option_given(options, OPT_VERSION) ||
	    option_given(options, OPT_COMPLETE))
		return NULL;
	if (options->command == CMD_NONE)
		return err_new(ERR_USAGE, "no command given: "
		    "see cabrief help");
	row = &commands[options->command];
	for (i = 0; i < OPT__MAX; i++)
		if (options->count[i] > 0 && (options_table[i].commands &
		    BIT(options->command)) == 0)
			return err_new(ERR_USAGE, "%s: --%s: not an option of "
			    "this command: see cabrief help %s", row->name,
			    options_table[i].name, row->name);
	if (options->arg_len < row->min_args)
		return err_new(ERR_USAGE, "%s: an argument is missing: "
		    "usage: cabrief %s [OPTIONS] %s", row->name, row->name,
		    row->args);
	if (options->arg_len > row->max_args)
		return err_new(ERR_USAGE, "%s: %s: too many arguments: "
		    "usage: cabrief %s [OPTIONS] %s", row->name,
		    options->args[row->max_args], row->name, row->args);
	return NULL;
}

const struct err *
options_read(struct options *options, int argc, char **argv)
{
	struct option longs[OPT__MAX + 1];
	char shorts[2 * OPT__MAX + 3];
	const struct err *err = NULL;
	enum opt opt;
	int result;

	memset(options, 0, sizeof(*options));
	options->command = CMD_NONE;
	getopt_tables(longs, shorts);
	opterr = 0;
	while (err == NULL &&
	    (result = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (result == 1) {
			err = take_word(options, optarg);
			continue;
		}
		if (result == ':')
			return err_new(ERR_USAGE, "%s: its argument is "
			    "missing: see cabrief help", argv[optind - 1]);
		opt = result == '?' ? OPT__MAX : opt_by_result(result);
		if (opt == OPT__MAX)
			return bad_option(argv[optind - 1]);
		err = take_option(options, opt,
		    optarg != NULL ? optarg : "");
	}
	for (; err == NULL && optind < argc; optind++)
		err = take_word(options, argv[optind]);
	return err != NULL ? err : fits(options);
}

void
options_release(struct options *options)
{
	size_t i;

	for (i = 0; i < OPT__MAX; i++)
		mem_free(options->values[i]);
	mem_free(options->args);
	memset(options, 0, sizeof(*options));
}

const char *
option_last(const struct options *options, enum opt opt)
{
	if (options->count[opt] == 0)
		return NULL;
	return options->values[opt][options->count[opt] - 1];
}

bool
option_given(const struct options *options, enum opt opt)
{
	return options->count[opt] > 0;
}
