#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# feed.py FILE: has the feed what RFC 4287 asks for?
import re
import sys
import xml.etree.ElementTree as ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[A-Za-z0-9.-]+,\d{4}-\d\d-\d\d:[A-Za-z0-9/:.-]+")


def once(parent, name):
    found = parent.findall(ATOM + name)
    assert len(found) == 1, "%d times %s" % (len(found), name)
    return found[0]


def said(parent, name):
    text = once(parent, name).text
    assert text and text.strip(), name + " is empty"
    return text


def link(parent):
    href = once(parent, "link").attrib
    assert href["rel"] == "alternate", href
    assert href["href"].startswith("https://"), href


feed = ElementTree.parse(sys.argv[1]).getroot()
assert feed.tag == ATOM + "feed", feed.tag
assert {child.tag.replace(ATOM, "") for child in feed} <= {
    "id", "title", "subtitle", "updated", "link", "generator", "entry"}
said(feed, "title")
said(feed, "generator")
link(feed)
ids, times = [said(feed, "id")], []
for entry in feed.findall(ATOM + "entry"):
    assert re.search(r" \((filed|closed( [A-Z]+)?)\)$", said(entry, "title"))
    said(once(entry, "author"), "name")
    said(entry, "content")
    link(entry)
    for category in entry.findall(ATOM + "category"):
        assert category.attrib["term"]
    ids.append(said(entry, "id"))
    times.append(said(entry, "updated"))
for text in ids:
    assert TAG.fullmatch(text), text
assert len(set(ids)) == len(ids), "an id stands twice"
for text in times + [said(feed, "updated")]:
    assert TIME.fullmatch(text), text
assert times == sorted(times, reverse=True), "not the newest first"
assert not times or times[0] == said(feed, "updated")
