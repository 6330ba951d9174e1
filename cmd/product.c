/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/product.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/session.h"
#include "output/report.h"
#include "output/writer.h"

enum {
	NAMES_MAX = 256		/* bytes of the names of all commands */
};

/* A command line, taken apart. */
struct words {
	char *room;		/* where they stand */
	char *argv[PRODUCT_MAX_WORDS + 2];	/* with the program's name */
	int argc;
};

void
product_init(struct product *product)
{
	memset(product, 0, sizeof(*product));
	buf_init(&product->text, REPORT_MAX_BYTES);
}

void
product_release(struct product *product)
{
	buf_release(&product->text);
}

static void
clear(struct product *product)
{
	buf_clear(&product->text);
	product->figures[0] = product->summary[0] = '\0';
	product->left_out = 0;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Copy the word at *at to *to, both of which move on; false when a quotation
 * or a backslash has no end. */
static bool
take_word(const char **at, char **to)
{
	const char *from = *at;
	char quote = '\0', *out = *to;

	for (; *from != '\0' && (quote != '\0' || !is_blank(*from)); from++) {
		if (*from == quote) {
			quote = '\0';
		} else if (quote == '\0' && (*from == '\'' || *from == '"')) {
			quote = *from;
		} else if (quote != '\'' && *from == '\\') {
			if (*++from == '\0')
				return false;
			*out++ = *from;
		} else
			*out++ = *from;
	}
	*out++ = '\0';
	*at = from;
	*to = out;
	return quote == '\0';
}

static const struct err *
split(const char *command, struct words *words)
{
	static char name[] = "cabrief";
	const char *at = command;
	char *to;

	memset(words, 0, sizeof(*words));
	words->argv[words->argc++] = name;
	/* No word is longer than what it is written as. */
	to = words->room = mem_alloc(strlen(command) + 1, 1);
	if (to == NULL)
		return err_memory();
	for (;;) {
		while (is_blank(*at))
			at++;
		if (*at == '\0')
			return NULL;
		if (words->argc > PRODUCT_MAX_WORDS)
			return err_new(ERR_USAGE, "%s: too many words: a "
			    "report's command has up to %d", command,
			    PRODUCT_MAX_WORDS);
		words->argv[words->argc++] = to;
		if (!take_word(&at, &to))
			return err_new(ERR_USAGE, "%s: a quotation mark or a "
			    "backslash is left open: close it", command);
	}
}

static const struct err *
no_report(const struct command_row *row)
{
	const unsigned reports = option_at(OPT_FORMAT)->commands;
	char room[NAMES_MAX];
	struct buf names;
	size_t i;

	buf_fixed(&names, room, sizeof(room));
	for (i = 0; i < CMD__MAX; i++)
		if ((reports & 1u << i) != 0 && i != CMD_TAXONOMY)
			buf_fmt(&names, "%s%s", names.len > 0 ? ", " : "",
			    command_at((enum command)i)->name);
	return err_new(ERR_USAGE, "%s: is no report: name one of %s",
	    row->name, buf_text(&names));
}

/* What is not the report's to say. */
static const struct err *
check(const struct options *options)
{
	static const enum opt others[] = {
		OPT_DB, OPT_TAXONOMY, OPT_OVERRIDES, OPT_NOW, OPT_QUIET,
		OPT_VERBOSE, OPT_COLOR, OPT_PROGRESS, OPT_HELP, OPT_VERSION,
		OPT_FORMAT, OPT_OUTPUT, OPT_COMPLETE
	};
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (option_given(options, others[i]))
			return err_new(ERR_USAGE, "--%s: not in the command "
			    "of a report: leave it out: the run has it, its "
			    "plan or the settings", option_at(others[i])->name);
	if ((option_at(OPT_FORMAT)->commands & 1u << options->command) == 0 ||
	    options->command == CMD_TAXONOMY)
		return no_report(command_at(options->command));
	return NULL;
}

static const struct err *
run(struct session *session, struct words *words, const char *format)
{
	struct options *options = &session->options;
	const struct err *err;

	err = options_read(options, words->argc, words->argv);
	if (err == NULL)
		err = check(options);
	if (err == NULL)
		err = options_add(options, OPT_FORMAT, format);
	if (err == NULL)
		err = session_open(session);
	return err != NULL ? err :
	    command_at(options->command)->run(session);
}

const struct err *
product_make(struct session *session, const char *command,
    const char *format, struct product *out)
{
	struct session report;
	const struct err *err;
	struct words words;

	clear(out);
	memset(&report, 0, sizeof(report));
	report.lender = session;
	report.product = out;
	err = split(command, &words);
	if (err == NULL)
		err = run(&report, &words, format);
	if (err != NULL && err->kind == ERR_CHECK && out->figures[0] != '\0') {
		session_say(session, "%s", err->text);
		err = NULL;
	}
	out->left_out = report.diags.count[DIAG_BAD];
	session_close(&report);
	mem_free(words.room);
	if (err != NULL)
		clear(out);
	return err;
}

const struct err *
product_check(struct session *session, const char *command,
    const char *format)
{
	struct session empty;
	const struct err *err;
	struct product product;

	/* The same session, but for the store and for who listens. */
	empty = *session;
	empty.quiet = true;
	memset(&empty.diags, 0, sizeof(empty.diags));
	product_init(&product);
	err = store_open(&empty.store, NULL, STORE_WRITE);
	if (err == NULL)
		err = product_make(&empty, command, format, &product);
	store_close(empty.store);
	session->taxonomy = empty.taxonomy;
	product_release(&product);
	return err != NULL && err->kind == ERR_CHECK ? NULL : err;
}

/* Cut at a whole character. */
static void
keep_summary(struct product *product, const char *summary)
{
	size_t len = text_cut(summary, strlen(summary),
	    sizeof(product->summary) - 1);

	memcpy(product->summary, summary, len);
	product->summary[len] = '\0';
}

const struct err *
product_write(struct product *product, struct report *report,
    const struct writer *writer, const struct writer_options *options,
    struct diag_sink *sink)
{
	const struct err *err;
	struct hash hash;
	struct buf text;

	buf_init(&text, REPORT_MAX_BYTES);
	err = writer_run(writer, report, options, sink, &product->text);
	if (err == NULL) {
		report_undate(report);
		err = report_error(report);
	}
	if (err == NULL)
		err = writer_run(writer, report, options, NULL, &text);
	if (err == NULL) {
		hash_init(&hash);
		hash_add(&hash, buf_text(&text), text.len);
		hash_hex(&hash, product->figures);
		if (report->summary != NULL)
			keep_summary(product, report->summary);
	}
	buf_release(&text);
	return err;
}
