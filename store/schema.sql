CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS logs (
  office TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  last_time BIGINT NOT NULL,
  checkpoint BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS entries (
  office TEXT NOT NULL,
  position BIGINT NOT NULL,
  time BIGINT NOT NULL,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  after TEXT NOT NULL,
  sealed BIGINT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (office, position)
);
CREATE INDEX IF NOT EXISTS entries_subject ON entries (subject);
CREATE TABLE IF NOT EXISTS nodes (
  office TEXT NOT NULL,
  level BIGINT NOT NULL,
  n BIGINT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (office, level, n)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subjects (
  subject TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  entries BIGINT NOT NULL,
  heads TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS subject_keys (
  subject TEXT NOT NULL,
  office TEXT NOT NULL,
  wrapped BLOB NOT NULL,
  PRIMARY KEY (subject, office)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claims (
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (subject, name)
);
CREATE TABLE IF NOT EXISTS claim_limits (
  name TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  amount BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS claim_limits_subject ON claim_limits (subject);
CREATE TABLE IF NOT EXISTS claim_totals (
  name TEXT PRIMARY KEY,
  total BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS attachments (
  digest TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  body BLOB NOT NULL
);
