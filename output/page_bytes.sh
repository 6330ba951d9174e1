#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# page_bytes.sh FILE...: print a C header that holds the bytes of the files
# for write_html.c; page.css is page_css there.  The comment at the top of a
# file, its first two lines, stays out: a page is the work of who made it.

set -eu

echo '/* SPDX-FileCopyrightText: 2026 The cabrief authors */'
echo '/* SPDX-License-Identifier: ISC */'
echo '/* Made by output/page_bytes.sh.  Do not edit. */'

for file; do
	# A pipe would hide that the file can't be read.
	[ -r "$file" ] || {
		echo "page_bytes.sh: $file: can't be read" >&2
		exit 1
	}
	name=$(basename "$file" | tr . _)
	echo
	echo "static const char ${name}[] = {"
	sed 1,2d "$file" | od -An -v -tu1 |
	    awk '{ gsub(/[0-9]+/, "&,"); gsub(/ +/, ""); print "\t" $0 }'
	echo '};'
done
