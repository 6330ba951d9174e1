#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The feed of the corpus and of a hostile bug: XML that two strict parsers
# take, all that RFC 4287 asks of it, and the same bytes on another day,
# in another place.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" SOURCE_DATE_EPOCH=1782907200
export BUGZILLA_URL=https://bugzilla.example
sh tests/corpus.sh "$CABRIEF" "$work/c.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok feed: corpus"; exit 1; }

feed()	# FILE ARGS...
{
	to=$1
	shift
	"$CABRIEF" -q --db "$work/c.db" --taxonomy "$work/taxonomy" list \
	    -f atom -o "$work/$to" "$@"
}

good()	# NAME FILE
{
	if xmllint --noout --nonet "$work/$2" &&
	    python3 tests/feed.py "$work/$2"; then
		echo "ok feed $1"
	else
		echo "not ok feed $1"
	fi
}

same()	# NAME FILE FILE
{
	if cmp "$work/$2" "$work/$3"; then
		echo "ok feed $1"
	else
		echo "not ok feed $1"
	fi
}

feed all.atom
good "of all" all.atom
feed window.atom --from 2025-01-01 --to 2025-12-31
good "of a window" window.atom
feed none.atom --id 1
good "of nothing" none.atom
(TZ=Asia/Kathmandu LC_ALL=de_DE.UTF-8 SOURCE_DATE_EPOCH=1790000000 \
    feed later.atom)
same "is the same on another day and in another place" all.atom later.atom

python3 - >"$work/bad.json" <<'PY'
import json
texts = ["]]>", "<![CDATA[", "\0\1\2\x08\x0b\x1f\x7f\x80\x9f", "\ufffe\uffff\U0001ffff",
    "a\r\nb\tc", "&amp;&lt;&#0;", "</title></feed>", "\u202eabc", "'\""]
print(json.dumps({"bugs": [{"id": 9100000 + n,
    "summary": "Evil %s CA: %s" % (text, text), "whiteboard": "[%s]" % text,
    "status": "RESOLVED", "resolution": "FIXED", "product": "CA Program",
    "component": "CA Certificate Compliance",
    "creation_time": "2026-01-0%dT00:00:00Z" % (n + 1),
    "last_change_time": "2026-06-01T00:00:00Z",
    "cf_last_resolved": "2026-05-01T00:00:00Z"}
    for n, text in enumerate(texts)]}))
PY
"$CABRIEF" -q --db "$work/c.db" import "$work/bad.json" 2>/dev/null
feed bad.atom --from 2026-01-01 --to 2026-06-30
good "of hostile bugs" bad.atom
if [ "$(grep -c 'bug/91000.*/filed' "$work/bad.atom")" -eq 9 ] &&
    [ "$(grep -c 'bug/91000.*/closed/2026-05-01' "$work/bad.atom")" -eq 9 ]
then
	echo "ok feed has them all"
else
	echo "not ok feed has them all"
fi
