/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "base/buf.h"
#include "base/err.h"
#include "cmd/session.h"

#include <string.h>

enum {
	HELP_MAX = 64 << 10
};

const struct err *
cmd_help(struct session *session)
{
	const struct options *options = &session->options;
	enum command command = CMD_NONE;
	const struct err *err;
	struct buf out;
	size_t i;

	if (options->arg_len > 0) {
		for (i = 0; i < CMD__MAX; i++)
			if (strcmp(options->args[0],
			    command_at((enum command)i)->name) == 0)
				command = (enum command)i;
		if (command == CMD_NONE)
			return err_new(ERR_USAGE, "help: %s: no such command: "
			    "see cabrief help", options->args[0]);
	}
	buf_init(&out, HELP_MAX);
	options_help(&out, command);
	err = buf_error(&out, "the help");
	if (err == NULL)
		err = session_print(buf_text(&out), out.len);
	buf_release(&out);
	return err;
}
