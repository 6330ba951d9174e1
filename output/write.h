/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Private to output/: the writers' functions, one a file, for the table in
 * writer.c.  Their contract is struct writer's in output/writer.h.
 */
#ifndef OUTPUT_WRITE_H
#define OUTPUT_WRITE_H

struct buf;
struct report;
struct writer_options;

void write_atom(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_csv(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_html(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_json(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_jsonl(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_markdown(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_mediawiki(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_svg(const struct report *report,
    const struct writer_options *options, struct buf *out);
void write_text(const struct report *report,
    const struct writer_options *options, struct buf *out);

#endif
