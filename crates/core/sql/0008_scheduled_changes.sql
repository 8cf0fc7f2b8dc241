-- Changes that are carried out by themselves on a date.

-- Not before this moment, milliseconds UTC; NULL for a change that waits for a person.
ALTER TABLE changes ADD COLUMN due_at INTEGER;
-- And not before this other change is applied: the successor of a token that is revoked.
ALTER TABLE changes ADD COLUMN needs INTEGER REFERENCES changes (id) ON DELETE SET NULL;
CREATE INDEX changes_due ON changes (due_at) WHERE due_at IS NOT NULL AND state = 'pending';
