# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""bench.py CABRIEF WORK [DATA]: what cabrief takes, as ratios in one run.

The input is made here: the corpus over and over, with new numbers, up to
the size of all real incidents; DATA (CABRIEF_DATA) adds the real half.
"""
import json
import os
import sqlite3
import subprocess
import sys

from fetched import fetched
from measure import median, once, row

cabrief, work = sys.argv[1:3]
data = sys.argv[3] if len(sys.argv) > 3 else ''
db = work + '/bench.db'


def corpus():
    bugs, told = [], {}
    for part in ('corpus/2017-2023', 'corpus/2023-2026'):
        bugs += json.load(open(part + '/bugs.json'))['bugs']
        told.update(json.load(open(part + '/comments.json'))['bugs'])
    return bugs, told


def write(copies, name):
    """The corpus `copies` times as two answers; returns their paths."""
    bugs, told = corpus()
    paths = ['%s/%s-%s.json' % (work, name, kind)
             for kind in ('bugs', 'comments')]
    with open(paths[0], 'w') as out, open(paths[1], 'w') as talk:
        out.write('{"bugs":[')
        talk.write('{"bugs":{')
        for copy in range(copies):
            for place, bug in enumerate(bugs):
                number = 10000000 + copy * len(bugs) + place
                comma = ',' if copy or place else ''
                out.write(comma + json.dumps(dict(bug, id=number)))
                comments = [dict(c, bug_id=number,
                                 id=number * 1000 + at)
                            for at, c in enumerate(
                                told[str(bug['id'])]['comments'])]
                talk.write('%s"%d":%s' % (comma, number, json.dumps(
                    {'comments': comments})))
        out.write(']}')
        talk.write('}}')
    return paths


def talk(bugs_many, each, size):
    """Bugs with `each` comments of `size` characters, cut from the corpus
    where one report after the other begins; paths as of write()."""
    bugs, told = corpus()
    texts = [c['text'] for b in bugs for c in told[str(b['id'])]['comments']]
    fields, comments, at = [], {}, 0
    for place in range(bugs_many):
        bug = dict(bugs[place % len(bugs)], id=20000000 + place)
        first = told[str(bugs[place % len(bugs)]['id'])]['comments'][0]
        fields.append(bug)
        said = comments[str(bug['id'])] = {'comments': []}
        for number in range(each):
            text, part = '', at
            while len(text) < size:
                text += texts[part % len(texts)] + '\n\n'
                part += 1
            at += 1
            said['comments'].append(dict(
                first, text=text[:size], bug_id=bug['id'], count=number,
                id=bug['id'] * 1000 + number))
    paths = [work + '/talk-bugs.json', work + '/talk-comments.json']
    json.dump({'bugs': fields}, open(paths[0], 'w'))
    json.dump({'bugs': comments}, open(paths[1], 'w'))
    return paths


def forget():
    """Empty the caches of the store."""
    store = sqlite3.connect(db)
    store.execute('delete from verdict')
    store.execute('delete from vote')
    store.commit()
    store.close()


def causes():
    fresh()
    once([cabrief, '-q', '--db', db, 'import'] + talk(1250, 20, 2000))
    count = [cabrief, '--db', db, 'count', '--scheme', 'causes']
    row('causes in 25,000 comments of 2 KB, from cold',
        median(count, forget, 3), '(2 s asked)')
    row('  the same again', median(count), '(20 ms asked)')


NIGHT = """count --scheme types-2024 --from -1y --to today
count --scheme tags --from -1y --to today
count --scheme themes-2025 --from -1y --to today
dashboard --by types-2024 --columns id,owner,summary,whiteboard,overdue
dashboard --category audit-delay --columns id,owner,summary
list --cohort closed --from -30d --to today
list --category leaf-revocation-delay --from -1y --to today
trend --per quarter --from -1y --to today --chart bar
lessons --table --from -1y --to today
inclusions""".splitlines()


def refresh():
    """The ten reports of a night on a store that did not change, without
    fetching and publishing, which are the network's."""
    plan = work + '/night.plan'
    with open(plan, 'w') as out:
        out.write('[source]\nfetch = no\n')
        for number, command in enumerate(NIGHT):
            out.write('[report r%d]\ncommand = %s\nformat = mediawiki\n'
                      'output = %s/r%d.wiki\n' %
                      (number, command, work, number))
    row('refresh of ten reports, nothing new', median(
        [cabrief, '-q', '--db', db, '--now', '2026-07-01', 'refresh', plan]),
        '(300 ms asked)')


def fresh():
    for suffix in ('', '-journal'):
        if os.path.exists(db + suffix):
            os.remove(db + suffix)


PYTHON = '''
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("create table bug (id integer primary key, summary, whiteboard,"
           "status, resolution, created, changed)")
db.execute("create table comment (bug, id, number, time, creator, text)")
for bug in json.load(open(sys.argv[2]))["bugs"]:
    db.execute("insert into bug values (?,?,?,?,?,?,?)", [bug.get(k) for k in
        ("id", "summary", "whiteboard", "status", "resolution",
         "creation_time", "last_change_time")])
for told in json.load(open(sys.argv[3]))["bugs"].values():
    for c in told["comments"]:
        db.execute("insert into comment values (?,?,?,?,?,?)", [c.get(k)
            for k in ("bug_id", "id", "count", "time", "creator", "text")])
db.commit()
'''


def fetches(mode):
    """A first fetch from the loopback Bugzilla, if it was built."""
    program = os.environ.get('OBJ', '') + '/tests/loopzilla'
    if not os.path.exists(program):
        return
    server = subprocess.Popen([
        program, '--mode', mode, '--bugs', '1700', '--comments', '22000',
        '--log', work + '/' + mode], stdout=subprocess.PIPE, text=True)
    url = 'http://127.0.0.1:' + server.stdout.readline().strip()
    fresh()
    got, count, alone = fetched(cabrief, db, url, work + '/' + mode)
    server.terminate()
    server.wait()
    row('fetch of 22,000 comments, %s, %d requests' % (mode, count), got,
        'to the server\'s own %.2f' % (got[1] / alone), '(1.3 asked)')


def main():
    row('help', median([cabrief, '--help']), 'limit 5 ms wall')
    none = median([sys.executable, '-c', 'pass'])
    row('python3 -c pass', none)
    paths = write(20, 'full')
    sizes = sum(map(os.path.getsize, paths)) / 1e6
    got = median([cabrief, '-q', '--db', db, 'import'] + paths, fresh)
    row('import of %.0f MB' % sizes, got)
    base = median([sys.executable, '-c', PYTHON, work + '/py.db'] + paths,
                  lambda: os.path.exists(work + '/py.db') and
                  os.remove(work + '/py.db'), 3)
    row('  python json and sqlite3', base,
        'ratio %.3f' % (got[0] / base[0]), '(0.25 asked)')
    copied = median(['cp', db, work + '/copy.db'])
    row('  cp of the store', copied, 'ratio %.1f' % (got[0] / copied[0]),
        '(7 asked; the store holds the raw answers too)')
    count = median([cabrief, '--db', db, 'count', '--scheme', 'types-2024',
                    '--from', '2024-01-01', '--to', '2024-05-20'])
    row('count on it', count, 'to python -c pass %.2f' % (count[1] / none[1]),
        '(10 ms, 0.4 asked)')
    refresh()
    causes()
    big = write(2000, 'big')
    sizes = sum(map(os.path.getsize, big)) / 1e6
    large = median([cabrief, '-q', '--db', db, 'import'] + big, fresh, 1)
    row('import of %.0f MB, 100 times that' % sizes, large,
        'time per byte %.2f times' % (large[1] / got[1] / 100),
        '(40 MB of memory asked)')
    fetches('bmo')
    fetches('52')
    if data:
        real = [data + '/dev/bugs.json', data + '/dev/comments.json']
        row('import of the real half', median(
            [cabrief, '-q', '--db', db, 'import'] + real, fresh),
            '(150 ms and 20 MB asked)')
        row('count on it', median(
            [cabrief, '--db', db, 'count', '--scheme', 'types-2024',
             '--from', '2024-01-01', '--to', '2024-05-20']),
            '(10 ms asked)')


main()
