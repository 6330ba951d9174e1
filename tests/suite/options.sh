#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The option table, --help, the manual and completion say the same; and the
# command line behaves as users of other tools expect.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work"

test_that()	# NAME COMMAND...
{
	name=$1
	shift
	if "$@" >"$work/log" 2>&1; then
		echo "ok options $name"
	else
		head -n 5 "$work/log"
		echo "not ok options $name"
	fi
}

exits()		# CODE ARGS...: and, but for 0, one line on standard error
{
	want=$1
	shift
	"$CABRIEF" "$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ $got -eq "$want" ] || { echo "exit $got for $*"; return 1; }
	[ "$want" -eq 0 ] || [ "$(wc -l <"$work/err")" -eq 1 ] ||
	    { cat "$work/err"; return 1; }
}

in_manual()
{
	for command in "" $("$CABRIEF" --complete-options | grep -v '^-'); do
		for option in $("$CABRIEF" $command --complete-options |
		    sed -n 's/^--\([a-z-]*\).*/\1/p'); do
			grep -q "^\.It Fl.* Fl \?Fl \?-\?$option\b\|^\.It Fl Fl $option\b\|^\.It .*Fl Fl $option\b" \
			    cabrief.1 || { echo "--$option: not in cabrief.1"; return 1; }
			"$CABRIEF" help $command | grep -q -e "--$option\b" ||
			    { echo "--$option: not in help $command"; return 1; }
		done
		[ -z "$command" ] || grep -q "^\.Ss cabrief $command\b" cabrief.1 ||
		    { echo "$command: no section in cabrief.1"; return 1; }
	done
}

manual_knows_no_other()
{
	sed -n 's/^\.It .*Fl Fl \([a-z-]*\).*/\1/p' cabrief.1 | sort -u |
	while read -r option; do
		for command in "" $("$CABRIEF" --complete-options |
		    grep -v '^-'); do
			"$CABRIEF" $command --complete-options
		done | grep -q -e "^--$option\b" ||
		    { echo "--$option: only in cabrief.1"; exit 1; }
	done
}

diagnostics_in_manual()
{
	sed -n 's/^.*{ DIAG_[A-Z]*, "\([a-z-]*\)".*/\1/p;s/^.*\] = { "\([a-z-]*\)".*/\1/p' \
	    base/diag.c >"$work/codes"
	grep -ohE '"[a-z]+(-[a-z]+)+"' base/diag.c | tr -d '"' | sort -u >"$work/codes"
	[ -s "$work/codes" ] || { echo "no codes found"; return 1; }
	while read -r code; do
		grep -q "^\.It .*$code" cabrief.1 ||
		    { echo "$code: not in cabrief.1"; return 1; }
	done <"$work/codes"
}

test_that "are all in the manual and in help" in_manual
test_that "of the manual all exist" manual_knows_no_other
test_that "diagnostics are explained in the manual" diagnostics_in_manual
test_that "help exits 0" exits 0 --help
test_that "help of each command" sh -c 'for c in $($CABRIEF --complete-options | grep -v ^-); do $CABRIEF help $c && $CABRIEF $c --help && $CABRIEF --help $c || exit 1; done'
test_that "version exits 0" exits 0 -V
test_that "no command" exits 2
test_that "unknown command" exits 2 cuont
test_that "unknown command is guessed" grep -q 'did you mean count' "$work/err"
test_that "unknown option" exits 2 count --shceme tags
test_that "unknown option is guessed" grep -q 'did you mean --scheme' "$work/err"
test_that "short for one" exits 0 help --quie
test_that "short for several" exits 2 evaluate --fo 3
test_that "short for several names them" grep -q -e '--fo: ambiguous: do you mean --folds, --format or --force?' "$work/err"
test_that "short for several with a value" exits 2 evaluate --fo=3
test_that "argument that is none" exits 2 list --all=x
test_that "argument that is none is named" grep -q -e '--all takes no argument' "$work/err"
test_that "unknown letter" exits 2 count -Z
test_that "missing argument" exits 2 count --from
test_that "option of another command" exits 2 status --scheme tags
test_that "value that is none" exits 2 count --cohort sometimes
test_that "day that does not exist" exits 2 count --from 2023-02-29
test_that "window that ends before it begins" exits 2 count --from 2024-02-01 --to 2024-01-01
test_that "day that has not come" exits 2 count --now 2024-05-20 --as-of 2024-05-21
test_that "as of no day" exits 2 list --as-of 2024-02-30
test_that "the window ends with the past" exits 2 count --from 2024-05-20 --as-of 2024-05-19
test_that "no past of the store itself" exits 2 status --as-of 2024-05-20
test_that "too many arguments" exits 2 status now
test_that "import without a file" exits 2 import
test_that "no bug number" exits 2 show bug --db "$work/none.db"
test_that "explain: no bug number" exits 2 explain 12,13 --db "$work/none.db"
test_that "decisions that are not there" exits 3 list --overrides "$work/none.csv"
test_that "decisions where there are none" exits 2 evaluate --overrides "$work/none.csv"
test_that "taxonomy: no such part" exits 2 taxonomy chekc
test_that "taxonomy check has no format" exits 2 taxonomy check -f json
test_that "taxonomy diff without a folder" exits 2 taxonomy diff
test_that "taxonomy diff: no such folder" exits 3 taxonomy diff "$work/none"
test_that "unknown owner" exits 2 list --owner Digicrt --db "$work/none.db"
test_that "unknown owner is guessed" grep -q 'DigiCert' "$work/err"
test_that "unknown scheme" exits 2 count --scheme type-2024
test_that "bad pattern" exits 2 list --text '(' --db "$work/none.db"
test_that "bad list of ids" exits 2 list --id 12,x
test_that "bad age" exits 2 status --max-age soon
test_that "store that is not there" exits 3 count --db "$work/none.db"
test_that "nothing was made for it" test ! -e "$work/none.db"
echo 'nonsense = 1' >"$work/config"
test_that "unknown setting" env CONFIGURATION_DIRECTORY="$work" sh -c '"$CABRIEF" status 2>"'$work'/e"; [ $? -eq 3 ] && grep -q "config:1:" "'$work'/e"'
"$CABRIEF" -q --db "$work/y.db" import corpus/2023-2026/export.xml 2>/dev/null
test_that "report over the store" exits 2 --db "$work/y.db" count -o "$work/y.db"
test_that "report into a device" exits 0 --db "$work/y.db" status -o /dev/null
test_that "the device stays one" test -c /dev/null
test_that "report into a pipe" sh -c 'mkfifo "$0/pipe"; "$CABRIEF" --db "$0/y.db" status -o "$0/pipe" & grep -q "The check found no faults" "$0/pipe"; code=$?; wait; [ -p "$0/pipe" ] && exit $code' "$work"
test_that "report into a folder" exits 9 --db "$work/y.db" status -o "$work"
test_that "report into no folder" exits 9 --db "$work/y.db" status -o "$work/no/x"
test_that "what to do is said" grep -q 'No such file or directory: check the name and its folder$' "$work/err"
test_that "URL with an account" exits 3 --db "$work/y.db" import --url https://u:p@bz.example corpus/2023-2026/inclusions.json
test_that "URL of no kind" exits 3 --db "$work/y.db" import --url javascript:x corpus/2023-2026/inclusions.json
test_that "links go where the store is from, without two slashes" sh -c '"$CABRIEF" -q --db "$0/z.db" import --url https://bz.example/ corpus/2023-2026/export.xml; "$CABRIEF" -q --db "$0/z.db" import corpus/2023-2026/inclusions.json && "$CABRIEF" -q --db "$0/z.db" list -f jsonl | grep -q "\"https://bz.example/show_bug"' "$work"
test_that "full output device" sh -c '"$CABRIEF" --help >/dev/full 2>/dev/null; [ $? -eq 9 ]'
test_that "closed pipe ends quietly" sh -c '{ "$CABRIEF" taxonomy list 2>"'$work'/e"; } | head -n 1 >/dev/null; [ ! -s "'$work'/e" ]'
test_that "settings name their origin" sh -c 'echo "db = '$work'/x.db" >"'$work'/config"; "$CABRIEF" --db "'$work'/y.db" import corpus/2023-2026/inclusions.json 2>/dev/null && CABRIEF_DB="'$work'/y.db" "$CABRIEF" status -v | grep -q "CABRIEF_DB"'
if command -v bash >/dev/null 2>&1; then
	test_that "completion of commands and values" bash -c '
	. cmd/completion.bash
	COMP_WORDS=("$CABRIEF" cou) COMP_CWORD=1; _cabrief
	[[ " ${COMPREPLY[*]} " == *" count "* ]] || exit 1
	COMP_WORDS=("$CABRIEF" count --cohort "") COMP_CWORD=3; _cabrief
	[[ " ${COMPREPLY[*]} " == *" open-during "* ]] || exit 1
	COMP_WORDS=("$CABRIEF" count --sch) COMP_CWORD=2; _cabrief
	[[ "${COMPREPLY[*]}" == "--scheme" ]]'
fi
