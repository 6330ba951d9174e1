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
#include "cmd/settings.h"

void
secret_wipe(struct secret *secret)
{
	mem_wipe(secret, sizeof(*secret));
}

/* All that the descriptor gives, without white space at its end. */
static const struct err *
read_key(int fd, const char *from, struct secret *out)
{
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
			return err_new(ERR_CONFIG, "%s: holds no key: it is "
			    "longer than %d bytes: correct it", from,
			    SECRET_MAX);
	}
	if (got < 0)
		return err_sys(ERR_CONFIG, errno, "%s: can't be read", from);
	while (len > 0 && strchr(" \t\r\n", out->text[len - 1]) != NULL)
		len--;
	out->text[len] = '\0';
	return NULL;
}

/* `shared`: the folder keeps others out, and the bits are not what they seem
 * (systemd gives the service its rights by an access list). */
static const struct err *
read_file(const char *path, bool shared, struct secret *out)
{
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
		err = err_new(ERR_CONFIG, "%s: is no place for a key: others "
		    "may use it: chmod 600 it, and have a new key made",
		    path);
	if (err == NULL)
		err = read_key(fd, path, out);
	(void)close(fd);
	return err;
}

static const struct err *
read_command(const char *command, struct secret *out)
{
	const struct err *err;
	FILE *pipe;
	int status;

	pipe = popen(command, "r");
	if (pipe == NULL)
		return err_sys(ERR_SYSTEM, errno, "key-command: can't be run");
	/* Not by stdio, which would keep a copy. */
	err = read_key(fileno(pipe), "key-command", out);
	status = pclose(pipe);
	/* Not which command: a secret may stand in it. */
	if (err == NULL && status != 0)
		err = err_new(ERR_CONFIG, "key-command: gives no key: it "
		    "failed: correct it");
	return err;
}

/* The path of systemd's credential, if there is one. */
static bool
credential(struct buf *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");

	if (folder == NULL || folder[0] != '/')
		return false;
	buf_fmt(path, "%s/bugzilla-api-key", folder);
	return buf_error(path, "a path") == NULL &&
	    access(buf_text(path), F_OK) == 0;
}

/* The key as it came; *from is who has to correct it. */
static const struct err *
find_key(struct secret *out, const struct settings *settings,
    const char **from)
{
	const char *file = settings->value[SET_KEY_FILE];
	const char *command = settings->value[SET_KEY_COMMAND];
	const bool by_file = settings_by_option(settings, SET_KEY_FILE);
	const bool by_command =
	    settings_by_option(settings, SET_KEY_COMMAND);
	const bool option = by_file || by_command;
	const char *env = getenv("BUGZILLA_API_KEY");
	const struct err *err = NULL;
	char room[1024];
	struct buf path;

	buf_fixed(&path, room, sizeof(room));
	*from = "key-command";
	if (!option && credential(&path)) {
		*from = "$CREDENTIALS_DIRECTORY/bugzilla-api-key";
		err = read_file(buf_text(&path), true, out);
	} else if (!option && env != NULL && env[0] != '\0') {
		*from = "BUGZILLA_API_KEY";
		if (strlen(env) <= SECRET_MAX)
			memcpy(out->text, env, strlen(env) + 1);
		else
			err = err_new(ERR_CONFIG, "BUGZILLA_API_KEY: is no "
			    "key: it is too long: correct it");
	} else if (file != NULL && (by_file || !by_command)) {
		*from = file;
		err = read_file(file, false, out);
	} else if (command != NULL)
		err = read_command(command, out);
	else
		*from = NULL;
	return err;
}

const struct err *
secret_read(struct secret *out, const struct settings *settings)
{
	static const struct rlimit none = { 0, 0 };
	const struct err *err;
	const char *from, *c;

	memset(out, 0, sizeof(*out));
	err = find_key(out, settings, &from);
	if (err == NULL && from != NULL && out->text[0] == '\0')
		err = err_new(ERR_CONFIG, "%s: holds no key: it is empty: "
		    "correct it, or do without", from);
	for (c = out->text; err == NULL && *c != '\0'; c++)
		if (*c <= ' ' || *c > '~')
			err = err_new(ERR_CONFIG, "%s: holds no key: there is "
			    "a blank or another odd character in it: correct "
			    "it", from);
	if (err == NULL && from != NULL && setrlimit(RLIMIT_CORE, &none) != 0)
		err = err_sys(ERR_SYSTEM, errno, "core dumps can't be "
		    "disabled");
	if (err != NULL)
		secret_wipe(out);
	return err;
}
