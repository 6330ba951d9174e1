#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# embed.sh SCHEMA FILE...: print a C header that holds the bytes of the
# files, for builtin.c.  The files are named there without their folders.

set -eu

if [ $# -lt 2 ]; then
	echo "usage: embed.sh SCHEMA FILE..." >&2
	exit 2
fi

echo '/* SPDX-FileCopyrightText: 2026 The cabrief authors */'
echo '/* SPDX-License-Identifier: ISC */'
echo '/* Made by taxonomy/embed.sh.  Do not edit. */'

table=
count=0
for file; do
	# A pipe would hide that the file can't be read.
	[ -r "$file" ] || { echo "embed.sh: $file: can't be read" >&2; exit 1; }
	echo
	echo "static const unsigned char bytes_${count}[] = {"
	od -An -v -tu1 "$file" |
	    awk '{ gsub(/[0-9]+/, "&,"); gsub(/ +/, ""); print "\t" $0 }'
	echo '};'
	table="$table	{ \"${file##*/}\", bytes_$count, sizeof(bytes_$count) },
"
	count=$((count + 1))
done

echo
echo 'static const struct builtin_file files[] = {'
printf '%s};\n' "$table"
