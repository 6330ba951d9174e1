/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/err.h"
#include "cmd/session.h"

const struct err *
session_chart(const struct session *session, const char *kinds,
    enum chart_kind *out, bool *wanted)
{
	const char *asked = option_last(&session->options, OPT_CHART);
	const char *format = option_last(&session->options, OPT_FORMAT);
	const char *at = kinds;
	size_t len;

	*wanted = asked != NULL || (format != NULL &&
	    (strcmp(format, "svg") == 0 || strcmp(format, "html") == 0));
	for (;; at += len + 1) {
		len = strcspn(at, "|");
		if (asked == NULL || (strlen(asked) == len &&
		    memcmp(asked, at, len) == 0))
			break;
		if (at[len] == '\0')
			return err_new(ERR_USAGE, "--chart: %s: makes no "
			    "sense of these figures: one of %s", asked,
			    kinds);
	}
	(void)chart_kind_by_name(at, len, out);
	return NULL;
}
