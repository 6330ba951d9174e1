/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * The headings of version 2.0 and the fields of versions 3.0 to 3.2 of the
 * CCADB's guidelines: preliminary, full and closure reports.
 */
#include "classify/report_private.h"

void
report_read_fields(struct report_page *page)
{
	report_fact_id(page, report_find(page, TAX_SECTION_CCADB_ID));
	report_fact_text(page, FACT_DESCRIPTION,
	    report_find(page, TAX_SECTION_DESCRIPTION));
	report_fact_list(page, FACT_POLICIES,
	    report_find(page, TAX_SECTION_POLICIES));
	report_fact_list(page, FACT_SOURCE,
	    report_find(page, TAX_SECTION_SOURCE));
	report_fact_time(page, FACT_START,
	    report_find(page, TAX_SECTION_START));
	report_fact_time(page, FACT_IDENTIFIED,
	    report_find(page, TAX_SECTION_IDENTIFIED));
	report_fact_time(page, FACT_END,
	    report_find(page, TAX_SECTION_END));
	report_fact_certificates(page,
	    report_find(page, TAX_SECTION_CERTIFICATES), true);
	report_fact_list(page, FACT_CERTIFICATE_TYPES,
	    report_find(page, TAX_SECTION_CERTIFICATE_TYPES));
	report_fact_stopped(page, report_find(page, TAX_SECTION_STOPPED),
	    true);
	report_read_factors(page);
}
