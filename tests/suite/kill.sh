#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# kill -9 in the middle of an import, many times: the store opens, holds
# whole pages (files), and a second import completes it.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work"

# Enough to be caught at it: the corpus forty times over, in ten files.
python3 - "$work" <<'PY'
import json, sys
bugs = json.load(open('corpus/2017-2023/bugs.json'))['bugs']
told = json.load(open('corpus/2017-2023/comments.json'))['bugs']
for part in range(10):
    out = {'bugs': []}
    for copy in range(4):
        shift = 1000 * (4 * part + copy)
        for bug in bugs:
            new = dict(bug, id=bug['id'] + shift, comments=[
                dict(c, id=c['id'] * 100 + 4 * part + copy,
                     bug_id=bug['id'] + shift)
                for c in told[str(bug['id'])]['comments']])
            out['bugs'].append(new)
    json.dump(out, open('%s/part%d.json' % (sys.argv[1], part), 'w'))
PY
dump()
{
	for table in bug comment change; do
		sqlite3 "$1" "SELECT * FROM \"$table\" ORDER BY 1, 2, 3"
	done
}
per_file=$(python3 -c "import json; print(len(json.load(open('$work/part0.json'))['bugs']))")
"$CABRIEF" -q --db "$work/whole.db" import "$work"/part*.json || exit 1
dump "$work/whole.db" >"$work/want"

round=0 wrong= partial=0
while [ $round -lt 25 ]; do
	rm -f "$work"/k.db*
	"$CABRIEF" -q --db "$work/k.db" import "$work"/part*.json 2>/dev/null &
	pid=$!
	sleep "0.$(printf '%03d' $((round * 17 % 290 + 5)))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ -e "$work/k.db" ] && [ -s "$work/k.db" ]; then
		n=$("$CABRIEF" -q --db "$work/k.db" import part 2>/dev/null
		    sqlite3 "$work/k.db" 'SELECT count(*) FROM bug' 2>/dev/null)
		n=${n:-0}
		[ $((n % per_file)) -eq 0 ] || wrong="$wrong $round:$n bugs"
		[ "$n" -gt 0 ] && [ "$n" -lt $((10 * per_file)) ] &&
		    partial=$((partial + 1))
	fi
	"$CABRIEF" -q --db "$work/k.db" import "$work"/part*.json ||
	    wrong="$wrong $round:second import"
	dump "$work/k.db" | cmp -s - "$work/want" || wrong="$wrong $round:rows"
	round=$((round + 1))
done
echo "killed $round times, $partial of them between the first and the last page"
if [ -z "$wrong" ]; then
	echo "ok kill -9: whole pages, and a second import completes them"
else
	echo "not ok kill -9:$wrong"
fi
