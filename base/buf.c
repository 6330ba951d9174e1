/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

enum {
	CAP_FIRST = 256		/* most texts are a name, a date or a line */
};

void
buf_init(struct buf *buf, size_t ceiling)
{
	memset(buf, 0, sizeof(*buf));
	buf->ceiling = ceiling;
}

void
buf_fixed(struct buf *buf, char *data, size_t size)
{
	buf_init(buf, size - 1);
	data[0] = '\0';
	buf->data = data;
	buf->cap = size;
}

void
buf_release(struct buf *buf)
{
	mem_free(buf->data);
	buf_init(buf, buf->ceiling);
}

void
buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->full = false;
	buf->nomem = false;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

/* Room for `add` bytes more and a NUL; false after an old or new failure. */
static bool
grow(struct buf *buf, size_t add)
{
	size_t need, cap;
	char *data;

	if (buf->full || buf->nomem)
		return false;
	if (add > buf->ceiling - buf->len) {
		buf->full = true;
		return false;
	}
	need = buf->len + add;
	if (need < buf->cap)
		return true;
	cap = buf->cap < CAP_FIRST / 2 ? CAP_FIRST : buf->cap * 2;
	if (cap > buf->ceiling)
		cap = buf->ceiling;
	if (cap < need)
		cap = need;
	data = cap < SIZE_MAX ? mem_resize(buf->data, cap + 1, 1) : NULL;
	if (data == NULL) {
		buf->nomem = true;
		return false;
	}
	buf->data = data;
	buf->cap = cap + 1;
	return true;
}

void
buf_add(struct buf *buf, const char *data, size_t len)
{
	if (len == 0 || !grow(buf, len))
		return;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
buf_str(struct buf *buf, const char *str)
{
	buf_add(buf, str, strlen(str));
}

void
buf_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void
buf_fill(struct buf *buf, char c, size_t count)
{
	if (count == 0 || !grow(buf, count))
		return;
	memset(buf->data + buf->len, c, count);
	buf->len += count;
	buf->data[buf->len] = '\0';
}

void
buf_fmt(struct buf *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0) {
		/* Longer than an int can tell. */
		buf->full = true;
		return;
	}
	if (len == 0 || !grow(buf, (size_t)len))
		return;
	va_start(args, fmt);
	vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
	va_end(args);
	buf->len += (size_t)len;
}

const char *
buf_text(const struct buf *buf)
{
	return buf->data != NULL ? buf->data : "";
}

char *
buf_take(struct buf *buf)
{
	char *data;

	if (!grow(buf, 0))
		return NULL;
	data = buf->data;
	data[buf->len] = '\0';
	buf_init(buf, buf->ceiling);
	return data;
}

const struct err *
buf_error(const struct buf *buf, const char *what)
{
	if (buf->nomem)
		return err_memory();
	if (buf->full)
		return err_new(ERR_SYSTEM, "%s: too large: it would pass the "
		    "limit of %zu bytes: ask for less at once", what,
		    buf->ceiling);
	return NULL;
}
