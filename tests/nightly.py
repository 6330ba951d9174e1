# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""nightly.py CABRIEF SERVERS WORK SEED NIGHTS: a month of refreshes, twice.

Each night the history of a Bugzilla goes on, and `refresh` brings a wiki up
to date.  The first month is calm; the second, of the same bugs, has random
faults of Bugzilla and wiki, and killed runs.  In both a person edits the
pages beside the marks.  In the end both wikis must say the same, no edit may
have been made on a day without change, and no log may hold a secret.
"""
import difflib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time

cabrief, servers, work = sys.argv[1:4]
seed, nights = int(sys.argv[4]), int(sys.argv[5])
KEY, PASSWORD = 'keyKEY0123456789abcdef', '0123456789abcdef0123456789abcdef'
chance = random.Random(seed)
failed = 0

# Page, block, report.  Windows move with the day.
REPORTS = [
    ('CA/Dashboard', 'open-by-type', 'dashboard --by types-2024 --columns '
     'id,owner,summary,whiteboard,changed,next-update,overdue'),
    ('CA/Dashboard', 'audit-delays', 'dashboard --category audit-delay '
     '--columns id,owner,summary,changed'),
    ('CA/Statistics', 'types', 'count --scheme types-2024 --from -1y '
     '--to today'),
    ('CA/Statistics', 'tags', 'count --from -90d --to today'),
    ('CA/Statistics', 'trend', 'trend --per quarter --from -2y --to today '
     '--chart bar'),
    ('CA/Lessons', 'lessons', 'lessons --table --from -1y --to today'),
    ('CA/Inclusions', 'inclusions', 'inclusions'),
    ('CA/Inclusions', 'closed', 'list --from -14d --to today '
     '--cohort closed'),
]
PAGES = sorted(set(page for page, _, _ in REPORTS))
BAD_BUGZILLA = ['cut=4', 'reset=4', 'gateway=3', 'internal=3', 'half=5',
                'empty=5', 'startpage=6', 'nobugs=6', 'silent=6', 'cut',
                'gateway', 'nul=6', 'unavailable/bug=3', 'reset/comment=3']
BAD_WIKI = ['cut=4', 'reset=4', 'gateway=3', 'gateway-after/edit=2',
            'internal/edit=2', 'internal-after/edit=2', 'html-after/edit=2',
            'empty=5', 'nojson/read=3', 'nojson-after/edit=2', 'lost=3',
            'badtoken/edit=2', 'conflict/edit=2', 'half-after/edit=2',
            'readonly', 'blocked/edit=2', 'silent=6', 'assertbot/edit=2',
            'denied/edit', 'cut/edit', 'wrongtitle/read=3']


def check(name, good, *said):
    global failed
    print('%sok nightly %s' % ('' if good else 'not ', name))
    if not good:
        failed += 1
        for line in said:
            print('  ' + str(line)[:300])


def day_of(night):
    return time.strftime('%Y-%m-%dT03:10:00Z',
                         time.gmtime(1759287600 + night * 86400))


class Server:
    def __init__(self, program, name, *options):
        self.program = servers + '/' + program
        port_file = '%s/%s.port' % (work, name)
        self.process = subprocess.Popen(
            [self.program, '--port-file', port_file, *options])
        while not (os.path.exists(port_file) and os.path.getsize(port_file)):
            if self.process.poll() is not None:
                sys.exit('%s ended' % program)
            time.sleep(0.01)
        self.port = open(port_file).read().strip()

    def tell(self, *order):
        done = subprocess.run([self.program, '--tell', self.port, *order],
                              capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit('%s: %s: %s' % (self.program, order, done.stderr))
        return done.stdout


class World:
    def __init__(self, name, ports):
        self.name, self.folder = name, '%s/%s' % (work, name)
        os.mkdir(self.folder)
        self.bugzilla = Server(
            'loopzilla', name + '-bugzilla', '--mode', 'bmo', '--bugs', '400',
            '--comments', '1600', '--lively', '1', '--key', KEY, '--wait',
            '0', '--now', day_of(0), '--seed', str(seed), '--port', ports[0])
        self.wiki = Server('loopwiki', name + '-wiki', '--wait', '0',
                           '--seed', str(seed), '--port', ports[1])
        self.plan = self.folder + '/night.plan'
        self.log = ''
        with open(self.plan, 'w') as plan:
            plan.write('[source]\nurl = http://127.0.0.1:%s\ndb = %s/db\n'
                       'timeout = 20\n[wiki]\n'
                       'api = http://127.0.0.1:%s/api.php\n'
                       'user = CAIncidentBot@publish\n' %
                       (self.bugzilla.port, self.folder, self.wiki.port))
            for page, block, command in REPORTS:
                plan.write('[report %s]\ncommand = %s\npage = %s\n'
                           'block = %s\noutput = %s/%s.wiki\n'
                           'max-change = 100%%\n' %
                           (block, command, page, block, self.folder, block))
        for page in PAGES:
            self.edit(page, 'A person wrote this.\n' + ''.join(
                '\n== %s ==\n<!-- BEGIN cabrief:%s -->\n'
                '<!-- END cabrief:%s -->\n' % (block, block, block)
                for at, block, _ in REPORTS if at == page) + '\nThe end.\n')

    def edit(self, page, text):
        with open(self.folder + '/edit', 'w') as out:
            out.write(text)
        self.wiki.tell('edit', 'title=' + page, 'user=Alice',
                       'text@%s/edit' % self.folder, 'summary=by hand')

    def text(self, page):
        return self.wiki.tell('page', 'title=' + page)

    def edits(self):
        return {page: [r for r in json.loads(
            self.wiki.tell('revisions', 'title=' + page))
            if r['user'] == 'CAIncidentBot'] for page in PAGES}

    def start(self, now, *options, errors=subprocess.STDOUT):
        env = {'PATH': os.environ['PATH'], 'HOME': self.folder, 'TZ': 'UTC0',
               'no_proxy': '*', 'BUGZILLA_API_KEY': KEY,
               'MEDIAWIKI_PASSWORD': PASSWORD}
        return subprocess.Popen(
            [cabrief, '-v', '-v', '--now', now, *options], env=env,
            stdout=subprocess.PIPE, stderr=errors, text=True,
            cwd=self.folder)

    def refresh(self, now, kill=None):
        run = self.start(now, 'refresh', self.plan)
        if kill is not None:
            try:
                run.wait(kill)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
        said = run.communicate()[0]
        self.log += said
        return run.returncode, said

    def stop(self):
        for server in (self.bugzilla, self.wiki):
            server.process.terminate()
            server.process.wait()
        return self.bugzilla.port, self.wiki.port

    def report(self, now, command, form):
        run = self.start(now, *command.split(), '--db', self.folder + '/db',
                         '-q', '-f', form, errors=None)
        return run.communicate()[0]

    def figures(self, now):
        """Of each block, what it says, without what is the day's alone."""
        return {block: undated(json.loads(self.report(now, command, 'json')))
                for _, block, command in REPORTS}


def undated(value):
    if isinstance(value, list):
        return [undated(one) for one in value]
    if isinstance(value, dict):
        return {key: undated(one) for key, one in value.items() if key not in
                ('from', 'to', 'now', 'as_of', 'source', 'days')}
    return value


def masked(text):
    """A page, with days taken out: a block names those of its last edit, and
    its mark has the hash of the text with them."""
    text = re.sub(r'\d{4}-\d\d-\d\d([T ][0-9:]+( UTC|Z)?)?', '#', text)
    return re.sub(r' text=[0-9a-f]{16} ', ' ', text)


def check_edits(world, night, before, now, same):
    """Of pages whose every block says what it said, none was edited; how many
    there were."""
    quiet = [page for page in PAGES if all(
        same[b] for at, b, _ in REPORTS if at == page)]
    for page in quiet:
        if len(now[page]) > len(before[page]):
            check('night %d: %s: no edit without a change' % (night, page),
                  False)
    return len(quiet)


def repeated(world):
    """Edits after which a page says the same as before, but for days."""
    count = 0
    for page in PAGES:
        texts = [masked(world.wiki.tell('page', 'revision=%d' % r['id']))
                 for r in json.loads(
                     world.wiki.tell('revisions', 'title=' + page))]
        count += sum(a == b for a, b in zip(texts, texts[1:]))
    return count


def begin_night(world, night):
    world.bugzilla.tell('now', day_of(night))
    if night % 7 == 3:
        page = PAGES[night % len(PAGES)]
        world.edit(page, world.text(page).replace(
            'A person wrote', 'Night %d. A person wrote' % night))


def calm_month(world):
    figures, quiet = None, 0
    for night in range(nights):
        begin_night(world, night)
        before = world.edits()
        code, said = world.refresh(day_of(night))
        if code != 0:
            check('calm: night %d is good' % night, False, code, said[-900:])
        latest = world.figures(day_of(night))
        if figures is not None:
            same = {b: latest[b] == figures[b] for b in latest}
            quiet += check_edits(world, night, before, world.edits(), same)
        figures = latest
    print('calm: %d times in %d nights a page had nothing new' %
          (quiet, nights))
    check('there were quiet nights', quiet > nights / 3)


def rough_month(world):
    failures, killed = 0, 0
    for night in range(nights):
        begin_night(world, night)
        last = night == nights - 1
        kill = None
        if not last:
            for _ in range(chance.choice((0, 1, 1, 2))):
                world.bugzilla.tell('fault', chance.choice(BAD_BUGZILLA))
            for _ in range(chance.choice((0, 1, 1, 2))):
                world.wiki.tell('fault', 'rule=' + chance.choice(BAD_WIKI))
            if chance.random() < 0.2:
                kill = chance.uniform(0.02, 0.6)
        code, said = world.refresh(day_of(night), kill)
        failures += code > 0
        killed += code < 0
        world.wiki.tell('fault', 'rule=none')
        world.bugzilla.tell('fault', 'none')
    print('rough: %d nights failed, %d were killed' % (failures, killed))
    check('there were bad nights', failures + killed > nights / 10)
    check('the last night, without faults, is good', code == 0, code,
          said[-900:])


def check_world(world):
    edits = world.edits()
    print('%s: edits: %s' % (world.name, ', '.join(
        '%s %d' % (page, len(edits[page])) for page in PAGES)))
    check('%s: no edit without a change' % world.name,
          repeated(world) == 0, repeated(world))
    for page in PAGES:
        text = world.text(page)
        check('%s: %s: what a person wrote is there' % (world.name, page),
              'A person wrote this.' in text and
              text.rstrip().endswith('The end.'))
        for _, block, command in [r for r in REPORTS if r[0] == page]:
            report = world.report(day_of(nights - 1), command, 'mediawiki')
            check('%s: %s is the report of the day' % (world.name, block),
                  masked(report.strip()) in masked(text))
    tokens = re.findall(r'[0-9a-f]{32,40}\+', world.log)
    check('%s: no secret in %d bytes of log' % (world.name, len(world.log)),
          KEY not in world.log and PASSWORD not in world.log and not tokens,
          tokens[:3])


def main():
    calm = World('calm', ('0', '0'))
    calm_month(calm)
    check_world(calm)
    texts = {page: masked(calm.text(page)) for page in PAGES}
    ports = calm.stop()
    rough = World('rough', ports)
    rough_month(rough)
    check_world(rough)
    for page in PAGES:
        text = masked(rough.text(page))
        check('%s is as after a month without faults' % page,
              text == texts[page], *difflib.unified_diff(
                  texts[page].split('\n'), text.split('\n'), n=0))
    rough.stop()
    sys.exit(failed > 0)


main()
