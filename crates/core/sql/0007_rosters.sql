-- Organisations kept by hand, for services without an API: what a person says about the service. Members, invitations, roles
-- and tokens are in the tables of every other account.

CREATE TABLE rosters (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- Whose rules it follows: `isocarto` or `empty`.
    preset TEXT NOT NULL,
    -- JSON of page, plan, prices and limit.
    terms TEXT NOT NULL,
    -- The member that the person at this computer is.
    me TEXT,
    -- JSON: for each list of headings that was pasted once, what its columns are.
    columns TEXT NOT NULL
) STRICT;
