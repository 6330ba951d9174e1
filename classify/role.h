/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

/*
 * Who speaks in a bug: told from the logins of its comments, as far as that
 * can be known.  Logins are today's: who has changed house since has taken
 * all comments along.
 */
#ifndef CLASSIFY_ROLE_H
#define CLASSIFY_ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify/verdict.h"

struct bug;
struct taxonomy;

enum role {
	ROLE_UNKNOWN,		/* an address that tells nothing */
	ROLE_CA,
	ROLE_ROOT_PROGRAM,
	ROLE_CCADB,
	ROLE_ROBOT,
	ROLE_COMMUNITY,		/* anybody else, other CAs too */
	ROLE__MAX
};

/*
 * The role of a login in a bug, of which the owner stands in `verdict`, at
 * the time of a comment.  The first that holds:
 * - the whole login is a party's;
 * - its domain (or one above it) is one of the bug's owner, of the owner of
 *   the second name in its summary, or, from the day of the succession on,
 *   of the owner that answers today: the CA.  So people of a company that
 *   is both a CA and a root program are the CA in its own bugs;
 * - its domain is that of a root program, of the CCADB, or of robots;
 * - it is whole the login that the bug is assigned to: the CA, whatever the
 *   domain;
 * - its domain is one at which anybody can have an address: unknown;
 * - its domain is that of the assignee, unless that is a party's, or has in
 *   it the name that the summary begins with, blanks and signs apart
 *   (certs@foo-bar.example in "Foo Bar: ..."): the CA;
 * - else it is the community.
 * Bugzilla hides domains from strangers: a login without "@" is held
 * against whole logins, by what stands before the "@", and else unknown.
 */
enum role role_of(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy, const char *login, int64_t time);

/* Can the CA's people be told in this bug, by domains of the owner or by
 * the assignee?  Comments are not looked at. */
bool role_ca_known(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy);

/*
 * Who filed the bug: [external] in the whiteboard, else the role of its
 * creator.  Somebody outside is external where the CA's people can be told;
 * an address that tells nothing only where the bug is assigned to the CA.
 */
enum reporter_kind role_reporter(const struct bug *bug,
    const struct verdict *verdict, const struct taxonomy *taxonomy);

/* "ca", "root-program" ...; and for people: "CA", "root program" ... */
const char *role_name(enum role role);
const char *role_title(enum role role);

#endif
