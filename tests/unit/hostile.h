/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/* Texts that want to be markup, for the tests of all output languages. */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include <stddef.h>

#define RLO "\xe2\x80\xae"
#define LRE "\xe2\x80\xaa"
#define PDF "\xe2\x80\xac"
#define RLI "\xe2\x81\xa7"
#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"
#define LRM "\xe2\x80\x8e"
#define FFFD "\xef\xbf\xbd"

static const char *const hostile[] = {
	"plain words",
	" leading blank", "trailing blank ", "  two  inside  ", " ", "\tx\t",
	"# heading", "## x", "#", "- item", "-", "+ item", "* item", "***",
	"---", "- - -", "===", "___", "1. item", "1) item", "123456789. x",
	"1234567890. x", "1.", "2)", "1.5 and 2) x", "> quote", ">",
	"    code", "```", "```c", "~~~", "`code`", "``a`b``", "`",
	"*em*", "**strong**", "_em_", "__strong__", "snake_case_name",
	"a*b*c", "~~gone~~", "~gone~", "\\", "\\\\", "\\*", "a\\", "\\|",
	"a|b", "|", "||", "\\||", "| a | b |", "|-", "|}", "{|", "|+",
	"|---|---|", ":-", ":--:|--", "!", "a!", "!b", "![x](y)", "!!",
	"[x](http://evil.example/)", "[x](<javascript:alert(1)>)", "[x]: y",
	"[^1]", "[^1]: note", "[ ] task", "[x] task", "[[Main Page]]",
	"[[Category:X]]", "[[File:X.png]]", "{{Delete}}", "{{{1}}}", "-{x}-",
	"-{", "__NOTOC__", "__TOC__", "~~~~", "~~~~~", "'''bold'''", "''it''",
	"'", "== x ==", "=", "; term : def", ": indent", "* x", "#REDIRECT x",
	"----", "<nowiki>", "</nowiki>", "<pre>", "<!-- c -->", "<!--", "-->",
	"<script>alert(1)</script>", "<b>", "</td></tr></table>", "<br>",
	"<br/>", "<a href=\"x\">", "<https://evil.example>", "<", ">", "<x@y>",
	"&", "&amp;", "&lt;b&gt;", "&#91;", "&#x202E;", "&copy", "&nbsp;",
	"http://evil.example/", "https://evil.example/?a=1&b=2",
	"ftp://evil.example", "www.evil.example", "WWW.evil.example",
	"(www.evil.example)", "//evil.example", "mailto:", "RFC 1234",
	"PMID 1234", "ISBN 0-306-40615-2", "see RFC 5280, ISBN 123456789X",
	"=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\"", "\"\"",
	"a,b", "a;b", "\"a\",\"b\"", "$1 and $2", "$x$", "$$x$$", "100%",
	"%41", "^x^", "a^2", "(a)", "(", ")", "{}", "}}", "/", "?", ".", "..",
	"\n", "a\nb", "a\n\nb", "\na", "a\n", "a\n# b", "a\n| b", "a\n---",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xd8\xa7\xd9\x84\xd9\x84\xd8\xba",
	"e\xcc\x81", "\xf0\x9f\x94\x92", "\xe6\xbc\xa2\xe5\xad\x97",
	"\xc2\xa0x\xc2\xa0", "\xe3\x80\x80", "\xe2\x80\x8b", "x\xef\xbb\xbf",
	"\xe2\x80\xa8", FFFD,
	"S/MIME: \"CN\" = 'a@b' [x] {y} <z> | & ~ _ ` * # + - . !",
};

enum {
	HOSTILE_LEN = sizeof(hostile) / sizeof(hostile[0])
};

#endif
