/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/*
 * Room to format in before the text is made clean.  It is four slots long
 * because the largest shrinking (three bytes of U+2028 to one space) must
 * not show the place where vsnprintf cut.
 */
enum {
	RAW_SIZE = 4 * sizeof(((struct err *)0)->text)
};

static struct err ring[ERR_RING];
static unsigned int ring_next;

static const struct err no_memory = {
	ERR_SYSTEM,
	"memory: none is left: the system or a limit refuses more: "
	"raise the limit (ulimit -v) or ask for less at once"
};

/* U+0000-1F, U+007F-9F, and the two line ends that Unicode adds. */
static bool
breaks_line(uint32_t codepoint)
{
	return codepoint < 0x20 ||
	    (codepoint >= 0x7f && codepoint <= 0x9f) ||
	    codepoint == 0x2028 || codepoint == 0x2029;
}

/* Fill the oldest slot from `raw`, which must not lie in the ring. */
static const struct err *
ring_put(enum err_kind kind, const char *raw)
{
	static const char replacement[] = "\xef\xbf\xbd";
	struct err *slot = &ring[ring_next];
	size_t len = strlen(raw), in = 0, out = 0, bytes, add;
	uint32_t codepoint;
	const char *from;

	ring_next = (ring_next + 1) % ERR_RING;
	while (in < len) {
		bytes = text_decode(raw + in, len - in, &codepoint);
		from = raw + in;
		add = bytes;
		if (breaks_line(codepoint)) {
			from = " ";
			add = 1;
		} else if (codepoint == 0xfffd) {
			from = replacement;
			add = sizeof(replacement) - 1;
		}
		if (add >= sizeof(slot->text) - out)
			break;
		memcpy(slot->text + out, from, add);
		out += add;
		in += bytes;
	}
	slot->text[out] = '\0';
	slot->kind = kind;
	return slot;
}

/*
 * Formatting goes to the caller's own array, never straight into a slot:
 * an argument may point into the slot that is about to be overwritten.
 */
static size_t __attribute__((format(printf, 2, 0)))
format_raw(char raw[RAW_SIZE], const char *fmt, va_list args)
{
	int len;

	len = vsnprintf(raw, RAW_SIZE, fmt, args);
	if (len < 0) {
		raw[0] = '\0';
		return 0;
	}
	return len < RAW_SIZE ? (size_t)len : RAW_SIZE - 1;
}

const struct err *
err_new(enum err_kind kind, const char *fmt, ...)
{
	char raw[RAW_SIZE];
	va_list args;

	va_start(args, fmt);
	format_raw(raw, fmt, args);
	va_end(args);
	return ring_put(kind, raw);
}

/* What a user can do about it; NULL when nothing comes to mind. */
static const char *
remedy(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return "check the name and its folder";
	case EACCES:
	case EPERM:
		return "get the permission, or name another";
	case EROFS:
		return "name another place";
	case EISDIR:
		return "name a file";
	case ENAMETOOLONG:
		return "name a shorter one";
	case ELOOP:
		return "check the links";
	case ENOSPC:
	case EDQUOT:
		return "make room, or name another place";
	case EFBIG:
		return "raise the limit (ulimit -f)";
	case EMFILE:
	case ENFILE:
		return "close other files, or raise the limit (ulimit -n)";
	case EIO:
		return "check the disk";
	default:
		return NULL;
	}
}

const struct err *
err_sys(enum err_kind kind, int number, const char *fmt, ...)
{
	const char *advice = remedy(number);
	char raw[RAW_SIZE], words[128];
	va_list args;
	size_t len;

	va_start(args, fmt);
	len = format_raw(raw, fmt, args);
	va_end(args);
	if (strerror_r(number, words, sizeof(words)) != 0)
		snprintf(words, sizeof(words), "system error %d", number);
	snprintf(raw + len, sizeof(raw) - len, ": %s%s%s", words,
	    advice != NULL ? ": " : "", advice != NULL ? advice : "");
	return ring_put(kind, raw);
}

const struct err *
err_at(const struct err *err, const char *fmt, ...)
{
	char raw[RAW_SIZE];
	va_list args;
	size_t len;

	if (err == NULL)
		return NULL;
	va_start(args, fmt);
	len = format_raw(raw, fmt, args);
	va_end(args);
	snprintf(raw + len, sizeof(raw) - len, ": %s", err->text);
	return ring_put(err->kind, raw);
}

const struct err *
err_memory(void)
{
	return &no_memory;
}
