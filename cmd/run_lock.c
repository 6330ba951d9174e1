/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/session.h"
#include "cmd/wiki_session.h"

enum {
	LOCK_MAX_PATH = 8192	/* bytes */
};

/* The system gives the lock back when the process ends, however it does:
 * until then the file stays open. */
static const struct err *
take(const char *path, const char *store)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	const struct err *err;
	int fd;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (fd < 0)
		return err_sys(ERR_SYSTEM, errno, "%s: can't be opened",
		    path);
	if (fcntl(fd, F_SETLK, &lock) == 0)
		return NULL;
	if (errno == EACCES || errno == EAGAIN)
		err = err_new(ERR_LOCK, "%s: is locked: another publish or "
		    "refresh with this store is at work: wait until it is "
		    "done", store);
	else
		err = err_sys(ERR_SYSTEM, errno, "%s: can't be locked", path);
	(void)close(fd);
	return err;
}

const struct err *
run_lock(const struct session *session)
{
	const char *store = session->settings.value[SET_DB];
	const struct err *err;
	struct buf path;

	buf_init(&path, LOCK_MAX_PATH);
	err = session_folder(session);
	/* All names of the store lead to one lock. */
	if (err == NULL)
		err = file_follow(store, &path);
	buf_str(&path, ".run.lock");
	if (err == NULL)
		err = buf_error(&path, "path of the lock");
	if (err == NULL)
		err = take(buf_text(&path), store);
	buf_release(&path);
	return err;
}
