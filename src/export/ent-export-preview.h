/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an export would hold: how many rows, about how many bytes, and its first lines, exactly as
 * the file would have them. Made on a worker: the request's own writer on its own data. */
#pragma once

#include "ent-export.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 rows;
  gint64 bytes;     /* an estimate */
  char *lines;      /* CSV: its first lines with these settings; else NULL */
  GPtrArray *table; /* else: its first rows, the head first (element-type GStrv); NULL of CSV */
} EntExportPreview;
void ent_export_preview_free (EntExportPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportPreview, ent_export_preview_free)

/* @request is copied. */
void ent_export_preview_async (EntStore *store,
                               EntUserData *user_data,
                               const EntExportRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
EntExportPreview *ent_export_preview_finish (GAsyncResult *result, GError **error);

G_END_DECLS
