-- What there is a right on, who holds which right on what, when users are not to be disturbed, and API users.

-- Things of the account that rights are held on: monitors and groups of them, sections of a vault, integrations, …
CREATE TABLE resources (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    -- `monitor`, `monitorGroup`, `vaultSection`, `integration` or `alertDefinition`.
    kind TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- The service's own word for the kind of monitor.
    type TEXT,
    -- The service's own word: `Production`, `Staging`, …
    mode TEXT,
    -- NULL where the service does not say.
    active INTEGER,
    -- A group that everything of its kind is in.
    is_all INTEGER NOT NULL,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

-- What is in a group of resources.
CREATE TABLE resource_members (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    group_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    PRIMARY KEY (account_id, group_id, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_members_by_resource ON resource_members (account_id, resource_id, group_id);

-- Who holds which right on what, as it was given: what follows from groups is computed. Holder and resource may be missing.
CREATE TABLE grants (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Empty for a right in the whole account.
    resource_id TEXT NOT NULL,
    -- The service's own word.
    permission TEXT NOT NULL,
    -- `user` or `group`.
    holder_kind TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    -- By what the service knows it, to take it away; NULL where it needs nothing beside the rest.
    remote_id TEXT,
    PRIMARY KEY (account_id, resource_id, permission, holder_kind, holder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_holder ON grants (account_id, holder_id, resource_id, permission);

-- When users get no alerts.
CREATE TABLE off_duty_periods (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Unique in the account.
    remote_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    -- In words without a language, for the history: `Weekly Friday 18:00–08:00`.
    display_name TEXT NOT NULL,
    -- JSON of when.
    rule TEXT NOT NULL,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;
CREATE INDEX off_duty_periods_by_user ON off_duty_periods (account_id, user_id);

-- API users: the service's own word for what one is for, and the record as it sent it, without secrets.
ALTER TABLE tokens ADD COLUMN type TEXT;
ALTER TABLE tokens ADD COLUMN raw TEXT;
ALTER TABLE tokens ADD COLUMN hash BLOB;

-- IANA name of the zone in which the account's times are meant, where a person chose one.
ALTER TABLE accounts ADD COLUMN time_zone TEXT;
