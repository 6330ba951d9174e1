/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/rules.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

enum {
	/* A number takes seven bits a byte, the low ones first; the eighth
	 * says that more follow. */
	MORE = 0x80,
	MAX_BITS = 63
};

struct reader {
	const unsigned char *data;
	size_t len;
	bool bad;
};

const struct err *
rule_hits_init(struct rule_hits *hits, const struct taxonomy *taxonomy)
{
	hits->len = 0;
	hits->limited = false;
	hits->items = mem_alloc(taxonomy->rule_len, sizeof(*hits->items));
	return hits->items != NULL ? NULL : err_memory();
}

void
rule_hits_release(struct rule_hits *hits)
{
	mem_free(hits->items);
	hits->items = NULL;
	hits->len = 0;
}

static void
write_number(struct buf *out, uint64_t value)
{
	for (; value >= MORE; value >>= 7)
		buf_char(out, (char)(unsigned char)(value | MORE));
	buf_char(out, (char)(unsigned char)value);
}

static uint64_t
read_number(struct reader *reader)
{
	uint64_t value = 0;
	unsigned shift;
	unsigned char byte;

	for (shift = 0; shift < MAX_BITS; shift += 7) {
		if (reader->len == 0)
			break;
		byte = *reader->data++;
		reader->len--;
		value |= (uint64_t)(byte & (MORE - 1)) << shift;
		if (byte < MORE)
			return value;
	}
	reader->bad = true;
	return 0;
}

void
rule_hits_pack(const struct rule_hits *hits, struct buf *out)
{
	const struct rule_hit *hit;
	size_t i;

	write_number(out, hits->len);
	for (i = 0; i < hits->len; i++) {
		hit = &hits->items[i];
		write_number(out, hit->rule);
		write_number(out, (uint64_t)(hit->comment + 1));
		write_number(out, hit->start);
		write_number(out, hit->end - hit->start);
	}
}

bool
rule_hits_unpack(struct rule_hits *hits, const struct taxonomy *taxonomy,
    const void *data, size_t len)
{
	struct reader reader = { data, len, false };
	struct rule_hit *hit;
	size_t i, count = (size_t)read_number(&reader), from = 0;

	hits->len = 0;
	hits->limited = false;
	if (count > taxonomy->rule_len)
		return false;
	for (i = 0; i < count && !reader.bad; i++) {
		hit = &hits->items[i];
		hit->rule = (size_t)read_number(&reader);
		hit->comment = (int64_t)read_number(&reader) - 1;
		hit->start = (size_t)read_number(&reader);
		hit->end = hit->start + (size_t)read_number(&reader);
		if (hit->rule < from || hit->rule >= taxonomy->rule_len ||
		    hit->end < hit->start)
			return false;
		from = hit->rule + 1;
	}
	if (reader.bad || reader.len > 0)
		return false;
	hits->len = count;
	return true;
}
