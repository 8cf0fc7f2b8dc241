-- The tokens as a list of their own, and what was told of their ends.

-- How often the tokens of an account have changed, whoever wrote them: what is kept of them in memory is compared with it.
-- Accounts that are gone leave their line behind; their numbers are never given again.
CREATE TABLE token_revisions (
    account_id INTEGER NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL
) STRICT;
CREATE TRIGGER tokens_inserted AFTER INSERT ON tokens BEGIN
    INSERT INTO token_revisions (account_id, revision) VALUES (new.account_id, 1)
    ON CONFLICT (account_id) DO UPDATE SET revision = revision + 1;
END;
CREATE TRIGGER tokens_updated AFTER UPDATE ON tokens BEGIN
    INSERT INTO token_revisions (account_id, revision) VALUES (new.account_id, 1)
    ON CONFLICT (account_id) DO UPDATE SET revision = revision + 1;
END;
CREATE TRIGGER tokens_deleted AFTER DELETE ON tokens BEGIN
    INSERT INTO token_revisions (account_id, revision) VALUES (old.account_id, 1)
    ON CONFLICT (account_id) DO UPDATE SET revision = revision + 1;
END;

-- How many users were asked about, and when the one was that has waited longest.
CREATE INDEX user_details_by_age ON user_details (account_id, read_at);

-- Of which tokens it was told that they expire, so that nobody hears it twice; never their values.
CREATE TABLE token_notices (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    -- The end that was told of: one of the same name that is made anew is told of again.
    expires_at INTEGER NOT NULL,
    -- The nearest threshold that was told, in days ahead.
    days INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, owner_kind, owner_id, kind, remote_id)
) STRICT, WITHOUT ROWID;
