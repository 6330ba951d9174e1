#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# What "make install" puts down for scheduled runs: the units are sound and
# closed up, the plans are plans, and all of it goes with "make uninstall".
# Where programs may not write code to run, the labels are the same.
set -u
cd "$(dirname "$0")/../.." || exit 9
work=$(mktemp -d) || exit 9
trap 'rm -rf "$work"' EXIT
trap 'exit 9' INT TERM
export HOME="$work" SOURCE_DATE_EPOCH=1782907200
units="$work/usr/lib/systemd/system"
examples="$work/usr/share/cabrief/schedule"

test_that()	# NAME COMMAND...
{
	name=$1
	shift
	if "$@" >"$work/log" 2>&1; then
		echo "ok schedule $name"
	else
		head -n 12 "$work/log"
		echo "not ok schedule $name"
	fi
}

# What ./cabrief is does not matter here: it is not made anew.
make_it()	# TARGET VARIABLE=VALUE...
{
	[ -e cabrief ] || cp -p "$CABRIEF" cabrief
	MAKEFLAGS= make --no-print-directory OBJ="$OBJ" -o cabrief "$@"
}

nothing_in()	# FOLDER
{
	[ -z "$(find "$1" ! -type d)" ] || { find "$1" ! -type d; return 1; }
}

under_destdir()
{
	make_it install DESTDIR="$work/root" PREFIX=/opt/c &&
	    grep -qx "ExecStart=/opt/c/bin/cabrief refresh .*" \
	    "$work/root/opt/c/lib/systemd/system/cabrief-refresh@.service" &&
	    ! grep -rF -e "$work" -e @BINDIR@ "$work/root/opt/c/lib" \
	    "$work/root/opt/c/share/cabrief/schedule"
}

sound()		# UNIT...: nothing to say about them
{
	(cd "$work" && systemd-analyze verify --man=no \
	    --recursive-errors=one "$@") >"$work/said" 2>&1 &&
	    [ ! -s "$work/said" ] || { cat "$work/said"; return 1; }
}

test_that "is installed" make_it install PREFIX="$work/usr"
test_that "the service runs the program that was installed" grep -qx \
    "ExecStart=$work/usr/bin/cabrief refresh %E/cabrief/plans/%i.plan" \
    "$units/cabrief-refresh@.service"
test_that "so does the line for cron" grep -q \
    "	cabrief	$work/usr/bin/cabrief -q refresh /etc/cabrief/plans/" \
    "$examples/cabrief.cron"
test_that "under DESTDIR the names are those of the target" under_destdir

if command -v systemd-analyze >/dev/null 2>&1; then
	cp "$units/cabrief-refresh@.service" \
	    "$units/cabrief-refresh@.timer" "$work"
	test_that "the units are sound" sound ./cabrief-refresh@wiki.service \
	    ./cabrief-refresh@wiki.timer
	test_that "the service is closed up" systemd-analyze security \
	    --offline=true --no-pager --threshold=12 \
	    "$work/cabrief-refresh@.service"
else
	echo "skip schedule units: systemd-analyze is not installed"
fi

for plan in "$examples"/*.plan; do
	test_that "${plan##*/} is a plan" "$CABRIEF" --db "$work/none.db" \
	    refresh --check "$plan"
done
make_it uninstall PREFIX="$work/usr" >/dev/null
test_that "uninstall leaves none of it" nothing_in "$work/usr"

# --- MemoryDenyWriteExecute ------------------------------------------------

# Patterns are compiled to machine code where that may be, else interpreted.
cat >"$work/deny.c" <<'C'
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *
mmap(void *at, size_t len, int prot, int flags, int fd, off_t off)
{
	FILE *denied;

	if ((prot & PROT_WRITE) != 0 && (prot & PROT_EXEC) != 0) {
		denied = fopen(getenv("DENIED"), "a");
		if (denied != NULL)
			(void)fclose(denied);
		errno = EPERM;
		return MAP_FAILED;
	}
	return (void *)syscall(SYS_mmap, at, len, prot, flags, fd, off);
}
C
labels()	# NAME
{
	sh tests/corpus.sh "$CABRIEF" "$work/$1.db" "$work/taxonomy" \
	    2>/dev/null &&
	    "$CABRIEF" -q --db "$work/$1.db" list --labels inferred -f jsonl \
	    -o "$work/$1.jsonl"
}
if [ "$(uname -sm)" = "Linux x86_64" ] &&
    ${CC:-cc} -shared -fPIC -o "$work/deny.so" "$work/deny.c"; then
	export DENIED="$work/denied"
	labels free && test_that "nothing is denied without" \
	    [ ! -e "$work/denied" ]
	LD_PRELOAD="$work/deny.so" labels closed
	test_that "memory to write code to is denied" [ -e "$work/denied" ]
	test_that "and the labels are the same" \
	    cmp "$work/free.jsonl" "$work/closed.jsonl"
else
	echo "skip schedule without machine code: it needs x86_64"
fi
