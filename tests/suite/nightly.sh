#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# A month of nightly refreshes with faults against one without.
# CABRIEF_LONG=1 tries other months too.
set -u
cd "$(dirname "$0")/../.." || exit 9
export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT
seeds=1
[ -z "${CABRIEF_LONG:-}" ] || seeds="1 2 3 4 5 6 7 8"
for seed in $seeds; do
	mkdir "$work/$seed"
	python3 tests/nightly.py "$CABRIEF" "$(cd "$OBJ" && pwd)/tests" \
	    "$work/$seed" "$seed" 30 || [ $? -eq 1 ] ||
	    echo "not ok nightly $seed ended badly"
done
