/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

/* The system gives the lock back when the process ends, however it does. */
static const struct err *
take(struct store *store, const char *path)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	/* The store's own file won't do: SQLite, which locks it too, would
	 * give ours back. */
	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0666);
	if (store->lock < 0)
		return err_sys(ERR_SYSTEM, errno, "%s: can't be opened",
		    path);
	if (fcntl(store->lock, F_SETLK, &lock) == 0)
		return NULL;
	if (errno == EACCES || errno == EAGAIN)
		return err_new(ERR_LOCK, "%s: is locked: another fetch into "
		    "this store is at work: wait until it is done",
		    store->path);
	return err_sys(ERR_SYSTEM, errno, "%s: can't be locked", path);
}

const struct err *
store_lock(struct store *store)
{
	/* Without links, so that all names of the store lead to one lock. */
	const char *path = sqlite3_db_filename(store->db, "main");
	const struct err *err;
	struct buf name;

	buf_init(&name, STORE_MAX_PATH);
	buf_fmt(&name, "%s.lock", path);
	err = buf_error(&name, "path of the store's lock");
	if (err == NULL)
		err = take(store, buf_text(&name));
	buf_release(&name);
	return err;
}
