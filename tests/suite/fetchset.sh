#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# fetch: its options and settings, where the key is looked for, which store
# and which Bugzilla belong together, and what is shown of bugs that are gone.
set -u
cd "$(dirname "$0")/../.." || exit 9
. tests/loop/serve.sh
KEY=THE-KEY-that-nobody-may-see-0123456789
unset CREDENTIALS_DIRECTORY CONFIGURATION_DIRECTORY

refused()	# OPTIONS...: as a usage error, in one line, before any request
{
	before=$(requests)
	fetch new "$@"
	exits 2 && [ "$(wc -l <"$work/err")" -eq 1 ] &&
	    [ "$(requests)" -eq "$before" ] && [ ! -e "$work/new.db" ]
}

# By the server's log: with this key in a header, or without any.
with_key()
{
	grep -q ' header .*/rest/bug' "$log"
}

shows()		# NAME PATTERN COMMAND...: what a command shows of a store
{
	name=$1 pattern=$2
	shift 2
	"$CABRIEF" --db "$work/$name.db" "$@" >"$work/out" 2>&1
	grep -q -e "$pattern" "$work/out" || { cat "$work/out"; return 1; }
}

# --- options ---------------------------------------------------------------

serve --mode bmo --bugs 20 --comments 60
for bad in "--jobs 0" "--jobs 17" "--jobs many" "--timeout 0" \
    "--retries 21" "--retries -1" "--since yesterday" \
    "--since 2999-01-01" "--full --since 2024-01-01" "--key-in-query yes" "1234"; do
	test_that "$bad: usage" refused $bad
done
fetch new --since 2024-02-30
test_that "a day that does not exist" exits 2 'no such day'
fetch new -q --jobs 16 --timeout 5 --retries 0 \
    --product 'ca program' --component 'CA CERTIFICATE COMPLIANCE'
test_that "names in another case are the same for a Bugzilla" \
    [ "$(query new 'SELECT count(*) FROM bug')" = 20 ]
fetch typo --product 'CA Porgram' --component Compliance
test_that "a name that no bug has is told" \
    exits 0 'no bug in CA Porgram :: Compliance \[answer-empty\]'

# --- the store and its Bugzilla --------------------------------------------

fetch new --url https://other.example
test_that "bugs of two Bugzillas do not share a store" \
    exits 3 'holds bugs of http://127.0.0.1.* name another store'
"$CABRIEF" -q --db "$work/new.db" fetch --component \
    'CA Certificate Compliance' 2>"$work/err"
test_that "without a URL, the store's own is fetched" [ $? -eq 0 ]
"$CABRIEF" -q --db "$work/files.db" import corpus/2017-2023/bugs*.json
before=$(requests)
fetch files
test_that "nor do those of files from nobody knows where" \
    exits 3 "unknown Bugzilla: .*import --url $url, .*--db"
test_that "and no request is made for that" [ "$(requests)" -eq "$before" ]
"$CABRIEF" -q --db "$work/files.db" import --url "$url" \
    corpus/2017-2023/bugs*.json
fetch files --component 'CA Certificate Compliance'
test_that "importing them again with a URL says where; if that is wrong, \
none is marked as gone" exits 5 'of 65 bugs are no longer visible: too many'
test_that "and indeed none" shows files 'no longer visible *0$' status
fetch files --full --gone --component 'CA Certificate Compliance'
test_that "unless that is wanted" exits 0 ', 45 gone;'
echo '{"bugs":{"5":{"comments":[{"id":'"$(query new \
    'SELECT min(id) FROM comment')"',"count":0,"bug_id":5,"text":"",
    "creator":"a@b.example","time":"2020-01-01T00:00:00Z"}]}}}' \
    >"$work/comment.json"
"$CABRIEF" -q --db "$work/shared.db" import --url "$url" "$work/comment.json"
fetch shared
test_that "one comment of two bugs is told" grep -q '\[comment-shared\]' \
    "$work/err"
"$CABRIEF" -q --db "$work/none/x.db" fetch --url "$url" 2>"$work/err"
test_that "the folder of a store that is named is not made" [ $? -eq 9 ]

# --- the key ---------------------------------------------------------------

umask 077
mkdir -p "$work/cabrief" "$work/credentials"
echo $KEY >"$work/key"
echo wrong >"$work/wrong"
serve --mode bmo --bugs 20 --comments 60 --key $KEY
fetch key -v --key-file "$work/wrong"
test_that "of a fetch that failed at once, nothing is told that it did" \
    no grep -q ' bugs$\|Bugzilla ' "$work/err"
fetch key -q --key-file "$work/key" --key-command false
test_that "a file comes before a command" exits 0
fetch key -q --key-command "printf '%s\n\n' $KEY"
test_that "blank lines behind a key are none of it" exits 0
fetch key -q --key-command 'exit 3'
test_that "a command that fails" exits 3 'key-command: .*it failed'
fetch key -q --key-command "echo $KEY >/dev/null; exit 3"
test_that "is not shown, for a key may stand in it" \
    no grep -q "$KEY" "$work/err"
fetch key -q --key-command 'true'
test_that "a command that prints nothing" exits 3 'is empty'
fetch key -q --key-command 'printf "a\033b"'
test_that "what can't be a key" exits 3 'odd character'
fetch key -q --key-command 'head -c 300 /dev/zero | tr "\0" k'
test_that "what is too long to be a key" exits 3 'longer than'
fetch key -q --key-file "$work/nokey"
test_that "a file that is not there" exits 3 "nokey: can't be opened"
mkfifo "$work/fifo"
(echo $KEY >"$work/fifo") &
fetch key -q --key-file "$work/fifo"
test_that "a pipe" exits 0

export BUGZILLA_API_KEY=wrong
fetch key -q
test_that "the environment" exits 3 'refuses the key'
fetch key -q --key-file "$work/key"
test_that "an option comes before it" exits 0
cp "$work/key" "$work/credentials/bugzilla-api-key"
chmod 440 "$work/credentials/bugzilla-api-key"
CREDENTIALS_DIRECTORY=$work/credentials
export CREDENTIALS_DIRECTORY
fetch key -q
test_that "a credential of systemd too" exits 0
test_that "status says that there is one, and where it is from" \
    shows key 'api-key *(set) *.*/credentials/bugzilla-api-key' status -v
fetch key -q --key-file "$work/wrong"
test_that "but an option comes before that" exits 3 'refuses the key'
chmod 444 "$work/credentials/bugzilla-api-key"
fetch key -q
test_that "nor is it read when all may read it" exits 3 'others may use it'
unset CREDENTIALS_DIRECTORY
test_that "status does not show the key" \
    shows key 'api-key *(set) *environment BUGZILLA_API_KEY' status -v
echo "key-file = $work/key" >"$work/cabrief/config"
fetch key -q
test_that "the environment comes before a settings file" \
    exits 3 'refuses the key'
unset BUGZILLA_API_KEY
serve --mode bmo --bugs 20 --comments 60 --key $KEY
fetch key -q
test_that "a settings file names the key's file" exits 0
test_that "and the server got it" with_key
echo "key-command = cat $work/wrong" >"$work/cabrief/config"
fetch key -q
test_that "or a command" exits 3 'refuses the key'
echo "api-key = $KEY" >"$work/cabrief/config"
fetch key -q
test_that "a key itself is no setting" exits 3 'config:1: no setting'
echo 'contact = me (of here)' >"$work/cabrief/config"
fetch key -q
test_that "a contact that can't be sent" exits 3 'contact: .*sent'
printf 'contact = https://example.org/who\n\nkey-command = : %0190d\n' 0 \
    >"$work/cabrief/config"
fetch c
test_that "a line that the settings' reader would cut is refused" \
    exits 3 'config:3: is longer than 190 bytes'
echo 'contact = https://example.org/who' >"$work/cabrief/config"
fetch key -q
test_that "one that can" exits 0
rm "$work/cabrief/config"
test_that "no key in any store" \
    sh -c '! grep -q -e "$0" "$1"/*.db' $KEY "$work"

# --- what is gone ----------------------------------------------------------

serve --mode bmo --bugs 20 --comments 60 --now 2026-01-01T00:00:00Z
fetch gone -q
bug=$(query gone 'SELECT min(id) FROM bug')
"$CABRIEF" -q --db "$work/gone.db" count --all -f csv >"$work/before"
tell event "2026-01-02T00:00:00Z restrict $bug"
tell now 2026-01-03T00:00:00Z
fetch gone -v --full
test_that "a bug that is gone is told with -v" \
    exits 0 "bug $bug: note: .*\[bug-gone\]"
test_that "the summary counts it" grep -q ', 1 gone;' "$work/err"
test_that "status counts it" shows gone 'no longer visible *1$' status
test_that "show says since when" \
    shows gone 'visible since *2026-01-03T00:00:00Z' show "$bug"
test_that "and so does JSON" shows gone '"gone":"2026-01-03T00:00:00Z"' \
    show "$bug" -f json
"$CABRIEF" -q --db "$work/gone.db" count --all -f csv >"$work/after"
test_that "reports count it as it was" cmp "$work/before" "$work/after"
tell event "2026-01-04T00:00:00Z open $bug"
tell now 2026-01-05T00:00:00Z
fetch gone --full
test_that "one that is seen again is back" exits 0 '0 gone, 1 back;'
test_that "and no longer marked" shows gone 'no longer visible *0$' status
