/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: any bytes as the answer of a wiki's API.  What is said in it is
 * clean, and a page that is taken from it is whole.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "output/wiki_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
	if (!truth)
		abort();
}

static void
check_said(const char *const *said, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		must(said[i] == NULL ||
		    text_is_clean(said[i], strlen(said[i])));
}

static void
check_page(const struct wiki_answer *answer, const char *title,
    int64_t revision)
{
	const struct err *err;
	struct wiki_page page;

	wiki_page_init(&page);
	err = wiki_page_take(answer, "w", "x", title, revision, &page);
	must(err == NULL || err->kind == ERR_CONFIG ||
	    err->kind == ERR_SERVER);
	if (err != NULL || page.missing)
		must(page.revision == 0 && page.text.len == 0);
	else
		must(page.revision > 0 && page.model[0] != '\0' &&
		    page.stamp[0] != '\0' && page.now[0] != '\0');
	must(title != NULL || err != NULL || page.missing ||
	    page.revision == revision);
	wiki_page_release(&page);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char room[WIKI_MAX_CODE + 1];
	struct wiki_answer answer;
	const struct err *err;
	const char *code;
	size_t i;

	wiki_answer_init(&answer);
	err = wiki_answer_read(&answer, "x", (const char *)data, size);
	must(err == NULL || err->kind == ERR_SERVER);
	must(answer.pages <= ANSWER_PAGES && answer.titles <= ANSWER_PAGES);
	check_said(answer.said, SAID__MAX);
	for (i = 0; i < answer.pages; i++)
		check_said(answer.page[i], PAGE__MAX);
	for (i = 0; i < answer.titles; i++)
		check_said(answer.title[i], TITLE__MAX);
	code = wiki_code(&answer, "", room, sizeof(room));
	must(code == NULL || text_is_clean(code, strlen(code)));
	check_page(&answer, "CA/X", 0);
	if (answer.pages > 0 && answer.page[0][PAGE_TITLE] != NULL &&
	    strlen(answer.page[0][PAGE_TITLE]) <= WIKI_MAX_TITLE)
		check_page(&answer, answer.page[0][PAGE_TITLE], 0);
	check_page(&answer, NULL, 7);
	wiki_answer_release(&answer);
	return 0;
}
