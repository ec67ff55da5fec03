-- Drafts that were put aside are few among many: listed, and removed when their time is over, without a look at the rest.
CREATE INDEX drafts_aside ON drafts (discarded_at) WHERE discarded_at IS NOT NULL;
