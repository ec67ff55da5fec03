-- A draft remembers the meeting it was begun from, and so does its signature close that one.
ALTER TABLE drafts ADD COLUMN meeting_id TEXT;
CREATE INDEX drafts_of_meeting ON drafts (meeting_id) WHERE meeting_id IS NOT NULL;

-- Who did not come lately is looked up without reading a note.
CREATE INDEX notes_missed ON notes (day, participant_id) WHERE kind = 'no_show';
