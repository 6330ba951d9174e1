# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""Time whole processes: the median of several runs, as the system counts."""
import os
import statistics
import subprocess
import time


def once(args, env=None):
    """CPU seconds, wall seconds and peak memory in MB of one run."""
    start = time.monotonic()
    child = subprocess.Popen(args, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit('%s: exit %d' % (' '.join(args), child.returncode))
    return (usage.ru_utime + usage.ru_stime, time.monotonic() - start,
            usage.ru_maxrss / 1024)


def median(args, before=lambda: None, runs=7):
    """Medians of CPU and wall, and the largest peak."""
    seen = []
    for _ in range(runs + 1):
        before()
        seen.append(once(args))
    seen = seen[1:]                     # the first run warms up
    return (statistics.median(run[0] for run in seen),
            statistics.median(run[1] for run in seen),
            max(run[2] for run in seen))


def row(what, got, to='', limit=''):
    print('%-46s %8.1f ms cpu %8.1f ms wall %6.1f MB  %s %s' % (
        what, 1e3 * got[0], 1e3 * got[1], got[2], to, limit))
