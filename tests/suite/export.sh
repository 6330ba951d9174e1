#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The export: its files are as the manifest says, open in other programs
# without help, are the same bytes each time, and no folder of anybody else's
# is touched.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work/home" BUGZILLA_URL=https://bugzilla.example
export SOURCE_DATE_EPOCH=1782907200
sh tests/corpus.sh "$CABRIEF" "$work/c.db" "$work/taxonomy" \
    2>"$work/log" || { cat "$work/log"; echo "not ok export: corpus"; exit 1; }
cd "$work" || exit 9

cabrief()	# ARGS...: on the corpus
{
	"$CABRIEF" -q --db "$work/c.db" --taxonomy "$work/taxonomy" "$@"
}
test_that()	# NAME COMMAND...
{
	name=$1
	shift
	if "$@" >log 2>&1; then
		echo "ok export $name"
	else
		head -n 10 log
		echo "not ok export $name"
	fi
}
refuses()	# CODE ARGS...: with one line that names the folder
{
	want=$1
	shift
	cabrief export "$@" >out 2>err
	got=$?
	[ $got -eq "$want" ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] ||
	    { echo "exit $got"; cat err; return 1; }
}
same()		# DIR DIR
{
	diff -r "$1" "$2"
}

cabrief export all || echo "not ok export: all of it"

# Files, sums, counts, types and books, by Python's csv, json and sqlite3.
cat >check.py <<'PY'
import csv, datetime, hashlib, json, os, re, sqlite3, sys

where = sys.argv[1]
path = lambda name: os.path.join(where, name)
manifest = json.load(open(path('manifest.json'), encoding='utf-8'))
names = {f['name'] for f in manifest['files']}
assert names | {'manifest.json'} == set(os.listdir(where)), names
for f in manifest['files']:
    data = open(path(f['name']), 'rb').read()
    assert len(data) == f['bytes'], f
    assert hashlib.sha256(data).hexdigest() == f['sha256'], f

book = {}
for row in csv.DictReader(open(path('codebook.csv'), newline='')):
    assert row['meaning'], row
    book.setdefault(row['table'], {})[row['column']] = row
valid = {
    'integer': re.compile(r'-?\d+'), 'decimal': re.compile(r'-?\d+\.\d{3}'),
    'text': re.compile(r'.+', re.S), 'list': re.compile(r'\S+( \S+)*'),
    'date': re.compile(r'\d{4}-\d\d-\d\d'),
    'time': re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'),
}
db = sqlite3.connect('file:%s?mode=ro' % path('incidents.sqlite'), uri=True)
assert db.execute('PRAGMA integrity_check').fetchone() == ('ok',)
stored = {r[0] for r in db.execute('SELECT name FROM sqlite_schema')}
assert stored == set(book) == set(manifest['rows']), stored
tables = {}
for table, columns in book.items():
    raw = open(path(table + '.csv'), newline='', encoding='utf-8').read()
    assert raw.endswith('\r\n') and not raw.startswith('\ufeff')
    dialect = csv.Sniffer().sniff(raw[:raw.index('\r\n', 5000)]
                                  if len(raw) > 6000 else raw)
    assert dialect.delimiter == ',', table
    rows = list(csv.reader(raw.splitlines(True), strict=True))
    assert rows[0] == list(columns), (rows[0], list(columns))
    tables[table] = [dict(zip(rows[0], r)) for r in rows[1:]]
    assert all(len(r) == len(rows[0]) for r in rows), table
    assert len(rows) - 1 == manifest['rows'][table], table
    in_file = db.execute('SELECT * FROM "%s"' % table).fetchall()
    assert len(in_file) == len(rows) - 1, table
    for text, values in zip(rows[1:], in_file):
        for cell, value, column in zip(text, values, columns.values()):
            if cell == '':
                assert value is None and column['missing'], (column, text)
                continue
            kind = column['type']
            assert valid[kind].fullmatch(cell), (column, cell)
            if kind in ('integer', 'decimal'):
                assert float(cell) == value, (column, cell, value)
            else:
                assert cell == value, (column, cell, value)
            if kind == 'date':
                datetime.date.fromisoformat(cell)

# The books: one row a bug, every row of the others has its bug.
counts = manifest['counts']
ids = [r['id'] for r in tables['incidents']]
assert len(set(ids)) == len(ids) == counts['exported']
assert sum(r['left_out'] == '' for r in tables['incidents']) == \
    counts['counted']
for entry in counts['left_out']:
    if entry['exported']:
        assert entry['count'] == sum(r['left_out'] == entry['reason']
                                     for r in tables['incidents']), entry
assert counts['store'] == counts['counted'] + counts['outside'] + \
    sum(e['count'] for e in counts['left_out'])
for table in tables:
    if table != 'incidents':
        assert {r['bug'] for r in tables[table]} <= set(ids), table
of = lambda table, bug, name, **where: [
    r[name] for r in tables[table] if r['bug'] == bug and
    all(r[k] == v for k, v in where.items())]
for row in tables['incidents']:
    assert ' '.join(of('labels', row['id'], 'category', used='1')) == \
        row['labels'], row
    assert ' '.join(of('causes', row['id'], 'cause')) == row['causes'], row
    assert len(of('comments', row['id'], 'id')) == int(row['comments'])
lines = [json.loads(l) for l in open(path('incidents.jsonl'),
                                     encoding='utf-8')]
assert [str(l['id']) for l in lines] == ids
for line, row in zip(lines, tables['incidents']):
    for key, value in line.items():
        if key == 'facts':
            for fact, said in value.items():
                assert said['state'] in ('given', 'unreadable', 'absent')
                used = of('facts', row['id'], 'state', fact=fact, used='1')
                assert used in ([], [said['state']]), (row, fact)
        elif isinstance(value, list):
            assert ' '.join(value) == row[key], (key, row)
        else:
            assert ('' if value is None else str(value)) == row[key], key
hidden = manifest['addresses'] == 'hashed'
address = re.compile(r'[^\s<>"(]+@[a-z0-9-]+\.[a-z]{2,}')
for name in names - {'CITATION.cff'}:
    data = open(path(name), 'rb').read().decode('utf-8', 'replace')
    found = address.search(data)
    assert (found is None) == hidden or name not in (
        'comments.csv', 'incidents.csv', 'incidents.sqlite'), (name, found)
    assert found is None or not hidden, (name, found)
PY
test_that "files, sums, types, counts and books" python3 check.py all
test_that "counts what count counts" sh -c '
    [ "$(python3 -c "import json; print(json.load(open(\"all/manifest.json\"))[\"counts\"][\"counted\"])")" = \
    "$("$CABRIEF" -q --db c.db --taxonomy taxonomy count -f json | python3 -c "import json, sys; print(json.load(sys.stdin)[\"incidents\"])")" ]'
test_that "has the lines of list" sh -c '
    "$CABRIEF" -q --db c.db --taxonomy taxonomy list --all -f jsonl >list.jsonl
    python3 - <<PY
import json
a = [json.loads(l) for l in open("list.jsonl")]
b = [json.loads(l) for l in open("all/incidents.jsonl")]
assert len(a) == len(b) > 0
assert all(y[k] == v for x, y in zip(a, b) for k, v in x.items())
PY'
cabrief export --addresses plain
test_that "with addresses as they are" python3 check.py plain
cabrief export --from 2025-01-01 --to 2025-12-31 --cohort filed \
    --category crl-failure --reporter self narrow
test_that "of a selection" python3 check.py narrow
cabrief export --id 1 none
test_that "of nothing" python3 check.py none
test_that "sqlite3 opens it" sh -c '
    [ "$(sqlite3 -readonly all/incidents.sqlite "SELECT count(*) FROM incidents JOIN labels ON bug = id WHERE used")" -gt 80 ]'
if command -v mlr >/dev/null 2>&1; then
	test_that "miller opens it" sh -c '
	    mlr --icsv --ojson count-distinct -f source all/labels.csv |
	    grep -q inferred'
fi
if python3 -c 'import yaml' 2>/dev/null; then
	test_that "the citation is YAML" python3 -c '
import yaml
c = yaml.safe_load(open("all/CITATION.cff"))
assert c["cff-version"] == "1.2.0" and c["type"] == "dataset"
assert c["url"] == "https://bugzilla.example" and c["authors"]
assert c["references"][0]["title"] == "cabrief"'
fi

# The same bytes again, from a store without a cache, and elsewhere.
cp c.db fresh.db
sqlite3 fresh.db 'DELETE FROM verdict; DELETE FROM vote'
TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 "$CABRIEF" -q --db fresh.db \
    --taxonomy taxonomy --now 2027-01-01 export again/ ||
    echo "not ok export: again"
test_that "gives the same bytes" same all again

# Folders: what is there stays, unless it is an export and --force says so.
test_that "is not replaced unasked" refuses 2 all
test_that "is as it was" same all again
test_that "is replaced with --force" cabrief export --force --id 9000001 all
test_that "is another then" python3 check.py all
test_that "leaves nothing beside it" sh -c '! ls -d *.cabrief.*'
mkdir mine && echo precious >mine/notes.txt
test_that "leaves a foreign folder alone" refuses 2 mine
test_that "leaves it alone with --force too" refuses 2 --force mine
cp -r again guest && echo precious >guest/notes.txt
test_that "leaves guests in an export alone" refuses 2 --force guest
mkdir alike && echo '{}' >alike/manifest.json
test_that "asks for the manifest" refuses 2 --force alike
echo precious >file
test_that "does not write over a file" refuses 2 --force file
ln -s again link
test_that "does not follow a link" refuses 2 --force link
test_that "touches none of them" sh -c '
    grep -qx precious mine/notes.txt && grep -qx precious guest/notes.txt &&
    grep -qx precious file && grep -qx "{}" alike/manifest.json &&
    [ -L link ] && diff -r again guest | grep -q "^Only in guest: notes.txt"'
mkdir empty
test_that "takes an empty folder" cabrief export --id 9000001 empty
test_that "says that there is no such place" refuses 9 --id 1 no/such
test_that "says that there is no store" sh -c '
    "$CABRIEF" --db none.db export new 2>err; [ $? -eq 3 ] && [ ! -e new ]'
test_that "has no --all" refuses 2 --all new
if mkdir small && mount -t tmpfs -o size=100k tmpfs small 2>/dev/null; then
	test_that "a full disk" refuses 9 small/x
	test_that "a full disk is left as it was" sh -c '[ -z "$(ls -A small)" ]'
	umount small
else
	echo "skip export to a full disk: no tmpfs can be mounted"
fi

# Killed at any time: a whole folder, or none; what stood there, whole.
round=0 wrong= none=0 kept=0
while [ $round -lt 30 ]; do
	[ $((round % 2)) -eq 0 ] && rm -rf k
	signal=$([ $((round % 3)) -eq 0 ] && echo KILL || echo TERM)
	"$CABRIEF" -q --db c.db --taxonomy taxonomy export --force k 2>/dev/null &
	pid=$!
	sleep "0.$(printf '%03d' $((round * 23 % 250)))"
	kill -$signal $pid 2>/dev/null
	wait $pid 2>/dev/null
	if [ ! -e k ]; then
		none=$((none + 1))
	elif same k again >/dev/null; then
		kept=$((kept + 1))
	else
		wrong="$wrong $round"
	fi
	[ $signal = KILL ] && rm -rf k.cabrief.*
	ls -d k.cabrief.* >/dev/null 2>&1 && wrong="$wrong $round:rest"
	round=$((round + 1))
done
echo "killed 30 times: none $none, whole $kept"
[ -z "$wrong" ] && echo "ok export killed: whole or none" ||
    echo "not ok export killed: rounds$wrong"
