#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# The unit tests: a cmocka program a module, $OBJ/tests/test_*.
set -u
# Where nobody, whom the tests of rights become, can get to.
TMPDIR=$(mktemp -d) || exit 9
export TMPDIR
chmod 755 "$TMPDIR"
trap 'rm -rf "$TMPDIR"' EXIT INT TERM
for program in "$OBJ"/tests/test_*; do
	case $program in *.d|*.o) continue ;; esac
	name=$(basename "$program")
	log=$(CMOCKA_MESSAGE_OUTPUT=TAP "$program" 2>&1)
	code=$?
	printf '%s\n' "$log" | sed -n \
	    -e "s/^ok [0-9]* - \(.*\) # SKIP.*/skip $name \1: see its text/p" \
	    -e "/# SKIP/d" -e "s/^ok [0-9]* - /ok $name /p" \
	    -e "s/^not ok [0-9]* - /not ok $name /p"
	if [ $code -ne 0 ]; then
		printf '%s\n' "$log" | tail -n 40
		printf '%s\n' "$log" | grep -q '^not ok ' ||
		    echo "not ok $name ended with $code"
	fi
done
