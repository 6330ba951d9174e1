#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The table in README is what the demo prints.  UPDATE=1 puts it there anew.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" BUGZILLA_URL=https://bugzilla.example
export SOURCE_DATE_EPOCH=1782907200
sh tests/corpus.sh "$CABRIEF" "$work/c.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok readme: corpus"; exit 1; }
"$CABRIEF" --db "$work/c.db" --taxonomy "$work/taxonomy" -q count \
    --scheme types-2024 --from 2025-07-01 --to 2026-06-30 |
    sed '/./s/^/    /' >"$work/table"
awk -v table="$work/table" '
/^    Types of Incident|^@TABLE@/ {
	while ((getline line < table) > 0) print line
	skip = 1
	next
}
/^[^ ]/ { skip = 0 }
!skip { print }
skip && /^$/ { blank = 1 }
' README | cat -s >"$work/README"
# One blank line before the words that follow the table.
sed 's/^The same with -f/\n&/' "$work/README" | cat -s >"$work/new"
awk '/^(Try it|What it prints|Every night, to a wiki|Where things are)$/ { print "" } { print }' \
    "$work/new" >"$work/README"
if [ -n "${UPDATE:-}" ]; then
	cp "$work/README" README
elif cmp -s README "$work/README"; then
	echo "ok readme: its table is what is printed"
else
	diff -u README "$work/README" | head -n 30
	echo "not ok readme: its table is not what is printed"
fi
