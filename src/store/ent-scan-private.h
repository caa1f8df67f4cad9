/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a compiled scan is made of: written by ent-scan-compile.c, asked by ent-scan.c. */
#pragma once

#include "ent-phone.h"
#include "ent-scan.h"

G_BEGIN_DECLS

/* Sets of up to this many numbers are compared, larger ones looked up. */
#define ENT_SCAN_LIST_MAX 4

typedef struct
{
  guint dim;
  guint8 *table; /* 0 or 255 for each number; at least 65,536 of them */
  guint32 n_table;
  guint32 list[ENT_SCAN_LIST_MAX];
  guint n_list; /* 0: look up */
  gboolean list_negated;
  guint64 some; /* bit (number mod 64): one of these numbers is allowed */
  guint64 all;  /* all of them are */
  double share; /* of the names that are allowed */
} EntDimStep;

struct _EntScan
{
  gint64 from;
  gint64 to;
  gint64 horizon;
  gboolean impossible;

  gboolean has_kinds;
  guint64 kinds[4];  /* allowed kind bytes */
  guint young_codes; /* allowed status codes of messages sent after the horizon */
  guint old_codes;   /* and of those before */
  guint reasons;     /* allowed reasons, bits */

  EntDimStep dims[ENT_N_COLUMN_DIMENSIONS];
  guint n_dims;
  GArray *phones[2]; /* EntPhonePattern: wanted, excluded */
  GArray *exact[2];  /* sorted guint64: many exact numbers */
};

#define ENT_SCAN_ALL_CODES 0xffffu
#define ENT_SCAN_ALL_REASONS ((1u << ENT_N_REASONS) - 1)

G_END_DECLS
