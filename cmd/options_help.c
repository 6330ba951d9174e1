/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* What the tables of commands and options tell people and completion. */

#include <stdio.h>

#include "base/buf.h"
#include "cmd/options.h"

static void
help_options(struct buf *out, unsigned mask, bool global)
{
	const struct opt_row *row;
	char left[64];
	size_t i;
	int len;

	for (i = 0; i < OPT__MAX; i++) {
		row = option_at((enum opt)i);
		if (row->hidden || (row->commands == OPTIONS_ALL) != global ||
		    (row->commands & mask) == 0)
			continue;
		len = snprintf(left, sizeof(left), "%s%.1s%s--%s%s%s",
		    row->letter != 0 ? "-" : "  ",
		    row->letter != 0 ? &row->letter : "",
		    row->letter != 0 ? ", " : "  ", row->name,
		    row->arg != NULL ? " " : "",
		    row->arg != NULL ? row->arg : "");
		buf_fmt(out, "  %-24s", left);
		if (len > 23)
			buf_fmt(out, "\n  %-24s", "");
		buf_fmt(out, " %s\n", row->does);
		if (row->values != NULL)
			buf_fmt(out, "  %-24s %s\n", "", row->values);
	}
}

void
options_help(struct buf *out, enum command command)
{
	const struct command_row *row;
	size_t i;

	if (command == CMD_NONE) {
		buf_str(out, "usage: cabrief [OPTIONS] COMMAND [ARGS]\n\n"
		    "Sorts the incidents that certificate authorities report "
		    "on Bugzilla into a\ntaxonomy, and counts them for "
		    "briefings.\n\nCommands:\n");
		for (i = 0; i < CMD__MAX; i++) {
			row = command_at((enum command)i);
			buf_fmt(out, "  %-10s %s\n", row->name, row->does);
		}
		buf_str(out, "\nOptions of every command:\n");
		help_options(out, OPTIONS_ALL, true);
		buf_str(out, "\ncabrief help COMMAND tells a command's own "
		    "options; the manual is cabrief(1).\n");
		return;
	}
	row = command_at(command);
	buf_fmt(out, "usage: cabrief %s [OPTIONS]%s%s\n\n%s\n", row->name,
	    row->args[0] != '\0' ? " " : "", row->args, row->does);
	buf_str(out, "\nOptions:\n");
	help_options(out, 1u << command, false);
	help_options(out, 1u << command, true);
}

void
options_complete(struct buf *out, enum command command)
{
	const struct opt_row *row;
	size_t i;

	if (command == CMD_NONE)
		for (i = 0; i < CMD__MAX; i++)
			buf_fmt(out, "%s\n",
			    command_at((enum command)i)->name);
	for (i = 0; i < OPT__MAX; i++) {
		row = option_at((enum opt)i);
		if (row->hidden || (command == CMD_NONE ?
		    row->commands != OPTIONS_ALL :
		    (row->commands & 1u << command) == 0))
			continue;
		buf_fmt(out, "--%s%s%s\n", row->name,
		    row->arg != NULL ? "=" : "",
		    row->values != NULL ? row->values : "");
	}
}
