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
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "fetch/xml.h"
#include "fetch/xml_guard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define S(literal) literal, sizeof(literal) - 1
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define DTD "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/page.cgi?id=a.dtd\">\n"

/* Bytes that are handed out a few at a time. */
struct source {
	const char *data;
	size_t len;
	size_t piece;
	const struct err *error;	/* returned at the end, or NULL */
};

static const struct err *
read_some(void *arg, char *data, size_t cap, size_t *got)
{
	struct source *source = arg;

	*got = source->len < cap ? source->len : cap;
	if (*got > source->piece)
		*got = source->piece;
	if (*got == 0)
		return source->error;
	memcpy(data, source->data, *got);
	source->data += *got;
	source->len -= *got;
	return NULL;
}

static void
write_node(struct buf *out, struct xml_stream *stream)
{
	xmlTextReaderPtr xml = xml_reader(stream);
	const xmlChar *name = xmlTextReaderConstName(xml);
	const xmlChar *value = xmlTextReaderConstValue(xml);

	buf_fmt(out, "%d %d %s %s|", xmlTextReaderDepth(xml),
	    xmlTextReaderNodeType(xml),
	    name != NULL ? (const char *)name : "",
	    value != NULL ? (const char *)value : "");
}

/* All nodes, written down. */
static const struct err *
read_all(struct buf *out, const char *data, size_t len, size_t piece,
    const struct err *error)
{
	struct source source = { data, len, piece, error };
	const struct xml_input input = { read_some, &source, "x" };
	struct xml_stream *stream;
	const struct err *err;
	int more = 1;

	buf_init(out, 16 << 20);
	err = xml_stream_new(&stream, &input);
	while (err == NULL && more) {
		err = xml_step(stream, &more);
		if (err == NULL && more)
			write_node(out, stream);
	}
	if (err != NULL && stream != NULL) {
		/* After an error it goes no further. */
		more = 1;
		assert_non_null(xml_step(stream, &more));
		assert_int_equal(more, 0);
	}
	xml_stream_free(stream);
	return err;
}

static void
test_stream(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		const char *nodes;
	} cases[] = {
		{ S("<a/>"), "0 1 a |" },
		{ S(HEAD "<a>x<b c=\"d\">y</b></a>\n"), "0 1 a |1 3 #text x|"
		    "1 1 b |2 3 #text y|1 15 b |0 15 a |" },
		/* a document type that is not followed, as exports have */
		{ S(HEAD DTD "<a>&lt;&amp;&#233;</a>"), "0 10 a |0 1 a |"
		    "1 3 #text <&\xc3\xa9|0 15 a |" },
		{ S("<a><![CDATA[<b>]]&amp;]]></a>"), "0 1 a |"
		    "1 4 #cdata-section <b>]]&amp;|0 15 a |" },
		{ S("<!-- <a b='>' -- ><?x <y \" ?><a/>"), NULL },
		{ S("<!-- <b c=' --><?x <y \" ?><a d='>' e=\"'\"/>"),
		    "0 8 #comment  <b c=' |0 7 x <y \" |0 1 a |" },
		{ S("\xef\xbb\xbf<a>\xe2\x82\xac</a>"),
		    "0 1 a |1 3 #text \xe2\x82\xac|0 15 a |" },
		/* what it says of its encoding is no matter */
		{ S("<?xml version='1.0' encoding='UTF-7'?><a>+ADw-</a>"),
		    "0 1 a |1 3 #text +ADw-|0 15 a |" }
	};
	const struct err *err;
	struct buf out;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t piece = 1; piece <= 64; piece++) {
			err = read_all(&out, cases[i].in, cases[i].len,
			    piece, NULL);
			assert_int_equal(err == NULL, cases[i].nodes != NULL);
			if (err == NULL)
				assert_string_equal(buf_text(&out),
				    cases[i].nodes);
			buf_release(&out);
		}
	}
}

/* Refused, and why.  None of it may reach standard error. */
static const struct {
	const char *in;
	size_t len;
	const char *said;
} refused[] = {
	{ S(""), "no XML" },
	{ S("<a>\n<b></a>"), "x: line 2, byte 8: no XML: Opening and ending "
	    "tag mismatch" },
	{ S("<a></a><b/>"), "Extra content" },
	{ S("<a>&nbsp;</a>"), "Entity 'nbsp' not defined" },
	{ S(DTD "<a>&nbsp;</a>"), "Entity 'nbsp' not defined" },
	{ S("<a>\xff</a>"), "no XML" },
	{ S("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>"),
	    "no XML" },
	{ S("<a>\x01</a>"), "no XML" },
	{ S("<a b='1' b='2'/>"), "Attribute b redefined" },
	{ S("<\0?\0"), "zero byte" },
	{ S("\xff\xfe<\0a\0/\0>\0"), "zero byte" },
	{ S("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"), "declares entities" },
	{ S("<!DOCTYPE a [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n"
	    "<a>&x;</a>"), "declares entities" },
	{ S("<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>"
	    "<a/>"), "declares entities" },
	{ S("<!DOCTYPE a SYSTEM 'x[' [<!ATTLIST b c CDATA 'd'>]><a/>"),
	    "declares entities" },
	{ S("<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>"
	    "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;'>"
	    "<!ENTITY f '&e;&e;&e;&e;&e;&e;&e;'><!ENTITY g '&f;&f;&f;&f;'>"
	    "]><a b='&g;'>&g;</a>"), "declares entities" }
};

static void
test_refused(void **state)
{
	const struct err *err;
	struct buf out;
	FILE *quiet = tmpfile();
	int stderr_was = dup(STDERR_FILENO);

	(void)state;
	assert_non_null(quiet);
	assert_true(dup2(fileno(quiet), STDERR_FILENO) >= 0);
	for (size_t i = 0; i < COUNT(refused); i++) {
		for (size_t piece = 1; piece <= 64; piece += 7) {
			err = read_all(&out, refused[i].in, refused[i].len,
			    piece, NULL);
			buf_release(&out);
			if (err == NULL || err->kind != ERR_CONFIG ||
			    strstr(err->text, refused[i].said) == NULL)
				break;
		}
		if (err == NULL || err->kind != ERR_CONFIG ||
		    strstr(err->text, refused[i].said) == NULL) {
			assert_true(dup2(stderr_was, STDERR_FILENO) >= 0);
			fail_msg("%zu: %s", i, err != NULL ? err->text : "");
		}
	}
	assert_int_equal(fseek(quiet, 0, SEEK_END), 0);
	assert_int_equal(ftell(quiet), 0);
	assert_true(dup2(stderr_was, STDERR_FILENO) >= 0);
	assert_int_equal(close(stderr_was), 0);
	assert_int_equal(fclose(quiet), 0);
}

static void
test_cut(void **state)
{
	static const char whole[] = HEAD DTD "<a b=\"c\"><!-- d --><e/>"
	    "<f>g&lt;</f><![CDATA[h]]></a>";
	const struct err *err;
	struct buf out;

	(void)state;
	for (size_t len = 0; len < sizeof(whole) - 1; len++) {
		err = read_all(&out, whole, len, 5, NULL);
		buf_release(&out);
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_CONFIG);
	}
	err = read_all(&out, whole, sizeof(whole) - 1, 5, NULL);
	buf_release(&out);
	assert_null(err);
}

/* What the source returns comes back as it is. */
static void
test_read_error(void **state)
{
	static const char whole[] = "<a><b>text</b></a>";
	const struct err *mine = err_new(ERR_SYSTEM, "mine");
	struct buf out;

	(void)state;
	for (size_t len = 0; len < sizeof(whole) - 1; len++) {
		assert_ptr_equal(read_all(&out, whole, len, 3, mine), mine);
		buf_release(&out);
	}
}

/* `before`, `count` times `data`, `behind`. */
static char *
repeated(const char *before, const char *data, size_t count,
    const char *behind, size_t *len)
{
	struct buf text;

	buf_init(&text, 32 << 20);
	buf_str(&text, before);
	for (size_t i = 0; i < count; i++)
		buf_str(&text, data);
	buf_str(&text, behind);
	assert_null(buf_error(&text, "text"));
	*len = text.len;
	return buf_take(&text);
}

static void
test_too_much(void **state)
{
	static const struct {
		const char *before, *data;
		size_t count;
		const char *behind, *said;
	} cases[] = {
		{ "", "<a>", XML_MAX_DEPTH, "<b/>", "no XML" },
		{ "", "<a>", XML_MAX_DEPTH + 2, "", "nested too deeply" },
		{ "", "<a>", 1000000, "", "nested too deeply" },
		{ "<a b='", "c", XML_GUARD_TAG - 7, "'/>", NULL },
		{ "<a b='", "c", XML_GUARD_TAG - 6, "'/>",
		    "a tag is too long" },
		{ "<a ", " b='>'", 1000000, "/>", "a tag is too long" },
		{ "<!-- <a ' --><!---><b ' --><a c='", "'\" d='", 1000000,
		    "/>", "a tag is too long" },
		{ "<!DOCTYPE a SYSTEM '", "b", 1000000, "'><a/>",
		    "a tag is too long" },
		{ "<!--", "a", 1000000, "--><a/>", NULL },
		{ "<a>", "b", 9000000, "</a>", NULL },
		{ "<a>", "b", 11000000, "</a>", "over ten million bytes" }
	};
	const struct err *err;
	struct buf out;
	size_t len;
	char *text;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		text = repeated(cases[i].before, cases[i].data,
		    cases[i].count, cases[i].behind, &len);
		err = read_all(&out, text, len, 65536, NULL);
		buf_release(&out);
		mem_free(text);
		if (cases[i].said == NULL) {
			assert_null(err);
			continue;
		}
		assert_non_null(err);
		assert_int_equal(err->kind, ERR_CONFIG);
		if (strstr(err->text, cases[i].said) == NULL)
			fail_msg("%zu: %s", i, err->text);
	}
}

static void
test_lines(void **state)
{
	struct source source = { S("<a>\n<b>\n</b>\n\n<c/></a>"), 3, NULL };
	const struct xml_input input = { read_some, &source, "x" };
	static const struct {
		const char *name;
		uint64_t line;
	} want[] = { { "a", 1 }, { "b", 2 }, { "c", 5 } };
	struct xml_stream *stream;
	size_t found = 0;
	int more = 1;

	(void)state;
	assert_null(xml_stream_new(&stream, &input));
	while (more) {
		assert_null(xml_step(stream, &more));
		if (!more || xmlTextReaderNodeType(xml_reader(stream)) !=
		    XML_READER_TYPE_ELEMENT)
			continue;
		assert_string_equal((const char *)
		    xmlTextReaderConstName(xml_reader(stream)),
		    want[found].name);
		assert_int_equal(xml_line(stream), want[found].line);
		found++;
	}
	assert_int_equal(found, COUNT(want));
	xml_stream_free(stream);
	xml_stream_free(NULL);
}

/* From line 65,535 on a node has no room for its line. */
static void
test_far_lines(void **state)
{
	struct source source = { NULL, 0, 65536, NULL };
	const struct xml_input input = { read_some, &source, "x" };
	struct xml_stream *stream;
	uint64_t line = 0;
	size_t len;
	char *text = repeated("<a>", "<b>\n</b>", 100000, "</a>", &len);
	int more = 1;

	(void)state;
	source.data = text;
	source.len = len;
	assert_null(xml_stream_new(&stream, &input));
	for (size_t steps = 0; steps < 3 * 90000; steps++)
		assert_null(xml_step(stream, &more));
	line = xml_line(stream);
	assert_in_range(line, 90000, 91000);
	xml_stream_free(stream);
	mem_free(text);
}

static const char schema[] =
    "<grammar xmlns='http://relaxng.org/ns/structure/1.0'><start>"
    "<element name='a'><zeroOrMore><element name='b'>"
    "<attribute name='c'/><text/></element></zeroOrMore></element>"
    "</start></grammar>";

static void
test_load(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		const char *said;	/* NULL: good */
	} cases[] = {
		{ S("<a/>"), NULL },
		{ S("<a>\n<b c='1'>x</b>\n<b c=''/>\n</a>"), NULL },
		{ S(HEAD DTD "<a/>"), NULL },
		{ S("<b c='1'/>"), "x:1: Expecting element a, got b" },
		{ S("<a>\n<b c='1'/>\n<b/>\n<b/></a>"), "x:3: " },
		{ S("<a>\n<b c='1'/>\n<d/></a>"), "x:3: " },
		{ S("<a>\n<b c='1' d='2'/></a>"), "x:2: " },
		{ S("<a>\n<b></a>"), "x:2: Opening and ending tag mismatch" },
		{ S(""), "x: the document is empty" },
		{ S("<a>&x;</a>"), "x:1: Entity 'x' not defined" },
		{ S("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"),
		    "x: the document declares entities" },
		{ S("<a><!-- \0 --></a>"), "x: the document is no UTF-8" }
	};
	const struct xml_element *root;
	const struct err *err;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < COUNT(cases); i++) {
		err = xml_load(&root, &arena, "x", cases[i].in, cases[i].len,
		    schema, sizeof(schema) - 1);
		assert_int_equal(err == NULL, cases[i].said == NULL);
		assert_int_equal(err == NULL, root != NULL);
		if (err == NULL)
			continue;
		assert_int_equal(err->kind, ERR_CONFIG);
		if (strncmp(err->text, cases[i].said,
		    strlen(cases[i].said)) != 0)
			fail_msg("%zu: %s", i, err->text);
	}
	/* Without a schema any element will do, but no entity. */
	assert_null(xml_load(&root, &arena, "x", S("<z/>"), NULL, 0));
	assert_string_equal(root->name, "z");
	err = xml_load(&root, &arena, "x", S(DTD "<a>&x;</a>"), NULL, 0);
	assert_non_null(err);
	assert_null(root);
	err = xml_load(&root, &arena, "x", S("<a><b></a>"), NULL, 0);
	assert_non_null(err);
	assert_null(root);
	/* A schema that is none is a fault, too. */
	err = xml_load(&root, &arena, "x", S("<a/>"), S("<a/>"));
	assert_non_null(err);
	assert_null(root);
	arena_release(&arena);
}

/* What is kept of a document, and what is not. */
static void
test_tree(void **state)
{
	const struct xml_element *root, *child;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_null(xml_load(&root, &arena, "x", S(HEAD
	    "<!-- c --><a x='1 &lt; &#x32;'\n y='' z='&amp;b&#38;#38;&amp;'>beside"
	    "<b>t&amp;"
	    "<!-- c --><![CDATA[<u>]]><?pi?>v\n</b>\n<c><d/><d/></c>"
	    "\n<e xmlns:n='u' n:f='g'/></a>"), NULL, 0));
	assert_string_equal(root->name, "a");
	assert_null(root->next);
	assert_string_equal(root->text, "");
	assert_int_equal(root->line, 3);
	assert_int_equal(root->attribute_len, 3);
	assert_string_equal(root->attributes[0].name, "x");
	assert_string_equal(root->attributes[0].value, "1 < 2");
	assert_string_equal(root->attributes[1].value, "");
	assert_string_equal(root->attributes[2].value, "&b&#38;&");
	child = root->children;
	assert_string_equal(child->name, "b");
	assert_string_equal(child->text, "t&<u>v\n");
	assert_null(child->children);
	assert_int_equal(child->attribute_len, 0);
	child = child->next;
	assert_string_equal(child->name, "c");
	assert_string_equal(child->children->name, "d");
	assert_string_equal(child->children->next->name, "d");
	assert_null(child->children->next->next);
	child = child->next;
	assert_int_equal(child->line, 6);
	assert_string_equal(child->text, "");
	assert_string_equal(child->attributes[0].name, "f");
	assert_null(child->next);
	arena_release(&arena);

	arena_init(&arena, 100);
	assert_int_equal(xml_load(&root, &arena, "x",
	    S("<a><b/><b/><b/></a>"), NULL, 0)->kind, ERR_SYSTEM);
	assert_null(root);
	assert_true(arena.full);
	arena_release(&arena);
}

static void
test_element_line(void **state)
{
	size_t len;
	char *text = repeated("<a>\n<b/>", "\n", 100000, "<c/></a>", &len);
	const struct xml_element *root;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_null(xml_load(&root, &arena, "x", text, len, NULL, 0));
	assert_int_equal(root->line, 1);
	assert_int_equal(root->children->line, 2);
	assert_int_equal(root->children->next->line, 100002);
	arena_release(&arena);
	mem_free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_read_error),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_far_lines),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_element_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
