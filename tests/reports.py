#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
"""reports.py SHOWN FLOOR: what was read from real first reports.

SHOWN is the output of `show -f json` for several bugs.  Headings of versions
2 and 3 that a plain search finds in the raw texts must be sections, in FLOOR
percent of all cases; each place must lie in its text.  Prints the forms by
quarter.
"""
import collections
import json
import re
import sys

HEADINGS = """summary|impact|timeline|root cause analysis|lessons learned|
what went well|what didn't go well|where we got lucky|action items|appendix|
details of affected certificates|incident description|
ca owner ccadb unique id|timeline summary|non-compliance start date|
non-compliance identified date|non-compliance end date|relevant policies|
source of incident disclosure|total number of certificates|
total number of "remaining valid" certificates|affected certificate types|
incident heuristic|was issuance stopped in response to this incident, and
why or why not\\?|analysis|additional considerations|related incidents|
contributing factor #\\d+|commitment summary|remediation description|
incident root cause\\(s\\)""".replace("why or", " why or").replace("\n", "")
# "### Impact", "- **Impact:** ...", "**Impact**", at the start of a line.
HASHED = re.compile(r"[ \t]*#{1,6}[ \t]*\**(%s)\**[ \t]*:?\**[ \t]*#*$"
                    % HEADINGS, re.I)
BOLD = re.compile(r"[ \t]*(?:[-*+][ \t]+)?\*\*(%s)[ \t]*(:\*\*|\*\*:?)"
                  % HEADINGS, re.I)


def searched(text):
    """Where a plain search finds headings: offsets in bytes, and words."""
    at = 0
    for line in text.split("\n"):
        plain = line.replace("\u2019", "'")
        found = HASHED.match(plain) or BOLD.match(plain)
        if found:
            start = at + len(line[:found.start(1)].encode())
            yield start, found.group(1)
        at += len(line.encode()) + 1


def places(value):
    """All spans in a tree of values."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key in ("span", "head", "body"):
                yield child
            else:
                yield from places(child)
    elif isinstance(value, list):
        for child in value:
            yield from places(child)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        bugs = json.load(file)
    floor = float(sys.argv[2])
    forms = collections.defaultdict(collections.Counter)
    found = missed = 0
    lost = []
    bad = 0
    for bug in bugs:
        texts = {c["number"]: c["text"] for c in bug["comments"]}
        read = {c["comment"]: c for c in bug["report"]["comments"]}
        form = read.get(0, {"form": "plain"})["form"]
        day = bug["comments"][0]["time"]
        quarter = "%s Q%d" % (day[:4], (int(day[5:7]) + 2) // 3)
        forms[quarter][form] += 1
        for number, comment in read.items():
            size = len(texts[number].encode())
            bad += sum(not 0 <= a <= b <= size for a, b in places(comment))
        for number, text in texts.items():
            heads = {s["head"][0]: s for s in
                     read.get(number, {"sections": []})["sections"]}
            for start, words in searched(text):
                if start in heads:
                    found += 1
                else:
                    missed += 1
                    lost.append("%s: %s" % (bug["id"], words))
    names = sorted({name for row in forms.values() for name in row})
    print("quarter  " + "  ".join(names))
    for quarter in sorted(forms):
        print(quarter + "  " + "  ".join(
            "%*s" % (len(n), forms[quarter][n] or "") for n in names))
    print("all      " + "  ".join("%*d" % (
        len(n), sum(row[n] for row in forms.values())) for n in names))
    for line in lost[:10]:
        print("missed " + line)
    share = 100 * found / max(1, found + missed)
    print("%s reports headings: %d of %d are sections (%.1f %%)" % (
        "ok" if share >= floor and found > 0 else "not ok", found,
        found + missed, share))
    print("%s reports places: %d outside of their texts" % (
        "not ok" if bad else "ok", bad))


main()
