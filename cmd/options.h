/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The command line.  One table of commands and one of options feed
 * parsing, --help, the completion files and the check of the manual, so
 * they can't disagree.  Options are understood before and after the
 * command.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct session;

enum command {
	CMD_BRIEF,
	CMD_COUNT,
	CMD_DASHBOARD,
	CMD_EVALUATE,
	CMD_EXPLAIN,
	CMD_EXPORT,
	CMD_FETCH,
	CMD_HELP,
	CMD_IMPORT,
	CMD_INCLUSIONS,
	CMD_LESSONS,
	CMD_LIST,
	CMD_PUBLISH,
	CMD_REFRESH,
	CMD_SHOW,
	CMD_SIMILAR,
	CMD_STATUS,
	CMD_TAXONOMY,
	CMD_TREND,
	CMD__MAX,
	CMD_NONE = CMD__MAX
};

enum opt {
	OPT_DB,
	OPT_TAXONOMY,
	OPT_OVERRIDES,
	OPT_NOW,
	OPT_QUIET,
	OPT_VERBOSE,
	OPT_COLOR,
	OPT_PROGRESS,
	OPT_HELP,
	OPT_VERSION,
	OPT_FROM,
	OPT_TO,
	OPT_AS_OF,
	OPT_COHORT,
	OPT_LABELS,
	OPT_OWNER,
	OPT_CATEGORY,
	OPT_CAUSE,
	OPT_TAG,
	OPT_REPORTER,
	OPT_ID,
	OPT_TEXT,
	OPT_ALL,
	OPT_ONLY,
	OPT_REVIEW,
	OPT_SCHEME,
	OPT_COLLAPSE,
	OPT_ESTIMATE,
	OPT_EVIDENCE,
	OPT_GOLD,
	OPT_FOLDS,
	OPT_PREQUENTIAL,
	OPT_NO_NEIGHBOURS,
	OPT_BY,
	OPT_PER,
	OPT_COLUMNS,
	OPT_TABLE,
	OPT_LIMIT,
	OPT_STYLE,
	OPT_SECTIONS,
	OPT_TITLE,
	OPT_AUTHOR,
	OPT_CHART,
	OPT_FORMAT,
	OPT_OUTPUT,
	OPT_GUARD,
	OPT_ADDRESSES,
	OPT_FORCE,
	OPT_URL,
	OPT_PRODUCT,
	OPT_COMPONENT,
	OPT_FULL,
	OPT_GONE,
	OPT_SINCE,
	OPT_JOBS,
	OPT_TIMEOUT,
	OPT_RETRIES,
	OPT_KEY_FILE,
	OPT_KEY_COMMAND,
	OPT_KEY_IN_QUERY,
	OPT_API,
	OPT_USER,
	OPT_PASSWORD_FILE,
	OPT_PASSWORD_COMMAND,
	OPT_ASSERT,
	OPT_STOP_PAGE,
	OPT_PAGE,
	OPT_BLOCK,
	OPT_REPORT,
	OPT_INPUT,
	OPT_MAX_CHANGE,
	OPT_MINOR,
	OPT_YES,
	OPT_CHECK,
	OPT_DRY_RUN,
	OPT_MAX_AGE,
	OPT_COMPLETE,
	OPT__MAX
};

struct command_row {
	const char *name;
	const char *args;	/* behind the options: "FILE..." */
	const char *does;	/* one line */
	size_t min_args, max_args;
	const struct err *(*run)(struct session *session);
};

struct opt_row {
	const char *name;	/* long form, without dashes */
	char letter;		/* 0: none */
	const char *arg;	/* name of the argument, NULL: takes none */
	const char *values;	/* "a|b|c" when only these are allowed */
	const char *does;
	unsigned commands;	/* bits 1 << command */
	bool repeats;		/* each use adds; else the last one counts */
	bool hidden;		/* not in help, manual and completion */
};

/* The `commands` of an option that every command has. */
#define OPTIONS_ALL	(~0u)

/* What was given. Pointers are into argv. */
struct options {
	enum command command;
	const char **values[OPT__MAX];	/* arguments in order; "" where the
					 * option takes none */
	size_t count[OPT__MAX];
	const char **args;		/* behind the command's name */
	size_t arg_len;
};

const struct command_row *command_at(enum command command);
const struct opt_row *option_at(enum opt opt);

/* Read argv.  ERR_USAGE says what is wrong and what was meant.  Release
 * also after an error. */
const struct err *options_read(struct options *options, int argc,
    char **argv);
void options_release(struct options *options);
/* As if `value`, which outlives them, had been given too; ERR_USAGE when it
 * is none of the option's. */
const struct err *options_add(struct options *options, enum opt opt,
    const char *value);

/* The last value given, or NULL. */
const char *option_last(const struct options *options, enum opt opt);
bool option_given(const struct options *options, enum opt opt);

/* Help: of all (CMD_NONE) or one command; and, for completion, one word a
 * line: its options, or all commands. */
void options_help(struct buf *out, enum command command);
void options_complete(struct buf *out, enum command command);

#endif
