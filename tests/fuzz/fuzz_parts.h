/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A sink that looks at all that the readers of answers hand over, and
 * aborts when it isn't what fetch/bug.h promises.
 */
#ifndef TESTS_FUZZ_FUZZ_PARTS_H
#define TESTS_FUZZ_FUZZ_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "fetch/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes that are handed out a piece at a time. */
struct fuzz_bytes {
	const char *data;
	size_t len;
	size_t piece;
};

static inline void
must(bool truth)
{
	if (!truth)
		abort();
}

static inline const struct err *
fuzz_read(void *arg, char *data, size_t cap, size_t *got)
{
	struct fuzz_bytes *bytes = arg;

	*got = bytes->len < cap ? bytes->len : cap;
	if (*got > bytes->piece)
		*got = bytes->piece;
	if (*got > 0)
		memcpy(data, bytes->data, *got);
	bytes->data += *got;
	bytes->len -= *got;
	return NULL;
}

static inline void
fuzz_text(struct hash *seen, const char *text)
{
	must(text != NULL && text_is_clean(text, strlen(text)));
	hash_add(seen, text, strlen(text) + 1);
}

static inline void
fuzz_time(struct hash *seen, int64_t time, bool may_lack)
{
	char out[DATE_SIZE];

	hash_add(seen, &time, sizeof(time));
	must(may_lack || time != DATE_NONE);
	if (time != DATE_NONE)
		must(strlen(date_format_time(time, out)) == 20);
}

/* `arg` is a struct hash that takes in all that was seen. */
static inline const struct err *
fuzz_put(void *arg, const struct bug *bug)
{
	struct hash *seen = arg;

	must(bug->id > 0);
	hash_add(seen, &bug->id, sizeof(bug->id));
	hash_add(seen, &bug->have, sizeof(bug->have));
	for (unsigned i = 0; i < BUG_TEXT__MAX; i++)
		fuzz_text(seen, bug->text[i]);
	for (unsigned i = 0; i < BUG_NUM__MAX; i++) {
		if (bug_num_is_time(i))
			fuzz_time(seen, bug->num[i], true);
		else
			must(bug->num[i] >= -1);
	}
	for (size_t i = 0; i < bug->comment_len; i++) {
		const struct comment *comment = &bug->comments[i];

		must(comment->id > 0 && comment->bug == bug->id);
		must(comment->number >= -1 && comment->attachment >= 0);
		must(strlen(comment->text) == comment->text_len);
		fuzz_time(seen, comment->time, false);
		fuzz_text(seen, comment->creator);
		fuzz_text(seen, comment->text);
	}
	for (size_t i = 0; i < bug->change_len; i++) {
		const struct change *change = &bug->changes[i];

		fuzz_time(seen, change->time, false);
		fuzz_text(seen, change->who);
		fuzz_text(seen, change->field);
		fuzz_text(seen, change->removed);
		fuzz_text(seen, change->added);
	}
	return NULL;
}

static inline void
fuzz_report(void *arg, const struct diag *diag)
{
	struct hash *seen = arg;

	must(diag->where != NULL && diag->bug >= 0);
	fuzz_text(seen, diag->detail != NULL ? diag->detail : "");
}

#endif
