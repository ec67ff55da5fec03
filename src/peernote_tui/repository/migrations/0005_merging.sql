-- Two records became one, or two again. No other row moves; `moved` has the ids of records that were part of the one
-- that is merged, and are part of the kept one from then on.
CREATE TABLE merges (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    merged_id TEXT NOT NULL REFERENCES participants (id),
    event TEXT NOT NULL,
    moved TEXT NOT NULL,
    change_id TEXT REFERENCES participant_changes (id),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;

CREATE INDEX merges_by_participant ON merges (participant_id);
CREATE INDEX merges_by_merged ON merges (merged_id);

CREATE TRIGGER merges_stay BEFORE UPDATE ON merges BEGIN
    SELECT RAISE(ABORT, 'frozen: a merge never changes');
END;
CREATE TRIGGER merges_are_kept BEFORE DELETE ON merges BEGIN
    SELECT RAISE(ABORT, 'frozen: a merge is never removed');
END;
CREATE TRIGGER merges_are_not_replaced BEFORE INSERT ON merges
WHEN EXISTS (SELECT 1 FROM merges WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: a merge is never replaced');
END;

-- A record that became part of another keeps its ID, and the other may have taken it over.
DROP INDEX participants_by_external_id;
CREATE UNIQUE INDEX participants_by_external_id ON participants (external_id)
WHERE external_id <> '' AND merged_into IS NULL;
