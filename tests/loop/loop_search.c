/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* GET /rest/bug: filters, order, pages. */
#include "tests/loop/loop_private.h"

#include <strings.h>

#include "base/mem.h"
#include "classify/splitmix.h"

/* Parameters that are fields; all others are ignored in silence. */
static const char *const filters[][2] = {
	{ "product", "product" },
	{ "component", "component" },
	{ "status", "status" },
	{ "bug_status", "status" },
	{ "resolution", "resolution" },
	{ "creator", "creator" },
	{ "alias", "alias" }
};

/* Does the member equal one of the values that the parameter has?  Empty
 * values are ignored. */
static bool
passes_field(const struct loop_request *request, const struct loop_bug *bug,
    const char *param, const char *member)
{
	bool asked = false, yes = false;
	const char *wanted;
	struct buf value;
	struct slice text;
	size_t i;

	buf_init(&value, LOOP_MAX_BODY);
	for (i = 0; i < request->arg_len; i++) {
		wanted = request->args[i].value;
		if (strcmp(request->args[i].name, param) != 0 ||
		    wanted[0] == '\0')
			continue;
		asked = true;
		buf_clear(&value);
		loop_value(&value, bug, strcmp(wanted, "__open__") == 0 ?
		    "is_open" : member, request->at);
		text = slice_inside(slice_of(buf_text(&value)));
		if (strcmp(wanted, "---") == 0)
			wanted = "";
		if (strcmp(wanted, "__open__") == 0)
			wanted = "true";
		if (text.len == strlen(wanted) && (text.len == 0 ||
		    strncasecmp(text.at, wanted, text.len) == 0))
			yes = true;
	}
	buf_release(&value);
	return !asked || yes;
}

static bool
passes_ids(const struct loop_request *request, const struct loop_bug *bug)
{
	bool asked = false;
	const char *list;
	size_t i;

	for (i = 0; i < request->arg_len; i++) {
		if (strcmp(request->args[i].name, "id") != 0 &&
		    strcmp(request->args[i].name, "bug_id") != 0)
			continue;
		for (list = request->args[i].value; *list != '\0';
		    list += strcspn(list, ", ")) {
			list += strspn(list, ", ");
			asked = true;
			if (slice_int((struct slice){ list,
			    strcspn(list, ", ") }) == bug->id)
				return true;
		}
	}
	return !asked;
}

struct times {
	int64_t changed, created;
};

static bool
passes(const struct loop_request *request, const struct loop_bug *bug,
    const struct times *times)
{
	size_t i;

	if (!loop_may_see(request, bug) || !passes_ids(request, bug) ||
	    loop_changed(bug, request->at) < times->changed ||
	    bug->created < times->created)
		return false;
	for (i = 0; i < sizeof(filters) / sizeof(filters[0]); i++)
		if (!passes_field(request, bug, filters[i][0], filters[i][1]))
			return false;
	return loop_charts_pass(request, bug);
}

/* The order of a search is one column, as far as we know any; without one
 * it is what the database likes. */
static void
sort(struct loop_request *request, const struct loop_bug **bugs, size_t len)
{
	const char *order = loop_arg(request, "order");
	const struct loop_bug *one;
	bool by_time, down;
	size_t i, at;

	if (order == NULL)
		order = "";
	by_time = strncmp(order, "changeddate", 11) == 0 ||
	    strncmp(order, "delta_ts", 8) == 0;
	down = strstr(order, " DESC") != NULL;
	if (!by_time && strncmp(order, "bug_id", 6) != 0 &&
	    strncmp(order, "Bug Number", 10) != 0) {
		for (i = len; i > 1; i--) {
			at = (size_t)(splitmix_next(
			    &request->server->random) % i);
			one = bugs[at];
			bugs[at] = bugs[i - 1];
			bugs[i - 1] = one;
		}
		return;
	}
	/* They are by id. */
	for (i = 1; by_time && i < len; i++) {
		one = bugs[i];
		for (at = i; at > 0 && loop_changed(bugs[at - 1],
		    request->at) > loop_changed(one, request->at); at--)
			bugs[at] = bugs[at - 1];
		bugs[at] = one;
	}
	for (i = 0; down && i < len / 2; i++) {
		one = bugs[i];
		bugs[i] = bugs[len - 1 - i];
		bugs[len - 1 - i] = one;
	}
}

/* limit and offset; false: an error was answered. */
static bool
page(struct loop_request *request, size_t *offset, size_t *limit)
{
	const char *lim = loop_arg(request, "limit");
	const char *off = loop_arg(request, "offset");
	int64_t granted = request->server->config.max_results;

	*offset = 0;
	*limit = (size_t)granted;
	if (lim == NULL && off != NULL) {
		loop_error(request, 400, 50, "The function Bug.search() "
		    "requires a limit argument, and that argument was not "
		    "set.");
		return false;
	}
	if (lim == NULL)
		return true;
	if (lim[0] == '-' || strchr(lim, '.') != NULL ||
	    (off != NULL && off[0] == '-')) {
		loop_error(request, 400, 52, "The value '%s' is not a valid "
		    "number of bugs.", lim);
		return false;
	}
	/* 0 means the most, and then the offset counts for nothing. */
	if (slice_int(slice_of(lim)) == 0)
		return true;
	if (slice_int(slice_of(lim)) < granted)
		*limit = (size_t)slice_int(slice_of(lim));
	if (off != NULL)
		*offset = (size_t)slice_int(slice_of(off));
	return true;
}

static void
write_page(struct loop_request *request, const struct loop_bug **bugs,
    size_t len)
{
	struct loop_fields fields;
	size_t i;

	loop_fields_read(&fields, request);
	buf_str(&request->body, len > 0 ? "{\"bugs\": [" : "{\"bugs\":[");
	for (i = 0; i < len; i++) {
		if (i > 0)
			buf_str(&request->body, ", ");
		loop_write_bug(request, &fields,
		    bugs[request->disorder ? len - 1 - i : i]);
		if (request->twice && i % 3 == 0) {
			buf_str(&request->body, ", ");
			loop_write_bug(request, &fields, bugs[i]);
		}
	}
	buf_str(&request->body, "]}");
}

static bool
counts_only(const struct loop_request *request)
{
	const char *only = loop_arg(request, "count_only");

	return request->server->config.bmo && only != NULL &&
	    only[0] != '\0' && strcmp(only, "0") != 0;
}

void
loop_search(struct loop_request *request)
{
	const struct loopzilla *server = request->server;
	struct times times = { DATE_NONE, DATE_NONE };
	const char *changed = loop_arg(request, "last_change_time");
	const char *created = loop_arg(request, "creation_time");
	const struct loop_bug **found;
	size_t offset, limit, len = 0, i;

	if ((changed != NULL && !loop_date(request, changed,
	    &times.changed)) || (created != NULL && !loop_date(request,
	    created, &times.created)) || !loop_charts_check(request) ||
	    !page(request, &offset, &limit))
		return;
	found = loop_must(mem_alloc(server->bug_len + 1, sizeof(*found)));
	for (i = 0; i < server->bug_len; i++)
		if (passes(request, &server->bugs[i], &times))
			found[len++] = &server->bugs[i];
	if (counts_only(request)) {
		buf_fmt(&request->body, "{\"bug_count\":%zu}", len);
	} else {
		sort(request, found, len);
		if (offset > len)
			offset = len;
		if (limit > len - offset)
			limit = len - offset;
		write_page(request, found + offset, limit);
	}
	mem_free(found);
}
