/* SPDX-FileCopyrightText: 2026 The cabrief authors */
/* SPDX-License-Identifier: ISC */

#include "fetch/store_private.h"

#include "base/err.h"

/*
 * The schema, as researchers meet it: its comments are kept in the file
 * and shown by `.schema`.
 *
 * A comment may come before its bug, so the rows of `comment`, `change` and
 * `told` refer to bug numbers and not to rows of `bug`.  Comments stand in
 * a table with an ordinary rowid: by (bug_id, id) WITHOUT ROWID the file is
 * 1.4 times as large and takes twice as long to write, and with the
 * comment's id as rowid a walk in order of bugs takes four times as long.
 */
static const char schema_1[] =
    "PRAGMA application_id = 1667326578;\n" /* STORE_APPLICATION */
    "CREATE TABLE bug (\n"
    "  -- A bug whose fields are known.  Here and everywhere: a time is\n"
    "  -- seconds since 1970 in UTC (the view of the same name and _iso\n"
    "  -- shows it as text); NULL is not known, or not set.\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  product TEXT,\n"
    "  component TEXT,\n"
    "  summary TEXT,\n"
    "  whiteboard TEXT,\n"
    "  status TEXT,\n"
    "  resolution TEXT,        -- '' while open\n"
    "  creator TEXT,\n"
    "  assigned_to TEXT,\n"
    "  priority TEXT,\n"
    "  severity TEXT,\n"
    "  type TEXT,\n"
    "  keywords TEXT,\n"
    "  alias TEXT,\n"
    "  url TEXT,\n"
    "  created INTEGER,        -- time\n"
    "  changed INTEGER,        -- time\n"
    "  last_resolved INTEGER,  -- time\n"
    "  dupe_of INTEGER,\n"
    "  comment_count INTEGER   -- as Bugzilla counts, with private ones\n"
    ") STRICT;\n"
    "CREATE TABLE told (\n"
    "  -- What else is known of a bug, also before its fields are.\n"
    "  bug_id INTEGER PRIMARY KEY,\n"
    "  comments INTEGER,       -- how many are stored; NULL: none told\n"
    "  last_comment INTEGER,   -- time of the newest\n"
    "  changes INTEGER         -- how many; NULL: no history told\n"
    ") STRICT;\n"
    "CREATE TABLE comment (\n"
    "  bug_id INTEGER NOT NULL,\n"
    "  id INTEGER NOT NULL,    -- unique in the whole Bugzilla\n"
    "  number INTEGER,         -- in the bug, 0 is the description\n"
    "  time INTEGER,\n"
    "  attachment INTEGER,\n"
    "  is_private INTEGER NOT NULL,\n"
    "  creator TEXT NOT NULL,\n"
    "  text TEXT NOT NULL,\n"
    "  UNIQUE (bug_id, id)\n"
    ") STRICT;\n"
    "CREATE TABLE change (\n"
    "  -- A changed field; values over 255 characters are several changes.\n"
    "  bug_id INTEGER NOT NULL,\n"
    "  seq INTEGER NOT NULL,   -- order in the bug, from 0\n"
    "  time INTEGER NOT NULL,\n"
    "  who TEXT NOT NULL,\n"
    "  field TEXT NOT NULL,\n"
    "  removed TEXT NOT NULL,\n"
    "  added TEXT NOT NULL,\n"
    "  PRIMARY KEY (bug_id, seq)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE run (\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  kind TEXT NOT NULL,     -- import, fetch\n"
    "  source TEXT NOT NULL,   -- URL of the Bugzilla\n"
    "  started INTEGER NOT NULL,\n"
    "  finished INTEGER,       -- NULL: still going on, or cut off\n"
    "  bugs_new INTEGER NOT NULL DEFAULT 0,\n"
    "  bugs_changed INTEGER NOT NULL DEFAULT 0,\n"
    "  bugs_same INTEGER NOT NULL DEFAULT 0,\n"
    "  comments_new INTEGER NOT NULL DEFAULT 0,\n"
    "  comments_changed INTEGER NOT NULL DEFAULT 0,\n"
    "  changes_new INTEGER NOT NULL DEFAULT 0\n"
    ") STRICT;\n"
    "CREATE TABLE answer (\n"
    "  -- A raw answer; its bytes are the parts, one behind the other.\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  run INTEGER NOT NULL,\n"
    "  name TEXT NOT NULL,     -- file or request\n"
    "  kind TEXT NOT NULL,     -- bugs, comments, history, xml, mixed\n"
    "  bytes INTEGER NOT NULL,\n"
    "  sha256 TEXT NOT NULL UNIQUE\n"
    ") STRICT;\n"
    "CREATE TABLE answer_part (\n"
    "  answer INTEGER NOT NULL,\n"
    "  seq INTEGER NOT NULL,   -- from 0\n"
    "  data BLOB NOT NULL,\n"
    "  UNIQUE (answer, seq)\n"
    ") STRICT;\n"
    "CREATE VIEW bug_iso AS SELECT id, product, component, summary,\n"
    "  whiteboard, status, resolution, creator, assigned_to, priority,\n"
    "  severity, type, keywords, alias, url,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', created, 'unixepoch') AS created,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', changed, 'unixepoch') AS changed,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', last_resolved, 'unixepoch')\n"
    "    AS last_resolved, dupe_of, comment_count FROM bug;\n"
    "CREATE VIEW comment_iso AS SELECT bug_id, id, number,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', time, 'unixepoch') AS time,\n"
    "  attachment, is_private, creator, text FROM comment;\n"
    "CREATE VIEW change_iso AS SELECT bug_id, seq,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', time, 'unixepoch') AS time,\n"
    "  who, field, removed, added FROM change;\n"
    "CREATE VIEW run_iso AS SELECT id, kind, source,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', started, 'unixepoch') AS started,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', finished, 'unixepoch') AS finished,\n"
    "  bugs_new, bugs_changed, bugs_same, comments_new,\n"
    "  comments_changed, changes_new FROM run;\n"
    "PRAGMA user_version = 1;\n";

static const char schema_2[] =
    "CREATE TABLE verdict (\n"
    "  -- A cache, for cabrief alone; it may be emptied at any time.\n"
    "  bug_id INTEGER PRIMARY KEY,\n"
    "  key TEXT NOT NULL,      -- taxonomy it was made with\n"
    "  data BLOB NOT NULL      -- the rules that matched, and where\n"
    ") STRICT;\n"
    "CREATE TABLE vote (\n"
    "  -- Another, which any change of a bug empties.\n"
    "  bug_id INTEGER PRIMARY KEY,\n"
    "  key TEXT NOT NULL,      -- taxonomy it was made with\n"
    "  data BLOB NOT NULL      -- what similar incidents say\n"
    ") STRICT;\n"
    "PRAGMA user_version = 2;\n";

static const char schema_3[] =
    "DROP TABLE verdict;\n"
    "CREATE TABLE verdict (\n"
    "  -- A cache, for cabrief alone; it may be emptied at any time.\n"
    "  bug_id INTEGER NOT NULL,\n"
    "  kind TEXT NOT NULL,     -- what was found out: labels, reports ...\n"
    "  key TEXT NOT NULL,      -- taxonomy it was made with\n"
    "  data BLOB NOT NULL,     -- the rules that matched, and where ...\n"
    "  PRIMARY KEY (bug_id, kind)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "PRAGMA user_version = 3;\n";

static const char schema_4[] =
    "CREATE TABLE source (\n"
    "  -- What is fetched again and again, and how far that has come.\n"
    "  -- The times are the server's.\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  url TEXT NOT NULL,\n"
    "  product TEXT NOT NULL,\n"
    "  components TEXT NOT NULL,  -- a line each\n"
    "  keyed INTEGER NOT NULL, -- 1: asked with a key, which may see more\n"
    "  good INTEGER,           -- start of the last good pass; NULL: none\n"
    "  whole INTEGER,          -- the same of one over all bugs\n"
    "  started INTEGER,        -- the pass that goes on; NULL: none\n"
    "  since INTEGER,          -- of bugs changed since; NULL: of all\n"
    "  reached INTEGER NOT NULL,   -- its list has come to this bug\n"
    "  complete INTEGER NOT NULL,  -- 1: and to its end\n"
    "  UNIQUE (url, product, components, keyed)\n"
    ") STRICT;\n"
    "CREATE TABLE listed (\n"
    "  -- The bugs of the pass that goes on, and those that failed.\n"
    "  source INTEGER NOT NULL,\n"
    "  bug_id INTEGER NOT NULL,\n"
    "  wants INTEGER NOT NULL, -- to come: 1 fields, 2 comments, 4 history\n"
    "  failed INTEGER NOT NULL,  -- 1: asked for alone, and in vain\n"
    "  PRIMARY KEY (source, bug_id)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE gone (\n"
    "  -- Bugs that the server shows no longer: they left the components\n"
    "  -- that are fetched, or became restricted.\n"
    "  bug_id INTEGER PRIMARY KEY,\n"
    "  since INTEGER NOT NULL  -- time of the first pass without it\n"
    ") STRICT;\n"
    "CREATE VIEW gone_iso AS SELECT bug_id,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', since, 'unixepoch') AS since\n"
    "  FROM gone;\n"
    "PRAGMA user_version = 4;\n";

static const char schema_5[] =
    "CREATE TABLE refreshed (\n"
    "  -- The reports of plans, as refresh last made them.\n"
    "  plan TEXT NOT NULL,     -- its file's name, without suffix\n"
    "  report TEXT NOT NULL,\n"
    "  tried INTEGER NOT NULL, -- time of the last run\n"
    "  good INTEGER,           -- the same of the last good one; NULL: none\n"
    "  what TEXT NOT NULL,     -- what failed since; '' when nothing did\n"
    "  PRIMARY KEY (plan, report)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE VIEW refreshed_iso AS SELECT plan, report,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', tried, 'unixepoch') AS tried,\n"
    "  strftime('%Y-%m-%dT%H:%M:%SZ', good, 'unixepoch') AS good, what\n"
    "  FROM refreshed;\n"
    "PRAGMA user_version = 5;\n";

/* How the schema came about, in order: a store of version n lacks those
 * behind the n-th.  A row that was released is never edited. */
static const struct {
	int version;
	const char *sql;
} migrations[] = {
	{ 1, schema_1 },
	{ 2, schema_2 },
	{ 3, schema_3 },
	{ 4, schema_4 },
	{ 5, schema_5 }
};
_Static_assert(sizeof(migrations) / sizeof(migrations[0]) == STORE_SCHEMA,
    "one migration for each version");

const struct err *
store_migrate(struct store *store, int64_t version)
{
	size_t i;

	for (i = 0; i < STORE_SCHEMA; i++)
		if (migrations[i].version > version &&
		    sqlite3_exec(store->db, migrations[i].sql, NULL, NULL,
		    NULL) != SQLITE_OK)
			return store_error(store, "making the tables");
	return NULL;
}

/* In order of enum bug_text, then enum bug_num; ?1 is the number. */
#define BUG_COLUMNS \
    "product, component, summary, whiteboard, status, resolution, creator, " \
    "assigned_to, priority, severity, type, keywords, alias, url, created, " \
    "changed, last_resolved, dupe_of, comment_count"
#define COMMENT_COLUMNS \
    "number, time, attachment, is_private, creator, text"

/* Is the bug's component one of the source's?  Case counts as little as it
 * does for Bugzilla. */
#define IS_COMPONENT \
    "instr(char(10) || lower(source.components) || char(10), " \
    "char(10) || lower(bug.component) || char(10)) > 0"
/* The bugs of source ?1 that are visible as far as known, and those of them
 * that the pass has not listed. */
#define VISIBLE \
    "FROM source JOIN bug ON lower(bug.product) = lower(source.product) " \
    "AND " IS_COMPONENT " WHERE source.id = ?1 " \
    "AND bug.id NOT IN (SELECT bug_id FROM gone) "
#define IS_UNLISTED \
    "bug.id NOT IN (SELECT bug_id FROM listed WHERE source = ?1) "
#define UNLISTED VISIBLE "AND " IS_UNLISTED

_Static_assert(STORE_CACHE_KIB == 4096 && STORE_PAGE_SIZE == 16384,
    "the statements below say the same");

static const char *const statements[SQL_STORE__MAX] = {
	/* Page size and journal: measured, see store.c.  They are said in
	 * full since pragmas take no bound values.  SQLite counts the cache
	 * in pages, and a new page size leaves their number as it was. */
	[SQL_SETUP] =
	    "PRAGMA cache_size = -4096; PRAGMA mmap_size = 0; "
	    "PRAGMA cell_size_check = ON",
	[SQL_SETUP_READ] = "PRAGMA query_only = ON",
	[SQL_SETUP_WRITE] =
	    "PRAGMA page_size = 16384; PRAGMA cache_size = -4096; "
	    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL",
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_APPLICATION] = "PRAGMA application_id",
	[SQL_VERSION] = "PRAGMA user_version",
	[SQL_TABLES] = "SELECT count(*) FROM sqlite_schema",
	[SQL_RUN_ADD] =
	    "INSERT INTO run (kind, source, started) VALUES (?1, ?2, ?3)",
	[SQL_RUN_COUNT] =
	    "UPDATE run SET bugs_new = ?2, bugs_changed = ?3, "
	    "bugs_same = ?4, comments_new = ?5, comments_changed = ?6, "
	    "changes_new = ?7 WHERE id = ?1",
	[SQL_RUN_FINISH] = "UPDATE run SET finished = ?2 WHERE id = ?1",
	[SQL_ANSWER_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM answer",
	[SQL_ANSWER_FIND] = "SELECT 1 FROM answer WHERE sha256 = ?1",
	[SQL_ANSWER_ADD] =
	    "INSERT INTO answer (id, run, name, kind, bytes, sha256) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[SQL_PART_ADD] =
	    "INSERT INTO answer_part (answer, seq, data) VALUES (?1, ?2, ?3)",
	[SQL_PARTS_DROP] = "DELETE FROM answer_part WHERE answer = ?1",
	[SQL_BUG_GET] = "SELECT " BUG_COLUMNS " FROM bug WHERE id = ?1",
	[SQL_BUG_PUT] =
	    "REPLACE INTO bug (id, " BUG_COLUMNS ") VALUES (?1, ?2, ?3, ?4, "
	    "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
	    "?18, ?19, ?20)",
	[SQL_TOLD_GET] =
	    "SELECT comments, last_comment, changes FROM told "
	    "WHERE bug_id = ?1",
	[SQL_TOLD_PUT] =
	    "REPLACE INTO told (bug_id, comments, last_comment, changes) "
	    "VALUES (?1, ?2, ?3, ?4)",
	[SQL_COMMENT_GET] =
	    "SELECT " COMMENT_COLUMNS " FROM comment "
	    "WHERE bug_id = ?1 AND id = ?2",
	[SQL_COMMENT_ADD] =
	    "INSERT INTO comment (bug_id, id, " COMMENT_COLUMNS ") "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
	    "ON CONFLICT (bug_id, id) DO NOTHING",
	[SQL_COMMENT_CHANGE] =
	    "UPDATE comment SET number = ?3, time = ?4, attachment = ?5, "
	    "is_private = ?6, creator = ?7, text = ?8 "
	    "WHERE bug_id = ?1 AND id = ?2",
	[SQL_CHANGE_TIME] =
	    "SELECT time FROM change WHERE bug_id = ?1 AND seq = ?2",
	[SQL_CHANGE_ADD] =
	    "INSERT INTO change (bug_id, seq, time, who, field, removed, "
	    "added) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[SQL_CHANGES_DROP] =
	    "DELETE FROM change "
	    "WHERE bug_id = ?1 AND seq >= ?2 AND seq < ?3",
	[SQL_WALK_BUGS] =
	    "SELECT id, " BUG_COLUMNS ", told.comments, told.last_comment, "
	    "told.changes, gone.since FROM bug "
	    "LEFT JOIN told ON told.bug_id = bug.id "
	    "LEFT JOIN gone ON gone.bug_id = bug.id "
	    "WHERE bug.id BETWEEN ?1 AND ?2 ORDER BY bug.id",
	[SQL_WALK_COMMENTS] =
	    "SELECT id, " COMMENT_COLUMNS " FROM comment "
	    "WHERE bug_id = ?1 ORDER BY id",
	[SQL_WALK_FIRST] =
	    "SELECT id, " COMMENT_COLUMNS " FROM comment "
	    "WHERE bug_id = ?1 AND number = 0 ORDER BY id LIMIT 1",
	[SQL_WALK_CHANGES] =
	    "SELECT time, who, field, removed, added FROM change "
	    "WHERE bug_id = ?1 AND seq >= ?2 AND seq < ?3 ORDER BY seq",
	[SQL_CACHE_GET] =
	    "SELECT data FROM verdict "
	    "WHERE bug_id = ?1 AND key = ?2 AND kind = ?4",
	[SQL_CACHE_PUT] =
	    "REPLACE INTO verdict (bug_id, key, data, kind) "
	    "VALUES (?1, ?2, ?3, ?4)",
	[SQL_CACHE_DROP] = "DELETE FROM verdict WHERE bug_id = ?1",
	[SQL_VOTES_GET] =
	    "SELECT data FROM vote WHERE bug_id = ?1 AND key = ?2",
	[SQL_VOTES_PUT] =
	    "REPLACE INTO vote (bug_id, key, data) VALUES (?1, ?2, ?3)",
	[SQL_VOTES_DROP] = "DELETE FROM vote",
	[SQL_STATUS] =
	    "SELECT (SELECT count(*) FROM bug), "
	    "(SELECT total(comments) FROM told), "
	    "(SELECT total(changes) FROM told), "
	    "(SELECT count(*) FROM answer), "
	    "(SELECT total(bytes) FROM answer), "
	    "(SELECT count(*) FROM told WHERE NOT EXISTS "
	    "(SELECT 1 FROM bug WHERE id = told.bug_id)), "
	    "(SELECT max(changed) FROM bug), "
	    "(SELECT source FROM run WHERE source <> '' "
	    "ORDER BY id DESC LIMIT 1), "
	    "(SELECT count(*) FROM gone), "
	    "(SELECT count(DISTINCT bug_id) FROM listed WHERE wants <> 0), "
	    "(SELECT sha256 FROM answer ORDER BY id LIMIT 1)",
	[SQL_LAST_RUN] =
	    "SELECT kind, finished FROM run WHERE finished IS NOT NULL "
	    "ORDER BY finished DESC, id DESC LIMIT 1",
	[SQL_PASS_GET] =
	    "SELECT id, good, whole, started, since, reached, complete "
	    "FROM source WHERE url = ?1 AND product = ?2 "
	    "AND components = ?3 AND keyed = ?4",
	[SQL_PASS_PUT] =
	    "INSERT INTO source (url, product, components, keyed, good, "
	    "whole, started, since, reached, complete) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
	    "ON CONFLICT DO UPDATE SET good = ?5, whole = ?6, "
	    "started = ?7, since = ?8, reached = ?9, complete = ?10 "
	    "RETURNING id",
	/* ?4: not when it is here as it was at that time already. */
	[SQL_LISTED_ADD] =
	    "INSERT INTO listed (source, bug_id, wants, failed) "
	    "SELECT ?1, ?2, iif(?4 AND EXISTS (SELECT 1 FROM bug "
	    "JOIN told ON told.bug_id = bug.id WHERE bug.id = ?2 "
	    "AND bug.changed = ?3 AND told.comments IS NOT NULL), 0, ?5), 0 "
	    "WHERE true ON CONFLICT DO UPDATE "
	    "SET wants = wants | excluded.wants",
	[SQL_LISTED_HAD] =
	    "UPDATE listed SET wants = wants & ~?3, "
	    "failed = iif(wants & ~?3 = 0, 0, failed) "
	    "WHERE source = ?1 AND bug_id = ?2",
	[SQL_LISTED_FAILED] =
	    "UPDATE listed SET failed = 1, wants = ?3 "
	    "WHERE source = ?1 AND bug_id = ?2",
	[SQL_LISTED_NEXT] =
	    "SELECT bug_id FROM listed WHERE source = ?1 AND bug_id > ?2 "
	    "AND wants & ?3 <> 0 AND wants & ?4 = 0 AND failed = ?5 "
	    "ORDER BY bug_id LIMIT ?6",
	[SQL_LISTED_LEFT] =
	    "SELECT count(*) FROM listed WHERE source = ?1 AND wants <> 0",
	[SQL_LISTED_FORGET] =
	    "DELETE FROM listed WHERE source = ?1 AND wants = 0",
	[SQL_UNLISTED_NEXT] =
	    "SELECT bug.id " UNLISTED "AND bug.id > ?2 ORDER BY bug.id "
	    "LIMIT ?3",
	[SQL_UNLISTED_GONE] =
	    "INSERT INTO gone (bug_id, since) SELECT bug.id, ?2 " UNLISTED,
	[SQL_UNLISTED_COUNT] =
	    "SELECT count(*), count(*) FILTER (WHERE " IS_UNLISTED ") "
	    VISIBLE,
	/* How many bugs of component ?2 there were, and how many of them
	 * are listed. */
	[SQL_COMPONENT] =
	    "SELECT count(*), count(listed.bug_id) FROM source "
	    "JOIN bug ON lower(bug.product) = lower(source.product) "
	    "AND lower(bug.component) = lower(?2) "
	    "LEFT JOIN listed ON listed.source = source.id "
	    "AND listed.bug_id = bug.id WHERE source.id = ?1 "
	    "AND bug.id NOT IN (SELECT bug_id FROM gone)",
	[SQL_GONE_ADD] =
	    "INSERT INTO gone (bug_id, since) SELECT id, ?2 FROM bug "
	    "WHERE id = ?1 ON CONFLICT DO NOTHING",
	[SQL_GONE_DROP] = "DELETE FROM gone WHERE bug_id = ?1",
	/* The mark of a report that may be no longer in the plan. */
	[SQL_REFRESHED_MARK] =
	    "UPDATE refreshed SET tried = -1 WHERE plan = ?1",
	[SQL_REFRESHED_PUT] =
	    "INSERT INTO refreshed (plan, report, tried, good, what) "
	    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE "
	    "SET tried = ?3, good = coalesce(?4, good), what = ?5",
	[SQL_REFRESHED_FORGET] =
	    "DELETE FROM refreshed WHERE plan = ?1 AND tried = -1",
	[SQL_REFRESHED_LIST] =
	    "SELECT plan, report, tried, good, what FROM refreshed "
	    "ORDER BY plan, report",

	/* Each row of a check is a fault. */
	[SQL_CHECK_SQLITE] = "PRAGMA integrity_check",
	[SQL_CHECK_COUNTS] =
	    "WITH stored AS ("
	    "SELECT bug_id, count(*) AS comments, max(time) AS last, "
	    "0 AS changes FROM comment GROUP BY bug_id UNION ALL "
	    "SELECT bug_id, 0, NULL, count(*) FROM change GROUP BY bug_id), "
	    "each AS (SELECT bug_id, total(comments) AS comments, "
	    "max(last) AS last, total(changes) AS changes FROM stored "
	    "GROUP BY bug_id UNION ALL SELECT bug_id, 0, NULL, 0 FROM told "
	    "WHERE bug_id NOT IN (SELECT bug_id FROM stored)) "
	    "SELECT format('bug %d: %d comments and %d changes are stored, "
	    "and %d and %d counted, or the newest comment is another', "
	    "bug_id, each.comments, each.changes, "
	    "coalesce(told.comments, 0), coalesce(told.changes, 0)) "
	    "FROM each LEFT JOIN told USING (bug_id) "
	    "WHERE each.comments <> coalesce(told.comments, 0) "
	    "OR each.changes <> coalesce(told.changes, 0) "
	    "OR each.last IS NOT told.last_comment",
	[SQL_CHECK_ORDER] =
	    "SELECT format('bug %d: change %d is out of order', bug_id, seq) "
	    "FROM (SELECT bug_id, seq, time, "
	    "row_number() OVER w - 1 AS place, lag(time) OVER w AS before "
	    "FROM change WINDOW w AS (PARTITION BY bug_id ORDER BY seq)) "
	    "WHERE seq <> place OR time < before",
	[SQL_CHECK_PARTS] =
	    "SELECT format('answer %d: has parts and no row', answer) "
	    "FROM answer_part WHERE answer NOT IN (SELECT id FROM answer) "
	    "GROUP BY answer",
	[SQL_CHECK_LISTED] =
	    "SELECT format('bug %d: is listed for no source', bug_id) "
	    "FROM listed WHERE source NOT IN (SELECT id FROM source) "
	    "OR wants NOT BETWEEN 0 AND 7",
	[SQL_CHECK_GONE] =
	    "SELECT format('bug %d: is gone, and was never there', bug_id) "
	    "FROM gone WHERE bug_id NOT IN (SELECT id FROM bug)",
	[SQL_CHECK_ANSWERS] = "SELECT id, sha256, bytes FROM answer",
	[SQL_CHECK_BYTES] =
	    "SELECT data FROM answer_part WHERE answer = ?1 ORDER BY seq",
	[SQL_SHARED] =
	    "SELECT id, min(bug_id), max(bug_id) FROM comment GROUP BY id "
	    "HAVING min(bug_id) < max(bug_id)"
};

const char *
store_sql(enum store_sql which)
{
	return statements[which];
}
