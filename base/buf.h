/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Bounded buffers: the only place where text grows.  A buffer is given a
 * ceiling at birth.  A failure (ceiling or memory) is sticky: later calls
 * do nothing, and the owner asks buf_error() once, at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct err;

struct buf {
	char *data;	/* len bytes and a NUL; NULL while empty */
	size_t len;
	size_t cap;
	size_t ceiling;	/* len never passes it */
	bool full;	/* the ceiling was hit */
	bool nomem;	/* memory was refused */
};

/* Prepare a shell that the caller gives; can't fail. */
void buf_init(struct buf *buf, size_t ceiling);
/* The same on `size` > 0 bytes of the caller's, which are its ceiling: it
 * asks for no memory, so only that can fail.  Never release or take it. */
void buf_fixed(struct buf *buf, char *data, size_t size);
/* Free the bytes; the shell may be used again, with the same ceiling. */
void buf_release(struct buf *buf);
/* Forget the bytes and the failure, keep the memory. */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, const char *data, size_t len);
void buf_str(struct buf *buf, const char *str);
void buf_char(struct buf *buf, char c);
/* `count` times the same byte. */
void buf_fill(struct buf *buf, char c, size_t count);
void buf_fmt(struct buf *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The bytes as a string: never NULL, "" while empty; dies at next change. */
const char *buf_text(const struct buf *buf);
/* Hand the bytes over: the caller frees with mem_free; the buffer is then
 * empty.  NULL on an earlier failure or when no memory is left. */
char *buf_take(struct buf *buf);
/* NULL, or the sticky failure: ERR_SYSTEM, naming `what` grew too large. */
const struct err *buf_error(const struct buf *buf, const char *what);

#endif
