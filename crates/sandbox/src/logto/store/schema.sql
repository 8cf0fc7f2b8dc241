-- Users are columns, because there are a million of them; everything else is ready JSON. Numbers (`seq`) instead of ids
-- join them; those of entities are negative, so that one number names one thing.
CREATE TABLE IF NOT EXISTS logto_users (
    seq INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (tenant_id),
    id TEXT NOT NULL,
    username TEXT,
    email TEXT,
    phone TEXT,
    name TEXT,
    avatar TEXT,
    custom_data TEXT NOT NULL DEFAULT '{}',
    identities TEXT NOT NULL DEFAULT '{}',
    profile TEXT NOT NULL DEFAULT '{}',
    configs TEXT NOT NULL DEFAULT '{}',
    last_sign_in INTEGER,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    application_id TEXT,
    suspended INTEGER NOT NULL DEFAULT 0,
    password TEXT
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS logto_users_id ON logto_users (tenant_id, id);
CREATE UNIQUE INDEX IF NOT EXISTS logto_users_username ON logto_users (tenant_id, username)
WHERE username IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS logto_users_email ON logto_users (tenant_id, lower(email)) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS logto_users_phone ON logto_users (tenant_id, phone) WHERE phone IS NOT NULL;

-- Roles, resources, scopes, organisations, their template, invitations, applications. `place` is where the row lies in
-- the table of the real one, which moves it at every update; `parent` is what it belongs to.
CREATE TABLE IF NOT EXISTS logto_entities (
    seq INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (tenant_id),
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent INTEGER NOT NULL DEFAULT 0,
    place INTEGER NOT NULL,
    created INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS logto_entities_id ON logto_entities (tenant_id, kind, id);
CREATE INDEX IF NOT EXISTS logto_entities_place ON logto_entities (tenant_id, kind, place);
CREATE INDEX IF NOT EXISTS logto_entities_parent ON logto_entities (parent);

-- Who holds what: see `Edge` for what `a`, `b` and `c` are.
CREATE TABLE IF NOT EXISTS logto_edges (
    kind INTEGER NOT NULL,
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    c INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, a, b, c)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS logto_edges_back ON logto_edges (kind, b, a, c);

-- What belongs to one user (or one application) and has no number: tokens, factors, sessions, grants, secrets.
CREATE TABLE IF NOT EXISTS logto_details (
    owner INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    key TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (owner, kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS logto_logs (
    seq INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (tenant_id),
    id TEXT NOT NULL,
    key TEXT NOT NULL,
    created INTEGER NOT NULL,
    user_id TEXT,
    application_id TEXT,
    payload TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS logto_logs_created ON logto_logs (tenant_id, created, seq);
CREATE UNIQUE INDEX IF NOT EXISTS logto_logs_id ON logto_logs (tenant_id, id);
