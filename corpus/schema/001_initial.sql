-- The catalogue, for SQLite and PostgreSQL alike; docs/catalogue.md explains it. On SQLite BIGINT
-- is read as INTEGER, so that keys are row ids, and tables with other keys are WITHOUT ROWID. Flags are 0 or 1, times are UTC text
-- (2026-11-23T01.15.00Z with colons), hashes hexadecimal. Statements end with a semicolon at the
-- end of a line, and no colon may stand anywhere since it would begin a parameter.

CREATE TABLE schema_version (version INTEGER NOT NULL);

-- Last number given out. Every writer first locks the row 'change'.
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counters (name, value)
VALUES ('change', 0), ('document', 0), ('revision', 0), ('run', 0);

CREATE TABLE documents (
  key BIGINT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  id_given INTEGER NOT NULL,        -- 0 for an id made of the text
  current_revision BIGINT NOT NULL, -- key; 0 after a purge
  last_number INTEGER NOT NULL,     -- number of the newest revision
  text_hash TEXT NOT NULL,          -- of the current text
  given_hash TEXT NOT NULL,         -- of given values, collection and flags
  collection TEXT NOT NULL,
  visibility TEXT NOT NULL,         -- public or internal
  illustration INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  removed_at TEXT NOT NULL          -- empty while the document is live
);
CREATE INDEX documents_by_text ON documents (text_hash);
CREATE INDEX documents_by_removal ON documents (removed_at, illustration);

CREATE TABLE revisions (
  key BIGINT PRIMARY KEY,
  document BIGINT NOT NULL REFERENCES documents (key),
  number INTEGER NOT NULL,          -- from 1 within the document
  content_hash TEXT NOT NULL,       -- of text and all that was derived
  extractor INTEGER NOT NULL,       -- versions of the rules
  normaliser INTEGER NOT NULL,
  understanding INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  derived TEXT NOT NULL,            -- JSON object, keys of the record
  blocks TEXT NOT NULL,             -- JSON [[kind, level, start, end], ...]
  text TEXT NOT NULL,
  UNIQUE (document, number)
);

CREATE TABLE passages (
  revision BIGINT NOT NULL REFERENCES revisions (key),
  ordinal INTEGER NOT NULL,
  anchor TEXT NOT NULL,
  roles TEXT NOT NULL,              -- ids, parted by blanks, the main one first
  start_byte BIGINT NOT NULL,
  end_byte BIGINT NOT NULL,
  PRIMARY KEY (revision, ordinal)
);

CREATE TABLE evidence (
  revision BIGINT NOT NULL REFERENCES revisions (key),
  ordinal INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  origin TEXT NOT NULL,
  start_byte BIGINT NOT NULL,
  end_byte BIGINT NOT NULL,
  PRIMARY KEY (revision, ordinal)
);

CREATE TABLE document_references (
  revision BIGINT NOT NULL REFERENCES revisions (key),
  ordinal INTEGER NOT NULL,
  number TEXT NOT NULL,             -- of the cited document
  PRIMARY KEY (revision, ordinal)
);

-- Values are JSON. Both tables belong to the document and outlive its revisions.
CREATE TABLE given_values (
  document BIGINT NOT NULL REFERENCES documents (key),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (document, field)
);
CREATE TABLE corrections (
  document BIGINT NOT NULL REFERENCES documents (key),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (document, field)
);

CREATE TABLE files (
  sha256 TEXT PRIMARY KEY,
  size_bytes BIGINT NOT NULL,
  media_type TEXT NOT NULL
);
-- Every file that a document ever came from; the present ones are those that a source names.
CREATE TABLE document_files (
  document BIGINT NOT NULL REFERENCES documents (key),
  sha256 TEXT NOT NULL REFERENCES files (sha256),
  name TEXT NOT NULL,
  PRIMARY KEY (document, sha256)
);
CREATE INDEX document_files_by_file ON document_files (sha256);

-- Paths may be longer than what PostgreSQL takes into an index, hence the hash. It also keeps a
-- purged document out after its paths are overwritten.
CREATE TABLE sources (
  hash TEXT PRIMARY KEY,            -- of root, path and member
  root TEXT NOT NULL,
  path TEXT NOT NULL,
  member TEXT NOT NULL,
  document BIGINT NOT NULL REFERENCES documents (key),
  sha256 TEXT NOT NULL              -- of the file as it was last read
);
CREATE INDEX sources_by_document ON sources (document);

CREATE TABLE changes (
  number BIGINT PRIMARY KEY,
  kind INTEGER NOT NULL,            -- 0 put, 1 delete
  document BIGINT NOT NULL,
  revision BIGINT NOT NULL,         -- 0 for delete
  created_at TEXT NOT NULL
);

CREATE TABLE runs (
  key BIGINT PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,        -- empty while it runs, or if it was killed
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  refused BIGINT NOT NULL
);
CREATE TABLE refusals (
  run BIGINT NOT NULL REFERENCES runs (key),
  ordinal BIGINT NOT NULL,
  path TEXT NOT NULL,
  line BIGINT NOT NULL,
  code TEXT NOT NULL,
  place TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (run, ordinal)
);
