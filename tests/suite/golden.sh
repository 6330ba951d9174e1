#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The goldens: a folder a case in tests/golden/.  With a file `args`, the
# program runs once for each out.FORMAT with these arguments and -f FORMAT;
# with a file `cmd`, sh runs it ($CABRIEF, $DB, $TAXONOMY, $ROOT are set) and
# `stdout`, `stderr` and `exit` are compared where they exist.  What is
# absent claims nothing.  UPDATE=1 writes what exists anew.
set -u
cd "$(dirname "$0")/../.." || exit 9
ROOT=$(pwd)
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export ROOT CABRIEF
export DB="$work/corpus.db" TAXONOMY="$work/taxonomy"
export BUGZILLA_URL=https://bugzilla.example
export SOURCE_DATE_EPOCH=1782907200	# 2026-07-01T12:00:00Z
export HOME="$work/home"
unset XDG_CONFIG_HOME XDG_DATA_HOME CONFIGURATION_DIRECTORY STATE_DIRECTORY
sh tests/corpus.sh "$CABRIEF" "$DB" "$TAXONOMY" 2>"$work/log" || {
	cat "$work/log"
	echo "not ok golden: the corpus can't be imported"
	exit 1
}

compare()	# NAME EXPECTED GOT
{
	if [ -n "${UPDATE:-}" ]; then
		cp "$3" "$2"
	elif cmp -s "$2" "$3"; then
		echo "ok golden $1"
	else
		diff -u "$2" "$3" | head -n 30
		echo "not ok golden $1"
	fi
}

for case in tests/golden/*/; do
	name=$(basename "$case")
	if [ -e "$case/args" ]; then
		for out in "$case"out.*; do
			format=${out##*.}
			eval "set -- $(cat "$case/args")"
			"$CABRIEF" --db "$DB" --taxonomy "$TAXONOMY" "$@" \
			    -q -f "$format" >"$work/out" 2>"$work/err"
			code=$?
			[ $code -eq "$(cat "$case/exit" 2>/dev/null || echo 0)" ] ||
			    echo "not ok golden $name $format: exit $code: $(head -n 1 "$work/err")"
			compare "$name $format" "$out" "$work/out"
		done
	fi
	if [ -e "$case/cmd" ]; then
		mkdir -p "$work/cwd"
		(cd "$work/cwd" && sh "$ROOT/$case/cmd") \
		    >"$work/out" 2>"$work/err" </dev/null
		echo $? >"$work/code"
		rm -rf "$work/cwd"
		for part in stdout:out stderr:err exit:code; do
			[ -e "$case${part%:*}" ] &&
			    compare "$name ${part%:*}" "$case${part%:*}" \
			    "$work/${part#*:}"
		done
	fi
done
:
