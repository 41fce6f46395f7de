CREATE TABLE IF NOT EXISTS rights_hold (
  record TEXT NOT NULL,
  hold TEXT NOT NULL,
  category TEXT NOT NULL,
  owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  until TEXT NOT NULL,
  at TEXT NOT NULL,
  lifted TEXT NOT NULL,
  lifted_by TEXT NOT NULL,
  lift_reason TEXT NOT NULL,
  PRIMARY KEY (record, hold)
);
CREATE INDEX IF NOT EXISTS rights_hold_hold ON rights_hold (hold);
CREATE INDEX IF NOT EXISTS rights_hold_open ON rights_hold (lifted, category, at);
CREATE TABLE IF NOT EXISTS rights_finding (
  record TEXT NOT NULL,
  finding TEXT NOT NULL,
  country TEXT NOT NULL,
  basis TEXT NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  finder TEXT NOT NULL,
  at TEXT NOT NULL,
  unfounded_by TEXT NOT NULL,
  closed TEXT NOT NULL,
  PRIMARY KEY (record, finding)
);
CREATE INDEX IF NOT EXISTS rights_finding_finding ON rights_finding (finding);
CREATE INDEX IF NOT EXISTS rights_finding_status ON rights_finding (status, country, at);
CREATE TABLE IF NOT EXISTS rights_fitness (
  record TEXT NOT NULL,
  fit TEXT NOT NULL,
  escort TEXT NOT NULL,
  until TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record)
);
CREATE TABLE IF NOT EXISTS rights_protection (
  record TEXT NOT NULL,
  what TEXT NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record, what, name)
);
CREATE TABLE IF NOT EXISTS rights_appeal (
  record TEXT NOT NULL,
  appeal TEXT NOT NULL,
  suspensive BIGINT NOT NULL,
  against TEXT NOT NULL,
  at TEXT NOT NULL,
  waived TEXT NOT NULL,
  outcome TEXT NOT NULL,
  decided TEXT NOT NULL,
  PRIMARY KEY (record, appeal)
);
CREATE INDEX IF NOT EXISTS rights_appeal_appeal ON rights_appeal (appeal);
CREATE TABLE IF NOT EXISTS rights_split (
  record TEXT NOT NULL,
  household TEXT NOT NULL,
  destination TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (record, household, destination)
);
CREATE TABLE IF NOT EXISTS rights_refusal (
  record TEXT NOT NULL,
  at TEXT NOT NULL,
  stage TEXT NOT NULL,
  rule TEXT NOT NULL,
  source TEXT NOT NULL,
  says TEXT NOT NULL,
  opens TEXT NOT NULL,
  destination TEXT NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS rights_refusal_record ON rights_refusal (record, at);
CREATE INDEX IF NOT EXISTS rights_refusal_rule ON rights_refusal (rule, at);
CREATE INDEX IF NOT EXISTS rights_refusal_at ON rights_refusal (at);
