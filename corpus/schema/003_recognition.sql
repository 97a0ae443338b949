-- Pages whose text was read from their image, and how sure the recogniser was of the words on them
-- (0 to 100).
ALTER TABLE revisions ADD COLUMN recognised_pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN recognised_confidence INTEGER NOT NULL DEFAULT 0;

-- Files with pages that are images and wait to be read.
CREATE TABLE unread_files (
  hash TEXT PRIMARY KEY,            -- of root and path
  root TEXT NOT NULL,
  path TEXT NOT NULL,
  pages BIGINT NOT NULL,
  queued_at TEXT NOT NULL
);

-- Files of a run that were put there.
ALTER TABLE runs ADD COLUMN unread BIGINT NOT NULL DEFAULT 0;
