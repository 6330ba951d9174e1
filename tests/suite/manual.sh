#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The manuals pass mandoc's lint, and every example in them runs.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM

if command -v mandoc >/dev/null 2>&1; then
	for page in cabrief.1 cabrief-taxonomy.5; do
		if mandoc -Tlint -Wwarning "$page" >"$work/lint"; then
			echo "ok manual $page is clean"
		else
			cat "$work/lint"
			echo "not ok manual $page"
		fi
	done
else
	echo "skip manual lint: mandoc is not installed"
fi

# Examples are the lines ".Dl $ cabrief ..." of cabrief.1 and the lines
# "    $ cabrief ..." of README; they run in a folder with the corpus.
sh tests/corpus.sh "$CABRIEF" "$work/incidents.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok manual: corpus"; exit 1; }
cp -r corpus/2023-2026 corpus/2017-2023 "$work"
cp corpus/2023-2026/bugs.json corpus/2023-2026/comments.json "$work"
export CABRIEF_DB="$work/incidents.db" HOME="$work"
export SOURCE_DATE_EPOCH=1782907200
mkdir -p "$work/bin"
ln -s "$CABRIEF" "$work/bin/cabrief"
PATH="$work/bin:$PATH"
{
	sed -n 's/^\.Dl \$ //p' cabrief.1
	sed -n 's/^    \$ \(cabrief .*\)/\1/p' README
} | sed 's/\\-/-/g' >"$work/examples"
[ -s "$work/examples" ] || echo "not ok manual: no example found"
while IFS= read -r line; do
	(cd "$work" && sh -c "$line" >"$work/out" 2>"$work/err" </dev/null)
	code=$?
	if [ $code -eq 0 ] || [ $code -eq 1 ]; then
		echo "ok manual example: $line"
	else
		head -n 3 "$work/err"
		echo "not ok manual example: $line (exit $code)"
	fi
done <"$work/examples"
