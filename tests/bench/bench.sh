#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Figures of one run on one machine, for people; no test depends on them.
# BENCH_DIR says where the input is made (some 4 GB).
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/cabrief-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
export HOME="$work" PYTHONDONTWRITEBYTECODE=1
python3 tests/bench/bench.py "$CABRIEF" "$work" ${CABRIEF_DATA:+"$CABRIEF_DATA"}
