/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * For tests of rules: how to write small ones.
 */
#ifndef TESTS_UNIT_RULE_TEXT_H
#define TESTS_UNIT_RULE_TEXT_H

#include "tests/unit/taxonomy_text.h"

#define PATTERN(text) "<pattern>" text "</pattern>"
#define VOTE(id, weight) "<vote for=\"" id "\" weight=\"" weight "\"/>"
#define EXAMPLES "<yes>Y</yes><no>N</no>"
#define RULE_OF(attributes, pattern, votes) "<rule " attributes ">" \
	PATTERN(pattern) votes EXAMPLES "</rule>\n"
#define RULE(attributes) RULE_OF("field=\"title\" " attributes, "p", \
	VOTE("rest", "1"))
#define MATCHING(pattern) RULE_OF("id=\"r\" field=\"title\"", pattern, \
	VOTE("rest", "1"))
#define VOTING(votes) RULE_OF("id=\"r\" field=\"title\"", "p", votes)
#define MACRO(name, text) "<macro name=\"" name "\">" text "</macro>\n"

#endif
