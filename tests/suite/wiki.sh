#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# publish and refresh against a real wiki: how each trouble ends, and that no
# page is ever left worse.  "make check-wiki" runs this alone.
set -u
cd "$(dirname "$0")/../.." || exit 9
. tests/wiki/serve.sh

sh tests/corpus.sh "$CABRIEF" "$work/s.db" "$work/taxonomy" \
    >"$work/log" 2>&1 || { cat "$work/log"; echo "not ok wiki: corpus"; exit 1; }
T="CA/Incident Statistics"

# A page by people, with a block; $1 stands above it, $2 in it, $3 behind.
page_of()	# ABOVE INSIDE BEHIND
{
	printf '%s\n\n<!-- BEGIN cabrief:figures -->\n%s' "$1" "$2"
	printf '<!-- END cabrief:figures -->\n\n%s\n' "$3"
}

lines()		# WORD: a text without tables, of lines that are all new
{
	printf '%s one\n\n%s two\n\n%s three\n' "$1" "$1" "$1"
}

lines first >"$work/first"
lines second >"$work/second"
page_of Above '' Behind >"$work/empty.page"
page_of Above "$(cat "$work/first")
" Behind >"$work/first.page"
page_of Above "$(cat "$work/second")
" Behind >"$work/second.page"

# --- in peace --------------------------------------------------------------

put "$T" <"$work/empty.page"
publish "$T" "$work/first"
test_that "without --yes the difference is shown" \
    sh -c 'grep -q "^+first one" "$0/out" && grep -q "^-<!-- BEGIN" "$0/out"' \
    "$work"
test_that "and nobody logs in" no grep -q -e login -e edit "$asked"
test_that "and nothing is written" reads "$T" "$work/empty.page"

publish "$T" "$work/first" --yes
test_that "the first publication" exits 0 "$T"
test_that "stands between the marks" reads "$T" "$work/first.page"
test_that "is one revision, by the bot, with a summary" \
    sh -c 'echo "$0" | grep -q "^[0-9]* CAIncidentBot .*cabrief.*first$"' \
    "$(history "$T" | head -n 1)"
test_that "marked as a bot's" [ "$(sqlite3 "$work/wiki/db/cawiki.sqlite" \
    'SELECT rc_bot FROM recentchanges ORDER BY rc_id DESC LIMIT 1')" = 1 ]
for sent in assert=bot assertuser=CAIncidentBot bot= nocreate= md5= \
    baserevid= maxlag=5; do
	test_that "each edit is sent with $sent" sh -c \
	    'grep action=edit "$0" | grep -q -e " $1"' "$asked" "$sent"
done

before=$(revisions "$T")
publish "$T" "$work/first" --yes
test_that "the same again: nothing to do" exits 0
test_that "costs two requests at most" [ "$(wc -l <"$asked")" -le 2 ]
test_that "and no revision" [ "$(revisions "$T")" = "$before" ]

sed 's/^Above$/Above, and more/;s/^Behind$/&\n\nMore behind/' \
    "$work/second.page" >"$work/edited.page"
sed 's/^second/first/' "$work/edited.page" | put "$T.2"
text "$T" | sed 's/^Above$/Above, and more/;s/^Behind$/&\n\nMore behind/' |
    put "$T"
publish "$T" "$work/second" --yes
test_that "a person's edit outside the marks" exits 0
test_that "is kept" reads "$T" "$work/edited.page"

text "$T" >"$work/base"
# Pages that hold the block as cabrief left it, one for each trouble.
mkdir "$work/pages"
number=0
while [ $number -lt 80 ]; do
	number=$((number + 1))
	cp "$work/base" "$work/pages/Page $number"
done
maintain importTextFiles -u Alice -s 'by hand' --prefix 'CA/' "$work/pages/"*

number=0
again()		# the next of them: sets $P
{
	number=$((number + 1))
	P="CA/Page $number"
	undisturbed
}

# It ended so, and the page is as it was.
refused()	# CODE PATTERN
{
	exits "$1" "${2:-}" && undisturbed && reads "$P" "$work/base"
}

# It ended well, with the new text, in one edit of the bot's.
arrived()	# [PAGE-FILE]
{
	exits 0 && undisturbed && reads "$P" "${1:-$work/arrived.page}" &&
	    [ "$(history "$P" | grep -c CAIncidentBot)" -eq 1 ]
}
lines third >"$work/third"
sed 's/^second/third/' "$work/edited.page" >"$work/arrived.page"

again
sed 's/^second two/& by hand/' "$work/base" >"$work/inside"
put "$P" <"$work/inside"
publish "$P" "$work/third" --yes
test_that "a person's words inside: exit 8" exits 8 'figures'
test_that "are left alone" reads "$P" "$work/inside"
publish "$P" "$work/third" --yes --force
test_that "--force is asked for by a person" arrived

again
sed '/^second/d' "$work/base" | put "$P"
text "$P" >"$work/inside"
publish "$P" "$work/third" --yes
test_that "what a person took out is not put back: exit 8" exits 8
test_that "and stays out" reads "$P" "$work/inside"

# --- reports ---------------------------------------------------------------

report()	# OPTIONS...
{
	"$CABRIEF" --db "$work/s.db" --taxonomy "$work/taxonomy" \
	    --progress never publish --page "$P" --block figures --yes \
	    --report 'count --scheme types-2024 --from -1y --to today' \
	    "$@" >"$work/out" 2>"$work/err" </dev/null
	code=$?
}
P=CA/Report
put "$P" <"$work/empty.page"
report --now 2026-07-01T12:00:00Z
test_that "a report is published" exits 0
test_that "with its figures in the summary" sh -c \
    'echo "$0" | grep -q "CAIncidentBot .*27 incidents"' \
    "$(history "$P" | head -n 1)"
text "$P" >"$work/before"
report --now 2026-07-02T12:00:00Z
test_that "a day on, when nothing but the day has changed" exits 0
test_that "there is no edit" [ "$(revisions "$P")" -eq 2 ]
report --now 2023-07-01T12:00:00Z
test_that "other figures: most rows would change: exit 7" exits 7 'change'
test_that "and do not" reads "$P" "$work/before"
report --now 2023-07-01T12:00:00Z --max-change 100%
test_that "unless that is allowed" exits 0
test_that "in another edit" [ "$(revisions "$P")" -eq 3 ]

# --- pages that are not ready ----------------------------------------------

trouble()	# NAME CODE PATTERN FILE-OR-EMPTY [OPTIONS...]
{
	name=$1 want=$2 pattern=$3 file=$4
	shift 4
	[ -z "$file" ] || put "$P" <"$file"
	text "$P" >"$work/base2"
	publish "$P" "$work/third" --yes "$@"
	test_that "$name: exit $want" exits "$want" "$pattern"
	test_that "$name: the page is as it was" reads "$P" "$work/base2"
}

P=CA/Missing
publish "$P" "$work/third" --yes
test_that "a page that is missing: exit 3" exits 3 "$P"
test_that "is not made" [ -z "$(history "$P")" ]

again
echo "$P|CA/Moved away" >"$work/moves"
maintain moveBatch -u WikiAdmin "$work/moves"
trouble "a page that was moved" 3 "$P" ''
test_that "nor where it went" reads 'CA/Moved away' "$work/base"

P=CA/Marks
echo 'No marks here.' >"$work/page"
trouble "no marks" 3 'cabrief:figures' "$work/page"
sed '/END cabrief/d' "$work/base" >"$work/page"
trouble "no second mark" 3 'END cabrief:figures' "$work/page"
sed '/BEGIN cabrief/d' "$work/base" >"$work/page"
trouble "no first mark" 3 'BEGIN cabrief:figures' "$work/page"
cat "$work/base" "$work/base" >"$work/page"
trouble "marks twice" 3 'twice' "$work/page"
sed 's/^Above.*/<!-- END cabrief:figures -->/;/^<!-- END/,$!b' \
    "$work/base" >"$work/page"
trouble "one mark twice" 3 'twice' "$work/page"
{
	echo '<!-- END cabrief:figures -->'
	sed '/END cabrief/d' "$work/base"
} >"$work/page"
trouble "marks the wrong way round" 3 'before' "$work/page"
{
	cat "$work/base"
	echo '{{nobots}}'
} >"$work/page"
trouble "{{nobots}}" 5 'bots' "$work/page"
sed 's/{{nobots}}/{{bots|deny=OtherBot, CAIncidentBot}}/' "$work/page" \
    >"$work/page2"
trouble "{{bots|deny=...}}" 5 'bots' "$work/page2"
maintain edit -u WikiAdmin MediaWiki:Common.css </dev/null
P=MediaWiki:Common.css
trouble "a page that is no wikitext" 3 'css' "$work/base"

for title in 'CA/[bad]' 'CA/{{x}}' 'a|b' '' ':' "$(printf '%0300d' 0 | tr 0 x)"; do
	publish "$title" "$work/third" --yes
	test_that "no title: $(echo "$title" | cut -c 1-20): exit 3" \
	    sh -c '[ "$0" -eq 3 ] || [ "$0" -eq 2 ]' "$code"
done

again
yes 'A line of the long text that no page can hold, some 60 bytes.' |
    head -c 2097152 >"$work/long"
publish "$P" "$work/long" --yes
test_that "a text longer than a page may be" refused 3 'at most'
sed 's/two/& <!-- BEGIN cabrief:other -->/' "$work/third" >"$work/marked"
publish "$P" "$work/marked" --yes
test_that "a text with a mark in it" refused 3 'mark'

again
maintain protect -u WikiAdmin -r 'by staff' "$P"
publish "$P" "$work/third" --yes
test_that "a protected page" refused 5 'protected'

again
for text in 'run' 'stop, please'; do
	echo "$text" | put 'User:CAIncidentBot/Stop'
	publish "$P" "$work/third" --yes --stop-page 'User:CAIncidentBot/Stop'
	[ "$text" != run ] || test_that "a stop page that says run" arrived
	put "$P" <"$work/base"
done
test_that "a stop page that says otherwise" refused 5 'stop page'
publish "$P" "$work/third" --yes --stop-page 'User:CAIncidentBot/None'
test_that "a stop page that is missing" refused 5 'stop page'

# --- accounts --------------------------------------------------------------

again
MEDIAWIKI_PASSWORD=wrong0123456789abcdef0123456789ab
publish "$P" "$work/third" --yes
test_that "a wrong password" refused 3 'password'
MEDIAWIKI_PASSWORD=XYZ3456789abcdef0123456789abcdef
publish "$P" "$work/third" --yes
test_that "a password that the wiki never tries" refused 3 'password'
MEDIAWIKI_PASSWORD=$PASSWORD
unset MEDIAWIKI_USER
publish "$P" "$work/third" --yes
test_that "no account" refused 3 'account\|user'
MEDIAWIKI_USER=CAIncidentBot@readonly
export MEDIAWIKI_USER
publish "$P" "$work/third" --yes
test_that "a bot password that may not edit" refused 3 'Edit existing pages'
MEDIAWIKI_USER=CAIncidentBot@slow
publish "$P" "$work/third" --yes
test_that "a bot password that is no bot's: both causes are named" \
    refused 3 'High-volume editing'
test_that "namely this, and a lost session" grep -qi 'session' "$work/err"
publish "$P" "$work/third" --yes --assert user
test_that "which --assert user lets pass" arrived
MEDIAWIKI_USER=Alice@person
MEDIAWIKI_PASSWORD=fedcba9876543210fedcba9876543210
again
publish "$P" "$work/third" --yes --assert user
test_that "so may a person's" exits 0
test_that "under its own name" sh -c 'echo "$0" | grep -q "^[0-9]* Alice .*cabrief"' \
    "$(history "$P" | head -n 1)"
MEDIAWIKI_USER=CAIncidentBot@publish
MEDIAWIKI_PASSWORD=$PASSWORD

again
touch "$toggle/private"
publish "$P" "$work/third" --yes
test_that "a wiki that only its people may read" arrived
again
touch "$toggle/private"
unset MEDIAWIKI_USER
publish "$P" "$work/third"
MEDIAWIKI_USER=CAIncidentBot@publish
export MEDIAWIKI_USER
test_that "and strangers not" refused 3

# --- sessions and tokens ---------------------------------------------------

again
meanwhile forget-edit 1
publish "$P" "$work/third" --yes
test_that "a session that is lost is renewed" arrived
again
meanwhile_do before-edit 1 "for db in $work/wiki/db/*.sqlite; do
    sqlite3 \$db 'DELETE FROM objectcache' 2>/dev/null; done"
publish "$P" "$work/third" --yes
test_that "a session that the wiki has lost too" arrived
again
meanwhile forget-edit always
publish "$P" "$work/third" --yes
test_that "a session that is lost again and again" refused 3 'session'
test_that "costs few requests" [ "$(wc -l <"$asked")" -le 12 ]
again
meanwhile stale-edit 1
publish "$P" "$work/third" --yes
test_that "a stale token is fetched anew" arrived
again
meanwhile stale-edit always
publish "$P" "$work/third" --yes
test_that "a token that is always stale" refused 5 'badtoken'

# --- a wiki that can't, or won't -------------------------------------------

again
echo 'The database is being moved.' >"$toggle/readonly"
FAST=y publish "$P" "$work/third" --yes
test_that "a wiki that may only be read" \
    refused 5 'The database is being moved'
again
echo 'evil\.example' >"$toggle/spamblacklist"
sed 's|three|& https://evil.example/x|' "$work/third" >"$work/spam"
publish "$P" "$work/spam" --yes
test_that "a link that a filter refuses is named" refused 5 'evil.example'

if [ -n "$HURRY" ]; then
	FAST=y
	again
	echo 7.5 >"$toggle/maxlag"
	publish "$P" "$work/third" --yes
	test_that "lag that does not end" refused 5 'lag'
	test_that "is waited for a few times" \
	    sh -c 'n=$(wc -l <"$0"); [ $n -ge 2 ] && [ $n -le 12 ]' "$asked"
	again
	echo 7.5 >"$toggle/maxlag"
	meanwhile_do after-edit 1 "rm $toggle/maxlag"
	publish "$P" "$work/third" --yes
	test_that "lag that ends" arrived
	again
	touch "$toggle/ratelimit"
	publish "$P" "$work/third" --yes
	put "$P" <"$work/base"
	HURRY_BY=100 publish "$P" "$work/third" --yes
	test_that "a rate limit that does not end" refused 5 'rate\|limit'
	again
	touch "$toggle/ratelimit"
	meanwhile_do after-edit 1 "rm $toggle/ratelimit"
	publish "$P" "$work/third" --yes
	test_that "a rate limit that ends" exits 0
	undisturbed
	again
	touch "$toggle/hook500"
	publish "$P" "$work/third" --yes
	test_that "a wiki that fails at each saving" refused 5 'internal'
	again
	touch "$toggle/hook500"
	meanwhile_do after-edit 1 "rm $toggle/hook500"
	publish "$P" "$work/third" --yes
	test_that "a wiki that fails once" arrived
	for where in query-pages query-tokens login; do
		again
		meanwhile html-$where always
		publish "$P" "$work/third" --yes
		test_that "a gateway's page for each $where" refused 5 '502'
		again
		meanwhile html-$where 1
		publish "$P" "$work/third" --yes
		test_that "a gateway's page for one $where" arrived
		again
		meanwhile cut-$where always
		publish "$P" "$work/third" --yes
		test_that "no way for each $where" refused 4
		again
		meanwhile cut-$where 1
		publish "$P" "$work/third" --yes
		test_that "no way for one $where" arrived
	done
	again
	meanwhile html-edit always
	publish "$P" "$work/third" --yes
	test_that "a gateway's page for each edit" refused 5 '502'
	again
	meanwhile cut-edit always
	publish "$P" "$work/third" --yes
	test_that "no way for each edit" refused 5 'nothing was changed'
	for how in cut lose half html; do
		again
		meanwhile $how-edit 1
		publish "$P" "$work/third" --yes
		test_that "an edit that goes wrong once ($how)" arrived
	done
	# Whether it was saved can't be known then; if so, it was it.
	again
	meanwhile lose-edit 1
	meanwhile_do after-edit 1 "echo always >$work/proxy/cut-query"
	publish "$P" "$work/third" --yes
	test_that "an answer lost, and the page can't be read" \
	    sh -c '[ "$0" -ne 0 ]' "$code"
	test_that "is said to be unsure" grep -qi 'unsure\|known\|may have' \
	    "$work/err"
	undisturbed
	publish "$P" "$work/third" --yes
	test_that "and the next run finds it there" arrived
	FAST=
else
	echo "skip wiki: what waits: no library can be preloaded"
fi
again
MEDIAWIKI_API_URL=http://127.0.0.1:9/api.php FAST=y \
    publish "$P" "$work/third" --yes
test_that "nobody there" refused 4 'reached'

# --- others, at the same time ----------------------------------------------

# An edit of Alice's, between our reading and our saving.
alice()		# PAGE SED-SCRIPT
{
	cat >"$work/alice" <<-DO
	cd /usr/share/mediawiki/maintenance
	php getText.php "$1" | sed '$2' >$work/alice.text
	# The wiki may still be busy with what it has answered.
	for try in 1 2 3 4 5; do
		php edit.php -u Alice -s 'meanwhile' "$1" <$work/alice.text \\
		    >>$work/maintained 2>&1 && break
		sleep 0.2
	done
	DO
	echo "sh $work/alice"
}

again
meanwhile_do before-edit 1 "$(alice "$P" 's/^More behind/& by Alice/')"
publish "$P" "$work/third" --yes
sed 's/^More behind/& by Alice/' "$work/arrived.page" >"$work/merged"
test_that "an edit of other lines meanwhile" arrived "$work/merged"
again
meanwhile_do before-edit 1 \
    "$(alice "$P" 's/^<!-- BEGIN/Alice was here\n&/')"
publish "$P" "$work/third" --yes
test_that "a new line beside the marks" exits 0
undisturbed
test_that "is kept" sh -c \
    'echo "$0" | grep -qx "Alice was here" && echo "$0" | grep -qx "third one"' \
    "$(text "$P")"
again
meanwhile_do before-edit 1 "$(alice "$P" 's/^\(<!-- BEGIN.*\) -->/\1 x -->/')"
publish "$P" "$work/third" --yes
test_that "a conflict: a mark itself is edited" exits 0
test_that "was one" [ "$(grep -c action=edit "$asked")" -eq 2 ]
undisturbed
test_that "ends with our text" reads "$P" "$work/arrived.page"
again
meanwhile_do before-edit always \
    "$(alice "$P" 's/^\(<!-- BEGIN.*\) -->/\1 x -->/')"
publish "$P" "$work/third" --yes
test_that "a conflict that does not end" refused 8
again
meanwhile_do before-edit 1 "$(alice "$P" 's/^second two/& by Alice/')"
publish "$P" "$work/third" --yes
test_that "words inside the marks meanwhile: exit 8" exits 8
undisturbed
sed 's/^second two/& by Alice/' "$work/base" >"$work/inside"
test_that "are left alone too" reads "$P" "$work/inside"
again
echo "$P" >"$work/list"
meanwhile_do before-edit 1 "php \
    /usr/share/mediawiki/maintenance/deleteBatch.php -u WikiAdmin \
    $work/list >>$work/maintained 2>&1"
publish "$P" "$work/third" --yes
test_that "a page that is deleted meanwhile: exit 3" exits 3
undisturbed
test_that "is not made again" [ -z "$(history "$P")" ]

# Two runs of ours.
again
meanwhile_do before-edit 1 "cd $PWD; '$CABRIEF' --db $work/s.db publish \
    --page '$P' --block figures --input $work/second --yes >$work/other \
    2>&1; echo \$? >>$work/other"
publish "$P" "$work/third" --yes
test_that "two runs with one store: the first goes on" arrived
test_that "the second ends at once" grep -qx 8 "$work/other"

# With two stores nothing keeps them apart: the wiki lets an account write
# over its own edits.  Each has its block; neither may lose it.
P=CA/Two
{
	cat "$work/empty.page"
	printf '<!-- BEGIN cabrief:others -->\n<!-- END cabrief:others -->\n'
} | put "$P"
cp "$work/s.db" "$work/other.db"
meanwhile_do before-edit 1 "cd $PWD; '$CABRIEF' --db $work/other.db publish \
    --page '$P' --block others --input $work/second --yes >$work/other \
    2>&1; echo \$? >>$work/other"
publish "$P" "$work/third" --yes
test_that "two runs with two stores" exits 0
test_that "both" grep -qx 0 "$work/other"
test_that "and both blocks are there" sh -c \
    'echo "$0" | grep -qx "third one" && echo "$0" | grep -qx "second one"' \
    "$(text "$P")"

# --- plans -----------------------------------------------------------------

cat >"$work/two.plan" <<PLAN
[source]
fetch = no

[wiki]
api = $MEDIAWIKI_API_URL
user = CAIncidentBot@publish

[report types]
command = count --scheme types-2024 --from 2025-07-01 --to 2026-06-30
page = CA/Plan
block = types

[report open]
command = list --cohort open-on --to 2026-06-30
page = CA/Plan
block = open
output = $work/open.wiki

[report alone]
command = count --scheme tags --from 2025-07-01 --to 2026-06-30
page = CA/Plan2
block = tags
PLAN
refresh()	# OPTIONS...
{
	: >"$asked"
	LD_PRELOAD=${FAST:+$HURRY} "$CABRIEF" --db "$work/s.db" \
	    --taxonomy "$work/taxonomy" --progress never \
	    --now 2026-07-01T12:00:00Z refresh "$@" "$work/two.plan" \
	    >"$work/out" 2>"$work/err" </dev/null
	code=$?
	cat "$work/out" "$work/err" >>"$work/told"
	cat "$asked" >>"$work/requests"
}
for block in types open; do
	printf 'Text.\n\n<!-- BEGIN cabrief:%s -->\n<!-- END cabrief:%s -->\n' \
	    $block $block
done | put CA/Plan
printf '<!-- BEGIN cabrief:tags -->\n<!-- END cabrief:tags -->\n' |
    put CA/Plan2
refresh --dry-run
test_that "a plan's dry run" sh -c '[ "$0" -eq 0 ]' "$code"
test_that "writes nothing" [ "$(revisions CA/Plan)" -eq 1 ]
refresh
test_that "a plan" sh -c '[ "$0" -eq 0 ] || { cat "$1"; exit 1; }' "$code" \
    "$work/err"
test_that "publishes two blocks on a page with one edit" \
    [ "$(revisions CA/Plan)" -eq 2 ]
test_that "both of them" sh -c 'echo "$0" | grep -c wikitable | grep -qx 2' \
    "$(text CA/Plan)"
test_that "and the other page" [ "$(revisions CA/Plan2)" -eq 2 ]
refresh
test_that "again, without news" sh -c '[ "$0" -eq 0 ]' "$code"
test_that "costs at most 2 requests a page" [ "$(wc -l <"$asked")" -le 4 ]
test_that "and no edit" \
    [ "$(revisions CA/Plan)" -eq 2 ] 
text CA/Plan2 | sed 's/^|}/| by hand\n&/' | put CA/Plan2
sed -i 's/^command = list.*/& --labels tagged/
    s/--scheme tags/--scheme themes-2025/' "$work/two.plan"
refresh
test_that "one page of a plan with a person's words: exit 6" \
    sh -c '[ "$0" -eq 6 ] || { cat "$1"; exit 1; }' "$code" "$work/err"
test_that "which stay" sh -c 'echo "$0" | grep -q "by hand"' \
    "$(text CA/Plan2)"
test_that "while the file of another is written" [ -s "$work/open.wiki" ]

# --- secrets ---------------------------------------------------------------

again
publish "$P" "$work/third" --yes -v -v
test_that "-v -v shows the requests" grep -q 'POST.*200' "$work/err"
test_that "no secret is told" no grep -qF -e "$PASSWORD" \
    -e fedcba9876543210 -e XYZ3456789 -e wrong0123456789 "$work/told"
test_that "nor a token or a session" \
    no grep -E '[0-9a-f]{40}|token=[^*]|[Ss]ession=[^*]' "$work/told"
test_that "none stands in a URL" no grep -q 'in the URL' "$work/requests"
test_that "nor in the store" no grep -qF "$PASSWORD" "$work/s.db"

# --- hostile words ---------------------------------------------------------

. tests/wiki/hostile.sh
