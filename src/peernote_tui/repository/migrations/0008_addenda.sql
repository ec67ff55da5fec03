-- What is added to a signed note: one canonical text each, as the notes themselves, and as frozen.
CREATE TABLE addenda (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    note_id TEXT NOT NULL REFERENCES notes (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    document TEXT NOT NULL,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL,
    public_key TEXT NOT NULL,
    kind TEXT GENERATED ALWAYS AS (document ->> '$.kind') STORED,
    signed_at TEXT GENERATED ALWAYS AS (document ->> '$.signed_at') STORED
) STRICT;

CREATE INDEX addenda_by_note ON addenda (note_id, sequence);
CREATE INDEX addenda_by_participant ON addenda (participant_id, signed_at DESC);

CREATE TRIGGER addenda_stay BEFORE UPDATE ON addenda
WHEN NOT (
    EXISTS (SELECT 1 FROM erasures WHERE participant_id = old.participant_id)
    AND old.document <> '{}'
    AND new.document IS '{}' AND new.salt IS ''
    AND new.sequence IS old.sequence AND new.id IS old.id AND new.note_id IS old.note_id
    AND new.participant_id IS old.participant_id
    AND new.hash IS old.hash AND new.signature IS old.signature AND new.public_key IS old.public_key
) BEGIN
    SELECT RAISE(ABORT, 'frozen: what was added to a signed note never changes');
END;
CREATE TRIGGER addenda_are_kept BEFORE DELETE ON addenda BEGIN
    SELECT RAISE(ABORT, 'frozen: what was added to a signed note is never removed');
END;
CREATE TRIGGER addenda_are_not_replaced BEFORE INSERT ON addenda
WHEN EXISTS (SELECT 1 FROM addenda WHERE id = new.id OR sequence = new.sequence) BEGIN
    SELECT RAISE(ABORT, 'frozen: what was added to a signed note is never replaced');
END;
CREATE TRIGGER erased_records_get_no_addenda BEFORE INSERT ON addenda
WHEN EXISTS (SELECT 1 FROM erasures WHERE participant_id = new.participant_id) BEGIN
    SELECT RAISE(ABORT, 'frozen: an erased record stays empty');
END;

-- A draft may be of something that is added to a signed note: which note, what kind, and what was typed so far.
ALTER TABLE drafts ADD COLUMN amendment TEXT;

CREATE VIEW addendum_texts AS
SELECT
    sequence,
    (document ->> '$.text') || ' ' || (document ->> '$.reason') || ' '
    || coalesce((SELECT group_concat(value, ' · ') FROM json_tree(document, '$.content') WHERE type = 'text'), '')
    AS words
FROM addenda;

CREATE VIRTUAL TABLE addenda_fts USING fts5 (
    words,
    content = 'addendum_texts', content_rowid = 'sequence',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER addenda_are_indexed AFTER INSERT ON addenda BEGIN
    INSERT INTO addenda_fts (rowid, words) SELECT sequence, words FROM addendum_texts WHERE sequence = new.sequence;
END;

-- Answers to a template's own fields are found by their words too.
DROP TRIGGER notes_are_indexed;
DROP TABLE notes_fts;
DROP VIEW note_texts;

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
    document ->> '$.content.place' AS place,
    (SELECT group_concat(value, ' · ') FROM json_tree(document, '$.content.custom') WHERE type = 'text') AS custom
FROM notes;

CREATE VIRTUAL TABLE notes_fts USING fts5 (
    concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed, reviewed,
    next_topics, plan, referrals, place, custom,
    content = 'note_texts', content_rowid = 'sequence',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER notes_are_indexed AFTER INSERT ON notes BEGIN
    INSERT INTO notes_fts (
        rowid, concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed,
        reviewed, next_topics, plan, referrals, place, custom
    )
    SELECT
        sequence, concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed,
        reviewed, next_topics, plan, referrals, place, custom
    FROM note_texts WHERE sequence = new.sequence;
END;

INSERT INTO notes_fts (
    rowid, concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed, reviewed,
    next_topics, plan, referrals, place, custom
)
SELECT
    sequence, concern_tags, concerns, summary, techniques, response, own_words, strengths, reason, agreed, reviewed,
    next_topics, plan, referrals, place, custom
FROM note_texts WHERE sequence IN (SELECT sequence FROM notes WHERE signed_at IS NOT NULL);
