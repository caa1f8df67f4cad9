/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of an export: written under another name beside the target, synced, renamed. No
 * reader ever sees half a file under the final name. One thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;    /* the final name, absolute */
  char *partial; /* the name while it is being written */
  int fd;        /* -1 when closed */
  gboolean made; /* there is a partial file to delete */
} EntExportFile;

/* Chooses the partial name and touches nothing yet, so that the history can have it first. */
EntExportFile *ent_export_file_new (const char *path);
/* Makes it: new, empty, 0600, never through a link. Errors: NOT_WRITABLE, FULL. */
gboolean ent_export_file_open (EntExportFile *self, GError **error);
/* Closes, and deletes the partial file unless it was put in place. */
void ent_export_file_free (EntExportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportFile, ent_export_file_free)
/* fsync, rename over the target, fsync the folder. Only a failure of the very last step leaves the
 * file in place. */
gboolean ent_export_file_put_in_place (EntExportFile *self, GError **error);
/* Fails with FULL when the target's file system has less than @bytes free. */
gboolean ent_export_file_check_space (const char *path, guint64 bytes, GError **error);

G_END_DECLS
