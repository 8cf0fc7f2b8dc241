-- Filters that a person keeps. Numbers are never given twice: the window remembers them.
CREATE TABLE saved_filters (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- NULL for one over all accounts.
    account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    position INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    -- Numbers of the users it found when it was last opened: a serialized Roaring treemap.
    seen BLOB NOT NULL
) STRICT;
CREATE INDEX saved_filters_by_account ON saved_filters (account_id) WHERE account_id IS NOT NULL;
