#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Run the suites named (all by default) and count.  A suite prints a line a
# test: "ok NAME", "not ok NAME ...", "skip NAME: WHY"; anything else is
# talk.  One that ends badly without a "not ok" counts as failed itself.
set -u
cd "$(dirname "$0")/.." || exit 9
export LC_ALL=C TZ=UTC0
unset CABRIEF_DB CABRIEF_TAXONOMY BUGZILLA_URL SOURCE_DATE_EPOCH
unset MEDIAWIKI_API_URL MEDIAWIKI_USER MEDIAWIKI_PASSWORD

[ $# -gt 0 ] || set -- deps headers size units golden charts feed options \
    badinput kill export fetch fetchkill fetchset publish publishset refresh \
    nightly wiki schedule manual readme recount asof evaluate reports html \
    pandoc
out=$(mktemp -d) || exit 9
trap 'rm -rf "$out"' EXIT INT TERM
for suite in "$@"; do
	echo "== $suite"
	if [ "$suite" = headers ]; then
		MAKEFLAGS= make --no-print-directory check-headers
	else
		sh "tests/suite/$suite.sh"
	fi >"$out/log" 2>&1
	code=$?
	grep -v '^ok ' "$out/log"
	if [ $code -ne 0 ] && ! grep -q '^not ok ' "$out/log"; then
		echo "not ok suite $suite ended with $code" | tee -a "$out/log"
	fi
	cat "$out/log" >>"$out/all"
done
passed=$(grep -c '^ok ' "$out/all")
failed=$(grep -c '^not ok ' "$out/all")
skipped=$(grep -c '^skip ' "$out/all")
if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
