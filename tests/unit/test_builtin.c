/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "taxonomy/taxonomy.h"
#include "tests/unit/taxonomy_text.h"

static const struct {
	const char *tag;
	enum tax_tag_kind kind;
	const char *id;
	bool repaired;
} tags[] = {
	{ "crl-failure", TAX_TAG_CATEGORY, "crl-failure", false },
	{ "disclosure failure", TAX_TAG_CATEGORY, "disclosure-failure",
	    false },
	{ "Audit_Findings", TAX_TAG_CATEGORY, "audit-finding", true },
	{ "S/MIME-misissuance", TAX_TAG_CATEGORY, "smime-misissuance",
	    true },
	{ "delayed-revocation-leaf", TAX_TAG_CATEGORY,
	    "leaf-revocation-delay", false },
	{ "delayed-revocation-ca", TAX_TAG_CATEGORY,
	    "ca-revocation-delay", false },
	{ "leaf-delayed-revocation", TAX_TAG_CATEGORY,
	    "leaf-revocation-delay", true },
	{ "uncategorised", TAX_TAG_CATEGORY, "uncategorized", true },
	{ "ca compliance", TAX_TAG_MARK, "ca-compliance", false },
	{ "verif?", TAX_TAG_MARK, "verif?", false },
	{ "covid-19", TAX_TAG_MARK, "covid-19", false },
	{ "covid19", TAX_TAG_MARK, "covid-19", true },
	{ "ca-verification", TAX_TAG_INCLUSION, "ca-verifying", true },
	{ "ca-hold", TAX_TAG_INCLUSION, "ca-hold", false },
	/* Unknown ones stay what they are. */
	{ "iv-misissuance", TAX_TAG_UNKNOWN, NULL, false },
	{ "revocation-delay", TAX_TAG_UNKNOWN, NULL, false },
	{ "code-signing-misissuance", TAX_TAG_UNKNOWN, NULL, false },
	{ "", TAX_TAG_UNKNOWN, NULL, false }
};

static void
test_builtin_tags(void **state)
{
	struct taxonomy *taxonomy;
	char normal[TAX_MAX_TAG];
	const char *id;
	size_t i, index;
	bool repaired;

	(void)state;
	taxonomy = loaded(NULL);
	for (i = 0; i < COUNT(tags); i++) {
		assert_true(taxonomy_normal(tags[i].tag,
		    strlen(tags[i].tag), normal, sizeof(normal)));
		assert_int_equal(taxonomy_tag(taxonomy, normal, &index,
		    &repaired), tags[i].kind);
		assert_int_equal(repaired, tags[i].repaired);
		if (tags[i].kind == TAX_TAG_UNKNOWN)
			continue;
		id = tags[i].kind == TAX_TAG_CATEGORY ?
		    taxonomy->categories[index].id :
		    tags[i].kind == TAX_TAG_MARK ?
		    taxonomy->marks[index].id : taxonomy->inclusions[index].id;
		assert_string_equal(id, tags[i].id);
	}
	/* An id is looked up exactly. */
	assert_true(taxonomy_category(taxonomy, "dv-misissuance", &index));
	assert_int_equal(index, 1);
	assert_false(taxonomy_category(taxonomy, "uncategorised", &index));
	assert_false(taxonomy_category(taxonomy, "ca-compliance", &index));
	taxonomy_free(taxonomy);
}

/* The row ids are a promise to those who read our JSON. */
static const struct {
	const char *id, *rows;
	bool open;
} schemes[] = {
	{ "causes", " requirement-misread requirement-change-missed "
	    "software-defect lint-gap manual-step legacy-profile "
	    "stale-validation third-party monitoring-gap capacity "
	    "change-management hand-off documentation training "
	    "problem-report-intake audit-scoping disclosure-process "
	    "subscriber-refusal other not-stated", false },
	{ "tags", " ca-misissuance dv-misissuance ov-misissuance "
	    "ev-misissuance smime-misissuance crl-failure "
	    "ocsp-failure leaf-revocation-delay ca-revocation-delay "
	    "policy-failure disclosure-failure audit-finding "
	    "audit-failure audit-delay uncategorized", true },
	{ "types-2024", " audit ca-misissuance crl dv-misissuance "
	    "ev-misissuance leaf-revocation ocsp ov-misissuance "
	    "policy smime uncategorized", false },
	{ "themes-2025", " revocation audit profile smime disclosure "
	    "validation status other", false },
	{ "coarse", " misissuance revocation other", false },
	{ "tags-merged", " ca-misissuance server-misissuance "
	    "smime-misissuance crl-failure ocsp-failure "
	    "leaf-revocation-delay ca-revocation-delay policy-failure "
	    "disclosure-failure audit-finding audit-failure audit-delay "
	    "uncategorized", true }
};
static const struct {
	const char *category, *type, *theme, *coarse;
} row_of[] = {
	{ "ca-misissuance", "ca-misissuance", "profile", "misissuance" },
	{ "dv-misissuance", "dv-misissuance", "validation", "misissuance" },
	{ "ov-misissuance", "ov-misissuance", "validation", "misissuance" },
	{ "ev-misissuance", "ev-misissuance", "validation", "misissuance" },
	{ "smime-misissuance", "smime", "smime", "misissuance" },
	{ "crl-failure", "crl", "status", "revocation" },
	{ "ocsp-failure", "ocsp", "status", "revocation" },
	{ "leaf-revocation-delay", "leaf-revocation", "revocation",
	    "revocation" },
	{ "ca-revocation-delay", "leaf-revocation", "revocation",
	    "revocation" },
	{ "policy-failure", "policy", "other", "other" },
	{ "disclosure-failure", "policy", "disclosure", "other" },
	{ "audit-finding", "audit", "audit", "other" },
	{ "audit-failure", "audit", "audit", "other" },
	{ "audit-delay", "audit", "audit", "other" },
	{ "uncategorized", "uncategorized", "other", "other" }
};

static void
test_builtin_schemes(void **state)
{
	const struct tax_scheme *scheme, *types, *themes, *coarse;
	struct taxonomy *taxonomy;
	struct buf ids;
	size_t i, j;

	(void)state;
	taxonomy = loaded(NULL);
	assert_int_equal(taxonomy->scheme_len, COUNT(schemes));
	buf_init(&ids, 4096);
	for (i = 0; i < COUNT(schemes); i++) {
		scheme = taxonomy_scheme(taxonomy, schemes[i].id);
		assert_non_null(scheme);
		assert_int_equal(scheme->open, schemes[i].open);
		buf_clear(&ids);
		for (j = 0; j < scheme->row_len; j++)
			buf_fmt(&ids, " %s", scheme->rows[j].id);
		assert_string_equal(buf_text(&ids), schemes[i].rows);
		assert_int_equal(scheme->residual, scheme->row_len - 1);
	}
	buf_release(&ids);
	assert_null(taxonomy_scheme(taxonomy, "tag"));

	assert_int_equal(taxonomy->category_len, COUNT(row_of));
	assert_int_equal(taxonomy->residual, COUNT(row_of) - 1);
	scheme = taxonomy_scheme(taxonomy, "tags");
	types = taxonomy_scheme(taxonomy, "types-2024");
	themes = taxonomy_scheme(taxonomy, "themes-2025");
	coarse = taxonomy_scheme(taxonomy, "coarse");
	for (i = 0; i < COUNT(row_of); i++) {
		assert_string_equal(taxonomy->categories[i].id,
		    row_of[i].category);
		assert_int_equal(scheme->row_of[i], i);
		assert_string_equal(types->rows[types->row_of[i]].id,
		    row_of[i].type);
		assert_string_equal(themes->rows[themes->row_of[i]].id,
		    row_of[i].theme);
		assert_string_equal(coarse->rows[coarse->row_of[i]].id,
		    row_of[i].coarse);
	}
	taxonomy_free(taxonomy);
}

static void
test_builtin_rest(void **state)
{
	const struct tax_component *component;
	struct taxonomy *taxonomy;
	size_t i, counted = 0;

	(void)state;
	taxonomy = loaded(NULL);
	component = taxonomy_component(taxonomy, "CA Program",
	    "CA Certificate Compliance");
	assert_non_null(component);
	assert_int_equal(component->kind, TAX_COMPONENT_INCIDENTS);
	component = taxonomy_component(taxonomy, "CA Program",
	    "CA Certificate Root Program");
	assert_non_null(component);
	assert_int_equal(component->kind, TAX_COMPONENT_INCLUSIONS);
	assert_null(taxonomy_component(taxonomy, "NSS",
	    "CA Certificate Compliance"));
	assert_null(taxonomy_component(taxonomy, "CA Program",
	    "CA Documents"));
	for (i = 0; i < taxonomy->inclusion_len; i++)
		counted += taxonomy->inclusions[i].counted;
	assert_int_equal(counted, 5);
	assert_int_equal(taxonomy->inclusion_len, 8);
	taxonomy_free(taxonomy);
}

/* Nothing of how incidents are handled is left out. */
static void
test_builtin_handling(void **state)
{
	const struct tax_section *section;
	struct taxonomy *taxonomy;
	bool answers[TAX_MAX_ANSWERS + 1] = { false };
	size_t i;

	(void)state;
	taxonomy = loaded(NULL);
	for (i = 0; i < TAX_FORM__MAX; i++) {
		assert_true(taxonomy->forms[i].line > 0);
		assert_int_equal(taxonomy->forms[i].since == DATE_NONE,
		    i == TAX_FORM_PLAIN);
	}
	for (i = 0; i < TAX_SECTION__MAX; i++) {
		section = &taxonomy->sections[i];
		assert_true(section->line > 0);
		assert_true(section->heading_len > 0 ||
		    section->answer > 0 || i == TAX_SECTION_OTHER);
		answers[section->answer] = true;
	}
	for (i = 1; i <= 7; i++)
		assert_true(answers[i]);
	for (i = 0; i < TAX_CLOCK__MAX; i++)
		assert_true(taxonomy->clocks[i].deadline_len > 0);
	assert_true(taxonomy->party_len > 0);
	assert_non_null(taxonomy_causes(taxonomy));
	taxonomy_free(taxonomy);
}

/* The name that a summary begins with, as the taxonomy looks names up. */
static const struct tax_name *
find_name(const struct taxonomy *taxonomy, const char *text, size_t len)
{
	const struct tax_name *name;
	struct buf key;

	buf_init(&key, 1024);
	text_fold(&key, text, len);
	assert_null(buf_error(&key, "key"));
	name = taxonomy_name(taxonomy, buf_text(&key));
	buf_release(&key);
	return name;
}

static const struct {
	const char *text, *then, *now;
	enum tax_name_kind kind;
} names[] = {
	{ "DigiCert", "DigiCert", "DigiCert", TAX_NAME_CA },
	{ "digicert", "DigiCert", "DigiCert", TAX_NAME_CA },
	{ "DigiCert  /  Siemens", "DigiCert", "DigiCert",
	    TAX_NAME_SUBCA },
	{ "Siemens", "Atos", "Atos", TAX_NAME_SUBCA },
	{ "QuoVadis", "QuoVadis", "DigiCert", TAX_NAME_CA },
	{ "QuoVadis / Siemens", "QuoVadis", "DigiCert",
	    TAX_NAME_SUBCA },
	{ "QuoVadis / PKIoverheid", "PKIoverheid", "PKIoverheid",
	    TAX_NAME_SUBCA },
	{ "Comodo", "Comodo", "Sectigo", TAX_NAME_CA },
	{ "Entrust", "Entrust", "Entrust", TAX_NAME_CA },
	{ "Symantec", "Symantec", "Symantec", TAX_NAME_CA },
	{ "Trustwave", "Trustwave", "VikingCloud", TAX_NAME_CA },
	{ "SecureTrust", "SecureTrust", "VikingCloud", TAX_NAME_CA },
	{ "T-Systems", "T-Systems", "Telekom Security", TAX_NAME_CA },
	{ "Taiwan-CA", "TWCA", "TWCA", TAX_NAME_CA },
	{ "Certum", "Asseco DS / Certum", "Asseco DS / Certum",
	    TAX_NAME_BRAND },
	{ "Globalsign / AlphaSSL", "GlobalSign", "GlobalSign",
	    TAX_NAME_BRAND },
	{ "t\u00fcvit", "T\u00dcViT", "T\u00dcViT",
	    TAX_NAME_AUDITOR },
	{ "Ernst & Young Israel", "Ernst & Young", "Ernst & Young",
	    TAX_NAME_AUDITOR }
};

static void
test_builtin_owners(void **state)
{
	const struct tax_owner *owner;
	const struct tax_name *name;
	struct taxonomy *taxonomy;
	size_t i;

	(void)state;
	taxonomy = loaded(NULL);
	for (i = 0; i < COUNT(names); i++) {
		name = find_name(taxonomy, names[i].text,
		    strlen(names[i].text));
		if (name == NULL)
			fail_msg("unknown: %s", names[i].text);
		owner = &taxonomy->owners[name->owner];
		assert_string_equal(owner->name, names[i].then);
		assert_string_equal(taxonomy->owners[owner->now].name,
		    names[i].now);
		assert_int_equal(name->kind, names[i].kind);
		assert_int_equal(owner->auditor,
		    names[i].kind == TAX_NAME_AUDITOR);
	}
	assert_null(find_name(taxonomy, "Nobody", 6));
	assert_null(find_name(taxonomy, "", 0));
	taxonomy_free(taxonomy);
}

/* One line: prefix, owner now, count, kind, note.  False when it is left
 * out because it has no prefix. */
static bool
assert_row(const struct taxonomy *taxonomy, const char *line)
{
	static const char auditor[] = "(auditor) ";
	const char *field[5];
	const struct tax_owner *owner;
	const struct tax_name *name;
	size_t i, len;
	bool is_auditor;

	field[0] = line;
	for (i = 1; i < COUNT(field); i++) {
		field[i] = strchr(field[i - 1], '\t');
		assert_non_null(field[i]);
		field[i]++;
	}
	if (strncmp(field[3], "no-", 3) == 0)
		return false;
	name = find_name(taxonomy, field[0],
	    (size_t)(field[1] - field[0]) - 1);
	if (name == NULL)
		fail_msg("unknown: %s", line);
	owner = &taxonomy->owners[taxonomy->owners[name->owner].now];
	is_auditor = strncmp(field[1], auditor, sizeof(auditor) - 1) == 0;
	if (is_auditor)
		field[1] += sizeof(auditor) - 1;
	len = (size_t)(field[2] - field[1]) - 1;
	if (strlen(owner->name) != len ||
	    memcmp(owner->name, field[1], len) != 0 ||
	    owner->auditor != is_auditor)
		fail_msg("leads to %s: %s", owner->name, line);
	return true;
}

/* Each way in which the summary of a real bug has named its owner. */
static void
test_real_owners(void **state)
{
	const char *data = getenv("CABRIEF_DATA");
	struct taxonomy *taxonomy;
	char path[PATH_MAX], *line, *end;
	struct buf text;
	size_t rows = 0;

	(void)state;
	if (data == NULL) {
		print_message("skipped: CABRIEF_DATA is not set\n");
		skip();
	}
	assert_true(snprintf(path, sizeof(path), "%s/owners.tsv", data) <
	    (int)sizeof(path));
	buf_init(&text, 1 << 20);
	assert_null(file_read(path, &text));
	assert_true(text.len > 0 && text.data[text.len - 1] == '\n');
	taxonomy = loaded(NULL);
	line = strchr(text.data, '\n') + 1;
	for (; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		*end = '\0';
		rows += assert_row(taxonomy, line);
	}
	assert_int_equal(rows, 157);
	taxonomy_free(taxonomy);
	buf_release(&text);
}

/* What holds for every shipped rule; that its examples hold is tested where
 * patterns are run. */
static void
test_builtin_rules(void **state)
{
	enum { MOST = 250 };	/* for labels and themes */
	const struct tax_rule *rule;
	struct taxonomy *taxonomy;
	size_t i, j, positive, for_rows = 0, for_labels = 0;
	bool *voted;

	(void)state;
	taxonomy = loaded(NULL);
	voted = calloc(taxonomy->category_len, sizeof(*voted));
	assert_non_null(voted);
	for (i = 0; i < taxonomy->rule_len; i++) {
		rule = &taxonomy->rules[i];
		assert_non_null(rule->yes);
		assert_non_null(rule->no);
		assert_string_not_equal(rule->yes, rule->no);
		assert_true(*rule->pattern != '\0');
		positive = 0;
		for (j = 0; j < rule->vote_len; j++) {
			if (rule->votes[j].weight == 0)
				fail_msg("%s: a vote of 0", rule->id);
			if (rule->votes[j].weight < 0)
				continue;
			positive++;
			if (rule->scheme == SIZE_MAX)
				voted[rule->votes[j].target] = true;
		}
		for_labels += rule->stage == TAX_STAGE_LABELS;
		/* One that speaks only against says what for it is there; a
		 * sign of a facet speaks for that. */
		if (rule->facet == SIZE_MAX && positive == 0 && rule->why == NULL)
			fail_msg("%s: neither votes for anything nor says "
			    "why", rule->id);
		for_rows += rule->scheme != SIZE_MAX;
	}
	assert_in_range(for_labels, 1, MOST);
	for (i = 0; i < taxonomy->category_len; i++) {
		if (!voted[i])
			fail_msg("%s: no rule votes for it",
			    taxonomy->categories[i].id);
		for (j = 0; j < TAX_FIT__MAX; j++)
			assert_true(taxonomy->categories[i].fit[j].slope > 0);
	}
	free(voted);
	assert_true(taxonomy->floor < INT_MAX);
	assert_true(taxonomy->neighbours.count > 0);
	for (i = 0; i < taxonomy->scheme_len; i++)
		assert_int_equal(taxonomy->schemes[i].ruled,
		    strcmp(taxonomy->schemes[i].id, "themes-2025") == 0 ||
		    strcmp(taxonomy->schemes[i].id, "causes") == 0);
	assert_true(for_rows > 0);
	taxonomy_free(taxonomy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builtin_tags),
		cmocka_unit_test(test_builtin_schemes),
		cmocka_unit_test(test_builtin_rest),
		cmocka_unit_test(test_builtin_handling),
		cmocka_unit_test(test_builtin_owners),
		cmocka_unit_test(test_builtin_rules),
		cmocka_unit_test(test_real_owners)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
