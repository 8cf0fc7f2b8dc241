-- Edits that a person has queued, the journal of what was sent, and runs that apply changes beside those that sync.

-- `sync` or `changes`.
ALTER TABLE sync_runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'sync';
-- Of an apply: what it signed in as, and the person at this computer as the system knows them.
ALTER TABLE sync_runs ADD COLUMN signed_in_as TEXT;
ALTER TABLE sync_runs ADD COLUMN person TEXT;

-- Grows with every change that the service confirmed between two syncs, so that an index in memory is never older than this.
ALTER TABLE accounts ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;

-- Numbers are never given twice: a queued edit may name what another one creates by the other's number.
CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The order that the person chose; what must run first does so in spite of it.
    position INTEGER NOT NULL,
    -- JSON of the edit.
    edit TEXT NOT NULL,
    -- JSON of what it was made against: names, and the record as it was.
    base TEXT NOT NULL,
    -- `pending`, `sent`, `blocked`, `applied` or `withdrawn`.
    state TEXT NOT NULL,
    -- JSON of why it needs a person, for `blocked`.
    block TEXT,
    -- Of a value that is shown once: `made` or `taken`; never the value.
    secret TEXT,
    -- The id that the service gave to what it created.
    created_id TEXT,
    created_at INTEGER NOT NULL,
    -- The run that last tried it.
    run_id INTEGER REFERENCES sync_runs (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX changes_open ON changes (account_id, position) WHERE state IN ('pending', 'sent', 'blocked');
CREATE INDEX changes_by_run ON changes (run_id) WHERE run_id IS NOT NULL;

-- The journal: a row is committed before its request leaves.
CREATE TABLE change_calls (
    id INTEGER NOT NULL PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
    run_id INTEGER NOT NULL REFERENCES sync_runs (id) ON DELETE CASCADE,
    sent_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- `sent` while nobody knows.
    outcome TEXT NOT NULL,
    -- The service's words, where it refused.
    words TEXT
) STRICT;
CREATE INDEX change_calls_by_change ON change_calls (change_id);
CREATE INDEX change_calls_by_run ON change_calls (run_id);

CREATE INDEX sync_runs_by_kind ON sync_runs (account_id, kind, id);
