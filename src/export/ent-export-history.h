/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history record of one running export. One thread. */
#pragma once

#include "ent-export.h"

G_BEGIN_DECLS

typedef struct
{
  EntUserData *user_data; /* NULL: no history is kept */
  EntExportRecord *record;
  char *held;    /* the partial file that is said to be at work; NULL: none */
  int holder;    /* see ent_user_data_hold_export */
  GError *error; /* why the history could not be kept: the first time */
} EntExportHistory;

/* @user_data: (nullable). Takes a reference. Writes nothing yet. */
EntExportHistory *ent_export_history_new (EntUserData *user_data, const EntExportRequest *request);
void ent_export_history_free (EntExportHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportHistory, ent_export_history_free)

/* Each writes the record. A failure is kept in @error and stops nothing. */
void ent_export_history_queued (EntExportHistory *self);
void ent_export_history_running (EntExportHistory *self, const char *partial_path);
void ent_export_history_finished (EntExportHistory *self,
                                  const EntExportResult *result,
                                  gint64 data_version,
                                  const char *provenance);
void ent_export_history_failed (EntExportHistory *self, const GError *error);

G_END_DECLS
