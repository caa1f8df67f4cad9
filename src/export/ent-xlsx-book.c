/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells, sheets and formats. libxlsxwriter lets invalid UTF-8 through, refuses long texts with a
 * code that is easily overlooked and returns no sheet for a bad name: all of that is settled here,
 * so that the files above only say what stands where. One thread. */

#include "config.h"

#include "ent-xlsx-book.h"

#include "ent-export-error.h"
#include "ent-pdf-paper.h"
#include "ent-text.h"
#include "ent-words.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_SHEET_NAME 31
#define TEMP_BUFFER_BYTES 65536
#define SECONDS_PER_DAY 86400
#define DAY_MS G_GINT64_CONSTANT (86400000)
/* A file cannot say that it was made before ZIP was. */
#define FIRST_CREATION 315532800
/* Beyond this a part of the file may pass 4 GB. */
#define ZIP64_CELLS 20000000
#define MAX_COLUMNS_ON_PAPER 24
#define PAPER_A4 9
#define PAPER_LETTER 1

#define LINE_HEIGHT 15.0 /* points, of the default font */

#define ACCENT 0x1A5FB4
#define INK 0x241F31
#define DIM 0x5E5C64
#define HEAD_FILL 0xE7EEF7
#define RULE 0xC0BFBC
#define WARNING_INK 0x9C5700

typedef struct
{
  FILE *file;
  int fd;
  dev_t device;
  ino_t inode;
  char *buffer;
} TemporaryFile;

void
ent_xlsx_book_fail (EntXlsxBook *self, lxw_error code)
{
  if (code == LXW_NO_ERROR || self->failure != LXW_NO_ERROR)
    return;
  self->failure = code;
  self->failure_errno = errno;
}

/* ---- Formats ---- */

/* Number formats of spreadsheets are written as in the United States whatever the language; each
 * program shows its own signs. Only the order of dates is ours to choose. */
static const char *
number_format (EntXlsxFormat f)
{
  gboolean day_first = ent_words_has_decimal_comma () ||
                       g_str_has_prefix (ent_words_get_locale (), "es") ||
                       g_str_has_prefix (ent_words_get_locale (), "pt");

  switch ((int) f)
    {
    case ENT_XLSX_COUNT:
      return "#,##0";
    case ENT_XLSX_PERCENT:
      return "0.0%";
    case ENT_XLSX_PERCENT_AT_LEAST:
      return "\"≥ \"0.0%";
    case ENT_XLSX_CHANGE:
      return "+#,##0%;-#,##0%;0%";
    case ENT_XLSX_DATE:
      return day_first ? "dd/mm/yyyy" : "yyyy-mm-dd";
    case ENT_XLSX_MONTH:
      return day_first ? "mm/yyyy" : "yyyy-mm";
    case ENT_XLSX_DATE_TIME:
      return day_first ? "dd/mm/yyyy hh:mm:ss" : "yyyy-mm-dd hh:mm:ss";
    default:
      return NULL;
    }
}

static void
style_head (lxw_format *format)
{
  format_set_bold (format);
  format_set_font_color (format, ACCENT);
  format_set_bg_color (format, HEAD_FILL);
  format_set_text_wrap (format);
  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bottom (format, LXW_BORDER_THIN);
  format_set_bottom_color (format, RULE);
}

static void
style (lxw_format *format, EntXlsxFormat f)
{
  const char *numbers = number_format (f);

  if (numbers != NULL)
    format_set_num_format (format, numbers);
  if (f == ENT_XLSX_DATE || f == ENT_XLSX_MONTH || f == ENT_XLSX_DATE_TIME)
    format_set_align (format, LXW_ALIGN_LEFT);
  if (f == ENT_XLSX_TITLE || f == ENT_XLSX_SECTION || f == ENT_XLSX_NAME || f == ENT_XLSX_WARNING)
    format_set_bold (format);
  if (f == ENT_XLSX_TITLE)
    format_set_font_size (format, 18);
  if (f == ENT_XLSX_SECTION)
    format_set_font_size (format, 13);
  if (f == ENT_XLSX_TITLE || f == ENT_XLSX_SECTION)
    format_set_font_color (format, ACCENT);
  else if (f == ENT_XLSX_SUBTITLE)
    format_set_font_color (format, DIM);
  else if (f == ENT_XLSX_WARNING)
    format_set_font_color (format, WARNING_INK);
  else
    format_set_font_color (format, INK);
  if (f == ENT_XLSX_NOTE)
    format_set_text_wrap (format);
  if (f == ENT_XLSX_NOTE || f == ENT_XLSX_NAME)
    format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
  if (f == ENT_XLSX_HEAD || f == ENT_XLSX_HEAD_NUMBER)
    style_head (format);
  if (f == ENT_XLSX_STATE)
    format_set_indent (format, 1);
  if (f == ENT_XLSX_HEAD_NUMBER)
    format_set_align (format, LXW_ALIGN_RIGHT);
}

static void
make_formats (EntXlsxBook *self)
{
  /* Plain cells have none: they take the reader's own colours, and less of the file. */
  for (guint i = ENT_XLSX_PLAIN + 1; i < ENT_XLSX_N_FORMATS; i++)
    {
      self->formats[i] = workbook_add_format (self->workbook);
      if (self->formats[i] == NULL)
        ent_xlsx_book_fail (self, LXW_ERROR_MEMORY_MALLOC_FAILED);
      else
        style (self->formats[i], (EntXlsxFormat) i);
    }
}

/* ---- The book ---- */

static void
set_properties (EntXlsxBook *self, const EntExportDocument *document)
{
  g_autofree char *title = ent_export_document_title (document);
  g_autofree char *period = ent_export_document_period (document);
  g_autofree char *clean_title = ent_text_clean (title, -1, 0);
  lxw_doc_properties properties = {
    .title = clean_title,
    .subject = period,
    .author = (char *) "Entrega",
    .comments = (char *) "Entrega " VERSION,
    .created = (time_t) MAX (document->created_at / 1000, FIRST_CREATION),
  };

  ent_xlsx_book_fail (self, workbook_set_properties (self->workbook, &properties));
}

EntXlsxBook *
ent_xlsx_book_new (const EntExportDocument *document,
                   const char *path,
                   const EntXlsxLimits *limits,
                   GError **error)
{
  g_autoptr (EntXlsxBook) self = g_new0 (EntXlsxBook, 1);
  gboolean detailed = document->report->view == ENT_VIEW_DETAILED;
  gint64 cells = detailed ? document->rows_expected * document->n_columns : 0;
  lxw_workbook_options options = { 0 };

  self->limits = *limits;
  self->limits.rows = CLAMP (self->limits.rows, 2, ENT_XLSX_MAX_ROWS);
  self->changes = document->changes;
  ent_local_clock_init (&self->clock, document->query->zone);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_array_new (FALSE, FALSE, sizeof (TemporaryFile));
  self->sheet_bytes = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->temp_dir = g_strconcat (path, ".d", NULL);
  if (g_mkdir (self->temp_dir, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, ENT_EXPORT_ERROR,
                   code == ENOSPC ? ENT_EXPORT_ERROR_FULL : ENT_EXPORT_ERROR_NOT_WRITABLE,
                   "Cannot make %s: %s", self->temp_dir, g_strerror (code));
      g_clear_pointer (&self->temp_dir, g_free);
      return NULL;
    }
  /* Also for few rows: how many bytes they have is known then, see ent-xlsx-check.h. */
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = cells > ZIP64_CELLS;
  options.tmpdir = self->temp_dir;
  self->workbook = workbook_new_opt (path, &options);
  if (self->workbook == NULL)
    {
      g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED, "Cannot begin a workbook");
      return NULL;
    }
  make_formats (self);
  set_properties (self, document);
  return ent_xlsx_book_check (self, error) ? g_steal_pointer (&self) : NULL;
}

/* The library closes a temporary file when it has copied it, and never when something fails before:
 * a descriptor that still is the file that it was says so. */
static void
close_temporary_files (EntXlsxBook *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      TemporaryFile *temporary = &g_array_index (self->files, TemporaryFile, i);
      struct stat info;

      if (fstat (temporary->fd, &info) == 0 && info.st_dev == temporary->device &&
          info.st_ino == temporary->inode)
        fclose (temporary->file);
      g_free (temporary->buffer);
    }
  g_array_unref (self->files);
}

void
ent_xlsx_book_free (EntXlsxBook *self)
{
  g_clear_pointer (&self->workbook, lxw_workbook_free);
  close_temporary_files (self);
  g_array_unref (self->sheet_bytes);
  g_hash_table_unref (self->names);
  if (self->temp_dir != NULL)
    g_rmdir (self->temp_dir);
  g_free (self->temp_dir);
  g_free (self);
}

static gboolean
is_of_space (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

static int
error_code (const EntXlsxBook *self)
{
  gboolean of_files =
      self->failure >= LXW_ERROR_CREATING_XLSX_FILE && self->failure <= LXW_ERROR_ZIP_CLOSE;

  return of_files && is_of_space (self->failure_errno) ? ENT_EXPORT_ERROR_FULL
                                                       : ENT_EXPORT_ERROR_FAILED;
}

gboolean
ent_xlsx_book_check (EntXlsxBook *self, GError **error)
{
  if (self->failure == LXW_NO_ERROR)
    return TRUE;
  g_set_error (error, ENT_EXPORT_ERROR, error_code (self), "Cannot write the workbook: %s",
               lxw_strerror (self->failure));
  return FALSE;
}

/* The library does not look whether its temporary files took everything. */
static void
check_temporary_files (EntXlsxBook *self)
{
  lxw_worksheet *worksheet;

  STAILQ_FOREACH (worksheet, self->workbook->worksheets, list_pointers)
  {
    FILE *file = worksheet->optimize_tmpfile;
    guint64 bytes;

    /* The last row waits for a next one. */
    lxw_worksheet_write_single_row (worksheet);
    if (fflush (file) != 0 || ferror (file))
      ent_xlsx_book_fail (self, LXW_ERROR_CREATING_TMPFILE);
    bytes = (guint64) MAX (0, ftello (file));
    g_array_append_val (self->sheet_bytes, bytes);
  }
}

gboolean
ent_xlsx_book_finish (EntXlsxBook *self, GError **error)
{
  if (!ent_xlsx_book_check (self, error))
    return FALSE;
  check_temporary_files (self);
  if (!ent_xlsx_book_check (self, error))
    return FALSE;
  errno = 0;
  /* Frees the workbook whatever happens. */
  ent_xlsx_book_fail (self, workbook_close (g_steal_pointer (&self->workbook)));
  return ent_xlsx_book_check (self, error);
}

/* ---- Sheets ---- */

static gboolean
is_bad_in_name (gunichar c)
{
  return c < 0x20 || c == 0x7f || strchr ("[]:*?/\\'", (int) (c < 0x80 ? c : 'x')) != NULL;
}

/* At most @units of UTF-16, as spreadsheets count. */
static char *
cut_name (const char *text, guint units)
{
  GString *out = g_string_new (NULL);
  guint used = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      used += c > 0xffff ? 2 : 1;
      if (used > units)
        break;
      g_string_append_unichar (out, is_bad_in_name (c) ? ' ' : c);
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static char *
unique_name (EntXlsxBook *self, const char *wanted)
{
  g_autofree char *clean = ent_text_clean (wanted, -1, 0);

  for (guint i = 1;; i++)
    {
      g_autofree char *suffix = i > 1 ? g_strdup_printf (" (%u)", i) : g_strdup ("");
      g_autofree char *base = cut_name (clean, MAX_SHEET_NAME - (guint) strlen (suffix));
      g_autofree char *name = g_strconcat (*base != '\0' ? base : "Sheet", suffix, NULL);
      g_autofree char *folded = g_utf8_casefold (name, -1);

      if (g_hash_table_add (self->names, g_steal_pointer (&folded)))
        return g_steal_pointer (&name);
    }
}

/* Gives it a wider buffer, too: rows are many, and the usual one holds five of them. */
static void
add_temporary_file (EntXlsxBook *self, FILE *file)
{
  TemporaryFile temporary = { file, fileno (file), 0, 0, g_malloc (TEMP_BUFFER_BYTES) };
  struct stat info = { 0 };

  (void) fstat (temporary.fd, &info);
  temporary.device = info.st_dev;
  temporary.inode = info.st_ino;
  g_array_append_val (self->files, temporary);
  (void) setvbuf (file, temporary.buffer, _IOFBF, TEMP_BUFFER_BYTES);
}

EntXlsxSheet *
ent_xlsx_book_add_sheet (EntXlsxBook *self, const char *name)
{
  EntXlsxSheet *sheet = g_new0 (EntXlsxSheet, 1);

  sheet->book = self;
  sheet->name = unique_name (self, name);
  if (self->failure == LXW_NO_ERROR)
    {
      sheet->worksheet = workbook_add_worksheet (self->workbook, sheet->name);
      if (sheet->worksheet == NULL)
        ent_xlsx_book_fail (self, LXW_ERROR_INVALID_SHEETNAME_CHARACTER);
      else if (sheet->worksheet->optimize_tmpfile == NULL)
        ent_xlsx_book_fail (self, LXW_ERROR_CREATING_TMPFILE);
      else
        add_temporary_file (self, sheet->worksheet->optimize_tmpfile);
    }
  return sheet;
}

void
ent_xlsx_sheet_free (EntXlsxSheet *self)
{
  g_free (self->name);
  g_free (self);
}

/* ---- Cells ---- */

static gboolean
is_good (EntXlsxSheet *self)
{
  return self->worksheet != NULL && self->book->failure == LXW_NO_ERROR;
}

/* Excel breaks lines at LF alone and shows CR as a box. (transfer full); NULL where @text is fine.
 */
static char *
with_plain_line_ends (const char *text, gsize length)
{
  GString *out;

  if (memchr (text, '\r', length) == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (*p != '\r')
      g_string_append_c (out, *p);
    else if (p[1] != '\n')
      g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/* "_x000D_" is how the format writes a control sign: a text that says so itself gets its first sign
 * written that way. (transfer full); NULL where @text is fine. */
static char *
with_escapes_escaped (const char *text, gsize length)
{
  GString *out;

  if (memchr (text, '_', length) == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean escape = p[0] == '_' && p[1] == 'x' && g_ascii_isxdigit (p[2]) &&
                        g_ascii_isxdigit (p[3]) && g_ascii_isxdigit (p[4]) &&
                        g_ascii_isxdigit (p[5]) && p[6] == '_';

      g_string_append (out, escape ? "_x005F_" : "");
      if (!escape)
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

void
ent_xlsx_text (EntXlsxSheet *self, guint row, guint column, const char *text, EntXlsxFormat f)
{
  g_autofree char *clean = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *cut = NULL;
  gsize length = strlen (text);

  if (!is_good (self))
    return;
  if (!ent_text_is_clean (text, length, 0))
    {
      text = clean = ent_text_clean (text, -1, 0);
      length = strlen (text);
    }
  lines = with_plain_line_ends (text, length);
  if (lines != NULL)
    {
      text = lines;
      length = strlen (text);
    }
  escaped = with_escapes_escaped (text, length);
  if (escaped != NULL)
    text = escaped;
  cut = escaped != NULL || length > ENT_CELL_MAX_UNITS ? ent_text_cut_for_cell (text) : NULL;
  if (cut != NULL)
    {
      text = cut;
      self->book->changes->cut_cells++;
    }
  ent_xlsx_book_fail (self->book, worksheet_write_string (self->worksheet, row, (lxw_col_t) column,
                                                          text, self->book->formats[f]));
}

void
ent_xlsx_number (EntXlsxSheet *self, guint row, guint column, double number, EntXlsxFormat f)
{
  if (is_good (self))
    ent_xlsx_book_fail (self->book,
                        worksheet_write_number (self->worksheet, row, (lxw_col_t) column, number,
                                                self->book->formats[f]));
}

void
ent_xlsx_count (EntXlsxSheet *self, guint row, guint column, gint64 count)
{
  ent_xlsx_number (self, row, column, (double) count, ENT_XLSX_COUNT);
}

double
ent_xlsx_serial (EntDay day, gint64 seconds)
{
  static const EntDay epoch = -25569; /* 30 December 1899 */

  return (double) (day - epoch) + (double) seconds / SECONDS_PER_DAY;
}

void
ent_xlsx_day (EntXlsxSheet *self, guint row, guint column, EntDay day, EntXlsxFormat f)
{
  ent_xlsx_number (self, row, column, ent_xlsx_serial (day, 0), f);
}

void
ent_xlsx_instant (EntXlsxSheet *self, guint row, guint column, gint64 instant)
{
  static const EntDay first = -25508; /* 1 March 1900: before it, spreadsheets disagree */
  gint64 local, day;

  if (instant == ENT_TIME_NONE)
    return;
  local = instant + ent_local_clock_offset (&self->book->clock, instant);
  day = local / DAY_MS - (local % DAY_MS < 0); /* before 1970 too */
  if (day < first)
    {
      g_autofree char *text = ent_instant_format (instant);

      ent_xlsx_text (self, row, column, text, ENT_XLSX_PLAIN);
      return;
    }
  /* Whole seconds: with a fraction, some programs would round 23:59:59.9 into the next day. */
  ent_xlsx_number (self, row, column, ent_xlsx_serial ((EntDay) day, (local - day * DAY_MS) / 1000),
                   ENT_XLSX_DATE_TIME);
}

/* ---- Habits ---- */

void
ent_xlsx_head_lines (EntXlsxSheet *self, guint row, guint lines)
{
  if (is_good (self))
    ent_xlsx_book_fail (self->book,
                        worksheet_set_row (self->worksheet, row, lines * LINE_HEIGHT + 2, NULL));
}

void
ent_xlsx_width (EntXlsxSheet *self, guint column, double width)
{
  if (is_good (self))
    ent_xlsx_book_fail (self->book, worksheet_set_column (self->worksheet, (lxw_col_t) column,
                                                          (lxw_col_t) column, width, NULL));
}

void
ent_xlsx_table_habits (EntXlsxSheet *self, guint n_rows, guint n_columns)
{
  g_autofree char *all = NULL;
  char last[LXW_MAX_CELL_NAME_LENGTH];

  if (!is_good (self) || n_columns == 0)
    return;
  worksheet_freeze_panes (self->worksheet, 1, 1);
  ent_xlsx_book_fail (self->book, worksheet_autofilter (self->worksheet, 0, 0, MAX (n_rows, 1) - 1,
                                                        (lxw_col_t) (n_columns - 1)));
  ent_xlsx_book_fail (self->book, worksheet_repeat_rows (self->worksheet, 0, 0));
  lxw_rowcol_to_cell (last, MAX (n_rows, 2) - 1, (lxw_col_t) (n_columns - 1));
  all = g_strconcat ("A2:", last, NULL);
  ent_xlsx_book_fail (
      self->book, worksheet_ignore_errors (self->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all));
  ent_xlsx_page_habits (self, n_columns > 6);
  /* So many columns on one page would be too small to read. */
  if (n_columns > MAX_COLUMNS_ON_PAPER)
    worksheet_fit_to_pages (self->worksheet, 0, 0);
}

void
ent_xlsx_page_habits (EntXlsxSheet *self, gboolean landscape)
{
  g_autofree char *footer = NULL;

  if (!is_good (self))
    return;
  worksheet_set_paper (self->worksheet, ent_pdf_paper_is_letter () ? PAPER_LETTER : PAPER_A4);
  if (landscape)
    worksheet_set_landscape (self->worksheet);
  worksheet_fit_to_pages (self->worksheet, 1, 0);
  /* Translators: foot of a printed sheet; &P and &N stay as they are. */
  footer = g_strconcat ("&L&A&R", C_ ("sheet", "Page &P of &N"), NULL);
  ent_xlsx_book_fail (self->book, worksheet_set_footer (self->worksheet, footer));
}
