/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the files of the plan share. */
#ifndef CMD_PLAN_PRIVATE_H
#define CMD_PLAN_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/plan.h"

struct err;

/* What a section of the kind begins with: "source". */
const char *plan_kind_name(enum plan_kind kind);

/* The key of that name that sections of the kind have; PLAN_KEY__MAX, and a
 * finding that says what may be meant, when there is none. */
const struct err *plan_key_by_name(struct plan *plan, enum plan_kind kind,
    const char *name, size_t line, enum plan_key *key);

/* Does the line begin with a key, of whatever kind, and '='? */
bool plan_begins_key(const char *line);

/* Make of the texts of a section what they mean, and of those not said what
 * is built in.  The text of what is wrong becomes NULL; `at` stays. */
const struct err *plan_values(struct plan *plan, struct plan_part *part);

/* What must go together.  Sets the source and the wiki of each report. */
const struct err *plan_rules(struct plan *plan);

/* Letters, digits and . _ -, up to PLAN_MAX_NAME, a letter or digit first. */
bool plan_is_name(const char *name);

#endif
