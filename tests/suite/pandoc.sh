#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The Markdown of a briefing goes through pandoc, where that is there, to what
# people hand on: without a warning, with every table and every link.
set -u
cd "$(dirname "$0")/../.." || exit 9
if ! command -v pandoc >/dev/null 2>&1; then
	echo "skip pandoc: it is not installed"
	exit 0
fi
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" SOURCE_DATE_EPOCH=1782907200
sh tests/corpus.sh "$CABRIEF" "$work/c.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok pandoc: corpus"; exit 1; }

for style in types-2024 themes-2025; do
	"$CABRIEF" -q --db "$work/c.db" --taxonomy "$work/taxonomy" brief \
	    --style $style --from 2025-01-01 --to 2025-12-31 -f markdown \
	    >"$work/brief.md" || echo "not ok pandoc: $style is not written"
	for form in docx odt pptx html; do
		if pandoc -f gfm "$work/brief.md" --metadata title=Briefing \
		    -s -o "$work/brief.$form" 2>"$work/err" &&
		    [ ! -s "$work/err" ] && [ -s "$work/brief.$form" ]; then
			echo "ok pandoc $style to $form"
		else
			cat "$work/err"
			echo "not ok pandoc $style to $form"
		fi
	done
	# What it understood: as many tables and links as were written.
	pandoc -f gfm -t json "$work/brief.md" >"$work/brief.json"
	tables=$(grep -cE '^\| -' "$work/brief.md")
	links=$(grep -oE '\]\(<' "$work/brief.md" | wc -l)
	if [ "$tables" -gt 0 ] && [ "$links" -gt 0 ] && [ "$(jq \
	    '[.. | objects | select(.t == "Table")] | length' \
	    "$work/brief.json")" -eq "$tables" ] && [ "$(jq \
	    '[.. | objects | select(.t == "Link")] | length' \
	    "$work/brief.json")" -eq "$links" ]; then
		echo "ok pandoc $style: $tables tables, $links links"
	else
		echo "not ok pandoc $style: not $tables tables, $links links"
	fi
done
