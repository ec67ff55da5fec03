-- What an action item says beside who and by when; `change` holds what an event changed beside the status, as JSON.
ALTER TABLE action_items ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE action_items ADD COLUMN confidence INTEGER;
ALTER TABLE action_items ADD COLUMN repeats TEXT NOT NULL DEFAULT '';
ALTER TABLE action_items ADD COLUMN born_from TEXT REFERENCES action_items (id);
ALTER TABLE action_items ADD COLUMN referral TEXT NOT NULL DEFAULT '';
ALTER TABLE action_events ADD COLUMN change TEXT NOT NULL DEFAULT '';

-- Closing an action item that recurs never makes two of the next one.
CREATE UNIQUE INDEX action_items_born ON action_items (born_from) WHERE born_from IS NOT NULL;

-- A planned contact ends with a note, or because it will not take place.
ALTER TABLE follow_ups ADD COLUMN mode TEXT;
ALTER TABLE follow_ups ADD COLUMN cancelled_at TEXT;
ALTER TABLE follow_ups ADD COLUMN reason TEXT NOT NULL DEFAULT '';
DROP INDEX follow_ups_open;
DROP INDEX follow_ups_open_of;
CREATE INDEX follow_ups_open ON follow_ups (day) WHERE closed_by_note_id IS NULL AND cancelled_at IS NULL;
CREATE INDEX follow_ups_open_of ON follow_ups (participant_id, day)
WHERE closed_by_note_id IS NULL AND cancelled_at IS NULL;

DROP TRIGGER action_events_stay;
CREATE TRIGGER action_events_stay BEFORE UPDATE ON action_events
WHEN NOT (
    EXISTS (
        SELECT 1 FROM erasures JOIN action_items ON action_items.participant_id = erasures.participant_id
        WHERE action_items.id = old.action_id
    )
    AND new.words IS '' AND new.change IS '' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.action_id IS old.action_id
    AND new.status IS old.status AND new.note_id IS old.note_id AND new.at IS old.at AND new.by IS old.by
) BEGIN
    SELECT RAISE(ABORT, 'frozen: action history never changes');
END;
