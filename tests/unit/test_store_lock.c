/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* The lock of a store: two processes, and one that dies. */

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>

#include "tests/unit/store_fixture.h"

/* Another process that takes the lock and keeps it until it is killed;
 * 0 when it could not. */
static pid_t
keep_locked(const char *name)
{
	struct store *store;
	int ends[2];
	pid_t child;
	char said = 'n';

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (store_open(&store, name, STORE_WRITE) == NULL &&
		    store_lock(store) == NULL)
			said = 'y';
		if (write(ends[1], &said, 1) != 1 || said == 'n')
			_exit(1);
		for (;;)
			(void)pause();
	}
	assert_int_equal(read(ends[0], &said, 1), 1);
	close(ends[0]);
	close(ends[1]);
	if (said == 'y')
		return child;
	assert_int_equal(waitpid(child, NULL, 0), child);
	return 0;
}

static void
end(pid_t child)
{
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

static void
test_excludes(void **state)
{
	struct store *store;
	pid_t child;

	(void)state;
	child = keep_locked(STORE_NAME);
	assert_true(child > 0);
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	assert_err(store_lock(store), ERR_LOCK, "another fetch");
	/* It bars nobody from writing. */
	ok(store_run_begin(store, "import", "", 1));
	ok(put_many(store, 1, 1, 10));
	ok(store_run_end(store, 2));
	/* The dead hold no lock. */
	end(child);
	ok(store_lock(store));
	assert_int_equal(keep_locked(STORE_NAME), 0);
	store_close(store);
	child = keep_locked(STORE_NAME);
	assert_true(child > 0);
	end(child);
}

/* Another name of the same file is no way around. */
static void
test_links(void **state)
{
	struct store *store;
	pid_t child;

	(void)state;
	child = keep_locked(STORE_NAME);
	assert_true(child > 0);
	assert_int_equal(mkdir("there", 0755), 0);
	assert_int_equal(symlink("../" STORE_NAME, "there/link"), 0);
	ok(store_open(&store, "there/link", STORE_WRITE));
	assert_err(store_lock(store), ERR_LOCK, "there/link: is locked");
	store_close(store);
	ok(store_open(&store, "another", STORE_WRITE));
	ok(store_lock(store));
	store_close(store);
	end(child);
}

/* Nobody is led to another file by the name of the lock. */
static void
test_refused(void **state)
{
	struct store *store;

	(void)state;
	ok(store_open(&store, STORE_NAME, STORE_WRITE));
	assert_int_equal(symlink("victim", STORE_NAME ".lock"), 0);
	assert_err(store_lock(store), ERR_SYSTEM, ".lock: can't be opened");
	assert_int_equal(access("victim", F_OK), -1);
	store_close(store);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_excludes),
		SCRATCH_TEST(test_links),
		SCRATCH_TEST(test_refused)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
