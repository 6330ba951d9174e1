/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include <assert.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

const struct err *
store_run_begin(struct store *store, const char *kind, const char *source,
    int64_t now)
{
	struct store_run *run = &store->run;

	assert(store->mode == STORE_WRITE && run->kind == NULL);
	run->kind = mem_copy(kind, strlen(kind));
	run->source = mem_copy(source, strlen(source));
	if (run->kind == NULL || run->source == NULL) {
		mem_free(run->kind);
		mem_free(run->source);
		*run = (struct store_run){ .kind = NULL };
		return err_memory();
	}
	run->started = now;
	run->id = 0;
	run->counts = (struct store_counts){ .bugs_new = 0 };
	return NULL;
}

const struct err *
store_run_end(struct store *store, int64_t now)
{
	const struct err *err = NULL;
	sqlite3_stmt *stmt;

	assert(store->run.kind != NULL && store->page.name == NULL);
	if (store->run.id != 0) {
		err = store_get(store, SQL_RUN_FINISH, &stmt);
		if (err == NULL) {
			sqlite3_bind_int64(stmt, 1, store->run.id);
			sqlite3_bind_int64(stmt, 2, now);
			err = store_exec(store, stmt);
		}
	}
	mem_free(store->run.kind);
	mem_free(store->run.source);
	store->run.kind = NULL;
	store->run.source = NULL;
	return err;
}

void
store_run_counts(const struct store *store, struct store_counts *out)
{
	*out = store->run.counts;
}

const struct err *
store_page_begin(struct store *store, const char *name)
{
	struct store_page *page = &store->page;
	const struct err *err;

	assert(store->run.kind != NULL && page->name == NULL);
	page->name = mem_copy(name, strlen(name));
	if (page->name == NULL)
		return err_memory();
	page->touched = false;
	page->whole = false;
	page->counts = (struct store_counts){ .bugs_new = 0 };
	hash_init(&page->hash);
	page->part_len = 0;
	page->parts = 0;
	page->bytes = 0;
	err = store_simple(store, SQL_BEGIN);
	if (err == NULL)
		err = store_ask(store, SQL_ANSWER_NEXT, &page->answer);
	if (err != NULL)
		store_page_rollback(store);
	return err;
}

void
store_page_rollback(struct store *store)
{
	store_undo(store);
	mem_free(store->page.name);
	store->page.name = NULL;
}

void
store_page_whole(struct store *store)
{
	assert(store->page.name != NULL);
	store->page.whole = true;
}

bool
store_page_news(const struct store *store)
{
	return store->page.touched;
}

/* Write the part that was gathered. */
static const struct err *
write_part(struct store *store)
{
	struct store_page *page = &store->page;
	const struct err *err;
	sqlite3_stmt *stmt;

	err = store_get(store, SQL_PART_ADD, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, page->answer);
	sqlite3_bind_int64(stmt, 2, page->parts);
	sqlite3_bind_blob(stmt, 3, page->part, (int)page->part_len,
	    SQLITE_STATIC);
	page->parts++;
	page->part_len = 0;
	return store_exec(store, stmt);
}

const struct err *
store_page_raw(struct store *store, const char *data, size_t len)
{
	struct store_page *page = &store->page;
	const struct err *err;
	size_t n;

	assert(page->name != NULL);
	if (page->part == NULL) {
		page->part = mem_resize(NULL, STORE_RAW_PART, 1);
		if (page->part == NULL)
			return err_memory();
	}
	hash_add(&page->hash, data, len);
	page->bytes += (int64_t)len;
	while (len > 0) {
		/* A full part is written when more comes, so that a small
		 * answer that is here already never touches the file. */
		if (page->part_len == STORE_RAW_PART) {
			err = write_part(store);
			if (err != NULL)
				return err;
		}
		n = STORE_RAW_PART - page->part_len;
		if (n > len)
			n = len;
		memcpy(page->part + page->part_len, data, n);
		page->part_len += n;
		data += n;
		len -= n;
	}
	return NULL;
}

static const struct err *
add_answer(struct store *store, const char *kind, const char *sha256,
    int64_t run)
{
	const struct store_page *page = &store->page;
	const struct err *err;
	sqlite3_stmt *stmt;

	err = write_part(store);
	if (err == NULL)
		err = store_get(store, SQL_ANSWER_ADD, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, page->answer);
	sqlite3_bind_int64(stmt, 2, run);
	sqlite3_bind_text(stmt, 3, page->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 4, kind, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 5, page->bytes);
	sqlite3_bind_text(stmt, 6, sha256, -1, SQLITE_STATIC);
	return store_exec(store, stmt);
}

/* Take the parts that were written out again. */
static const struct err *
drop_parts(struct store *store)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	if (store->page.parts == 0)
		return NULL;
	/* When they are all that is new, going back leaves the file as it
	 * was; a deletion would leave it with a hole. */
	if (!store->page.touched) {
		store_undo(store);
		return store_simple(store, SQL_BEGIN);
	}
	err = store_get(store, SQL_PARTS_DROP, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, store->page.answer);
	return store_exec(store, stmt);
}

/* Are there no bytes that are worth keeping?  Sets their hash. */
static const struct err *
is_known(struct store *store, char sha256[HASH_HEX], bool *known)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	hash_hex(&store->page.hash, sha256);
	*known = store->page.bytes == 0;
	if (*known)
		return NULL;
	err = store_get(store, SQL_ANSWER_FIND, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_text(stmt, 1, sha256, -1, SQLITE_STATIC);
	err = store_step(store, stmt, known);
	sqlite3_reset(stmt);
	return err;
}

/* The row of the run: made with its first page, `id` 0 until then. */
static const struct err *
add_run(struct store *store, int64_t *id)
{
	const struct err *err;
	sqlite3_stmt *stmt;

	if (*id != 0)
		return NULL;
	err = store_get(store, SQL_RUN_ADD, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_text(stmt, 1, store->run.kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, store->run.source, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 3, store->run.started);
	err = store_exec(store, stmt);
	if (err == NULL)
		*id = sqlite3_last_insert_rowid(store->db);
	return err;
}

static const struct err *
count_run(struct store *store, int64_t id, const struct store_counts *counts)
{
	const uint64_t values[] = {
		counts->bugs_new, counts->bugs_changed, counts->bugs_same,
		counts->comments_new, counts->comments_changed,
		counts->changes_new
	};
	const struct err *err;
	sqlite3_stmt *stmt;
	int i;

	err = store_get(store, SQL_RUN_COUNT, &stmt);
	if (err != NULL)
		return err;
	sqlite3_bind_int64(stmt, 1, id);
	for (i = 0; i < (int)(sizeof(values) / sizeof(values[0])); i++)
		sqlite3_bind_int64(stmt, 2 + i, (int64_t)values[i]);
	return store_exec(store, stmt);
}

const struct err *
store_page_commit(struct store *store, const char *kind)
{
	const struct store_counts *page = &store->page.counts;
	struct store_counts sum = store->run.counts;
	int64_t run = store->run.id;
	const struct err *err;
	char sha256[HASH_HEX];
	bool known;

	assert(store->page.name != NULL);
	sum.bugs_new += page->bugs_new;
	sum.bugs_changed += page->bugs_changed;
	sum.bugs_same += page->bugs_same;
	sum.comments_new += page->comments_new;
	sum.comments_changed += page->comments_changed;
	sum.changes_new += page->changes_new;
	err = is_known(store, sha256, &known);
	if (err == NULL && known)
		err = drop_parts(store);
	if (err == NULL)
		err = add_run(store, &run);
	if (err == NULL && !known)
		err = add_answer(store, kind, sha256, run);
	if (err == NULL)
		err = count_run(store, run, &sum);
	if (err == NULL)
		err = store_simple(store, SQL_COMMIT);
	if (err == NULL) {
		store->run.id = run;
		store->run.counts = sum;
	}
	store_page_rollback(store);
	return err;
}
