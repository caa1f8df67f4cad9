/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook over libxlsxwriter with what the library leaves to its caller: clean texts, cells
 * that are never formulas, unique sheet names, one set of formats, the first failure kept. Used
 * by the files ent-xlsx-*.c only. One thread. */
#pragma once

#include "ent-export-document.h"
#include "ent-local-clock.h"

#include <xlsxwriter.h>

G_BEGIN_DECLS

#define ENT_XLSX_MAX_ROWS 1048576

typedef struct
{
  guint rows; /* of a sheet, its head included: at most ENT_XLSX_MAX_ROWS, at least 2 */
} EntXlsxLimits;

typedef enum
{
  ENT_XLSX_PLAIN,
  ENT_XLSX_TITLE,
  ENT_XLSX_SUBTITLE,
  ENT_XLSX_WARNING,
  ENT_XLSX_SECTION,
  ENT_XLSX_HEAD,
  ENT_XLSX_HEAD_NUMBER, /* over numbers */
  ENT_XLSX_NAME,        /* first cell of a row */
  ENT_XLSX_NOTE,        /* wrapped */
  ENT_XLSX_STATE,       /* a word after numbers */
  ENT_XLSX_COUNT,
  ENT_XLSX_PERCENT,
  ENT_XLSX_PERCENT_AT_LEAST,
  ENT_XLSX_CHANGE,
  ENT_XLSX_DATE,
  ENT_XLSX_MONTH,
  ENT_XLSX_DATE_TIME,
  ENT_XLSX_N_FORMATS,
} EntXlsxFormat;

typedef struct
{
  lxw_workbook *workbook;
  lxw_format *formats[ENT_XLSX_N_FORMATS];
  EntXlsxLimits limits;
  GHashTable *names; /* of sheets, folded */
  EntCellChanges *changes;
  EntLocalClock clock;
  char *temp_dir;
  GArray *files;       /* the library's temporary files, one a sheet, in order */
  GArray *sheet_bytes; /* guint64: of the rows of each sheet, once the book is finished */
  lxw_error failure;   /* the first */
  int failure_errno;
} EntXlsxBook;

typedef struct
{
  EntXlsxBook *book;
  lxw_worksheet *worksheet; /* NULL after a failure: every call below does nothing then */
  char *name;
} EntXlsxSheet;

/* @path: an empty file of ours; temporary files stand in a folder PATH.d beside it. */
EntXlsxBook *ent_xlsx_book_new (const EntExportDocument *document,
                                const char *path,
                                const EntXlsxLimits *limits,
                                GError **error);
/* Drops what was not finished, and the temporary files. */
void ent_xlsx_book_free (EntXlsxBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntXlsxBook, ent_xlsx_book_free)
/* Writes the file. Errors: ENT_EXPORT_ERROR. */
gboolean ent_xlsx_book_finish (EntXlsxBook *self, GError **error);
/* FALSE with an error as soon as something failed: worth asking now and then. */
gboolean ent_xlsx_book_check (EntXlsxBook *self, GError **error);

/* Keeps the first failure; nothing for LXW_NO_ERROR. */
void ent_xlsx_book_fail (EntXlsxBook *self, lxw_error code);

/* @name: made fit for a sheet and unique. The sheet lives as long as the book. */
EntXlsxSheet *ent_xlsx_book_add_sheet (EntXlsxBook *self, const char *name);
void ent_xlsx_sheet_free (EntXlsxSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntXlsxSheet, ent_xlsx_sheet_free)

/* Each writes one cell. With constant memory, rows in order and columns in order. */
void ent_xlsx_text (EntXlsxSheet *self, guint row, guint column, const char *text, EntXlsxFormat f);
void ent_xlsx_number (EntXlsxSheet *self, guint row, guint column, double number, EntXlsxFormat f);
void ent_xlsx_count (EntXlsxSheet *self, guint row, guint column, gint64 count);
void ent_xlsx_day (EntXlsxSheet *self, guint row, guint column, EntDay day, EntXlsxFormat f);
/* Local time of the book's zone, whole seconds; empty for ENT_TIME_NONE. */
void ent_xlsx_instant (EntXlsxSheet *self, guint row, guint column, gint64 instant);

/* Lines of a head, before its cells are written: not every program finds out by itself. */
void ent_xlsx_head_lines (EntXlsxSheet *self, guint row, guint lines);
/* Width in characters. */
void ent_xlsx_width (EntXlsxSheet *self, guint column, double width);
/* The habits of a table: frozen head and first column, filter, repeated head in print, phone
 * numbers without a warning sign. @n_rows: with the head. */
void ent_xlsx_table_habits (EntXlsxSheet *self, guint n_rows, guint n_columns);
/* Paper, margins, page numbers. */
void ent_xlsx_page_habits (EntXlsxSheet *self, gboolean landscape);

/* Days since the epoch of spreadsheets, 30 December 1899. */
double ent_xlsx_serial (EntDay day, gint64 seconds);

G_END_DECLS
