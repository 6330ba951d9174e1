/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "cmd/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/settings.h"

/* Limits */
enum {
	SECRET_MAX_PATH = 1024	/* bytes of a credential's */
};

static const struct secret_row {
	const char *what;	/* errors call it so */
	const char *env;
	const char *credential;
	enum setting file, command;
	bool any;		/* blanks and letters of any kind too */
} rows[SECRET_KIND__MAX] = {
	[SECRET_API_KEY] = { "key", "BUGZILLA_API_KEY", "bugzilla-api-key",
	    SET_KEY_FILE, SET_KEY_COMMAND, false },
	[SECRET_PASSWORD] = { "password", "MEDIAWIKI_PASSWORD",
	    "mediawiki-password", SET_WIKI_PASSWORD_FILE,
	    SET_WIKI_PASSWORD_COMMAND, true }
};

/* One that is looked for. */
struct search {
	const struct secret_row *row;
	struct secret *out;
	const char *from;	/* who has to correct it; NULL: not found */
};

void
secret_wipe(struct secret *secret)
{
	mem_wipe(secret, sizeof(*secret));
}

/* All that the descriptor gives, without white space at its end. */
static const struct err *
read_all(const struct search *search, int fd)
{
	struct secret *out = search->out;
	size_t len = 0;
	ssize_t got;

	for (;;) {
		got = read(fd, out->text + len, sizeof(out->text) - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		len += (size_t)got;
		if (len == sizeof(out->text))
			return err_new(ERR_CONFIG, "%s: holds no %s: it is "
			    "longer than %d bytes: correct it", search->from,
			    search->row->what, SECRET_MAX);
	}
	if (got < 0)
		return err_sys(ERR_CONFIG, errno, "%s: can't be read",
		    search->from);
	while (len > 0 && strchr(" \t\r\n", out->text[len - 1]) != NULL)
		len--;
	out->text[len] = '\0';
	return NULL;
}

/* `shared`: the folder keeps others out, and the bits are not what they seem
 * (systemd gives the service its rights by an access list). */
static const struct err *
read_file(const struct search *search, const char *path, bool shared)
{
	const char *what = search->row->what;
	const struct err *err = NULL;
	struct stat st;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_sys(ERR_CONFIG, errno, "%s: can't be opened",
		    path);
	if (fstat(fd, &st) != 0)
		err = err_sys(ERR_CONFIG, errno, "%s: can't be read", path);
	else if ((st.st_mode & (shared ? 007 : 077)) != 0)
		err = err_new(ERR_CONFIG, "%s: is no place for a %s: others "
		    "may use it: chmod 600 it, and have a new %s made",
		    path, what, what);
	if (err == NULL)
		err = read_all(search, fd);
	(void)close(fd);
	return err;
}

static const struct err *
take_file(struct search *search, const char *path)
{
	search->from = path;
	return read_file(search, path, false);
}

static const struct err *
take_command(struct search *search, const char *command)
{
	const struct err *err;
	FILE *pipe;
	int status;

	/* Not which command: a secret may stand in it. */
	search->from = setting_name(search->row->command);
	pipe = popen(command, "r");
	if (pipe == NULL)
		return err_sys(ERR_SYSTEM, errno, "%s: can't be run",
		    search->from);
	/* Not by stdio, which would keep a copy. */
	err = read_all(search, fileno(pipe));
	status = pclose(pipe);
	if (err == NULL && status != 0)
		err = err_new(ERR_CONFIG, "%s: gives no %s: it failed: "
		    "correct it", search->from, search->row->what);
	return err;
}

static const struct err *
take_environment(struct search *search, const char *value)
{
	search->from = search->row->env;
	if (strlen(value) > SECRET_MAX)
		return err_new(ERR_CONFIG, "%s: is no %s: it is too long: "
		    "correct it", search->from, search->row->what);
	memcpy(search->out->text, value, strlen(value) + 1);
	return NULL;
}

/* Append the path of a credential of that name; false when there is none. */
static bool
find_credential(const char *name, struct buf *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	struct stat st;

	if (folder == NULL || folder[0] != '/')
		return false;
	buf_fmt(path, "%s/%s", folder, name);
	return buf_error(path, "a path") == NULL &&
	    stat(buf_text(path), &st) == 0 && st.st_size > 0;
}

bool
secret_credential(enum secret_kind kind, struct buf *path)
{
	return find_credential(rows[kind].credential, path);
}

/* From where the plan says. */
static const struct err *
follow(struct search *search, const struct secret_place *place)
{
	char room[SECRET_MAX_PATH];
	struct buf path;

	if (place->file != NULL)
		return take_file(search, place->file);
	if (place->command != NULL)
		return take_command(search, place->command);
	if (strchr(place->credential, '/') != NULL)
		return err_new(ERR_CONFIG, "credential: %s: is no name: give "
		    "that of a file in $CREDENTIALS_DIRECTORY",
		    place->credential);
	buf_fixed(&path, room, sizeof(room));
	if (!find_credential(place->credential, &path))
		return NULL;
	search->from = place->credential;
	return read_file(search, buf_text(&path), true);
}

/* From where options, environment and settings say. */
static const struct err *
look(struct search *search, const struct settings *settings)
{
	const struct secret_row *row = search->row;
	const char *file = settings->value[row->file];
	const char *command = settings->value[row->command];
	const bool by_file = settings_by_option(settings, row->file);
	const bool by_command = settings_by_option(settings, row->command);
	const bool option = by_file || by_command;
	const char *env = getenv(row->env);
	char room[SECRET_MAX_PATH];
	struct buf path;

	buf_fixed(&path, room, sizeof(room));
	if (!option && find_credential(row->credential, &path)) {
		search->from = row->credential;
		return read_file(search, buf_text(&path), true);
	}
	if (!option && env != NULL && env[0] != '\0')
		return take_environment(search, env);
	if (file != NULL && (by_file || !by_command))
		return take_file(search, file);
	return command != NULL ? take_command(search, command) : NULL;
}

/* Can it be one? */
static const struct err *
check(const struct search *search)
{
	const char *text = search->out->text, *what = search->row->what, *c;
	bool odd = search->row->any && !text_is_clean(text, strlen(text));

	if (text[0] == '\0')
		return err_new(ERR_CONFIG, "%s: holds no %s: it is empty: "
		    "correct it, or do without", search->from, what);
	for (c = text; *c != '\0' && !odd; c++)
		odd = search->row->any ? *c == '\t' || *c == '\n' :
		    *c <= ' ' || *c > '~';
	if (!odd)
		return NULL;
	return err_new(ERR_CONFIG, "%s: holds no %s: there is %s odd "
	    "character in it: correct it", search->from, what,
	    search->row->any ? "an" : "a blank or another");
}

const struct err *
secret_read(struct secret *out, const struct settings *settings,
    enum secret_kind kind, const struct secret_place *place)
{
	static const struct rlimit none = { 0, 0 };
	struct search search = { &rows[kind], out, NULL };
	const struct err *err;

	memset(out, 0, sizeof(*out));
	if (place != NULL && (place->file != NULL || place->command != NULL ||
	    place->credential != NULL))
		err = follow(&search, place);
	else
		err = look(&search, settings);
	if (err == NULL && search.from != NULL)
		err = check(&search);
	if (err == NULL && search.from != NULL &&
	    setrlimit(RLIMIT_CORE, &none) != 0)
		err = err_sys(ERR_SYSTEM, errno, "core dumps can't be "
		    "disabled");
	if (err != NULL)
		secret_wipe(out);
	return err;
}
