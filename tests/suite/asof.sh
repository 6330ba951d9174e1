#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The past as it was: what --as-of shows is what the same command would have
# shown on that day.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" BUGZILLA_URL=https://bugzilla.example
python3 tests/asof.py "$CABRIEF"
