/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/show_diff.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "cmd/session.h"
#include "output/escape.h"
#include "output/publish.h"

/* Limits */
enum {
	SHOW_MAX = 4 * PUBLISH_MAX_DIFF	/* with colours */
};

/* What a line of a difference begins with says its colour; the first two
 * name the texts. */
static const char *
color_of(char first, size_t number)
{
	if (number < 2)
		return "\033[1m";
	switch (first) {
	case '+':
		return "\033[32m";
	case '-':
		return "\033[31m";
	case '@':
		return "\033[36m";
	default:
		return NULL;
	}
}

const struct err *
show_diff(const struct session *session, const struct buf *diff)
{
	const bool colored = session_color(session, false);
	const char *at = buf_text(diff), *color;
	const struct err *err;
	struct buf line, out;
	size_t len, number;

	buf_init(&line, PUBLISH_MAX_DIFF);
	buf_init(&out, SHOW_MAX);
	for (number = 0; *at != '\0'; number++) {
		len = strcspn(at, "\n");
		buf_clear(&line);
		(void)text_clean(&line, at, len);
		color = colored ? color_of(*at, number) : NULL;
		buf_str(&out, color != NULL ? color : "");
		escape_line(&out, buf_text(&line));
		buf_str(&out, color != NULL ? "\033[0m\n" : "\n");
		at += len + (at[len] == '\n');
	}
	err = buf_error(&line, "the difference");
	if (err == NULL)
		err = buf_error(&out, "the difference");
	if (err == NULL)
		err = session_print(buf_text(&out), out.len);
	buf_release(&out);
	buf_release(&line);
	return err;
}
