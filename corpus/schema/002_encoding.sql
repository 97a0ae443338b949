-- How the original was read, e.g. tcvn3; empty where it was Unicode as it stood. The second column
-- is 1 where a person said so, which outlives reading the original again.
ALTER TABLE revisions ADD COLUMN encoding TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN encoding_given INTEGER NOT NULL DEFAULT 0;
