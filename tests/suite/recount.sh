#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Recounts by another road: the program's counts against a few lines of
# Python over the same raw JSON.  Always on the corpus; on real bugs where
# CABRIEF_DATA names their folder.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" BUGZILLA_URL=https://bugzilla.example

sh tests/corpus.sh "$CABRIEF" "$work/corpus.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok recount: corpus"; exit 1; }
python3 tests/recount.py "$CABRIEF --db $work/corpus.db --taxonomy $work/taxonomy" \
    corpus corpus/2017-2023/bugs.json corpus/2023-2026/bugs.json
python3 tests/gold.py "$CABRIEF --db $work/corpus.db --taxonomy $work/taxonomy" \
    corpus/2017-2023/gold.tsv corpus/2023-2026/gold.tsv

if [ -z "${CABRIEF_DATA:-}" ]; then
	echo "skip recount of real bugs: CABRIEF_DATA is not set"
	exit 0
fi
"$CABRIEF" --db "$work/real.db" import "$CABRIEF_DATA/dev/bugs.json" \
    "$CABRIEF_DATA/dev/comments.json" 2>"$work/log" ||
    { cat "$work/log"; echo "not ok recount: import of real bugs"; exit 1; }
python3 tests/recount.py "$CABRIEF --db $work/real.db" real \
    "$CABRIEF_DATA/dev/bugs.json" "$CABRIEF_DATA/owners.tsv"
