/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Fields of several values, "a, b" by the alphabet, on their way back: of
 * them a change names the values that came and those that went.  Private to
 * asof.c.
 */
#ifndef FETCH_ASOF_LIST_H
#define FETCH_ASOF_LIST_H

struct buf;
struct change;

/* Undo a change in `list`; `spare` is room for the way, with the same
 * ceiling, whose failure counts too. */
void asof_undo_list(const struct change *change, struct buf *list,
    struct buf *spare);

#endif
