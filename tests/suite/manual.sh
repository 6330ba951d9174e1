#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The manuals pass mandoc's lint, and every example in them runs.
set -u
cd "$(dirname "$0")/../.." || exit 9
. tests/loop/serve.sh

if command -v mandoc >/dev/null 2>&1; then
	for page in cabrief.1 cabrief-taxonomy.5 cabrief-guide.7; do
		if mandoc -Tlint -Wwarning "$page" >"$work/lint"; then
			echo "ok manual $page is clean"
		else
			cat "$work/lint"
			echo "not ok manual $page"
		fi
	done
else
	echo "skip manual lint: mandoc is not installed"
fi

# Examples are the lines ".Dl $ ..." of cabrief.1 and cabrief-guide.7 and the
# lines "    $ cabrief ..." of README; they run in a folder with the corpus.
sh tests/corpus.sh "$CABRIEF" "$work/incidents.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok manual: corpus"; exit 1; }
cp -r corpus/2023-2026 corpus/2017-2023 "$work"
cp corpus/2023-2026/bugs.json corpus/2023-2026/comments.json "$work"
export CABRIEF_DB="$work/incidents.db"
export SOURCE_DATE_EPOCH=1782907200
mkdir -p "$work/bin"
ln -s "$CABRIEF" "$work/bin/cabrief"
PATH="$work/bin:$PATH"

# The wiki of the guide's chapter, with its marks and its account.
serve_wiki
export MEDIAWIKI_API_URL="$api" MEDIAWIKI_USER=CAIncidentBot@publish
(umask 077; echo 0123456789abcdef0123456789abcdef >"$work/password")
for page in "CA/Incident Statistics=incident-types" \
    "CA/Open Incidents=open-by-type"; do
	printf '<!-- BEGIN cabrief:%s -->\n<!-- END cabrief:%s -->\n' \
	    "${page#*=}" "${page#*=}" >"$work/page"
	tell_wiki edit "title=${page%=*}" user=Alice "text@$work/page" \
	    >"$work/log"
done

# The files that the guide has in displays, put where it says.
python3 - "$work" <<'PY' || echo "not ok manual: the files of the guide"
import re, sys
guide = open('cabrief-guide.7', encoding='utf-8').read()
found = re.findall(r'^\.\\" test: (\S+)(?: behind (.+))?\n\.Bd .*\n'
                   r'((?:.*\n)*?)\.Ed$', guide, re.M)
assert len(found) == guide.count('\n.\\" test: ') > 0
for name, behind, text in found:
    path = sys.argv[1] + '/' + name
    text = text.replace('\\e', '\\').replace('\\-', '-')
    if behind:
        whole = open(path, encoding='utf-8').read()
        assert whole.count('\n' + behind + '\n') == 1
        text = whole.replace(behind + '\n', behind + '\n' + text)
    open(path, 'w', encoding='utf-8').write(text)
PY
{
	sed -n 's/^\.Dl \$ //p' cabrief.1 cabrief-guide.7
	sed -n 's/^    \$ \(cabrief .*\)/\1/p' README
} | sed 's/\\-/-/g;s/\\(dq/"/g;s/\\e/\\/g' >"$work/examples"
[ -s "$work/examples" ] || echo "not ok manual: no example found"
while IFS= read -r line; do
	(cd "$work" && sh -c "$line" >"$work/out" 2>"$work/err" </dev/null)
	code=$?
	# Those that say 1 when there is nothing, or something, to tell.
	case $line in
	cabrief*explain*|cabrief*show*|cabrief*similar*|cabrief*' list'*|\
	cabrief*--max-age*|cabrief*'taxonomy diff'*)
		[ $code -ne 1 ] || code=0 ;;
	esac
	if [ $code -eq 0 ]; then
		printf 'ok manual example: %s\n' "$line"
	else
		head -n 3 "$work/err"
		printf 'not ok manual example: %s (exit %d)\n' "$line" $code
	fi
done <"$work/examples"
