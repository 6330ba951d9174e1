/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * One change of a long text may be logged in parts: several changes of one
 * field by one person at one moment, of which the removed and the added
 * texts are to be put together.  But a person may also change a field twice
 * in a second; what the field came to tells the two apart.  Private to
 * asof.c.
 *
 * A change is named by its place in bug->changes, SIZE_MAX being none.
 */
#ifndef FETCH_ASOF_PARTS_H
#define FETCH_ASOF_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct bug;

/* The last change of the field before place `at`. */
size_t asof_before(const struct bug *bug, const char *field, size_t at);

/*
 * The first part of the change whose last one is `last`, and which added (or
 * removed) what makes up `value`; SIZE_MAX when it can't be so.  Blanks do
 * not count: Bugzilla trims what is typed, and its answers have a blank
 * where it put parts together that were not cut at one.  `arena` is for the
 * way.
 */
size_t asof_first(const struct bug *bug, size_t last, const char *value,
    bool added, struct arena *arena);
/* The same where the value is no help: all of that moment if they are long
 * enough to be parts, else the last. */
size_t asof_guess(const struct bug *bug, size_t last);

/* What the parts removed, in the arena or in the bug; NULL: no memory. */
const char *asof_removed(const struct bug *bug, size_t first, size_t last,
    struct arena *arena);

#endif
