/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "classify/lessons.h"
#include "classify/tally.h"
#include "cmd/inclusions.h"
#include "cmd/lessons_walk.h"
#include "cmd/session.h"
#include "fetch/bug.h"

/* The briefings that are known: their scheme and their sections. */
struct style {
	const char *name;
	const char *title;
	bool by_scheme;		/* lessons by the rows of the scheme, else by
				 * the taxonomy's themes */
	enum brief_section sections[BRIEF_SECTION__MAX];
	size_t section_len;
};

static const struct style styles[] = {
	{ "types-2024", "CA Compliance Briefing", true,
	    { BRIEF_OPEN, BRIEF_COUNTS, BRIEF_TYPES, BRIEF_CHARTS,
	    BRIEF_INCLUSIONS }, 5 },
	{ "themes-2025", "CA Compliance Briefing", false,
	    { BRIEF_INCLUSIONS, BRIEF_OPEN, BRIEF_COUNTS, BRIEF_THEMES,
	    BRIEF_RECOMMENDATIONS }, 5 }
};

struct briefing {
	struct session *session;
	const struct style *style;
	enum brief_section sections[BRIEF_SECTION__MAX];
	size_t section_len;
	struct learning learning;
	struct tally before;		/* of the window before */
	struct inclusions inclusions;
	struct build_bugs open, closing;
	size_t open_cap, closing_cap;
	struct window last_day;
	enum chart_kind chart;
};

static const struct err *
read_sections(struct briefing *briefing)
{
	const char *list = option_last(&briefing->session->options,
	    OPT_SECTIONS);
	const char *end;
	size_t i;

	memcpy(briefing->sections, briefing->style->sections,
	    sizeof(briefing->sections));
	briefing->section_len = briefing->style->section_len;
	if (list == NULL)
		return NULL;
	briefing->section_len = 0;
	for (;; list = end + 1) {
		enum brief_section section;

		end = list + strcspn(list, ",");
		if (!brief_section_by_name(list, (size_t)(end - list),
		    &section))
			return err_new(ERR_USAGE, "brief: --sections: %.*s: "
			    "no such section: name some of open, counts, "
			    "types, charts, themes, recommendations, "
			    "inclusions", (int)(end - list), list);
		for (i = 0; i < briefing->section_len; i++)
			if (briefing->sections[i] == section)
				return err_new(ERR_USAGE, "brief: "
				    "--sections: %s: named twice",
				    brief_section_name(section));
		briefing->sections[briefing->section_len++] = section;
		if (*end == '\0')
			return NULL;
	}
}

static const struct err *
push(struct build_bugs *bugs, size_t *cap, int64_t bug)
{
	int64_t *grown = mem_room(bugs->bugs, bugs->len, cap,
	    sizeof(*grown));

	if (grown == NULL)
		return err_memory();
	bugs->bugs = grown;
	grown[bugs->len++] = bug;
	return NULL;
}

/* Beside what lessons want: the window before, and what was open. */
static const struct err *
add(void *arg, struct store_walk *walk, const struct bug *bug,
    struct verdict *verdict, enum select_fate before)
{
	struct briefing *briefing = arg;
	struct selection open = briefing->learning.selection;
	enum select_fate fate;
	const struct err *err = NULL;

	if (briefing->learning.compared)
		err = tally_add(&briefing->before, bug, verdict, before);
	open.windowed = true;
	open.cohort = COHORT_OPEN_ON;
	open.window = briefing->last_day;
	if (err == NULL)
		err = session_fate(briefing->session, walk, &open, bug,
		    verdict, &fate);
	if (err != NULL || fate != SELECT_IN)
		return err;
	err = push(&briefing->open, &briefing->open_cap, bug->id);
	if (err == NULL && verdict->board.close_on != DATE_NONE)
		err = push(&briefing->closing, &briefing->closing_cap,
		    bug->id);
	return err;
}

static const struct err *
report_brief(struct briefing *briefing)
{
	struct session *session = briefing->session;
	const char *title = option_last(&session->options, OPT_TITLE);
	struct build_inclusions inclusions;
	struct build_source source;
	struct build_brief from;
	struct report report;
	const struct err *err;

	memset(&from, 0, sizeof(from));
	from.style = briefing->style->name;
	from.author = option_last(&session->options, OPT_AUTHOR);
	from.sections = briefing->sections;
	from.section_len = briefing->section_len;
	from.selection = &briefing->learning.selection;
	from.tally = &briefing->learning.tally;
	from.compared = briefing->learning.compared;
	from.tally_before = &briefing->before;
	from.before = briefing->learning.before.window;
	from.chart = briefing->chart;
	from.lessons = &briefing->learning.lessons;
	from.open = briefing->open;
	from.closing = briefing->closing;
	from.open_day = briefing->last_day.to;
	inclusions_build(session, &briefing->inclusions, &inclusions);
	from.inclusions = &inclusions;
	report_init(&report, title != NULL ? title : briefing->style->title,
	    session->settings.value[SET_URL]);
	session_source(session, &source);
	build_brief(&report, &from, &source);
	err = session_output(session, &report,
	    "text|markdown|mediawiki|html|csv|json|svg");
	report_release(&report);
	return err;
}

static const struct err *
write_brief(struct briefing *briefing)
{
	struct session *session = briefing->session;
	struct learning *learning = &briefing->learning;
	const struct tax_scheme *scheme;
	const struct err *err;

	scheme = taxonomy_scheme(session->taxonomy, briefing->style->name);
	if (scheme == NULL)
		return err_new(ERR_CONFIG, "brief: %s: the taxonomy has no "
		    "such scheme: see cabrief taxonomy list",
		    briefing->style->name);
	err = learning_begin(session, learning, scheme,
	    briefing->style->by_scheme ? scheme : NULL);
	if (err != NULL)
		return err;
	tally_init(&briefing->before, session->taxonomy, scheme);
	/* The walk over incidents is the last: what it came by is reported. */
	err = inclusions_read(session, &briefing->inclusions);
	if (err == NULL)
		err = learning_walk(session, learning, add, briefing);
	if (err == NULL && learning->compared)
		err = tally_finish(&briefing->before);
	if (err == NULL)
		err = report_brief(briefing);
	tally_release(&briefing->before);
	return err;
}

/* The last year, if no window is given; what was open is told of its last
 * day, or of today when that has not come. */
static const struct err *
set_window(struct briefing *briefing)
{
	struct selection *selection = &briefing->learning.selection;
	int64_t now = session_clock(briefing->session);
	int64_t today = date_day(now);

	if (!selection->windowed) {
		selection->windowed = true;
		selection->window.to = today;
		if (!date_parse_user("-1y", now, &selection->window.from))
			return err_new(ERR_USAGE, "brief: no year before "
			    "--now: give --from and --to");
	}
	briefing->last_day.from = DATE_NONE;
	briefing->last_day.to = selection->window.to < today ?
	    selection->window.to : today;
	return NULL;
}

const struct err *
cmd_brief(struct session *session)
{
	const char *name = option_last(&session->options, OPT_STYLE);
	struct briefing briefing;
	const struct err *err;
	bool charted;
	size_t i;

	memset(&briefing, 0, sizeof(briefing));
	briefing.session = session;
	briefing.style = &styles[0];
	for (i = 0; i < sizeof(styles) / sizeof(styles[0]) && name != NULL;
	    i++)
		if (strcmp(styles[i].name, name) == 0)
			briefing.style = &styles[i];
	err = read_sections(&briefing);
	if (err == NULL)
		err = session_chart(session, "pie|bar", &briefing.chart,
		    &charted);
	if (err == NULL)
		err = session_taxonomy(session);
	if (err == NULL)
		err = session_select(session, &briefing.learning.selection);
	if (err == NULL)
		err = set_window(&briefing);
	if (err == NULL)
		err = session_store(session, STORE_CACHE);
	if (err == NULL)
		err = write_brief(&briefing);
	mem_free(briefing.open.bugs);
	mem_free(briefing.closing.bugs);
	inclusions_release(&briefing.inclusions);
	learning_release(&briefing.learning);
	return err;
}
