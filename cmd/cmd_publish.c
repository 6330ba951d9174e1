/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "cmd/product.h"
#include "cmd/session.h"
#include "cmd/show_diff.h"
#include "cmd/wiki_session.h"
#include "output/publish.h"
#include "output/wiki.h"

/* Limits */
enum {
	PUBLISH_MAX_CALLED = 1024	/* bytes of a file's name, made clean */
};

/* One block on its way to a page. */
struct publishing {
	struct session *session;
	struct publish_block block;
	int max_change;		/* percent of the rows */
	struct product product;	/* --report */
	struct buf input;	/* --input */
	struct buf name;	/* what its edit's summary calls that */
};

/* 25, or 25% */
static const struct err *
read_change(const struct options *options, int *percent)
{
	const char *value = option_last(options, OPT_MAX_CHANGE);
	size_t len = value != NULL ? strlen(value) : 0;
	int64_t number;

	*percent = PUBLISH_USUAL;
	if (value == NULL)
		return NULL;
	if (len > 0 && value[len - 1] == '%')
		len--;
	if (!text_int(value, len, &number) || number > 100)
		return err_new(ERR_USAGE, "--max-change: %s: no share of the "
		    "rows: give one from 0%% to 100%%", value);
	*percent = (int)number;
	return NULL;
}

static const struct err *
read_options(struct publishing *publishing)
{
	const struct options *options = &publishing->session->options;
	struct publish_block *block = &publishing->block;

	if (!option_given(options, OPT_PAGE))
		return err_new(ERR_USAGE, "publish: no page is named: give "
		    "--page TITLE");
	if (!option_given(options, OPT_BLOCK))
		return err_new(ERR_USAGE, "publish: no block is named: give "
		    "--block NAME, which stands in the page's marks");
	if (option_given(options, OPT_REPORT) ==
	    option_given(options, OPT_INPUT))
		return err_new(ERR_USAGE, "publish: --report and --input: "
		    "give one of them");
	block->name = option_last(options, OPT_BLOCK);
	if (!publish_is_name(block->name))
		return err_new(ERR_USAGE, "--block: %s: no name: give a "
		    "letter, and up to %d letters a-z, digits and -",
		    block->name, PUBLISH_MAX_NAME - 1);
	block->force = option_given(options, OPT_FORCE);
	return read_change(options, &publishing->max_change);
}

static const struct err *
read_standard_input(struct buf *out)
{
	char part[BUFSIZ];
	size_t got;

	while ((got = fread(part, 1, sizeof(part), stdin)) > 0)
		buf_add(out, part, got);
	if (ferror(stdin) != 0)
		return err_sys(ERR_CONFIG, errno, "standard input: can't be "
		    "read");
	return buf_error(out, "standard input");
}

/* --input: the text, clean, and what it is called. */
static const struct err *
read_input(struct publishing *publishing, const char *path)
{
	const bool standard = strcmp(path, "-") == 0;
	const char *name = standard ? "standard input" : path;
	const char *slash = strrchr(name, '/');
	const struct err *err;
	struct buf raw;

	buf_init(&raw, WIKI_MAX_TEXT);
	err = standard ? read_standard_input(&raw) : file_read(path, &raw);
	if (err == NULL && text_clean(&publishing->input, buf_text(&raw),
	    raw.len) > 0)
		err = err_new(ERR_CONFIG, "%s: is no text: there are bytes in "
		    "it that are no UTF-8, or control characters: correct it",
		    name);
	buf_release(&raw);
	if (err == NULL)
		err = buf_error(&publishing->input, name);
	if (err != NULL)
		return err;
	buf_str(&publishing->name, "from ");
	name = slash != NULL ? slash + 1 : name;
	(void)text_clean(&publishing->name, name, strlen(name));
	publishing->block.text = buf_text(&publishing->input);
	publishing->block.len = publishing->input.len;
	publishing->block.summary = buf_text(&publishing->name);
	return buf_error(&publishing->name, "a summary");
}

static const struct err *
make_report(struct publishing *publishing, const char *command)
{
	struct publish_block *block = &publishing->block;
	struct product *product = &publishing->product;
	const struct err *err;

	err = product_make(publishing->session, command, "mediawiki",
	    product);
	if (err != NULL)
		return err->kind == ERR_USAGE ? err_at(err, "--report") : err;
	block->text = buf_text(&product->text);
	block->len = product->text.len;
	memcpy(block->figures, product->figures, sizeof(block->figures));
	if (product->summary[0] != '\0')
		block->summary = product->summary;
	return NULL;
}

/* What would be written; then, whether it would be refused. */
static const struct err *
preview(const struct publishing *publishing, const struct publish *what,
    const struct publish_result *result)
{
	struct publish_block block = publishing->block;
	const struct err *err;
	char limit[32];

	err = show_diff(publishing->session, &result->diff);
	block.max_change = publishing->max_change;
	if (err != NULL || publish_is_within(&block))
		return err;
	return err_new(ERR_DATA, "%s: block %s: %zu of %zu rows would "
	    "change: that is more than %s, and would be refused: if it is "
	    "right, say so with --max-change", what->page, block.name,
	    block.rows_changed, block.rows, publish_limit(&block, limit));
}

/* What came of it. */
static const struct err *
tell(const struct publishing *publishing, const struct publish *what,
    const struct publish_result *result)
{
	const struct session *session = publishing->session;
	const struct publish_block *block = &publishing->block;
	char done[64] = "written";

	if (block->end == PUBLISH_REFUSED)
		return err_new(block->err.kind, "%s", block->err.text);
	if (block->end == PUBLISH_CHANGED && !what->write)
		return preview(publishing, what, result);
	if (!result->saved) {
		session_say(session, "%s: block %s: nothing to write: it is "
		    "up to date", what->page, block->name);
		return NULL;
	}
	if (block->rows > 0)
		(void)snprintf(done, sizeof(done), "%zu of %zu rows changed",
		    block->rows_changed, block->rows);
	session_say(session, "%s: revision %" PRId64 ": block %s: %s%s",
	    what->page, result->revision, block->name, done, result->merged ?
	    "; what others saved meanwhile is kept" : "");
	return NULL;
}

static const struct err *
send(struct publishing *publishing)
{
	struct session *session = publishing->session;
	const struct options *options = &session->options;
	const char *kind = option_last(options, OPT_ASSERT);
	const struct wiki_place place = {
		.human = kind != NULL && strcmp(kind, "user") == 0,
		.writes = option_given(options, OPT_YES)
	};
	const struct publish what = {
		.page = option_last(options, OPT_PAGE),
		.blocks = &publishing->block,
		.len = 1,
		.write = place.writes,
		.minor = option_given(options, OPT_MINOR),
		.agent = "cabrief " CABRIEF_VERSION
	};
	struct publish_result result;
	struct wiki_session *wiki;
	const struct err *err;

	/* What is only shown is shown whole. */
	publishing->block.max_change = what.write ? publishing->max_change :
	    PUBLISH_ANY;
	err = wiki_session_new(&wiki, session, &place);
	if (err != NULL)
		return err;
	publish_result_init(&result);
	err = publish(wiki_session_wiki(wiki), &what, &result);
	if (err == NULL)
		err = tell(publishing, &what, &result);
	publish_result_release(&result);
	wiki_session_free(wiki);
	return err;
}

const struct err *
cmd_publish(struct session *session)
{
	const struct options *options = &session->options;
	struct publishing publishing = { .session = session };
	const struct err *err;

	product_init(&publishing.product);
	buf_init(&publishing.input, WIKI_MAX_TEXT);
	buf_init(&publishing.name, PUBLISH_MAX_CALLED);
	err = read_options(&publishing);
	/* MediaWiki does not protect an account from itself. */
	if (err == NULL && option_given(options, OPT_YES))
		err = run_lock(session);
	if (err == NULL)
		err = option_given(options, OPT_INPUT) ?
		    read_input(&publishing, option_last(options, OPT_INPUT)) :
		    make_report(&publishing, option_last(options,
		    OPT_REPORT));
	if (err == NULL)
		err = send(&publishing);
	buf_release(&publishing.name);
	buf_release(&publishing.input);
	product_release(&publishing.product);
	return err;
}
