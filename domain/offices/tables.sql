CREATE TABLE IF NOT EXISTS offices_office (
  office TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  policy TEXT NOT NULL,
  PRIMARY KEY (office)
);
CREATE TABLE IF NOT EXISTS offices_staff (
  staff TEXT NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  country TEXT NOT NULL,
  password TEXT NOT NULL,
  active BIGINT NOT NULL,
  PRIMARY KEY (staff)
);
CREATE INDEX IF NOT EXISTS offices_staff_login ON offices_staff (login);
CREATE TABLE IF NOT EXISTS offices_backup (
  backup TEXT NOT NULL,
  made TEXT NOT NULL,
  expires TEXT NOT NULL,
  PRIMARY KEY (backup)
);
CREATE TABLE IF NOT EXISTS offices_erasure (
  erasure TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (erasure)
);
CREATE INDEX IF NOT EXISTS offices_erasure_subject ON offices_erasure (subject);
