/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "output/publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "output/publish_private.h"
#include "output/wiki.h"

/* One publication at work. */
struct work {
	struct wiki *wiki;
	const struct publish *what;
	struct publish_result *out;
	struct draft draft;
	struct wiki_page page;	/* as it was read last */
	struct wiki_saved saved;	/* how the last save ended */
	bool judged;		/* the blocks were, by a page */
};

void
publish_result_init(struct publish_result *result)
{
	memset(result, 0, sizeof(*result));
	buf_init(&result->diff, PUBLISH_MAX_DIFF);
}

void
publish_result_release(struct publish_result *result)
{
	buf_release(&result->diff);
}

bool
publish_is_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= PUBLISH_MAX_NAME && name[0] >= 'a' &&
	    name[0] <= 'z' &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

/* What there is against the whole page; NULL: nothing. */
static const struct err *
judge_page(const struct work *work)
{
	const struct wiki_page *page = &work->page;
	const char *title = work->what->page;

	if (page->missing)
		return err_new(ERR_CONFIG, "%s: the page is missing: nothing "
		    "is made that nobody asked for: create it with the two "
		    "marks, or check the title", title);
	if (page->redirect)
		return err_new(ERR_CONFIG, "%s: the page is a redirect: it "
		    "was moved, or leads elsewhere: name the page that it "
		    "leads to", title);
	if (strcmp(page->model, "wikitext") != 0)
		return err_new(ERR_CONFIG, "%s: the page holds %s, no "
		    "wikitext: the marks have no meaning there: name another",
		    title, page->model);
	if (!bots_may(buf_text(&page->text), page->text.len,
	    wiki_account(work->wiki)))
		return err_new(ERR_SERVER, "%s: the page shuts this robot "
		    "out: it says {{nobots}} or {{bots}}: ask its editors",
		    title);
	if (page->stopped && work->what->write)
		return err_new(ERR_SERVER, "%s: nothing is written: the stop "
		    "page doesn't say \"run\": see who stopped it, and why",
		    title);
	return NULL;
}

/* How many blocks ended like this? */
static size_t
count_end(const struct publish *what, enum publish_end end)
{
	size_t i, count = 0;

	for (i = 0; i < what->len; i++)
		count += what->blocks[i].end == end;
	return count;
}

static void
turn_ends(const struct publish *what, enum publish_end from,
    enum publish_end to)
{
	size_t i;

	for (i = 0; i < what->len; i++)
		if (what->blocks[i].end == from)
			what->blocks[i].end = to;
}

static void
refuse_ends(const struct publish *what, enum publish_end from,
    const struct err *err)
{
	size_t i;

	for (i = 0; i < what->len; i++)
		if (what->blocks[i].end == from)
			publish_refuse(&what->blocks[i], err);
}

/* Does the page that was read hold all blocks that were sent? */
static bool
all_held(const struct work *work)
{
	size_t i;

	for (i = 0; i < work->what->len; i++)
		if (work->what->blocks[i].end == PUBLISH_CHANGED &&
		    !draft_holds(&work->draft, &work->page.text, i))
			return false;
	return true;
}

/* Are they the same page?  The wiki drops blanks at a page's end. */
static bool
same_page(const struct buf *a, const struct buf *b)
{
	const char *x = buf_text(a), *y = buf_text(b);
	size_t x_len = a->len, y_len = b->len;

	text_trim(&x, &x_len);
	text_trim(&y, &y_len);
	return x_len == y_len && memcmp(x, y, x_len) == 0;
}

static const struct err *
show_diff(struct work *work)
{
	const struct buf *old = &work->page.text, *new = &work->draft.page;
	struct buf *diff = &work->out->diff;
	char from[WIKI_MAX_TITLE + 64], to[WIKI_MAX_TITLE + 64];

	(void)snprintf(from, sizeof(from), "%s (revision %" PRId64 ")",
	    work->what->page, work->page.revision);
	(void)snprintf(to, sizeof(to), "%s (new)", work->what->page);
	linediff(buf_text(old), old->len, buf_text(new), new->len, from, to,
	    diff);
	return buf_error(diff, "the difference");
}

/* Save the draft in place of the revision `base`. */
static const struct err *
save(struct work *work, const struct wiki_page *base, const char *summary)
{
	const struct err *err;
	struct wiki_save save = {
		.title = work->what->page,
		.text = buf_text(&work->draft.page),
		.len = work->draft.page.len,
		.base = base->revision,
		.now = base->now,
		.summary = summary,
		.minor = work->what->minor
	};

	memset(&work->saved, 0, sizeof(work->saved));
	err = wiki_save(work->wiki, &save, &work->saved);
	if (err == NULL && work->saved.end == WIKI_SAVED) {
		work->out->saved = true;
		work->out->revision = work->saved.revision;
	}
	return err;
}

/* What can't be looked at after a save is as bad as a conflict: something of
 * others may be gone. */
static const struct err *
unseen(const struct work *work, int64_t revision, const char *why)
{
	return err_new(ERR_LOCK, "%s: revision %" PRId64 " came between "
	    "reading and saving, and whether all of it is still there can't "
	    "be seen: %s: look at the page's history", work->what->page,
	    revision, why);
}

/*
 * One look at a save that took the place of another revision than the one
 * read.  An edit of another account was merged by the wiki; one of our own
 * was written over (it sees no conflict in that), so what it held is put
 * back, with the blocks.  *settled: nothing more is to be done.
 */
static const struct err *
put_back(struct work *work, bool *settled)
{
	int64_t before = work->saved.before;
	struct wiki_page ours, theirs;
	const struct err *err;
	char summary[WIKI_MAX_SUMMARY];

	*settled = true;
	wiki_page_init(&ours);
	wiki_page_init(&theirs);
	err = wiki_read_revision(work->wiki, work->saved.revision, &ours);
	if (err == NULL)
		err = wiki_read_revision(work->wiki, before, &theirs);
	if (err != NULL)
		err = unseen(work, before, err->text);
	else if (ours.missing || theirs.missing)
		err = unseen(work, before, "it is hidden");
	if (err != NULL || !same_page(&ours.text, &work->draft.page))
		goto out;
	err = draft_compose(&work->draft, &theirs.text, true);
	if (err != NULL || same_page(&ours.text, &work->draft.page))
		goto out;
	(void)snprintf(summary, sizeof(summary), "%s: put back what revision "
	    "%" PRId64 " had, and was written over", work->what->agent,
	    before);
	err = save(work, &ours, summary);
	if (err != NULL)
		err = unseen(work, before, err->text);
	else if (work->saved.end == WIKI_SAVED)
		*settled = work->saved.before == ours.revision;
	else if (work->saved.end != WIKI_SAME)
		err = unseen(work, before, "putting it back did not succeed");
out:
	wiki_page_release(&theirs);
	wiki_page_release(&ours);
	return err;
}

/* After a save in place of another revision than the one read: see to it
 * that nothing of that is lost, and that the page holds what was sent. */
static const struct err *
look_after(struct work *work)
{
	const struct publish *what = work->what;
	int64_t before = work->saved.before;
	const struct err *err = NULL;
	bool settled = false;
	size_t i;

	for (i = 0; err == NULL && !settled && i < PUBLISH_TRIES; i++)
		err = put_back(work, &settled);
	if (err != NULL)
		return err;
	if (!settled)
		return unseen(work, before, "others of our account go on");
	work->out->merged = true;
	err = wiki_read(work->wiki, what->page, &work->page);
	if (err != NULL)
		return unseen(work, before, err->text);
	work->out->revision = work->page.revision;
	for (i = 0; i < what->len; i++)
		if (what->blocks[i].end == PUBLISH_CHANGED &&
		    !draft_holds(&work->draft, &work->page.text, i))
			publish_refuse(&what->blocks[i], err_new(ERR_LOCK,
			    "%s: block %s: after saving, the page does not "
			    "hold what was sent: revision %" PRId64 " by %s "
			    "has something else: look at its history",
			    what->page, what->blocks[i].name,
			    work->page.revision, work->page.editor));
	return NULL;
}

/* Save what the draft holds.  *again: it must be read and tried again. */
static const struct err *
save_draft(struct work *work, bool *again)
{
	const struct err *err;
	struct buf summary;

	buf_init(&summary, WIKI_MAX_SUMMARY * 4);
	publish_summary(&summary, work->what);
	err = buf_error(&summary, "the edit summary");
	if (err == NULL)
		err = save(work, &work->page, buf_text(&summary));
	buf_release(&summary);
	if (err != NULL)
		return err;
	switch (work->saved.end) {
	case WIKI_SAVED:
		if (work->saved.before != work->page.revision)
			return look_after(work);
		break;
	case WIKI_SAME:
		turn_ends(work->what, PUBLISH_CHANGED, PUBLISH_SAME);
		break;
	case WIKI_GONE:
		return err_new(ERR_CONFIG, "%s: the page is missing: it was "
		    "there a moment ago, and deleted since: see why",
		    work->what->page);
	case WIKI_CONFLICT:
	case WIKI_UNSURE:
		*again = true;
		break;
	}
	return NULL;
}

/* The last try failed, and the page was read again after it. */
static const struct err *
give_up(const struct work *work, int64_t base)
{
	const struct wiki_page *page = &work->page;

	if (page->revision == base)
		return err_new(ERR_SERVER, "%s: the wiki did not save: %s: "
		    "nothing was changed, in %d attempts: try again later",
		    work->what->page, work->saved.end == WIKI_UNSURE ?
		    work->saved.why : "it tells of a conflict, and there is "
		    "none", PUBLISH_TRIES);
	return err_new(ERR_LOCK, "%s: others edit the page at the same time: "
	    "revision %" PRId64 " by %s came between, the %d. time: nothing "
	    "was changed: try again later", work->what->page, page->revision,
	    page->editor, PUBLISH_TRIES);
}

/* Read the page; *held: what was sent before is there, though the answer
 * to that was lost. */
static const struct err *
read_page(struct work *work, bool unsure, bool *held)
{
	const struct err *err;

	*held = false;
	err = wiki_read(work->wiki, work->what->page, &work->page);
	if (err != NULL && unsure)
		return err_new(ERR_SERVER, "%s: it is not known whether the "
		    "page was saved: %s; then: %s", work->what->page,
		    work->saved.why, err->text);
	if (err != NULL)
		return err;
	work->out->revision = work->page.revision;
	if (unsure && all_held(work)) {
		*held = true;
		work->out->saved = true;
		work->out->merged = work->out->merged ||
		    !same_page(&work->page.text, &work->draft.page);
		return NULL;
	}
	return judge_page(work);
}

static const struct err *
run(struct work *work)
{
	const struct publish *what = work->what;
	const struct err *err;
	int64_t base = 0;
	bool again, held;
	int tries;

	for (tries = 0;; tries++) {
		err = read_page(work, tries > 0 &&
		    work->saved.end == WIKI_UNSURE, &held);
		if (err != NULL || held)
			return err;
		if (tries == PUBLISH_TRIES)
			return give_up(work, base);
		base = work->page.revision;
		err = draft_compose(&work->draft, &work->page.text, false);
		work->judged = true;
		buf_clear(&work->out->diff);
		if (err != NULL || count_end(what, PUBLISH_CHANGED) == 0)
			return err;
		err = show_diff(work);
		if (err != NULL || !what->write)
			return err;
		again = false;
		err = save_draft(work, &again);
		if (err != NULL || !again)
			return err;
		/* Their edit will be there beside ours. */
		work->out->merged = work->out->merged ||
		    work->saved.end == WIKI_CONFLICT;
	}
}

const struct err *
publish(struct wiki *wiki, const struct publish *what,
    struct publish_result *out)
{
	struct work work = { .wiki = wiki, .what = what, .out = out };
	const struct err *err;

	out->saved = out->merged = false;
	out->revision = 0;
	buf_clear(&out->diff);
	wiki_page_init(&work.page);
	err = draft_init(&work.draft, what);
	if (err == NULL)
		err = run(&work);
	if (err != NULL) {
		refuse_ends(what, PUBLISH_CHANGED, err);
		if (!work.judged)
			refuse_ends(what, PUBLISH_SAME, err);
	}
	out->merged = out->merged && out->saved;
	wiki_page_release(&work.page);
	draft_release(&work.draft);
	return err;
}
