-- Rule packs of an agency's own, each version as the file it came as. A note remembers the version it was signed under,
-- so none changes.
CREATE TABLE rule_packs (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    version INTEGER NOT NULL,
    file TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    salt TEXT NOT NULL,
    UNIQUE (pack, version)
) STRICT;

CREATE TRIGGER rule_packs_stay BEFORE UPDATE ON rule_packs BEGIN
    SELECT RAISE(ABORT, 'frozen: a rule pack''s version never changes');
END;
CREATE TRIGGER rule_packs_are_kept BEFORE DELETE ON rule_packs BEGIN
    SELECT RAISE(ABORT, 'frozen: a rule pack''s version is never removed');
END;
CREATE TRIGGER rule_packs_are_not_replaced BEFORE INSERT ON rule_packs
WHEN EXISTS (
    SELECT 1 FROM rule_packs
    WHERE id = new.id OR sequence = new.sequence OR (pack = new.pack AND version = new.version)
) BEGIN
    SELECT RAISE(ABORT, 'frozen: a rule pack''s version is never replaced');
END;
