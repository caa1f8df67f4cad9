/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line of entrega-simulator. Main thread; the caller owns the result.
 */
#pragma once

#include "ent-sim-faults.h"
#include "ent-sim-plan.h"

G_BEGIN_DECLS

typedef struct
{
  EntSimConfig config;
  gint64 clock; /* where it starts */
  guint16 port;
  EntSimFaults faults;
  int parent; /* process id that must be ours, 0 if any */
  gboolean show_version;
} EntSimOptions;

gboolean ent_sim_options_parse (int *argc, char ***argv, EntSimOptions *options, GError **error);

G_END_DECLS
