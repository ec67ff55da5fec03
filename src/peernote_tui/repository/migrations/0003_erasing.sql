-- A legal hold keeps a record from being erased; what an erasure leaves is an id and when.
ALTER TABLE participants ADD COLUMN held_at TEXT;
ALTER TABLE participants ADD COLUMN hold_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE participants ADD COLUMN erased_at TEXT;

-- Random text that goes into the hash which the log keeps of a row, so that the hash tells nothing about the words.
ALTER TABLE consents ADD COLUMN salt TEXT NOT NULL DEFAULT '';
ALTER TABLE action_events ADD COLUMN salt TEXT NOT NULL DEFAULT '';

-- Rows from before have none. The next opening writes into the log how many those are; a new vault has none.
INSERT INTO remembered (name, value, changed_at, changed_by)
SELECT 'schema to be logged', 'true', '', '' WHERE EXISTS (SELECT 1 FROM authors);

CREATE TABLE erasures (
    sequence INTEGER PRIMARY KEY,
    participant_id TEXT NOT NULL UNIQUE REFERENCES participants (id),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE TRIGGER erasures_stay BEFORE UPDATE ON erasures BEGIN
    SELECT RAISE(ABORT, 'frozen: an erasure never changes');
END;
CREATE TRIGGER erasures_are_kept BEFORE DELETE ON erasures BEGIN
    SELECT RAISE(ABORT, 'frozen: an erasure is never taken back');
END;
CREATE TRIGGER erasures_are_not_replaced BEFORE INSERT ON erasures
WHEN EXISTS (
    SELECT 1 FROM erasures WHERE participant_id = new.participant_id OR sequence = new.sequence
) BEGIN
    SELECT RAISE(ABORT, 'frozen: an erasure is never replaced');
END;
CREATE TRIGGER erasures_respect_a_hold BEFORE INSERT ON erasures
WHEN EXISTS (SELECT 1 FROM participants WHERE id = new.participant_id AND held_at IS NOT NULL) BEGIN
    SELECT RAISE(ABORT, 'frozen: a record under legal hold is kept');
END;

-- The one exception: a row of somebody whose record is erased may lose its words, once and to the empty form
-- alone. Whatever identifies the row and seals it has to stay as it was.
DROP TRIGGER notes_stay;
CREATE TRIGGER notes_stay BEFORE UPDATE ON notes
WHEN NOT (
    EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.participant_id)
    AND old.document <> '{}'
    AND new.document IS '{}' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.participant_id IS old.participant_id
    AND new.hash IS old.hash AND new.signature IS old.signature AND new.public_key IS old.public_key
) BEGIN
    SELECT RAISE(ABORT, 'frozen: a signed note never changes');
END;

DROP TRIGGER consents_stay;
CREATE TRIGGER consents_stay BEFORE UPDATE ON consents
WHEN NOT (
    EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.participant_id)
    AND new.remark IS '' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.participant_id IS old.participant_id
    AND new.scope IS old.scope AND new.event IS old.event AND new.how IS old.how
    AND new.starts_on IS old.starts_on AND new.expires_on IS old.expires_on
    AND new.recorded_at IS old.recorded_at AND new.recorded_by IS old.recorded_by
) BEGIN
    SELECT RAISE(ABORT, 'frozen: consent history never changes');
END;

DROP TRIGGER action_events_stay;
CREATE TRIGGER action_events_stay BEFORE UPDATE ON action_events
WHEN NOT (
    EXISTS (
        SELECT 1 FROM erasures JOIN action_items ON action_items.participant_id = erasures.participant_id
        WHERE action_items.id = old.action_id
    )
    AND new.words IS '' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.action_id IS old.action_id
    AND new.status IS old.status AND new.note_id IS old.note_id AND new.at IS old.at AND new.by IS old.by
) BEGIN
    SELECT RAISE(ABORT, 'frozen: action history never changes');
END;

-- What was erased does not come back under the same id, and nothing is added to it.
CREATE TRIGGER erased_participants_stay BEFORE UPDATE ON participants WHEN old.erased_at IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'frozen: an erased record stays empty');
END;
CREATE TRIGGER erased_participants_are_kept BEFORE DELETE ON participants
WHEN EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.id) BEGIN
    SELECT RAISE(ABORT, 'frozen: an erasure is never taken back');
END;
CREATE TRIGGER erased_participants_do_not_return BEFORE INSERT ON participants
WHEN EXISTS (SELECT 1 FROM erasures WHERE participant_id = new.id) BEGIN
    SELECT RAISE(ABORT, 'frozen: an erased record stays empty');
END;
CREATE TRIGGER erased_records_get_no_notes BEFORE INSERT ON notes
WHEN EXISTS (SELECT 1 FROM erasures WHERE participant_id = new.participant_id) BEGIN
    SELECT RAISE(ABORT, 'frozen: an erased record stays empty');
END;
CREATE TRIGGER erased_records_get_no_drafts BEFORE INSERT ON drafts
WHEN EXISTS (SELECT 1 FROM erasures WHERE participant_id = new.participant_id) BEGIN
    SELECT RAISE(ABORT, 'frozen: an erased record stays empty');
END;
