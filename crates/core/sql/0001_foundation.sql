-- Times are milliseconds since 1970-01-01T00:00:00Z. Ids of services are opaque text.

CREATE TABLE settings (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Names the account's entry in the keychain; random, never reused.
    key TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- JSON of how we sign in, without the secret.
    authentication TEXT NOT NULL,
    certificate_authority TEXT,
    sample INTEGER NOT NULL,
    signed_in INTEGER NOT NULL,
    sync_interval_minutes INTEGER,
    -- JSON of what the service can; NULL before the first sync.
    capabilities TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sync_runs (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    -- The first complete read, whose records are not listed in history one by one.
    baseline INTEGER NOT NULL,
    resumed INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    counts TEXT NOT NULL,
    proofs TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT
) STRICT;
CREATE INDEX sync_runs_by_account ON sync_runs (account_id, id);

CREATE TABLE sync_issues (
    id INTEGER NOT NULL PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    stream TEXT NOT NULL,
    remote_id TEXT,
    problem TEXT NOT NULL
) STRICT;
CREATE INDEX sync_issues_by_run ON sync_issues (run_id);

-- Age and proof of each part of the mirror.
CREATE TABLE stream_states (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    stream TEXT NOT NULL,
    run_id INTEGER NOT NULL,
    synced_at INTEGER NOT NULL,
    proof TEXT NOT NULL,
    PRIMARY KEY (account_id, stream)
) STRICT, WITHOUT ROWID;

-- The mirror: what the service confirmed.
CREATE TABLE users (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
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
    version TEXT,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

CREATE TABLE groups (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    display_name TEXT NOT NULL,
    external_id TEXT,
    created_at INTEGER,
    modified_at INTEGER,
    version TEXT,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

-- A member may be missing from users and groups: some services leave edges to deleted users.
CREATE TABLE memberships (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    display TEXT,
    PRIMARY KEY (account_id, group_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_member ON memberships (account_id, member_id, group_id);

-- The search index: one narrow row a user, read as a whole into memory. Written with users, in the same transaction.
CREATE TABLE user_search (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    -- Folded columns in the order of `model::search_text`, each followed by U+001F.
    text TEXT NOT NULL,
    active INTEGER,
    created_at INTEGER,
    modified_at INTEGER,
    PRIMARY KEY (account_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    run_id INTEGER NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    member_id TEXT,
    member_name TEXT,
    action TEXT NOT NULL,
    field TEXT,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX history_by_run ON history (run_id);
CREATE INDEX history_by_account ON history (account_id, id);
CREATE INDEX history_by_subject ON history (account_id, remote_id, id);
CREATE INDEX history_by_member ON history (account_id, member_id, id) WHERE member_id IS NOT NULL;

-- Names of users that a run awaiting review would remove: the first of them, for the person who decides.
CREATE TABLE sync_removals (
    run_id INTEGER NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (run_id, remote_id)
) STRICT, WITHOUT ROWID;
