# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""proxy.py PORT WIKI-PORT DIR: stand between the program and a wiki.

Each request is a line of DIR/requests: its method and what was sent, of
secrets and texts the length; "in the URL" is added when that held one.  Files in DIR say what shall happen to requests; each
is for as many of them as its first line says, "always" for all:

    cut-ACTION     the connection ends before the wiki hears of it
    lose-ACTION    ... after the wiki has answered
    half-ACTION    ... in the middle of the answer
    forget-ACTION  the cookies are taken out: nobody is logged in
    stale-ACTION   the token is another
    html-ACTION    a page of a gateway is answered, with status 502
    before-ACTION  the lines behind the first are run by the shell first
    after-ACTION   ... when the wiki has answered

ACTION is that of the API (query, login, edit), query-tokens where tokens are
asked for, and query-pages where pages are.  DIR/log tells that the proxy is
there.
"""
import http.client
import http.server
import os
import subprocess
import sys
import threading
import urllib.parse

port, wiki_port, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
SECRET = ('token', 'lgtoken', 'lgpassword', 'text')
lock = threading.Lock()


def take(name):
    """The lines behind the first of a file that says so, or None."""
    path = os.path.join(folder, name)
    with lock:
        if not os.path.exists(path):
            return None
        with open(path, encoding='utf-8') as file:
            first, *rest = file.read().split('\n')
        left = first if first == 'always' else str(int(first or 1) - 1)
        if left == '0':
            os.remove(path)
        else:
            with open(path, 'w', encoding='utf-8') as file:
                file.write('\n'.join([left] + rest))
        return '\n'.join(rest)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def end(self):
        self.close_connection = True

    def serve(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        query = urllib.parse.urlsplit(self.path).query
        sent = dict(urllib.parse.parse_qsl(
            query + '&' + body.decode('ascii'), keep_blank_values=True))
        action = sent.get('action', '')
        names = [action]
        if action == 'query':
            names.append('query-tokens' if sent.get('meta') == 'tokens'
                         else 'query-pages')
        line = [self.command]
        for name, value in sorted(sent.items()):
            line.append('%s=%s' % (name, len(value) if name in SECRET
                                   else value.replace('\n', ' ')))
            if name in SECRET and name + '=' in query:
                line.append('in the URL')
        with lock, open(os.path.join(folder, 'requests'), 'a',
                        encoding='utf-8') as file:
            file.write(' '.join(line) + '\n')

        def told(what):
            found = [take('%s-%s' % (what, name)) for name in names]
            return next((f for f in found if f is not None), None)

        before = told('before')
        if before is not None:
            subprocess.run(['sh', '-c', before], check=False)
        if told('cut') is not None:
            return self.end()
        if told('html') is not None:
            page = b'<html><title>502 Bad Gateway</title></html>'
            self.send_response(502)
            self.send_header('Content-Type', 'text/html')
            self.send_header('Content-Length', str(len(page)))
            self.end_headers()
            self.wfile.write(page)
            return None
        headers = dict(self.headers.items())
        if told('forget') is not None:
            headers.pop('Cookie', None)
        if told('stale') is not None:
            sent['token'] = '0123456789abcdef0123456789abcdef00000000+\\'
            body = urllib.parse.urlencode(sent).encode('ascii')
            headers['Content-Length'] = str(len(body))
        headers['Connection'] = 'close'
        wiki = http.client.HTTPConnection('127.0.0.1', wiki_port)
        wiki.request(self.command, self.path, body or None, headers)
        answer = wiki.getresponse()
        data = answer.read()
        wiki.close()
        after = told('after')
        if after is not None:
            subprocess.run(['sh', '-c', after], check=False)
        if told('lose') is not None:
            return self.end()
        half = told('half') is not None
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ('connection', 'transfer-encoding',
                                    'content-length'):
                self.send_header(name, value)
        self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data[:len(data) // 2] if half else data)
        return self.end() if half else None

    do_GET = do_POST = serve


server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
server.daemon_threads = True
with open(os.path.join(folder, 'log'), 'w', encoding='utf-8') as ready:
    ready.write('ready\n')
server.serve_forever()
