#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Incident reports through the whole program: hostile ones under a limit of
# time and memory, and real ones where CABRIEF_DATA names their folder.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" BUGZILLA_URL=https://bugzilla.example
export SOURCE_DATE_EPOCH=1782907200

# Comments as long as Bugzilla takes them, of what hurts careless readers.
python3 - "$work/hostile.json" <<'EOF'
import json, sys
size = 65535
texts = {
    "hash": "#" * size, "quote": ">" * size, "bracket": "[" * size,
    "pipe": "|" * size, "lists": "- " * 10000, "deep": "".join(
        "  " * i + "- a\n" for i in range(250)),
    "wide": "a|" * 5000 + "\n" + "-|" * 5000 + "\n" + "b|" * 5000,
    "heads": "## Incident Report\n" + "### Timeline\n- 2024-01-01 a\n" * 2200,
    "actions": "### Action Items\n|Action Item|Status|\n|-|-|\n"
               + "|a b|Done|\n" * 5500,
    "links": "### Summary\n" + "[a](" * 16000,
    "ticks": "### Summary\n" + "`" * 30000 + " " + "` " * 16000,
}
bugs, comments = [], {}
for n, text in enumerate(texts.values()):
    bug = 9000001 + n
    bugs.append({"id": bug, "product": "CA Program",
                 "component": "CA Certificate Compliance", "summary": "A: b",
                 "status": "NEW", "resolution": "", "whiteboard": "",
                 "creation_time": "2026-01-01T00:00:00Z",
                 "creator": "a@example.com", "assigned_to": "a@example.com",
                 "last_change_time": "2026-01-01T00:00:00Z"})
    comments[str(bug)] = {"comments": [
        {"id": n * 2 + k + 1, "bug_id": bug, "count": k, "text": text[:size],
         "creator": "a@example.com", "time": "2026-01-01T00:00:00Z",
         "is_private": False} for k in range(2)]}
with open(sys.argv[1], "w") as file:
    json.dump({"bugs": bugs}, file)
    json.dump({"bugs": comments}, file)
EOF
"$CABRIEF" --db "$work/hostile.db" import "$work/hostile.json" \
    >/dev/null 2>"$work/log" || { cat "$work/log"; echo "not ok reports: import"; }
for bug in 1 2 3 4 5 6 7 8 9 10 11; do
	if timeout 10 "$CABRIEF" --db "$work/hostile.db" show \
	    $((9000000 + bug)) -f json >"$work/out" 2>"$work/err"; then
		echo "ok reports hostile $bug"
	else
		echo "not ok reports hostile $bug: $?"
	fi
	cat "$work/err" >>"$work/all"
done
if grep -q 'report-cut' "$work/all"; then
	echo "ok reports that are cut are told"
else
	echo "not ok reports that are cut are told"
fi

if [ -z "${CABRIEF_DATA:-}" ]; then
	echo "skip reports of real bugs: CABRIEF_DATA is not set"
	exit 0
fi
"$CABRIEF" --db "$work/real.db" import "$CABRIEF_DATA/dev/bugs.json" \
    "$CABRIEF_DATA/dev/comments.json" 2>"$work/log" ||
    { cat "$work/log"; echo "not ok reports: import of real bugs"; exit 1; }
"$CABRIEF" --db "$work/real.db" list --all -f jsonl 2>/dev/null |
    sed -n 's/^{"[a-z]*":\([0-9]*\),.*/\1/p' >"$work/ids"
# Every bug must come through; several at once, so that it ends today.
if xargs timeout 60 "$CABRIEF" --db "$work/real.db" show -f json \
    <"$work/ids" >"$work/shown" 2>"$work/err"; then
	echo "ok reports: every real bug is shown"
else
	head -n 3 "$work/err"
	echo "not ok reports: every real bug is shown"
fi
python3 tests/reports.py "$work/shown" 95
