/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/text.h"
#include "cmd/fetching.h"
#include "cmd/secret.h"
#include "cmd/session.h"
#include "fetch/http.h"

static const struct err *
read_number(const struct session *session, enum opt opt, int64_t least,
    int64_t most, unsigned *number)
{
	const char *text = option_last(&session->options, opt);
	int64_t value;

	if (text == NULL)
		return NULL;
	if (!text_int(text, strlen(text), &value) || value < least ||
	    value > most)
		return err_new(ERR_USAGE, "--%s: %s: no such number: give one "
		    "from %" PRId64 " to %" PRId64, option_at(opt)->name,
		    text, least, most);
	*number = (unsigned)value;
	return NULL;
}

static const struct err *
read_options(struct session *session, struct fetching *what)
{
	const struct options *options = &session->options;
	const struct err *err;
	int64_t day = DATE_NONE;

	fetching_init(what);
	if (option_given(options, OPT_PRODUCT))
		what->product = option_last(options, OPT_PRODUCT);
	if (option_given(options, OPT_COMPONENT)) {
		what->components = options->values[OPT_COMPONENT];
		what->component_len = options->count[OPT_COMPONENT];
	}
	what->full = option_given(options, OPT_FULL);
	what->gone = option_given(options, OPT_GONE);
	what->key_in_query = option_given(options, OPT_KEY_IN_QUERY);
	err = session_day(session, OPT_SINCE, &day);
	what->since = date_start(day);
	if (err == NULL && day != DATE_NONE && what->full)
		err = err_new(ERR_USAGE, "fetch: --full and --since: one asks "
		    "for all bugs, the other for some: give one of them");
	if (err == NULL && day != DATE_NONE && what->since > session->now)
		err = err_new(ERR_USAGE, "--since: %s: is yet to come: give "
		    "an earlier day", option_last(options, OPT_SINCE));
	if (err == NULL)
		err = read_number(session, OPT_JOBS, 1, HTTP_MAX_JOBS,
		    &what->jobs);
	if (err == NULL)
		err = read_number(session, OPT_TIMEOUT, 1, HTTP_MAX_SECONDS,
		    &what->seconds);
	if (err == NULL)
		err = read_number(session, OPT_RETRIES, 0,
		    FETCHING_MAX_RETRIES, &what->retries);
	return err;
}

const struct err *
cmd_fetch(struct session *session)
{
	struct fetching what;
	struct secret key;
	const struct err *err;

	err = read_options(session, &what);
	if (err != NULL)
		return err;
	err = secret_read(&key, &session->settings, SECRET_API_KEY, NULL);
	what.key = key.text;
	if (err == NULL)
		err = fetching_run(session, &what);
	secret_wipe(&key);
	return err;
}
