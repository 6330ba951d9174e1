#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# fetch against the loopback Bugzilla, in both manners: what it costs, what
# it does about each fault, and that no bug is lost, invented or told of.
set -u
cd "$(dirname "$0")/../.." || exit 9
. tests/loop/serve.sh
KEY=THE-KEY-that-nobody-may-see-0123456789
SOME="--bugs 60 --comments 300"

# --- what it costs ---------------------------------------------------------

for mode in bmo 52; do
	serve --mode $mode --bugs 1700 --comments 22000 --delay 100
	most=40
	[ $mode = bmo ] || most=90
	python3 tests/bench/fetched.py "$CABRIEF" "$work/$mode.db" "$url" \
	    "$log" $mode
	test_that "$mode: 40 MB are enough for 1,700 bugs" [ $? -eq 0 ]
	test_that "$mode: of all: at most $most requests" \
	    [ "$(requests)" -le $most ]
	test_that "$mode: all bugs and comments are there" \
	    [ "$(query $mode 'SELECT count(*), (SELECT count(*) FROM comment)
	    FROM bug')" = "1700|22000" ]
	before=$(requests)
	fetch $mode
	test_that "$mode: nothing new: at most 3 requests" \
	    [ $(($(requests) - before)) -le 3 ]
	test_that "$mode: and one line says so" grep -q \
	    'bugs: 0 new, 0 changed, .* requests, .* bytes, .* seconds$' \
	    "$work/err"
done
test_that "both manners give the same, but for what is BMO's alone" \
    sh -c 'for m in bmo 52; do sqlite3 "$0/$m.db" "SELECT id, summary,
    whiteboard, status, resolution, created, changed FROM bug" "SELECT *
    FROM comment ORDER BY bug_id, id" "SELECT bug_id, time, who, field,
    removed, added FROM change WHERE field NOT LIKE '"'cf_%'"' ORDER BY
    bug_id, seq" >"$0/$m.rows"; done; cmp "$0/bmo.rows" "$0/52.rows"' "$work"

# --- the same as import ----------------------------------------------------

# What the server told, written to files without cabrief.
told()		# TARGET FILE
{
	python3 - "$url$1" "$2" <<'PY'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
open(sys.argv[2], 'wb').write(opener.open(sys.argv[1]).read())
PY
}

counts_equal()	# NAME NAME
{
	for scheme in tags types-2024 themes-2025; do
		for name in "$1" "$2"; do
			"$CABRIEF" --now 2026-08-01T00:00:00Z --db \
			    "$work/$name.db" count --scheme $scheme --all \
			    -f json >"$work/$name.$scheme" || return 1
		done
		cmp "$work/$1.$scheme" "$work/$2.$scheme" || return 1
	done
}

serve --mode bmo $CORPUS
fetch whole --now 2026-08-01T00:00:00Z
told "/rest/bug?product=CA+Program&order=bug_id&include_fields=_default,comments,history" \
    "$work/told.json"
"$CABRIEF" -q --now 2026-08-01T00:00:00Z --db "$work/files.db" import \
    --url "$url" "$work/told.json" 2>"$work/err"
test_that "the rows are those of an import of the same answers" \
    same whole files
test_that "and so is each count, byte for byte" counts_equal whole files
cp "$work/whole.db" "$work/twice.db"
fetch twice -q --full
test_that "--full over the same changes nothing" same whole twice
test_that "-q is silent" [ ! -s "$work/err" ]
cp "$work/files.db" "$work/mixed.db"
fetch mixed -q
test_that "a fetch over an import changes nothing" same mixed files

# --- faults ----------------------------------------------------------------

# The store holds all when the fault comes: it must hold the same after it,
# nothing marked as gone, and one line says what is wrong.
ends()		# CODE PATTERN
{
	exits "$1" "$2" && same x whole && [ "$(tail -n 1 "$work/err" |
	    grep -c '^cabrief: http://.*: ')" -eq 1 ] &&
	    [ "$(query x 'SELECT count(*) FROM gone')" -eq 0 ]
}

fault()		# MODE RULE CODE PATTERN
{
	tell fault none && tell fault "$2"
	cp "$work/whole.db" "$work/x.db"
	fetch x -q --full --retries 0 --timeout 1
	test_that "$1: $2: exit $3, nothing lost" ends "$3" "$4"
}

for mode in bmo 52; do
	serve --mode $mode --data corpus/2017-2023 --wait 2 \
	    --redirect http://127.0.0.1:9
	rm -f "$work/whole.db"
	fetch whole -q
	fault $mode gateway 5 'status 502, is text/html'
	fault $mode maintenance/search 5 'status 503'
	fault $mode blocked/search 5 'rate limit.* wait 61 minutes'
	fault $mode limited/search 5 'rate limit.* wait 61 minutes'
	fault $mode internal/search 5 'error 100500'
	fault $mode startpage/search 5 'text/html and no JSON'
	fault $mode redirect/search 5 'another'
	fault $mode empty/search 5 'empty.* before'
	fault $mode empty/search@2+ 5 ''
	fault $mode nobugs/search 5 'no bugs'
	fault $mode half/search 5 'cut'
	fault $mode cut/search 4 'broke off'
	fault $mode reset 4 'reset'
	fault $mode nul/search 5 'no JSON'
	fault $mode twice/search 5 'twice or out of order'
done
fault 52 gateway/comment 5 'status 502'
fault 52 limited/history 5 'rate limit'
fault 52 empty/comment 5 'none of the bugs'
fault 52 empty/history 5 'none of the bugs'
fault 52 nobugs/history 5 'no bugs'
fault 52 half/comment 5 'cut'
fault 52 stall/search 4 'too slow\|too long'
fault 52 silent/history 4 'broke off'
fault 52 badutf8/search 5 ''
fault 52 toolong/comment 5 'status 414'

# Once, and it is got over.
for rule in gateway/search@1 unavailable/version@1 internal/search@2 \
    cut/search@1 reset/whoami@1 half/search@2 \
    maintenance/search@1; do
	serve --mode bmo --data corpus/2017-2023 --fault $rule
	cp "$work/whole.db" "$work/x.db"
	fetch x -q --full
	test_that "$rule: got over" exits 0
	test_that "$rule: nothing lost" [ "$(query x 'SELECT count(*) FROM bug
	    WHERE id NOT IN (SELECT bug_id FROM gone)')" -eq 45 ]
done
serve --mode bmo --data corpus/2017-2023 --fault blocked
fetch none -q
test_that "429 is not asked again" [ "$(requests)" -eq 1 ]
test_that "nobody there: exit 4" sh -c '"$CABRIEF" -q --db "$0/none.db" fetch \
    --url http://127.0.0.1:9 --retries 0 2>"$0/err"; [ $? -eq 4 ] &&
    grep -q "reached" "$0/err"' "$work"

# --- bugs that can't be had ------------------------------------------------

poisoned()	# NAME: one bug failed, the other 59 are whole
{
	exits 6 'bug 1000016: .*could not be fetched' && same "$1" clean \
	    'id <> 1000016'
}

for mode in bmo 52; do
	serve --mode $mode $SOME
	rm -f "$work/clean.db"
	fetch clean -q
	for how in list text error; do
		serve --mode $mode $SOME --event "now poison 1000016 $how"
		fetch $mode-$how -q --retries 1
		test_that "$mode: a bug whose answer is bad ($how) is named, the rest stored" \
		    poisoned $mode-$how
		test_that "$mode: and it takes few requests to find it ($how)" \
		    [ "$(requests)" -le 60 ]
		tell event "now poison 1000016 none"
		fetch $mode-$how -q
		test_that "$mode: the next fetch gets it ($how)" \
		    same $mode-$how clean
	done
	serve --mode $mode $SOME --max-results 7
	fetch $mode-clamped -q
	test_that "$mode: a server that clamps pages in silence" \
	    same $mode-clamped clean
	serve --mode $mode $SOME --fault twice=3 --fault disorder=3
	fetch $mode-twice -q --retries 20
	test_that "$mode: bugs told twice and out of order" \
	    same $mode-twice clean
done
serve --mode 52 $SOME --event "now shut 1000016"
fetch shut -q
test_that "52: a bug that is refused in a batch is named, the rest stored" \
    poisoned shut
serve --mode bmo $SOME
fetch moving -q
tell event "now touch 1000016"
tell event "now touch 1000019"
fetch moving
test_that "changed bugs alone are asked for" \
    exits 0 'bugs: 0 new, 2 changed, 0 unchanged.* comments: 2 new'

# Bugs change, and one becomes restricted, while they are fetched.
meanwhile()	# MODE
{
	serve --mode $1 --bugs 400 --comments 800 --delay 100
	rm -f "$work/kept.db" "$work/fresh.db"
	"$CABRIEF" -q --db "$work/kept.db" fetch --url "$url" --jobs 1 \
	    2>"$work/err" &
	fetcher=$!
	while [ "$(requests)" -lt 6 ] && kill -0 $fetcher; do
		sleep 0.02
	done
	tell event "now touch 1000001"
	tell event "now touch 1001195"
	tell event "2017-01-01T00:00:00Z restrict 1001198"
	wait $fetcher
	echo "first: $?"
	fetch kept -q
	exits 0 || return 1
	fetch kept -q --full
	fetch fresh -q
	exits 0 && dump fresh >"$work/left" &&
	    dump kept "$VISIBLE" >"$work/right" &&
	    cmp "$work/left" "$work/right" &&
	    [ "$(query kept "SELECT count(*) FROM comment
	    WHERE text LIKE 'Touched at %'")" -eq 2 ]
}
VISIBLE='id NOT IN (SELECT bug_id FROM gone)'
for mode in bmo 52; do
	test_that "$mode: bugs that change meanwhile are had by the next" \
	    meanwhile $mode
done

# --- the past, day by day --------------------------------------------------

# Bugs appear, change, leave the component, become restricted; comments are
# edited.  Whenever the store is brought up to date it holds for the visible
# bugs what a fresh one holds.
follows()	# MODE
{
	wrong=
	serve --mode $1 $SOME --lively 1 --now 2018-01-01T00:00:00Z
	rm -f "$work/kept.db"
	for day in 2018-01-01 2018-01-03 2018-03-10 2018-03-13 2018-10-01 \
	    2021-01-10 2021-08-10 2023-11-20 2024-06-12 2026-03-01; do
		tell now ${day}T00:00:00Z
		rm -f "$work/fresh.db"
		fetch kept -q && exits 0 || wrong="$wrong $day:exit"
		fetch fresh -q
		dump fresh >"$work/left"
		# "gone" is there only in the one.
		dump kept "$VISIBLE" >"$work/right"
		cmp "$work/left" "$work/right" || wrong="$wrong $day:rows"
	done
	[ -z "$wrong" ] || { echo "$wrong"; return 1; }
}
for mode in bmo 52; do
	test_that "$mode: followed over the years, the store is as a fresh one" \
	    follows $mode
	test_that "$mode: bugs that left or became restricted are marked, and kept" \
	    [ "$(query kept 'SELECT (SELECT count(*) FROM bug),
	    (SELECT count(*) FROM gone)')" = "60|6" ]
	test_that "$mode: a comment edited without a trace is found" \
	    [ "$(query kept "SELECT count(*) FROM comment
	    WHERE text = 'Redacted.'")" -eq 3 ]
done
rm -f "$work/moving.db"
serve --mode bmo $SOME
fetch moving -q
tell event "2017-01-01T00:00:00Z restrict 1000016"
fetch moving --full
test_that "a bug that became restricted is said to be gone" \
    exits 0 ' 1 gone;'
fetch moving --full
test_that "but once" exits 0 ' 0 gone;'
tell event "2017-01-01T00:00:00Z open 1000016"
fetch moving --full
test_that "and to be back" exits 0 ' 0 gone, 1 back;'
test_that "and is no longer marked" \
    [ "$(query moving 'SELECT count(*) FROM gone')" -eq 0 ]

as_of()		# what was told on a day is what is told of it now
{
	serve --mode bmo $SOME --now 2026-03-01T00:00:00Z
	fetch end -q
	for day in 2017-04-01 2017-09-17 2018-06-30 2019-10-05 2021-01-31 \
	    2022-12-24 2024-02-29 2025-08-08; do
		tell now ${day}T23:59:59Z
		rm -f "$work/then.db"
		fetch then -q
		"$CABRIEF" -q --db "$work/then.db" list --all -f jsonl \
		    >"$work/left" 2>/dev/null
		"$CABRIEF" -q --db "$work/end.db" list --all -f jsonl \
		    --as-of $day >"$work/right" 2>/dev/null
		[ -s "$work/left" ] && cmp "$work/left" "$work/right" ||
		    { echo "$day"; diff "$work/left" "$work/right" |
		    cut -c 1-300 | head -n 4; return 1; }
	done
}
test_that "--as-of a day is what was fetched on that day" as_of

# --- keys ------------------------------------------------------------------

nowhere()	# the key is in no text and no file of the store
{
	! grep -q -e "$KEY" "$work/err" "$work/out" || return 1
	for file in "$work"/keyed.db*; do
		! grep -q -e "$KEY" "$file" || return 1
	done
}

HIDDEN="2017-01-01T00:00:00Z restrict 9000007"
keyed="--key $KEY --plain-key PLAIN-KEY-0123456789"
for mode in bmo 52; do
	option=
	[ $mode = bmo ] || option=--key-in-query
	serve --mode $mode $CORPUS $keyed --event "$HIDDEN"
	rm -f "$work"/keyed.db*
	export BUGZILLA_API_KEY=$KEY
	fetch keyed -v -v $option
	test_that "$mode: with a key, a hidden bug and private comments" \
	    [ "$(query keyed 'SELECT (SELECT count(*) FROM bug
	    WHERE id = 9000007), sum(is_private) FROM comment')" = "1|2" ]
	test_that "$mode: the key stands nowhere" nowhere
	[ $mode != bmo ] || test_that "bmo: nor in the target of any request" \
	    no grep -q -e "$KEY" "$log"
	test_that "$mode: but the requests are shown" \
	    grep -q 'GET http.*/rest/bug.* 200' "$work/err"
	export BUGZILLA_API_KEY=PLAIN-KEY-0123456789
	rm -f "$work"/plain.db
	fetch plain -q $option
	test_that "$mode: a key without rights" [ "$(query plain \
	    'SELECT count(*) FROM bug WHERE id = 9000007')" -eq 0 ]
	export BUGZILLA_API_KEY=NO-SUCH-KEY-0123456789
	fetch plain -q $option
	test_that "$mode: a key that is not known: exit 3" exits 3 'key'
	unset BUGZILLA_API_KEY
done
export BUGZILLA_API_KEY=$KEY
fetch plain -q
test_that "52: a key that would be ignored: exit 3" \
    exits 3 'ignores.*--key-in-query'
unset BUGZILLA_API_KEY

serve_other --mode bmo $SOME
for to in http://127.0.0.1:$other_port http://localhost:$other_port; do
	serve --mode bmo $SOME --key $KEY --redirect $to \
	    --fault redirect/search
	BUGZILLA_API_KEY=$KEY
	export BUGZILLA_API_KEY
	fetch keyed -v -v
	unset BUGZILLA_API_KEY
	test_that "a redirect to $(echo $to | tr -d 0-9) is refused" \
	    exits 5 'another'
	test_that "and nobody there sees a key" \
	    sh -c '! grep -q . "$0"' "$work/other.log"
	test_that "nor does a reader of what is shown" nowhere
done

# While it works: no argument of any process holds the key.
watched()
{
	umask 077
	echo $KEY >"$work/keyfile"
	serve --mode bmo $SOME --key $KEY --delay 300
	rm -f "$work"/keyed.db*
	"$CABRIEF" -q --db "$work/keyed.db" fetch --url "$url" \
	    --key-command "sleep 0.3; cat $work/keyfile" 2>"$work/err" &
	fetcher=$! seen=0
	while kill -0 $fetcher 2>/dev/null; do
		for each in /proc/[0-9]*; do
			[ "$each" != "/proc/$server" ] || continue
			tr '\0' ' ' <"$each/cmdline"
			echo
		done >"$work/arguments" 2>/dev/null
		! grep -q -e "$KEY" "$work/arguments" || return 1
		! grep -q 'Max core file size  *0  *0' \
		    /proc/$fetcher/limits 2>/dev/null || seen=$((seen + 1))
		sleep 0.05
	done
	wait $fetcher && nowhere && [ $seen -gt 0 ]
}
if [ -r /proc/self/limits ]; then
	test_that "no process has the key as an argument, and no core is dumped" \
	    watched
else
	echo "skip fetch no process has the key as an argument: no /proc"
fi
test_that "the key of a command goes in a header" \
    grep -q ' header - [0-9]* /rest/bug' "$work/log"
fetch keyed -q --key-file "$work/keyfile"
test_that "a file that others can't read" exits 0
chmod 644 "$work/keyfile"
fetch keyed -q --key-file "$work/keyfile"
test_that "a file that others can read: exit 3" exits 3 'others may use it'

# --- two at once -----------------------------------------------------------

serve --mode bmo $SOME --delay 400
"$CABRIEF" -q --db "$work/lock.db" fetch --url "$url" 2>"$work/first" &
first=$!
while [ "$(requests)" -eq 0 ] && kill -0 $first; do
	sleep 0.02
done
fetch lock -q
test_that "a second fetch: exit 8" exits 8
test_that "and the first is not disturbed" wait $first
