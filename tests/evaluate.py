# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""evaluate.py NAME JSON MICRO MACRO EXACT COUNT_ERROR ESTIMATE_ERROR: the
answer of `evaluate` adds up, and is within the floors and ceilings given."""
import json
import sys

name, path, *limits = sys.argv[1:]
with open(path) as file:
    got = json.load(file)
wrong = []


def near(what, is_, expected):
    if is_ is None or abs(is_ - expected) > 0.0006:
        wrong.append('%s is %s, adds up to %.4f' % (what, is_, expected))


rows = got['categories']
support, predicted, right = (sum(row[key] for row in rows)
                             for key in ('support', 'predicted', 'tp'))
near('micro F1', got['micro']['f1'], 2 * right / (support + predicted))
told = [row for row in rows if row['support']]
near('macro F1', got['macro']['f1'], sum(
    2 * row['tp'] / (row['support'] + row['predicted'])
    for row in told) / len(told))
near('count error', got['count_error'], sum(
    abs(row['support'] - row['predicted']) for row in rows) / support)
for row in rows:
    if row['tp'] + row['fn'] != row['support'] or \
            row['tp'] + row['fp'] != row['predicted']:
        wrong.append('%s does not add up' % row['id'])
for key, figure in (('micro', got['micro']['f1']),
                    ('macro', got['macro']['f1']),
                    ('exact_match', got['exact_match'])):
    low, high = got['intervals'][key]
    if not low <= figure <= high:
        wrong.append('%s is not in its interval' % key)

figures = (('micro F1', got['micro']['f1'], 1),
           ('macro F1', got['macro']['f1'], 1),
           ('exact match', got['exact_match'], 1),
           ('count error', got['count_error'], -1),
           ('count error of estimates', got['estimate_error'], -1))
print('%s: %s' % (name, ', '.join('%s %.3f' % pair[:2] for pair in figures)))
for (what, figure, sign), limit in zip(figures, limits):
    if limit != '-' and (figure - float(limit)) * sign < 0:
        wrong.append('%s is %s, %s than %s' % (
            what, figure, 'lower' if sign > 0 else 'higher', limit))
for what in wrong:
    print('not ok evaluate %s: %s' % (name, what))
if not wrong:
    print('ok evaluate %s' % name)
