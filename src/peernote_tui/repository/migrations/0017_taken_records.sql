-- A record that was taken in from a file. `placed` says of rows that did not come in in the order of time when they
-- belong, as JSON: by the id of a consent, a change of an action item, an addendum or a disclosure, an instant.
CREATE TABLE taken_records (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    placed TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;

CREATE INDEX taken_records_by_participant ON taken_records (participant_id);
-- Asked for with every history; nearly always there is none.
CREATE INDEX taken_records_placed ON taken_records (placed) WHERE placed <> '{}';

CREATE TRIGGER taken_records_stay BEFORE UPDATE ON taken_records BEGIN
    SELECT RAISE(ABORT, 'frozen: what was taken in never changes');
END;
CREATE TRIGGER taken_records_are_kept BEFORE DELETE ON taken_records BEGIN
    SELECT RAISE(ABORT, 'frozen: what was taken in is never removed');
END;
CREATE TRIGGER taken_records_are_not_replaced BEFORE INSERT ON taken_records
WHEN EXISTS (SELECT 1 FROM taken_records WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: what was taken in is never replaced');
END;
