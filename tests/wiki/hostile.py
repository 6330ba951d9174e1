# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""Words that want to be markup, to a wiki and back.

    hostile.py make DIR       DIR/strings (each ended by a NUL) and
                              DIR/bugs.json, where they are summaries
    hostile.py blocks API PAGE DIR FIRST LAST
                              the page has those strings in every place of
                              the blocks of tests/wiki/hostile.c
    hostile.py cells API PAGE DIR
                              some row of its tables has each summary
"""
import html.parser
import json
import random
import sys
import unicodedata
import urllib.parse
import urllib.request

HOW_MANY = 500
OUR_LINKS = 'https://bugzilla.example'
PICKED = [
    '{{Delete}}', '{{subst:PAGENAME}}', '{{{1|x}}}', '{{#if:1|a|b}}', '{{',
    '}}', '{{PAGENAME}}', '{{DISPLAYTITLE:x}}', '{{DEFAULTSORT:x}}',
    '-{zh-hans:x}-', '-{', '}-', '~~~', '~~~~', '~~~~~', '__NOTOC__',
    '__TOC__', '__NOINDEX__', '__FORCETOC__', '__NOEDITSECTION__', '__x__',
    '_ _', '<nowiki>', '</nowiki>', '<nowiki/>', '<pre>', '</pre>', '<ref>x',
    '<references/>', '<gallery>', '<includeonly>', '</onlyinclude>',
    '<noinclude>x</noinclude>', '<math>x</math>', '<br>', '<br/>', '<hr>',
    '<b>x</b>', '<td>', '</td></tr></table>', '</caption>', '</h2>', '<li>',
    '</div></div>', '<!--', '-->', '<!-- x -->', '<!-- x --', '<!-->',
    '<!-- BEGIN cabrief:figures -->', '<!-- END cabrief:figures -->',
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>',
    '<span style="color:red">x</span>', '< b >', '<3', 'a < b > c', '<',
    '[[Category:X]]', '[[:Category:X]]', '[[File:X.png]]', '[[Main Page]]',
    '[[Main Page|x]]', '[[Help:]]', '[[x|]]', '[[', ']]', '[', ']', '[]',
    '[[mw:x]]', '[[wikipedia:x|y]]', '[[#x]]', '[[../]]', '#REDIRECT [[X]]',
    '[http://evil.example/ x]', '[http://evil.example/]', '[//evil.example]',
    'http://evil.example/', 'https://evil.example/?a=1&b=2#c', 'http://',
    'ftp://evil.example/', 'mailto:x@evil.example', 'news:x', 'urn:x',
    'javascript:alert(1)', 'data:text/html,x', 'HTTPS://EVIL.EXAMPLE/',
    'tel:+1', 'sip:x@y', 'magnet:?x', 'irc://evil.example/', '//evil.example',
    'RFC 1234', 'RFC  1234', 'see RFC 5280.', 'PMID 1234', 'rfc 1',
    'ISBN 0-306-40615-2', 'ISBN 978-0-306-40615-7', 'ISBN 123456789X',
    '|', '||', '|-', '|}', '{|', '|+', '| x', '|x', '!', '!!', '! x', 'a!!b',
    'a||b', 'a|b', 'style="color:red" | x', 'colspan=2|x', '|}\n{|', '-', '}',
    '+', '==', '= x =', '== x ==', '=== x', '=', 'a=b', '=x', 'x=', '======',
    '*', '* x', '** x', '#', '# x', ':', ': x', '::', ';', '; x : y', '----',
    '-----', '- x', '+x', "''", "'''x'''", "'''''x", "'", "''''", "it's",
    '&', '&amp;', '&lt;b&gt;', '&#91;', '&#x202E;', '&#0;', '&nbsp;', '&copy',
    '&#32;', '&bogus;', '&amp;amp;', '&#1114112;', '%5B', '%', '100 %',
    'a «b» c', 'x : y', 'x ? y !', '» x', 'a\u00a0b', 'a  b', 'a   b', ' x',
    '  x', 'x ', ' x ', '\tx', 'x\t', '\u3000x\u3000', '\u00a0x\u00a0', '_x',
    '\u200bx', 'x\u200b', '\ufeffx', '\u2028', 'a\u2029b', 'e\u0301',
    '\u0301x', 'x\u0301\u0323\u0301', '\u212b \u2126 \u1e9b\u0323', '\ufb01',
    '\uac00 \u1100\u1161', '\uf900 \u2f00', 'a\u034fb', '\u0958',
    '\U0001f512', '\U0001f468\u200d\U0001f469\u200d\U0001f467', '\U00020000',
    '\U000e0041', '\U0010fffd', '\ue000', '\ufdd0', '\ufffe', '\uffff',
    '\U0001ffff', '\ufffd', '\u202ex', '\u202ax\u202c', '\u2067x', 'x\u2069',
    'x\u202c', '\u200ex\u200f', '\u061cx', '\u2066\u2067x\u2069', '\u05e9!',
    '\u0627\u0644\u0644\u063a\u0629 (x)', '\u6f22\u5b57', '\x00', 'a\x00b',
    'a\x7fb', 'a\x1bb', '\x7f\'"`UNIQ--nowiki-00000001-QINU`"\'\x7f',
    '\'"`UNIQ--h-0--QINU`"\'', 'a\x85b', 'a\x0cb', 'a\x0bb', '\\', '\\n',
    '`', '```', '$1', '$$', '@', '^', '#if', '#x', 'a#b', '"', '""', '/', '.',
    'S/MIME: "CN" = \'a@b\' [x] {y} <z> | & ~ _ ` * # + - . !', 'User:x',
    'Special:Log', 'Template:X', ':en:x', 'mw:x', 'CA: failure [x] {{y}}',
    'w' * 300, '[[x' * 40, '{{x' * 40, '<b>' * 100, "'" * 41, '=' * 41,
    '\u6f22' * 200, 'x ' * 900 + 'x', '*' * 30, '~' * 11, '[' * 30, '{' * 30,
]
PARTS = [p for p in PICKED if len(p) < 24] + [
    ' ', ' ', ' ', 'x', 'CA', 'misissued', 'crl', '1999', '\n', ' - ', ': ']


def strings():
    found = list(dict.fromkeys(PICKED))
    rand = random.Random(7)
    while len(found) < HOW_MANY:
        text = ''.join(rand.choice(PARTS) for _ in range(rand.randint(2, 7)))
        if text not in found and expected(text).strip():
            found.append(text)
    return found


def cleaned(text):
    """As the door does it: no control characters but tab and newline."""
    text = text.replace('\r\n', '\n').replace('\r', '\n')
    return ''.join('\ufffd' if c not in '\t\n' and
                   unicodedata.category(c) == 'Cc' else c for c in text)


PDF, PDI = '\u202c', '\u2069'
OPENS = {'\u202a': PDF, '\u202b': PDF, '\u202d': PDF, '\u202e': PDF,
         '\u2066': PDI, '\u2067': PDI, '\u2068': PDI}


def expected(text):
    """What readers are to see: directions end where the words do, and two
    characters that are none, and that no wiki keeps, are replaced."""
    out, ends = [], []
    for c in cleaned(text):
        if c in '\ufffe\uffff':
            c = '\ufffd'
        if c in OPENS:
            ends.append(OPENS[c])
        elif c == PDF and ends and ends[-1] == PDF:
            ends.pop()
        elif c == PDI and PDI in ends:
            while ends.pop() != PDI:
                pass
        out.append(c)
    return ''.join(out + ends[::-1])


class Page(html.parser.HTMLParser):
    """The texts in elements, by name, in the order of their beginnings.  Of
    the table of contents, "toc": its entries alone."""
    NAMES = {'td', 'th', 'caption', 'li', 'blockquote', 'mark', 'h2', 'h3',
             'h4', 'h5', 'toc'}
    VOID = {'br', 'hr', 'img', 'input', 'meta', 'link', 'wbr', 'col'}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found = {name: [] for name in self.NAMES}
        self.open = []      # tag, texts, and whether they are the wiki's
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        kind = dict(attrs).get('class') or ''
        if tag == 'br':
            self.handle_data('\n')
        if tag in self.VOID:
            return
        name = 'toc' if kind == 'toctext' else \
            None if kind.startswith('toc') else tag
        texts = []
        if name in self.NAMES:
            self.found[name].append(texts)
        self.open.append((tag, texts, kind in ('mw-editsection', 'toctitle')))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(own for _, _, own in self.open):
            for _, texts, _ in self.open:
                texts.append(data)

    def texts(self, name):
        return [''.join(t) for t in self.found[name]]


def asked(url, **query):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url + '?' + urllib.parse.urlencode(query)) as answer:
        return answer.read().decode('utf-8')


def seen(api, page):
    """As readers get it: answers of the API are in NFC."""
    return Page(asked(api.replace('api.php', 'index.php'), title=page,
                      action='render'))


def of_cell(text):
    """MediaWiki puts the ends of cells on lines of their own."""
    return text[:-1] if text.endswith('\n') else text


def wrong_ones(what, want, got, contents=False):
    wrong = 0
    if contents:        # has a title of its own
        got = got[1:]
    if what in ('td', 'th', 'caption'):
        got = [of_cell(t) for t in got]
    if what == 'blockquote':        # begins and ends with lines of its own
        got = [t[1:-2] for t in got]
    if what == 'toc':
        want = [t.replace('\n', '') for t in want]
    if len(want) != len(got):
        print('%s: %d, not %d' % (what, len(got), len(want)))
        wrong += 1
    for w, g in zip(want, got):
        if w != g:
            wrong += 1
            if wrong <= 3:
                print('%s: %a, not %a' % (what, g, w))
    if wrong:
        print('%s: %d of %d are wrong' % (what, wrong, len(want)))
    return wrong


def harmless(api, page):
    """What a page must not have got from words."""
    parse = json.loads(asked(api, action='parse', page=page, format='json',
                             formatversion=2, prop='categories|links|'
                             'langlinks|iwlinks|externallinks|templates|'
                             'images|properties'))['parse']
    wrong = 0
    for name, found in parse.items():
        if name in ('title', 'pageid'):
            continue
        found = [x for x in found if not str(x).startswith(OUR_LINKS)]
        if found:
            print('%s: %a' % (name, found[:3]))
            wrong += 1
    return wrong


def make(folder):
    texts = strings()
    with open(folder + '/strings', 'wb') as file:
        for text in texts:
            file.write(cleaned(text).encode() + b'\0')
    bugs = [{'id': 7000000 + i, 'summary': text, 'product': 'CA Program',
             'component': 'CA Certificate Compliance', 'status': 'ASSIGNED',
             'resolution': '', 'whiteboard': '[ca-compliance] ' + text,
             'creation_time': '2026-01-01T00:00:%02dZ' % (i % 60),
             'last_change_time': '2026-02-01T00:00:00Z', 'is_open': True,
             'creator': 'a@ca.example', 'assigned_to': 'a@ca.example'}
            for i, text in enumerate(texts)]
    with open(folder + '/bugs.json', 'w', encoding='ascii') as file:
        json.dump({'bugs': bugs}, file)
    print(len(texts))


def blocks(api, title, _, first, last):
    got = seen(api, title)
    sent = strings()[int(first):int(last)]
    want = [expected(t) for t in sent]
    wrong = wrong_ones('blockquote', [
        '\n\n'.join(map(expected, cleaned(t).split('\n'))) for t in sent],
        got.texts('blockquote'))
    for level in range(4):
        wrong += wrong_ones('heading', want[level::4],
                            got.texts('h%d' % (level + 2)), level == 0)
    for name, often in (('toc', 1), ('li', 3), ('mark', 1), ('caption', 1),
                        ('th', 2), ('td', 4)):
        wrong += wrong_ones(name, [t for t in want for _ in range(often)],
                            got.texts(name))
    return wrong + harmless(api, title)


def cells(api, title, _):
    got = {of_cell(t) for t in seen(api, title).texts('td')}
    wrong = 0
    for text in strings():
        # Some tables have what may be an owner's name in a cell of its own.
        rest = text.split(': ', 1)[-1].lstrip()
        if expected(text) not in got and expected(rest) not in got:
            wrong += 1
            if wrong <= 5:
                print('no cell: %a' % text)
    return wrong + harmless(api, title)


if __name__ == '__main__':
    sys.exit(1 if {'make': make, 'blocks': blocks, 'cells': cells}[
        sys.argv[1]](*sys.argv[2:]) else 0)
