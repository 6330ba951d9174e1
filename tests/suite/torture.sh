#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Each command again and again, its n-th allocation failing (a build with
# -DTORTURE reads CABRIEF_MEMFAIL): it ends with 9 or does its work; no
# crash, no leak, no partial output, the store unchanged.  POINTS says how
# many n are tried of each command; 0 tries all.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" SOURCE_DATE_EPOCH=1782907200
POINTS=${POINTS:-25}
sh tests/corpus.sh "$CABRIEF" "$work/c.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok torture: corpus"; exit 1; }

torture()	# NAME ARGS...: run at $work, reading c.db or writing x.db
{
	name=$1
	shift
	cp "$work/c.db" "$work/x.db"
	"$CABRIEF" -q "$@" >"$work/want" 2>"$work/err" ||
	    { cat "$work/err"; echo "not ok torture $name: without a fault"; return; }
	# How many allocations are there?  The first n that changes nothing.
	last=1
	while cp "$work/c.db" "$work/x.db" &&
	    ! CABRIEF_MEMFAIL=$last "$CABRIEF" -q "$@" >/dev/null 2>&1; do
		last=$((last * 2))
		[ $last -gt 10000000 ] && break
	done
	step=1
	[ "$POINTS" -gt 0 ] && step=$((last / POINTS + 1))
	n=1 wrong= failed=0
	while [ $n -lt $last ]; do
		cp "$work/c.db" "$work/x.db"
		CABRIEF_MEMFAIL=$n "$CABRIEF" -q "$@" >"$work/out" 2>"$work/err"
		code=$?
		case $code in
		0) cmp -s "$work/want" "$work/out" || wrong="$wrong $n:other output" ;;
		9) failed=$((failed + 1))
		   [ -s "$work/out" ] && wrong="$wrong $n:partial output"
		   [ "$(wc -l <"$work/err")" -eq 1 ] || wrong="$wrong $n:message"
		   sqlite3 -readonly "$work/x.db" 'PRAGMA quick_check' |
		       grep -qx ok || wrong="$wrong $n:store" ;;
		*) wrong="$wrong $n:exit $code" ;;
		esac
		n=$((n + step))
	done
	if [ -z "$wrong" ] && [ $failed -gt 0 ]; then
		echo "ok torture $name: $failed of about $((last / step)) faults end with 9"
	else
		tail -n 20 "$work/err"
		echo "not ok torture $name:$wrong"
	fi
}

torture "count as of a day" --db "$work/x.db" --taxonomy "$work/taxonomy" \
    count --labels inferred --as-of 2024-05-20
torture "show as of a day" --db "$work/x.db" --taxonomy "$work/taxonomy" \
    show --as-of 2020-07-08 9000025
for format in text markdown mediawiki html csv json svg; do
	torture "count $format" --db "$work/x.db" --taxonomy "$work/taxonomy" \
	    count --scheme types-2024 --from 2024-01-01 -f $format
done
torture "count with the built-in taxonomy" --db "$work/x.db" count --collapse-batches
torture "list" --db "$work/x.db" list --text revo --all -f jsonl
torture "show" --db "$work/x.db" show 9000120 9000025 -f markdown
torture "export" --db "$work/x.db" --taxonomy "$work/taxonomy" \
    export --force --from 2025-01-01 "$work/export"
torture "status" --db "$work/x.db" status -v
cat >"$work/night.plan" <<PLAN
[source]
fetch = no
[report counts]
command = count --scheme types-2024
    --from 2024-01-01
output = $work/counts.csv
format = csv
[report list]
command = list
output = $work/list.txt
PLAN
torture "refresh --check" --db "$work/x.db" refresh --check "$work/night.plan"
torture "taxonomy check" --db "$work/x.db" --taxonomy "$work/taxonomy" taxonomy check
torture "import of JSON" --db "$work/x.db" import corpus/2023-2026/bugs.json \
    corpus/2017-2023/comments.json corpus/2017-2023/history.json
torture "import of XML" --db "$work/x.db" import corpus/2023-2026/export.xml
