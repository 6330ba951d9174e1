/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/refresh.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/session.h"
#include "cmd/show_diff.h"
#include "cmd/wiki_session.h"
#include "output/publish.h"

/* A page on its way: the reports that stand on it, and their blocks. */
struct page {
	const struct plan_part *part;	/* the first report's */
	struct refresh_report **reports;
	struct publish_block *blocks;
	size_t len;
	bool minor;
};

static void
add_block(struct page *page, struct refresh_report *report)
{
	struct publish_block *block = &page->blocks[page->len];
	const struct product *product = &report->product;

	memset(block, 0, sizeof(*block));
	block->name = report->part->text[PLAN_BLOCK];
	block->text = buf_text(&product->text);
	block->len = product->text.len;
	memcpy(block->figures, product->figures, sizeof(block->figures));
	block->summary = product->summary[0] != '\0' ? product->summary :
	    NULL;
	block->max_change = (int)report->part->number[PLAN_MAX_CHANGE];
	page->minor = page->minor && report->part->number[PLAN_MINOR] != 0;
	page->reports[page->len++] = report;
}

/* The reports of the page that the `first` stands on. */
static void
gather(struct refresh *refresh, size_t first, struct page *page)
{
	struct refresh_report *report;
	size_t i;

	page->part = refresh->reports[first].part;
	page->len = 0;
	page->minor = true;
	for (i = first; i < refresh->report_len; i++) {
		report = &refresh->reports[i];
		if (report->made && report->part->wiki == page->part->wiki &&
		    strcmp(report->part->text[PLAN_PAGE],
		    page->part->text[PLAN_PAGE]) == 0)
			add_block(page, report);
	}
}

static void
say_saved(const struct refresh *refresh, const struct page *page,
    const struct publish_result *result)
{
	size_t i, changed = 0;

	for (i = 0; i < page->len; i++)
		changed += page->blocks[i].end == PUBLISH_CHANGED;
	session_say(refresh->session, "refresh: %s: revision %" PRId64 ": %zu "
	    "of %zu block%s changed%s", page->part->text[PLAN_PAGE],
	    result->revision, changed, page->len, page->len == 1 ? "" : "s",
	    result->merged ? "; what others saved meanwhile is kept" : "");
}

static const struct err *
put_page(struct refresh *refresh, struct page *page,
    struct refresh_wiki *wiki)
{
	const struct publish what = {
		.page = page->part->text[PLAN_PAGE],
		.blocks = page->blocks,
		.len = page->len,
		.write = !refresh->dry,
		.minor = page->minor,
		.agent = "cabrief " CABRIEF_VERSION
	};
	struct publish_result result;
	const struct err *err, *failed;
	size_t i;

	publish_result_init(&result);
	failed = publish(wiki_session_wiki(wiki->session), &what, &result);
	err = NULL;
	if (failed != NULL && failed->kind == ERR_NETWORK)
		wiki->err = *failed;
	/* What fails on a page that was read is nothing to the blocks that
	 * are up to date. */
	for (i = 0; i < page->len; i++)
		if (page->blocks[i].end == PUBLISH_REFUSED)
			refresh_fail(page->reports[i], &page->blocks[i].err);
	if (result.saved)
		say_saved(refresh, page, &result);
	if (failed == NULL && refresh->dry && result.diff.len > 0)
		err = show_diff(refresh->session, &result.diff);
	if (result.saved || (refresh->dry && result.diff.len > 0))
		refresh->pages_changed++;
	else if (failed == NULL)
		refresh->pages_same++;
	publish_result_release(&result);
	return err;
}

/* It was waited for long enough: no page is worth that twice. */
static void
pass_over(const struct page *page, const struct refresh_wiki *wiki)
{
	size_t i;

	for (i = 0; i < page->len; i++)
		refresh_fail(page->reports[i], err_new(wiki->err.kind,
		    "%s: was not tried: %s", page->part->text[PLAN_PAGE],
		    wiki->err.text));
}

static struct refresh_wiki *
wiki_of(const struct refresh *refresh, const struct plan_part *part)
{
	size_t i = 0;

	while (refresh->wikis[i].part != part)
		i++;
	return &refresh->wikis[i];
}

const struct err *
refresh_pages(struct refresh *refresh)
{
	const struct err *err = NULL;
	struct refresh_report *report;
	struct refresh_wiki *wiki;
	struct page page;
	size_t i, j;

	page.reports = mem_alloc(refresh->report_len, sizeof(*page.reports));
	page.blocks = mem_alloc(refresh->report_len, sizeof(*page.blocks));
	if (page.reports == NULL || page.blocks == NULL)
		err = err_memory();
	for (i = 0; i < refresh->report_len && err == NULL; i++) {
		report = &refresh->reports[i];
		if (!report->made || report->part->wiki == NULL)
			continue;
		gather(refresh, i, &page);
		wiki = wiki_of(refresh, page.part->wiki);
		if (wiki->err.kind == ERR_NONE)
			err = put_page(refresh, &page, wiki);
		else
			pass_over(&page, wiki);
		/* They are done with. */
		for (j = 0; j < page.len; j++) {
			page.reports[j]->made = false;
			product_release(&page.reports[j]->product);
		}
	}
	mem_free(page.blocks);
	mem_free(page.reports);
	return err;
}
