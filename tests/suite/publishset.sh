#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# publish: its options and settings, where the account is looked for, the
# lock, and what is shown.
set -u
cd "$(dirname "$0")/../.." || exit 9
suite=publishset
. tests/loop/serve.sh
unset CREDENTIALS_DIRECTORY CONFIGURATION_DIRECTORY STATE_DIRECTORY
unset XDG_DATA_HOME
PASSWORD=0123456789abcdef0123456789abcdef
umask 077
echo $PASSWORD >"$work/password"
mkdir "$work/cabrief" "$work/credentials"
sh tests/corpus.sh "$CABRIEF" "$work/s.db" "$work/taxonomy" >"$work/log" 2>&1 ||
    { cat "$work/log"; echo "not ok publishset corpus"; exit 1; }
serve_wiki

publish()	# OPTIONS...: to the page's block; $code, $work/out, $work/err
{
	"$CABRIEF" --db "$work/s.db" --taxonomy "$work/taxonomy" \
	    --now 2026-07-01 publish --page Page --block types "$@" \
	    >"$work/out" 2>"$work/err" </dev/null
	code=$?
}

tells()		# CODE PATTERN: in one line on standard error
{
	exits "$@" && [ "$(wc -l <"$work/err")" -eq 1 ]
}

quiet()		# CODE: and nothing on standard error
{
	exits "$1" && [ ! -s "$work/err" ]
}

config()	# LINE...: the settings file
{
	printf '%s\n' "$@" >"$work/cabrief/config"
}

new_page()	# with nothing between the marks
{
	printf 'Above\n<!-- BEGIN cabrief:types -->\n' >"$work/page"
	printf '<!-- END cabrief:types -->\nBehind\n' >>"$work/page"
	tell_wiki edit title=Page user=Alice "text@$work/page" >"$work/log"
}

asked()		# COUNT: so many requests since the last time
{
	now=$(wc -l <"$wiki_log")
	last=$before before=$now
	[ $((now - last)) -eq "$1" ] || { tail -n $((now - last)) "$wiki_log"
	    return 1; }
}

new_page
before=$(wc -l <"$wiki_log")
COUNT='count --scheme types-2024 --from 2025-07-01'
printf '{|\n|-\n| one\n|-\n| two\n|}\n' >"$work/table.wiki"

# --- the command line ------------------------------------------------------

bare()		# OPTIONS...
{
	"$CABRIEF" --db "$work/s.db" publish "$@" >"$work/out" 2>"$work/err"
	code=$?
}

bare --block types --report count
test_that "no page" tells 2 'give --page'
bare --page P --report count
test_that "no block" tells 2 'give --block'
publish
test_that "neither report nor input" tells 2 'give one of them'
publish --report count --input x
test_that "both" tells 2 'give one of them'
for name in '' Types 9x x_y -x 'a b' "$(printf '%065d' 0 | tr 0 a)"; do
	bare --page P --report count --block="$name"
	test_that "block \"$name\"" tells 2 'no name'
done
for share in '' x -1 101% 2.5% %; do
	publish --input "$work/table.wiki" --max-change="$share"
	test_that "--max-change \"$share\"" tells 2 'from 0% to 100%'
done
publish --report 'fetch'
test_that "what is no report" tells 2 '^cabrief: --report: fetch: is no report'
publish --report "$COUNT -o x"
test_that "what the report does not say" tells 2 '^cabrief: --report: --output'
publish --report 'show 1'
test_that "a report that can't be made" tells 1 'show: 1: not in the store'

# --- the wiki and its settings ---------------------------------------------

publish --input "$work/table.wiki"
test_that "no API" tells 3 'MEDIAWIKI_API_URL'
for bad in x http://127.0.0.1 http:///api.php ftp://a/api.php \
    http://a/wiki/ http://u:p@a/api.php 'http://a/api.php?x' \
    'http://a/api.php#x' http://a/.php 'https://a/b c/api.php'; do
	publish --input "$work/table.wiki" --api "$bad"
	test_that "API $bad" tells 3 '^cabrief: option --api: not the URL'
done
MEDIAWIKI_API_URL=x publish --input "$work/table.wiki"
test_that "of the environment" tells 3 'environment MEDIAWIKI_API_URL: not'
publish --input "$work/table.wiki" --api http://127.0.0.1:1/api.php
test_that "no way to the wiki" tells 4 "can't be reached"
config "wiki-api = $api"
publish --input "$work/none.wiki"
test_that "no file" tells 3 "none.wiki: can't be opened"
printf 'a\377' >"$work/bad.wiki"
publish --input "$work/bad.wiki"
test_that "a file that is no text" tells 3 'bad.wiki: is no text'
publish --input "$work/table.wiki" --yes
test_that "nothing is written without an account" tells 3 'no account'
config "wiki-api = $api" 'wiki-user = CAIncidentBot@publish'
publish --input "$work/table.wiki" --yes
test_that "or without its password" tells 3 'no password for CAIncidentBot'
test_that "so far nothing was asked" asked 0

# --- a preview -------------------------------------------------------------

rm -f "$work/s.db.run.lock"
publish --input "$work/table.wiki"
test_that "a preview shows the difference" quiet 0
test_that "to what is there" grep -q '^+| one$' "$work/out"
test_that "in one request" asked 1
test_that "it needs no lock" [ ! -e "$work/s.db.run.lock" ]
publish --report "$COUNT" --color always
test_that "it is in colour where that is wanted" \
    grep -q "$(printf '^\033\[32m+! scope="col" | Type of Incident\033\[0m$')" \
    "$work/out"
printf 'a\r\n\tb \342\200\256c\n' >"$work/odd.wiki"
publish --input "$work/odd.wiki"
test_that "its words have no power over the terminal" \
    no grep -q "$(printf '[\r\033]\|\342\200\256')" "$work/out"
bare --page Page --block types --input - <"$work/table.wiki"
test_that "it may be of standard input" grep -q '^+| one$' "$work/out"
test_that "a closed pipe ends it quietly" sh -c \
    '{ "$CABRIEF" publish --page Page --block types --report lessons \
    --db "$0/s.db" 2>"$0/err"; } | head -n 1 >/dev/null; [ ! -s "$0/err" ]' \
    "$work"
bare --page Missing --block types --input "$work/table.wiki"
test_that "a page that is missing" tells 3 'Missing: the page is missing'
publish --input "$work/table.wiki" --block other
test_that "marks that are missing" tells 3 'BEGIN cabrief:other'

# --- writing ---------------------------------------------------------------

before=$(wc -l <"$wiki_log")
config "wiki-api = $api" 'wiki-user = CAIncidentBot@publish' \
    "wiki-password-file = $work/password"
publish -v --report "$COUNT" --yes
test_that "-y writes" grep -q \
    '^cabrief: Page: revision [0-9]*: block types: written$' "$work/err"
test_that "in five requests" asked 5
test_that "the summary has the figures" sh -c \
    '"$OBJ/tests/loopwiki" --tell $0 revisions title=Page |
    grep -q "27 incidents, "' "$wiki_port"
test_that "the password is not shown" no grep -q $PASSWORD "$work/err"
publish --report "$COUNT" --yes
test_that "not twice" tells 0 'nothing to write'
publish --report "$COUNT" --yes --now 2026-07-02
test_that "nor on the next day" tells 0 'nothing to write'
publish -q --report "$COUNT" --yes
test_that "of which -q says nothing" quiet 0
publish --input "$work/table.wiki" --yes
test_that "not too much at once" tells 7 'more than half of them'
publish --input "$work/table.wiki"
test_that "which a preview tells" tells 7 'would be refused'
test_that "and shows" grep -q '^+| one$' "$work/out"
publish --input "$work/table.wiki" --yes --max-change 100
test_that "unless that is wanted" tells 0 ': [0-9]* of [0-9]* rows changed$'
test_that "the summary has the file's name" sh -c \
    '"$OBJ/tests/loopwiki" --tell $0 revisions title=Page |
    grep -q "from table.wiki"' "$wiki_port"
tell_wiki edit title=Page user=Alice 'find=| one' 'text=| one, or two' \
    >"$work/log"
publish --report "$COUNT" --yes --max-change 100
test_that "a person's words are kept" tells 8 'somebody wrote'
publish --report "$COUNT" --yes --max-change 100 --force
test_that "but by force" tells 0 'Page: revision'

# --- the account -----------------------------------------------------------

shows()		# PATTERN: in status -v
{
	"$CABRIEF" --db "$work/s.db" status -v >"$work/out" 2>&1
	grep -q -e "$1" "$work/out" || { cat "$work/out"; return 1; }
}

test_that "status shows the wiki" \
    shows 'wiki-api *http://127.0.0.1.*/cabrief/config'
export MEDIAWIKI_PASSWORD=not-$PASSWORD
test_that "of the password, that there is one" \
    shows 'wiki-password *(set) *environment MEDIAWIKI_PASSWORD'
test_that "and not what it is" no grep -q $PASSWORD "$work/out"
new_page
publish --input "$work/table.wiki" --yes
test_that "the environment comes before the settings" tells 3 'login failed'
publish -q --input "$work/table.wiki" --yes --password-command \
    "cat '$work/password'"
test_that "a command comes before it" quiet 0
new_page
publish -q --input "$work/table.wiki" --yes --password-file "$work/password"
test_that "so does a file" quiet 0
new_page
cp "$work/password" "$work/credentials/mediawiki-password"
export CREDENTIALS_DIRECTORY="$work/credentials"
publish -q --input "$work/table.wiki" --yes
test_that "and a credential of systemd" quiet 0
test_that "which status tells" \
    shows 'wiki-password *(set) *.*/credentials/mediawiki-password'
new_page
: >"$work/credentials/mediawiki-password"
publish --input "$work/table.wiki" --yes
test_that "but an empty one is none" tells 3 'login failed'
unset CREDENTIALS_DIRECTORY MEDIAWIKI_PASSWORD
publish --input "$work/table.wiki" --yes --password-command 'exit 3'
test_that "a command that fails" tells 3 'wiki-password-command: .*it failed'
chmod 640 "$work/password"
publish --input "$work/table.wiki" --yes
test_that "a password that others may read" tells 3 'others may use it'
chmod 600 "$work/password"
config "wiki-password = $PASSWORD"
publish --input "$work/table.wiki"
test_that "a password itself is no setting" tells 3 'config:1: no setting'
test_that "nor shown" no grep -q $PASSWORD "$work/err"
config "wiki-api = $api" 'stop-page = Stop'
publish --input "$work/table.wiki" --yes --user CAIncidentBot@publish \
    --password-file "$work/password"
test_that "settings may name a stop page" tells 5 'stop page'
rm "$work/cabrief/config"

# --- the lock --------------------------------------------------------------

export MEDIAWIKI_API_URL="$api" MEDIAWIKI_USER=CAIncidentBot@publish
export MEDIAWIKI_PASSWORD=$PASSWORD
hold()		# FILE: until $other is killed
{
	rm -f "$work/held"
	python3 -c '
import fcntl, sys, time
with open(sys.argv[1], "w") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    open(sys.argv[2], "w").close()
    time.sleep(60)' "$1" "$work/held" &
	other=$!
	while kill -0 $other && [ ! -e "$work/held" ]; do
		sleep 0.02
	done
}

hold "$work/s.db.run.lock"
publish --input "$work/table.wiki" --yes
test_that "two do not write at once" tells 8 's.db: is locked: another'
ln -s s.db "$work/link.db"
publish --input "$work/table.wiki" --yes --db "$work/link.db"
test_that "by no name of the store" tells 8 'is locked'
publish -q --input "$work/table.wiki"
test_that "but one may look" quiet 0
kill $other
wait $other 2>"$work/log"
other=
publish -q --input "$work/table.wiki" --yes
test_that "the lock of a killed one is none" quiet 0
new_page
"$CABRIEF" publish -q --page Page --block types --input "$work/table.wiki" \
    --yes 2>"$work/err"
code=$?
test_that "without a store too" quiet 0
test_that "whose place is then made" \
    [ -e "$work/.local/share/cabrief/incidents.db.run.lock" ]
publish --input "$work/table.wiki" --yes --db "$work/no/x.db"
test_that "but not one that is named" tells 9 'x.db.run.lock'
ln -s "$work/victim" "$work/t.db.run.lock"
publish --input "$work/table.wiki" --yes --db "$work/t.db"
test_that "a lock that is a link leads nowhere" tells 9 't.db.run.lock'
test_that "and nothing is made behind it" [ ! -e "$work/victim" ]
