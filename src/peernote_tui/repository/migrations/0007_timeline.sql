-- A participant's page tells all that was planned and handed on, in one stream.
CREATE INDEX follow_ups_by_participant ON follow_ups (participant_id);
CREATE INDEX audit_shared ON audit (subject) WHERE action IN ('note.exported', 'note.copied');
-- Which of hundreds of action items changed last is told without reading one of them.
CREATE INDEX action_items_of ON action_items (participant_id, id);
CREATE INDEX action_events_told ON action_events (action_id, at, id);
