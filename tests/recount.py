# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""recount.py COMMAND NAME BUGS.json... [OWNERS.tsv]

Count again what the program counts, from the raw JSON and by other means:
the four cohorts for every month from 2017 to 2026, every row of the three
schemes, and who the owners are.  A closing time is cf_last_resolved; bugs
that were reopened have history of their own and are left to the unit tests.
"""
import calendar
import json
import re
import subprocess
import sys

command = sys.argv[1].split()
name = sys.argv[2]
bugs = [bug for path in sys.argv[3:] if path.endswith('.json')
        for bug in json.load(open(path, encoding='utf-8'))['bugs']]
owners = [path for path in sys.argv[3:] if path.endswith('.tsv')]
failed = 0

SPELT = {'delayed-revocation-leaf': 'leaf-revocation-delay',
         'delayed-revocation-ca': 'ca-revocation-delay',
         'ocsp-failures': 'ocsp-failure'}
TAGS = ('ca-misissuance dv-misissuance ov-misissuance ev-misissuance '
        'smime-misissuance crl-failure ocsp-failure leaf-revocation-delay '
        'ca-revocation-delay policy-failure disclosure-failure audit-finding '
        'audit-failure audit-delay uncategorized').split()
TYPES = {'audit': 'audit-finding audit-failure audit-delay',
         'ca-misissuance': 'ca-misissuance', 'crl': 'crl-failure',
         'dv-misissuance': 'dv-misissuance',
         'ev-misissuance': 'ev-misissuance',
         'leaf-revocation': 'leaf-revocation-delay ca-revocation-delay',
         'ocsp': 'ocsp-failure', 'ov-misissuance': 'ov-misissuance',
         'policy': 'policy-failure disclosure-failure',
         'smime': 'smime-misissuance', 'uncategorized': 'uncategorized'}
THEMES = {'revocation': TYPES['leaf-revocation'], 'audit': TYPES['audit'],
          'profile': 'ca-misissuance', 'smime': 'smime-misissuance',
          'disclosure': 'disclosure-failure',
          'validation': 'dv-misissuance ov-misissuance ev-misissuance',
          'status': 'crl-failure ocsp-failure',
          'other': 'policy-failure uncategorized'}
# Marks that are no categories and no unknown tags.
MARKS = re.compile(r'(?i)^(ca-compliance|external|reporter-external|covid-19|'
                   r'meta|auditor-compliance|ca-onecrl|ca-investigation|'
                   r'ca-incident-response|remediation-accepted|ca-infosharing|'
                   r'ca-informational|client-bounty-form|verif\?|'
                   r'close-on.*|next-update.*|)$')


def check(what, good, detail=''):
    global failed
    if good:
        print('ok recount %s: %s' % (name, what))
    else:
        failed = 1
        print('not ok recount %s: %s %s' % (name, what, detail))


def tags(bug):
    """Category tags and unknown tags, by hand: cut at brackets."""
    found, unknown = set(), set()
    # A Next update date may stand inside the brackets or outside.
    for word in re.findall(r'\[([^\[\]]*)\]|(\S+)\]', bug['whiteboard']):
        tag = re.sub(r'[\s_-]+', '-', ''.join(word).lower()).strip('-')
        tag = SPELT.get(tag, tag)
        if tag in TAGS:
            found.add(tag)
        elif not MARKS.match(tag):
            unknown.add(tag)
    return found, unknown


def run(*args):
    out = subprocess.run(command + list(args), capture_output=True)
    if out.returncode != 0:
        sys.exit('not ok recount %s: %s: exit %d: %s' % (
            name, ' '.join(args), out.returncode, out.stderr.decode()))
    return json.loads(out.stdout)


def closed(bug):
    return bug.get('cf_last_resolved') or '9999'


def counted(bug):
    return (bug['resolution'] not in ('INVALID', 'DUPLICATE') and
            '[meta]' not in bug['whiteboard'].lower() and
            not bug['summary'].lower().startswith('[meta]'))


def cohort(kind, first, last):
    start, end = first + 'T00:00:00Z', last + 'T23:59:59Z'
    for bug in bugs:
        filed, shut = bug['creation_time'], closed(bug)
        if {'open-during': filed <= end and shut >= start,
                'filed': start <= filed <= end,
                'closed': start <= shut <= end,
                'open-on': filed <= end < shut}[kind] and counted(bug):
            yield bug


def rows_by_hand(selected, scheme):
    """{row id: set of bug numbers}"""
    rows = {}
    for bug in selected:
        found, unknown = tags(bug)
        if scheme == 'tags':
            ids = found | unknown
            residual = 'uncategorized'
        else:
            table = TYPES if scheme == 'types-2024' else THEMES
            residual = 'other' if scheme == 'themes-2025' else 'uncategorized'
            ids = {row for row, members in table.items()
                   if found & set(members.split())}
        for row in ids or {residual}:
            rows.setdefault(row, set()).add(bug['id'])
    return rows


def compare(scheme, kind, first, last):
    got = run('count', '--labels', 'tagged', '--scheme', scheme, '--cohort',
              kind, '--from', first, '--to', last, '-f', 'json', '-q')
    hand = rows_by_hand(cohort(kind, first, last), scheme)
    mine = {row['id']: set(row['bugs']) for row in got['rows'] if row['count']}
    for row in got['rows']:
        if row['count'] != len(row['bugs']):
            return 'row %s: count is not its bugs' % row['id']
    if mine != hand:
        return '%s %s %s..%s: %s' % (scheme, kind, first, last, {
            key: mine.get(key, set()) ^ hand.get(key, set())
            for key in set(mine) | set(hand)
            if mine.get(key) != hand.get(key)})
    everyone = set().union(*hand.values()) if hand else set()
    if got['incidents'] != len(everyone) or got['assignments'] != sum(
            map(len, hand.values())):
        return 'totals of %s %s' % (scheme, kind)
    return ''


# Bugs that were open twice can't be recounted from one closing time.
reopened = {int(n) for n in []}
try:
    for path in sys.argv[3:]:
        if path.endswith('bugs.json'):
            told = json.load(open(path.replace('bugs.json', 'history.json')))
            for bug in told['bugs']:
                opened = [c for h in bug['history'] for c in h['changes']
                          if c['field_name'] == 'status' and
                          c['removed'] in ('RESOLVED', 'VERIFIED', 'CLOSED')
                          and c['added'] not in ('VERIFIED', 'CLOSED',
                                                 'RESOLVED')]
                if opened:
                    reopened.add(bug['id'])
except FileNotFoundError:
    pass
if reopened:
    ids = ','.join(str(b['id']) for b in bugs if b['id'] not in reopened)
    bugs = [b for b in bugs if b['id'] not in reopened]
    command_all = command
    real_run = run

    def run(*args):
        return real_run(*args, '--id', ids)

for scheme in ('tags', 'types-2024', 'themes-2025'):
    for kind in ('open-during', 'filed', 'closed', 'open-on'):
        wrong = compare(scheme, kind, '2024-01-01', '2024-05-20')
        check('%s %s 2024-01-01 to 2024-05-20' % (scheme, kind), not wrong,
              wrong)
for kind in ('open-during', 'filed', 'closed', 'open-on'):
    wrongs = []
    for year in range(2017, 2027):
        for month in range(1, 13):
            last = calendar.monthrange(year, month)[1]
            wrongs.append(compare('tags', kind, '%d-%02d-01' % (year, month),
                                  '%d-%02d-%02d' % (year, month, last)))
    wrongs = [wrong for wrong in wrongs if wrong]
    check('%s in every month from 2017 to 2026' % kind, not wrongs,
          wrongs[:1])

everything = run('count', '--scheme', 'tags', '-f', 'json', '-q')
left_out = sum(row['count'] for row in everything['left_out'])
check('every bug is counted or left out by name',
      everything['incidents'] + left_out >= len(bugs),
      (everything['incidents'], left_out, len(bugs)))

if owners:
    canonical = {}
    for line in open(owners[0], encoding='utf-8').read().splitlines()[1:]:
        prefix, owner = line.split('\t')[:2]
        canonical[prefix.lower()] = owner.replace('(auditor) ', '')
    out = subprocess.run(command + ['list', '--all', '-f', 'jsonl', '-q'],
                         capture_output=True)
    listed = [json.loads(line) for line in out.stdout.splitlines()]
    check('list names every bug', {b['id'] for b in listed} ==
          {b['id'] for b in bugs}, len(listed))
    right, wrong = 0, []
    for bug in listed:
        prefix = re.split(r': ?| - ', bug['summary'])[0].strip().lower()
        if canonical.get(prefix) == bug['owner_now']:
            right += 1
        else:
            wrong.append((bug['id'], bug['summary'][:40], bug['owner_now']))
    check('%d of %d owners as in the list of prefixes' % (right, len(listed)),
          right >= 0.99 * len(listed), wrong)
    for entry in wrong:
        print('   owner by other means, or none:', *entry)
sys.exit(failed)
