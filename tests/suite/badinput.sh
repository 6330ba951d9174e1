#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Bad input and bad places: each ends with its exit status, one clear line,
# and a store that holds what it held.
set -u
cd "$(dirname "$0")/../.." || exit 9
ROOT=$(pwd)
work=$(mktemp -d) || exit 9
trap 'umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT INT TERM
export HOME="$work" ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=1"
bugs=$ROOT/corpus/2023-2026/bugs.json
comments=$ROOT/corpus/2023-2026/comments.json
history=$ROOT/corpus/2023-2026/history.json
cd "$work" || exit 9

good()		# NAME: the test held
{
	echo "ok badinput $1"
}
bad()		# NAME WHAT
{
	head -n 5 err 2>/dev/null
	echo "not ok badinput $1: $2"
}

# import NAME CODE PATTERN FILE...: ends with CODE, and says PATTERN.
import()
{
	name=$1 want=$2 pattern=$3
	shift 3
	timeout 120 "$CABRIEF" --db store.db import "$@" >out 2>err
	code=$?
	if [ $code -ne "$want" ]; then
		bad "$name" "exit $code instead of $want"
	elif ! grep -qE -- "$pattern" err; then
		bad "$name" "does not say $pattern"
	elif [ -s out ]; then
		bad "$name" "writes to standard output"
	else
		good "$name"
	fi
}

# dump DB: all that the store holds but the runs and raw answers.
dump()
{
	for table in bug comment change; do
		sqlite3 -readonly "$1" "SELECT * FROM \"$table\" ORDER BY 1, 2, 3"
	done
}

import "good files" 0 "bugs: [1-9][0-9]* new" "$bugs" "$comments" "$history"
dump store.db >before
holds()		# NAME: the store is as it was before
{
	dump store.db >after
	if cmp -s before after; then
		good "$1: nothing lost"
	else
		bad "$1" "the store is changed"
	fi
}
import "the same again changes nothing" 0 "bugs: 0 new, 0 changed" "$bugs" "$comments" "$history"
holds "the same again"

# Truncated at every 1,000th byte.
size=$(wc -c <"$bugs") at=1000 wrong=
while [ "$at" -lt "$size" ]; do
	head -c "$at" "$bugs" >cut.json
	"$CABRIEF" --db cut.db import cut.json >out 2>err
	code=$?
	[ $code -eq 3 ] && grep -q "cut.json: line [0-9]*" err || wrong="$wrong $at:$code"
	at=$((at + 1000))
done
[ -z "$wrong" ] && good "truncated JSON at every 1,000th byte" ||
    bad "truncated JSON" "at$wrong"
[ "$(sqlite3 -readonly cut.db 'SELECT (SELECT count(*) FROM bug) + (SELECT count(*) FROM answer)')" = 0 ] &&
    good "truncated JSON leaves nothing half-written" ||
    bad "truncated JSON" "something stays"

one='"id":9000777,"product":"CA Program","component":"CA Certificate Compliance","status":"NEW","resolution":"","creation_time":"2024-01-02T03:04:05Z","last_change_time":"2024-01-02T03:04:05Z"'
printf '{"bugs":[{%s,"summary":"bad \377\376 bytes \355\240\200","whiteboard":""}]}' "$one" >utf8.json
import "invalid UTF-8 is repaired and said" 0 "text-repaired" utf8.json
[ "$(sqlite3 -readonly store.db 'SELECT count(*) FROM bug WHERE id = 9000777 AND summary LIKE "bad %"||char(65533)||"%"')" = 1 ] &&
    good "invalid UTF-8 is stored as U+FFFD" || bad "invalid UTF-8" "not stored"
python3 -c 'import sys; sys.stdout.write("["*10000000)' >deep.json
printf '{"bugs":[{"id":3,"creation_time":"a\\nb\\u202e\\u001b[31m"}]}' >lines.json
import "a finding is one line" 6 "bug-bad" lines.json
[ "$(grep -c 'cabrief' err)" -eq "$(wc -l <err)" ] && ! grep -q "$(printf '\033')" err &&
    good "and has no power over a terminal" || bad "one line" "it is not"
import "ten million nested arrays" 3 "deep" deep.json
python3 -c 'import sys; sys.stdout.write("{\"bugs\":[{\"id\":1,\"summary\":\""+"a"*100000000+"\"}]}")' >long.json
import "a string of 100 MB" 3 "long.json: line 1" long.json
printf '{"bugs":[{%s,"id":9000778,"summary":"x"}]}' "$one" >twice.json
import "repeated keys" 3 "line 1.*id" twice.json
printf '{"error":true,"code":100500,"message":"the database is away"}' >error.json
import "an error report under status 200" 5 "100500.*the database is away" error.json
printf '<!DOCTYPE html>\n<html><head><title>503</title></head></html>' >page.json
import "HTML instead of JSON" 3 "HTML" page.json
: >empty.json
import "an empty file" 3 "empty" empty.json
printf 'PK\003\004 this is no answer' >zip.json
import "something else" 3 "zip.json" zip.json
printf '{"bug_count":1690}' >number.json
import "an answer without bugs" 3 "no bugs" number.json
printf '{"bugs":[]}' >none.json
import "an empty list" 0 "answer-empty|bugs: 0 new" none.json
for id in -5 0 '"9000779"' 1.5 1e3 99999999999999999999 null true '{}'; do
	printf '{"bugs":[{"id":%s,"summary":"x"},{%s,"id2":1,"summary":"y"}]}' "$id" "$one" >id.json
	import "id $id is named, its neighbour stored" 6 "bug-bad" id.json
done
for day in 2024-02-30T00:00:00Z 2023-02-29T00:00:00Z 2024-13-01T00:00:00Z 2024-01-01T25:00:00Z yesterday; do
	printf '{"bugs":[{"id":9000780,"summary":"x","creation_time":"%s"}]}' "$day" >day.json
	import "date '$day' is named" 6 "9000780.*creation_time.*bug-bad" day.json
done
printf '{"bugs":{"9000777":{"comments":[{"id":1,"bug_id":9000777,"count":0,"text":"good","creator":"a@b.example","time":"2024-01-02T03:04:05Z"},{"id":-2,"bug_id":9000777,"text":"bad","creator":"a@b.example","time":"2024-01-02T03:04:05Z"}]}}}' >comment.json
import "a bad comment is named, its neighbour stored" 6 "9000777.*comment-bad" comment.json
[ "$(sqlite3 -readonly store.db 'SELECT count(*) FROM comment WHERE bug_id = 9000777')" = 1 ] &&
    good "the good comment is there" || bad "bad comment" "neighbour lost"
# A comment's number under two bugs, from two files: both are kept.
for id in 9000777 9000778; do
	printf '{"bugs":{"%s":{"comments":[{"id":5,"bug_id":%s,"count":0,"text":"x","creator":"a@b.example","time":"2024-01-02T03:04:05Z"}]}}}' $id $id >shared$id.json
done
import "a comment's number is not shared yet" 0 "comments: 1 new" shared9000777.json
grep -q comment-shared err && bad "comment's number" "named too early"
import "a comment's number under two bugs is named" 0 "bug 9000778: warning: .*: comment 5, also of bug 9000777 .comment-shared" shared9000778.json
import "and is not named again" 0 "comments: 0 new" shared9000778.json
grep -q comment-shared err && bad "comment's number" "named again"
[ "$(sqlite3 -readonly store.db 'SELECT count(*) FROM comment WHERE id = 5')" = 2 ] &&
    good "both comments are there" || bad "comment's number" "one is lost"
# A search that gives up on a bug names it, here and in the report.
printf '{"bugs":[{"id":1,"summary":"%s!","product":"CA Program","component":"CA Certificate Compliance","status":"NEW"},{"id":2,"summary":"aa","product":"CA Program","component":"CA Certificate Compliance","status":"NEW"}]}' "$(head -c 60000 /dev/zero | tr '\0' a)" >long.json
"$CABRIEF" -q --db long.db import long.json
"$CABRIEF" -q --db long.db list --text '^(a+)+$' >out 2>err
[ $? -eq 6 ] && grep -q '^cabrief: --text: bug 1: skipped: .*search-limit' err &&
    [ "$(wc -l <err)" -eq 1 ] && grep -q 'Left out: 1 in which the search gave up' out &&
    grep -q '1 incident[.]' out && good "a search that gives up" || bad "a search that gives up" "is not said"
"$CABRIEF" -q --db long.db list --text '^(a+)+$' --id 1 >out 2>err
[ $? -eq 6 ] && good "a search that gives up and finds nothing" || bad "a search that gives up" "nothing matched"
printf '<?xml version="1.0"?>\n<!DOCTYPE bugzilla [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<bugzilla><bug><bug_id>1</bug_id><short_desc>&x;</short_desc></bug></bugzilla>' >xxe.xml
import "XML with an entity" 3 "xxe.xml" xxe.xml
head -c 700 "$ROOT/corpus/2023-2026/export.xml" >cut.xml
import "truncated XML" 3 "cut.xml.*line [0-9]+|cut.xml:[0-9]+" cut.xml
import "a good file beside a bad one" 3 "deep" deep.json "$bugs"
import "a file that is not there" 3 "gone.json.*No such file" gone.json
import "a folder" 3 "folder" "$ROOT/corpus"
cat "$bugs" "$comments" >two.json
import "several documents in one file" 0 "bugs: 0 new" two.json
timeout 60 "$CABRIEF" --db stdin.db import - <"$bugs" >out 2>err &&
    good "standard input" || bad "standard input" "refused"

# What comes in an odd order, or odd as it is, gives one store.
full='"id":1,"product":"CA Program","component":"CA Certificate Compliance","summary":"Example CA: x","creation_time":"2024-01-02T03:04:05Z"'
printf '{"bugs":[{%s,"status":"RESOLVED","resolution":"FIXED","cf_last_resolved":"2024-02-01T00:00:00Z","last_change_time":"2024-03-01T00:00:00Z"}]}' "$full" >full.json
printf '{"bugs":[{"id":1,"whiteboard":"[ov-misissuance]","last_change_time":"2025-06-01T00:00:00Z"}]}' >part.json
printf '{"bugs":[{"id":1,"history":[]}]}' >quiet.json
"$CABRIEF" --db order1.db import full.json quiet.json part.json 2>/dev/null
"$CABRIEF" --db order2.db import part.json quiet.json full.json 2>/dev/null
for db in order1.db order2.db; do
	"$CABRIEF" --db $db show -f json 1 >out 2>err
	grep -q '"closed":"2024-02-01T00:00:00Z"' out &&
	    good "the closing time in $db" || bad "the closing time" "$db"
done
change()	# DAY STATUS STATUS
{
	printf '{"when":"2024-01-%sT00:00:00Z","who":"w","changes":[{"field_name":"status","removed":"%s","added":"%s"}]}' "$1" "$2" "$3"
}
printf '{"bugs":[{"id":1,"history":[%s,%s,%s]}]}' "$(change 20 ASSIGNED RESOLVED)" "$(change 05 NEW ASSIGNED)" "$(change 20 RESOLVED VERIFIED)" >mixed.json
"$CABRIEF" --db order1.db import mixed.json mixed.json mixed.json 2>/dev/null
[ "$(sqlite3 -readonly order1.db "SELECT group_concat(added, ' ') FROM (SELECT added FROM change ORDER BY seq)")" = \
    "ASSIGNED RESOLVED VERIFIED" ] && "$CABRIEF" --db order1.db status >out 2>&1 &&
    good "a history out of order, three times" ||
    bad "a history out of order" "not as told, or not sound"
printf '{"bugs":[{"id":1,"comments":[{"id":7,"count":0,"time":"2024-01-02T03:04:05Z","text":"a"},{"id":8,"count":0,"time":"2024-01-02T03:04:05Z","text":"b"}]},{"id":2,"comments":[{"id":7,"count":0,"time":"2024-01-02T03:04:05Z","text":"a"}]}]}' >alike.json
"$CABRIEF" --db order1.db import alike.json 2>/dev/null &&
    "$CABRIEF" --db order1.db status >out 2>&1 &&
    good "odd comments are no fault of the store" ||
    bad "odd comments" "not sound"
for id in 21 22 23 24 25; do
	{
		printf '{"bugs":[{%s,"comments":[{"id":%s,"time":"2024-01-02T03:04:05Z","text":"CAA ' "$full" $id
		head -c 8000000 /dev/zero | tr '\0' x
		printf '"}]},{"id":%s,"product":"CA Program","component":"CA Certificate Compliance","summary":"Example CA: y"}]}' $id
	} >part.json
	"$CABRIEF" --db large.db import part.json 2>/dev/null
done
"$CABRIEF" --db large.db list --all --text CAA -f csv >out 2>err
[ $? -eq 6 ] && grep -q 'bug 1: .*\[bug-cut\]' err && grep -q '^1,' out &&
    good "a bug too large is named, and found" || bad "a bug too large" "lost"
"$CABRIEF" --db large.db show 25 1 >out 2>err
[ $? -eq 6 ] && good "a bug too large is shown" ||
    bad "a bug too large" "not shown"

sqlite3 store.db "DELETE FROM bug WHERE id = 9000777; DELETE FROM comment WHERE bug_id IN (9000777, 9000778)" 2>/dev/null
holds "all of these"

# The store itself.
( sqlite3 store.db >/dev/null 2>&1 <<-SQL
	BEGIN EXCLUSIVE;
	.shell touch locked; while [ -e locked ]; do sleep 0.1; done
	SQL
) &
while [ ! -e locked ]; do
	sleep 0.1
done
import "a locked store" 8 "store.db" "$bugs"
rm locked
wait
cp store.db newer.db
sqlite3 newer.db 'PRAGMA user_version = 999'
"$CABRIEF" --db newer.db count >out 2>err
[ $? -eq 3 ] && grep -q 999 err && good "a store of a newer version" ||
    bad "newer version" "not told"
head -c 20000 store.db >half.db
"$CABRIEF" --db half.db count >out 2>err
[ $? -eq 3 ] && good "a truncated store" || bad "truncated store" "not told"
echo 'no database at all, but long enough to be taken for one perhaps?' >text.db
"$CABRIEF" --db text.db count >out 2>err
[ $? -eq 3 ] && good "a file that is no store" || bad "no store" "not told"
sqlite3 other.db 'CREATE TABLE t (x)'
"$CABRIEF" --db other.db import "$bugs" >out 2>err
[ $? -eq 3 ] && [ "$(sqlite3 other.db .tables)" = t ] &&
    good "a database of another program is left alone" ||
    bad "another program's database" "is taken"
cp store.db torn.db
printf 'garbage garbage garbage' | dd of=torn.db bs=1 seek=40000 conv=notrunc 2>/dev/null
"$CABRIEF" --db torn.db status >out 2>err
code=$?
[ $code -eq 3 ] || [ $code -eq 7 ] && good "a store with a torn page" ||
    bad "torn page" "exit $code"
if mkdir small && mount -t tmpfs -o size=500k tmpfs small 2>/dev/null; then
	cp none.json small/
	"$CABRIEF" --db small/s.db import "$comments" >out 2>err
	code=$?
	[ $code -eq 9 ] && grep -q 'small/s.db' err && good "a full disk" ||
	    bad "full disk" "exit $code"
	"$CABRIEF" --db small/s.db import none.json >out 2>err &&
	    good "the store on the full disk is whole" ||
	    bad "full disk" "the store is spoilt"
	umount small
	if mount -t tmpfs -o size=4m tmpfs small 2>/dev/null; then
		cp store.db small/
		mount -o remount,ro small
		"$CABRIEF" --db small/store.db import "$bugs" >out 2>err
		code=$?
		[ $code -eq 9 ] && good "a read-only store: import" ||
		    bad "read-only store: import" "exit $code"
		"$CABRIEF" --db small/store.db count >out 2>err &&
		    good "a read-only store can be read" ||
		    bad "read-only store" "can't be read"
		umount small
	fi
else
	echo "skip badinput full disk, read-only disk: no tmpfs can be mounted"
fi
"$CABRIEF" --db "$work/text.db/x.db" import "$bugs" >out 2>err
code=$?
[ $code -eq 9 ] || [ $code -eq 3 ] && good "a store under a file" ||
    bad "store under a file" "exit $code"
"$CABRIEF" --db "$work" import "$bugs" >out 2>err
code=$?
[ $code -eq 9 ] || [ $code -eq 3 ] && good "a store that is a folder" ||
    bad "store that is a folder" "exit $code"

# Output.
"$CABRIEF" --db store.db count -o /nowhere/x.txt >out 2>err
[ $? -eq 9 ] && good "an output folder that is not there" || bad "output" "not told"
echo old >keep.txt
"$CABRIEF" --db nowhere.db count -o keep.txt >out 2>err
[ "$(cat keep.txt)" = old ] && good "a failing report leaves the old file" ||
    bad "old file" "lost"
mkdir kept && echo precious >kept/notes.txt
for store in nowhere.db text.db half.db; do
	"$CABRIEF" --db $store export data >out 2>err
	[ $? -eq 3 ] && [ ! -e data ] && good "export from $store makes nothing" ||
	    bad "export from $store" "not told, or a folder is made"
done
"$CABRIEF" --db store.db export --force kept >out 2>err
[ $? -eq 2 ] && grep -q 'kept: .*no export' err && [ "$(cat kept/notes.txt)" = precious ] &&
    good "export into a folder of others" || bad "export" "a folder is touched"
"$CABRIEF" --db large.db export data >out 2>err
[ $? -eq 6 ] && grep -q 'bug 1: .*\[bug-cut\]' err && grep -q '^1,' data/incidents.csv &&
    good "export of a bug too large" || bad "export of a bug too large" "lost"
printf '{"bugs":[{%s,"id":9000781,"summary":"=1+1, \\"x\\"\\r\\n@y z@ca.example \\u202e","whiteboard":"[a, b] w@x"}]}' "${one#*,}" >odd.json
"$CABRIEF" --db odd.db import odd.json 2>/dev/null
"$CABRIEF" --db odd.db export --guard-formulas odd >out 2>err &&
    python3 -c 'import csv; r = list(csv.DictReader(open("odd/incidents.csv", newline="", encoding="utf-8"))); assert len(r) == 1 and r[0]["summary"].startswith("\x27=1+1, \"x\"") and "z@" not in r[0]["summary"] and "w@" not in r[0]["whiteboard"]' &&
    good "export of odd texts" || bad "export of odd texts" "not whole"
:
