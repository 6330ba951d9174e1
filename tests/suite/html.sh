#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# HTML pages of every command: XML's parser and html5lib read them without
# an error, whatever a bug says; headless Chromium shows, sorts and prints
# them, and axe-core finds them accessible.  What is not installed is skipped
# with a word.  PICTURES=FOLDER keeps what Chromium saw.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export BUGZILLA_URL=https://bugzilla.example
export SOURCE_DATE_EPOCH=1782907200	# 2026-07-01T12:00:00Z
export HOME="$work"
unset XDG_CONFIG_HOME XDG_DATA_HOME CONFIGURATION_DIRECTORY STATE_DIRECTORY
db="$work/corpus.db"
taxonomy="$work/taxonomy"
sh tests/corpus.sh "$CABRIEF" "$db" "$taxonomy" 2>"$work/log" || {
	cat "$work/log"
	echo "not ok html: the corpus can't be imported"
	exit 1
}

# An incident whose every text is hostile: markup of all output languages,
# directions turned and left so, formulas, 10,000 letters without a blank.
long=$(head -c 10000 /dev/zero | tr '\0' x)
nasty=$(printf '%s \342\200\256turned %s' \
    "</title></style></script><script>alert(1)</script><b>&amp; <!-- ]]> \
[[x]] {{y}} '''z''' |- || ** __ \`\` [l](javascript:alert(1)) =1+1 \"'" \
    '<a href="javascript:alert(1)" onclick=alert(1)>')
jq --arg nasty "$nasty" --arg long "$long" '{bugs: [.bugs[0] |
    .id = 9990001 | .summary = $nasty + $long | .whiteboard =
    "[ca-compliance] [ov-misissuance] " + $nasty | .creator = $nasty |
    .creator_detail.email = $nasty | .creator_detail.name = $nasty]}' \
    corpus/2017-2023/bugs.json >"$work/bug.json"
jq --arg nasty "$nasty" --arg long "$long" '{bugs: {"9990001": {comments:
    [.bugs["9000001"].comments[0] | .id = 8990001 | .bug_id = 9990001 |
    .creator = $nasty | .text = $nasty + "\n\n    " + $long + "\n\n### " +
    $nasty + "\n\n" + $nasty]}}, comments: {}}' \
    corpus/2017-2023/comments.json >"$work/comment.json"
"$CABRIEF" --db "$db" import "$work/bug.json" "$work/comment.json" \
    2>"$work/log" || {
	cat "$work/log"
	echo "not ok html: the hostile bug can't be imported"
	exit 1
}

python=
for program in python3 /usr/bin/python3; do
	"$program" -c 'import html5lib' 2>/dev/null && python=$program && break
done
[ -n "$python" ] || echo "skip html parser: html5lib is not installed"

page()		# NAME ARGS...
{
	name=$1
	shift
	if ! "$CABRIEF" --db "$db" --taxonomy "$taxonomy" "$@" -q -f html \
	    >"$work/$name.html" 2>"$work/err"; then
		echo "not ok html $name: $(head -n 1 "$work/err")"
		rm "$work/$name.html"
		return
	fi
	if xmllint --nonet --noout "$work/$name.html" 2>"$work/err"; then
		echo "ok html $name: well-formed"
	else
		head -n 5 "$work/err"
		echo "not ok html $name: not well-formed"
	fi
	[ -n "$python" ] || return
	if "$python" -c 'import html5lib, sys
html5lib.HTMLParser(strict=True).parse(open(sys.argv[1], "rb"))' \
	    "$work/$name.html" 2>"$work/err"; then
		echo "ok html $name: no parse error"
	else
		tail -n 1 "$work/err"
		echo "not ok html $name: a parse error"
	fi
}

window="--from 2024-01-01 --to 2024-12-31"
page count count --scheme types-2024 $window
page cross count --scheme themes-2025 --by tags
page list list --all
page show show 9990001 9000015
page explain explain 9990001 9000146
page similar similar 9990001
page dashboard dashboard
page by dashboard --by types-2024 \
    --columns id,owner,summary,whiteboard,changed,next-update,overdue
page trend trend $window
page lessons lessons $window --evidence
page table lessons $window --table
page brief brief --style themes-2025 $window
page inclusions inclusions
page evaluate evaluate --scheme tags --by year
page status status
page diff taxonomy diff "$taxonomy" "$taxonomy"

# Every letter of the hostile bug is there, and no element of its own.
"$CABRIEF" --db "$db" --taxonomy "$taxonomy" show 9990001 -q -f json |
    jq -j '.summary' >"$work/want"
xmllint --nonet --xpath 'string(//h1[1])' "$work/show.html" >"$work/title"
if [ "$(wc -c <"$work/want")" -gt 10000 ] &&
    "${python:-python3}" - "$work/want" "$work/title" <<'EOF'
import sys
want, title = (open(name, encoding="utf-8").read().replace("\u202c", "")
               for name in sys.argv[1:])
sys.exit(want not in title)
EOF
then
	echo "ok html: a hostile text is whole"
else
	echo "not ok html: a hostile text is not whole"
fi
for name in show list explain; do
	count=$(xmllint --nonet --xpath 'count(//script | //*[@onclick] |
	    //a[starts-with(@href, "javascript")] | //main//b)' \
	    "$work/$name.html")
	if [ "$count" = 1 ]; then
		echo "ok html $name: a hostile text is inert"
	else
		echo "not ok html $name: a hostile text is not inert"
	fi
done

chromium=$(command -v chromium || command -v chromium-browser ||
    command -v google-chrome) || {
	echo "skip html in a browser: Chromium is not installed"
	exit 0
}
# axe-core is fetched once.
axe=${OBJ:-build/release}/npm/package/axe.min.js
if [ ! -s "$axe" ]; then
	folder=${axe%/package/*}
	mkdir -p "$folder"
	(cd "$folder" && npm pack --silent axe-core@4.14.1 &&
	    tar -xzf axe-core-4.14.1.tgz package/axe.min.js) \
	    >"$work/log" 2>&1 || {
		echo "skip html axe: axe-core can't be fetched from npm"
		axe=-
	}
fi
for name in show list count cross brief dashboard by table; do
	[ -e "$work/$name.html" ] && echo "$work/$name.html"
done | xargs python3 tests/browser.py "$chromium" "$axe" "${PICTURES:--}"
