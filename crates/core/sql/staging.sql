-- Where pages land first: a database of its own beside the mirror, encrypted with the same key, one for each account and
-- gone when its run is over. Attached under the name `staging`.
--
-- `walk` is the last walk in which the record was seen. `raw` is NULL where the hash is that of the mirror: an unchanged
-- record costs a comparison and this marker.

CREATE TABLE staging.checkpoint (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    checkpoint TEXT NOT NULL
) STRICT;

CREATE TABLE staging.users (
    remote_id TEXT NOT NULL PRIMARY KEY,
    walk INTEGER NOT NULL,
    hash BLOB NOT NULL,
    user_name TEXT,
    display_name TEXT,
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
    raw TEXT,
    search TEXT
) STRICT;
CREATE INDEX staging.users_with_content ON users (remote_id) WHERE raw IS NOT NULL;

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
