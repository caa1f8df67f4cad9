-- SPDX-License-Identifier: GPL-3.0-or-later
-- messages.db, version 1: what the sources said of each message, merged.
-- Times are UTC milliseconds.

-- One row. commit_no grows with each commit; the packed columns carry it.
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 0),
  commit_no INTEGER NOT NULL,
  last_commit INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES (0, 0, 0);

CREATE TABLE source (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT
) STRICT;

-- Names and small numbers. kind: EntDimensionKind. n counts from 1 in each kind; 0 means none.
CREATE TABLE dimension (
  kind INTEGER NOT NULL,
  n INTEGER NOT NULL,
  id TEXT,
  name TEXT,
  PRIMARY KEY (kind, n)
) STRICT, WITHOUT ROWID;

-- One row, one message. id is dense from 1; position in the packed columns = id - 1.
-- Stage times and updates are milliseconds after t; identifiers that are UUIDs in lower case
-- are 16-byte blobs; a phone without leading zero is an integer; a text of a pooled field is
-- the number of its dimension where it has one. NULL is absent everywhere.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  t INTEGER NOT NULL,        -- counting time
  source INTEGER NOT NULL,
  rid ANY NOT NULL,
  stages INTEGER NOT NULL,   -- EntStageFlags, closed
  numbers INTEGER NOT NULL,  -- channel, direction, content type, reason, session: see ent-rows.c
  sent INTEGER,
  delivered INTEGER,
  read INTEGER,
  failed INTEGER,
  first_update INTEGER,      -- NULL: the same as last_update
  last_update INTEGER NOT NULL,
  subaccount INTEGER,
  user INTEGER,
  campaign INTEGER,
  carrier INTEGER,
  phone ANY,
  contact_name TEXT,
  origin ANY,
  content TEXT,
  correlation_id ANY,
  extra_info TEXT,
  parts INTEGER,
  conversation_id ANY,
  conversation_type ANY,
  conversation_expires_at INTEGER,
  raw_code ANY,
  raw_text ANY,
  raw_status ANY,
  stamps BLOB,               -- registers not written at last_update
  fallback INTEGER           -- EntTimeKind where t is not the acceptance time
) STRICT;

CREATE UNIQUE INDEX message_key ON message (t, source, rid);
-- Rows that came without an acceptance time: few.
CREATE INDEX message_fallback ON message (source, rid) WHERE fallback IS NOT NULL;

-- Packed columns of 4,096 rows each; version: the commit that wrote them.
CREATE TABLE colseg (
  seg INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  n INTEGER NOT NULL,
  data BLOB
) STRICT;
CREATE INDEX colseg_version ON colseg (version);

-- Hashes of (source, rid), six bytes a row: the way from an identity to its row.
CREATE TABLE idseg (
  seg INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  data BLOB
) STRICT;

CREATE TABLE coverage (
  source INTEGER NOT NULL REFERENCES source (n),
  channel INTEGER NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (source, channel, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursor (
  source INTEGER NOT NULL REFERENCES source (n),
  slot TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (source, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (n),
  seen_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_source ON quarantine (source);
