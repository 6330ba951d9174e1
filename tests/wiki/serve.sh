# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# For the suite of wikis, which sources it at the root of the tree: a wiki,
# the proxy before it, pages, and what publishing did.  $work is made, and
# removed at the end; without a wiki's packages the suite ends here.
export no_proxy='*' NO_PROXY='*' PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d) || exit 9
proxy=
finish()
{
	[ -z "$proxy" ] || kill $proxy
	[ ! -s "$work/wiki/server.pid" ] ||
	    kill -- "-$(cat "$work/wiki/server.pid")"
	rm -rf "$work"
} 2>/dev/null
trap finish EXIT
trap 'exit 9' INT TERM
export HOME="$work" XDG_CONFIG_HOME="$work"

set -- $(python3 -c '
import socket
held = [socket.socket() for _ in range(2)]
for s in held:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])')
wiki_port=$1 proxy_port=$2
sh tests/wiki/setup.sh "$work/wiki" "$wiki_port" 2>"$work/log"
case $? in
0) ;;
7)
	echo "skip wiki: mediawiki, php-cli, php-sqlite3, php-mbstring," \
	    "php-xml or php-intl is not installed"
	exit 0 ;;
*)
	cat "$work/log" "$work/wiki/log/install.log"
	echo "not ok wiki: it can't be set up"
	exit 1 ;;
esac
toggle="$work/wiki/toggle"
export MW_CONFIG_FILE="$work/wiki/conf/LocalSettings.php"
export MEDIAWIKI_API_URL=http://127.0.0.1:$proxy_port/api.php
export MEDIAWIKI_USER=CAIncidentBot@publish
PASSWORD=0123456789abcdef0123456789abcdef
export MEDIAWIKI_PASSWORD=$PASSWORD

mkdir "$work/proxy"
python3 tests/wiki/proxy.py "$proxy_port" "$wiki_port" "$work/proxy" &
proxy=$!
while kill -0 $proxy && [ ! -s "$work/proxy/log" ]; do
	sleep 0.02
done
asked="$work/proxy/requests"

# For the program, half a minute of waiting is a second.
HURRY=
if ${CC:-cc} -shared -fPIC -o "$work/hurry.so" tests/wiki/hurry.c; then
	HURRY="$work/hurry.so"
fi

# What people do; the words of scripts go nowhere.
maintain()	# SCRIPT ARGS...
{
	script=$1
	shift
	php "/usr/share/mediawiki/maintenance/$script.php" "$@" \
	    >>"$work/maintained" 2>&1
}

put()		# TITLE <TEXT: as Alice
{
	cat >"$work/put"
	for try in 1 2 3 4 5; do
		maintain edit -u Alice -s 'by hand' "$1" <"$work/put" && return
		sleep 0.2
	done
	echo "not ok wiki: $1 can't be written"
}

text()		# TITLE
{
	php /usr/share/mediawiki/maintenance/getText.php "$1"
}

# Its revisions, the newest first: number, account, summary.
history()	# TITLE
{
	sqlite3 -separator ' ' "$work/wiki/db/cawiki.sqlite" "
	    SELECT rev_id, actor_name, comment_text FROM revision
	    JOIN page ON page_id = rev_page
	    JOIN actor ON actor_id = rev_actor
	    LEFT JOIN revision_comment_temp ON revcomment_rev = rev_id
	    LEFT JOIN comment ON comment_id = revcomment_comment_id
	    WHERE page_title = replace('$1', ' ', '_') ORDER BY rev_id DESC"
}

revisions()	# TITLE
{
	history "$1" | wc -l
}

# Tell the proxy what shall happen, and to how many requests.
meanwhile()	# WHAT-ACTION TIMES
{
	echo "$2" >"$work/proxy/$1"
}

# Let it run a command: WHAT is before or after.
meanwhile_do()	# WHAT-ACTION TIMES COMMAND
{
	printf '%s\n%s\n' "$2" "$3" >"$work/proxy/$1"
}

undisturbed()
{
	rm -f "$work"/proxy/*-* "$toggle"/*
}

# Publish a file; $code is the exit, $work/err what it said.
publish()	# PAGE FILE OPTIONS...
{
	page=$1 file=$2
	shift 2
	: >"$asked"
	LD_PRELOAD=${FAST:+$HURRY} "$CABRIEF" --db "$work/s.db" \
	    --progress never publish --page "$page" --block figures \
	    --input "$file" "$@" >"$work/out" 2>"$work/err" </dev/null
	code=$?
	cat "$work/out" "$work/err" >>"$work/told"
	cat "$asked" >>"$work/requests"
}

exits()		# CODE [PATTERN]: of the last one, and what it said
{
	[ "$code" -eq "$1" ] && { [ -z "${2:-}" ] ||
	    grep -q -e "$2" "$work/err"; } && { [ "$1" -eq 0 ] ||
	    [ "$(grep -c '^cabrief: ' "$work/err")" -eq 1 ]; } ||
	    { echo "exit $code, not $1 (${2:-}):"; cut -c 1-400 "$work/err" |
	    tail -n 4; return 1; }
}

# Is the page's text that of a file, but for the hashes in marks?
reads()		# PAGE FILE
{
	plain <"$2" >"$work/want"
	text "$1" | plain >"$work/got"
	diff "$work/want" "$work/got"
}

plain()
{
	sed 's/^\(<!-- BEGIN cabrief:[a-z-]*\) .*-->/\1 -->/' |
	    awk '{ line[NR] = $0 } /./ { last = NR }
	    END { for (i = 1; i <= last; i++) print line[i] }'
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
		echo "ok wiki $about"
	else
		head -n 12 "$work/said"
		echo "not ok wiki $about"
	fi
}
