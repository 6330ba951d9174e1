#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# How good the rules are must not fall below the floors here, which are a
# hair under what has been reached: always on the corpus, and on the real
# bugs where CABRIEF_DATA names their folder.  Whoever makes the rules
# better raises them.
#
# A line is: scheme, gold (whiteboard, or a column of gold.tsv, or themes),
# how neighbours vote, and floors of F1 micro, F1 macro and exact match, then
# the highest count error allowed, of counts and of estimates; "-" where
# nothing is asked.
CORPUS='
tags		true_tags	--folds=10	0.88 0.85 0.82 0.19 0.17
tags		true_tags	--prequential	0.87 0.85 0.82 0.20 0.17
tags		true_tags	--no-neighbours	0.88 0.85 0.83 0.18 0.17
types-2024	true_tags	--folds=10	0.90 0.86 0.86 0.14 0.13
themes-2025	themes		--folds=10	0.85 0.83 0.82 0.09 -
coarse		true_tags	--folds=10	0.95 0.95 0.93 0.07 0.05
causes		causes		--no-neighbours	0.65 0.675 0.29 0.25 0.25
'
REAL='
tags		whiteboard	--folds=10	0.855 0.85 0.805 0.145 0.035
tags		whiteboard	--prequential	0.845 0.84 0.80 0.15 0.04
tags		whiteboard	--no-neighbours	0.86 0.845 0.815 0.155 0.035
tags-merged	whiteboard	--folds=10	0.91 0.885 0.88 0.07 0.04
types-2024	whiteboard	--folds=10	0.865 0.84 0.825 0.145 0.03
themes-2025	whiteboard	--folds=10	0.92 0.91 0.895 0.065 0.03
themes-2025	themes		--folds=10	0.895 0.905 0.86 0.095 -
coarse		whiteboard	--folds=10	0.94 0.935 0.925 0.05 0.04
'
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" BUGZILLA_URL=https://bugzilla.example
export SOURCE_DATE_EPOCH=1782907200

# gold COLUMN FILE...: bug and that column, less the labels that are none.
gold()
{
	column=$1
	shift
	awk -F'\t' -v column="$column" '
	FNR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i; next }
	$at != "-" && $at !~ /^(iv|code-signing)-misissuance$/ {
		print $1 "\t" $at }' "$@"
}

# floors NAME TABLE DB TAXONOMY: evaluate line by line.
floors()
{
	printf '%s' "$2" | while read -r scheme gold votes floors; do
		[ -n "$scheme" ] || continue
		file=$gold
		[ -e "$work/$1.$gold" ] && file=$work/$1.$gold
		name="$1 $scheme $gold $votes"
		"$CABRIEF" --db "$3" --taxonomy "$4" evaluate \
		    --scheme "$scheme" --gold "$file" "$votes" -f json \
		    >"$work/out.json" 2>"$work/err" || {
			head -n 3 "$work/err"
			echo "not ok evaluate $name: does not run"
			continue
		}
		python3 tests/evaluate.py "$name" "$work/out.json" $floors
	done
}

sh tests/corpus.sh "$CABRIEF" "$work/corpus.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok evaluate: corpus"; exit 1; }
gold true_tags corpus/*/gold.tsv >"$work/corpus.true_tags"
gold themes corpus/*/gold.tsv >"$work/corpus.themes"
gold causes corpus/*/gold.tsv >"$work/corpus.causes"
floors corpus "$CORPUS" "$work/corpus.db" "$work/taxonomy"

if [ -z "${CABRIEF_DATA:-}" ]; then
	echo "skip evaluate on real bugs: CABRIEF_DATA is not set"
	exit 0
fi
"$CABRIEF" --db "$work/real.db" import "$CABRIEF_DATA/dev/bugs.json" \
    "$CABRIEF_DATA/dev/comments.json" 2>"$work/log" ||
    { cat "$work/log"; echo "not ok evaluate: import of real bugs"; exit 1; }
cp "$CABRIEF_DATA/dev/themes.tsv" "$work/real.themes"
floors real "$REAL" "$work/real.db" taxonomy
