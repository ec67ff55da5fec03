-- What lists leave out though the history keeps it: the next one of a series whose closing was taken back, and what
-- was erased.
ALTER TABLE action_items ADD COLUMN unlisted INTEGER NOT NULL DEFAULT 0;
UPDATE action_items SET unlisted = 1
WHERE participant_id IN (SELECT id FROM participants WHERE erased_at IS NOT NULL);

-- Pages of a list are read from their index, in the order in which they are shown.
DROP INDEX action_items_open_by_due;
CREATE INDEX action_items_open_by_due ON action_items (due, created_at, id)
WHERE status IN ('open', 'partly', 'not_yet');
DROP INDEX action_items_closed;
CREATE INDEX action_items_closed ON action_items (changed_at DESC, id DESC)
WHERE status IN ('done', 'changed', 'dropped') AND unlisted = 0;
