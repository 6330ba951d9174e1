/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A taxonomy small enough to be read at a glance, for tests of logic.
 * Tests of the data itself load the built-in one.
 */
#ifndef TESTS_UNIT_SMALL_TAXONOMY_H
#define TESTS_UNIT_SMALL_TAXONOMY_H

#include "base/date.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/heard.h"

enum { OCSP, OV, LEAF, DISCLOSURE, REST };

static struct tax_spelling leaf_spellings[] = {
	{ .text = "delayed-revocation-leaf", .until = 19368 }
};
static struct tax_spelling disclosure_spellings[] = {
	{ .text = "disclosure-failur", .until = DATE_NONE }
};
static struct tax_category small_categories[] = {
	[OCSP] = { .id = "ocsp-failure", .title = "OCSP Failure" },
	[OV] = { .id = "ov-misissuance", .title = "OV Misissuance" },
	[LEAF] = { .id = "leaf-revocation-delay", .title = "Leaf Delay",
	    .spellings = leaf_spellings, .spelling_len = 1 },
	[DISCLOSURE] = { .id = "disclosure-failure", .title = "Disclosure",
	    .spellings = disclosure_spellings, .spelling_len = 1 },
	[REST] = { .id = "uncategorized", .title = "Other", .residual = true }
};

enum { MARK_BASE, MARK_EXTERNAL, MARK_META, MARK_AUDITOR, MARK_COVID,
	MARK_CLOSE, MARK_NEXT };

static struct tax_spelling close_spellings[] = {
	{ .text = "closing-on", .until = DATE_NONE }
};
static struct tax_mark small_marks[] = {
	[MARK_BASE] = { .id = "ca-compliance", .kind = TAX_MARK_BASE },
	[MARK_EXTERNAL] = { .id = "external", .kind = TAX_MARK_EXTERNAL },
	[MARK_META] = { .id = "meta", .kind = TAX_MARK_META },
	[MARK_AUDITOR] = { .id = "auditor-compliance",
	    .kind = TAX_MARK_AUDITOR },
	[MARK_COVID] = { .id = "covid-19", .kind = TAX_MARK_OTHER },
	[MARK_CLOSE] = { .id = "close-on", .kind = TAX_MARK_CLOSE_ON,
	    .spellings = close_spellings, .spelling_len = 1 },
	[MARK_NEXT] = { .id = "next-update", .kind = TAX_MARK_NEXT_UPDATE }
};

static struct tax_row tag_rows[] = {
	{ .id = "ocsp-failure", .title = "OCSP Failure" },
	{ .id = "ov-misissuance", .title = "OV Misissuance" },
	{ .id = "leaf-revocation-delay", .title = "Leaf Delay" },
	{ .id = "disclosure-failure", .title = "Disclosure" },
	{ .id = "uncategorized", .title = "Other" }
};
static size_t tag_row_of[] = { 0, 1, 2, 3, 4 };
static struct tax_row type_rows[] = {
	{ .id = "status", .title = "Status", .note = "OCSP and CRL" },
	{ .id = "conduct", .title = "Conduct" },
	{ .id = "rest", .title = "Rest" }
};
static size_t type_row_of[] = { 0, 2, 1, 1, 2 };

enum { SCHEME_TAGS, SCHEME_TYPES };

static struct tax_scheme small_schemes[] = {
	[SCHEME_TAGS] = { .id = "tags", .rows = tag_rows, .row_len = 5,
	    .row_of = tag_row_of, .residual = 4, .open = true },
	[SCHEME_TYPES] = { .id = "types", .rows = type_rows, .row_len = 3,
	    .row_of = type_row_of, .residual = 2 }
};

static struct tax_component small_components[] = {
	{ .product = "CA Program", .name = "Incidents",
	    .kind = TAX_COMPONENT_INCIDENTS },
	{ .product = "CA Program", .name = "Requests",
	    .kind = TAX_COMPONENT_INCLUSIONS }
};

static struct tax_inclusion small_inclusions[] = {
	{ .id = "ca-initial", .counted = true },
	{ .id = "ca-verifying", .counted = true },
	{ .id = "ca-hold" }
};

enum { ASSECO, ATOS, DIGICERT, FIRM, QUOVADIS };

static struct tax_owner small_owners[] = {
	[ASSECO] = { .id = "asseco", .name = "Asseco DS / Certum",
	    .now = ASSECO },
	[ATOS] = { .id = "atos", .name = "Atos", .now = ATOS },
	[DIGICERT] = { .id = "digicert", .name = "DigiCert",
	    .now = DIGICERT },
	[FIRM] = { .id = "firm", .name = "Count & Sons", .now = FIRM,
	    .auditor = true },
	[QUOVADIS] = { .id = "quovadis", .name = "QuoVadis",
	    .now = DIGICERT }
};

/* Sorted by the bytes of the key. */
static struct tax_name small_names[] = {
	{ "Asseco DS / Certum", "asseco ds / certum", TAX_NAME_CA, ASSECO,
	    1 },
	{ "Atos", "atos", TAX_NAME_CA, ATOS, 2 },
	{ "Certum", "certum", TAX_NAME_BRAND, ASSECO, 3 },
	{ "Count & Sons", "count & sons", TAX_NAME_AUDITOR, FIRM, 4 },
	{ "DigiCert", "digicert", TAX_NAME_CA, DIGICERT, 5 },
	{ "QuoVadis", "quovadis", TAX_NAME_CA, QUOVADIS, 6 },
	{ "Siemens", "siemens", TAX_NAME_SUBCA, ATOS, 7 },
	{ "\u00c9clair", "\u00e9clair", TAX_NAME_BRAND, ATOS, 8 }
};

static struct taxonomy small_taxonomy = {
	.version = "small",
	.categories = small_categories,
	.category_len = COUNT(small_categories),
	.residual = REST,
	.marks = small_marks,
	.mark_len = COUNT(small_marks),
	.schemes = small_schemes,
	.scheme_len = COUNT(small_schemes),
	.components = small_components,
	.component_len = COUNT(small_components),
	.inclusions = small_inclusions,
	.inclusion_len = COUNT(small_inclusions),
	.owners = small_owners,
	.owner_len = COUNT(small_owners),
	.names = small_names,
	.name_len = COUNT(small_names)
};

#endif
