CREATE TABLE IF NOT EXISTS people_record (
  record TEXT NOT NULL,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  birth TEXT NOT NULL,
  sex TEXT NOT NULL,
  nationality TEXT NOT NULL,
  birth_place TEXT NOT NULL,
  languages TEXT NOT NULL,
  occupation TEXT NOT NULL,
  site TEXT NOT NULL,
  arrived TEXT NOT NULL,
  needs TEXT NOT NULL,
  dead BIGINT NOT NULL,
  sensitive BIGINT NOT NULL,
  registered TEXT NOT NULL,
  office TEXT NOT NULL,
  import TEXT NOT NULL,
  row_no BIGINT NOT NULL,
  listed TEXT NOT NULL,
  PRIMARY KEY (record)
);
CREATE INDEX IF NOT EXISTS people_record_number ON people_record (number);
CREATE INDEX IF NOT EXISTS people_record_import ON people_record (import, listed);
CREATE TABLE IF NOT EXISTS people_key (
  record TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (record, key)
);
CREATE INDEX IF NOT EXISTS people_key_key ON people_key (key, record);
CREATE TABLE IF NOT EXISTS people_consent (
  record TEXT NOT NULL,
  purpose TEXT NOT NULL,
  destination TEXT NOT NULL,
  language TEXT NOT NULL,
  by_representative BIGINT NOT NULL,
  given TEXT NOT NULL,
  withdrawn TEXT NOT NULL,
  PRIMARY KEY (record, purpose, destination)
);
CREATE TABLE IF NOT EXISTS people_document (
  record TEXT NOT NULL,
  type TEXT NOT NULL,
  number_index TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS people_document_record ON people_document (record);
CREATE INDEX IF NOT EXISTS people_document_index ON people_document (number_index);
CREATE TABLE IF NOT EXISTS people_household (
  household TEXT NOT NULL,
  number TEXT NOT NULL,
  site TEXT NOT NULL,
  size BIGINT NOT NULL,
  PRIMARY KEY (household)
);
CREATE INDEX IF NOT EXISTS people_household_number ON people_household (number);
CREATE TABLE IF NOT EXISTS people_member (
  household TEXT NOT NULL,
  record TEXT NOT NULL,
  relation TEXT NOT NULL,
  head BIGINT NOT NULL,
  PRIMARY KEY (household, record)
);
CREATE INDEX IF NOT EXISTS people_member_record ON people_member (record);
CREATE TABLE IF NOT EXISTS people_wish (
  household TEXT NOT NULL,
  rank BIGINT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (household, rank)
);
CREATE TABLE IF NOT EXISTS people_opening (
  opening TEXT NOT NULL,
  record TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (opening)
);
CREATE INDEX IF NOT EXISTS people_opening_record ON people_opening (record, at);
CREATE TABLE IF NOT EXISTS people_importing (
  importing TEXT NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  site TEXT NOT NULL,
  people BIGINT NOT NULL,
  households BIGINT NOT NULL,
  consents BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (importing)
);
CREATE INDEX IF NOT EXISTS people_importing_digest ON people_importing (digest);
