/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A wiki of one page in memory, in the place of output/wiki.c: it has
 * revisions, other editors, and MediaWiki's ways with edits that cross (it
 * writes over what the same account saved since, merges others' edits or
 * tells of a conflict).  Included by one test, which scripts it.
 */
#ifndef TESTS_SIM_WIKI_H
#define TESTS_SIM_WIKI_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "output/wiki.h"

#define SIM_BOT "Bot"

enum {
	SIM_MAX = 32
};

/* What happens at one save. */
struct sim_event {
	/* Somebody saves this first, in turn. */
	struct sim_edit {
		const char *editor, *text;
	} edits[2];
	const char *merged;	/* what diff3 makes of it; NULL: a conflict */
	enum sim_fault {
		SIM_WELL,
		SIM_LOST,	/* saved, and the answer lost */
		SIM_FAILED,	/* not saved, and nobody knows */
		SIM_GONE,
		SIM_REFUSED
	} fault;
	/* And after it. */
	struct sim_edit then;
};

static struct sim {
	char *texts[SIM_MAX];	/* from 1, the revision's number */
	const char *editors[SIM_MAX];
	int64_t newest;
	const struct sim_event *events;	/* a save each */
	size_t event_len;
	bool missing, redirect, stopped;
	const char *model;
	int hidden;		/* a revision that nobody may see */
	int fail_read;		/* the how-manieth read fails */
	int reads, saves;
	char summary[4096];
	bool minor;
	char why[64];
} sim;

static inline void
sim_save(const char *editor, const char *text)
{
	size_t len = strlen(text);

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	if (sim.newest + 1 >= SIM_MAX)
		abort();
	sim.newest++;
	sim.texts[sim.newest] = calloc(len + 1, 1);
	if (sim.texts[sim.newest] == NULL)
		abort();
	memcpy(sim.texts[sim.newest], text, len);
	sim.editors[sim.newest] = editor;
}

static inline void
sim_reset(const char *text)
{
	int64_t i;

	for (i = 1; i <= sim.newest; i++)
		free(sim.texts[i]);
	memset(&sim, 0, sizeof(sim));
	sim.model = "wikitext";
	if (text != NULL)
		sim_save("Alice", text);
}

static inline const char *
sim_text(void)
{
	return sim.texts[sim.newest];
}

const char *
wiki_account(const struct wiki *wiki)
{
	(void)wiki;
	return SIM_BOT;
}

void
wiki_page_init(struct wiki_page *page)
{
	memset(page, 0, sizeof(*page));
	buf_init(&page->text, WIKI_MAX_ANSWER);
}

void
wiki_page_release(struct wiki_page *page)
{
	buf_release(&page->text);
}

const struct err *
wiki_read_revision(struct wiki *wiki, int64_t revision,
    struct wiki_page *out)
{
	(void)wiki;
	buf_clear(&out->text);
	if (++sim.reads == sim.fail_read)
		return err_new(ERR_NETWORK, "wiki: no way: x: y");
	out->missing = sim.missing || revision == sim.hidden;
	out->redirect = sim.redirect;
	out->stopped = sim.stopped;
	if (out->missing)
		return NULL;
	out->revision = revision;
	(void)snprintf(out->model, sizeof(out->model), "%s", sim.model);
	(void)snprintf(out->editor, sizeof(out->editor), "%s",
	    sim.editors[revision]);
	buf_str(&out->text, sim.texts[revision]);
	return NULL;
}

const struct err *
wiki_read(struct wiki *wiki, const char *title, struct wiki_page *out)
{
	(void)title;
	return wiki_read_revision(wiki, sim.newest, out);
}

/* Did anybody but us save since? */
static inline bool
sim_crossed(int64_t base)
{
	for (; base < sim.newest; base++)
		if (strcmp(sim.editors[base + 1], SIM_BOT) != 0)
			return true;
	return false;
}

static inline void
sim_take(const struct wiki_save *save, const char *merged,
    struct wiki_saved *out)
{
	bool crossed = sim_crossed(save->base);

	out->before = sim.newest;
	if (crossed && merged == NULL) {
		out->end = WIKI_CONFLICT;
		return;
	}
	merged = crossed ? merged : save->text;
	if (strcmp(merged, sim_text()) == 0) {
		out->end = WIKI_SAME;
		return;
	}
	sim_save(SIM_BOT, merged);
	out->end = WIKI_SAVED;
	out->revision = sim.newest;
}

static inline const struct err *
sim_fail(enum sim_fault fault, struct wiki_saved *out)
{
	if (fault == SIM_REFUSED)
		return err_new(ERR_SERVER, "wiki: spamblacklist: x: y");
	out->end = fault == SIM_GONE ? WIKI_GONE : WIKI_UNSURE;
	(void)snprintf(out->why, sizeof(out->why), "cut off");
	return NULL;
}

const struct err *
wiki_save(struct wiki *wiki, const struct wiki_save *save,
    struct wiki_saved *out)
{
	static const struct sim_event nothing;
	const struct sim_event *event = &nothing;
	struct buf form;
	size_t i;

	(void)wiki;
	if ((size_t)sim.saves < sim.event_len)
		event = &sim.events[sim.saves];
	sim.saves++;
	memset(out, 0, sizeof(*out));
	(void)snprintf(sim.summary, sizeof(sim.summary), "%s", save->summary);
	sim.minor = save->minor;
	/* What is sent is NFC, or its MD5 would not be that of the page. */
	buf_init(&form, WIKI_MAX_ANSWER);
	text_nfc(&form, save->text, save->len);
	if (form.len != save->len ||
	    memcmp(form.data, save->text, form.len) != 0)
		abort();
	buf_release(&form);
	for (i = 0; i < 2; i++)
		if (event->edits[i].text != NULL)
			sim_save(event->edits[i].editor,
			    event->edits[i].text);
	if (event->fault != SIM_WELL && event->fault != SIM_LOST)
		return sim_fail(event->fault, out);
	sim_take(save, event->merged, out);
	if (event->then.text != NULL)
		sim_save(event->then.editor, event->then.text);
	return event->fault == SIM_LOST ? sim_fail(SIM_LOST, out) : NULL;
}

#endif
