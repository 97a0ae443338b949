-- Personal data in the text of a revision. The text is stored as it was read; the mask is laid where
-- it is loaded.
CREATE TABLE personal_ranges (
  revision BIGINT NOT NULL REFERENCES revisions (key),
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start_byte BIGINT NOT NULL,
  end_byte BIGINT NOT NULL,
  PRIMARY KEY (revision, ordinal)
);

-- Version of the rules that looked for it; 0 where none did.
ALTER TABLE revisions ADD COLUMN personal_rules INTEGER NOT NULL DEFAULT 0;
CREATE INDEX revisions_by_personal_rules ON revisions (personal_rules);

-- Documents whose mask the administrator lifted. Outlives revisions.
CREATE TABLE lifted_masks (
  document BIGINT PRIMARY KEY REFERENCES documents (key),
  author TEXT NOT NULL,
  lifted_at TEXT NOT NULL
);
