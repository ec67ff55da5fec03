-- Templates of an agency's own, each version as the file it came as. A note opens in its version for ever, so none changes.
CREATE TABLE templates (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    template TEXT NOT NULL,
    version INTEGER NOT NULL,
    file TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    salt TEXT NOT NULL,
    UNIQUE (template, version)
) STRICT;

CREATE TRIGGER templates_stay BEFORE UPDATE ON templates BEGIN
    SELECT RAISE(ABORT, 'frozen: a template''s version never changes');
END;
CREATE TRIGGER templates_are_kept BEFORE DELETE ON templates BEGIN
    SELECT RAISE(ABORT, 'frozen: a template''s version is never removed');
END;
CREATE TRIGGER templates_are_not_replaced BEFORE INSERT ON templates
WHEN EXISTS (
    SELECT 1 FROM templates
    WHERE id = new.id OR sequence = new.sequence OR (template = new.template AND version = new.version)
) BEGIN
    SELECT RAISE(ABORT, 'frozen: a template''s version is never replaced');
END;
