/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "classify/role.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "fetch/bug.h"
#include "taxonomy/taxonomy.h"

enum {
	/* Letters of a name that must be found in a domain: less is chance. */
	NAME_LEAST = 4,
	NAME_MOST = 64
};

static const struct {
	const char *name, *title;
} names[ROLE__MAX] = {
	[ROLE_UNKNOWN] = { "unknown", "unknown" },
	[ROLE_CA] = { "ca", "CA" },
	[ROLE_ROOT_PROGRAM] = { "root-program", "root program" },
	[ROLE_CCADB] = { "ccadb", "CCADB" },
	[ROLE_ROBOT] = { "robot", "robot" },
	[ROLE_COMMUNITY] = { "community", "community" }
};

/* What a public domain says of who writes: nothing. */
static const enum role party_roles[TAX_PARTY_KIND__MAX] = {
	[TAX_PARTY_ROOT_PROGRAM] = ROLE_ROOT_PROGRAM,
	[TAX_PARTY_CCADB] = ROLE_CCADB,
	[TAX_PARTY_ROBOT] = ROLE_ROBOT,
	[TAX_PARTY_PUBLIC] = ROLE_UNKNOWN
};

/* What stands behind "@"; NULL without one. */
static const char *
domain_of(const char *login)
{
	const char *at = strrchr(login, '@');

	return at != NULL && at[1] != '\0' ? at + 1 : NULL;
}

/* Is it the domain, or one below it? */
static bool
domain_in(const char *domain, const char *above)
{
	size_t len = strlen(domain), above_len = strlen(above);

	if (above_len == 0 || len < above_len ||
	    text_casecmp(domain + len - above_len, above) != 0)
		return false;
	return len == above_len || domain[len - above_len - 1] == '.';
}

/* The same login, also when one of the two lacks its domain. */
static bool
same_login(const char *a, const char *b)
{
	size_t a_len = strcspn(a, "@"), b_len = strcspn(b, "@"), i;

	if (a[0] == '\0' || b[0] == '\0')
		return false;
	if (a[a_len] == '@' && b[b_len] == '@')
		return text_casecmp(a, b) == 0;
	if (a_len != b_len)
		return false;
	for (i = 0; i < a_len; i++)
		if (text_lower((unsigned char)a[i]) !=
		    text_lower((unsigned char)b[i]))
			return false;
	return true;
}

/* The party whose whole address the login is, or NULL. */
static const struct tax_party *
party_by_login(const struct taxonomy *taxonomy, const char *login)
{
	const struct tax_party *party;
	size_t i, j;

	for (i = 0; i < taxonomy->party_len; i++) {
		party = &taxonomy->parties[i];
		for (j = 0; j < party->address_len; j++)
			if (strchr(party->addresses[j], '@') != NULL &&
			    same_login(party->addresses[j], login))
				return party;
	}
	return NULL;
}

static const struct tax_party *
party_by_domain(const struct taxonomy *taxonomy, const char *domain)
{
	const struct tax_party *party;
	size_t i, j;

	for (i = 0; i < taxonomy->party_len; i++) {
		party = &taxonomy->parties[i];
		for (j = 0; j < party->address_len; j++)
			if (strchr(party->addresses[j], '@') == NULL &&
			    domain_in(domain, party->addresses[j]))
				return party;
	}
	return NULL;
}

static bool
owner_speaks(const struct taxonomy *taxonomy, size_t index,
    const char *domain)
{
	const struct tax_owner *owner = &taxonomy->owners[index];
	size_t i;

	for (i = 0; i < owner->domain_len; i++)
		if (domain_in(domain, owner->domains[i]))
			return true;
	return false;
}

/* Does the domain speak for the owner, or for who has succeeded it? */
static bool
owner_has(const struct taxonomy *taxonomy, size_t index, const char *domain,
    int64_t time)
{
	const struct tax_owner *owner;

	if (index == SIZE_MAX)
		return false;
	owner = &taxonomy->owners[index];
	return owner_speaks(taxonomy, index, domain) ||
	    ((owner->since == DATE_NONE || owner->since <= date_day(time)) &&
	    owner_speaks(taxonomy, owner->now, domain));
}

/* Letters and digits of ASCII in lower case; 0 when there are others. */
static size_t
squeeze(const char *data, size_t len, char out[NAME_MOST])
{
	size_t i, used = 0;
	unsigned char c;

	for (i = 0; i < len; i++) {
		c = (unsigned char)data[i];
		if (c >= 0x80 || used == NAME_MOST - 1)
			return 0;
		if (text_is_word(c))
			out[used++] = (char)text_lower(c);
	}
	out[used] = '\0';
	return used;
}

/* Is a part of the domain, hyphens apart, the name in the summary? */
static bool
domain_named(const struct bug *bug, const struct verdict *verdict,
    const char *domain)
{
	const struct owner_match *owner = &verdict->owner;
	char name[NAME_MOST], part[NAME_MOST];
	size_t len;

	if (squeeze(bug->text[BUG_SUMMARY] + owner->prefix,
	    owner->prefix_len, name) < NAME_LEAST)
		return false;
	while (domain[0] != '\0') {
		len = strcspn(domain, ".");
		if (squeeze(domain, len, part) > 0 &&
		    strcmp(name, part) == 0)
			return true;
		domain += len;
		domain += domain[0] == '.';
	}
	return false;
}

/* The assignee's domain, where that tells who the CA is; else NULL. */
static const char *
assigned_domain(const struct bug *bug, const struct taxonomy *taxonomy)
{
	const char *login = bug->text[BUG_ASSIGNED_TO];
	const char *domain = domain_of(login);

	if (domain == NULL || party_by_login(taxonomy, login) != NULL ||
	    party_by_domain(taxonomy, domain) != NULL)
		return NULL;
	return domain;
}

enum role
role_of(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy, const char *login, int64_t time)
{
	const struct owner_match *owner = &verdict->owner;
	const char *domain = domain_of(login), *assigned;
	const struct tax_party *party;

	party = party_by_login(taxonomy, login);
	if (party != NULL)
		return party_roles[party->kind];
	if (domain == NULL)
		return same_login(login, bug->text[BUG_ASSIGNED_TO]) ?
		    ROLE_CA : ROLE_UNKNOWN;
	if (owner_has(taxonomy, owner->owner, domain, time) ||
	    owner_has(taxonomy, owner->operator_owner, domain, time))
		return ROLE_CA;
	party = party_by_domain(taxonomy, domain);
	if (party != NULL && party->kind != TAX_PARTY_PUBLIC)
		return party_roles[party->kind];
	if (same_login(login, bug->text[BUG_ASSIGNED_TO]))
		return ROLE_CA;
	if (party != NULL)
		return ROLE_UNKNOWN;
	assigned = assigned_domain(bug, taxonomy);
	if ((assigned != NULL && (domain_in(domain, assigned) ||
	    domain_in(assigned, domain))) ||
	    domain_named(bug, verdict, domain))
		return ROLE_CA;
	return ROLE_COMMUNITY;
}

static bool
is_ca(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy, const char *login, int64_t time)
{
	return role_of(bug, verdict, taxonomy, login, time) == ROLE_CA;
}

bool
role_ca_known(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy)
{
	size_t owner = verdict->owner.owner;

	if (owner != SIZE_MAX && (taxonomy->owners[owner].domain_len > 0 ||
	    taxonomy->owners[taxonomy->owners[owner].now].domain_len > 0))
		return true;
	return is_ca(bug, verdict, taxonomy, bug->text[BUG_ASSIGNED_TO],
	    INT64_MAX);
}

enum reporter_kind
role_reporter(const struct bug *bug, const struct verdict *verdict,
    const struct taxonomy *taxonomy)
{
	const char *creator = bug->text[BUG_CREATOR];
	int64_t time = bug->num[BUG_CREATED];
	bool outside = false;

	if (verdict->board.external)
		return REPORTER_EXTERNAL;
	switch (role_of(bug, verdict, taxonomy, creator, time)) {
	case ROLE_CA:
		return REPORTER_SELF;
	case ROLE_ROOT_PROGRAM:
	case ROLE_CCADB:
		return REPORTER_EXTERNAL;
	case ROLE_COMMUNITY:
		outside = role_ca_known(bug, verdict, taxonomy);
		break;
	case ROLE_UNKNOWN:
		outside = creator[0] != '\0' && is_ca(bug, verdict, taxonomy,
		    bug->text[BUG_ASSIGNED_TO], time);
		break;
	case ROLE_ROBOT:
	case ROLE__MAX:
		break;
	}
	return outside ? REPORTER_EXTERNAL : REPORTER_UNKNOWN;
}

const char *
role_name(enum role role)
{
	return names[role].name;
}

const char *
role_title(enum role role)
{
	return names[role].title;
}
