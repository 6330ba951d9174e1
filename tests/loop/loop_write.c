/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A bug, its comments and its history as JSON, in the manner of the server.
 * The order of members differs from object to object, as Perl's does.
 */
#include "tests/loop/loop_private.h"

#include "classify/splitmix.h"

/* What upstream 5.2 has too. */
static const char *const upstream[] = {
	"alias", "assigned_to", "assigned_to_detail", "blocks", "cc",
	"cc_detail", "classification", "component", "creation_time",
	"creator", "creator_detail", "deadline", "depends_on", "dupe_of",
	"flags", "groups", "id", "is_cc_accessible", "is_confirmed",
	"is_creator_accessible", "is_open", "keywords", "last_change_time",
	"op_sys", "platform", "priority", "product", "qa_contact",
	"resolution", "see_also", "severity", "status", "summary",
	"target_milestone", "url", "version", "whiteboard", NULL
};

static const char *const upstream_comment[] = {
	"attachment_id", "bug_id", "count", "creation_time", "creator", "id",
	"is_private", "tags", "text", "time", NULL
};

static bool
listed(const char *const *list, struct slice name)
{
	for (; *list != NULL; list++)
		if (slice_is(name, *list))
			return true;
	return false;
}

static void
comma(struct buf *out, char open)
{
	if (out->len > 0 && out->data[out->len - 1] != open)
		buf_char(out, ',');
}

static void
key(struct buf *out, struct slice name)
{
	comma(out, '{');
	buf_char(out, '"');
	slice_add(out, name);
	buf_str(out, "\":");
}

/* Upstream's accounts have no nick. */
static void
add_account(struct buf *out, struct slice account)
{
	struct slice_walk walk = slice_open(account);
	struct slice name, value;

	buf_char(out, '{');
	while (slice_member(&walk, &name, &value)) {
		if (slice_is(name, "nick"))
			continue;
		key(out, name);
		slice_add(out, value);
	}
	buf_char(out, '}');
}

static void
add_upstream(struct buf *out, struct slice name, struct slice value)
{
	struct slice_walk walk = slice_open(value);
	struct slice one;

	if (slice_is(name, "alias")) {
		buf_char(out, '[');
		if (value.len > 0 && value.at[0] == '"')
			slice_add(out, value);
		buf_char(out, ']');
	} else if (slice_is(name, "cc_detail")) {
		buf_char(out, '[');
		while (slice_element(&walk, &one)) {
			comma(out, '[');
			add_account(out, one);
		}
		buf_char(out, ']');
	} else if (name.len > 7 && value.len > 0 && value.at[0] == '{') {
		add_account(out, value);
	} else {
		slice_add(out, value);
	}
}

static void
write_member(struct loop_request *request, const struct loop_fields *fields,
    const struct loop_bug *bug, struct slice name)
{
	bool bmo = request->server->config.bmo;
	struct slice asked = name;
	struct buf value;
	char text[64];

	/* Who asks for a person gets the details too. */
	if (name.len > 7 && memcmp(name.at + name.len - 7, "_detail", 7) == 0)
		asked.len -= 7;
	if ((!bmo && !listed(upstream, name)) || !loop_wants(fields, "", asked,
	    name.len > 3 && memcmp(name.at, "cf_", 3) == 0 ? "custom" :
	    "default"))
		return;
	snprintf(text, sizeof(text), "%.*s", (int)name.len, name.at);
	buf_init(&value, LOOP_MAX_BODY);
	loop_value(&value, bug, text, request->at);
	key(&request->body, name);
	if (bmo)
		slice_add(&request->body, slice_of(buf_text(&value)));
	else
		add_upstream(&request->body, name,
		    slice_of(buf_text(&value)));
	buf_release(&value);
}

/* BMO's counts leave private comments out for those who may not see them. */
static void
write_counts(struct loop_request *request, const struct loop_bug *bug)
{
	unsigned seen = 0;
	size_t i;

	for (i = 0; i < bug->comment_len; i++)
		if (bug->comments[i].time <= request->at &&
		    (request->key == KEY_FULL || !bug->comments[i].is_private))
			seen++;
	buf_fmt(&request->body, "{\"comments\":%u,\"attachments\":0,"
	    "\"cc\":0,\"blocks\":0,\"depends_on\":0,\"duplicates\":0,"
	    "\"regressions\":0}", seen);
}

static void
write_extra(struct loop_request *request, const struct loop_fields *fields,
    const struct loop_bug *bug)
{
	struct buf *out = &request->body;

	if (loop_wants(fields, "", slice_of("tags"), "extra")) {
		key(out, slice_of("tags"));
		buf_str(out, "[]");
	}
	if (!request->server->config.bmo) {
		if (loop_wants(fields, "", slice_of("deadline"), "default")) {
			key(out, slice_of("deadline"));
			buf_str(out, "null");
		}
		return;
	}
	if (loop_wants(fields, "", slice_of("comments"), "extra")) {
		key(out, slice_of("comments"));
		loop_write_comments(request, fields, "comments", bug,
		    DATE_NONE);
	}
	if (loop_wants(fields, "", slice_of("history"), "extra")) {
		key(out, slice_of("history"));
		loop_write_history(request, bug, DATE_NONE);
	}
	if (loop_wants(fields, "", slice_of("counts"), "extra")) {
		key(out, slice_of("counts"));
		write_counts(request, bug);
	}
	if (loop_wants(fields, "", slice_of("filed_via"), "extra")) {
		key(out, slice_of("filed_via"));
		buf_str(out, "\"standard_form\"");
	}
	if (loop_wants(fields, "", slice_of("attachments"), "extra")) {
		key(out, slice_of("attachments"));
		buf_str(out, "[]");
	}
}

void
loop_write_bug(struct loop_request *request,
    const struct loop_fields *fields, const struct loop_bug *bug)
{
	size_t first, i;
	bool begin = splitmix_next(&request->server->random) % 2 == 0;

	buf_char(&request->body, '{');
	if (begin)
		write_extra(request, fields, bug);
	first = (size_t)(splitmix_next(&request->server->random) %
	    (bug->member_len + 1));
	for (i = 0; i < bug->member_len; i++)
		write_member(request, fields, bug,
		    bug->members[(first + i) % bug->member_len].key);
	if (!begin)
		write_extra(request, fields, bug);
	if (bug->poison == POISON_LIST)
		buf_str(&request->body, "\"summary\": \"broken\x01\\u12\"");
	buf_char(&request->body, '}');
}

/* A member that the file may lack, as BMO has it. */
static void
write_more(struct loop_request *request, const struct loop_fields *fields,
    const char *prefix, struct slice raw, const char *name,
    struct slice value)
{
	if (slice_get(raw, name).at != NULL ||
	    !loop_wants(fields, prefix, slice_of(name), "default"))
		return;
	key(&request->body, slice_of(name));
	slice_add(&request->body, value);
}

static void
write_comment(struct loop_request *request, const struct loop_fields *fields,
    const char *prefix, const struct loop_comment *comment)
{
	struct slice text = slice_get(comment->raw, "text"), name, value;
	struct slice_walk walk = slice_open(comment->raw);
	const struct loop_edit *edit;
	struct buf *out = &request->body;

	for (edit = comment->edits; edit != NULL; edit = edit->next)
		if (edit->time <= request->at)
			text = edit->text;
	buf_char(out, '{');
	while (slice_member(&walk, &name, &value)) {
		if (!request->server->config.bmo &&
		    !listed(upstream_comment, name))
			continue;
		if (!loop_wants(fields, prefix, name, "default"))
			continue;
		key(out, name);
		slice_add(out, slice_is(name, "text") ? text : value);
	}
	if (request->server->config.bmo) {
		write_more(request, fields, prefix, comment->raw, "raw_text",
		    text);
		write_more(request, fields, prefix, comment->raw, "author",
		    slice_get(comment->raw, "creator"));
		write_more(request, fields, prefix, comment->raw, "reactions",
		    slice_of("{}"));
	}
	buf_char(out, '}');
}

static void
poison(struct loop_request *request, const struct loop_bug *bug)
{
	if (bug->poison == POISON_TEXT) {
		comma(&request->body, '[');
		buf_str(&request->body, "{\"text\": \"broken\x01\\u12\"");
	}
	if (bug->poison == POISON_ERROR)
		request->died = true;
}

void
loop_write_comments(struct loop_request *request,
    const struct loop_fields *fields, const char *prefix,
    const struct loop_bug *bug, int64_t since)
{
	const struct loop_comment *comment;
	size_t i;

	buf_char(&request->body, '[');
	for (i = 0; i < bug->comment_len; i++) {
		comment = &bug->comments[i];
		if (comment->time > request->at || comment->time <= since ||
		    (comment->is_private && request->key != KEY_FULL))
			continue;
		comma(&request->body, '[');
		write_comment(request, fields, prefix, comment);
	}
	poison(request, bug);
	buf_char(&request->body, ']');
}

static void
write_entry(struct loop_request *request, struct slice raw)
{
	struct slice_walk walk = slice_open(raw), changes;
	struct slice name, value, change;
	struct buf *out = &request->body;

	buf_char(out, '{');
	while (slice_member(&walk, &name, &value)) {
		key(out, name);
		if (request->server->config.bmo || !slice_is(name, "changes")) {
			slice_add(out, value);
			continue;
		}
		buf_char(out, '[');
		changes = slice_open(value);
		while (slice_element(&changes, &change)) {
			/* Custom fields of BMO. */
			if (slice_is(slice_inside(slice_get(change,
			    "field_name")), "cf_last_resolved"))
				continue;
			comma(out, '[');
			slice_add(out, change);
		}
		buf_char(out, ']');
	}
	buf_char(out, '}');
}

void
loop_write_history(struct loop_request *request, const struct loop_bug *bug,
    int64_t since)
{
	size_t i;

	buf_char(&request->body, '[');
	for (i = 0; i < bug->entry_len; i++) {
		if (bug->entries[i].time > request->at ||
		    bug->entries[i].time <= since)
			continue;
		comma(&request->body, '[');
		write_entry(request, bug->entries[i].raw);
	}
	poison(request, bug);
	buf_char(&request->body, ']');
}
