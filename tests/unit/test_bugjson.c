/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <stdio.h>

#include "fetch/bugjson.h"
#include "tests/unit/parts.h"

#define R "\xef\xbf\xbd"	/* U+FFFD */
#define T "2024-05-06T07:08:09Z"
/* A comment of bug 5 in the shape of an answer, and as it is written. */
#define C1 "{\"id\":71,\"bug_id\":5,\"count\":0,\"time\":\"" T "\"," \
	"\"creator\":\"a@ca.example\",\"text\":\"one\",\"is_private\":false," \
	"\"attachment_id\":null,\"tags\":[],\"creation_time\":\"" T "\"}"
#define L1 "  comment 71 of 5 #0 " T " <a@ca.example>: one\n"

/* The same of a change, at that second. */
#define CHANGE(second, to) "{\"when\":\"2024-05-06T07:08:0" second "Z\"," \
	"\"who\":\"w\",\"changes\":[{\"field_name\":\"status\"," \
	"\"removed\":\"\",\"added\":\"" to "\"}]}"
#define CHANGED(second, to) "  change 2024-05-06T07:08:0" second "Z <w> " \
	"status: '' to '" to "'\n"

/* Read with pieces of that size; what was written is in parts->text. */
static const struct err *
read_in(struct parts *parts, const char *data, size_t len, size_t piece)
{
	struct bugjson *reader;
	const struct err *err;
	size_t bytes;

	parts_begin(parts, data, len, piece);
	err = bugjson_new(&reader, "x", &parts->sink, &parts->result);
	while (err == NULL && parts->len > 0) {
		bytes = parts->len < piece ? parts->len : piece;
		err = bugjson_feed(reader, parts->data, bytes);
		parts->data += bytes;
		parts->len -= bytes;
	}
	if (err == NULL)
		err = bugjson_end(reader);
	bugjson_free(reader);
	return err;
}

struct answer {
	const char *json;
	enum intake_kind kind;
	uint64_t parts, skipped;
	const char *lines;
};

/* Answers of all shapes; keys in any order. */
static const struct answer shapes[] = {
	/* lists */
	{ "{\"bugs\":[{\"id\":5}]}", INTAKE_BUGS, 1, 0, "bug 5\n" },
	{ "{\"faults\":[],\"bugs\":[{\"id\":5,\"summary\":\"A: b\"}]}",
	    INTAKE_BUGS, 1, 0, "bug 5 summary=A: b\n" },
	{ "{\"bugs\":[{\"whiteboard\":\"[x]\",\"id\":5},"
	    "{\"id\":6,\"status\":\"NEW\"}]}", INTAKE_BUGS, 2, 0,
	    "bug 5 whiteboard=[x]\nbug 6 status=NEW\n" },
	/* every field */
	{ "{\"bugs\":[{\"product\":\"p\",\"component\":\"c\",\"summary\":"
	    "\"s\",\"whiteboard\":\"w\",\"status\":\"RESOLVED\","
	    "\"resolution\":\"FIXED\",\"creator\":\"a@b.example\","
	    "\"assigned_to\":\"c@d.example\",\"priority\":\"P1\","
	    "\"severity\":\"S2\",\"type\":\"task\",\"keywords\":[\"k\",\"l\"],"
	    "\"alias\":\"z\",\"url\":\"https://e.example/\","
	    "\"creation_time\":\"" T "\",\"last_change_time\":\"" T "\","
	    "\"cf_last_resolved\":\"" T "\",\"dupe_of\":4,"
	    "\"comment_count\":12,\"id\":5}]}", INTAKE_BUGS, 1, 0,
	    "bug 5 product=p component=c summary=s whiteboard=w "
	    "status=RESOLVED resolution=FIXED creator=a@b.example "
	    "assigned_to=c@d.example priority=P1 severity=S2 type=task "
	    "keywords=k, l alias=z url=https://e.example/ creation_time=" T
	    " last_change_time=" T " cf_last_resolved=" T " dupe_of=4 "
	    "comment_count=12\n" },
	/* null is a field that was told */
	{ "{\"bugs\":[{\"id\":5,\"summary\":null,\"keywords\":null,"
	    "\"alias\":null,\"creation_time\":null,\"dupe_of\":null,"
	    "\"comment_count\":null}]}", INTAKE_BUGS, 1, 0,
	    "bug 5 summary= keywords= alias= creation_time=- dupe_of=-1 "
	    "comment_count=-1\n" },
	{ "{\"bugs\":[{\"id\":5,\"cf_last_resolved\":\"\"}]}", INTAKE_BUGS, 1,
	    0, "bug 5 cf_last_resolved=-\n" },
	/* an alias in all its forms */
	{ "{\"bugs\":[{\"id\":5,\"alias\":[]},{\"id\":6,\"alias\":[\"a\"]},"
	    "{\"id\":7,\"alias\":[\"a\",\"b\"]}]}", INTAKE_BUGS, 3, 0,
	    "bug 5 alias=\nbug 6 alias=a\nbug 7 alias=a, b\n" },
	/* what isn't read is skipped at any depth */
	{ "{\"x\":{\"bugs\":[{\"id\":9}]},\"bugs\":[{\"flags\":[{\"id\":9,"
	    "\"summary\":[\"z\"]}],\"id\":5,\"creator_detail\":{\"id\":9},"
	    "\"attachments\":[{\"id\":9,\"data\":\"QUJD\"}],\"counts\":"
	    "{\"comments\":3},\"\":1,\"i\":2,\"idx\":3}]}", INTAKE_BUGS, 1, 0,
	    "bug 5\n" },
	/* comments and history inside, before and after the number */
	{ "{\"bugs\":[{\"id\":5,\"comments\":[" C1 "]}]}", INTAKE_BUGS, 1, 0,
	    "bug 5 +comments\n" L1 },
	{ "{\"bugs\":[{\"comments\":[" C1 "],\"summary\":\"s\",\"history\":[{"
	    "\"changes\":[{\"added\":\"x\",\"field_name\":\"status\","
	    "\"removed\":\"y\"}],\"who\":\"w\",\"when\":\"" T "\"}],"
	    "\"id\":5}]}", INTAKE_BUGS, 1, 0, "bug 5 summary=s +comments "
	    "+history\n" L1 "  change " T " <w> status: 'y' to 'x'\n" },
	{ "{\"bugs\":[{\"id\":5,\"comments\":[],\"history\":[]}]}",
	    INTAKE_BUGS, 1, 0, "bug 5 +comments +history\n" },
	{ "{\"bugs\":[{\"id\":5,\"comments\":null,\"history\":null}]}",
	    INTAKE_BUGS, 1, 0, "bug 5\n" },
	/* /bug/ID/comment */
	{ "{\"bugs\":{\"5\":{\"comments\":[" C1 "]}},\"comments\":{}}",
	    INTAKE_COMMENTS, 1, 0, "bug 5 +comments\n" L1 },
	{ "{\"comments\":{},\"bugs\":{\"6\":{\"comments\":[]},\"5\":"
	    "{\"x\":[1],\"comments\":[" C1 "]}}}", INTAKE_COMMENTS, 2, 0,
	    "bug 6 +comments\nbug 5 +comments\n" L1 },
	/* the bug's number is said by where the comment stands */
	{ "{\"bugs\":{\"5\":{\"comments\":[{\"creation_time\":\"" T "\","
	    "\"text\":\"t\",\"id\":72}]}}}", INTAKE_COMMENTS, 1, 0,
	    "bug 5 +comments\n  comment 72 of 5 #-1 " T " <>: t\n" },
	{ "{\"bugs\":{\"5\":{\"comments\":[{\"text\":\"a\\r\\nb\\tc \","
	    "\"raw_text\":\"\\u0000\",\"author\":7,\"reactions\":{\"id\":1},"
	    "\"is_private\":true,\"attachment_id\":33,\"count\":4,"
	    "\"creator\":\"d\",\"time\":\"" T "\",\"id\":73}]}}}",
	    INTAKE_COMMENTS, 1, 0, "bug 5 +comments\n  comment 73 of 5 #4 " T
	    " <d> attachment 33 private: a\nb\tc \n" },
	/* 0 and 1 for no and yes, null for no text */
	{ "{\"bugs\":{\"5\":{\"comments\":[{\"text\":null,\"is_private\":1,"
	    "\"time\":\"" T "\",\"id\":74},{\"text\":\"\",\"is_private\":0,"
	    "\"creator\":null,\"time\":\"" T "\",\"id\":75}]}}}",
	    INTAKE_COMMENTS, 1, 0, "bug 5 +comments\n"
	    "  comment 74 of 5 #-1 " T " <> private: \n"
	    "  comment 75 of 5 #-1 " T " <>: \n" },
	/* /bug/comment/ID */
	{ "{\"bugs\":{},\"comments\":{\"71\":" C1 "}}", INTAKE_COMMENTS, 1, 0,
	    "bug 5 +comments\n" L1 },
	{ "{\"comments\":{\"71\":" C1 ",\"76\":{\"id\":76,\"bug_id\":6,"
	    "\"time\":\"" T "\",\"text\":\"six\"}}}", INTAKE_COMMENTS, 2, 0,
	    "bug 5 +comments\n" L1 "bug 6 +comments\n  comment 76 of 6 #-1 " T
	    " <>: six\n" },
	/* /bug/ID/history: its alias makes no bug of it */
	{ "{\"bugs\":[{\"id\":5,\"alias\":\"z\",\"history\":[]},{\"history\":["
	    "{\"when\":\"" T "\",\"who\":\"w\",\"changes\":[{\"field_name\":"
	    "\"status\",\"removed\":\"NEW\",\"added\":\"RESOLVED\"},"
	    "{\"field_name\":\"flagtypes.name\",\"removed\":\"\",\"added\":"
	    "\"needinfo?\",\"attachment_id\":8}]},{\"changes\":[],\"when\":"
	    "\"" T "\"}],\"id\":6,\"alias\":[]}]}", INTAKE_HISTORY, 2, 0,
	    "bug 5 +history\nbug 6 +history\n"
	    "  change " T " <w> status: 'NEW' to 'RESOLVED'\n"
	    "  change " T " <w> flagtypes.name: '' to 'needinfo?'\n" },
	{ "{\"bugs\":[{\"id\":5,\"history\":[{\"when\":\"" T "\",\"who\":null,"
	    "\"changes\":[{\"field_name\":\"cc\",\"removed\":null}]}]}]}",
	    INTAKE_HISTORY, 1, 0, "bug 5 +history\n"
	    "  change " T " <> cc: '' to ''\n" },
	/* out of order: by time, then as told */
	{ "{\"bugs\":[{\"id\":5,\"history\":[" CHANGE("9", "a") ","
	    CHANGE("7", "b") "," CHANGE("9", "c") "," CHANGE("8", "d") ","
	    CHANGE("7", "e") "]}]}", INTAKE_HISTORY, 1, 0,
	    "bug 5 +history\n" CHANGED("7", "b") CHANGED("7", "e")
	    CHANGED("8", "d") CHANGED("9", "a") CHANGED("9", "c") },
	/* several answers, of one kind and of several */
	{ "{\"bugs\":[{\"id\":5}]}\n{\"bugs\":[{\"id\":5}]}", INTAKE_BUGS, 2,
	    0, "bug 5\nbug 5\n" },
	{ "{\"bugs\":[{\"id\":5}]}{\"bugs\":{\"5\":{\"comments\":[]}}}",
	    INTAKE_MIXED, 2, 0, "bug 5\nbug 5 +comments\n" },
	{ "{\"bugs\":[{\"id\":5,\"history\":[]}]}{\"bugs\":[{\"id\":5}]}",
	    INTAKE_MIXED, 2, 0, "bug 5 +history\nbug 5\n" },
	/* nothing */
	{ "{\"bugs\":[]}", INTAKE_BUGS, 0, 0, "answer-empty 0 \n" },
	{ "{\"bugs\":{},\"comments\":{}}", INTAKE_COMMENTS, 0, 0,
	    "answer-empty 0 \n" },
	{ "{\"comments\":{}}", INTAKE_COMMENTS, 0, 0, "answer-empty 0 \n" },
	/* no error */
	{ "{\"error\":null,\"bugs\":[{\"id\":5}]}", INTAKE_BUGS, 1, 0,
	    "bug 5\n" },
	{ "{\"bugs\":[{\"id\":5}],\"error\":false}", INTAKE_BUGS, 1, 0,
	    "bug 5\n" },
	/* bugs that the server didn't give */
	{ "{\"bugs\":[{\"id\":5}],\"faults\":[{\"id\":6,\"faultCode\":102,"
	    "\"faultString\":\"not allowed\"},{\"faultString\":\"what?\","
	    "\"id\":\"zz\"},{}]}", INTAKE_BUGS, 1, 0, "bug 5\n"
	    "fault 6 not allowed\nfault 0 zz: what?\nfault 0 \n" }
};

/* Bad things are named and skipped, and what is good beside them stays. */
static const struct answer bad[] = {
	/* numbers of bugs */
	{ "{\"bugs\":[{},{\"summary\":\"x\"},{\"id\":5}]}", INTAKE_BUGS, 1, 2,
	    "bug-bad 0 entry 1 of \"bugs\": it has no number\n"
	    "bug-bad 0 entry 2 of \"bugs\": it has no number\nbug 5\n" },
	{ "{\"bugs\":[{\"id\":0},{\"id\":-5},{\"id\":1.5},{\"id\":1e3}]}",
	    INTAKE_BUGS, 0, 4,
	    "bug-bad 0 entry 1 of \"bugs\": \"0\" is no bug number\n"
	    "bug-bad 0 entry 2 of \"bugs\": \"-5\" is no bug number\n"
	    "bug-bad 0 entry 3 of \"bugs\": \"1.5\" is no bug number\n"
	    "bug-bad 0 entry 4 of \"bugs\": \"1e3\" is no bug number\n" },
	{ "{\"bugs\":[{\"id\":-0},{\"id\":1e400},{\"id\":"
	    "99999999999999999999},{\"id\":9007199254740993},"
	    "{\"id\":9007199254740992}]}", INTAKE_BUGS, 1, 4,
	    "bug-bad 0 entry 1 of \"bugs\": \"-0\" is no bug number\n"
	    "bug-bad 0 entry 2 of \"bugs\": \"1e400\" is no bug number\n"
	    "bug-bad 0 entry 3 of \"bugs\": \"99999999999999999999\" is no "
	    "bug number\n"
	    "bug-bad 0 entry 4 of \"bugs\": \"9007199254740993\" is no bug "
	    "number\nbug 9007199254740992\n" },
	{ "{\"bugs\":[{\"id\":\"5\"},{\"id\":true},{\"id\":null},{\"id\":{}},"
	    "{\"id\":[5]}]}", INTAKE_BUGS, 0, 5,
	    "bug-bad 0 entry 1 of \"bugs\": id is a text\n"
	    "bug-bad 0 entry 2 of \"bugs\": id is true or false\n"
	    "bug-bad 0 entry 3 of \"bugs\": its number is null\n"
	    "bug-bad 0 entry 4 of \"bugs\": id is an object\n"
	    "bug-bad 0 entry 5 of \"bugs\": id is a list\n" },
	{ "{\"bugs\":[5,null,[],{\"id\":5}]}", INTAKE_BUGS, 1, 3,
	    "bug-bad 0 entry 1 of \"bugs\": it is a number\n"
	    "bug-bad 0 entry 2 of \"bugs\": it is null\n"
	    "bug-bad 0 entry 3 of \"bugs\": it is a list\nbug 5\n" },
	/* fields, before and after the number; the first reason is given */
	{ "{\"bugs\":[{\"summary\":7,\"status\":8,\"id\":5},{\"id\":6,"
	    "\"summary\":\"s\"}]}", INTAKE_BUGS, 1, 1,
	    "bug-bad 5 summary is a number\nbug 6 summary=s\n" },
	{ "{\"bugs\":[{\"id\":5,\"summary\":[\"x\"]},{\"id\":6,\"summary\":{"
	    "\"id\":9}},{\"id\":7,\"summary\":true}]}", INTAKE_BUGS, 0, 3,
	    "bug-bad 5 summary is a list\nbug-bad 6 summary is an object\n"
	    "bug-bad 7 summary is true or false\n" },
	{ "{\"bugs\":[{\"id\":5,\"creation_time\":\"2024-02-30T00:00:00Z\"},"
	    "{\"id\":6,\"creation_time\":1714978089},{\"id\":7,"
	    "\"last_change_time\":\"2024-05-06T07:08:09\"}]}", INTAKE_BUGS, 0,
	    3, "bug-bad 5 creation_time \"2024-02-30T00:00:00Z\" is no "
	    "time\nbug-bad 6 creation_time is a number\n"
	    "bug-bad 7 last_change_time \"2024-05-06T07:08:09\" is no "
	    "time\n" },
	{ "{\"bugs\":[{\"id\":5,\"dupe_of\":0},{\"id\":6,\"comment_count\":"
	    "-1},{\"id\":7,\"comment_count\":\"3\"}]}", INTAKE_BUGS, 0, 3,
	    "bug-bad 5 dupe_of \"0\" is no such number\n"
	    "bug-bad 6 comment_count \"-1\" is no such number\n"
	    "bug-bad 7 comment_count is a text\n" },
	{ "{\"bugs\":[{\"id\":5,\"keywords\":[\"a\",7,[{\"b\":1}]]},{\"id\":6,"
	    "\"keywords\":[[{\"keywords\":1}],\"a\"]},{\"id\":7,"
	    "\"comments\":{}},{\"id\":8,\"history\":\"x\"}]}", INTAKE_BUGS, 0,
	    4, "bug-bad 5 keywords holds a number\n"
	    "bug-bad 6 keywords holds a list\n"
	    "bug-bad 7 comments is an object\n"
	    "bug-bad 8 history is a text\n" },
	/* with the bug goes what is in it */
	{ "{\"bugs\":[{\"comments\":[{}," C1 "],\"id\":5,\"type\":1}]}",
	    INTAKE_BUGS, 0, 1, "bug-bad 5 type is a number\n" },
	/* keys that are no bug numbers, or lead to no comments */
	{ "{\"bugs\":{\"zz\":{\"comments\":[" C1 "]},\"5\":{},\"6\":null,"
	    "\"7\":{\"comments\":\"x\"},\"8\":{\"comments\":[]}}}",
	    INTAKE_COMMENTS, 1, 4,
	    "bug-bad 0 entry 1 of \"bugs\": \"zz\" is no bug number\n"
	    "bug-bad 5 it has no comments\nbug-bad 6 it is null\n"
	    "bug-bad 7 comments is a text\nbug 8 +comments\n" },
	/* comments */
	{ "{\"bugs\":{\"5\":{\"comments\":[{}," C1 ",{\"id\":77},7,{\"id\":78,"
	    "\"time\":\"" T "\"},{\"text\":\"\",\"time\":\"" T "\"}]}}}",
	    INTAKE_COMMENTS, 1, 5,
	    "comment-bad 5 a comment: it has no number\n"
	    "comment-bad 5 comment 77: it has no time\n"
	    "comment-bad 5 a comment: it is a number\n"
	    "comment-bad 5 comment 78: it has no text\n"
	    "comment-bad 5 a comment: it has no number\n"
	    "bug 5 +comments\n" L1 },
	{ "{\"bugs\":[{\"comments\":[{\"id\":77,\"text\":\"\",\"time\":"
	    "\"yesterday\"},{\"id\":-1,\"text\":\"\",\"time\":\"" T "\"},"
	    "{\"id\":78,\"text\":5},{\"id\":79,\"is_private\":2},{\"id\":80,"
	    "\"count\":-1},{\"id\":81,\"attachment_id\":0}],\"id\":5}]}",
	    INTAKE_BUGS, 1, 6,
	    "comment-bad 5 comment 77: time \"yesterday\" is no time\n"
	    "comment-bad 5 a comment: id \"-1\" is no such number\n"
	    "comment-bad 5 comment 78: text is a number\n"
	    "comment-bad 5 comment 79: is_private \"2\" is neither 0 nor 1\n"
	    "comment-bad 5 comment 80: count \"-1\" is no such number\n"
	    "comment-bad 5 comment 81: attachment_id \"0\" is no such number\n"
	    "bug 5 +comments\n" },
	/* a comment of another bug */
	{ "{\"bugs\":[{\"comments\":[" C1 ",{\"id\":82,\"bug_id\":6,\"time\":"
	    "\"" T "\",\"text\":\"x\"}],\"id\":5}]}", INTAKE_BUGS, 1, 1,
	    "comment-bad 5 comment 82: it says that its bug is 6\n"
	    "bug 5 +comments\n" L1 },
	/* a comment alone must name its bug */
	{ "{\"comments\":{\"71\":{\"id\":71,\"time\":\"" T "\",\"text\":\"\"},"
	    "\"72\":5}}", INTAKE_COMMENTS, 0, 2,
	    "comment-bad 0 comment 71: it has no bug\n"
	    "comment-bad 0 a comment: it is a number\n" },
	/* changes: the others stay, but it isn't the whole history */
	{ "{\"bugs\":[{\"history\":[{\"when\":\"" T "\",\"who\":\"w\","
	    "\"changes\":[{\"removed\":\"x\"},7,{\"field_name\":5},"
	    "{\"field_name\":\"cc\"}]}],\"id\":5}]}", INTAKE_HISTORY, 1, 3,
	    "change-bad 5 a change: it has no field\n"
	    "change-bad 5 a change: it is a number\n"
	    "change-bad 5 a change: field_name is a number\n"
	    "bug 5\n  change " T " <w> cc: '' to ''\n" },
	{ "{\"bugs\":[{\"id\":5,\"history\":[{\"changes\":[{\"field_name\":"
	    "\"cc\"}]},{\"when\":\"x\",\"changes\":[]},{\"when\":5},null,"
	    "{\"when\":\"" T "\",\"changes\":{}},{\"when\":\"" T "\",\"who\":"
	    "7},{\"when\":\"" T "\",\"changes\":[{\"field_name\":\"url\"}]}"
	    "]}]}", INTAKE_HISTORY, 1, 6,
	    "change-bad 5 an entry (changes: 1): it has no time\n"
	    "change-bad 5 an entry (changes: 0): when \"x\" is no time\n"
	    "change-bad 5 an entry (changes: 0): when is a number\n"
	    "change-bad 5 an entry (changes: 0): it is null\n"
	    "change-bad 5 an entry (changes: 0): changes is an object\n"
	    "change-bad 5 an entry (changes: 0): who is a number\n"
	    "bug 5\n  change " T " <> url: '' to ''\n" },
	/* repaired texts, one line a field */
	{ "{\"bugs\":[{\"summary\":\"a\\u0000\\ud800b\xff\",\"keywords\":["
	    "\"\x80\",\"\x81\"],\"comments\":[{\"text\":\"\\u0007\\ud83d\","
	    "\"creator\":\"\xc0\",\"time\":\"" T "\",\"id\":83}],\"history\":["
	    "{\"who\":\"\xff\",\"when\":\"" T "\",\"changes\":[{\"field_name\":"
	    "\"cc\",\"added\":\"\xfe\",\"removed\":\"\xfd\"}]}],\"id\":5}]}",
	    INTAKE_BUGS, 1, 0,
	    "text-repaired 5 1 in the creator of comment 83\n"
	    "text-repaired 5 2 in the text of comment 83\n"
	    "text-repaired 5 2 in a change of cc\n"
	    "text-repaired 5 1 in who made a change\n"
	    "text-repaired 5 3 in the summary\n"
	    "text-repaired 5 2 in the keywords\n"
	    "bug 5 summary=a" R R "b" R " keywords=" R ", " R " +comments "
	    "+history\n  comment 83 of 5 #-1 " T " <" R ">: " R R "\n"
	    "  change " T " <" R "> cc: '" R "' to '" R "'\n" }
};

static void
read_answers(const struct answer *answers, size_t count)
{
	const struct err *err;
	struct parts parts;

	for (size_t i = 0; i < count; i++) {
		const char *json = answers[i].json;

		for (size_t piece = 1; piece <= 64; piece++) {
			err = read_in(&parts, json, strlen(json), piece);
			if (err != NULL)
				fail_msg("%s: %s", json, err->text);
			assert_string_equal(buf_text(&parts.text),
			    answers[i].lines);
			assert_int_equal(parts.result.kind, answers[i].kind);
			assert_int_equal(parts.result.parts,
			    answers[i].parts);
			assert_int_equal(parts.result.skipped,
			    answers[i].skipped);
			parts_end(&parts);
		}
	}
}

static void
test_shapes(void **state)
{
	(void)state;
	read_answers(shapes, COUNT(shapes));
}

static void
test_bad(void **state)
{
	(void)state;
	read_answers(bad, COUNT(bad));
}

/* Do the bytes end between two answers?  No text here holds a brace. */
static bool
is_whole(const char *json, size_t len)
{
	int open = 0;

	for (size_t i = 0; i < len; i++)
		open += (json[i] == '{') - (json[i] == '}');
	return len > 0 && open == 0;
}

/* A cut answer is an error, and what was handed over is right. */
static void
test_cut(void **state)
{
	const struct err *err;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(shapes); i++) {
		const char *json = shapes[i].json;

		for (size_t len = 0; len < strlen(json); len++) {
			err = read_in(&parts, json, len, 4096);
			assert_int_equal(err == NULL, is_whole(json, len));
			if (err != NULL)
				assert_int_equal(err->kind, ERR_CONFIG);
			assert_true(parts_prefix(buf_text(&parts.text),
			    shapes[i].lines));
			parts_end(&parts);
		}
	}
}

static void
test_refused(void **state)
{
	static const struct {
		const char *json;
		enum err_kind kind;
		const char *said;
	} cases[] = {
		{ "{\"error\":true,\"code\":102,\"message\":\"You may not.\","
		    "\"documentation\":\"d\"}", ERR_SERVER, "x: the server "
		    "answered with error 102: You may not.: " },
		{ "{\"message\":null,\"code\":100500,\"error\":true}",
		    ERR_SERVER, "error 100500: no reason given" },
		{ "{\"bugs\":[{\"id\":5}],\"error\":true}", ERR_SERVER,
		    "error (no number): no reason given" },
		{ "{\"error\":true,\"code\":\"zz\",\"bugs\":[]}", ERR_SERVER,
		    "error zz" },
		{ "{\"error\":{\"code\":5,\"message\":\"m\"},\"id\":1,"
		    "\"result\":null}", ERR_SERVER, "error (no number)" },
		{ "{\"error\":\"Bad\",\"bugs\":[]}", ERR_SERVER, "error" },
		{ "{\"error\":1,\"code\":{},\"message\":[]}", ERR_SERVER,
		    "error (no number): no reason" },
		{ "{\"bug_count\":1670}", ERR_CONFIG, "x: holds no bugs: " },
		{ "{}", ERR_CONFIG, "holds no bugs" },
		{ "{\"bugs\":null}", ERR_CONFIG, "holds no bugs" },
		{ "{\"version\":\"5.2\"}", ERR_CONFIG, "holds no bugs" },
		{ "{\"bugs\":[]}{\"id\":1}", ERR_CONFIG, "holds no bugs" },
		{ "{\"bugs\":7}", ERR_CONFIG, "\"bugs\" is a number" },
		{ "{\"bugs\":\"x\"}", ERR_CONFIG, "\"bugs\" is a text" },
		{ "{\"comments\":[]}", ERR_CONFIG, "\"comments\" is a list" },
		{ "{\"bugs\":{\"5\":[{\"data\":\"QUJD\"}]},\"attachments\":{}}",
		    ERR_CONFIG, "attachments of bugs" },
		{ "[]", ERR_CONFIG, "it is a list, not an object" },
		{ "7", ERR_CONFIG, "it is a number, not an object" },
		{ "null", ERR_CONFIG, "it is null, not an object" },
		{ "{\"bugs\":[]} \"x\"", ERR_CONFIG, "it is a text" },
		{ "{\"bugs\":[{\"id\":5,\"id\":6}]}", ERR_CONFIG,
		    "stands twice" },
		{ "{\"bugs\":[{\"id\":5,\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", ERR_CONFIG,
		    "nested too deeply" }
	};
	const struct err *err;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		err = read_in(&parts, cases[i].json, strlen(cases[i].json),
		    1 + i % 7);
		assert_non_null(err);
		if (err->kind != cases[i].kind ||
		    strstr(err->text, cases[i].said) == NULL)
			fail_msg("%s: %s", cases[i].json, err->text);
		parts_end(&parts);
	}
}

static void
test_places(void **state)
{
	static const char json[] = "{\"bugs\":[\n{\"id\":5,\n\"status\":7},\n"
	    "{\"comments\":[{}],\n\"id\":6}]}";
	struct parts parts;
	struct bugjson *reader;

	(void)state;
	parts_begin(&parts, json, sizeof(json) - 1, 0);
	parts.places = true;
	assert_null(bugjson_new(&reader, "x", &parts.sink, &parts.result));
	assert_null(bugjson_feed(reader, json, sizeof(json) - 1));
	assert_null(bugjson_end(reader));
	bugjson_free(reader);
	bugjson_free(NULL);
	assert_string_equal(buf_text(&parts.text),
	    "bug-bad 5 at 3:11 status is a number\n"
	    "comment-bad 6 at 4:15 a comment: it has no number\n"
	    "bug 6 +comments\n");
	parts_end(&parts);
}

static const struct err *
refuse_put(void *arg, const struct bug *bug)
{
	(void)bug;
	return arg;
}

static void
test_put_error(void **state)
{
	const struct err *mine = err_new(ERR_SYSTEM, "mine");
	struct intake_result result = { .kind = INTAKE_NONE };
	union {
		const struct err *in;
		void *out;
	} arg = { .in = mine };
	struct intake_sink sink = { refuse_put, arg.out, NULL };
	struct bugjson *reader;

	(void)state;
	assert_null(bugjson_new(&reader, "x", &sink, &result));
	assert_ptr_equal(bugjson_feed(reader, "{\"bugs\":[{\"id\":5},", 18),
	    mine);
	bugjson_free(reader);
}

/* `before`, `count` times `middle`, `behind`. */
static const struct err *
feed_many(struct bugjson *reader, size_t count, const char *before,
    const char *middle, const char *behind)
{
	const struct err *err = bugjson_feed(reader, before, strlen(before));

	for (size_t i = 0; i < count && err == NULL; i++)
		err = bugjson_feed(reader, middle, strlen(middle));
	if (err == NULL)
		err = bugjson_feed(reader, behind, strlen(behind));
	return err;
}

/* A bug with too much in it is skipped, and the next one read. */
static void
test_too_much(void **state)
{
	static const struct {
		const char *before, *middle;
		size_t count;
		const char *behind;
	} cases[] = {
		/* texts, comments, changes */
		{ "{\"bugs\":[{\"id\":5,\"comments\":[{}",
		    "," C1, 400000, "]},{\"id\":6}]}" },
		{ "{\"bugs\":[{\"id\":5,\"history\":[{\"changes\":[{}",
		    ",{\"field_name\":\"a\"}", 700000, "]}]},{\"id\":6}]}" },
		{ "{\"bugs\":[{\"keywords\":[\"a\"", ",\"abcdefghijklmno\"",
		    600000, "],\"id\":5},{\"id\":6}]}" }
	};
	struct bugjson *reader;
	struct parts parts;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		parts_begin(&parts, "", 0, 0);
		assert_null(bugjson_new(&reader, "x", &parts.sink,
		    &parts.result));
		assert_null(feed_many(reader, cases[i].count, cases[i].before,
		    cases[i].middle, cases[i].behind));
		assert_null(bugjson_end(reader));
		bugjson_free(reader);
		assert_string_equal(buf_text(&parts.text), i < 2 ?
		    "bug-bad 5 it has over 32 MiB\nbug 6\n" :
		    "bug-bad 5 keywords is too long\nbug 6\n");
		parts_end(&parts);
	}
}

/* More findings in one bug than are kept for its number: all are told. */
static void
test_many_findings(void **state)
{
	struct bugjson *reader;
	struct parts parts;

	(void)state;
	parts_begin(&parts, "", 0, 0);
	assert_null(bugjson_new(&reader, "x", &parts.sink, &parts.result));
	assert_null(feed_many(reader, 30000, "{\"bugs\":[{\"comments\":[{}",
	    ",{}", "],\"id\":5}]}"));
	assert_null(bugjson_end(reader));
	bugjson_free(reader);
	assert_int_equal(parts.result.skipped, 30001);
	assert_int_equal(parts.diags.count[DIAG_BAD], 30001);
	assert_int_equal(parts.result.parts, 1);
	parts_end(&parts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_put_error),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_many_findings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
