-- Where pages land first: a database of its own beside the mirror, encrypted with the same key, one for each account and
-- gone when its run is over. Attached under the name `staging`.
--
-- `walk` is the last walk in which the record was seen. A record whose hash is that of the mirror has no content here: it
-- costs a comparison and a marker.

CREATE TABLE staging.checkpoint (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    checkpoint TEXT NOT NULL
) STRICT;

-- Users arrive in the service's order, which is random to an index on their ids. So what is looked up for every record is
-- kept small enough for the cache, and contents are only ever appended.
CREATE TABLE staging.users_seen (
    -- The first 12 bytes of the BLAKE3 of the remote id: of ten million users two share one with a chance of one in
    -- a thousand million million.
    key BLOB NOT NULL PRIMARY KEY,
    walk INTEGER NOT NULL,
    -- Row in staging.users; NULL where the mirror has this very version.
    content INTEGER,
    -- Row in the mirror; NULL where it has no such user.
    mirrored INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE staging.users (
    id INTEGER NOT NULL PRIMARY KEY,
    remote_id TEXT NOT NULL,
    hash BLOB NOT NULL,
    user_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    given_name TEXT,
    family_name TEXT,
    email TEXT,
    phone TEXT,
    active INTEGER,
    title TEXT,
    department TEXT,
    organization TEXT,
    employee_number TEXT,
    user_type TEXT,
    locale TEXT,
    external_id TEXT,
    created_at INTEGER,
    modified_at INTEGER,
    last_sign_in_at INTEGER,
    version TEXT,
    raw TEXT NOT NULL,
    search TEXT NOT NULL
) STRICT;

CREATE TABLE staging.groups (
    remote_id TEXT NOT NULL PRIMARY KEY,
    walk INTEGER NOT NULL,
    hash BLOB NOT NULL,
    kind TEXT,
    display_name TEXT,
    description TEXT,
    external_id TEXT,
    created_at INTEGER,
    modified_at INTEGER,
    version TEXT,
    raw TEXT
) STRICT;
CREATE INDEX staging.groups_with_content ON groups (remote_id) WHERE raw IS NOT NULL;

-- Only of groups with content.
CREATE TABLE staging.memberships (
    group_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    display TEXT,
    PRIMARY KEY (group_id, member_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staging.issues (
    id INTEGER NOT NULL PRIMARY KEY,
    stream TEXT NOT NULL,
    remote_id TEXT,
    problem TEXT NOT NULL
) STRICT;
-- A record that is walked over twice has its problem once.
CREATE UNIQUE INDEX staging.issues_once ON issues (stream, coalesce(remote_id, ''), problem);

-- Records of the lists that have no table of their own here. `content` is NULL where the mirror has the very same.
CREATE TABLE staging.records (
    stream TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    walk INTEGER NOT NULL,
    content TEXT,
    PRIMARY KEY (stream, remote_id)
) STRICT, WITHOUT ROWID;
