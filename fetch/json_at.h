/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Lines and bytes of a stream that is read piece by piece.  Private to
 * json.c.
 */
#ifndef FETCH_JSON_AT_H
#define FETCH_JSON_AT_H

#include <stddef.h>
#include <stdint.h>

/* Where the present piece begins; all zero is the start. */
struct json_at {
	uint64_t before;	/* bytes of the stream before the piece */
	uint64_t lines;		/* line ends among them */
	uint64_t line_start;	/* bytes before the line they end in */
};

/* The first `len` bytes of the piece are done: what is behind them is the
 * next one. */
void json_at_pass(struct json_at *at, const char *piece, size_t len);

/* The line of the last of the first `end` bytes of the stream, and its
 * byte in it, both from 1.  They end in the piece; of what is before it
 * only the last line is known. */
void json_at_place(const struct json_at *at, const char *piece,
    uint64_t end, uint64_t *line, uint64_t *byte);

#endif
