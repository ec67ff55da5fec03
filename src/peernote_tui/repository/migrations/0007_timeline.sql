-- A participant's page tells all that was planned and handed on, in one stream.
CREATE INDEX follow_ups_by_participant ON follow_ups (participant_id);
CREATE INDEX audit_shared ON audit (subject) WHERE action IN ('note.exported', 'note.copied');
