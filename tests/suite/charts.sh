#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The charts of the corpus: XML that a strict parser takes, with a name, a
# description and no script; alone, in a page, and as librsvg draws them; the
# same bytes in another locale and time zone.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" SOURCE_DATE_EPOCH=1782907200
sh tests/corpus.sh "$CABRIEF" "$work/c.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok charts: corpus"; exit 1; }

run()	# ARGS...
{
	"$CABRIEF" -q --db "$work/c.db" --taxonomy "$work/taxonomy" "$@"
}

chart()	# NAME ARGS...
{
	name=$1
	shift
	if ! run "$@" -f svg >"$work/one.svg" ||
	    ! run "$@" -f html >"$work/one.html"; then
		echo "not ok chart $name is not written"
		return
	fi
	if xmllint --noout --nonet "$work/one.svg" "$work/one.html" &&
	    [ "$(xmllint --xpath 'count(/*/*[local-name()="title"]) = 1 and
	    count(/*/*[local-name()="desc"]) = 1 and
	    count(//*[local-name()="script"]) = 0 and
	    count(//@id) = count(//@id[not(. = ../preceding::*/@id)])' \
	    "$work/one.svg")" = true ]; then
		echo "ok chart $name is well-formed"
	else
		echo "not ok chart $name is not well-formed"
	fi
	(TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 run "$@" -f svg) >"$work/two.svg"
	if cmp "$work/one.svg" "$work/two.svg"; then
		echo "ok chart $name is the same elsewhere"
	else
		echo "not ok chart $name is another elsewhere"
	fi
	command -v rsvg-convert >/dev/null 2>&1 || return
	if rsvg-convert "$work/one.svg" >"$work/one.png" &&
	    [ "$(wc -c <"$work/one.png")" -gt 2000 ]; then
		echo "ok chart $name is drawn by librsvg"
	else
		echo "not ok chart $name is not drawn by librsvg"
	fi
}

command -v rsvg-convert >/dev/null 2>&1 ||
    echo "skip charts as pictures: librsvg2-bin is not installed"
for kind in bar pie; do
	chart "count $kind" count --scheme types-2024 --chart $kind
	chart "tags $kind" count --chart $kind
	chart "nothing $kind" count --id 1 --chart $kind
	chart "brief $kind" brief --from 2024-01-01 --to 2024-05-20 \
	    --sections charts --chart $kind
done
chart "crossed" count --scheme themes-2025 --by tags --chart stack
for kind in line stack bar; do
	for per in month quarter year; do
		chart "trend $kind $per" trend --from 2017-01-01 --per $per \
		    --chart $kind
	done
	chart "owners $kind" trend --from 2017-01-01 --by owner --chart $kind
done
