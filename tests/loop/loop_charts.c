/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Parameters, their dates, and boolean charts (f1, o1, v1 ...). */
#include "tests/loop/loop_private.h"

#include <strings.h>

enum {
	MAX_CHARTS = 20,
	/* The server's own zone, for dates that name none. */
	ZONE = 8 * 3600
};

const char *
loop_arg(const struct loop_request *request, const char *name)
{
	size_t i;

	for (i = 0; i < request->arg_len; i++)
		if (strcmp(request->args[i].name, name) == 0)
			return request->args[i].value;
	return NULL;
}

bool
loop_date(struct loop_request *request, const char *text, int64_t *time)
{
	char full[64];
	int64_t day;

	if (date_parse_time(text, strlen(text), time))
		return true;
	if (date_parse_day(text, strlen(text), &day)) {
		*time = date_start(day) + ZONE;
		return true;
	}
	snprintf(full, sizeof(full), "%.40sZ", text);
	if (strlen(text) > 8 && date_parse_time(full, strlen(full), time)) {
		*time += ZONE;
		return true;
	}
	loop_error(request, 400, 56, "'%s' is not a legal date.", text);
	return false;
}

struct chart {
	const char *field, *op, *value;
};

static bool
chart_of(const struct loop_request *request, int number, struct chart *out)
{
	char name[8];

	snprintf(name, sizeof(name), "f%d", number);
	out->field = loop_arg(request, name);
	snprintf(name, sizeof(name), "o%d", number);
	out->op = loop_arg(request, name);
	snprintf(name, sizeof(name), "v%d", number);
	out->value = loop_arg(request, name);
	if (out->value == NULL)
		out->value = "";
	return out->field != NULL && out->op != NULL;
}

/* Charts have the names of the database. */
static const char *const names[][2] = {
	{ "bug_id", "id" },
	{ "bug_status", "status" },
	{ "component", "component" },
	{ "delta_ts", "last_change_time" },
	{ "longdesc", "" },
	{ "product", "product" },
	{ "resolution", "resolution" },
	{ "short_desc", "summary" },
	{ "status_whiteboard", "whiteboard" }
};

static const char *
member_of(const char *field)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i][0], field) == 0)
			return names[i][1];
	return NULL;
}

static const char *const operators[] = {
	"equals", "notequals", "greaterthan", "greaterthaneq", "lessthan",
	"lessthaneq", "substring", "notsubstring", "changedafter", NULL
};

bool
loop_charts_check(struct loop_request *request)
{
	const char *const *op;
	struct chart chart;
	int i;

	for (i = 0; i < MAX_CHARTS; i++) {
		if (!chart_of(request, i, &chart))
			continue;
		for (op = operators; *op != NULL; op++)
			if (strcmp(chart.op, *op) == 0)
				break;
		if (member_of(chart.field) == NULL) {
			loop_error(request, 400, 108,
			    request->server->config.bmo ?
			    "Can't use %s as a field name." :
			    "Can't use \"%s\" as a field name.", chart.field);
			return false;
		}
		if (*op == NULL) {
			loop_error(request, 400, 68000,
			    "The operator '%s' is not known.", chart.op);
			return false;
		}
	}
	return true;
}

static bool
compared(int order, const char *op)
{
	if (strcmp(op, "equals") == 0)
		return order == 0;
	if (strcmp(op, "notequals") == 0)
		return order != 0;
	if (strcmp(op, "greaterthan") == 0)
		return order > 0;
	if (strcmp(op, "greaterthaneq") == 0)
		return order >= 0;
	if (strcmp(op, "lessthan") == 0)
		return order < 0;
	return order <= 0;
}

static bool
contains(const char *text, const char *part)
{
	size_t len = strlen(part);

	for (; *text != '\0'; text++)
		if (strncasecmp(text, part, len) == 0)
			return true;
	return len == 0;
}

/* Bugs whose status, or talk, changed after a time. */
static bool
changed_after(const struct loop_request *request, const struct loop_bug *bug,
    const struct chart *chart)
{
	struct slice_walk walk;
	struct slice change;
	int64_t after;
	size_t i;

	if (!date_parse_time(chart->value, strlen(chart->value), &after))
		return false;
	if (strcmp(chart->field, "longdesc") == 0) {
		for (i = 0; i < bug->comment_len; i++)
			if (bug->comments[i].time > after &&
			    bug->comments[i].time <= request->at)
				return true;
		return false;
	}
	/* Only what is logged: of delta_ts there is nothing. */
	for (i = 0; i < bug->entry_len; i++) {
		if (bug->entries[i].time <= after ||
		    bug->entries[i].time > request->at)
			continue;
		walk = slice_open(slice_get(bug->entries[i].raw, "changes"));
		while (slice_element(&walk, &change))
			if (slice_is(slice_inside(slice_get(change,
			    "field_name")), member_of(chart->field)))
				return true;
	}
	return false;
}

/* A time as the database has it: BMO compares that with the text as it
 * came, and ' ' comes before 'T'. */
static int
compare_time(const struct loop_request *request, const struct loop_bug *bug,
    const char *value)
{
	char text[DATE_SIZE], asked[64];

	date_format_time(loop_changed(bug, request->at), text);
	text[10] = ' ';
	text[19] = '\0';
	snprintf(asked, sizeof(asked), "%s", value);
	if (!request->server->config.bmo && strlen(asked) > 19) {
		asked[10] = ' ';
		asked[19] = '\0';
	}
	return strcmp(text, asked);
}

static bool
pass(const struct loop_request *request, const struct loop_bug *bug,
    const struct chart *chart)
{
	struct buf value;
	struct slice text;
	char *inside;
	int64_t id;
	bool yes;

	if (strcmp(chart->op, "changedafter") == 0)
		return changed_after(request, bug, chart);
	if (strcmp(chart->field, "delta_ts") == 0)
		return compared(compare_time(request, bug, chart->value),
		    chart->op);
	if (strcmp(chart->field, "bug_id") == 0) {
		id = slice_int(slice_of(chart->value));
		return compared((bug->id > id) - (bug->id < id), chart->op);
	}
	buf_init(&value, LOOP_MAX_BODY);
	loop_value(&value, bug, member_of(chart->field), request->at);
	text = slice_inside(slice_of(buf_text(&value)));
	inside = buf_text(&value)[0] == '"' ? value.data + 1 : value.data;
	if (value.len > 0)
		inside[text.len] = '\0';
	if (strcmp(chart->op, "substring") == 0)
		yes = contains(value.len > 0 ? inside : "", chart->value);
	else if (strcmp(chart->op, "notsubstring") == 0)
		yes = !contains(value.len > 0 ? inside : "", chart->value);
	else
		yes = compared(strcasecmp(value.len > 0 ? inside : "",
		    chart->value), chart->op);
	buf_release(&value);
	return yes;
}

bool
loop_charts_pass(const struct loop_request *request,
    const struct loop_bug *bug)
{
	struct chart chart;
	int i;

	for (i = 0; i < MAX_CHARTS; i++)
		if (chart_of(request, i, &chart) &&
		    !pass(request, bug, &chart))
			return false;
	return true;
}
