#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# publish against the loopback MediaWiki: what it costs, how it ends with
# each fault and each race, and that no page is ever left worse and no
# secret told.  The suite wiki has a real wiki.
set -u
cd "$(dirname "$0")/../.." || exit 9
suite=publish
. tests/loop/serve.sh
T="CA/Incident Statistics"
PASSWORD=0123456789abcdef0123456789abcdef
umask 077
echo $PASSWORD >"$work/password"
: >"$work/told"

# For the program, half a minute of waiting is a second.
HURRY=
if ${CC:-cc} -shared -fPIC -o "$work/hurry.so" tests/wiki/hurry.c \
    2>"$work/log"; then
	HURRY="$work/hurry.so"
fi

# --- helpers ---------------------------------------------------------------

lines()		# WORD: a text without tables, of lines that are all new
{
	printf '%s one\n\n%s two\n\n%s three\n' "$1" "$1" "$1"
}

# Publish a file to $T; $code is the exit, $work/err what it said, $asked how
# many requests it made.
publish()	# FILE OPTIONS...
{
	file=$1
	shift
	before=$(wc -l <"$wiki_log")
	LD_PRELOAD=${FAST:+$HURRY} "$CABRIEF" --db "$work/s.db" \
	    --progress never publish --api "$api" --user "$USER_NAME" \
	    --password-file "$work/password" --page "$T" --block figures \
	    --input "$file" "$@" >"$work/out" 2>"$work/err" </dev/null
	code=$?
	asked=$(($(wc -l <"$wiki_log") - before))
	cat "$work/out" "$work/err" >>"$work/told"
}
USER_NAME=CAIncidentBot@publish

put()		# FILE [NAME=VALUE...]: as Alice
{
	file=$1
	shift
	tell_wiki edit "title=$T" user=Alice "text@$file" "$@" >"$work/log"
}

# The next edit of the page comes together with one of somebody's.
meanwhile()	# USER FIND TEXT [WHEN]
{
	tell_wiki edit "title=$T" "user=$1" "find=$2" "text=$3" \
	    "when=${4:-before}" >"$work/log"
}

fault()		# RULE
{
	tell_wiki fault "rule=$1" >"$work/log" ||
	    echo "not ok publish fault $1"
}

# A fault that the next request of its kind meets, and no other.
once()		# FAULT/CALL
{
	fault "$1@$(($(grep -c " ${1##*/} " "$wiki_log") + 1))"
}

# The page without the hashes in its marks, and with an end of its last line.
plain()
{
	sed 's/^\(<!-- BEGIN cabrief:[a-z]*\) .*-->/\1 -->/' | awk '{ print }'
}

holds()		# FILE: is the page that, but for the hashes and its end?
{
	tell_wiki page "title=$T" | plain >"$work/got"
	plain <"$1" >"$work/want"
	diff "$work/want" "$work/got"
}

by_bot()	# how many revisions of the page
{
	tell_wiki revisions "title=$T" | grep -c CAIncidentBot
}

asked_for()	# CALL: requests of the last run
{
	tail -n "$asked" "$wiki_log" | grep -c " $1 "
}

one_line()	# the last one said why it failed, and no more
{
	[ "$(grep -c '^cabrief: ' "$work/err")" -eq 1 ] &&
	    [ "$(wc -l <"$work/err")" -eq 1 ]
}

# --- in peace --------------------------------------------------------------

lines first >"$work/first"
lines second >"$work/second"
{
	printf 'Above\n\nbefore it\n<!-- BEGIN cabrief:figures -->\n'
	printf '<!-- END cabrief:figures -->\nafter it\n\nBehind\n'
} >"$work/empty.page"
sed '/^<!-- BEGIN/r '"$work/first" "$work/empty.page" >"$work/first.page"
sed '/^<!-- BEGIN/r '"$work/second" "$work/empty.page" >"$work/second.page"

serve_wiki
put "$work/empty.page"
publish "$work/first"
test_that "the preview exits 0" exits 0
test_that "shows the difference" sh -c '
    grep -q "^+first two" "$0" && ! grep -q "^[-+]Above" "$0"' "$work/out"
test_that "takes one request, that reads" \
    [ "$asked $(asked_for read)" = "1 1" ]
test_that "and writes nothing" holds "$work/empty.page"

publish "$work/first" -y
test_that "-y publishes" exits 0
test_that "between the marks" holds "$work/first.page"
test_that "once" [ "$(by_bot)" -eq 1 ]
test_that "says which revision that is" \
    grep "^cabrief: $T: revision 2: block figures: written$" "$work/err"
test_that "reads, logs in, takes a token, edits" \
    [ "$asked $(asked_for read) $(asked_for login) $(asked_for edit)" = \
    "5 1 1 1" ]
tell_wiki page "title=$T" >"$work/base"

publish "$work/first" -y
test_that "the same again exits 0" exits 0
test_that "with one request, without a login" \
    [ "$asked $(asked_for read)" = "1 1" ]
test_that "and without an edit" [ "$(by_bot)" -eq 1 ]

# The page as a person last saved it, with what cabrief wrote.
again()		# [NAME=VALUE...]
{
	fault none
	tell_wiki edit "title=$T" user=Alice "text@$work/base" >"$work/log"
	bot_before=$(by_bot)
}

refused()	# CODE [PATTERN]: it ended so, and the page is as it was
{
	exits "$@" && one_line && holds "$work/first.page" &&
	    [ "$(by_bot)" -eq "$bot_before" ]
}

arrived()	# [PAGE]: it ended well, with one edit of the bot's
{
	exits 0 && holds "${1:-$work/second.page}" &&
	    [ "$(by_bot)" -eq $((bot_before + 1)) ]
}

# --- people ----------------------------------------------------------------

again
sed 's/^Above/&, and more/; s/^Behind/Far &/' "$work/base" >"$work/edited"
put "$work/edited"
sed 's/^Above/&, and more/; s/^Behind/Far &/' "$work/second.page" \
    >"$work/edited.page"
publish "$work/second" -y
test_that "what a person wrote outside the marks is kept" \
    arrived "$work/edited.page"

again
sed 's/^first two/& by hand/' "$work/base" >"$work/inside"
put "$work/inside"
publish "$work/second" -y
test_that "what one wrote between them is reported: exit 8" \
    exits 8 "$T.*figures"
test_that "and left alone" holds "$work/inside"
publish "$work/first" -y
test_that "also when there is nothing new to write" exits 8
publish "$work/second" -y --force
test_that "unless --force is given" arrived

# --- faults that pass ------------------------------------------------------

FAST=yes
for each in down gateway busy internal drop lost badtoken html nojson empty \
    maxlag ratelimit; do
	again
	once $each/edit
	publish "$work/second" -y
	test_that "$each, once, at the edit: it is published, once" arrived
done
for each in cut half-after silent reset gateway-after internal-after \
    html-after nojson-after empty-after; do
	again
	once $each/edit
	publish "$work/second" -y
	test_that "$each, once: that it was saved is seen on the page" arrived
done
for each in down cut silent reset internal nojson empty busy; do
	again
	once $each/read
	publish "$work/second" -y
	test_that "$each, once, at the reading: it is published" arrived
done
for call in tokens login; do
	for each in down cut silent reset internal; do
		again
		once $each/$call
		publish "$work/second" -y
		test_that "$each, once, at $call: it is published" arrived
	done
done
again
once lost/edit
publish "$work/second" -y
test_that "a lost session is renewed" [ "$(asked_for login)" -eq 2 ]
test_that "and nobody edits under an address" \
    no sh -c '"$0" --tell $1 counts | grep -q 127.0.0.1' \
    "$OBJ/tests/loopwiki" "$wiki_port"

# --- faults that stay ------------------------------------------------------

while read -r rule want pattern; do
	again
	fault "$rule"
	publish "$work/second" -y
	test_that "$rule, for good: exit $want, the page is as it was" \
	    refused "$want" "$pattern"
done <<END
maxlag:9 5 lag
readonly 5 Maintenance until noon
spam:second/edit 5 second
internal/edit 5 not save
drop/edit 5 not save
down/edit 5 .
down 5 503
html 5 .
html/edit 5 .
nojson/read 5 .
empty/read 5 .
wrongtitle/read 5 .
badtoken/edit 5 token
assertbot/edit 3 High-volume
assertuser/edit 3 session
assertname/edit 3 account
denied/edit 3 grant
blocked/edit 3 blocked
failure/edit 5 captcha
readdenied 3 .
readonly/login 5 .
conflict/edit 5 conflict
END
again
fault ratelimit
publish "$work/second" -y
test_that "a rate limit that does not end: exit 5" refused 5 rate
again
fault internal-after/edit
publish "$work/second" -y
test_that "a wiki that saves and always fails: it is published" arrived
again
fault wrongtitle/edit
publish "$work/second" -y
test_that "another title in the answer: the page holds what it should" \
    holds "$work/second.page"
FAST=
(api=http://127.0.0.1:9/api.php; FAST=yes; publish "$work/second" -y
    echo $code >"$work/code")
code=$(cat "$work/code")
test_that "nobody there: exit 4" exits 4 "can't be reached"
FAST=

# --- pages that are not ready ----------------------------------------------

not_ready()	# CODE PATTERN ABOUT
{
	tell_wiki page "title=$T" >"$work/as-it-was" 2>"$work/log"
	bot_before=$(by_bot)
	publish "$work/second" -y
	test_that "$3: exit $1" exits "$1" "$2"
	test_that "$3: in one line" one_line
	tell_wiki page "title=$T" >"$work/as-it-is" 2>"$work/log"
	test_that "$3: the page is as it was" \
	    cmp "$work/as-it-was" "$work/as-it-is"
}

again
tell_wiki protect "title=$T" >"$work/log"
not_ready 5 protected "a protected page"
tell_wiki protect "title=$T" on=0 >"$work/log"
again
tell_wiki model "title=$T" model=json >"$work/log"
not_ready 3 json "a page of another kind"
tell_wiki model "title=$T" model=wikitext >"$work/log"
while read -r about script; do
	again
	sed "$script" "$work/base" >"$work/spoiled"
	put "$work/spoiled"
	not_ready 3 figures "marks: $(echo "$about" | tr _ ' ')"
done <<'END'
the_first_is_missing /^<!-- BEGIN/d
the_last_is_missing /^<!-- END/d
the_first_is_there_twice /^<!-- BEGIN/{p}
the_last_is_there_twice /^<!-- END/{p}
of_another_name s/cabrief:figures/cabrief:others/
END
while read -r code text; do
	again
	{ echo "$text"; cat "$work/base"; } >"$work/banned"
	put "$work/banned"
	publish "$work/second" -y
	test_that "$text: exit $code" exits "$code"
done <<'END'
5 {{nobots}}
5 {{bots|deny=CAIncidentBot}}
0 {{bots|allow=CAIncidentBot}}
0 <nowiki>{{nobots}}</nowiki>
END
again
tell_wiki move "title=$T" "to=CA/Moved" >"$work/log"
not_ready 3 redirect "a page that was moved"
tell_wiki page title=CA/Moved >"$work/got"
test_that "nor is the one that it leads to written" \
    cmp "$work/base" "$work/got"
tell_wiki delete "title=$T" >"$work/log"
publish "$work/second" -y
test_that "a page that is missing: exit 3" exits 3 missing
test_that "is not made" no tell_wiki page "title=$T"

stop_page()	# CODE ABOUT
{
	again
	publish "$work/second" -y --stop-page "User:CAIncidentBot/stop"
	test_that "the stop page $2: exit $1" exits "$1"
}
stop_page 5 "is missing"
tell_wiki edit title="User:CAIncidentBot/stop" text=run >"$work/log"
stop_page 0 "reads: run"
test_that "is read in the same request" [ "$(asked_for read)" -eq 1 ]
tell_wiki edit title="User:CAIncidentBot/stop" text="Stop, please" \
    >"$work/log"
stop_page 5 "reads: Stop, please"
test_that "and nothing was written" holds "$work/first.page"

# --- at once ---------------------------------------------------------------

again
meanwhile Alice Behind "Behind, by Alice"
publish "$work/second" -y
sed 's/^Behind/&, by Alice/' "$work/second.page" >"$work/both.page"
test_that "an edit elsewhere that comes between is kept" \
    arrived "$work/both.page"
test_that "and told" grep 'others saved' "$work/err"

again
meanwhile Alice "before it" "by Alice"
publish "$work/second" -y
sed 's/^before it/by Alice/' "$work/second.page" >"$work/both.page"
test_that "one on the next line conflicts, and both are there" \
    arrived "$work/both.page"

again
meanwhile CAIncidentBot Behind "Behind, by our own account"
publish "$work/second" -y
sed 's/^Behind/&, by our own account/' "$work/second.page" \
    >"$work/both.page"
test_that "an edit of our own account is not lost" \
    holds "$work/both.page"
test_that "which is a success" exits 0

again
tell_wiki now time=2026-03-01T00:00:00Z >"$work/log"
put "$work/edited"
meanwhile Alice "Far Behind" "Near, in the same second"
publish "$work/second" -y
sed 's/^Far Behind/Near, in the same second/' "$work/edited.page" \
    >"$work/both.page"
test_that "nor is another one's in the second of the base" \
    holds "$work/both.page"

again
meanwhile Alice "first two" "first two, by Alice"
publish "$work/second" -y
sed 's/^first two/&, by Alice/' "$work/first.page" >"$work/alice.page"
test_that "one between the marks: exit 8" exits 8 figures
test_that "the person's words stay" holds "$work/alice.page"

again
meanwhile Alice "before it" "one by Alice"
meanwhile Alice "one by Alice" "two by Alice"
meanwhile Alice "two by Alice" "three by Alice"
meanwhile Alice "three by Alice" "four by Alice"
publish "$work/second" -y
test_that "conflicts that do not end: exit 8" exits 8 "others edit"
sed 's/^before it/three by Alice/' "$work/first.page" >"$work/alice.page"
test_that "and the page is the others'" holds "$work/alice.page"

serve_wiki
put "$work/base"
meanwhile Alice Behind "Behind, just after" after
publish "$work/second" -y
sed 's/^Behind/&, just after/' "$work/second.page" >"$work/both.page"
test_that "an edit just after is nothing to us" exits 0
test_that "and is there" holds "$work/both.page"

# Two runs with one store: the lock.  Two machines: the wiki.
run()		# STORE FILE BLOCK
{
	LD_PRELOAD=$HURRY "$CABRIEF" --db "$work/$1.db" --progress never \
	    publish --api "$api" --user "$USER_NAME" --password-file \
	    "$work/password" --page "$T" --block "$3" --input "$work/$2" -y \
	    >>"$work/told" 2>&1
}
serve_wiki --delay 300
put "$work/base"
run s second figures &
first=$!
while [ "$(wc -l <"$wiki_log")" -lt 1 ] && kill -0 $first; do
	sleep 0.02
done
publish "$work/second" -y
test_that "a second run with the same store: exit 8" exits 8 'at work'
test_that "asks nothing of the wiki" [ "$asked" -le 3 ]
wait $first
test_that "and the first is not disturbed" holds "$work/second.page"

lines other >"$work/other"
for between in '\n\nbetween\n\n' '\n'; do
	{
		cat "$work/base"
		printf "$between"
		printf '<!-- BEGIN cabrief:other -->\n<!-- END cabrief:other -->'
	} >"$work/two"
	put "$work/two"
	run one second figures &
	first=$!
	run two other other
	second=$?
	wait $first
	test_that "two machines, two blocks of a page: both end well" \
	    [ "$? $second" = "0 0" ]
	{
		cat "$work/second.page"
		printf "${between#??}"
		echo '<!-- BEGIN cabrief:other -->'
		cat "$work/other"
		echo '<!-- END cabrief:other -->'
	} >"$work/both.page"
	test_that "and both blocks are there" holds "$work/both.page"
done

put "$work/base"
run one second figures &
first=$!
run two other figures
second=$?
wait $first
first=$?
tell_wiki page "title=$T" | plain >"$work/got"
sed '/^<!-- BEGIN/r '"$work/other" "$work/empty.page" >"$work/other.page"
test_that "two machines, one block: it holds what one of them wrote" sh -c '
    cmp -s "$0/got" "$0/second.page" ||
    cmp -s "$0/got" "$0/other.page" || { cat "$0/got"; exit 1; }' "$work"
test_that "and who did not come through says so" \
    sh -c 'case "$1 $2" in "0 0"|"0 8"|"8 0") ;; *) echo $1 $2; exit 1
    esac' - $first $second

# Killed at any moment: the page is whole, and the next run has its way.
wrong=
for ms in 05 15 25 35 45 55 70 90 110 130 150; do
	put "$work/base"
	run killed second figures &
	first=$!
	sleep 0.$ms 2>/dev/null || sleep 1
	kill -9 $first 2>/dev/null
	wait $first 2>/dev/null
	sleep 0.4
	holds "$work/first.page" >/dev/null ||
	    holds "$work/second.page" >/dev/null || wrong="$wrong $ms:torn"
	publish "$work/second" -y
	exits 0 >/dev/null && holds "$work/second.page" >/dev/null ||
	    wrong="$wrong $ms:after"
done
test_that "killed at any moment, the page is whole; the next run mends$wrong" \
    [ -z "$wrong" ]

# --- who may ---------------------------------------------------------------

serve_wiki
again
tell_wiki closed on=1 >"$work/log"
publish "$work/second" -y
test_that "a wiki that is closed to strangers: we log in first" arrived
"$CABRIEF" --db "$work/s.db" publish --api "$api" --page "$T" --block \
    figures --input "$work/first" >"$work/out" 2>"$work/err"
code=$?
test_that "and without an account: exit 3" exits 3 'account'
tell_wiki closed on=0 >"$work/log"
for each in publish@3:wrong nosuch@3:password nobot@3:High-volume; do
	again
	USER_NAME=CAIncidentBot@${each%%@*} rest=${each#*@}
	[ "${rest#*:}" != wrong ] || echo wrong >"$work/password"
	publish "$work/second" -y
	test_that "the account ${each%%@*}: exit ${rest%:*}" \
	    refused "${rest%:*}" "${rest#*:}"
	echo $PASSWORD >"$work/password"
done
USER_NAME=CAIncidentBot@readonly
again
echo fedcba9876543210fedcba9876543210 >"$work/password"
publish "$work/second" -y --assert user
test_that "an account that may not edit: exit 3" refused 3 'grant'
echo $PASSWORD >"$work/password"
USER_NAME=Alice@tables
again
publish "$work/second" -y --assert user
test_that "a person's account, with --assert user" exits 0
test_that "edits under its name" sh -c '"$0" --tell $1 revisions \
    "title=$2" | sed -n 2p | grep -q "Alice.*cabrief"' \
    "$OBJ/tests/loopwiki" "$wiki_port" "$T"
USER_NAME=CAIncidentBot@publish

# --- secrets ---------------------------------------------------------------

again
once lost/edit
publish "$work/second" -y -vv
test_that "-vv shows the requests" grep -q 'POST http' "$work/err"
again
fault badtoken/edit
publish "$work/second" -y -vv
again
echo "publish@$PASSWORD" >"$work/password"
USER_NAME=CAIncidentBot
publish "$work/second" -y -vv
test_that "the other form of a bot password" arrived
USER_NAME=CAIncidentBot@publish
echo $PASSWORD >"$work/password"
again
MEDIAWIKI_API_URL=$api MEDIAWIKI_USER=$USER_NAME \
    MEDIAWIKI_PASSWORD=$PASSWORD "$CABRIEF" -vv --db "$work/s.db" publish \
    --page "$T" --block figures --input "$work/second" -y \
    >"$work/out" 2>"$work/err"
code=$?
cat "$work/out" "$work/err" >>"$work/told"
test_that "a password of the environment" arrived
again
"$CABRIEF" -vv --db "$work/s.db" publish --api "$api" --user "$USER_NAME" \
    --password-command "cat '$work/password'" --page "$T" --block figures \
    --input "$work/second" -y >"$work/out" 2>"$work/err"
code=$?
cat "$work/out" "$work/err" >>"$work/told"
test_that "a password of a command" arrived
chmod 644 "$work/password"
again
publish "$work/second" -y
test_that "a password file that others can read: exit 3" \
    refused 3 'others may use it'
chmod 600 "$work/password"
test_that "no password is told" no grep -qi -e $PASSWORD \
    -e fedcba9876543210 "$work/told"
test_that "and no token" no grep -qE '[0-9a-f]{40}' "$work/told"
test_that "and no file of the store has one" no grep -q -e $PASSWORD \
    -r "$work" --include='*.db*'

# --- bad input -------------------------------------------------------------

bad()		# CODE PATTERN ABOUT OPTIONS...: without a request but one
{
	want=$1 pattern=$2 about=$3
	shift 3
	before=$(wc -l <"$wiki_log")
	"$CABRIEF" --db "$work/s.db" publish "$@" >"$work/out" 2>"$work/err"
	code=$?
	asked=$(($(wc -l <"$wiki_log") - before))
	cat "$work/out" "$work/err" >>"$work/told"
	test_that "$about: exit $want" exits "$want" "$pattern"
	test_that "$about: nothing is written" \
	    [ "$(asked_for edit) $(wc -c <"$work/out")" = "0 0" ]
}
again
there="--api $api --user $USER_NAME --password-file $work/password"
printf 'a\000b\377' >"$work/binary"
printf 'x\n<!-- BEGIN cabrief:x -->\n' >"$work/marked"
printf '~~~~ {{subst:x}}\n' >"$work/signed"
head -c 2100000 /dev/zero | tr '\0' x >"$work/large"
: >"$work/nothing"
ok="--block figures --input $work/second"
bad 3 'title' "a bad title" $there --page 'B<d|' $ok -y
bad 3 'title' "an empty title" $there --page '' $ok -y
bad 3 . "a page of the program" $there --page 'Special:Version' $ok -y
bad 2 'block' "a bad name" $there --page "$T" --block 'Fig ures' \
    --input "$work/second" -y
bad 2 'page' "no page" $there $ok -y
bad 2 'block' "no block" $there --page "$T" --input "$work/second" -y
bad 2 'give one' "no text" $there --page "$T" --block figures -y
bad 2 'give one' "two texts" $there --page "$T" $ok --report count -y
bad 3 'missing' "a file that is missing" $there --page "$T" \
    --block figures --input "$work/missing" -y
bad 3 'binary' "a file that is no text" $there --page "$T" \
    --block figures --input "$work/binary" -y
bad 3 'mark' "a text with a mark" $there --page "$T" --block figures \
    --input "$work/marked" -y
bad 3 . "a text that the wiki would change" $there --page "$T" \
    --block figures --input "$work/signed" -y
bad 9 limit "a text too large" $there --page "$T" --block figures \
    --input "$work/large" -y
bad 2 . "a report that is none" $there --page "$T" --block figures \
    --report 'nosuch --x' -y
bad 2 . "a report with --output" $there --page "$T" --block figures \
    --report 'count --output x' -y
bad 2 'max-change' "a bad share" $there --page "$T" $ok --max-change 101 -y
bad 3 'API' "no API" --user "$USER_NAME" --page "$T" $ok -y
bad 3 'account' "no account" --api "$api" --page "$T" $ok -y
bad 3 'password' "no password" --api "$api" --user "$USER_NAME" \
    --page "$T" $ok -y
bad 3 'opened' "a password file that is missing" --api "$api" \
    --user "$USER_NAME" --password-file "$work/missing" --page "$T" $ok -y
for url in "http://u:hidden-word@127.0.0.1:$wiki_port/api.php" \
    ftp://127.0.0.1/api.php "$api?x=hidden-word" 127.0.0.1; do
	bad 3 'API' "the API $(echo "$url" | tr -d 0-9)" --api "$url" \
	    --user "$USER_NAME" --password-file "$work/password" \
	    --page "$T" $ok -y
done
test_that "what stood in a URL is not told" \
    no grep -q hidden-word "$work/told"
bad 5 . "a server that is no wiki" --api "${api%api.php}w/api.php" \
    --user "$USER_NAME" --password-file "$work/password" --page "$T" $ok -y
"$CABRIEF" --db "$work/s.db" publish --api "$api" --page "$T" $ok \
    2>"$work/err" >&-
code=$?
test_that "a closed standard output is no connection's place: exit 9" \
    exits 9 'Bad file'
test_that "after all that the page is as it was" holds "$work/first.page"
publish "$work/nothing" -y
sed 's/^<!-- END/\n&/' "$work/empty.page" >"$work/emptied.page"
test_that "an empty text empties the block" arrived "$work/emptied.page"
