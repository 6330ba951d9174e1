#!/bin/sh
# SPDX-FileCopyrightText: 2026 The cabrief authors
# SPDX-License-Identifier: ISC
#
# setup.sh DIR PORT: a fresh MediaWiki, of Debian's packages, on loopback in
# DIR, which is made anew.  Leaves its server running, whose number is in
# DIR/server.pid; it leads a group, so end it with
#
#	kill -- -$(cat DIR/server.pid)
#
# Files in DIR/toggle switch faults on, for every later request:
#
#	maxlag		lag in seconds
#	readonly	nothing may be saved; holds the reason
#	ratelimit	one edit in 20 s, bots too
#	spamblacklist	a pattern of hosts that links must not have
#	hook500		saving fails inside
#	private		reading needs a login
#
# Ends with 7 where a package is missing.
set -eu
mkdir -p "$1"
dir=$(cd "$1" && pwd)
port=$2
mw=/usr/share/mediawiki
parts="db conf cache images toggle log"

for extension in pdo_sqlite mbstring xml intl; do
	php -m 2>/dev/null | grep -qx "$extension" || exit 7
done
[ -e $mw/maintenance/install.php ] || exit 7

if [ -s "$dir/server.pid" ]; then
	kill -- "-$(cat "$dir/server.pid")" 2>/dev/null && sleep 0.3 || :
fi
for part in $parts; do
	rm -rf "$dir/$part"
	mkdir "$dir/$part"
done
log="$dir/log/install.log"

cd $mw
unset MW_CONFIG_FILE
php maintenance/install.php --dbtype sqlite --dbname cawiki \
    --dbpath "$dir/db" --server "http://127.0.0.1:$port" --scriptpath "" \
    --confpath "$dir/conf" --lang en --pass 'Admin-pass-0001' \
    "CA Test Wiki" WikiAdmin >"$log" 2>&1
{
	printf '$dir = "%s";\n' "$dir"
	cat <<'PHP'
$wgSessionCacheType = CACHE_DB;
$wgCacheDirectory = "$dir/cache";
$wgJobRunRate = 0;
$wgEnableEmail = false;
$wgRateLimits = [];
$wgShowExceptionDetails = true;
$fault = static function ( $name ) use ( $dir ) {
	return file_exists( "$dir/toggle/$name" ) ? "$dir/toggle/$name" : null;
};
if ( $fault( 'maxlag' ) ) {
	$wgHooks['ApiMaxLagInfo'][] = static function ( array &$info ) use ( $fault ) {
		$info = [ 'host' => 'db1', 'type' => 'db',
			'lag' => (float)file_get_contents( $fault( 'maxlag' ) ) ];
	};
}
$wgReadOnlyFile = "$dir/toggle/readonly";
if ( $fault( 'ratelimit' ) ) {
	$wgRateLimits = [ 'edit' => array_fill_keys( [ 'user', 'ip', 'newbie' ], [ 1, 20 ] ) ];
	$wgMainCacheType = CACHE_DB;
	$wgGroupPermissions['bot']['noratelimit'] = false;
}
if ( $fault( 'spamblacklist' ) ) {
	wfLoadExtension( 'SpamBlacklist' );
	$wgBlacklistSettings = [ 'spam' => [ 'files' => [ $fault( 'spamblacklist' ) ] ] ];
}
if ( $fault( 'hook500' ) ) {
	$wgHooks['MultiContentSave'][] = static function () {
		throw new RuntimeException( 'toggle hook500' );
	};
}
if ( $fault( 'private' ) ) {
	$wgGroupPermissions['*']['read'] = false;
	$wgGroupPermissions['*']['edit'] = false;
}
PHP
} >>"$dir/conf/LocalSettings.php"

export MW_CONFIG_FILE="$dir/conf/LocalSettings.php"
{
	php maintenance/createAndPromote.php --bot CAIncidentBot \
	    main-account-pass-1
	php maintenance/createAndPromote.php Alice human-account-pass-1
	# At least 32 characters, and only 0-9 a-w: others are never tried.
	for grants in publish=basic,highvolume,editpage,createeditmovepage \
	    slow=basic,editpage readonly=basic,highvolume; do
		php maintenance/createBotPassword.php \
		    --appid "${grants%%=*}" --grants "${grants#*=}" \
		    CAIncidentBot 0123456789abcdef0123456789abcdef
	done
	php maintenance/createBotPassword.php --appid person \
	    --grants basic,editpage Alice fedcba9876543210fedcba9876543210
} >>"$log" 2>&1

PHP_CLI_SERVER_WORKERS=4 setsid nohup php -d opcache.enable_cli=1 \
    -d memory_limit=512M -d display_errors=stderr -S "127.0.0.1:$port" \
    -t $mw $mw/maintenance/dev/includes/router.php \
    >>"$dir/log/server.log" 2>&1 </dev/null &
echo $! >"$dir/server.pid"
tries=0
until php -r 'exit(@file_get_contents($argv[1]) === false ? 1 : 0);' \
    "http://127.0.0.1:$port/api.php?action=query&format=json"; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || { echo "the wiki does not answer" >&2; exit 1; }
	sleep 0.1
done
