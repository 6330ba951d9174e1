/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Audit incident reports: four points for each finding in version 1.0 of the
 * CCADB's guidelines, headings for each in version 2.0.
 */
#include <string.h>

#include "base/err.h"
#include "classify/report_private.h"

/* A cell as a part of its own. */
static bool
add_cell(struct report_page *page, enum tax_section_kind kind, int level,
    size_t line, const struct md_cell *head, size_t start, size_t end)
{
	struct report_part *part = report_part_add(page);

	if (part == NULL)
		return false;
	part->kind = kind;
	part->level = level;
	part->line = part->own = part->to = line;
	part->words.start = head->start;
	part->words.end = head->end;
	part->value.start = start;
	part->value.end = end;
	part->cell = true;
	return true;
}

/* What the columns of a table hold; true when they are the points of
 * findings. */
static bool
read_header(const struct report_page *page, const struct md_cell *cells,
    size_t len, enum tax_section_kind *kinds)
{
	const struct report_name *name;
	bool described = false, caused = false;
	size_t i;

	for (i = 0; i < len; i++) {
		name = report_names_find(page->names,
		    page->text + cells[i].start, cells[i].end -
		    cells[i].start);
		kinds[i] = name == NULL || name->form != TAX_FORM__MAX ?
		    TAX_SECTION_OTHER : name->kind;
		described = described || kinds[i] == TAX_SECTION_DESCRIPTION;
		caused = caused || kinds[i] == TAX_SECTION_CAUSE;
	}
	return described && caused;
}

const struct err *
report_audit_table(struct report_page *page)
{
	struct md_cell heads[MD_MAX_COLUMNS], cells[MD_MAX_COLUMNS];
	enum tax_section_kind kinds[MD_MAX_COLUMNS];
	const struct md_line *line;
	size_t n, i, len = 0, columns = 0;
	bool ours = false;

	for (n = 0; n < page->md.len; n++) {
		line = &page->md.lines[n];
		if (line->kind != MD_ROW || line->quoted)
			continue;
		if (line->header) {
			columns = markdown_cells(&page->md, line, heads,
			    MD_MAX_COLUMNS);
			ours = read_header(page, heads, columns, kinds);
			continue;
		}
		if (!ours)
			continue;
		page->form = TAX_FORM_AUDIT_V1;
		len = markdown_cells(&page->md, line, cells, MD_MAX_COLUMNS);
		for (i = 0; i < len && i < columns &&
		    page->part_len < REPORT_MAX_ITEMS; i++)
			if (!add_cell(page, kinds[i],
			    kinds[i] == TAX_SECTION_FINDING ? 1 : 2, n,
			    &heads[i], cells[i].start, cells[i].end))
				return err_memory();
	}
	return NULL;
}

void
report_read_audit(struct report_page *page)
{
	/* Of several findings none is the incident's description. */
	report_read_findings(page);
	if (page->out->findings.len <= 1)
		report_fact_text(page, FACT_DESCRIPTION,
		    report_find(page, TAX_SECTION_DESCRIPTION));
}
