-- What a directory has beside users and groups: roles and who holds them, invitations, applications, tokens, what is known
-- of each user in depth, and the service's own log.

ALTER TABLE users ADD COLUMN last_sign_in_at INTEGER;
ALTER TABLE user_search ADD COLUMN last_sign_in_at INTEGER;

-- `group` or `organization`.
ALTER TABLE groups ADD COLUMN kind TEXT NOT NULL DEFAULT 'group';
ALTER TABLE groups ADD COLUMN description TEXT;

CREATE TABLE roles (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    -- Where it is held: `account` everywhere in the account, `organization` within one organisation.
    scope TEXT NOT NULL,
    -- Who can hold it: `user` or `application`.
    holder_kind TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description TEXT,
    -- New users get it by themselves.
    is_default INTEGER,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

CREATE TABLE role_permissions (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role_id TEXT NOT NULL,
    permission_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    -- What it is a right on: an API resource, or NULL for one of the organisation template.
    resource_id TEXT,
    resource_name TEXT,
    PRIMARY KEY (account_id, role_id, permission_id)
) STRICT, WITHOUT ROWID;

-- A holder may be missing from users and applications, a role from roles.
CREATE TABLE role_assignments (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role_id TEXT NOT NULL,
    -- The organisation in which it is held; empty for the whole account.
    group_id TEXT NOT NULL,
    holder_id TEXT NOT NULL,
    -- `user` or `application`.
    holder_kind TEXT NOT NULL,
    PRIMARY KEY (account_id, role_id, group_id, holder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_assignments_by_holder ON role_assignments (account_id, holder_id, role_id, group_id);

CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    invitee TEXT NOT NULL,
    -- The service's own word: `Pending`, `Accepted`, `Expired`, `Revoked`, or one that is new.
    status TEXT NOT NULL,
    group_id TEXT,
    inviter_id TEXT,
    accepted_user_id TEXT,
    -- JSON list of names.
    roles TEXT NOT NULL,
    created_at INTEGER,
    modified_at INTEGER,
    expires_at INTEGER,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

-- Programs that sign in by themselves.
CREATE TABLE applications (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    display_name TEXT NOT NULL,
    description TEXT,
    -- The service's own word.
    kind TEXT NOT NULL,
    -- Holds the right to manage the whole account.
    manages_account INTEGER NOT NULL,
    created_at INTEGER,
    raw TEXT NOT NULL,
    hash BLOB NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;

-- API credentials that the account lists; never their values.
CREATE TABLE tokens (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- `user` or `application`.
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    -- `personalAccessToken`, `applicationSecret` or `apiUser`.
    kind TEXT NOT NULL,
    -- Unique for its owner and kind; the name where the service has no other id.
    remote_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    created_at INTEGER,
    -- NULL for one that never expires, where `expiry_known`.
    expires_at INTEGER,
    expiry_known INTEGER NOT NULL,
    -- NULL for one that was never used, where `last_use_known`.
    last_used_at INTEGER,
    last_use_known INTEGER NOT NULL,
    -- In the last 30 days; NULL where the service does not report it.
    requests INTEGER,
    first_seen_at INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    UNIQUE (account_id, owner_kind, owner_id, kind, remote_id)
) STRICT;
CREATE INDEX tokens_by_owner ON tokens (account_id, owner_id);
CREATE INDEX tokens_by_expiry ON tokens (account_id, expires_at);

-- What must be asked for user by user, each with its own age. Counts are NULL where the service would not say.
CREATE TABLE user_details (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    -- The user's `modified_at` when it was read: the same again means that factors and identities are too.
    modified_at INTEGER,
    mfa_factors INTEGER,
    sessions INTEGER,
    grants INTEGER,
    identities INTEGER,
    -- JSON of the sections of the user's page, secrets dropped.
    details TEXT NOT NULL,
    -- What could not be read, in one sentence without personal data.
    problem TEXT,
    PRIMARY KEY (account_id, user_id)
) STRICT, WITHOUT ROWID;

-- The service's own log, as far as it was read.
CREATE TABLE log_entries (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    remote_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- The service's own name of the event.
    event TEXT NOT NULL,
    -- NULL where the service does not say.
    succeeded INTEGER,
    user_id TEXT,
    application_id TEXT,
    -- What somebody typed to sign in, where no user is named.
    identifier TEXT,
    ip TEXT,
    -- Browser and system, in words.
    agent TEXT,
    error TEXT,
    raw TEXT NOT NULL,
    UNIQUE (account_id, remote_id)
) STRICT;
CREATE INDEX log_entries_by_time ON log_entries (account_id, at, id);
CREATE INDEX log_entries_by_user ON log_entries (account_id, user_id, at) WHERE user_id IS NOT NULL;
