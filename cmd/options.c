/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/near.h"
#include "cmd/session.h"

#define BIT(command)	(1u << (command))

enum {
	CANDIDATES = 512	/* bytes of the names of options, all of them */
};

static const struct err *
unknown_command(const char *word)
{
	const char *names[CMD__MAX], *near;
	size_t i;

	for (i = 0; i < CMD__MAX; i++)
		names[i] = command_at((enum command)i)->name;
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
		if (strcmp(word, command_at((enum command)i)->name) == 0)
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
		row = option_at((enum opt)i);
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

const struct err *
options_add(struct options *options, enum opt opt, const char *value)
{
	const struct opt_row *row = option_at(opt);
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
		row = option_at((enum opt)i);
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
		if (option_at((enum opt)i)->letter == result)
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
	row = command_at(options->command);
	for (i = 0; i < OPT__MAX; i++)
		if (options->count[i] > 0 && (option_at((enum opt)i)->commands &
		    BIT(options->command)) == 0)
			return err_new(ERR_USAGE, "%s: --%s: not an option of "
			    "this command: see cabrief help %s", row->name,
			    option_at((enum opt)i)->name, row->name);
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
	/* From the first word, whatever was read before. */
	optind = 0;
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
		err = options_add(options, opt,
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
