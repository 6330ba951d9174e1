/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* include_fields and exclude_fields, as Bugzilla's filter_wants has them. */
#include "tests/loop/loop_private.h"

static void
split(const char *text, struct slice *out, size_t *len, size_t most)
{
	size_t part;

	for (; *text != '\0'; text += part) {
		text += strspn(text, ", +");
		part = strcspn(text, ", +");
		if (part > 0 && *len < most)
			out[(*len)++] = (struct slice){ text, part };
	}
}

void
loop_fields_read(struct loop_fields *fields,
    const struct loop_request *request)
{
	size_t i;

	fields->include_len = fields->exclude_len = 0;
	for (i = 0; i < request->arg_len; i++) {
		if (strcmp(request->args[i].name, "include_fields") == 0)
			split(request->args[i].value, fields->include,
			    &fields->include_len, 128);
		if (strcmp(request->args[i].name, "exclude_fields") == 0)
			split(request->args[i].value, fields->exclude,
			    &fields->exclude_len, 128);
	}
}

static bool
has(const struct slice *list, size_t len, const char *name)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (slice_is(list[i], name))
			return true;
	return false;
}

/* Is a part of `name` in the list? */
static bool
has_part(const struct slice *list, size_t len, const char *name)
{
	size_t i, name_len = strlen(name);

	for (i = 0; i < len; i++)
		if (list[i].len > name_len && list[i].at[name_len] == '.' &&
		    memcmp(list[i].at, name, name_len) == 0)
			return true;
	return false;
}

bool
loop_wants(const struct loop_fields *fields, const char *prefix,
    struct slice name, const char *group)
{
	const struct slice *in = fields->include, *ex = fields->exclude;
	size_t in_len = fields->include_len, ex_len = fields->exclude_len;
	/* Custom fields are of the default ones too. */
	bool custom = strcmp(group, "custom") == 0;
	char full[256], type[32];

	snprintf(full, sizeof(full), "%s%s%.*s", prefix,
	    prefix[0] != '\0' ? "." : "", (int)name.len, name.at);
	snprintf(type, sizeof(type), "_%s", group);
	if (has(ex, ex_len, "_all") || has(ex, ex_len, full) ||
	    (prefix[0] == '\0' && (has(ex, ex_len, type) ||
	    (custom && has(ex, ex_len, "_default")))))
		return false;
	if (has(in, in_len, "_all") || has(in, in_len, full) ||
	    (custom && has(in, in_len, "_default")))
		return true;
	if (prefix[0] != '\0')
		return has(in, in_len, "_extra") || has(in, in_len, prefix) ||
		    in_len == 0;
	if (in_len == 0)
		return strcmp(group, "extra") != 0;
	return has(in, in_len, type) || has_part(in, in_len, full);
}
