-- What left the vault, to whom, what for, and what that rests on.
CREATE TABLE disclosures (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    document TEXT NOT NULL,
    salt TEXT NOT NULL,
    at TEXT GENERATED ALWAYS AS (document ->> '$.at') STORED
) STRICT;

CREATE INDEX disclosures_by_participant ON disclosures (participant_id, sequence);
CREATE INDEX disclosures_newest ON disclosures (at);

-- As with notes: a row of somebody whose record is erased may lose its words, once and to the empty form alone.
CREATE TRIGGER disclosures_stay BEFORE UPDATE ON disclosures
WHEN NOT (
    EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.participant_id)
    AND old.document <> '{}'
    AND new.document IS '{}' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.participant_id IS old.participant_id
) BEGIN
    SELECT RAISE(ABORT, 'frozen: the account of disclosures never changes');
END;
CREATE TRIGGER disclosures_are_kept BEFORE DELETE ON disclosures BEGIN
    SELECT RAISE(ABORT, 'frozen: the account of disclosures is never shortened');
END;
CREATE TRIGGER disclosures_are_not_replaced BEFORE INSERT ON disclosures
WHEN EXISTS (SELECT 1 FROM disclosures WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: the account of disclosures is never replaced');
END;
