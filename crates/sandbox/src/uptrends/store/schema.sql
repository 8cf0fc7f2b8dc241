-- Everything that has a GUID. `json` is what the service shows, `hidden` what it keeps to itself, `parent` the operator of an
-- API user; the groups that are there from the first day have a negative one (see `Built`).
CREATE TABLE IF NOT EXISTS uptrends_things (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id INTEGER NOT NULL REFERENCES tenants (tenant_id),
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent INTEGER NOT NULL DEFAULT 0,
    json TEXT NOT NULL,
    hidden TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS uptrends_things_id ON uptrends_things (tenant_id, kind, id);
CREATE INDEX IF NOT EXISTS uptrends_things_kind ON uptrends_things (tenant_id, kind);
CREATE INDEX IF NOT EXISTS uptrends_things_name ON uptrends_things (tenant_id, kind, name);
CREATE INDEX IF NOT EXISTS uptrends_things_parent ON uptrends_things (parent);

-- Who belongs to what: see `Edge`.
CREATE TABLE IF NOT EXISTS uptrends_edges (
    kind INTEGER NOT NULL,
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    PRIMARY KEY (kind, a, b)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS uptrends_edges_back ON uptrends_edges (kind, b, a);

-- What an operator or a group may do in the account.
CREATE TABLE IF NOT EXISTS uptrends_rights (
    holder INTEGER NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (holder, type)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS uptrends_rights_type ON uptrends_rights (type, holder);

-- What an operator or a group may do with one thing; `fixed` ones cannot be lost.
CREATE TABLE IF NOT EXISTS uptrends_grants (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    thing INTEGER NOT NULL,
    type TEXT NOT NULL,
    holder INTEGER NOT NULL,
    fixed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS uptrends_grants_thing ON uptrends_grants (thing, holder, type);
CREATE INDEX IF NOT EXISTS uptrends_grants_holder ON uptrends_grants (holder);

-- Off-duty periods.
CREATE TABLE IF NOT EXISTS uptrends_duty (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    operator INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS uptrends_duty_operator ON uptrends_duty (operator);
