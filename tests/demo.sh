#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# demo.sh CABRIEF: import the invented incidents of corpus/, print the count
# tables, and write them, briefings and a dashboard under out/.
set -eu
cd "$(dirname "$0")/.."
cabrief=$1
export BUGZILLA_URL=https://bugzilla.example
rm -rf out
mkdir -p out
sh tests/corpus.sh "$cabrief" out/demo.db out/taxonomy

run()
{
	"$cabrief" --db out/demo.db --taxonomy out/taxonomy \
	    --now 2026-07-01 -q "$@"
}
for scheme in types-2024 themes-2025; do
	echo
	set -- count --scheme $scheme --from 2025-07-01 --to 2026-06-30
	run "$@"
	for pair in text:txt markdown:md mediawiki:wiki html:html csv:csv \
	    json:json; do
		run "$@" -f "${pair%:*}" -o "out/$scheme.${pair#*:}"
	done
done
run list -f csv -o out/incidents.csv
run brief --from 2025-07-01 --to 2026-06-30 -f html -o out/brief.html
run brief --style themes-2025 -f markdown -o out/brief.md
run dashboard -f html -o out/dashboard.html
echo
echo "Written under out/:" out/*.txt out/*.md out/*.wiki out/*.csv \
    out/*.json out/*.html
