-- Who is told of what: recipients of alert definitions, level by level, and of whatever else sends messages.

-- Lists that the service showed. One without recipients says that nobody is in it; one that is missing was not shown.
CREATE TABLE recipient_lists (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    resource_id TEXT NOT NULL,
    -- 1 to 3 of an alert definition; 0 of what has no levels.
    level INTEGER NOT NULL,
    PRIMARY KEY (account_id, resource_id, level)
) STRICT, WITHOUT ROWID;

-- As they were entered: who is meant by a group is computed.
CREATE TABLE recipients (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    resource_id TEXT NOT NULL,
    level INTEGER NOT NULL,
    -- `user`, `group` or `address`.
    kind TEXT NOT NULL,
    -- The service's id; of an address the address.
    recipient_id TEXT NOT NULL,
    PRIMARY KEY (account_id, resource_id, level, kind, recipient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipients_by_recipient ON recipients (account_id, recipient_id, kind, resource_id, level);
