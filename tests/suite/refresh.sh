#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# refresh against the loopback Bugzilla and the loopback wiki: what a run
# writes, what it costs, what it does about each failure, and what it says.
set -u
cd "$(dirname "$0")/../.." || exit 9
. tests/loop/serve.sh
unset CREDENTIALS_DIRECTORY CONFIGURATION_DIRECTORY MEDIAWIKI_PASSWORD \
    MEDIAWIKI_USER MEDIAWIKI_API_URL STATE_DIRECTORY
PASSWORD=0123456789abcdef0123456789abcdef
KEY=THE-KEY-that-nobody-may-see-0123456789
wikis=
trap 'kill $server $other $wikis 2>/dev/null; rm -rf "$work"' EXIT
(umask 077; echo $PASSWORD >"$work/password"; echo $KEY >"$work/key")

test_that()	# NAME COMMAND...
{
	about=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok refresh $about"
	else
		head -n 12 "$work/said"
		echo "not ok refresh $about"
	fi
}

# Start a wiki; NAME.port and NAME.log are its, $api is where it is.
wiki()		# NAME
{
	rm -f "$work/$1.port" "$work/$1.log"
	"$OBJ/tests/loopwiki" --port-file "$work/$1.port" --wait 2 \
	    --log "$work/$1.log" &
	wikis="$wikis $!"
	api=http://127.0.0.1:$(port_in "$work/$1.port" $!)/api.php || exit 9
}

ask()		# NAME WHAT ARGUMENTS...: steer or ask that wiki
{
	port=$(cat "$work/$1.port")
	shift
	"$OBJ/tests/loopwiki" --tell "$port" "$@" >"$work/told" ||
	    echo "not ok refresh: wiki: $*"
	cat "$work/told"
}

# A page with an empty block of each name.
page()		# WIKI TITLE BLOCK...
{
	to=$1 title=$2
	shift 2
	echo "By a person." >"$work/page"
	for block in "$@"; do
		printf '<!-- BEGIN cabrief:%s -->\n<!-- END cabrief:%s -->\n' \
		    "$block" "$block" >>"$work/page"
	done
	echo "The end." >>"$work/page"
	ask "$to" edit title="$title" user=Alice "text@$work/page" >/dev/null
}

calls()		# WIKI CALL: how often that was asked
{
	awk -v call="$2" '$4 == call { n++ } END { print n + 0 }' \
	    "$work/$1.log"
}

# Run the plan $work/night.ini.
refresh()	# OPTIONS...
{
	(cd "$work" && exec "$CABRIEF" --progress never --db "$work/night.db" \
	    --now "${now:-2026-07-01T12:00:00Z}" refresh "$@" night.ini \
	    >"$work/out" 2>"$work/err" </dev/null)
	code=$?
}

# The last line is short, and says that.
last()		# PATTERN
{
	line=$(tail -n 1 "$work/err")
	[ ${#line} -lt 120 ] && printf '%s\n' "$line" | grep -q -e "$1" ||
	    { cat "$work/err"; echo "last: not $1"; return 1; }
}

lines()		# COUNT: so many were said
{
	[ "$(wc -l <"$work/err")" -eq "$1" ] || { cat "$work/err"; return 1; }
}

all()		# COMMAND... [-- COMMAND...]...
{
	while [ $# -gt 0 ]; do
		command=
		while [ $# -gt 0 ] && [ "$1" != -- ]; do
			command="$command '$(printf %s "$1" |
			    sed "s/'/'\\\\''/g")'"
			shift
		done
		eval "$command" || return 1
		[ $# -eq 0 ] || shift
	done
}

state()		# DB SQL: of what is kept of reports
{
	sqlite3 "$work/$1.db" "SELECT $2 FROM refreshed ORDER BY report"
}

plan()		# the sections before the reports, from standard input
{
	cat >"$work/night.ini"
	rm -f "$work"/night.db* "$work"/*.wiki "$work"/*.csv
	rm -f "$work"/*.cabrief*
}

two_pages()
{
	cat <<PLAN
[source]
url = $url
[wiki]
api = $api
user = CAIncidentBot@publish
password-file = password
[report counts]
command = count --scheme types-2024 --cohort open-on --to today
page = CA/Statistics
block = counts
output = counts.wiki
max-change = 100%
[report open]
command = list --cohort open-on --to today
page = CA/Statistics
block = open
max-change = 100%
[report late]
command = count --cohort open-on --to today
page = CA/Late
block = late
max-change = 100%
[report list]
command = list
    --cohort open-on
    --to today
format = csv
output = list.csv
PLAN
}

SOME="--bugs 60 --comments 300"
POISON="now poison 1000016 error"

# --- a run, and one without news -------------------------------------------

serve --mode bmo --data corpus/2017-2023 --data corpus/2023-2026
wiki one
page one CA/Statistics counts open
page one CA/Late late
two_pages | plan
refresh -n
test_that "--dry-run without a store: nothing to show, nothing made" \
    all exits 3 'there is no store' -- [ ! -e "$work/night.db" ]
refresh
test_that "a first run" all exits 0 -- last \
    'cabrief: refresh: night: 4 reports good; 2 files; 2 pages changed, 0 un'
test_that "one edit a page" [ "$(calls one edit)" -eq 2 ]
test_that "a login and a token a wiki, a read a page" \
    [ "$(wc -l <"$work/one.log")" -le 7 ]
ask one page title=CA/Statistics >"$work/published"
sed -n '/BEGIN cabrief:counts/,/END cabrief:counts/p' "$work/published" |
    sed '1d;$d' >"$work/told"
test_that "the page has what the file has" cmp "$work/counts.wiki" \
    "$work/told"
test_that "the rest of the page is untouched" all \
    grep -q '^By a person' "$work/published" -- \
    grep -q '^The end' "$work/published" -- \
    grep -q 'class="wikitable' "$work/published"
test_that "files are whole" all [ -s "$work/counts.wiki" ] -- \
    grep -q '^id,' "$work/list.csv"
test_that "status knows the last good run of each" \
    [ "$(state night "count(*) FILTER (WHERE good = tried AND what = '')")" \
    = 4 ]
before=$(requests) reads=$(wc -l <"$work/one.log")
refresh
test_that "no news" all exits 0 -- last '4 reports good; 2 files; 0 pages'
test_that "no news: at most 3 requests to Bugzilla" \
    [ $(($(requests) - before)) -le 3 ]
test_that "no news: one to the wiki for each page" \
    [ $(($(wc -l <"$work/one.log") - reads)) -eq 2 ]
now=2026-07-02T12:00:00Z
refresh
test_that "another day alone is no reason for an edit" all exits 0 -- \
    last '0 pages changed, 2 unchanged' -- [ "$(calls one edit)" -eq 2 ]
test_that "but the files have it" grep -q '2026-07-02' "$work/counts.wiki"
refresh -q
test_that "-q: not a word on success" all exits 0 -- [ ! -s "$work/err" ] -- \
    [ ! -s "$work/out" ]
before=$(requests) edits=$(calls one edit)
cp "$work/list.csv" "$work/kept"
ask one edit title=CA/Late user=Alice "text@$work/page" >/dev/null
rm "$work/counts.wiki"
refresh -n
test_that "--dry-run shows what would change" all exits 0 -- \
    grep -q '^+.*class="wikitable' "$work/out" -- \
    last '1 page to change, 1 unchanged'
test_that "and makes no request to Bugzilla, no edit, no file" all \
    [ "$(requests)" -eq "$before" ] -- \
    [ "$(calls one edit)" -eq "$edits" ] -- \
    [ ! -e "$work/counts.wiki" ] -- cmp "$work/list.csv" "$work/kept"
refresh
test_that "what a person emptied is written again" all exits 0 -- \
    last '1 page changed, 1 unchanged'
rm "$work"/night.db*
before=$(requests)
refresh --check
test_that "--check says that it is good" all exits 0 -- grep -q \
    '^night.ini: 4 reports, 2 files, 3 blocks of pages, 1 source, 1 wiki: good$' \
    "$work/out" -- [ ! -s "$work/err" ]
test_that "and touches neither store nor network" all \
    [ ! -e "$work/night.db" ] -- [ ! -e "$work/night.db.run.lock" ] -- \
    [ "$(requests)" -eq "$before" ]

# --- what fails ------------------------------------------------------------

refresh -q
cp "$work/list.csv" "$work/kept"
edits=$(calls one edit)
sed 's/^output = list.csv/&\nmax-bytes = 10/' "$work/night.ini" >"$work/x"
cp "$work/x" "$work/night.ini"
refresh
test_that "one report fails: exit 6, the others are written" all exits 6 -- \
    last '^cabrief: refresh: night: 1 of 4 reports failed: list: has ' -- \
    grep -q '^cabrief: refresh: list: has .* max-bytes is 10' "$work/err" -- \
    cmp "$work/list.csv" "$work/kept"
test_that "status says what failed, and when it was good" [ "$(state night \
    "report || (good < tried) || (what LIKE '%max-bytes%')" | sort |
    tr '\n' ' ')" = "counts00 late00 list01 open00 " ]
now=2026-07-03T12:00:00Z
refresh -q
test_that "the last good run stays known" [ "$(state night \
    "report || (good < tried) || (what LIKE '%max-bytes%')" |
    tr '\n' ' ')" = "counts00 late00 list11 open00 " ]
two_pages >"$work/night.ini"
ask one delete title=CA/Late >/dev/null
refresh
test_that "a page that is gone: its report alone fails" all exits 6 -- \
    last '1 of 4 reports failed: late: '
page one CA/Late late
ask one edit title=CA/Statistics user=Alice text='' >/dev/null
refresh
test_that "marks that are gone: both reports of that page" all exits 6 -- \
    last '2 of 4 reports failed: counts: ' -- \
    grep -q '^cabrief: refresh: open: ' "$work/err"
page one CA/Statistics counts open
ask one fault rule=readonly >/dev/null
refresh
test_that "a wiki that may only be read" all exits 6 -- \
    last '2 of 4 reports failed\|3 of 4 reports failed'
ask one fault rule=none >/dev/null
refresh -q
test_that "and then all is well" all exits 0 -- [ ! -s "$work/err" ]
awk '/^command = list/ && !n++ { print "command = list --from 2023-01-01"; next }
    { print }' "$work/night.ini" >"$work/x"
cp "$work/x" "$work/night.ini"
ask one protect title=CA/Statistics >/dev/null
refresh
test_that "a block that is up to date is good, whatever fails beside it" all \
    exits 6 -- last '1 of 4 reports failed: open: ' -- \
    grep -q 'the page is protected' "$work/err"
ask one protect title=CA/Statistics on=0 >/dev/null
two_pages >"$work/night.ini"
refresh -q
sed 's|^api = .*|api = http://127.0.0.1:9/api.php|' "$work/night.ini" >"$work/x"
cp "$work/x" "$work/night.ini"
refresh -v
test_that "no way to the wiki: it is waited for once, not for each page" all \
    exits 6 -- last '3 of 4 reports failed: counts: ' -- \
    [ "$(grep -c 'asked again' "$work/err")" -eq 4 ] -- grep -q \
    '^cabrief: refresh: late: CA/Late: was not tried: .*reached' "$work/err"
two_pages >"$work/night.ini"

cp "$work/counts.wiki" "$work/kept"
reads=$(wc -l <"$work/one.log")
tell fault gateway
sed 's/^url = .*/&\nretries = 0/' "$work/night.ini" >"$work/x"
cp "$work/x" "$work/night.ini"
now=2026-07-04T18:00:00Z
refresh
test_that "a failed fetch: its exit status" all exits 5 -- \
    last '4 of 4 reports failed: fetch: http.*'
test_that "a failed fetch: it is said how old the data is" grep -q \
    '^cabrief: refresh: fetch: 4 reports stay as they are: the data is of 2026-07-03T12:00:00Z, 30 hours ago$' \
    "$work/err"
test_that "a failed fetch: nothing is written, no wiki is asked" all \
    cmp "$work/counts.wiki" "$work/kept" -- \
    [ "$(wc -l <"$work/one.log")" -eq "$reads" ]
test_that "a failed fetch: what it did, why, how old, and the end" lines 4
test_that "status has what failed" [ "$(state night \
    "count(*) FILTER (WHERE what LIKE 'fetch: %')")" = 4 ]
"$CABRIEF" --db "$work/night.db" status >"$work/out" 2>&1
test_that "status shows it" all grep -q '^Reports of plans' "$work/out" -- \
    grep -q '^night  *counts  *2026-07-03T12:00:00Z  *2026-07-04T18:00:00Z  *fetch: ' "$work/out"
tell fault none
refresh
test_that "and the next run gets over it" all exits 0 -- \
    [ "$(state night "count(*) FILTER (WHERE what = '')")" = 4 ]
now=
sed 's|^url = .*|url = http://127.0.0.1:9|' "$work/night.ini" >"$work/x"
plan <"$work/x"
refresh
test_that "nobody there, no store yet" all exits 4 -- \
    last '4 of 4 reports failed: fetch: .*reached' -- \
    grep -q 'there is no data yet' "$work/err"
"$CABRIEF" --db "$work/night.db" status >"$work/out" 2>&1
test_that "status of such a store" grep -q '^night  *late ' "$work/out"
sed 's|^url = .*|&\ndb = nowhere/night.db|' "$work/night.ini" >"$work/x"
plan <"$work/x"
refresh
test_that "no folder for the store" all exits 3 -- \
    grep -q '^cabrief: night.ini:3: db: nowhere/night.db: its folder' \
    "$work/err" -- last '1 mistake in the plan: nothing was done'

# --- some bugs fail --------------------------------------------------------

serve --mode bmo $SOME --event "$POISON"
page one CA/Statistics counts open
page one CA/Late late
two_pages | sed 's/^url = .*/&\nretries = 1/' | plan
refresh
test_that "a bug that can't be had: the rest is written" all exits 6 -- \
    last '0 reports good, 4 partial; 2 files; 2 pages changed' -- \
    grep -q 'bug 1000016: .*\[bug-failed\]' "$work/err"
test_that "a partial run is none of the good ones" [ "$(state night \
    "count(*) FILTER (WHERE good IS NULL AND what <> '')")" = 4 ]
tell event "now poison 1000016 none"
refresh -q
test_that "the next gets it" all exits 0 -- [ "$(state night \
    "count(*) FILTER (WHERE good = tried)")" = 4 ]

# --- one at a time, and cut off --------------------------------------------

serve --mode bmo $SOME --delay 400
two_pages | plan
(cd "$work" && exec "$CABRIEF" -q --db "$work/night.db" refresh night.ini) \
    >"$work/first" 2>&1 &
first=$!
while [ "$(requests)" -eq 0 ] && kill -0 $first; do
	sleep 0.02
done
refresh
test_that "a second run: exit 8" all exits 8 -- \
    last 'cabrief: refresh: night: .*locked' 
test_that "and the first is not disturbed" wait $first
refresh --check
test_that "--check needs no lock" exits 0

two_pages | plan
(cd "$work" && exec "$CABRIEF" -q --db "$work/night.db" refresh night.ini) \
    >"$work/first" 2>&1 &
first=$!
while [ "$(requests)" -le 2 ] && kill -0 $first; do
	sleep 0.02
done
kill -KILL $first
wait $first 2>/dev/null
test_that "killed in the fetch: no file yet" [ ! -e "$work/counts.wiki" ]
refresh -q
test_that "killed in the fetch: the next run is good" exits 0

# Killed at every step of the wiki: the pages end as they should.
cut_off()
{
	serve --mode bmo $SOME
	page one CA/Statistics counts open
	page one CA/Late late
	two_pages | plan
	refresh -q
	ask one page title=CA/Statistics >"$work/wanted"
	for at in read login edit; do
		page one CA/Statistics counts open
		page one CA/Late late
		two_pages | plan
		ask one fault rule=stall/$at >/dev/null
		before=$(wc -l <"$work/one.log")
		(cd "$work" && exec "$CABRIEF" -q --db "$work/night.db" \
		    --now 2026-07-01T12:00:00Z refresh night.ini) \
		    >"$work/first" 2>&1 &
		first=$! tries=0
		while [ ! -e "$work/list.csv" ] && [ $tries -lt 200 ]; do
			sleep 0.02
			tries=$((tries + 1))
		done
		sleep 0.3
		kill -KILL $first || return 1
		wait $first
		ask one fault rule=none >/dev/null
		refresh -q
		exits 0 || return 1
		ask one page title=CA/Statistics | cmp - "$work/wanted" ||
		    return 1
	done
}
now=2026-07-01T12:00:00Z
test_that "killed while it talks to the wiki: the next run is good" cut_off
test_that "and no temporary file is left" sh -c \
    '! ls "$0" | grep -q "cabrief"' "$work"
now=

# --- several sources, several wikis ----------------------------------------

serve --mode bmo --data corpus/2017-2023
serve_other --mode bmo $SOME --fault gateway
wiki two
page one CA/Statistics counts
page two CA/Statistics counts
two_places()
{
	cat <<PLAN
[source]
url = $url
[source other]
url = http://127.0.0.1:$other_port
db = other.db
retries = 0
[wiki]
api = http://127.0.0.1:$(cat "$work/one.port")/api.php
user = CAIncidentBot@publish
password-file = password
[wiki two]
api = http://127.0.0.1:$(cat "$work/two.port")/api.php
user = Alice@tables
password-command = cat password
assert = user
[report here]
command = count
page = CA/Statistics
block = counts
[report there]
command = count
page = CA/Statistics
block = counts
wiki = two
[report elsewhere]
source = other
command = count
format = csv
output = elsewhere.csv
PLAN
}
two_places | plan
rm -f "$work"/other.db*
edits=$(calls one edit)
refresh
test_that "one source fails: what the other has is written" all exits 6 -- \
    last '1 of 3 reports failed: fetch other: ' -- \
    grep -q '^cabrief: refresh: fetch other: nothing is made of it' \
    "$work/err" -- [ ! -e "$work/elsewhere.csv" ]
test_that "two wikis" all [ $(($(calls one edit) - edits)) -eq 1 ] -- \
    [ "$(calls two edit)" -eq 1 ] -- sh -c \
    'grep -q "edit CAIncidentBot" "$0/one.log" &&
    grep -q "edit Alice" "$0/two.log"' "$work"
test_that "each store knows its own reports" [ "$(state night report |
    tr '\n' ' ')$(state other "report || (good IS NULL)")" = \
    "here there elsewhere1" ]
"$OBJ/tests/loopzilla" --tell $other_port fault none
refresh
test_that "and both" all exits 0 -- [ -s "$work/elsewhere.csv" ] -- \
    last '3 reports good; 1 file; 0 pages changed, 2 unchanged'
cp "$work/night.ini" "$work/x"
sed "/^\\[wiki\\]/,/^password-file/d;/^\\[report there/,/^wiki = two/d
    /^\\[wiki two/,/^assert/d" "$work/x" >"$work/night.ini"
export MEDIAWIKI_API_URL="http://127.0.0.1:$(cat "$work/one.port")/api.php"
export MEDIAWIKI_USER=CAIncidentBot@publish MEDIAWIKI_PASSWORD=$PASSWORD
refresh
test_that "a plan without a wiki has that of the settings" all exits 0 -- \
    last '2 reports good; 1 file; 0 pages changed, 1 unchanged'
unset MEDIAWIKI_API_URL MEDIAWIKI_USER MEDIAWIKI_PASSWORD
cp "$work/x" "$work/night.ini"
sed 's/^db = other.db/&\nfetch = no/' "$work/night.ini" >"$work/x"
cp "$work/x" "$work/night.ini"
before=$(wc -l <"$work/other.log")
refresh
test_that "fetch = no: the store is as others left it" all exits 0 -- \
    [ "$(wc -l <"$work/other.log")" -eq "$before" ]
rm "$work"/other.db*
refresh
test_that "fetch = no: there must be one" all exits 6 -- \
    last 'elsewhere: .*there is no store' -- [ ! -e "$work/other.db" ]

# --- secrets ---------------------------------------------------------------

nowhere()	# they are in no text, no file, no log
{
	! grep -q -e $KEY -e $PASSWORD "$work/err" "$work/out" "$log" \
	    "$work/one.log" || return 1
	for file in "$work"/night.db* "$work"/*.wiki "$work"/*.csv; do
		! grep -q -e $KEY -e $PASSWORD "$file" || return 1
	done
}
serve --mode bmo $SOME --key $KEY
api=http://127.0.0.1:$(cat "$work/one.port")/api.php
page one CA/Statistics counts open
page one CA/Late late
two_pages | sed 's/^url = .*/&\nkey-file = key/' | plan
refresh -v -v
test_that "a key and a password" all exits 0 -- \
    grep -q ' header .*/rest/bug' "$log" -- last '2 pages changed'
test_that "-vv: the requests are shown" grep -q 'POST http.*api.php' \
    "$work/err"
test_that "but no secret stands anywhere" nowhere
tell fault gateway
ask one fault rule=internal >/dev/null
refresh -v -v
test_that "nor when things fail" nowhere
ask one fault rule=none >/dev/null
chmod 644 "$work/key"
refresh
test_that "a key that others can read: exit 3, nothing is done" all exits 3 \
    -- last '1 mistake in the plan' -- \
    grep -q '^cabrief: night.ini:3: .*others may use it' "$work/err"
chmod 600 "$work/key"
two_pages | sed '/^password-file/d' | plan
refresh
test_that "no password: exit 3, nothing is done" all exits 3 -- \
    grep -q 'night.ini:3: the wiki.s account has no password' "$work/err" -- \
    [ ! -e "$work/night.db" ]
refresh --check
test_that "which --check does not mind: the service may have it" exits 0
mkdir "$work/credentials"
cp "$work/password" "$work/credentials/mediawiki-password"
export CREDENTIALS_DIRECTORY="$work/credentials"
tell fault none
refresh -q
test_that "it is a credential of systemd" exits 0
sed 's/^user = .*/&\ncredential = other/' "$work/night.ini" >"$work/x"
cp "$work/x" "$work/night.ini"
refresh --check
test_that "one of another name is missed" all exits 3 -- \
    grep -q 'night.ini:6: credential: other: ' "$work/err"
unset CREDENTIALS_DIRECTORY

# --- a plan with mistakes --------------------------------------------------

touch "$work/file"
mkdir -p "$work/folder" "$work/shut"
: >"$work/night.db"
plan <<PLAN
[source]
url = $url
key-file = missing
[wiki]
api = $api
[report a]
command = cuont
output = a.txt
[report b]
command = count --scheme nothing
output = nowhere/b.txt
[report c]
command = list --format csv
output = folder
[report d]
command = export x
output = ./a.txt
[report e]
command = count 'open
output = night.ini
[report f]
command = count --cohort odd
output = night.db
[report g]
command = list
format = svg
output = missing
[report h]
command = count
page = CA/Late
block = late
PLAN
before=$(requests)
refresh --check
mistakes()
{
	exits 3 || return 1
	for what in '3: the secret: missing: ' '4: no account' \
	    '7: command: cuont: no such command: did you mean count' \
	    '10: command: .*nothing' '11: output: nowhere/b.txt: its folder' \
	    '13: command: --format: not in the command' \
	    '14: output: folder: is a folder' '16: command: export: is no rep' \
	    "17: output: ./a.txt: is another report's too" \
	    '19: command: .*left open' "20: output: night.ini: is the plan's" \
	    '22: command: --cohort: odd' "23: output: night.db: is the store" \
	    '25: command: .*svg' "27: output: missing: is a secret's"; do
		grep -q "^cabrief: night.ini:$what" "$work/err" ||
		    { cat "$work/err"; echo "not there: $what"; return 1; }
	done
}
test_that "all mistakes at once, with their lines" mistakes
test_that "and a short last line" last 'night: 1[0-9] mistakes in the plan'
cp "$work/err" "$work/kept"
refresh
test_that "a run says the same, and does nothing" all exits 3 -- \
    cmp "$work/err" "$work/kept" -- [ "$(requests)" -eq "$before" ] -- \
    [ ! -e "$work/a.txt" ]
plan <<PLAN
[source]
url = $url
[report a]
command = count
output = key
[report b]
command = count
output = ./decisions
PLAN
echo bug,category,who,when,why >"$work/decisions"
mkdir "$work/cabrief"
echo "key-file = $work/key" >"$work/cabrief/config"
CABRIEF_OVERRIDES="$work/decisions" refresh --check
test_that "no report goes to what settings name" all exits 3 -- \
    grep -q "night.ini:5: output: key: is a secret's" "$work/err" -- \
    grep -q 'night.ini:8: output: ./decisions: is the file of decisions' \
    "$work/err"
rm "$work/cabrief/config"
echo nonsense | plan
refresh
test_that "what is no plan" all exits 3 -- last '2 mistakes in the plan'
rm "$work/night.ini"
refresh
test_that "no plan" exits 3 'night.ini: can.t be opened'
