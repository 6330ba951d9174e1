#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Who includes whom: base < fetch < taxonomy < classify < output < cmd, only
# to the left; private headers stay in their folder; and one place opens
# each foreign library.
set -u
cd "$(dirname "$0")/../.." || exit 9
bad=$(mktemp) || exit 9
trap 'rm -f "$bad"' EXIT

grep -nE '^#include "' base/*.[ch] fetch/*.[ch] taxonomy/*.[ch] \
    classify/*.[ch] output/*.[ch] cmd/*.[ch] |
awk -F'[:"]' '
BEGIN {
	n = split("base fetch taxonomy classify output cmd", room, " ")
	for (i = 1; i <= n; i++) place[room[i]] = i
	list = "base/err base/diag base/buf base/mem base/text base/date " \
	    "base/file base/folder base/hash base/near base/banned " \
	    "fetch/asof fetch/bug fetch/table_file " \
	    "fetch/store fetch/bugzilla fetch/json fetch/xml fetch/intake " \
	    "fetch/http fetch/retry " \
	    "taxonomy/taxonomy taxonomy/guideline " \
	    "classify/whiteboard classify/owner classify/cohort " \
	    "classify/verdict classify/select classify/rule " \
	    "classify/clock classify/role classify/writers classify/digest classify/cross classify/report_text classify/tally classify/eval classify/gold classify/placing " \
	    "classify/judge classify/rules classify/score " \
	    "classify/similar classify/evidence classify/override classify/fit " \
	    "classify/inclusion classify/lessons classify/trend classify/review classify/difference output/report " \
	    "output/chart output/escape output/value output/writer output/build output/build_export output/publish output/wiki"
	n = split(list, header, " ")
	for (i = 1; i <= n; i++) public[header[i] ".h"] = 1
}
{
	split($1, from, "/")
	to = $4
	if (to == "taxonomy_bytes.h" && $1 == "taxonomy/builtin.c") next
	if (to == "page_bytes.h" && $1 == "output/write_html.c") next
	split(to, t, "/")
	if (!(t[1] in place))
		print $1 ":" $2 ": " to ": not written from the root"
	else if (place[t[1]] > place[from[1]])
		print $1 ":" $2 ": " to ": stands to the right"
	else if (t[1] != from[1] && !(to in public))
		print $1 ":" $2 ": " to ": is private to " t[1]
}' >"$bad"

# LIBRARY'S HEADER: files that may include it.
only()
{
	grep -nE "^#include <($1)" base/*.[ch] fetch/*.[ch] taxonomy/*.[ch] \
	    classify/*.[ch] output/*.[ch] cmd/*.[ch] |
	    grep -vE "^($2):" |
	    awk -v doors="$2" '{ print $0 ": only in " doors }' >>"$bad"
}
only 'yajl/yajl_parse' 'fetch/json[.]c'
only 'yajl/yajl_gen' 'output/write_json[.]c'
only 'sqlite3' 'fetch/(store[a-z_]*|table_file)[.][ch]'
only 'pcre2' 'classify/rule[.]c'
only 'cmark-gfm' 'classify/markdown[.]c'
only 'libxml/(parser|parserInternals|tree|xmlreader|relaxng|xmlerror|xmlIO)' 'fetch/(xml[a-z_]*|bugxml)[.][ch]'
only 'libxml/xmlwriter' 'output/xml_out[.]h'
only 'utf8proc' 'base/text(_nfc)?[.]c'
only 'nettle/' 'base/hash[.]h'
only 'ini[.]h' 'cmd/settings[.]c'
only 'curl/' 'fetch/http_private[.]h'

# output/ sees no store and no network; taxonomy/ no bug and no store.
grep -nE '^#include "fetch/(store|http|json|intake)' output/*.[ch] |
    grep -vE '^output/(wiki|publish)[a-z_]*[.][ch]:.*"fetch/(http|json)[.]h"' \
    >>"$bad"
grep -nE '^#include "fetch/(bug|store|http|json|intake)' \
    taxonomy/*.[ch] >>"$bad"
# Below cmd/ nobody asks the clock, the locale or the environment.  Requests
# that must wait need a clock that tells how long, and not what day it is.
grep -nE '\b(getenv|time|clock_gettime|nl_langinfo)\(' fetch/*.c \
    taxonomy/*.c classify/*.c output/*.c |
    grep -vE '^fetch/http[.]c:.*CLOCK_MONOTONIC' >>"$bad"
grep -nE '\b(getenv|clock_gettime)\(' base/*.c | grep -v '^base/mem.c' \
    >>"$bad"
# Only cmd/ prints and exits (mem_must_alloc excepted, see base/mem.h).
grep -nE '\b(printf|puts|exit|abort|fprintf|fputs)\(' base/*.c fetch/*.c \
    taxonomy/*.c classify/*.c output/*.c |
    grep -vE '^base/mem.c|SELECT printf\(' >>"$bad"

# Basenames are unique in the tree.
find base fetch taxonomy classify output cmd tests -name '*.[ch]' |
    sed 's|.*/||' | sort | uniq -d | sed 's/$/: twice in the tree/' >>"$bad"

# Every source says whose it is.
for file in base/*.[ch] fetch/*.[ch] taxonomy/*.[ch] classify/*.[ch] \
    output/*.[ch] cmd/*.[ch] tests/*/*.[ch] tests/*.sh tests/*/*.sh \
    taxonomy/*.xml taxonomy/*.rng GNUmakefile cabrief.1 \
    cabrief-taxonomy.5 cabrief-guide.7; do
	[ -e "$file" ] || continue
	head -n 8 "$file" | grep -q 'SPDX-License-Identifier: ISC' ||
	    echo "$file: no SPDX line" >>"$bad"
done

if [ -s "$bad" ]; then
	sed 's/^/not ok deps /' "$bad"
	exit 1
fi
echo "ok includes, doors, purity, names and licences"
