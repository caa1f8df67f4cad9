/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one column says of one message, in a form that every format can write its own way:
 * the privacy mode is applied here, so that no format can forget it. One maker per thread. */
#pragma once

#include "ent-message.h"
#include "ent-report.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_CELL_EMPTY,
  ENT_CELL_TEXT,    /* text: as strangers typed it */
  ENT_CELL_PHONE,   /* text: digits; shown with a + before them */
  ENT_CELL_TIME,    /* number: UTC ms */
  ENT_CELL_INTEGER, /* number */
  ENT_CELL_FLAG,    /* number: 0 or 1 */
  ENT_CELL_WORD,    /* text: machine key; word: in the user's language */
} EntCellKind;

typedef struct
{
  EntCellKind kind;
  const char *text; /* valid until the maker's next row */
  const char *word;
  gint64 number;
} EntCell;

/* What was changed on purpose, counted for the provenance. */
typedef struct
{
  gint64 masked_phones;
  gint64 hidden_names;
  gint64 hidden_contents;
  gint64 neutralised;  /* texts with an apostrophe before them */
  gint64 plus_dropped; /* phone numbers written without their + */
  gint64 cut_cells;    /* texts longer than a spreadsheet's cell */
} EntCellChanges;

void ent_cell_changes_add (EntCellChanges *self, const EntCellChanges *more);

typedef struct _EntCellMaker EntCellMaker;

/* @pseudonym_key: 32 bytes, needed for ENT_PRIVACY_PSEUDONYM only. */
EntCellMaker *ent_cell_maker_new (EntPrivacy privacy, GBytes *pseudonym_key, gint64 now);
/* Another one for another thread, which has changed nothing yet. (transfer full) */
EntCellMaker *ent_cell_maker_twin (const EntCellMaker *self);
void ent_cell_maker_free (EntCellMaker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCellMaker, ent_cell_maker_free)

/* Frees what the cells of the row before pointed at. */
void ent_cell_maker_next_row (EntCellMaker *self, const EntMessage *message);
/* @coverage: only looked at for ENT_COLUMN_COVERAGE. */
void ent_cell_make (EntCellMaker *self, EntColumn column, EntCoverage coverage, EntCell *cell);
EntCellChanges *ent_cell_maker_get_changes (EntCellMaker *self);

EntCellKind ent_column_cell_kind (EntColumn column);
/* Head in the user's language; times name their zone: "Sent at (America/Sao_Paulo)". (transfer
 * full) */
char *ent_column_head (EntColumn column, const EntZone *zone);

/* Text that a spreadsheet would take for a formula: starts with = + - @, tab, CR or LF, also
 * in full width and after spaces. */
gboolean ent_text_bites (const char *text);
/* + and 7 to 15 digits */
gboolean ent_text_is_international_number (const char *text);
#define ENT_CELL_MAX_UNITS 32767
/* NULL where @text fits into a cell; else its beginning with the marker " […]". (transfer full) */
char *ent_text_cut_for_cell (const char *text);

/* One JSON object on one line, without the line's end: list --json. @columns: in order. */
void ent_cells_append_json (
    GString *out, EntCellMaker *maker, const EntColumn *columns, guint n, EntCoverage coverage);
void ent_json_append_string (GString *out, const char *text);
/* ,"key":"text" or ,"key":null */
void ent_json_append_member (GString *out, const char *key, const char *text);

/* The key of pseudonyms of a data folder: DATA_DIR/pseudonym.key, 32 random bytes, 0600, made on
 * first use. It is kept per folder and not in the keyring, so that a server without one gives
 * the same codes; deleting the file makes the codes of older exports impossible to redo. */
GBytes *ent_pseudonym_key_load (const char *data_dir, GError **error);

G_END_DECLS
