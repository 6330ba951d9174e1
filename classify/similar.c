/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/similar.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "classify/similar_words.h"

#define NO_TERM UINT32_MAX

enum {
	FIRST_CAP = 1024,	/* a power of two */
	FINE = 1 << 16,		/* logarithms are counted in 1 / FINE */
	LENGTH = 1 << 15,	/* of a bug's whole vector */
	WHOLE = 1000,		/* what the title weighs */
	STEP = 1 << 10		/* parts of a thousandth, for the root */
};

/* A word that some bug has. */
struct term {
	uint64_t key;
	uint32_t bugs;		/* that have it */
	uint32_t rarity;	/* from similar_finish on */
	size_t start;		/* of its postings */
};

/* A word of one text: how often, then what it weighs. */
struct entry {
	uint32_t term;		/* NO_TERM: no bug has it */
	uint32_t value;
};

/* A bug; its entries are those of the title, then those of the comment. */
struct doc {
	int64_t id, filed;
	size_t start, title_len, len;
	size_t category_start, category_len;
};

struct posting {
	uint32_t doc;
	uint32_t weight;
};

struct similar {
	const struct taxonomy *taxonomy;
	struct term *terms;
	size_t term_len, term_cap;
	uint32_t *slots;	/* terms by key: index + 1, 0 when free */
	size_t slot_len;	/* a power of two, at least 2 * term_len */
	struct doc *docs;
	size_t doc_len, doc_cap;
	struct entry *entries;	/* until similar_finish */
	size_t entry_len, entry_cap;
	size_t *categories;
	size_t category_len, category_cap;
	struct posting *postings;	/* by term, then by doc */
	struct similar_words words;	/* of the text at hand */
	struct entry asked[SIMILAR_MAX];
	uint32_t *sums;		/* for each doc */
	uint64_t *shares;	/* for each category, as the two below */
	uint64_t *usual;
	int *votes;
};

const struct err *
similar_new(struct similar **out, const struct taxonomy *taxonomy)
{
	struct similar *index = mem_alloc(1, sizeof(*index));
	size_t len = taxonomy->category_len;

	*out = NULL;
	if (index == NULL)
		return err_memory();
	index->taxonomy = taxonomy;
	index->shares = mem_alloc(len, sizeof(*index->shares));
	index->usual = mem_alloc(len, sizeof(*index->usual));
	index->votes = mem_alloc(len, sizeof(*index->votes));
	if (index->shares == NULL || index->usual == NULL ||
	    index->votes == NULL) {
		similar_free(index);
		return err_memory();
	}
	*out = index;
	return NULL;
}

void
similar_free(struct similar *index)
{
	if (index == NULL)
		return;
	mem_free(index->terms);
	mem_free(index->slots);
	mem_free(index->docs);
	mem_free(index->entries);
	mem_free(index->categories);
	mem_free(index->postings);
	mem_free(index->sums);
	mem_free(index->shares);
	mem_free(index->usual);
	mem_free(index->votes);
	mem_free(index);
}

/* The array, with room for `need` elements; NULL for want of memory, and
 * then it is still whole. */
static void *
with_room(void *array, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap == 0 ? FIRST_CAP : *cap;

	while (more < need)
		more *= 2;
	if (more == *cap)
		return array;
	array = mem_resize(array, more, size);
	if (array != NULL)
		*cap = more;
	return array;
}

/* The slot of a word: its own, or the free one where it would stand. */
static uint32_t *
slot_of(const struct similar *index, uint64_t key)
{
	size_t mask = index->slot_len - 1, at = (size_t)key & mask;

	while (index->slots[at] != 0 &&
	    index->terms[index->slots[at] - 1].key != key)
		at = (at + 1) & mask;
	return &index->slots[at];
}

static bool
more_slots(struct similar *index)
{
	size_t i, len = index->slot_len == 0 ? 4 * (size_t)FIRST_CAP :
	    2 * index->slot_len;
	uint32_t *slots = mem_alloc(len, sizeof(*slots));

	if (slots == NULL)
		return false;
	mem_free(index->slots);
	index->slots = slots;
	index->slot_len = len;
	for (i = 0; i < index->term_len; i++)
		*slot_of(index, index->terms[i].key) = (uint32_t)(i + 1);
	return true;
}

/* Room for whatever one more bug brings. */
static bool
make_room(struct similar *index, size_t categories)
{
	struct term *terms;
	struct doc *docs;
	struct entry *entries;
	size_t *known;

	terms = with_room(index->terms, &index->term_cap,
	    index->term_len + SIMILAR_MAX, sizeof(*terms));
	if (terms != NULL)
		index->terms = terms;
	docs = with_room(index->docs, &index->doc_cap, index->doc_len + 1,
	    sizeof(*docs));
	if (docs != NULL)
		index->docs = docs;
	entries = with_room(index->entries, &index->entry_cap,
	    index->entry_len + SIMILAR_MAX, sizeof(*entries));
	if (entries != NULL)
		index->entries = entries;
	known = with_room(index->categories, &index->category_cap,
	    index->category_len + categories, sizeof(*known));
	if (known != NULL)
		index->categories = known;
	if (terms == NULL || docs == NULL || entries == NULL || known == NULL)
		return false;
	while (index->slot_len < 2 * (index->term_len + SIMILAR_MAX))
		if (!more_slots(index))
			return false;
	return index->term_len + SIMILAR_MAX < NO_TERM &&
	    index->doc_len < UINT32_MAX;
}

const struct err *
similar_add(struct similar *index, const struct similar_bug *bug)
{
	const struct similar_word *word;
	struct term *term;
	struct doc *doc;
	uint32_t *slot;
	size_t i;

	if (!make_room(index, bug->category_len))
		return err_memory();
	similar_words(&bug->text, index->taxonomy->neighbours.prefix,
	    &index->words);
	doc = &index->docs[index->doc_len++];
	*doc = (struct doc){ bug->id, bug->filed, index->entry_len,
	    index->words.title_len, index->words.len, index->category_len,
	    bug->category_len };
	for (i = 0; i < index->words.len; i++) {
		word = &index->words.items[i];
		slot = slot_of(index, word->key);
		if (*slot == 0) {
			index->terms[index->term_len] =
			    (struct term){ .key = word->key };
			*slot = (uint32_t)++index->term_len;
		}
		term = &index->terms[*slot - 1];
		term->bugs++;
		index->entries[index->entry_len++] =
		    (struct entry){ *slot - 1, word->count };
	}
	for (i = 0; i < bug->category_len; i++)
		index->categories[index->category_len++] = bug->categories[i];
	return NULL;
}

/* 1 + ln(x) */
static uint32_t
logarithm(double x)
{
	return (uint32_t)(FINE + lround(FINE * log(x)));
}

static uint32_t
rarity(const struct similar *index, uint32_t bugs)
{
	return logarithm((1.0 + (double)index->doc_len) / (1.0 + bugs));
}

/* Give the words of one text their raw weights; the length they have
 * together.  At most 23 bits times 1,500, so the sum of squares fits. */
static uint64_t
weigh_part(const struct similar *index, struct entry *entries, size_t len)
{
	uint64_t sum = 0, rare, often;
	size_t i;

	for (i = 0; i < len; i++) {
		rare = entries[i].term == NO_TERM ? rarity(index, 0) :
		    index->terms[entries[i].term].rarity;
		often = entries[i].value == 1 ? FINE :
		    logarithm(entries[i].value);
		entries[i].value = (uint32_t)(rare * often / FINE);
		sum += (uint64_t)entries[i].value * entries[i].value;
	}
	return (uint64_t)sqrt((double)sum);
}

/* Bring a part that is `length` long to weight / whole * LENGTH. */
static void
scale_part(struct entry *entries, size_t len, uint64_t length,
    uint64_t weight, uint64_t whole)
{
	uint64_t by = length * whole, unit = weight * STEP * LENGTH;
	size_t i;

	for (i = 0; i < len; i++)
		entries[i].value = by == 0 ? 0 :
		    (uint32_t)((entries[i].value * unit + by / 2) / by);
}

static void
weigh(const struct similar *index, struct entry *entries, size_t title_len,
    size_t len)
{
	uint64_t title, first, whole;
	uint64_t weight = (uint64_t)index->taxonomy->neighbours.first;
	struct entry *rest = entries + title_len;

	title = weigh_part(index, entries, title_len);
	first = weigh_part(index, rest, len - title_len);
	whole = (title > 0 ? (uint64_t)WHOLE * WHOLE : 0) +
	    (first > 0 ? weight * weight : 0);
	whole = (uint64_t)sqrt((double)whole * STEP * STEP);
	scale_part(entries, title_len, title, WHOLE, whole);
	scale_part(rest, len - title_len, first, weight, whole);
}

const struct err *
similar_finish(struct similar *index)
{
	struct entry *entry;
	struct term *term;
	size_t i, j, at = 0;

	index->postings = mem_alloc(index->entry_len,
	    sizeof(*index->postings));
	index->sums = mem_alloc(index->doc_len, sizeof(*index->sums));
	if (index->postings == NULL || index->sums == NULL)
		return err_memory();
	for (i = 0; i < index->term_len; i++) {
		term = &index->terms[i];
		term->rarity = rarity(index, term->bugs);
		term->start = at;
		at += term->bugs;
		term->bugs = 0;	/* counted again below */
	}
	for (i = 0; i < index->doc_len; i++) {
		entry = &index->entries[index->docs[i].start];
		weigh(index, entry, index->docs[i].title_len,
		    index->docs[i].len);
		for (j = 0; j < index->docs[i].len; j++, entry++) {
			term = &index->terms[entry->term];
			index->postings[term->start + term->bugs++] =
			    (struct posting){ (uint32_t)i, entry->value };
		}
	}
	mem_free(index->entries);
	index->entries = NULL;
	return NULL;
}

/* The products of the text with every bug, into index->sums; LENGTH^2 is
 * the most, which fits. */
static void
multiply(struct similar *index, const struct similar_text *text)
{
	const struct posting *posting, *end;
	const struct term *term;
	struct entry *asked = index->asked;
	uint32_t slot;
	size_t i;

	similar_words(text, index->taxonomy->neighbours.prefix,
	    &index->words);
	for (i = 0; i < index->words.len; i++) {
		slot = index->slot_len == 0 ? 0 :
		    *slot_of(index, index->words.items[i].key);
		asked[i].term = slot == 0 ? NO_TERM : slot - 1;
		asked[i].value = index->words.items[i].count;
	}
	weigh(index, asked, index->words.title_len, index->words.len);
	memset(index->sums, 0, index->doc_len * sizeof(*index->sums));
	for (i = 0; i < index->words.len; i++) {
		if (asked[i].term == NO_TERM)
			continue;
		term = &index->terms[asked[i].term];
		posting = &index->postings[term->start];
		for (end = posting + term->bugs; posting < end; posting++)
			index->sums[posting->doc] +=
			    asked[i].value * posting->weight;
	}
}

static bool
allowed(const struct similar_filter *filter, const struct doc *doc)
{
	return doc->id != filter->self &&
	    (!filter->tagged || doc->category_len > 0) &&
	    (filter->allow == NULL ||
	    filter->allow(filter->arg, doc->id, doc->filed));
}

static bool
nearer(const struct neighbour *a, const struct neighbour *b)
{
	if (a->cosine != b->cosine)
		return a->cosine > b->cosine;
	return a->bug < b->bug;
}

size_t
similar_query(struct similar *index, const struct similar_text *text,
    const struct similar_filter *filter, struct neighbour *out, size_t max)
{
	const struct doc *doc;
	struct neighbour one;
	size_t i, at, len = 0;

	if (max == 0)
		return 0;
	multiply(index, text);
	for (i = 0; i < index->doc_len; i++) {
		doc = &index->docs[i];
		one.bug = doc->id;
		one.cosine = index->sums[i] / (LENGTH * LENGTH / SIMILAR_ONE);
		if (one.cosine == 0 ||
		    (len == max && !nearer(&one, &out[max - 1])) ||
		    !allowed(filter, doc))
			continue;
		one.categories = index->categories + doc->category_start;
		one.category_len = doc->category_len;
		for (at = len < max ? len++ : max - 1;
		    at > 0 && nearer(&one, &out[at - 1]); at--)
			out[at] = out[at - 1];
		out[at] = one;
	}
	return len;
}

/* How many of the bugs that may answer there are, and carry each. */
static uint64_t
count_usual(struct similar *index, const struct similar_filter *filter)
{
	const struct doc *doc;
	uint64_t bugs = 0;
	size_t i, j;

	memset(index->usual, 0,
	    index->taxonomy->category_len * sizeof(*index->usual));
	for (i = 0; i < index->doc_len; i++) {
		doc = &index->docs[i];
		if (!allowed(filter, doc))
			continue;
		bugs++;
		for (j = 0; j < doc->category_len; j++)
			index->usual[index->categories[doc->category_start +
			    j]]++;
	}
	return bugs;
}

/* The sum of the neighbours' votes, and of those for each category: at most
 * 48 bits times TAX_MAX_NEIGHBOURS. */
static uint64_t
count_shares(struct similar *index, const struct neighbour *neighbours,
    size_t len)
{
	uint64_t vote, sum = 0;
	size_t i, j;
	int k;

	memset(index->shares, 0,
	    index->taxonomy->category_len * sizeof(*index->shares));
	for (i = 0; i < len; i++) {
		vote = 1;
		for (k = 0; k < index->taxonomy->neighbours.power; k++)
			vote *= neighbours[i].cosine;
		sum += vote;
		for (j = 0; j < neighbours[i].category_len; j++)
			index->shares[neighbours[i].categories[j]] += vote;
	}
	return sum;
}

void
similar_vote(struct similar *index, const struct similar_text *text,
    const struct similar_filter *filter, struct similar_votes *out)
{
	const struct tax_neighbours *how = &index->taxonomy->neighbours;
	struct similar_filter tagged = *filter;
	double epsilon = how->epsilon / 1000.0, share, prior;
	uint64_t sum, bugs;
	size_t i;

	tagged.tagged = true;
	out->terms = NULL;
	out->len = similar_query(index, text, &tagged, out->neighbours,
	    (size_t)how->count);
	if (out->len == 0)
		return;
	bugs = count_usual(index, &tagged);
	sum = count_shares(index, out->neighbours, out->len);
	for (i = 0; i < index->taxonomy->category_len; i++) {
		share = (double)index->shares[i] / (double)sum;
		prior = (double)index->usual[i] / (double)bugs;
		index->votes[i] = (int)lround(how->weight *
		    log((share + epsilon) / (prior + epsilon)));
	}
	out->terms = index->votes;
}
