CREATE TABLE authors (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    credential TEXT NOT NULL DEFAULT '',
    public_key TEXT NOT NULL,
    secret_key TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE participants (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    legal_name TEXT NOT NULL DEFAULT '',
    pronouns TEXT NOT NULL DEFAULT '',
    born TEXT NOT NULL DEFAULT '',
    birth_precision TEXT,
    external_id TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    archived_at TEXT
) STRICT;

CREATE UNIQUE INDEX participants_by_external_id ON participants (external_id) WHERE external_id <> '';
CREATE INDEX participants_recent ON participants (touched_at DESC);

CREATE TABLE consents (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    scope TEXT NOT NULL,
    event TEXT NOT NULL,
    how TEXT,
    starts_on TEXT NOT NULL,
    expires_on TEXT,
    remark TEXT NOT NULL DEFAULT '',
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL
) STRICT;

CREATE INDEX consents_by_participant ON consents (participant_id);

CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    template TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    zone TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL,
    typed TEXT NOT NULL,
    step INTEGER NOT NULL,
    begun_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    discarded_at TEXT
) STRICT;

CREATE INDEX drafts_by_participant ON drafts (participant_id);

-- A signed note is one canonical text; every column beside it is derived from it and cannot disagree.
CREATE TABLE notes (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    document TEXT NOT NULL,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL,
    public_key TEXT NOT NULL,
    day TEXT GENERATED ALWAYS AS (document ->> '$.content.day') STORED,
    start TEXT GENERATED ALWAYS AS (document ->> '$.content.start') STORED,
    signed_at TEXT GENERATED ALWAYS AS (document ->> '$.signed_at') STORED,
    kind TEXT GENERATED ALWAYS AS (document ->> '$.content.kind') STORED,
    rating INTEGER GENERATED ALWAYS AS (document ->> '$.content.rating') STORED
) STRICT;

CREATE INDEX notes_newest ON notes (day DESC, start DESC, sequence DESC);
CREATE INDEX notes_by_participant ON notes (participant_id, day DESC, start DESC, sequence DESC);
CREATE INDEX notes_by_signing ON notes (signed_at);

CREATE TABLE action_items (
    id TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    note_id TEXT REFERENCES notes (id),
    text TEXT NOT NULL,
    owner TEXT NOT NULL,
    owner_name TEXT NOT NULL DEFAULT '',
    due TEXT,
    status TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX action_items_by_participant ON action_items (participant_id);
CREATE INDEX action_items_open_by_due ON action_items (due) WHERE status IN ('open', 'partly', 'not_yet');
CREATE INDEX action_items_closed ON action_items (changed_at DESC) WHERE status IN ('done', 'changed', 'dropped');

CREATE TABLE action_events (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action_id TEXT NOT NULL REFERENCES action_items (id),
    status TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    note_id TEXT REFERENCES notes (id),
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE INDEX action_events_by_action ON action_events (action_id);

CREATE TABLE follow_ups (
    id TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    note_id TEXT REFERENCES notes (id),
    day TEXT NOT NULL,
    at TEXT,
    place TEXT NOT NULL DEFAULT '',
    topics TEXT NOT NULL DEFAULT '',
    closed_by_note_id TEXT REFERENCES notes (id),
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX follow_ups_open ON follow_ups (day) WHERE closed_by_note_id IS NULL;
CREATE INDEX follow_ups_open_of ON follow_ups (participant_id, day) WHERE closed_by_note_id IS NULL;

CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_subject ON audit (subject);

CREATE VIEW note_texts AS
SELECT
    sequence,
    (SELECT group_concat(value, ', ') FROM json_each(document, '$.content.concern_tags')) AS concern_tags,
    document ->> '$.content.concerns' AS concerns,
    document ->> '$.content.summary' AS summary,
    (SELECT group_concat(value, ', ') FROM json_each(document, '$.content.techniques')) AS techniques,
    document ->> '$.content.response' AS response,
    document ->> '$.content.own_words' AS own_words,
    document ->> '$.content.strengths' AS strengths,
    document ->> '$.content.reason' AS reason,
    (SELECT group_concat(value ->> '$.text', '; ') FROM json_each(document, '$.content.agreed_actions')) AS agreed,
    (SELECT group_concat((value ->> '$.text') || ' ' || (value ->> '$.words'), '; ')
     FROM json_each(document, '$.content.action_reviews')) AS reviewed,
    document ->> '$.content.next_topics' AS next_topics,
    document ->> '$.content.plan' AS plan,
    document ->> '$.content.referrals' AS referrals,
    document ->> '$.content.place' AS place
FROM notes;

CREATE VIRTUAL TABLE notes_fts USING fts5 (
    concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed, reviewed,
    next_topics, plan, referrals, place,
    content = 'note_texts', content_rowid = 'sequence',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER notes_are_indexed AFTER INSERT ON notes BEGIN
    INSERT INTO notes_fts (
        rowid, concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed,
        reviewed, next_topics, plan, referrals, place
    )
    SELECT
        sequence, concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed,
        reviewed, next_topics, plan, referrals, place
    FROM note_texts WHERE sequence = new.sequence;
END;

-- What is only ever inserted. The insert triggers catch REPLACE, which skips delete triggers on connections
-- that did not switch recursive triggers on.
CREATE TRIGGER notes_stay BEFORE UPDATE ON notes BEGIN
    SELECT RAISE(ABORT, 'frozen: a signed note never changes');
END;
CREATE TRIGGER notes_are_kept BEFORE DELETE ON notes BEGIN
    SELECT RAISE(ABORT, 'frozen: a signed note is never removed');
END;
CREATE TRIGGER notes_are_not_replaced BEFORE INSERT ON notes
WHEN EXISTS (SELECT 1 FROM notes WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: a signed note is never replaced');
END;

CREATE TRIGGER consents_stay BEFORE UPDATE ON consents BEGIN
    SELECT RAISE(ABORT, 'frozen: consent history never changes');
END;
CREATE TRIGGER consents_are_kept BEFORE DELETE ON consents BEGIN
    SELECT RAISE(ABORT, 'frozen: consent history is never removed');
END;
CREATE TRIGGER consents_are_not_replaced BEFORE INSERT ON consents
WHEN EXISTS (SELECT 1 FROM consents WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: consent history is never replaced');
END;

CREATE TRIGGER action_events_stay BEFORE UPDATE ON action_events BEGIN
    SELECT RAISE(ABORT, 'frozen: action history never changes');
END;
CREATE TRIGGER action_events_are_kept BEFORE DELETE ON action_events BEGIN
    SELECT RAISE(ABORT, 'frozen: action history is never removed');
END;
CREATE TRIGGER action_events_are_not_replaced BEFORE INSERT ON action_events
WHEN EXISTS (SELECT 1 FROM action_events WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: action history is never replaced');
END;

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'frozen: the log never changes');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'frozen: the log is never shortened');
END;
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: the log is never replaced');
END;
