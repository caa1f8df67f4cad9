/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small made-up company for tests of documents: a store filled through the writer's own door,
 * reports on it, files read back by other people's programs. Main thread of the test. */
#pragma once

#include "ent-export-document.h"
#include "ent-store.h"

G_BEGIN_DECLS

/* Sunday 22 November 2026, 15:30 in São Paulo. */
#define WORLD_NOW "2026-11-22T18:30:00Z"

typedef struct
{
  char *dir;
  EntStore *store;
  gint64 now;
} World;

/* @n_messages over the seven days that end today; the last but two days were never synchronised
 * where @with_gap. */
World *world_new (guint n_messages, gboolean with_gap);
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Last seven days, America/Sao_Paulo, compared with the seven before. */
EntReport *world_report (EntView view, EntFormat format);
/* The document of @report at the world's now, for the path DIR/NAME. The request is the caller's to
 * free, after the document. */
EntExportRequest *world_request (World *self, const EntReport *report, const char *name);
EntExportDocument *world_document (World *self, const EntExportRequest *request);

/* Runs python3 with openpyxl on @script; its output. @argument: sys.argv[1]. (transfer full) */
char *world_python (const char *script, const char *argument);
/* Runs a program; it must succeed. (transfer full) */
char *world_run (const char *const *argv);

G_END_DECLS
