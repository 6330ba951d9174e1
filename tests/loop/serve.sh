# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# For suites that need a Bugzilla or a wiki, which source it at the root of
# the tree and may name themselves in $suite: servers, fetches, what stores
# hold.  $work is made, and removed at the end.
export no_proxy='*' NO_PROXY='*'
unset BUGZILLA_URL BUGZILLA_API_KEY
unset MEDIAWIKI_API_URL MEDIAWIKI_USER MEDIAWIKI_PASSWORD
work=$(mktemp -d) || exit 9
export HOME="$work" XDG_CONFIG_HOME="$work" PYTHONDONTWRITEBYTECODE=1
server= other= wiki=
trap 'kill $server $other $wiki 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 9' INT TERM
CORPUS="--data corpus/2017-2023 --data corpus/2023-2026"

# Start a server, after ending the one before; sets $url and $log.
serve()		# OPTIONS...
{
	[ -z "$server" ] || { kill "$server"; wait "$server"; }
	log="$work/log" url=
	rm -f "$work/port" "$log"
	"$OBJ/tests/loopzilla" --port-file "$work/port" --log "$log" "$@" &
	server=$!
	url=http://127.0.0.1:$(port_in "$work/port" $server) || exit 9
}

# A second one; sets $other_port.  Its log is $work/other.log.
serve_other()	# OPTIONS...
{
	rm -f "$work/other.port" "$work/other.log"
	"$OBJ/tests/loopzilla" --port-file "$work/other.port" \
	    --log "$work/other.log" "$@" &
	other=$!
	other_port=$(port_in "$work/other.port" $other) || exit 9
}

# A wiki, after ending the one before; sets $api and $wiki_log.
serve_wiki()	# OPTIONS...
{
	[ -z "$wiki" ] || { kill "$wiki"; wait "$wiki"; }
	wiki_log="$work/wiki.log" api=
	rm -f "$work/wiki.port" "$wiki_log"
	"$OBJ/tests/loopwiki" --port-file "$work/wiki.port" \
	    --log "$wiki_log" "$@" &
	wiki=$!
	wiki_port=$(port_in "$work/wiki.port" $wiki) || exit 9
	api=http://127.0.0.1:$wiki_port/api.php
}

# Steer it, or hear what it tells: tests/loop/loopwiki_steer.c has the words.
tell_wiki()	# WHAT [NAME=VALUE | NAME@FILE]...
{
	"$OBJ/tests/loopwiki" --tell "$wiki_port" "$@"
}

port_in()	# FILE PID: wait for the file
{
	tries=0
	# One that died is still there for whoever did not wait for it.
	while kill -0 "$2" 2>/dev/null && [ $tries -lt 1000 ]; do
		[ ! -s "$1" ] || { cat "$1"; return 0; }
		sleep 0.02
		tries=$((tries + 1))
	done
	return 1
}

# Steer the server: now TIME, fault RULE, event EVENT.
tell()		# WHAT VALUE
{
	"$OBJ/tests/loopzilla" --tell "${url##*:}" "$@" ||
	    echo "not ok ${suite:-fetch}: tell $*"
}

# Fetch into $work/NAME.db; $code is its exit, $work/err what it said.
fetch()		# NAME OPTIONS...
{
	name=$1
	shift
	"$CABRIEF" --progress never --db "$work/$name.db" fetch \
	    --url "$url" "$@" >"$work/out" 2>"$work/err" </dev/null
	code=$?
}

requests()	# how many the server answered so far
{
	wc -l <"$log"
}

# What a store holds, but for when and how it came.
dump()		# NAME [CONDITION]: of the bugs
{
	sqlite3 "$work/$1.db" \
	    "SELECT * FROM bug WHERE ${2:-1} ORDER BY id" \
	    "SELECT * FROM comment WHERE bug_id IN (SELECT id FROM bug
	     WHERE ${2:-1}) ORDER BY bug_id, id" \
	    "SELECT * FROM change WHERE bug_id IN (SELECT id FROM bug
	     WHERE ${2:-1}) ORDER BY bug_id, seq"
}

same()		# NAME NAME [CONDITION]
{
	dump "$1" "${3:-1}" >"$work/left" && dump "$2" "${3:-1}" \
	    >"$work/right" && [ -s "$work/left" ] &&
	    cmp -s "$work/left" "$work/right" ||
	    { diff "$work/left" "$work/right" | cut -c 1-200 | head -n 6
	    return 1; }
}

query()		# NAME SQL
{
	sqlite3 "$work/$1.db" "$2"
}

exits()		# CODE [PATTERN]: of the last fetch, and what it said
{
	[ "$code" -eq "$1" ] && { [ -z "${2:-}" ] ||
	    grep -q -e "$2" "$work/err"; } ||
	    { echo "exit $code, not $1 (${2:-}):"; cut -c 1-300 "$work/err" |
	    tail -n 4; return 1; }
}

no()		# COMMAND...
{
	! "$@"
}

test_that()	# NAME COMMAND...
{
	about=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok ${suite:-fetch} $about"
	else
		head -n 12 "$work/said"
		echo "not ok ${suite:-fetch} $about"
	fi
}
