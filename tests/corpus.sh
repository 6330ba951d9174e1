#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# corpus.sh CABRIEF DB TAXONOMY: import corpus/ into the store DB, and make
# the folder TAXONOMY: the shipped taxonomy and the corpus' invented owners.
set -eu
cd "$(dirname "$0")/.."
mkdir -p "$3"
cp taxonomy/*.xml "$3"
cp corpus/owners.xml "$3/zz-corpus-owners.xml"
for part in corpus/2017-2023 corpus/2023-2026; do
	# Comments first: the order does not matter.
	"$1" --db "$2" import "$part/comments.json" "$part/bugs.json" \
	    "$part/history.json"
done
"$1" --db "$2" import corpus/2023-2026/inclusions.json
