/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last sheet: where the numbers came from, in words and for machines. */

#include "config.h"

#include "ent-xlsx-sheets.h"

#include "ent-provenance.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PIECE_BYTES 30000

static guint
write_line (EntXlsxSheet *sheet, guint row, const char *head, const char *text)
{
  ent_xlsx_text (sheet, row, 0, head, ENT_XLSX_NAME);
  ent_xlsx_text (sheet, row, 1, text, ENT_XLSX_NOTE);
  return row + 1;
}

/* A cell has a limit, a filter with thousands of numbers has none: as many cells as it takes. */
static guint
write_json (EntXlsxSheet *sheet, guint row, const char *json)
{
  const char *head = C_ ("provenance", "For machines (JSON)");

  while (*json != '\0')
    {
      gsize length = strlen (json);
      const char *end = json + length;
      g_autofree char *piece = NULL;

      if (length > MAX_PIECE_BYTES)
        end = g_utf8_find_prev_char (json, json + MAX_PIECE_BYTES);
      piece = g_strndup (json, (gsize) (end - json));
      row = write_line (sheet, row, head, piece);
      head = "";
      json = end;
    }
  return row;
}

void
ent_xlsx_write_provenance (EntXlsxBook *book, const EntExportDocument *document)
{
  g_autoptr (EntXlsxSheet) sheet = ent_xlsx_book_add_sheet (book, C_ ("sheet", "Provenance"));
  g_autoptr (GPtrArray) lines = ent_provenance_lines (document);
  g_autoptr (JsonObject) object = ent_provenance_new (document);
  g_autofree char *json = ent_provenance_to_text (object);
  g_autofree char *filters = json_to_string (json_object_get_member (object, "filters"), FALSE);
  g_autofree char *digest =
      g_strconcat ("SHA-256 ", json_object_get_string_member (object, "inputs_sha256"), NULL);
  guint row = 0;

  ent_xlsx_width (sheet, 0, 38);
  ent_xlsx_width (sheet, 1, 110);
  ent_xlsx_text (sheet, row++, 0, C_ ("sheet", "Provenance"), ENT_XLSX_TITLE);
  row++;
  for (guint i = 0; i < lines->len; i++)
    {
      const EntProvenanceLine *line = g_ptr_array_index (lines, i);

      row = write_line (sheet, row, line->head, line->line);
    }
  row = write_line (sheet, row, C_ ("provenance", "Filters (JSON)"), filters);
  row = write_line (sheet, row, C_ ("provenance", "Digest of the inputs"), digest);
  write_json (sheet, row + 1, json);
  ent_xlsx_page_habits (sheet, FALSE);
}
