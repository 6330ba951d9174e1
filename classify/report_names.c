/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "classify/report_private.h"

enum {
	/* Bytes by which beginnings are told apart, of long names and of
	 * those that are shorter. */
	BEGIN_BYTES = 6,
	SHORT_BYTES = 3
};

static size_t
hash_key(const char *key)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return (size_t)(hash ^ (hash >> 32));
}

static unsigned
lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A' + 'a') : c;
}

/* The bit of how words begin, by so many bytes; such as are not ASCII count
 * alike, since their case is unknown, and blanks once. */
static size_t
begin_bit(const char *data, size_t len, size_t bytes)
{
	unsigned sum = 0, c, last = 0;
	size_t i, n;

	for (i = n = 0; n < bytes; i++) {
		c = i < len ? lower((unsigned char)data[i]) : 0;
		if (c == '\t')
			c = ' ';
		if (c == ' ' && last == ' ')
			continue;
		sum = sum * 31 + (c >= 0x80 ? 0x80 : c);
		last = c;
		n++;
	}
	return sum % (REPORT_BEGINS * 8);
}

static void
set_bit(unsigned char *bits, size_t bit)
{
	bits[bit / 8] |= (unsigned char)(1u << bit % 8);
}

static bool
has_bit(const unsigned char *bits, size_t bit)
{
	return (bits[bit / 8] & 1u << bit % 8) != 0;
}

static void
add_name(struct report_names *names, const char *key,
    enum tax_form_kind form, enum tax_section_kind kind)
{
	size_t at = hash_key(key) & (names->place_len - 1);
	size_t len = strlen(key);

	while (names->places[at].key != NULL)
		at = (at + 1) & (names->place_len - 1);
	names->places[at].key = key;
	names->places[at].form = form;
	names->places[at].kind = kind;
	if (len >= BEGIN_BYTES)
		set_bit(names->begins, begin_bit(key, len, BEGIN_BYTES));
	else
		set_bit(names->short_begins, begin_bit(key, len,
		    SHORT_BYTES));
}

const struct err *
report_names_make(struct report_names *names,
    const struct taxonomy *taxonomy)
{
	size_t count = 0, i, n;

	memset(names, 0, sizeof(*names));
	for (i = 0; i < TAX_FORM__MAX; i++)
		count += taxonomy->forms[i].name_len;
	for (i = 0; i < TAX_SECTION__MAX; i++)
		count += taxonomy->sections[i].heading_len;
	names->place_len = 64;
	while (names->place_len < count * 2)
		names->place_len *= 2;
	names->places = mem_alloc(names->place_len, sizeof(*names->places));
	if (names->places == NULL)
		return err_memory();
	for (i = 0; i < TAX_FORM__MAX; i++)
		for (n = 0; n < taxonomy->forms[i].name_len; n++)
			add_name(names, taxonomy->forms[i].names[n],
			    (enum tax_form_kind)i, TAX_SECTION_OTHER);
	for (i = 0; i < TAX_SECTION__MAX; i++)
		for (n = 0; n < taxonomy->sections[i].heading_len; n++)
			add_name(names, taxonomy->sections[i].headings[n],
			    TAX_FORM__MAX, (enum tax_section_kind)i);
	return NULL;
}

void
report_names_release(struct report_names *names)
{
	mem_free(names->places);
	memset(names, 0, sizeof(*names));
}

/* What may stand before a name. */
static bool
is_around(char c)
{
	return c == ' ' || c == '*' || c == '#' || (c >= '0' && c <= '9') ||
	    c == '.' || c == '_' || c == ')' || c == ':' || c == '?' ||
	    c == '\t';
}

bool
report_names_begin(const struct report_names *names, const char *data,
    size_t len)
{
	for (; len > 0 && is_around(*data); len--)
		data++;
	return len > 0 && (has_bit(names->begins, begin_bit(data, len,
	    BEGIN_BYTES)) || has_bit(names->short_begins, begin_bit(data, len,
	    SHORT_BYTES)));
}

const struct report_name *
report_names_find(const struct report_names *names, const char *data,
    size_t len)
{
	char key[TAX_MAX_HEADING];
	size_t at;

	if (len > TAX_MAX_HEADING * 2 ||
	    !report_names_begin(names, data, len) ||
	    !taxonomy_heading(data, len, key, sizeof(key)))
		return NULL;
	at = hash_key(key) & (names->place_len - 1);
	for (; names->places[at].key != NULL;
	    at = (at + 1) & (names->place_len - 1))
		if (strcmp(names->places[at].key, key) == 0)
			return &names->places[at];
	return NULL;
}

enum tax_section_kind
report_section_of(const struct taxonomy *taxonomy, const char *data, size_t len)
{
	char key[TAX_MAX_HEADING];
	size_t kind, n;

	if (!taxonomy_heading(data, len, key, sizeof(key)))
		return TAX_SECTION_OTHER;
	for (kind = 0; kind < TAX_SECTION__MAX; kind++)
		for (n = 0; n < taxonomy->sections[kind].heading_len; n++)
			if (strcmp(taxonomy->sections[kind].headings[n],
			    key) == 0)
				return (enum tax_section_kind)kind;
	return TAX_SECTION_OTHER;
}
