# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""gold.py COMMAND GOLD.tsv...

Compare what the program says of each bug of the corpus with the gold
answers beside it: owner then and now, tags, dates.
"""
import csv
import json
import subprocess
import sys

command = sys.argv[1].split()
out = subprocess.run(command + ['list', '--all', '--labels', 'tagged', '-f',
                                'jsonl', '-q'], capture_output=True)
listed = {bug['id']: bug for bug in map(json.loads, out.stdout.splitlines())}
failed = 0


def same(field, want, got):
    global failed
    wrong = [(bug, want[bug], got[bug]) for bug in want
             if want[bug] != got[bug]]
    if wrong:
        failed = 1
        print('not ok gold %s: %d of %d differ: %s' % (
            field, len(wrong), len(want), wrong[:3]))
    else:
        print('ok gold %s of %d bugs' % (field, len(want)))


gold = {}
for path in sys.argv[2:]:
    with open(path, encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file, delimiter='\t',
                                  quoting=csv.QUOTE_NONE):
            gold[int(row['bug'])] = row
if set(gold) - set(listed):
    print('not ok gold: not listed:', sorted(set(gold) - set(listed)))
    sys.exit(1)


def dash(value):
    return value or '-'


def owner(bug, key):
    """An owner nobody knows has a prefix at most, and no owner today."""
    return 'unknown' if listed[bug]['owner_now'] is None else listed[bug][key]


same('owner', {b: r['owner'] for b, r in gold.items()},
     {b: owner(b, 'owner') for b in gold})
same('owner_now', {b: r['owner_now'] for b, r in gold.items()},
     {b: owner(b, 'owner_now') for b in gold})
same('tags', {b: sorted(r['tags'].split(',')) for b, r in gold.items()},
     {b: sorted(listed[b]['labels'] or ['-']) for b in gold})
for field in ('created', 'closed'):
    same(field, {b: r[field] for b, r in gold.items()},
         {b: dash(listed[b][field])[:10] for b in gold})
for field in ('next_update', 'close_on'):
    same(field, {b: r[field] for b, r in gold.items()},
         {b: dash(listed[b][field]) for b in gold})
sys.exit(failed)
