/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the numbers of an export came from: a JSON object for the history, the side-car
 * PATH.provenance.json and the provenance page of a format. Says what was asked, what was
 * covered, which definitions hold, what was written and what was changed.
 * The thread of the export. */
#pragma once

#include "ent-export-document.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define ENT_PROVENANCE_SUFFIX ".provenance.json"

/* Without "file": what a format can print into itself. (transfer full) */
JsonObject *ent_provenance_new (const EntExportDocument *document);
/* "file": {"name","bytes","sha256"}, once they are known. */
void ent_provenance_set_file (JsonObject *provenance,
                              const char *path,
                              gint64 bytes,
                              const char *sha256);
/* Two-space indentation, final newline. (transfer full) */
char *ent_provenance_to_text (JsonObject *provenance);

/* The same for people: heads and lines in the user's language, in order. */
typedef struct
{
  char *head;
  char *line;
} EntProvenanceLine;
/* (element-type EntProvenanceLine) (transfer full) */
GPtrArray *ent_provenance_lines (const EntExportDocument *document);

G_END_DECLS
