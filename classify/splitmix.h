/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Numbers that look random and are the same everywhere: SplitMix64 (Steele,
 * Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 * For samples; nothing secret may come from it.
 */
#ifndef CLASSIFY_SPLITMIX_H
#define CLASSIFY_SPLITMIX_H

#include <stdint.h>

/* The next number; *state, at first the seed, moves on. */
uint64_t splitmix_next(uint64_t *state);

#endif
