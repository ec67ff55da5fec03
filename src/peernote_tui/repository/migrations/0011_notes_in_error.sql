-- Which notes were written in error and which were corrected is asked by every list; these two know without reading one.
CREATE INDEX addenda_in_error ON addenda (note_id) WHERE kind = 'in_error';
CREATE INDEX addenda_corrections ON addenda (note_id, sequence) WHERE kind = 'correction';
