CREATE TABLE IF NOT EXISTS identity_link (
  record TEXT NOT NULL,
  other TEXT NOT NULL,
  verdict TEXT NOT NULL,
  decision TEXT NOT NULL,
  weight BIGINT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (record, decision)
);
CREATE INDEX IF NOT EXISTS identity_link_pair ON identity_link (record, other);
CREATE INDEX IF NOT EXISTS identity_link_decision ON identity_link (decision);
CREATE INDEX IF NOT EXISTS identity_link_at ON identity_link (at);
CREATE TABLE IF NOT EXISTS identity_contest (
  record TEXT NOT NULL,
  contest TEXT NOT NULL,
  other TEXT NOT NULL,
  decision TEXT NOT NULL,
  statement TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  answer_reason TEXT NOT NULL,
  PRIMARY KEY (record, contest)
);
CREATE INDEX IF NOT EXISTS identity_contest_contest ON identity_contest (contest);
CREATE INDEX IF NOT EXISTS identity_contest_open ON identity_contest (answer, at);
CREATE TABLE IF NOT EXISTS identity_suspicion (
  suspicion TEXT NOT NULL,
  run TEXT NOT NULL,
  record_a TEXT NOT NULL,
  record_b TEXT NOT NULL,
  verdict TEXT NOT NULL,
  weight BIGINT NOT NULL,
  probability BIGINT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (suspicion)
);
CREATE INDEX IF NOT EXISTS identity_suspicion_pair ON identity_suspicion (record_a, record_b);
CREATE INDEX IF NOT EXISTS identity_suspicion_b ON identity_suspicion (record_b);
CREATE INDEX IF NOT EXISTS identity_suspicion_weight ON identity_suspicion (weight, suspicion);
CREATE TABLE IF NOT EXISTS identity_run (
  run TEXT NOT NULL,
  records BIGINT NOT NULL,
  pairs BIGINT NOT NULL,
  suspected BIGINT NOT NULL,
  threshold BIGINT NOT NULL,
  precision_ppm BIGINT NOT NULL,
  recall_ppm BIGINT NOT NULL,
  complete BIGINT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (run)
);
