/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/owner.h"

#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/text.h"
#include "taxonomy/taxonomy.h"

enum {
	/* Lower case takes at most half as many bytes again (U+023A). */
	KEY_SIZE = OWNER_MAX_PREFIX * 2
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The name that the bytes are, or NULL. */
static const struct tax_name *
find_name(const struct taxonomy *taxonomy, const char *data, size_t len)
{
	char room[KEY_SIZE];
	struct buf key;

	text_trim(&data, &len);
	if (len == 0 || len > OWNER_MAX_PREFIX)
		return NULL;
	buf_fixed(&key, room, sizeof(room));
	text_fold(&key, data, len);
	return taxonomy_name(taxonomy, buf_text(&key));
}

/* Set the owners in `out` when the bytes name one. */
static bool
find_owner(const struct taxonomy *taxonomy, const char *data, size_t len,
    struct owner_match *out)
{
	const struct tax_name *name, *second = NULL;
	const char *slash, *end;

	name = find_name(taxonomy, data, len);
	slash = memchr(data, '/', len);
	if (slash != NULL) {
		end = memchr(slash + 1, '/', (size_t)(data + len - slash) - 1);
		if (end == NULL)
			end = data + len;
		second = find_name(taxonomy, slash + 1,
		    (size_t)(end - slash) - 1);
		if (name == NULL)
			name = find_name(taxonomy, data,
			    (size_t)(slash - data));
	}
	if (name == NULL)
		return false;
	out->owner = name->owner;
	/* "Asseco DS / Certum" is one owner and its brand. */
	if (second != NULL && second->owner != name->owner)
		out->operator_owner = second->owner;
	out->auditor = name->kind == TAX_NAME_AUDITOR ||
	    taxonomy->owners[name->owner].auditor;
	return true;
}

/* Where the summary begins behind words in brackets. */
static size_t
skip_brackets(const char *summary)
{
	const char *end;
	size_t i = 0;

	for (;;) {
		while (is_blank(summary[i]))
			i++;
		if (summary[i] != '[')
			return i;
		end = strchr(summary + i, ']');
		if (end == NULL)
			return i;
		i = (size_t)(end - summary) + 1;
	}
}

/* The first of the dashes that stand between blanks for a colon, and its
 * bytes with them; NULL when there is none. */
static const char *
find_dash(const char *str, size_t *len)
{
	static const char *const dashes[] = {
		" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "
	};
	const char *found, *first = NULL;
	size_t i;

	for (i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
		found = strstr(str, dashes[i]);
		if (found == NULL || (first != NULL && found > first))
			continue;
		first = found;
		*len = strlen(dashes[i]);
	}
	return first;
}

static const char *
find_colon_blank(const char *str)
{
	const char *colon = strchr(str, ':');

	while (colon != NULL && !is_blank(colon[1]))
		colon = strchr(colon + 1, ':');
	return colon;
}

/* The prefix ends at `end`, and `mark_len` bytes of colon or dash follow. */
static void
set_prefix(const char *summary, const char *end, size_t mark_len,
    struct owner_match *out)
{
	const char *data = summary + out->prefix;
	size_t len = (size_t)(end - data);

	text_trim(&data, &len);
	out->prefix_len = len;
	data = end + mark_len;
	len = strlen(data);
	text_trim(&data, &len);
	out->rest = (size_t)(data - summary);
}

static void
report_unknown(const char *prefix, size_t len, int64_t bug,
    struct diag_sink *sink)
{
	struct diag diag = { .code = DIAG_OWNER_UNKNOWN, .bug = bug,
	    .where = "summary" };
	char room[OWNER_MAX_PREFIX + 1];
	struct buf quote;

	buf_fixed(&quote, room, sizeof(room));
	buf_add(&quote, prefix, len);
	diag.detail = buf_text(&quote);
	diag_report(sink, &diag);
}

void
owner_read(const char *summary, const struct taxonomy *taxonomy,
    int64_t bug, struct diag_sink *sink, struct owner_match *out)
{
	const char *start, *spaced, *ends[3];
	size_t mark_len[3] = { 1, 1, 0 }, i;

	memset(out, 0, sizeof(*out));
	out->owner = SIZE_MAX;
	out->operator_owner = SIZE_MAX;
	out->prefix = skip_brackets(summary);
	start = summary + out->prefix;
	ends[0] = spaced = find_colon_blank(start);
	ends[1] = strchr(start, ':');
	ends[2] = find_dash(start, &mark_len[2]);
	for (i = 0; i < 3; i++) {
		if (ends[i] == NULL || !find_owner(taxonomy, start,
		    (size_t)(ends[i] - start), out))
			continue;
		set_prefix(summary, ends[i], mark_len[i], out);
		return;
	}
	if (spaced != NULL && spaced - start <= OWNER_MAX_PREFIX)
		set_prefix(summary, spaced, 1, out);
	if (out->prefix_len > 0)
		report_unknown(start, out->prefix_len, bug, sink);
}

bool
owner_find(const struct taxonomy *taxonomy, const char *name,
    size_t *owner)
{
	const struct tax_name *found;
	size_t i;

	*owner = SIZE_MAX;
	found = find_name(taxonomy, name, strlen(name));
	if (found != NULL)
		*owner = found->owner;
	for (i = 0; *owner == SIZE_MAX && i < taxonomy->owner_len; i++)
		if (text_casecmp(name, taxonomy->owners[i].id) == 0)
			*owner = i;
	return *owner != SIZE_MAX;
}

const char *
owner_name_then(const struct taxonomy *taxonomy, size_t owner)
{
	return owner == SIZE_MAX ? "unknown" : taxonomy->owners[owner].name;
}

const char *
owner_name_now(const struct taxonomy *taxonomy, size_t owner)
{
	return owner == SIZE_MAX ? "unknown" :
	    taxonomy->owners[taxonomy->owners[owner].now].name;
}

const char *
owner_called(const struct taxonomy *taxonomy,
    const struct owner_match *match, const char *summary, size_t *len)
{
	const char *name;

	*len = match->prefix_len;
	if (match->owner == SIZE_MAX)
		return *len > 0 ? summary + match->prefix : NULL;
	name = owner_name_then(taxonomy, match->owner);
	*len = strlen(name);
	return name;
}
