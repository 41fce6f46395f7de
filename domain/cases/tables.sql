CREATE TABLE IF NOT EXISTS cases_case (
  case_id TEXT NOT NULL,
  number TEXT NOT NULL,
  household TEXT NOT NULL,
  pathway TEXT NOT NULL,
  origin TEXT NOT NULL,
  stage TEXT NOT NULL,
  next TEXT NOT NULL,
  due TEXT NOT NULL,
  opened TEXT NOT NULL,
  people BIGINT NOT NULL,
  closed TEXT NOT NULL,
  priority BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  PRIMARY KEY (case_id)
);
CREATE INDEX IF NOT EXISTS cases_case_household ON cases_case (household);
CREATE INDEX IF NOT EXISTS cases_case_number ON cases_case (number);
CREATE INDEX IF NOT EXISTS cases_case_stage ON cases_case (stage, next, case_id);
CREATE TABLE IF NOT EXISTS cases_member (
  case_id TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (case_id, record)
);
CREATE INDEX IF NOT EXISTS cases_member_record ON cases_member (record, case_id);
CREATE TABLE IF NOT EXISTS cases_wish (
  case_id TEXT NOT NULL,
  rank BIGINT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (case_id, rank)
);
