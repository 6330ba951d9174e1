/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Where secrets are looked for, and what can be one. */

#include "cmd/options.h"
#include "cmd/secret.h"
#include "cmd/settings.h"
#include "tests/unit/store_fixture.h"

/* What the program is told of its account, beside the environment. */
static void
settle(struct settings *settings, const char *command, const char *option)
{
	static char name[] = "cabrief", word[16], given[64];
	char *argv[] = { name, word, given, NULL };
	struct options options;

	(void)snprintf(word, sizeof(word), "%s", command);
	(void)snprintf(given, sizeof(given), "%s", option);
	ok(options_read(&options, option[0] != '\0' ? 3 : 2, argv));
	ok(settings_read(settings, &options));
	options_release(&options);
}

static void
no_environment(void)
{
	static const char *const names[] = {
		"BUGZILLA_API_KEY", "MEDIAWIKI_PASSWORD",
		"CREDENTIALS_DIRECTORY", "XDG_CONFIG_HOME",
		"CONFIGURATION_DIRECTORY", "STATE_DIRECTORY"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(unsetenv(names[i]), 0);
	assert_int_equal(setenv("HOME", scratch, 1), 0);
}

static const char *
credentials(void)
{
	static char folder[PATH_MAX];

	assert_non_null(getcwd(folder, sizeof(folder)));
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
	return folder;
}

/* The secret is `text`; where that is NULL, an error that says `says`. */
static void
find(const char *option, enum secret_kind kind,
    const struct secret_place *place, const char *text, const char *says)
{
	struct settings settings;
	const struct err *err;
	struct secret secret;

	settle(&settings, kind == SECRET_API_KEY ? "fetch" : "publish",
	    option);
	err = secret_read(&secret, &settings, kind, place);
	if (text == NULL) {
		assert_err(err, ERR_CONFIG, says);
		assert_null(strstr(err->text, "SECRET"));
		assert_string_equal(secret.text, "");
	} else {
		ok(err);
		assert_string_equal(secret.text, text);
	}
	secret_wipe(&secret);
	settings_release(&settings);
}

static void
test_order(void **state)
{
	const enum secret_kind kind = SECRET_PASSWORD;

	(void)state;
	no_environment();
	find("", kind, NULL, "", NULL);
	assert_int_equal(setenv("CONFIGURATION_DIRECTORY", credentials(), 1),
	    0);
	put("config", "wiki-password-command = echo four\n", 0600);
	find("", kind, NULL, "four", NULL);
	assert_int_equal(setenv("MEDIAWIKI_PASSWORD", "three", 1), 0);
	find("", kind, NULL, "three", NULL);
	put("mediawiki-password", "", 0400);
	find("", kind, NULL, "three", NULL);
	assert_int_equal(unlink("mediawiki-password"), 0);
	put("mediawiki-password", "two\n", 0440);
	find("", kind, NULL, "two", NULL);
	put("one", "one\n", 0600);
	find("--password-file=one", kind, NULL, "one", NULL);
	find("--password-command=echo one", kind, NULL, "one", NULL);
	/* Nothing of it is the other secret. */
	find("", SECRET_API_KEY, NULL, "", NULL);
}

/* A plan's place is the only one. */
static void
test_place(void **state)
{
	const struct secret_place file = { "one", NULL, NULL },
	    command = { NULL, "echo two", NULL },
	    credential = { NULL, NULL, "other" }, none = { NULL, NULL, NULL },
	    path = { NULL, NULL, "../other" }, gone = { "gone", NULL, NULL };
	enum secret_kind kind;

	(void)state;
	for (kind = SECRET_API_KEY; kind < SECRET_KIND__MAX; kind++) {
		no_environment();
		put("one", "one", 0600);
		assert_int_equal(setenv("BUGZILLA_API_KEY", "KEY", 1), 0);
		assert_int_equal(setenv("MEDIAWIKI_PASSWORD", "KEY", 1), 0);
		find("", kind, &none, "KEY", NULL);
		find("", kind, &file, "one", NULL);
		find("", kind, &command, "two", NULL);
		find("", kind, &gone, NULL, "gone: can't be opened");
		find("", kind, &credential, "", NULL);
		(void)credentials();
		find("", kind, &credential, "", NULL);
		put("other", "", 0600);
		find("", kind, &credential, "", NULL);
		put("other", "three", 0600);
		find("", kind, &credential, "three", NULL);
		assert_int_equal(chmod("other", 0604), 0);
		find("", kind, &credential, NULL, "others may use it");
		find("", kind, &path, NULL, "is no name");
		assert_int_equal(unlink("other"), 0);
	}
}

static void
test_text(void **state)
{
	static const struct {
		const char *text;
		bool key, password;
	} cases[] = {
		{ "SECRET", true, true },
		{ "SECRET~!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}", true, true },
		{ "SECRET phrase", false, true },
		{ "SECRET\xc3\xa9", false, true },
		{ "SECRET\tx", false, false },
		{ "SECRET\nx", false, false },
		{ "SECRET\rx", false, false },
		{ "SECRET\033x", false, false },
		{ "SECRET\x7f", false, false },
		{ "SECRET\xff", false, false },
		{ " ", false, false }
	};
	const struct secret_place place = { "file", NULL, NULL };
	char large[SECRET_MAX + 2];
	size_t i;

	(void)state;
	no_environment();
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put("file", cases[i].text, 0600);
		find("", SECRET_API_KEY, &place, cases[i].key ?
		    cases[i].text : NULL, "file: holds no key: ");
		find("", SECRET_PASSWORD, &place, cases[i].password ?
		    cases[i].text : NULL, "file: holds no password: ");
	}
	memset(large, 'k', sizeof(large) - 1);
	large[SECRET_MAX] = '\0';
	put("file", large, 0600);
	find("", SECRET_PASSWORD, &place, large, NULL);
	large[SECRET_MAX] = 'k';
	large[SECRET_MAX + 1] = '\0';
	put("file", large, 0600);
	find("", SECRET_PASSWORD, &place, NULL, "longer than 255");
	assert_int_equal(chmod("file", 0640), 0);
	find("", SECRET_PASSWORD, &place, NULL,
	    "have a new password made");
	assert_int_equal(setenv("MEDIAWIKI_PASSWORD", large, 1), 0);
	find("", SECRET_PASSWORD, NULL, NULL,
	    "MEDIAWIKI_PASSWORD: is no password: it is too long");
}

/* It is told that there is one, and where, and never what it is. */
static void
test_settings(void **state)
{
	struct settings settings, copy;
	const char *folder;

	(void)state;
	no_environment();
	settle(&settings, "publish", "");
	assert_null(settings.value[SET_WIKI_PASSWORD]);
	settings_release(&settings);
	assert_int_equal(setenv("MEDIAWIKI_PASSWORD", "SECRET", 1), 0);
	settle(&settings, "publish", "");
	assert_string_equal(settings.value[SET_WIKI_PASSWORD], "(set)");
	assert_string_equal(settings.from[SET_WIKI_PASSWORD],
	    "environment MEDIAWIKI_PASSWORD");
	settings_release(&settings);
	folder = credentials();
	put("mediawiki-password", "", 0600);
	settle(&settings, "publish", "--user=A@b");
	assert_string_equal(settings.from[SET_WIKI_PASSWORD],
	    "environment MEDIAWIKI_PASSWORD");
	settings_release(&settings);
	put("mediawiki-password", "SECRET", 0600);
	settle(&settings, "publish", "--user=A@b");
	assert_memory_equal(settings.from[SET_WIKI_PASSWORD], folder,
	    strlen(folder));
	ok(settings_copy(&copy, &settings));
	settings_release(&settings);
	assert_string_equal(copy.value[SET_WIKI_PASSWORD], "(set)");
	assert_string_equal(copy.value[SET_WIKI_USER], "A@b");
	assert_string_equal(copy.from[SET_WIKI_USER], "option --user");
	assert_true(settings_by_option(&copy, SET_WIKI_USER));
	assert_null(copy.value[SET_WIKI_API]);
	assert_false(settings_given(&copy, SET_WIKI_API));
	assert_false(settings_given(&copy, SET_URL));
	settings_release(&copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_order),
		SCRATCH_TEST(test_place),
		SCRATCH_TEST(test_text),
		SCRATCH_TEST(test_settings)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
