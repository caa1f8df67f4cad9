-- SPDX-License-Identifier: GPL-3.0-or-later
-- messages.db, version 2: the filters over identities are kept, so that the first batch of a
-- run does not have to make them anew.

-- A Bloom filter over the hashes of 512 whole segments: see ent-identity.c.
CREATE TABLE idfilter (
  grp INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
