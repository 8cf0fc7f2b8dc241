-- API users that the service does not list to this credential: read from a list of a person's, or made by Rollcall itself.
-- They stand among the others so that every list shows them; a sync compares only what has no date of import.

-- As of when a person's list said so, milliseconds UTC; NULL for what the service itself listed.
ALTER TABLE tokens ADD COLUMN imported_at INTEGER;
-- Rollcall made it: an imported list that leaves it out does not take it away.
ALTER TABLE tokens ADD COLUMN made_here INTEGER NOT NULL DEFAULT FALSE;
-- The owner in the words of the list.
ALTER TABLE tokens ADD COLUMN owner_named TEXT;
CREATE INDEX tokens_imported ON tokens (account_id, remote_id) WHERE imported_at IS NOT NULL;
