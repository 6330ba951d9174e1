#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Files up to 500 lines, functions up to 100 lines and complexity 20.
set -u
cd "$(dirname "$0")/../.." || exit 9
if ! command -v pmccabe >/dev/null 2>&1; then
	echo "skip size: pmccabe is not installed"
	exit 0
fi
files="base/*.c fetch/*.c taxonomy/*.c classify/*.c output/*.c cmd/*.c"
bad=$( {
	wc -l $files base/*.h fetch/*.h taxonomy/*.h classify/*.h \
	    output/*.h cmd/*.h |
	    awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }'
	pmccabe $files | awk -F'\t' '$2 > 20 || $5 > 100 {
		print $6 ": complexity " $2 ", " $5 " lines" }'
	grep -nE '^.{81,}' $files | sed 's/\t/        /g' |
	    awk -F: '{ print $1 ":" $2 ": over 80 columns" }' | head
} )
if [ -n "$bad" ]; then
	printf '%s\n' "$bad" | sed 's/^/not ok size /'
	exit 1
fi
echo "ok sizes of files and functions"
