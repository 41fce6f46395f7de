CREATE TABLE IF NOT EXISTS resettlement_place (
  place TEXT NOT NULL,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  locality TEXT NOT NULL,
  languages TEXT NOT NULL,
  services TEXT NOT NULL,
  conditions TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL,
  open BIGINT NOT NULL,
  import TEXT NOT NULL,
  PRIMARY KEY (place)
);
CREATE INDEX IF NOT EXISTS resettlement_place_country ON resettlement_place (country, place);
CREATE INDEX IF NOT EXISTS resettlement_place_import ON resettlement_place (import);
CREATE TABLE IF NOT EXISTS resettlement_capacity (
  place TEXT NOT NULL,
  dimension TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (place, dimension)
);
CREATE TABLE IF NOT EXISTS resettlement_quota (
  quota TEXT NOT NULL,
  country TEXT NOT NULL,
  period TEXT NOT NULL,
  people BIGINT NOT NULL,
  PRIMARY KEY (quota)
);
CREATE TABLE IF NOT EXISTS resettlement_plan (
  plan TEXT NOT NULL,
  value TEXT NOT NULL,
  bound TEXT NOT NULL,
  gap TEXT NOT NULL,
  placed BIGINT NOT NULL,
  unplaced BIGINT NOT NULL,
  people BIGINT NOT NULL,
  status TEXT NOT NULL,
  decided BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (plan)
);
CREATE TABLE IF NOT EXISTS resettlement_placement (
  case_id TEXT NOT NULL,
  place TEXT NOT NULL,
  country TEXT NOT NULL,
  status TEXT NOT NULL,
  plan TEXT NOT NULL,
  score TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  standing BIGINT NOT NULL,
  people BIGINT NOT NULL,
  school BIGINT NOT NULL,
  medical BIGINT NOT NULL,
  large BIGINT NOT NULL,
  PRIMARY KEY (case_id)
);
CREATE INDEX IF NOT EXISTS resettlement_placement_place ON resettlement_placement (place, standing);
CREATE INDEX IF NOT EXISTS resettlement_placement_plan ON resettlement_placement (plan, status);
CREATE INDEX IF NOT EXISTS resettlement_placement_status ON resettlement_placement (status, country);
CREATE TABLE IF NOT EXISTS resettlement_declined (
  case_id TEXT NOT NULL,
  place TEXT NOT NULL,
  country TEXT NOT NULL,
  by_whom TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS resettlement_declined_case ON resettlement_declined (case_id);
CREATE TABLE IF NOT EXISTS resettlement_outcome (
  case_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  days BIGINT NOT NULL,
  came BIGINT NOT NULL,
  seen TEXT NOT NULL,
  PRIMARY KEY (case_id, outcome, days)
);
CREATE INDEX IF NOT EXISTS resettlement_outcome_kind ON resettlement_outcome (outcome, days, case_id);
CREATE TABLE IF NOT EXISTS resettlement_model (
  model TEXT NOT NULL,
  outcome TEXT NOT NULL,
  days BIGINT NOT NULL,
  records BIGINT NOT NULL,
  came BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (model)
);
