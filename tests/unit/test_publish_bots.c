/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "output/publish_private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	ROOM = 8 << 20,
	PAGE = 2 << 20,
	HANGS = 600		/* seconds: what grows faster than the
				 * text takes hours */
};

static const char *const may[] = {
	"", "nobots", "{nobots}", "{{nobots", "{{bots}}", "{{ bots }}",
	"{{bots|allow=all}}", "{{bots|allow=CA_Incident Bot}}",
	"{{bots|allow=A, ca Incident bot ,B}}", "{{bots|deny=none}}",
	"{{bots|deny=A,B}}", "{{bots|deny=}}", "{{bots|deny=CA}}",
	"{{bots|deny=CA Incident Bot 2}}", "{{bots|optout=all}}",
	"{{nobotsplease}}", "{{robots}}", "{{bots/doc|deny=all}}",
	"<!-- {{nobots}} -->", "<nowiki>{{nobots}}</nowiki>",
	"<NOWIKI>{{nobots}}</NOWIKI>", "<!-- {{nobots}}", "a <!--{{nobots}}",
	"{{Infobox|{{x}}|deny=all}}", "[[nobots]] {{x|nobots}}",
};
static const char *const may_not[] = {
	"{{nobots}}", "{{NoBots}}", "{{ nobots\n}}", "{{nobots|x}}",
	"{{Template:nobots}}", "{{template: Nobots }}", "{{bots|deny=all}}",
	"{{Bots|allow=none}}", "{{bots|allow=}}", "{{bots|allow=A,B}}",
	"{{bots|deny=CA Incident Bot}}", "{{bots|deny=A,CA_Incident_Bot}}",
	"{{bots | deny = ca incident bot }}", "{{bots|x=1|deny=all}}",
	"{{bots|allow=all}}{{bots|deny=all}}", "a\n{{x|{{nobots}}}}",
	"{{{{nobots}}", "{{bots|{{nobots}}}}", "<!-- x -->{{nobots}}",
	"<nowiki>{{nobots}}", "<nowiki/>{{nobots}}",
	"<nowiki></nowiki>{{nobots}}", "<nowiki>a</nowiki{{nobots}}",
	"{{bots|deny={{x}}}} {{bots|deny=all}}",
	"{{nobots<!-- ask us -->}}", "{{<!-- a | b --> bots|deny=all}}",
	"{{bots|deny=A<!-- b, c -->, CA Incident Bot<!-- d | e --> }}",
	"{{bots|<!-- x=y -->deny=all}}", "{{bots|deny=all<!-- }} -->}}",
};

static void
test_may(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(may); i++)
		assert_true(bots_may(may[i], strlen(may[i]),
		    "CA Incident Bot"));
	for (i = 0; i < COUNT(may_not); i++)
		assert_false(bots_may(may_not[i], strlen(may_not[i]),
		    "CA Incident Bot"));
}

/* Without an account nobody is named by a list. */
static void
test_nobody(void **state)
{
	(void)state;
	assert_true(bots_may("{{bots|deny=A}}", 15, NULL));
	assert_false(bots_may("{{bots|allow=A}}", 16, NULL));
	assert_false(bots_may("{{nobots}}", 10, NULL));
}

static void
test_hostile(void **state)
{
	static const char *const parts[] = { "{{bots|", "{{bots|deny=", "{{",
		"{", "<nowiki>", "</nowiki>", "<!--", "{{bots", "|", "<",
		"{{bots|deny=a,", "{{          ", "<nowiki></", "{{template:" };
	struct buf page;
	size_t i;

	(void)state;
	(void)alarm(HANGS);
	buf_init(&page, ROOM);
	for (i = 0; i < COUNT(parts); i++) {
		buf_clear(&page);
		while (page.len < PAGE)
			buf_str(&page, parts[i]);
		assert_true(bots_may(buf_text(&page), page.len, "Me"));
	}
	(void)alarm(0);
	buf_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_may),
		cmocka_unit_test(test_nobody),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
