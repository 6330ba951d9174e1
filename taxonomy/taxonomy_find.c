/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "taxonomy/taxonomy.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

/* What people put between the words of a tag. */
static bool
is_joint(uint32_t codepoint)
{
	return codepoint == ' ' || (codepoint >= '\t' && codepoint <= '\r') ||
	    codepoint == '-' || codepoint == '_' ||
	    codepoint == 0xa0 ||	/* no-break space */
	    (codepoint >= 0x2010 && codepoint <= 0x2015); /* dashes */
}

bool
taxonomy_normal(const char *data, size_t len, char *out, size_t size)
{
	size_t in = 0, used = 0, bytes;
	uint32_t codepoint;
	bool joint = false;

	if (size == 0)
		return false;
	for (; in < len; in += bytes) {
		bytes = text_decode(data + in, len - in, &codepoint);
		if (is_joint(codepoint)) {
			joint = used > 0;
			continue;
		}
		if (bytes + joint >= size - used) {
			out[0] = '\0';
			return false;
		}
		if (joint)
			out[used++] = '-';
		joint = false;
		memcpy(out + used, data + in, bytes);
		if (out[used] >= 'A' && out[used] <= 'Z')
			out[used] = (char)(out[used] - 'A' + 'a');
		used += bytes;
	}
	out[used] = '\0';
	return true;
}

/* What stands around the names of sections: "### 1. **Impact:**". */
static bool
is_around(char c)
{
	return (c >= '0' && c <= '9') || (c != '\0' &&
	    strchr("#:*_?.)", c) != NULL);
}

/* text_trim, and without what is_around(). */
static void
trim_heading(const char **data, size_t *len)
{
	size_t before;

	do {
		before = *len;
		text_trim(data, len);
		for (; *len > 0 && is_around(**data); (*len)--)
			(*data)++;
		while (*len > 0 && is_around((*data)[*len - 1]))
			(*len)--;
	} while (*len != before);
}

bool
taxonomy_heading(const char *data, size_t len, char *out, size_t size)
{
	size_t i, bytes, used = 0;
	uint32_t codepoint;
	struct buf folded;

	if (size == 0)
		return false;
	trim_heading(&data, &len);
	buf_fixed(&folded, out, size);
	text_fold(&folded, data, len);
	if (folded.full || folded.len == 0) {
		out[0] = '\0';
		return false;
	}
	for (i = 0; i < folded.len; i += bytes) {
		bytes = text_decode(out + i, folded.len - i, &codepoint);
		if (codepoint == 0x2018 || codepoint == 0x2019) {
			out[used++] = '\'';
			continue;
		}
		memmove(out + used, out + i, bytes);
		used += bytes;
	}
	out[used] = '\0';
	return true;
}

const struct tax_scheme *
taxonomy_scheme(const struct taxonomy *taxonomy, const char *id)
{
	size_t i;

	for (i = 0; i < taxonomy->scheme_len; i++)
		if (strcmp(taxonomy->schemes[i].id, id) == 0)
			return &taxonomy->schemes[i];
	return NULL;
}

const struct tax_scheme *
taxonomy_causes(const struct taxonomy *taxonomy)
{
	size_t i;

	for (i = 0; i < taxonomy->scheme_len; i++)
		if (taxonomy->schemes[i].causes)
			return &taxonomy->schemes[i];
	return NULL;
}

bool
taxonomy_category(const struct taxonomy *taxonomy, const char *id,
    size_t *index)
{
	size_t i;

	*index = 0;
	for (i = 0; i < taxonomy->category_len; i++) {
		if (strcmp(taxonomy->categories[i].id, id) != 0)
			continue;
		*index = i;
		return true;
	}
	return false;
}

static const struct tax_spelling *
find_spelling(const struct tax_spelling *spellings, size_t len,
    const char *normal)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strcmp(spellings[i].text, normal) == 0)
			return &spellings[i];
	return NULL;
}

/* The ids alone: few, and what nearly every tag is. */
static enum tax_tag_kind
tag_by_id(const struct taxonomy *taxonomy, const char *normal, size_t *index)
{
	size_t i;

	if (taxonomy_category(taxonomy, normal, index))
		return TAX_TAG_CATEGORY;
	for (i = 0; i < taxonomy->mark_len; i++) {
		*index = i;
		if (strcmp(taxonomy->marks[i].id, normal) == 0)
			return TAX_TAG_MARK;
	}
	for (i = 0; i < taxonomy->inclusion_len; i++) {
		*index = i;
		if (strcmp(taxonomy->inclusions[i].id, normal) == 0)
			return TAX_TAG_INCLUSION;
	}
	return TAX_TAG_UNKNOWN;
}

static enum tax_tag_kind
tag_by_spelling(const struct taxonomy *taxonomy, const char *normal,
    size_t *index, const struct tax_spelling **found)
{
	const struct tax_category *category;
	const struct tax_mark *mark;
	const struct tax_inclusion *inclusion;
	size_t i;

	for (i = 0; i < taxonomy->category_len; i++) {
		category = &taxonomy->categories[i];
		*found = find_spelling(category->spellings,
		    category->spelling_len, normal);
		*index = i;
		if (*found != NULL)
			return TAX_TAG_CATEGORY;
	}
	for (i = 0; i < taxonomy->mark_len; i++) {
		mark = &taxonomy->marks[i];
		*found = find_spelling(mark->spellings, mark->spelling_len,
		    normal);
		*index = i;
		if (*found != NULL)
			return TAX_TAG_MARK;
	}
	for (i = 0; i < taxonomy->inclusion_len; i++) {
		inclusion = &taxonomy->inclusions[i];
		*found = find_spelling(inclusion->spellings,
		    inclusion->spelling_len, normal);
		*index = i;
		if (*found != NULL)
			return TAX_TAG_INCLUSION;
	}
	return TAX_TAG_UNKNOWN;
}

enum tax_tag_kind
taxonomy_tag(const struct taxonomy *taxonomy, const char *normal,
    size_t *index, bool *repaired)
{
	const struct tax_spelling *spelling = NULL;
	enum tax_tag_kind kind;

	*repaired = false;
	kind = tag_by_id(taxonomy, normal, index);
	if (kind == TAX_TAG_UNKNOWN)
		kind = tag_by_spelling(taxonomy, normal, index, &spelling);
	if (kind == TAX_TAG_UNKNOWN)
		*index = 0;
	else if (spelling != NULL)
		*repaired = spelling->until == DATE_NONE;
	return kind;
}

static int
compare_name(const void *key, const void *item)
{
	const struct tax_name *name = item;

	return strcmp(key, name->key);
}

const struct tax_name *
taxonomy_name(const struct taxonomy *taxonomy, const char *key)
{
	if (taxonomy->name_len == 0)
		return NULL;
	return bsearch(key, taxonomy->names, taxonomy->name_len,
	    sizeof(*taxonomy->names), compare_name);
}

const struct tax_component *
taxonomy_component(const struct taxonomy *taxonomy, const char *product,
    const char *name)
{
	const struct tax_component *component;
	size_t i;

	for (i = 0; i < taxonomy->component_len; i++) {
		component = &taxonomy->components[i];
		if (strcmp(component->product, product) == 0 &&
		    strcmp(component->name, name) == 0)
			return component;
	}
	return NULL;
}

const char *
taxonomy_field_name(enum tax_field field)
{
	static const char *const names[TAX_FIELD__MAX] = {
		[TAX_FIELD_TITLE] = "title",
		[TAX_FIELD_SUMMARY] = "summary",
		[TAX_FIELD_OWNER] = "owner",
		[TAX_FIELD_WORDS] = "words",
		[TAX_FIELD_FIRST] = "first",
		[TAX_FIELD_SECTION] = "section",
		[TAX_FIELD_CA] = "ca",
		[TAX_FIELD_TEXT] = "text"
	};

	return names[field];
}
