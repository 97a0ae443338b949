-- Documents that are near copies of each other have one family, which is the key of the first of
-- them; 0 stands for a document alone.
ALTER TABLE documents ADD COLUMN family BIGINT NOT NULL DEFAULT 0;
CREATE INDEX documents_by_family ON documents (family);

-- MinHash of the current text, sixty numbers of eight hexadecimal digits, and the bands of it.
CREATE TABLE min_hashes (
  document BIGINT PRIMARY KEY REFERENCES documents (key),
  hash TEXT NOT NULL
);
CREATE TABLE min_hash_bands (
  band BIGINT NOT NULL,
  document BIGINT NOT NULL REFERENCES documents (key),
  PRIMARY KEY (band, document)
);
CREATE INDEX min_hash_bands_by_document ON min_hash_bands (document);
