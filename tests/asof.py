# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""asof.py COMMAND

What --as-of shows against stores that were filled on the very day: bugs are
made up, changed at random with a fixed seed, and their changes logged as a
Bugzilla logs them.  COMMAND is the program with its options, but for --db.
"""
import copy
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

command = sys.argv[1].split()
chance = random.Random(5)
START = datetime.datetime(2024, 1, 1)
DAYS = 120
PART = 254
TAGS = ['[ca-misissuance]', '[dv-misissuance]', '[ov-misissuance]',
        '[crl-failure]', '[ocsp-failure]', '[leaf-revocation-delay]',
        '[policy-failure]', '[audit-delay]', '[smime-misissuance]',
        '[audit-finding]', '[meta]', '[unheard-of]']
SUMMARIES = ['DigiCert: CRL of a partition was not updated in time',
             'Sectigo: OCSP responders gave no answer for a day',
             'Entrust: revocation of certificates later than five days',
             'GoDaddy: DV certificates issued with a stale validation',
             'Let\'s Encrypt: annual audit report delayed',
             'IdenTrust: S/MIME certificates without a required field',
             'NoSuchCA: CPS was not updated within a year',
             'Sectigo: CA certificate with a wrong extended key usage']
failed = 0


def check(what, good, detail=''):
    global failed
    failed |= not good
    print('%s asof %s%s' % ('ok' if good else 'not ok', what,
                            '' if good else ' %s' % (detail,)))


def iso(time):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ')


def parts(value):
    """Cut before a comma, else a blank, else behind a hyphen, else hard."""
    while len(value) > PART:
        at = value.rfind(',', 1, PART + 1)
        if at < 0:
            at = value.rfind(' ', 1, PART + 1)
        if at < 0:
            at = value.rfind('-', 1, PART + 1) + 1 or PART
        yield value[:at]
        value = value[at:]
    yield value


class Bug:
    def __init__(self, number, time):
        self.fields = {
            'id': number, 'summary': chance.choice(SUMMARIES),
            'product': 'CA Program',
            'component': 'CA Certificate Compliance',
            'status': 'UNCONFIRMED', 'resolution': '', 'whiteboard': '',
            'keywords': [], 'alias': None, 'assigned_to': 'nobody@b.example',
            'priority': '--', 'severity': 'normal', 'type': 'defect',
            'url': '', 'creator': 'ca@ca.example', 'dupe_of': None,
            'creation_time': iso(time), 'last_change_time': iso(time),
            'cf_last_resolved': None}
        self.comments, self.history = [], []
        self.comment(time)

    def comment(self, time):
        text = chance.choice(SUMMARIES) + '. ' + chance.choice(
            ['We revoked it.', 'Next update 2024-05-20.', 'CRL, OCSP: \u20ac.'])
        number = len(self.comments)
        self.comments.append({
            'id': self.fields['id'] * 1000 + number, 'count': number,
            'bug_id': self.fields['id'], 'creator': 'ca@ca.example',
            'time': iso(time), 'creation_time': iso(time),
            'is_private': False, 'text': text, 'attachment_id': None})
        self.fields['last_change_time'] = iso(time)

    def log(self, time, changes):
        entry = {'when': iso(time), 'who': 'root@m.example', 'changes': []}
        for field, removed, added in changes:
            old, new = list(parts(removed)), list(parts(added))
            for i in range(max(len(old), len(new))):
                entry['changes'].append({
                    'field_name': field,
                    'removed': old[i] if i < len(old) else '',
                    'added': new[i] if i < len(new) else ''})
        self.history.append(entry)
        self.fields['last_change_time'] = iso(time)

    def set(self, time, **values):
        changes = []
        for field, value in values.items():
            was = self.fields[field]
            if was != value:
                changes.append((field, str(was or ''), str(value or '')))
            self.fields[field] = value
        if changes:
            self.log(time, changes)

    def live(self, time):
        act = chance.randrange(9)
        closed = self.fields['status'] == 'RESOLVED'
        if act == 0 and not closed:
            resolution = chance.choice(
                ['FIXED', 'FIXED', 'FIXED', 'DUPLICATE', 'INVALID'])
            self.set(time, status='RESOLVED', resolution=resolution,
                     cf_last_resolved=iso(time), dupe_of=1900000 if
                     resolution == 'DUPLICATE' else None)
        elif act == 0:
            self.set(time, status='REOPENED', resolution='', dupe_of=None)
        elif act == 1:
            self.set(time, status='RESOLVED' if closed else 'ASSIGNED',
                     type='task', assigned_to='ca@ca.example')
        elif act < 5:
            board = ' '.join(['[ca-compliance]'] + chance.sample(
                TAGS, chance.randrange(3)))
            if chance.random() < .3:
                board += ' Next update 2024-03-01'
            if chance.random() < .4:
                board += ' ' + ' '.join('waiting for \u00e9tape %d,' % i
                                        for i in range(chance.randrange(60)))
            self.set(time, whiteboard=board.strip())
        elif act == 5:
            self.set(time, summary=chance.choice(SUMMARIES))
        elif act == 6:
            self.set(time, component=chance.choice(
                ['CA Certificate Compliance', 'CA Certificate Root Program']))
        elif act == 7:
            old = set(self.fields['keywords'])
            new = set(chance.sample(['audit', 'crl', 'ocsp', 'policy'], 2))
            self.fields['keywords'] = sorted(new)
            self.log(time, [('keywords', ', '.join(sorted(old - new)),
                             ', '.join(sorted(new - old)))])
        else:
            self.comment(time)


def fill(folder, name, bugs):
    """A store with these bugs; its path."""
    path = os.path.join(folder, name)
    files = {
        'bugs': {'bugs': [bug.fields for bug in bugs]},
        'comments': {'bugs': {str(bug.fields['id']): {
            'comments': bug.comments} for bug in bugs}, 'comments': {}},
        'history': {'bugs': [{'id': bug.fields['id'], 'alias': None,
                              'history': bug.history} for bug in bugs]}}
    names = []
    for kind, content in files.items():
        names.append('%s-%s.json' % (path, kind))
        with open(names[-1], 'w', encoding='utf-8') as out:
            json.dump(content, out)
    run(path, 'import', *names)
    return path


def run(store, *args):
    out = subprocess.run(command + ['--db', store, '-q', '--now',
                                    '2024-06-01T00:00:00Z'] + list(args),
                         capture_output=True)
    if out.returncode not in (0, 1):
        sys.exit('not ok asof %s: exit %d: %s' % (
            ' '.join(args), out.returncode, out.stderr.decode()))
    return out.stdout.decode()


def facts(text):
    """The JSON without what is about the store, the past or the clock,
    which stands at the end of that day for the one and today for the other."""
    facts = json.loads(text) if text else None
    for one in facts if isinstance(facts, list) else [facts]:
        for key in ('source', 'as_of', 'filed_later', 'without_history',
                    'history_known', 'turn', 'turn_why', 'clocks'):
            one and one.pop(key, None)
    return facts


def dump(store):
    """All of the caches: what --as-of must not have written."""
    return run(store, 'status', '-f', 'json'), open(store, 'rb').read()


bugs, days = [], []
for day in range(DAYS):
    time = START + datetime.timedelta(days=day)
    if day % 3 == 0:
        bugs.append(Bug(1900001 + len(bugs), time))
    for bug in bugs:
        second = 60
        while chance.random() < .25:
            second += chance.choice([0, 0, 7, 9000])
            bug.live(time + datetime.timedelta(seconds=second))
    if day % 17 == 16 or day == DAYS - 1:
        days.append((time.strftime('%Y-%m-%d'), copy.deepcopy(bugs)))

QUERIES = [['count', '--scheme', scheme, '--cohort', cohort, '--estimate',
            '--from', '2024-01-10']
           for scheme in ('tags', 'types-2024', 'themes-2025')
           for cohort in ('open-during', 'filed', 'closed', 'open-on')]
QUERIES += [['count', '--labels', 'inferred'],
            ['count', '--text', 'etape|revoked|audit', '--all'],
            ['list', '--labels', 'inferred'], ['list', '--all'],
            ['list', '--review'], ['similar', '1900002'],
            ['evaluate', '--folds', '2'], ['evaluate', '--prequential'],
            ['explain', '1900001', '1900005'],
            ['show'] + [str(1900001 + i) for i in range(6)]]

with tempfile.TemporaryDirectory() as folder:
    today = fill(folder, 'today.db', bugs)
    before = dump(today)
    for query in QUERIES:
        run(today, *query, '--as-of', days[2][0], '-f', 'json')
    check('writes nothing into the store', dump(today) == before)
    # From here on the caches hold what would be wrong in the past.
    for query in QUERIES:
        run(today, *query, '-f', 'json')
    check('means something: there are caches', dump(today) != before)
    before = dump(today)
    for day, then in days:
        store = fill(folder, day + '.db', then)
        wrong = []
        for query in QUERIES:
            to = ['--to', day] if '--from' in query else []
            got = facts(run(today, *query, '--as-of', day, '-f', 'json'))
            want = facts(run(store, *query, *to, '-f', 'json'))
            if got != want or want is None:
                wrong.append((' '.join(query), got, want))
        check('of %s is what a store of that day says' % day, not wrong,
              wrong[:1])
    check('leaves what is cached as it is', dump(today) == before)
    now = [facts(run(today, *query, '-f', 'json')) for query in QUERIES]
    check('of the last day is what is now', now == [
        facts(run(today, *query, '--to', 'today', '--as-of', 'today', '-f',
                  'json') if '--from' in query else
              run(today, *query, '--as-of', 'today', '-f', 'json'))
        for query in QUERIES])
    later = json.loads(run(today, 'count', '--as-of', days[0][0], '-f',
                           'json'))
    check('tells how many bugs were filed later', later['filed_later'] ==
          len(bugs) - len(days[0][1]), later['filed_later'])
    check('names the day', later['as_of'] == days[0][0])
sys.exit(failed)
