/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * libFuzzer: any bytes as a plan.  Beyond what the sanitizers see, findings
 * are clean lines in order, and a plan without any holds what refresh counts
 * on.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/plan.h"
#include "output/publish.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool truth)
{
	if (!truth)
		abort();
}

static void
check_report(const struct plan_part *report)
{
	must(report->name[0] != '\0' && report->line > 0);
	must(report->text[PLAN_COMMAND] != NULL);
	must(report->text[PLAN_FORMAT] != NULL);
	must(report->source != NULL);
	must(report->text[PLAN_OUTPUT] != NULL ||
	    report->text[PLAN_PAGE] != NULL);
	must((report->text[PLAN_PAGE] != NULL) == (report->wiki != NULL));
	must(report->wiki == NULL ||
	    publish_is_name(report->text[PLAN_BLOCK]));
	must(report->number[PLAN_MAX_BYTES] > 0);
	must(report->number[PLAN_MAX_CHANGE] >= 0 &&
	    report->number[PLAN_MAX_CHANGE] <= 100);
}

static void
check_source(const struct plan_part *source)
{
	size_t i;

	must(source->number[PLAN_JOBS] > 0 &&
	    source->number[PLAN_TIMEOUT] > 0 &&
	    source->number[PLAN_RETRIES] >= 0);
	must((source->text[PLAN_COMPONENT] != NULL) ==
	    (source->list_len > 0));
	for (i = 0; i < source->list_len; i++)
		must(source->list[i][0] != '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan plan;
	size_t i;

	must(plan_read(&plan, "plan.ini", (const char *)data, size) == NULL);
	for (i = 0; i < plan.finding_len; i++) {
		must(text_is_clean(plan.findings[i].text,
		    strlen(plan.findings[i].text)));
		must(strchr(plan.findings[i].text, '\n') == NULL);
		must(i == 0 ||
		    plan.findings[i - 1].line <= plan.findings[i].line);
	}
	if (plan.finding_len == 0) {
		must(plan.len[PLAN_REPORT] > 0);
		for (i = 0; i < plan.len[PLAN_REPORT]; i++)
			check_report(&plan.parts[PLAN_REPORT][i]);
		for (i = 0; i < plan.len[PLAN_SOURCE]; i++)
			check_source(&plan.parts[PLAN_SOURCE][i]);
	}
	plan_release(&plan);
	return 0;
}
