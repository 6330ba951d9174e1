/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "cmd/plan.h"
#include "cmd/refresh.h"
#include "cmd/session.h"
#include "cmd/wiki_session.h"

enum {
	CHECK_MAX_LINE = 8192	/* bytes of what --check says */
};

/* Tell the findings, each with its line. */
static const struct err *
tell_findings(const struct refresh *refresh)
{
	const struct plan *plan = &refresh->plan;
	const struct plan_finding *finding = plan->findings;
	size_t i, len = plan->finding_len;

	if (len == 0)
		return NULL;
	for (i = 0; i < len; i++) {
		if (finding[i].line == 0)
			session_complain(err_new(ERR_CONFIG, "%s: %s",
			    plan->path, finding[i].text));
		else
			session_complain(err_new(ERR_CONFIG, "%s:%zu: %s",
			    plan->path, finding[i].line, finding[i].text));
	}
	if (plan->more > 0)
		session_complain(err_new(ERR_CONFIG, "%s: and %zu more",
		    plan->path, plan->more));
	return refresh_last(refresh, ERR_CONFIG, "%zu mistake%s in the plan: "
	    "nothing was done: correct %s", len + plan->more,
	    len + plan->more == 1 ? "" : "s",
	    len + plan->more == 1 ? "it" : "them");
}

static const struct err *
read_plan(struct refresh *refresh, const char *path)
{
	const struct err *err;
	struct buf file;

	buf_init(&file, PLAN_MAX_FILE);
	err = file_read(path, &file);
	if (err == NULL)
		err = plan_read(&refresh->plan, path, buf_text(&file),
		    file.len);
	if (err == NULL)
		err = plan_check(&refresh->plan, refresh->session);
	buf_release(&file);
	return err != NULL ? err : tell_findings(refresh);
}

/* --check: it is good. */
static const struct err *
say_good(const struct refresh *refresh)
{
	const struct plan *plan = &refresh->plan;
	const struct err *err;
	struct buf line;
	size_t i, files = 0, blocks = 0;

	for (i = 0; i < plan->len[PLAN_REPORT]; i++) {
		files += plan->parts[PLAN_REPORT][i].text[PLAN_OUTPUT] != NULL;
		blocks += plan->parts[PLAN_REPORT][i].wiki != NULL;
	}
	buf_init(&line, CHECK_MAX_LINE);
	buf_fmt(&line, "%s: %zu report%s, %zu file%s, %zu block%s of pages, "
	    "%zu source%s, %zu wiki%s: good\n", plan->path,
	    plan->len[PLAN_REPORT], plan->len[PLAN_REPORT] == 1 ? "" : "s",
	    files, files == 1 ? "" : "s", blocks, blocks == 1 ? "" : "s",
	    plan->len[PLAN_SOURCE], plan->len[PLAN_SOURCE] == 1 ? "" : "s",
	    plan->len[PLAN_WIKI], plan->len[PLAN_WIKI] == 1 ? "" : "s");
	err = buf_error(&line, "a line");
	if (err == NULL)
		err = session_print(buf_text(&line), line.len);
	buf_release(&line);
	return err;
}

static const struct err *
make_room(struct refresh *refresh)
{
	struct plan *plan = &refresh->plan;
	size_t i;

	refresh->reports = mem_alloc(plan->len[PLAN_REPORT],
	    sizeof(*refresh->reports));
	refresh->sources = mem_alloc(plan->len[PLAN_SOURCE],
	    sizeof(*refresh->sources));
	refresh->wikis = mem_alloc(plan->len[PLAN_WIKI],
	    sizeof(*refresh->wikis));
	if (refresh->reports == NULL || refresh->sources == NULL ||
	    refresh->wikis == NULL)
		return err_memory();
	refresh->report_len = plan->len[PLAN_REPORT];
	refresh->source_len = plan->len[PLAN_SOURCE];
	refresh->wiki_len = plan->len[PLAN_WIKI];
	for (i = 0; i < refresh->report_len; i++) {
		refresh->reports[i].part = &plan->parts[PLAN_REPORT][i];
		product_init(&refresh->reports[i].product);
	}
	for (i = 0; i < refresh->source_len; i++)
		refresh->sources[i].part = &plan->parts[PLAN_SOURCE][i];
	for (i = 0; i < refresh->wiki_len; i++)
		refresh->wikis[i].part = &plan->parts[PLAN_WIKI][i];
	return NULL;
}

/* What ready_source and ready_wiki came by, as a finding. */
static const struct err *
find(struct refresh *refresh, const struct plan_part *part,
    const struct err *err)
{
	if (err == NULL || err->kind == ERR_SYSTEM)
		return err;
	return plan_find(&refresh->plan, part->line, "%s", err->text);
}

static const struct err *
ready_source(struct refresh *refresh, struct refresh_source *source)
{
	const struct plan_part *part = source->part;
	const struct secret_place place = { part->text[PLAN_KEY_FILE],
	    part->text[PLAN_KEY_COMMAND], part->text[PLAN_KEY_CREDENTIAL] };
	const struct err *err;

	if (part->number[PLAN_FETCH] == 0 || refresh->dry)
		return NULL;
	err = secret_read(&source->key, &refresh->base, SECRET_API_KEY,
	    &place);
	if (err == NULL && place.credential != NULL &&
	    source->key.text[0] == '\0')
		err = err_new(ERR_CONFIG, "credential: %s: there is none of "
		    "that name in $CREDENTIALS_DIRECTORY: add LoadCredential= "
		    "to the service", place.credential);
	return find(refresh, part, err);
}

static const struct err *
ready_wiki(struct refresh *refresh, struct refresh_wiki *wiki)
{
	const struct plan_part *part = wiki->part;
	const char *kind = part->text[PLAN_ASSERT];
	const struct wiki_place place = {
		.api = part->text[PLAN_API],
		.user = part->text[PLAN_USER],
		.password_file = part->text[PLAN_PASSWORD_FILE],
		.password_command = part->text[PLAN_PASSWORD_COMMAND],
		.credential = part->text[PLAN_PASSWORD_CREDENTIAL],
		.stop_page = part->text[PLAN_STOP_PAGE],
		.human = kind != NULL && strcmp(kind, "user") == 0
	};
	const struct err *err;

	err = wiki_session_new(&wiki->session, refresh->session, &place);
	if (err == NULL && !refresh->dry &&
	    !wiki_session_may_save(wiki->session))
		err = err_new(ERR_CONFIG, "the wiki's account has no "
		    "password: name a place of it by password-file, "
		    "password-command or credential in [wiki], or see "
		    "cabrief(1), publish");
	return find(refresh, part, err);
}

/* All that a run needs beside the network: secrets, and to be alone.  Nothing
 * was done before it is there. */
static const struct err *
ready(struct refresh *refresh)
{
	const struct err *err;
	size_t i;

	err = make_room(refresh);
	for (i = 0; i < refresh->source_len && err == NULL; i++)
		err = ready_source(refresh, &refresh->sources[i]);
	for (i = 0; i < refresh->wiki_len && err == NULL; i++)
		err = ready_wiki(refresh, &refresh->wikis[i]);
	if (err == NULL)
		err = tell_findings(refresh);
	if (err != NULL || refresh->dry)
		return err;
	for (i = 0; i < refresh->source_len && err == NULL; i++) {
		err = refresh_turn(refresh, &refresh->sources[i]);
		if (err == NULL)
			err = run_lock(refresh->session);
	}
	return err == NULL ? NULL : refresh_stop(refresh, err);
}

static const struct err *
run(struct refresh *refresh)
{
	const struct err *err = NULL;
	size_t i;

	for (i = 0; i < refresh->source_len && err == NULL; i++)
		err = refresh_make(refresh, &refresh->sources[i]);
	if (err == NULL)
		err = refresh_pages(refresh);
	if (err != NULL)
		return refresh_stop(refresh, err);
	if (!refresh->dry)
		refresh_keep(refresh);
	return refresh_end(refresh);
}

static void
release(struct refresh *refresh)
{
	size_t i;

	for (i = 0; i < refresh->wiki_len; i++)
		wiki_session_free(refresh->wikis[i].session);
	for (i = 0; i < refresh->source_len; i++)
		secret_wipe(&refresh->sources[i].key);
	for (i = 0; i < refresh->report_len; i++)
		product_release(&refresh->reports[i].product);
	refresh->session->diags.report = refresh->sink.report;
	refresh->session->diags.arg = refresh->sink.arg;
	mem_free(refresh->said);
	mem_free(refresh->wikis);
	mem_free(refresh->sources);
	mem_free(refresh->reports);
	settings_release(&refresh->base);
	plan_release(&refresh->plan);
}

const struct err *
cmd_refresh(struct session *session)
{
	struct refresh refresh = { .session = session };
	const struct err *err;

	refresh.dry = option_given(&session->options, OPT_DRY_RUN);
	refresh_listen(&refresh);
	err = settings_copy(&refresh.base, &session->settings);
	if (err == NULL)
		err = read_plan(&refresh, session->options.args[0]);
	if (err == NULL && option_given(&session->options, OPT_CHECK))
		err = say_good(&refresh);
	else if (err == NULL) {
		err = ready(&refresh);
		if (err == NULL)
			err = run(&refresh);
	}
	release(&refresh);
	return err;
}
