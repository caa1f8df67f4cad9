/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV through one buffer of our own: cells in, bytes out. Numbers never pass through printf or a
 * locale. The first failed write is kept and told by ent_csv_finish. One thread. */
#pragma once

#include "ent-export-document.h"
#include "ent-local-clock.h"
#include "ent-sha256.h"

G_BEGIN_DECLS

typedef struct _EntCsv EntCsv;

/* @fd: not owned. @changes: where what was changed is counted; not owned. */
EntCsv *
ent_csv_new (int fd, const EntCsvDialect *dialect, const EntZone *zone, EntCellChanges *changes);
/* Every byte that is written goes through @digest too (not owned): reading the file again would
 * cost an eighth of an export's time. */
void ent_csv_set_digest (EntCsv *self, EntSha256 *digest);
/* Another one to the same file and digest, for another thread: no mark at the start. (transfer
 * full) */
EntCsv *ent_csv_twin (const EntCsv *self, EntCellChanges *changes);
void ent_csv_free (EntCsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCsv, ent_csv_free)

/* Each writes one field. */
void ent_csv_text (EntCsv *self, const char *text); /* from strangers: made safe in safe dialects */
void ent_csv_literal (EntCsv *self,
                      const char *text); /* our own words: quoted where needed, else as it is */
void ent_csv_integer (EntCsv *self, gint64 number);
void ent_csv_tenths (EntCsv *self, int tenths); /* empty for ENT_TENTHS_NONE */
void ent_csv_cell (EntCsv *self, EntColumn column, const EntCell *cell);
void ent_csv_end_row (EntCsv *self);

/* Asked before bytes go to the file: waits until they may, or says FALSE and they are dropped. */
typedef gboolean (*EntCsvTurnFunc) (gpointer user_data);
void ent_csv_set_turn (EntCsv *self, EntCsvTurnFunc turn, gpointer user_data);
/* Everything to the file. */
void ent_csv_flush (EntCsv *self);
/* FALSE as soon as a write has failed: worth asking now and then. */
gboolean ent_csv_is_good (const EntCsv *self);
gboolean ent_csv_finish (EntCsv *self, GError **error);

/* The CSV format: see EntExportWriteFunc. */
gboolean
ent_csv_write_document (EntExportDocument *document, int fd, const char *path, GError **error);

G_END_DECLS
