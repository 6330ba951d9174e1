#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# A fetch that is killed (kill -9), again and again, and one whose way is
# bad on one request in five: the store ends as after one good fetch, row
# for row.  CABRIEF_LONG=1 tries many more.
set -u
cd "$(dirname "$0")/../.." || exit 9
. tests/loop/serve.sh
MANY="--bugs 500 --comments 1500"
kills=25 ways=3
[ -z "${CABRIEF_LONG:-}" ] || { kills=400 ways=40; }

# Milliseconds as sleep takes them.
pause()
{
	sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
}

# A moment that looks random, below $1 milliseconds.
seed=12345
moment()
{
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	pause $((seed / 65536 % $1))
}

killed()	# NAME OPTIONS...: at a moment of the $span it takes
{
	"$CABRIEF" -q --db "$work/$1.db" fetch --url "$url" --retries 9 \
	    2>/dev/null &
	fetcher=$!
	moment $span
	if kill -9 $fetcher 2>/dev/null; then
		struck=$((struck + 1))
	else
		# It was too quick for that.
		span=$((span * 9 / 10 + 5))
	fi
	wait $fetcher 2>/dev/null
	[ "$(query "$1" 'SELECT count(*) FROM source, bug
	    WHERE started' 2>/dev/null)0" -eq 0 ] || part=$((part + 1))
}

for mode in bmo 52; do
	serve --mode $mode $MANY --delay 10
	rm -f "$work/whole.db"
	begin=$(date +%s%N)
	fetch whole -q
	span=$((($(date +%s%N) - begin) / 1000000))
	round=0 struck=0 part=0 wrong=
	while [ $struck -lt $kills ] && [ $round -lt $kills ]; do
		rm -f "$work"/k.db*
		killed k
		killed k
		fetch k -q
		[ $code -eq 0 ] || wrong="$wrong $round:exit $code"
		same k whole >/dev/null || wrong="$wrong $round:rows"
		round=$((round + 1))
	done
	echo "$mode: killed $struck times, $part of them in the middle"
	test_that "$mode: killed $kills times and gone on with: the same rows" \
	    [ -z "$wrong" -a $part -gt 0 ]
	[ -z "$wrong" ] || echo "$wrong"
done

# It goes on, and does not begin anew: killed behind some pages.
for mode in bmo 52; do
	call=search@5
	[ $mode = bmo ] || call=comment@3
	serve --mode $mode $MANY
	rm -f "$work/whole.db"
	fetch whole -q
	all=$(requests)
	serve --mode $mode $MANY --fault stall/$call --wait 30
	rm -f "$work"/k.db*
	"$CABRIEF" -q --db "$work/k.db" fetch --url "$url" --jobs 1 &
	fetcher=$!
	for _ in $(seq 250); do
		! grep -q ' stall ' "$log" || break
		sleep 0.02
	done
	kill -9 $fetcher
	wait $fetcher 2>/dev/null
	before=$(requests)
	tell fault none
	fetch k -q --jobs 1
	more=$(($(requests) - before))
	echo "$mode: of $all requests, killed at the ${before}th, then $more more"
	test_that "$mode: what was there is not asked for again" \
	    [ $more -le $((all - 3)) ]
	test_that "$mode: nor is anything else missing" same k whole
done

# Cuts, resets, silence, 502, 503, 100500.
for mode in bmo 52; do
	round=0 wrong= runs=0 bad=0
	while [ $round -lt $ways ]; do
		serve --mode $mode $MANY --seed $round
		rm -f "$work"/k.db* "$work/whole.db"
		fetch whole -q
		tell fault any=5
		code=1 tries=0
		while [ $code -ne 0 ] && [ $tries -lt 6 ]; do
			fetch k -q --retries 9
			tries=$((tries + 1))
		done
		runs=$((runs + tries))
		bad=$((bad + $(grep -c '^[0-9]* [0-9]* [0-9]* [^ ]* [a-z]' "$log")))
		[ $code -eq 0 ] || wrong="$wrong $round:exit $code"
		same k whole >/dev/null || wrong="$wrong $round:rows"
		[ "$(query k 'SELECT count(*) FROM gone')" -eq 0 ] ||
		    wrong="$wrong $round:gone"
		round=$((round + 1))
	done
	echo "$mode: $ways stores in $runs runs, $bad requests went wrong"
	test_that "$mode: one request in five goes wrong: the same rows" \
	    [ -z "$wrong" ]
	[ -z "$wrong" ] || echo "$wrong"
done
