# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""fetched.py CABRIEF DB URL LOG NAME: a first fetch, beside its server.

LOG is the server's own (tests/loop): it says what each answer took.  Ends
with 1 when the fetch took over 40 MB of memory.
"""
import sys

from measure import once


def fetched(cabrief, db, url, log):
    """What `once` gives of a fetch; its requests; seconds of the server."""
    run = once([cabrief, '-q', '--db', db, 'fetch', '--url', url])
    took = [int(line.split()[5]) for line in open(log)]
    return run, len(took), sum(took) / 1000


if __name__ == '__main__':
    (_, wall, peak), count, alone = fetched(*sys.argv[1:5])
    print('%s: %d requests, %.1f s (%.2f of what the server takes for them '
          'one at a time), %.0f MB of memory' % (sys.argv[5], count, wall,
                                                 wall / alone, peak))
    sys.exit(peak > 40)
