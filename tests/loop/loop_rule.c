/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "tests/loop/loop_rule.h"

#include <stdlib.h>
#include <string.h>

#include "classify/splitmix.h"

static bool
named(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && memcmp(name, text, len) == 0;
}

/* What stands behind the value; NULL: it is too long. */
static const char *
read_value(struct loop_rule *rule, const char *text)
{
	size_t len = strcspn(text, "/=@");

	if (len >= sizeof(rule->value))
		return NULL;
	memcpy(rule->value, text, len);
	return text + len;
}

static const char *
read_call(struct loop_rule *rule, const char *text, const char *const *calls)
{
	size_t len = strcspn(text, "=@");

	while (calls[rule->call] != NULL && !named(calls[rule->call], text,
	    len))
		rule->call++;
	return calls[rule->call] != NULL ? text + len : NULL;
}

static bool
read_when(struct loop_rule *rule, const char *text)
{
	char *end;

	if (*text == '\0')
		return true;
	if (*text == '=') {
		rule->every = (unsigned)strtoul(text + 1, &end, 10);
		return *end == '\0';
	}
	rule->from = rule->to = strtoull(text + 1, &end, 10);
	if (*end == '+') {
		rule->to = UINT64_MAX;
		end++;
	}
	return *end == '\0';
}

bool
loop_rule_read(struct loop_rule *out, const char *text,
    const char *(*name)(size_t fault), const char *const *calls)
{
	struct loop_rule rule = { .from = 1, .to = UINT64_MAX };
	size_t len = strcspn(text, ":/=@");

	while (name(rule.fault) != NULL && !named(name(rule.fault), text, len))
		rule.fault++;
	if (name(rule.fault) == NULL)
		return false;
	text += len;
	if (*text == ':')
		text = read_value(&rule, text + 1);
	if (text != NULL && *text == '/')
		text = read_call(&rule, text + 1, calls);
	if (text == NULL || !read_when(&rule, text))
		return false;
	*out = rule;
	return true;
}

bool
loop_rule_meets(const struct loop_rule *rule, size_t call, uint64_t number,
    uint64_t called, uint64_t *random)
{
	uint64_t at = rule->call == 0 ? number : called;

	if (rule->call != 0 && rule->call != call)
		return false;
	if (at < rule->from || at > rule->to)
		return false;
	return rule->every <= 1 || splitmix_next(random) % rule->every == 0;
}
