-- What a participant's page holds beside the first columns: one JSON value in the form of the model.
ALTER TABLE participants ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE participants ADD COLUMN part2 TEXT NOT NULL DEFAULT '';
ALTER TABLE participants ADD COLUMN pinned_at TEXT;
ALTER TABLE participants ADD COLUMN archive_reason TEXT NOT NULL DEFAULT '';
-- The record that this one became part of. No other row moves: whoever asks for a participant asks for both.
ALTER TABLE participants ADD COLUMN merged_into TEXT REFERENCES participants (id);

CREATE INDEX participants_merged ON participants (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX participants_pinned ON participants (pinned_at) WHERE pinned_at IS NOT NULL;

-- What a record was before each change, so that a change can be read and taken back.
CREATE TABLE participant_changes (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    kind TEXT NOT NULL,
    fields TEXT NOT NULL,
    document TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;

CREATE INDEX participant_changes_by_participant ON participant_changes (participant_id);

-- Two records of which somebody said that they are not the same person; the smaller id stands first.
CREATE TABLE distinct_people (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    other_id TEXT NOT NULL REFERENCES participants (id),
    UNIQUE (participant_id, other_id)
) STRICT;

CREATE INDEX distinct_people_other ON distinct_people (other_id);

-- What a consent says beside the first columns: recipient, purpose, who gave it. Rows from before have '{}', which is
-- no part of their hash.
ALTER TABLE consents ADD COLUMN details TEXT NOT NULL DEFAULT '{}';

CREATE INDEX consents_ending ON consents (expires_on, participant_id) WHERE expires_on IS NOT NULL;

DROP TRIGGER consents_stay;
CREATE TRIGGER consents_stay BEFORE UPDATE ON consents
WHEN NOT (
    EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.participant_id)
    AND new.remark IS '' AND new.details IS '{}' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.participant_id IS old.participant_id
    AND new.scope IS old.scope AND new.event IS old.event AND new.how IS old.how
    AND new.starts_on IS old.starts_on AND new.expires_on IS old.expires_on
    AND new.recorded_at IS old.recorded_at AND new.recorded_by IS old.recorded_by
) BEGIN
    SELECT RAISE(ABORT, 'frozen: consent history never changes');
END;

CREATE TRIGGER participant_changes_stay BEFORE UPDATE ON participant_changes
WHEN NOT (
    EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.participant_id)
    AND new.document IS '{}' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.participant_id IS old.participant_id
    AND new.kind IS old.kind AND new.fields IS old.fields AND new.at IS old.at AND new.by IS old.by
) BEGIN
    SELECT RAISE(ABORT, 'frozen: the history of a participant never changes');
END;
CREATE TRIGGER participant_changes_are_kept BEFORE DELETE ON participant_changes BEGIN
    SELECT RAISE(ABORT, 'frozen: the history of a participant is never removed');
END;
CREATE TRIGGER participant_changes_are_not_replaced BEFORE INSERT ON participant_changes
WHEN EXISTS (SELECT 1 FROM participant_changes WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: the history of a participant is never replaced');
END;
