/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/refresh.h"

#include <string.h>

#include "base/mem.h"
#include "cmd/session.h"

/* FNV-1a of 64 bits: a finding that is missed because of it harms nobody. */
static void
mix(uint64_t *hash, const void *data, size_t len)
{
	const unsigned char *byte = data;

	for (; len > 0; len--)
		*hash = (*hash ^ *byte++) * 0x100000001b3u;
}

static void
mix_text(uint64_t *hash, const char *text)
{
	if (text != NULL)
		mix(hash, text, strlen(text) + 1);
}

/* Was it said before?  It is from now on. */
static bool
was_said(struct refresh *refresh, const struct diag *diag)
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t at;

	mix(&hash, &diag->code, sizeof(diag->code));
	mix(&hash, &diag->bug, sizeof(diag->bug));
	mix(&hash, &diag->line, sizeof(diag->line));
	mix(&hash, &diag->column, sizeof(diag->column));
	mix_text(&hash, diag->where);
	mix_text(&hash, diag->detail);
	hash += hash == 0;
	for (at = hash % REFRESH_MAX_SAID; refresh->said[at] != 0;
	    at = (at + 1) % REFRESH_MAX_SAID)
		if (refresh->said[at] == hash)
			return true;
	if (refresh->said_len < REFRESH_MAX_SAID / 2) {
		refresh->said[at] = hash;
		refresh->said_len++;
	}
	return false;
}

static void
say_once(void *arg, const struct diag *diag)
{
	struct refresh *refresh = arg;

	if (refresh->said == NULL || !was_said(refresh, diag))
		refresh->sink.report(refresh->sink.arg, diag);
}

void
refresh_listen(struct refresh *refresh)
{
	struct diag_sink *sink = &refresh->session->diags;

	refresh->sink = *sink;
	/* Without memory for it, all are said. */
	refresh->said = mem_alloc(REFRESH_MAX_SAID, sizeof(*refresh->said));
	sink->report = say_once;
	sink->arg = refresh;
}
