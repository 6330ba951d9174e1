/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/scan.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

enum {
	BYTES = 256
};

/* In a move: the state it leads to has words to tell. */
#define TELLS	(UINT32_C(1) << 31)

/* A word as the states know it. */
struct ending {
	uint32_t value;
	uint32_t next;		/* the next of the same state, 0: none */
	size_t len;
};

struct scan {
	uint8_t class_of[BYTES];	/* bytes that no word holds are 0 */
	size_t class_len;
	uint32_t *moves;	/* class_len for each state; 0 is the root */
	uint32_t *first;	/* ending of each state, 0: none */
	uint32_t *shorter;	/* state of the longest proper suffix that is
				 * the beginning of a word */
	size_t state_len;
	struct ending *endings;	/* from 1 */
};

static void
make_classes(struct scan *scan, const struct scan_word *words, size_t len)
{
	size_t i, j;
	uint8_t byte;

	scan->class_len = 1;
	for (i = 0; i < len; i++)
		for (j = 0; j < words[i].len; j++) {
			byte = (uint8_t)words[i].text[j];
			if (scan->class_of[byte] == 0)
				scan->class_of[byte] =
				    (uint8_t)scan->class_len++;
		}
	for (i = 'A'; i <= 'Z'; i++)
		scan->class_of[i] = scan->class_of[i - 'A' + 'a'];
}

/* Give the states, of which there are no more than bytes in all words. */
static bool
make_room(struct scan *scan, const struct scan_word *words, size_t len)
{
	size_t i, states = 1;

	for (i = 0; i < len; i++)
		states += words[i].len;
	scan->moves = mem_alloc(states, scan->class_len *
	    sizeof(*scan->moves));
	scan->first = mem_alloc(states, sizeof(*scan->first));
	scan->shorter = mem_alloc(states, sizeof(*scan->shorter));
	scan->endings = mem_alloc(len + 1, sizeof(*scan->endings));
	scan->state_len = 1;
	return scan->moves != NULL && scan->first != NULL &&
	    scan->shorter != NULL && scan->endings != NULL;
}

static void
add_word(struct scan *scan, const struct scan_word *word, uint32_t number)
{
	struct ending *ending = &scan->endings[number];
	uint32_t state = 0, *move;
	size_t i;

	for (i = 0; i < word->len; i++) {
		move = &scan->moves[state * scan->class_len +
		    scan->class_of[(uint8_t)word->text[i]]];
		if (*move == 0)
			*move = (uint32_t)scan->state_len++;
		state = *move;
	}
	ending->value = word->value;
	ending->len = word->len;
	ending->next = scan->first[state];
	scan->first[state] = number;
}

/*
 * From a tree to an automaton, breadth first: a move that the tree lacks is
 * that of the longest suffix, which is shallower and so already complete.
 */
static void
complete(struct scan *scan, uint32_t *queue)
{
	size_t done = 0, len = 1, c;
	uint32_t state, *moves, to, other;

	queue[0] = 0;
	for (; done < len; done++) {
		state = queue[done];
		moves = &scan->moves[state * scan->class_len];
		for (c = 0; c < scan->class_len; c++) {
			to = moves[c];
			other = state == 0 ? 0 : scan->moves[
			    scan->shorter[state] * scan->class_len + c];
			if (to == 0) {
				moves[c] = other;
				continue;
			}
			scan->shorter[to] = other;
			queue[len++] = to;
		}
	}
}

/* Mark the moves to states that have something to tell, their own or that
 * of a suffix; `queue` is in order of depth. */
static void
mark(struct scan *scan, const uint32_t *queue)
{
	size_t i, len = scan->state_len * scan->class_len;
	uint32_t state;

	/* A state without words of its own tells those of its suffixes. */
	for (i = 1; i < scan->state_len; i++) {
		state = queue[i];
		while (scan->shorter[state] != 0 &&
		    scan->first[scan->shorter[state]] == 0)
			scan->shorter[state] =
			    scan->shorter[scan->shorter[state]];
	}
	for (i = 0; i < len; i++) {
		state = scan->moves[i];
		if (scan->first[state] != 0 || scan->shorter[state] != 0)
			scan->moves[i] |= TELLS;
	}
}

const struct err *
scan_new(struct scan **out, const struct scan_word *words, size_t len)
{
	struct scan *scan;
	uint32_t *queue = NULL;
	size_t i;

	*out = NULL;
	scan = mem_alloc(1, sizeof(*scan));
	if (scan == NULL)
		return err_memory();
	make_classes(scan, words, len);
	if (!make_room(scan, words, len))
		goto out;
	/* Backwards, so that the first of equal words comes out first. */
	for (i = len; i > 0; i--)
		add_word(scan, &words[i - 1], (uint32_t)i);
	queue = mem_alloc(scan->state_len, sizeof(*queue));
	if (queue == NULL)
		goto out;
	complete(scan, queue);
	mark(scan, queue);
	*out = scan;
	scan = NULL;
out:
	mem_free(queue);
	scan_free(scan);
	return *out != NULL ? NULL : err_memory();
}

void
scan_free(struct scan *scan)
{
	if (scan == NULL)
		return;
	mem_free(scan->moves);
	mem_free(scan->first);
	mem_free(scan->shorter);
	mem_free(scan->endings);
	mem_free(scan);
}

void
scan_run(const struct scan *scan, const char *text, size_t len,
    void (*found)(void *arg, uint32_t value, size_t start), void *arg)
{
	const size_t width = scan->class_len;
	const struct ending *ending;
	uint32_t state = 0, at, move, number;
	size_t i;

	for (i = 0; i < len; i++) {
		move = scan->moves[state * width +
		    scan->class_of[(uint8_t)text[i]]];
		state = move & ~TELLS;
		if (move == state)
			continue;
		for (at = state; at != 0; at = scan->shorter[at])
			for (number = scan->first[at]; number != 0;
			    number = ending->next) {
				ending = &scan->endings[number];
				found(arg, ending->value,
				    i + 1 - ending->len);
			}
	}
}
