/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/digest.h"

#include "base/buf.h"
#include "base/date.h"
#include "classify/report_text.h"
#include "classify/role.h"
#include "classify/writers.h"
#include "fetch/bug.h"

enum {
	FIELDS = 7,
	PACKED = FIELDS * 8	/* bytes */
};

static void
keep_first(int64_t *at, int64_t time)
{
	if (*at == DATE_NONE || time < *at)
		*at = time;
}

static void
add_comment(struct digest *out, const struct comment *comment,
    enum tax_form_kind form, enum role role, int64_t *first)
{
	if (role == ROLE_ROOT_PROGRAM || role == ROLE_CCADB)
		keep_first(&out->first_answer, comment->time);
	if (role != ROLE_CA)
		return;
	keep_first(first, comment->time);
	if (form == TAX_FORM_PLAIN)
		return;
	if (form == TAX_FORM_V3_CLOSURE) {
		if (comment->time > out->closure)
			out->closure = comment->time;
		return;
	}
	keep_first(&out->first_report, comment->time);
	if (writers_form_is_full(form))
		keep_first(&out->full_report, comment->time);
}

void
digest_read(const struct bug *bug, const struct verdict *verdict,
    const struct report_text *text, const struct taxonomy *taxonomy,
    struct digest *out)
{
	const struct report_fact *fact = &text->facts[FACT_IDENTIFIED];
	struct writers writers;
	int64_t first = DATE_NONE;
	size_t i;

	out->aware = fact->state == REPORT_GIVEN ? fact->number : DATE_NONE;
	out->first_report = out->full_report = DATE_NONE;
	out->closure = out->first_answer = DATE_NONE;
	out->form = TAX_FORM_PLAIN;
	fact = &text->facts[FACT_CERTIFICATES];
	out->certificates = fact->state == REPORT_GIVEN ? fact->number : -1;
	writers_find(&writers, bug, verdict, text, taxonomy);
	for (i = 0; i < bug->comment_len && i < text->comment_len; i++) {
		if (bug->comments[i].number == 0)
			out->form = text->comments[i].form;
		add_comment(out, &bug->comments[i], text->comments[i].form,
		    writers_role(&writers, &bug->comments[i]), &first);
	}
	if (out->first_report == DATE_NONE)
		out->first_report = first;
}

static void
put(struct buf *out, int64_t number)
{
	int shift;

	for (shift = 56; shift >= 0; shift -= 8)
		buf_char(out, (char)((uint64_t)number >> shift & 0xff));
}

static int64_t
take(const unsigned char **data)
{
	uint64_t number = 0;
	int i;

	for (i = 0; i < 8; i++)
		number = number << 8 | *(*data)++;
	return (int64_t)number;
}

void
digest_pack(const struct digest *digest, struct buf *out)
{
	put(out, digest->aware);
	put(out, digest->first_report);
	put(out, digest->full_report);
	put(out, digest->closure);
	put(out, digest->first_answer);
	put(out, (int64_t)digest->form);
	put(out, digest->certificates);
}

bool
digest_unpack(const void *data, size_t len, struct digest *out)
{
	static const struct digest nothing = { DATE_NONE, DATE_NONE,
	    DATE_NONE, DATE_NONE, DATE_NONE, TAX_FORM_PLAIN, -1 };
	const unsigned char *at = data;
	int64_t form;

	*out = nothing;
	if (len != PACKED)
		return false;
	out->aware = take(&at);
	out->first_report = take(&at);
	out->full_report = take(&at);
	out->closure = take(&at);
	out->first_answer = take(&at);
	form = take(&at);
	out->certificates = take(&at);
	if (form < 0 || form >= TAX_FORM__MAX || out->certificates < -1) {
		*out = nothing;
		return false;
	}
	out->form = (enum tax_form_kind)form;
	return true;
}
