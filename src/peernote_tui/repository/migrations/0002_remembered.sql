-- What the program keeps for itself between two runs, encrypted with the rest: where a person was, which folder
-- takes backups. One JSON value by name.
CREATE TABLE remembered (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;
