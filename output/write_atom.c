/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * A feed as RFC 4287 has it.  Ids are tag URIs (RFC 4151) of Bugzilla's host:
 * they stay when the feed moves, and those who read it see each entry once.
 */

#include "output/write.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "output/escape.h"
#include "output/feed.h"
#include "output/report.h"
#include "output/writer.h"
#include "output/xml_out.h"

/* A day on which the host was the Bugzilla's; it never changes. */
#define TAG_DAY "2025-01-01"

struct atom {
	struct xml_out xml;
	const struct report *report;
	struct buf text;	/* one at a time */
};

/* Take what atom->text holds, on one line: as an attribute, or as the text of
 * an element. */
static void
put(struct atom *atom, const char *element, const char *attribute)
{
	struct buf line;

	buf_init(&line, atom->text.ceiling);
	escape_line(&line, buf_text(&atom->text));
	if (attribute != NULL) {
		xml_out_attribute(&atom->xml, attribute, buf_text(&line));
	} else {
		xml_out_open(&atom->xml, element);
		xml_out_text(&atom->xml, buf_text(&line));
		xml_out_close(&atom->xml);
	}
	if (line.full || line.nomem)
		atom->xml.failed = true;
	buf_release(&line);
	buf_clear(&atom->text);
}

static void
put_text(struct atom *atom, const char *element, const char *text)
{
	buf_str(&atom->text, text);
	put(atom, element, NULL);
}

static void
put_attribute(struct atom *atom, const char *attribute, const char *text)
{
	buf_str(&atom->text, text);
	put(atom, NULL, attribute);
}

/* "tag:HOST,DAY:": of the host of the links, less its port. */
static void
say_tag(struct buf *out, const char *url)
{
	const char *host = strstr(url, "://");
	size_t len;

	host = host != NULL ? host + 3 : "";
	len = strspn(host, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
	buf_str(out, "tag:");
	if (len > 0)
		buf_add(out, host, len);
	else
		buf_str(out, "bugzilla.invalid");
	buf_str(out, "," TAG_DAY ":");
}

/* A page of this, or nothing when there is no address. */
static void
put_link(struct atom *atom, const char *url)
{
	if (url[0] == '\0')
		return;
	xml_out_open(&atom->xml, "link");
	put_attribute(atom, "rel", "alternate");
	put_attribute(atom, "type", "text/html");
	put_attribute(atom, "href", url);
	xml_out_close(&atom->xml);
}

static void
put_entry(struct atom *atom, const struct feed_entry *entry)
{
	char url[REPORT_MAX_URL] = "", time[DATE_SIZE];
	size_t at = 0, i;

	xml_out_open(&atom->xml, "entry");
	say_tag(&atom->text, atom->report->bugzilla);
	buf_fmt(&atom->text, "bug/%" PRId64 "/%s", entry->bug, entry->event);
	put(atom, "id", NULL);
	put_text(atom, "title", entry->title);
	put_text(atom, "updated", date_format_time(entry->time, time));
	xml_out_open(&atom->xml, "author");
	put_text(atom, "name", entry->author);
	xml_out_close(&atom->xml);
	if (!report_url_next(atom->report, &entry->bug, 1, &at, url,
	    sizeof(url)))
		url[0] = '\0';
	put_link(atom, url);
	for (i = 0; i < entry->term_len; i++) {
		xml_out_open(&atom->xml, "category");
		put_attribute(atom, "term", entry->terms[i]);
		xml_out_close(&atom->xml);
	}
	put_text(atom, "content", entry->text);
	xml_out_close(&atom->xml);
}

static void
put_feed(struct atom *atom, const struct feed *feed)
{
	const struct feed_entry *entry;
	char time[DATE_SIZE];

	xml_out_open(&atom->xml, "feed");
	put_attribute(atom, "xmlns", "http://www.w3.org/2005/Atom");
	say_tag(&atom->text, atom->report->bugzilla);
	buf_str(&atom->text, feed->name);
	put(atom, "id", NULL);
	put_text(atom, "title", atom->report->title);
	if (feed->older > 0) {
		buf_fmt(&atom->text, "The newest %zu of %zu entries.",
		    feed->len, feed->len + feed->older);
		put(atom, "subtitle", NULL);
	}
	put_text(atom, "updated", feed->entries != NULL ?
	    date_format_time(feed->entries->time, time) :
	    TAG_DAY "T00:00:00Z");
	put_link(atom, atom->report->bugzilla);
	put_text(atom, "generator", "cabrief");
	for (entry = feed->entries; entry != NULL; entry = entry->next)
		put_entry(atom, entry);
	xml_out_close(&atom->xml);
}

void
write_atom(const struct report *report, const struct writer_options *options,
    struct buf *out)
{
	struct atom atom = { .report = report };

	(void)options;
	if (report->feed == NULL)
		return;
	buf_init(&atom.text, out->ceiling);
	if (xml_out_begin(&atom.xml, true, out))
		put_feed(&atom, report->feed);
	if (atom.text.full || atom.text.nomem)
		atom.xml.failed = true;
	xml_out_end(&atom.xml, out);
	buf_release(&atom.text);
}
