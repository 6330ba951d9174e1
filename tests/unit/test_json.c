/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "fetch/json.h"
#include "fetch/json_keys.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define S(literal) literal, sizeof(literal) - 1
#define R "\xef\xbf\xbd"	/* U+FFFD */

/* Events, written down one behind the other. */
struct log {
	struct buf text;
	struct json *json;
	bool places;		/* with the place of each */
	size_t events;
	size_t fail_at;		/* the event that returns `error`; 0 none */
	const struct err *error;
};

static const struct err *
event(struct log *log, const char *what, const char *data, size_t len)
{
	uint64_t line, byte;

	assert_true(text_is_clean(data, len));
	log->events++;
	if (log->events == log->fail_at)
		return log->error;
	buf_str(&log->text, what);
	buf_add(&log->text, data, len);
	if (log->places) {
		json_place(log->json, &line, &byte);
		buf_fmt(&log->text, "@%" PRIu64 ":%" PRIu64, line, byte);
	}
	buf_char(&log->text, ' ');
	return NULL;
}

static const struct err *
on_object(void *arg)
{
	return event(arg, "{", "", 0);
}

static const struct err *
on_key(void *arg, const char *data, size_t len)
{
	return event(arg, "k:", data, len);
}

static const struct err *
on_object_end(void *arg)
{
	return event(arg, "}", "", 0);
}

static const struct err *
on_array(void *arg)
{
	return event(arg, "[", "", 0);
}

static const struct err *
on_array_end(void *arg)
{
	return event(arg, "]", "", 0);
}

static const struct err *
on_string(void *arg, const char *data, size_t len, size_t repaired)
{
	char what[32] = "s:";

	if (repaired > 0)
		snprintf(what, sizeof(what), "s%zu:", repaired);
	return event(arg, what, data, len);
}

static const struct err *
on_number(void *arg, const char *data, size_t len)
{
	return event(arg, "n:", data, len);
}

static const struct err *
on_boolean(void *arg, bool value)
{
	return event(arg, value ? "true" : "false", "", 0);
}

static const struct err *
on_null(void *arg)
{
	return event(arg, "null", "", 0);
}

static const struct json_events all_events = {
	.object = on_object,
	.key = on_key,
	.object_end = on_object_end,
	.array = on_array,
	.array_end = on_array_end,
	.string = on_string,
	.number = on_number,
	.boolean = on_boolean,
	.null = on_null
};

static const struct json_events no_events;

/* Read it in pieces of that size. */
static const struct err *
read_in(struct log *log, const char *data, size_t len, size_t piece)
{
	const struct err *err;
	size_t bytes;

	buf_init(&log->text, 16 << 20);
	assert_null(json_new(&log->json, "x", &all_events, log));
	err = NULL;
	while (err == NULL && len > 0) {
		bytes = len < piece ? len : piece;
		err = json_feed(log->json, data, bytes);
		data += bytes;
		len -= bytes;
	}
	if (err == NULL)
		err = json_end(log->json);
	json_free(log->json);
	return err;
}

/* Documents and their events. */
static const struct {
	const char *in;
	size_t len;
	const char *events;
} good[] = {
	{ S("{}"), "{ } " },
	{ S("[]"), "[ ] " },
	{ S(" \t\r\n{ \n } \r\n"), "{ } " },
	{ S("{\"a\":1,\"b\":[true,false,null,\"x\"]}"),
	    "{ k:a n:1 k:b [ true false null s:x ] } " },
	{ S("{\"a\":{\"b\":{\"c\":{}}}}"), "{ k:a { k:b { k:c { } } } } " },
	{ S("{\"\":\"\"}"), "{ k: s: } " },
	/* numbers stay text */
	{ S("[0,-0,1.5,1e400,-1E-9,99999999999999999999,1.0]"),
	    "[ n:0 n:-0 n:1.5 n:1e400 n:-1E-9 n:99999999999999999999 n:1.0 "
	    "] " },
	{ S("12"), "n:12 " },
	{ S("\"alone\""), "s:alone " },
	{ S("true"), "true " },
	/* one key in different objects, and again after one is closed */
	{ S("[{\"a\":{\"a\":1}},{\"a\":{\"a\":2}}]"),
	    "[ { k:a { k:a n:1 } } { k:a { k:a n:2 } } ] " },
	{ S("{\"x\":{\"a\":1,\"b\":2},\"a\":3,\"b\":4}"),
	    "{ k:x { k:a n:1 k:b n:2 } k:a n:3 k:b n:4 } " },
	/* several documents */
	{ S("{}{}"), "{ } { } " },
	{ S("{\"a\":1}\n{\"a\":1} [1]\n"), "{ k:a n:1 } { k:a n:1 } [ n:1 ] " },
	/* a byte order mark */
	{ S("\xef\xbb\xbf{\"a\":1}"), "{ k:a n:1 } " },
	/* escapes */
	{ S("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"),
	    "[ s2:\"\\/" R R "\n\n\t ] " },
	{ S("[\"\\u00e9\\u00E9\\u20ac\"]"),
	    "[ s:\xc3\xa9\xc3\xa9\xe2\x82\xac ] " },
	{ S("[\"\\\\ud800\",\"\\\\\\ud800\"]"), "[ s:\\ud800 s1:\\" R " ] " },
	/* what must not stay: NUL, controls, C1, DEL */
	{ S("[\"a\\u0000b\\u001b\x7f\xc2\x80\"]"),
	    "[ s4:a" R "b" R R R " ] " },
	{ S("{\"a\\u0000\":1}"), "{ k:a" R " n:1 } " },
	/* U+FFFD that was there already is no repair */
	{ S("[\"" R "\\ufffd\"]"), "[ s:" R R " ] " },
	/* bad bytes */
	{ S("[\"a\xff\",\"b\xe2\x82\",\"\xed\xa0\x80\",\"ok\"]"),
	    "[ s1:a" R " s1:b" R " s3:" R R R " s:ok ] " },
	{ S("{\"\xff\":\"\xf0\x9f\x94\x92\"}"),
	    "{ k:" R " s:\xf0\x9f\x94\x92 } " }
};

static void
test_good(void **state)
{
	struct log log;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		for (size_t piece = 1; piece <= 64; piece++) {
			memset(&log, 0, sizeof(log));
			assert_null(read_in(&log, good[i].in, good[i].len,
			    piece));
			assert_string_equal(buf_text(&log.text),
			    good[i].events);
			buf_release(&log.text);
		}
	}
}

/* Every cut is an error, and says so. */
static void
test_cut(void **state)
{
	static const char whole[] = "\xef\xbb\xbf {\"key\":[1.5,true,null,"
	    "\"\\ud83d\\udd12 \xe2\x82\xac\\n\"],\"b\":{\"c\":-2e5}}";
	const struct err *err;
	struct log log;

	(void)state;
	for (size_t len = 0; len < sizeof(whole) - 1; len++) {
		for (size_t piece = 1; piece <= 70; piece += 23) {
			memset(&log, 0, sizeof(log));
			err = read_in(&log, whole, len, piece);
			assert_non_null(err);
			assert_int_equal(err->kind, ERR_CONFIG);
			if (len > 4)
				assert_non_null(strstr(err->text, "is cut"));
			buf_release(&log.text);
		}
	}
}

/* What is refused, and what is said. */
static const struct {
	const char *in;
	size_t len;
	const char *said;
} bad[] = {
	{ S(""), "x: holds no JSON: it is empty" },
	{ S(" \n\t"), "x: holds no JSON: it is empty" },
	{ S("\xef\xbb\xbf"), "x: holds no JSON" },
	{ S("\xef\xbb{}"), "x: line 1, byte 1: no JSON" },
	{ S("\xef\xbb\xbf\xef\xbb\xbf{}"), "no JSON" },
	{ S("{} \"abc"), "line 1, byte 7: the answer is cut" },
	{ S("{} tru"), "is cut" },
	{ S("{}{"), "is cut" },
	{ S("{},{}"), "line 1, byte 3: no JSON" },
	{ S("{}]"), "no JSON" },
	{ S("[1,]"), "line 1, byte 4: no JSON" },
	{ S("[1 2]"), "no JSON" },
	{ S("{\"a\" 1}"), "no JSON" },
	{ S("{a:1}"), "no JSON" },
	{ S("{'a':1}"), "no JSON" },
	{ S("[01]"), "no JSON" },
	{ S("[1.]"), "no JSON" },
	{ S("[NaN]"), "no JSON" },
	{ S("[+1]"), "no JSON" },
	{ S("[\"\\x\"]"), "no JSON" },
	{ S("[\"\\u12g4\"]"), "no JSON" },
	{ S("[\"\\ud800\\u12g4\"]"), "no JSON" },
	{ S("[\"a\nb\"]"), "line 1, byte 3: no JSON" },
	{ S("[\"\x01\"]"), "no JSON" },
	{ S("\xff"), "no JSON" },
	{ S("/*x*/{}"), "no JSON" },
	{ S("\\ud800"), "no JSON" },
	{ S("{\n\"a\": 1,\n \"a\": 2}"), "x: line 3, byte 4: the key \"a\" "
	    "stands twice" },
	{ S("{\"a\":{\"b\":1,\"c\":2},\"a\":1}"), "\" stands twice in one object" },
	{ S("{\"\":1,\"\":2}"), "\" stands twice in one object" },
	{ S("{\"\\u0061\":1,\"a\":2}"), "\" stands twice in one object" }
};

static void
test_bad(void **state)
{
	const struct err *err;
	struct log log;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		for (size_t piece = 1; piece <= 64; piece += 9) {
			memset(&log, 0, sizeof(log));
			err = read_in(&log, bad[i].in, bad[i].len, piece);
			assert_non_null(err);
			assert_int_equal(err->kind, ERR_CONFIG);
			if (strstr(err->text, bad[i].said) == NULL)
				fail_msg("%zu: %s", i, err->text);
			buf_release(&log.text);
		}
	}
}

/* All combinations of units, over all ends of pieces. */
static void
test_surrogates(void **state)
{
	static const char *const units[] = {
		"x", "\\n", "\\\\", "\\u0041", "\\ud83d", "\\uD83D",
		"\\udd12", "\\uDFFF"
	};
	char doc[80], want[80];
	size_t n = COUNT(units), at, repaired;
	struct log log;
	struct buf text;

	(void)state;
	for (size_t i = 0; i < n * n * n; i++) {
		const size_t which[] = { i % n, i / n % n, i / n / n };

		snprintf(doc, sizeof(doc), "[\"%s%s%s\"]", units[which[0]],
		    units[which[1]], units[which[2]]);
		buf_init(&text, sizeof(want));
		repaired = 0;
		for (at = 0; at < 3; at++) {
			static const char *const plain[] = {
				"x", "\n", "\\", "A"
			};
			size_t unit = which[at];

			if (unit < COUNT(plain)) {
				buf_str(&text, plain[unit]);
			} else if (unit < 6 && at < 2 && which[at + 1] >= 6) {
				buf_str(&text, which[++at] == 6 ?
				    "\xf0\x9f\x94\x92" : "\xf0\x9f\x9f\xbf");
			} else {
				buf_str(&text, R);
				repaired++;
			}
		}
		if (repaired > 0)
			snprintf(want, sizeof(want), "[ s%zu:%s ] ", repaired,
			    buf_text(&text));
		else
			snprintf(want, sizeof(want), "[ s:%s ] ",
			    buf_text(&text));
		buf_release(&text);
		for (size_t piece = 1; piece <= strlen(doc); piece++) {
			memset(&log, 0, sizeof(log));
			assert_null(read_in(&log, doc, strlen(doc), piece));
			assert_string_equal(buf_text(&log.text), want);
			buf_release(&log.text);
		}
	}
}

static void
test_places(void **state)
{
	static const char doc[] = "{\n  \"a\": [\n1,\n\n 22 ] }\n{}";
	struct log log = { .places = true };

	(void)state;
	assert_null(read_in(&log, doc, sizeof(doc) - 1, 1000));
	assert_string_equal(buf_text(&log.text), "{@1:1 k:a@2:5 [@2:8 n:1@3:1 "
	    "n:22@5:3 ]@5:5 }@5:7 {@6:1 }@6:2 ");
	buf_release(&log.text);
}

/* An event's error ends the reading, and comes back as it is. */
static void
test_event_error(void **state)
{
	static const char doc[] = "{\"a\":[1,\"x\",true,null,{}]}";
	const struct err *mine = err_new(ERR_DATA, "mine"), *err;
	struct log log;

	(void)state;
	for (size_t at = 1; at <= 11; at++) {
		memset(&log, 0, sizeof(log));
		log.fail_at = at;
		log.error = mine;
		err = read_in(&log, doc, sizeof(doc) - 1, 3);
		assert_ptr_equal(err, mine);
		assert_int_equal(log.events, at);
		buf_release(&log.text);
	}
}

static void
test_no_events_and_after_an_error(void **state)
{
	const struct err *err;
	struct json *json;

	(void)state;
	assert_null(json_new(&json, "x", &no_events, NULL));
	assert_null(json_feed(json, S("{\"a\":[1,\"\xff\",true,null]}")));
	assert_null(json_end(json));
	assert_non_null(json_end(json));
	json_free(json);
	json_free(NULL);

	assert_null(json_new(&json, "x", &no_events, NULL));
	assert_non_null(json_feed(json, S("]")));
	err = json_feed(json, S("{}"));
	assert_non_null(err);
	assert_non_null(strstr(err->text, "not read further"));
	assert_non_null(json_end(json));
	json_free(json);
}

/* Feed `count` times the same. */
static const struct err *
repeat(struct json *json, const char *data, size_t len, size_t count)
{
	const struct err *err = NULL;

	while (err == NULL && count-- > 0)
		err = json_feed(json, data, len);
	return err;
}

/* Open brackets without end stop the reading at once. */
static void
test_depth(void **state)
{
	const struct err *err;
	struct json *json;

	(void)state;
	assert_null(json_new(&json, "x", &no_events, NULL));
	assert_null(repeat(json, S("["), JSON_MAX_DEPTH));
	assert_null(repeat(json, S("]"), JSON_MAX_DEPTH));
	assert_null(json_end(json));
	json_free(json);

	assert_null(json_new(&json, "x", &no_events, NULL));
	err = repeat(json, S("[[[[[[[[[["), 1000000);
	assert_non_null(err);
	assert_string_equal(strstr(err->text, "byte 65: "), "byte 65: nested "
	    "too deeply: no answer of Bugzilla is: look where the bytes come "
	    "from");
	json_free(json);

	assert_null(json_new(&json, "x", &no_events, NULL));
	err = repeat(json, S("{\"a\":"), 1000);
	assert_non_null(err);
	assert_non_null(strstr(err->text, "nested too deeply"));
	json_free(json);
}

/* A document whose one string, number or key has `count` times `data`. */
static const struct err *
read_long(const char *before, const char *data, size_t count,
    const char *behind)
{
	char block[4096];
	size_t len = strlen(data), in_block = sizeof(block) / len;
	const struct err *err;
	struct json *json;

	for (size_t i = 0; i < in_block; i++)
		memcpy(block + i * len, data, len);
	assert_null(json_new(&json, "x", &all_events, &(struct log){
	    .text = { .ceiling = 0 } }));
	err = json_feed(json, before, strlen(before));
	if (err == NULL)
		err = repeat(json, block, in_block * len, count / in_block);
	if (err == NULL)
		err = repeat(json, data, len, count % in_block);
	if (err == NULL)
		err = json_feed(json, behind, strlen(behind));
	if (err == NULL)
		err = json_end(json);
	json_free(json);
	return err;
}

static void
test_long_values(void **state)
{
	static const struct {
		const char *before, *data;
		size_t count;
		const char *behind, *said;
	} cases[] = {
		{ "[\"", "a", JSON_MAX_VALUE, "\"]", NULL },
		{ "[\"", "a", JSON_MAX_VALUE + 1, "\"]", "value is too large" },
		{ "{\"", "k", JSON_MAX_KEY, "\":1}", NULL },
		{ "{\"", "k", JSON_MAX_KEY + 1, "\":1}", "key is too long" },
		/* these would need 100 MB and more */
		{ "[\"", "a", 100000000, "\"]", "value is too large" },
		{ "[\"", "\\n", 50000000, "\"]", "value is too large" },
		{ "{\"", "a", 100000000, "\":1}", "value is too large" },
		{ "[", "1", 100000000, "]", "value is too large" },
		/* each bad byte takes three when it's repaired */
		{ "[\"", "\xff", JSON_MAX_VALUE / 2, "\"]",
		    "value is too large" },
		/* blanks belong to no value */
		{ "[", " ", 3 * JSON_MAX_VALUE, "1]", NULL },
		{ "[]", "\n", 3 * JSON_MAX_VALUE, "[]", NULL },
		/* many small values are no large one */
		{ "[", "1,", JSON_MAX_VALUE, "1]", NULL }
	};
	const struct err *err;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		err = read_long(cases[i].before, cases[i].data,
		    cases[i].count, cases[i].behind);
		if (cases[i].said == NULL) {
			assert_null(err);
			continue;
		}
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_CONFIG);
		assert_non_null(strstr(err->text, cases[i].said));
	}
}

/* Keys 0 to count - 1 in one object, then `last`. */
static const struct err *
read_keys(size_t count, const char *last)
{
	char key[64];
	const struct err *err;
	struct json *json;

	assert_null(json_new(&json, "x", &no_events, NULL));
	err = json_feed(json, S("{\"x\":{\"1\":1},\"y\":{"));
	for (size_t i = 0; i < count && err == NULL; i++) {
		snprintf(key, sizeof(key), "\"%zu\":1,", i);
		err = json_feed(json, key, strlen(key));
	}
	snprintf(key, sizeof(key), "\"%s\":1},\"1\":2}", last);
	if (err == NULL)
		err = json_feed(json, key, strlen(key));
	if (err == NULL)
		err = json_end(json);
	json_free(json);
	return err;
}

static void
test_many_keys(void **state)
{
	static const size_t counts[] = { 1, 2, 255, 256, 257, 511, 100000 };
	char last[24];
	const struct err *err;

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		assert_null(read_keys(counts[i], "new"));
		for (size_t j = 0; j < counts[i]; j += 1 + counts[i] / 7) {
			snprintf(last, sizeof(last), "%zu", j);
			err = read_keys(counts[i], last);
			assert_non_null(err);
			assert_non_null(strstr(err->text, "stands twice"));
		}
	}
	err = read_keys(JSON_MAX_KEYS, "new");
	assert_non_null(err);
	assert_non_null(strstr(err->text, "too many keys"));
}

/* Keys chosen for their places in the table can't make it slow. */
static void
test_crowded_keys(void **state)
{
	const uint64_t low_bits = 4 * JSON_KEYS_CROWD - 1;
	struct json_keys probe = { .len = 0 }, keys = { .len = 0 };
	enum json_key said = JSON_KEY_NEW;
	char key[24];
	int len;

	(void)state;
	for (unsigned i = 0; said == JSON_KEY_NEW; i++) {
		len = snprintf(key, sizeof(key), "%u", i);
		assert_int_equal(json_keys_add(&probe, 1, key, (size_t)len),
		    JSON_KEY_NEW);
		if ((probe.stack[0] & low_bits) == 0)
			said = json_keys_add(&keys, 1, key, (size_t)len);
		json_keys_drop(&probe, 0);
	}
	assert_int_equal(said, JSON_KEY_CROWDED);
	assert_int_equal(keys.len, JSON_KEYS_CROWD);
	json_keys_drop(&keys, 0);
	assert_int_equal(json_keys_add(&keys, 1, "a", 1), JSON_KEY_NEW);
	assert_int_equal(json_keys_add(&keys, 2, "a", 1), JSON_KEY_NEW);
	assert_int_equal(json_keys_add(&keys, 2, "a", 1), JSON_KEY_REPEATED);
	json_keys_drop(&keys, 1);
	assert_int_equal(json_keys_add(&keys, 2, "a", 1), JSON_KEY_NEW);
	json_keys_release(&keys);
	json_keys_release(&probe);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_surrogates),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_event_error),
		cmocka_unit_test(test_no_events_and_after_an_error),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_long_values),
		cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_crowded_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
