# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# Sourced by the suite of wikis: words that want to be markup go to pages and
# come back letter for letter.
direct=http://127.0.0.1:$wiki_port/api.php
marks='<!-- BEGIN cabrief:figures -->
<!-- END cabrief:figures -->'
python3 tests/wiki/hostile.py make "$work" >"$work/many"
test_that "there are 500 hostile strings" grep -qx 500 "$work/many"

for first in 0 125 250 375; do
	last=$((first + 125))
	P="Hostile $first"
	echo "$marks" | put "$P"
	"$OBJ/tests/hostile" "$work/strings" $first $last >"$work/blocks"
	publish "$P" "$work/blocks" --yes
	test_that "strings $first to $last are published" exits 0
	test_that "and are back, letter for letter, from each place" \
	    python3 tests/wiki/hostile.py blocks "$direct" "$P" "$work" \
	    $first $last
	publish "$P" "$work/blocks" --yes
	test_that "and again nothing has changed" [ "$(revisions "$P")" -eq 2 ]
done

export BUGZILLA_URL=https://bugzilla.example
"$CABRIEF" -q --db "$work/h.db" --now 2026-03-01T00:00:00Z import \
    "$work/bugs.json" 2>"$work/err" || echo "not ok wiki hostile: import"
for command in list dashboard; do
	P="Hostile $command"
	echo "$marks" | put "$P"
	for run in first second; do
		"$CABRIEF" -q --db "$work/h.db" --now 2026-03-01T00:00:00Z \
		    publish --page "$P" --block figures --yes \
		    --report $command >"$work/out" 2>"$work/err"
		code=$?
		test_that "$command of bugs with such summaries ($run time)" \
		    exits 0
	done
	test_that "has each of them, letter for letter" python3 \
	    tests/wiki/hostile.py cells "$direct" "$P" "$work"
	test_that "in one edit" [ "$(revisions "$P")" -eq 2 ]
done
unset BUGZILLA_URL
