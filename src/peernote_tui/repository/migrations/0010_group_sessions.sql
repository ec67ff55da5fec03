-- A group session while it is being written; its lines become drafts, and the row goes when there is nothing left to do.
CREATE TABLE group_sessions (
    id TEXT PRIMARY KEY,
    zone TEXT NOT NULL,
    content TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    discarded_at TEXT
) STRICT;

-- A draft that was signed leaves its group; the last one takes the group's row with it.
CREATE TRIGGER signed_groups_go AFTER DELETE ON drafts BEGIN
    DELETE FROM group_sessions
    WHERE EXISTS (SELECT 1 FROM json_each(content, '$.lines') WHERE value ->> '$.id' = old.id)
    AND NOT EXISTS (
        SELECT 1 FROM json_each(content, '$.lines')
        WHERE value ->> '$.made' = 0 OR value ->> '$.id' IN (SELECT id FROM drafts)
    );
END;

-- The last group is looked up by its day, among whatever number of other notes.
CREATE INDEX notes_of_groups ON notes (day, start) WHERE kind = 'group';
