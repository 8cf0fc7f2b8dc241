-- `seq` is the place in the service's own order; rows are ready JSON text, so that a page is a read and nothing more.
CREATE TABLE IF NOT EXISTS tenants (
    tenant_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    sample_starts INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS resources (
    seq INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants (tenant_id),
    kind INTEGER NOT NULL,
    id TEXT NOT NULL,
    name_key TEXT NOT NULL,
    modified INTEGER NOT NULL,
    version INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS resources_id ON resources (tenant_id, kind, id);
CREATE INDEX IF NOT EXISTS resources_name ON resources (tenant_id, kind, name_key);
CREATE INDEX IF NOT EXISTS resources_modified ON resources (tenant_id, kind, modified);

CREATE TABLE IF NOT EXISTS memberships (
    tenant_id INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, user_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS memberships_group ON memberships (tenant_id, group_id);
