-- SPDX-License-Identifier: GPL-3.0-or-later
-- user.db, version 1: what the user made. Times in UTC milliseconds. Never a secret.

CREATE TABLE source (
  key             TEXT PRIMARY KEY,
  kind            TEXT NOT NULL,
  name            TEXT NOT NULL UNIQUE,
  options         TEXT NOT NULL,           -- JSON object
  credentials     INTEGER NOT NULL,        -- EntCredentialsKind
  credentials_ref TEXT,                    -- path or variable name
  paused          INTEGER NOT NULL,
  sample          INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  last_success    INTEGER NOT NULL,        -- 0 = never
  last_attempt    INTEGER NOT NULL,
  last_error      TEXT                     -- domain:code:detail
) STRICT;

-- A deleted template keeps its row for 30 days, under no name, so that deleting can be undone.
CREATE TABLE template (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,                  -- NULL when deleted
  revision   INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  pinned     INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  last_run   INTEGER NOT NULL,
  deleted_at INTEGER,
  report     TEXT NOT NULL                 -- the template file, unknown keys included
) STRICT;

CREATE TABLE export (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  state         INTEGER NOT NULL,          -- EntExportState
  requested_at  INTEGER NOT NULL,
  started_at    INTEGER NOT NULL,
  finished_at   INTEGER NOT NULL,
  user          TEXT,
  subaccount    TEXT,
  template_name TEXT,
  request       TEXT NOT NULL,             -- JSON
  path          TEXT,
  partial_path  TEXT,
  row_count     INTEGER NOT NULL,
  bytes         INTEGER NOT NULL,
  sha256        TEXT,
  data_version  INTEGER NOT NULL,
  error         TEXT,
  provenance    TEXT,
  pid           INTEGER NOT NULL,
  removed       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX export_by_time ON export (requested_at);
CREATE INDEX export_by_digest ON export (sha256) WHERE sha256 IS NOT NULL;
