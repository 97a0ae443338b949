-- 1 where a document was taken out because its files were gone. It comes back with them, unlike
-- what a person took out.
ALTER TABLE documents ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

-- Folders that nhanrong sync keeps in step with.
CREATE TABLE folders (
  hash TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  added_at TEXT NOT NULL
);
