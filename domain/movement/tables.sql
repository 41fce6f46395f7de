CREATE TABLE IF NOT EXISTS movement_service (
  service TEXT NOT NULL,
  number TEXT NOT NULL,
  mode TEXT NOT NULL,
  carrier TEXT NOT NULL,
  from_stop TEXT NOT NULL,
  to_stop TEXT NOT NULL,
  from_country TEXT NOT NULL,
  to_country TEXT NOT NULL,
  depart TEXT NOT NULL,
  arrive TEXT NOT NULL,
  from_zone TEXT NOT NULL,
  to_zone TEXT NOT NULL,
  cost BIGINT NOT NULL,
  open_cost BIGINT NOT NULL,
  block BIGINT NOT NULL,
  cancelled TEXT NOT NULL,
  import TEXT NOT NULL,
  PRIMARY KEY (service)
);
CREATE INDEX IF NOT EXISTS movement_service_depart ON movement_service (depart, service);
CREATE INDEX IF NOT EXISTS movement_service_import ON movement_service (import);
CREATE TABLE IF NOT EXISTS movement_seats (
  service TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (service, kind)
);
CREATE TABLE IF NOT EXISTS movement_plan (
  plan TEXT NOT NULL,
  cost BIGINT NOT NULL,
  bound BIGINT NOT NULL,
  gap TEXT NOT NULL,
  served BIGINT NOT NULL,
  unserved BIGINT NOT NULL,
  people BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (plan)
);
CREATE TABLE IF NOT EXISTS movement_journey (
  journey TEXT NOT NULL,
  case_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  destination TEXT NOT NULL,
  pathway TEXT NOT NULL,
  transit TEXT NOT NULL,
  status TEXT NOT NULL,
  people BIGINT NOT NULL,
  depart TEXT NOT NULL,
  arrive TEXT NOT NULL,
  plan TEXT NOT NULL,
  continues TEXT NOT NULL,
  PRIMARY KEY (journey)
);
CREATE INDEX IF NOT EXISTS movement_journey_case ON movement_journey (case_id, journey);
CREATE INDEX IF NOT EXISTS movement_journey_status ON movement_journey (status, journey);
CREATE TABLE IF NOT EXISTS movement_leg (
  journey TEXT NOT NULL,
  leg BIGINT NOT NULL,
  service TEXT NOT NULL,
  from_stop TEXT NOT NULL,
  to_stop TEXT NOT NULL,
  from_country TEXT NOT NULL,
  to_country TEXT NOT NULL,
  depart TEXT NOT NULL,
  arrive TEXT NOT NULL,
  PRIMARY KEY (journey, leg)
);
CREATE INDEX IF NOT EXISTS movement_leg_service ON movement_leg (service, journey);
CREATE TABLE IF NOT EXISTS movement_traveller (
  journey TEXT NOT NULL,
  record TEXT NOT NULL,
  seat TEXT NOT NULL,
  status TEXT NOT NULL,
  leg BIGINT NOT NULL,
  held BIGINT NOT NULL,
  service TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  followed TEXT NOT NULL,
  next TEXT NOT NULL,
  owner TEXT NOT NULL,
  open BIGINT NOT NULL,
  PRIMARY KEY (journey, record)
);
CREATE INDEX IF NOT EXISTS movement_traveller_service ON movement_traveller (service, status);
CREATE INDEX IF NOT EXISTS movement_traveller_record ON movement_traveller (record, journey);
CREATE INDEX IF NOT EXISTS movement_traveller_status ON movement_traveller (status, journey);
CREATE TABLE IF NOT EXISTS movement_escort (
  journey TEXT NOT NULL,
  leg BIGINT NOT NULL,
  service TEXT NOT NULL,
  seats BIGINT NOT NULL,
  PRIMARY KEY (journey, leg)
);
CREATE INDEX IF NOT EXISTS movement_escort_service ON movement_escort (service);
CREATE TABLE IF NOT EXISTS movement_opening (
  opening TEXT NOT NULL,
  service TEXT NOT NULL,
  country TEXT NOT NULL,
  town TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (opening)
);
CREATE INDEX IF NOT EXISTS movement_opening_service ON movement_opening (service, at);
CREATE INDEX IF NOT EXISTS movement_opening_actor ON movement_opening (actor, at);
CREATE TABLE IF NOT EXISTS movement_confirmation (
  confirmation TEXT NOT NULL,
  submission TEXT NOT NULL,
  service TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (confirmation)
);
CREATE INDEX IF NOT EXISTS movement_confirmation_submission ON movement_confirmation (submission);
CREATE TABLE IF NOT EXISTS movement_note (
  confirmation TEXT NOT NULL,
  line BIGINT NOT NULL,
  journey TEXT NOT NULL,
  record TEXT NOT NULL,
  did TEXT NOT NULL,
  noted TEXT NOT NULL,
  outcome TEXT NOT NULL,
  stood TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (confirmation, line)
);
