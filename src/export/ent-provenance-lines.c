/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The provenance for people: what a page of a PDF or a sheet prints. */

#include "config.h"

#include "ent-provenance.h"

#include "ent-words.h"

#include <glib/gi18n-lib.h>

static void
line_free (gpointer data)
{
  EntProvenanceLine *line = data;

  g_free (line->head);
  g_free (line->line);
  g_free (line);
}

static void
take_line (GPtrArray *lines, const char *head, char *text)
{
  EntProvenanceLine *line;

  if (text == NULL)
    return;
  line = g_new0 (EntProvenanceLine, 1);
  line->head = g_strdup (head);
  line->line = text;
  g_ptr_array_add (lines, line);
}

static void
add_definitions (GPtrArray *lines, const EntExportDocument *document)
{
  for (guint i = 0; i < ENT_N_RATES; i++)
    take_line (lines, ent_words_rate ((EntRate) i),
               g_strdup (ent_words_rate_definition ((EntRate) i, document->report->percent_of)));
}

static char *
sources_text (const EntExportDocument *document)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; document->sources != NULL && i < document->sources->len; i++)
    {
      const EntSourceRecord *record = g_ptr_array_index (document->sources, i);
      g_autofree char *until = NULL;

      if (record->last_success > 0)
        until = ent_words_date_time_full (record->last_success, document->query->zone);
      g_string_append_printf (out, "%s%s (%s%s%s)", out->len > 0 ? "; " : "", record->name,
                              ent_words_source_kind (record->kind), until != NULL ? ", " : "",
                              until != NULL ? until : "");
    }
  return g_string_free (out, out->len == 0);
}

static char *
rows_text (const EntExportDocument *document)
{
  g_autofree char *expected = ent_words_count (document->rows_expected);
  g_autofree char *written = ent_words_count (document->rows_written);

  if (document->rows_written == document->rows_expected)
    return g_steal_pointer (&written);
  /* Translators: how many rows a file has, of how many that match. */
  return g_strdup_printf (C_ ("provenance", "%s of %s"), written, expected);
}

static void
add_change (GString *out, gint64 n, const char *what)
{
  g_autofree char *count = NULL;

  if (n == 0)
    return;
  count = ent_words_count (n);
  g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "; " : "", what, count);
}

static char *
changes_text (const EntExportDocument *document)
{
  const EntCellChanges *changes = document->changes;
  GString *out = g_string_new (NULL);

  add_change (out, changes->masked_phones, C_ ("provenance", "masked phone numbers"));
  add_change (out, changes->hidden_names, C_ ("provenance", "names left out"));
  add_change (out, changes->hidden_contents, C_ ("provenance", "contents left out"));
  add_change (out, changes->neutralised, C_ ("provenance", "texts made safe with an apostrophe"));
  add_change (out, changes->plus_dropped, C_ ("provenance", "phone numbers written without +"));
  add_change (out, changes->cut_cells, C_ ("provenance", "texts cut to a cell's limit"));
  if (out->len == 0)
    g_string_append (out, C_ ("provenance", "none"));
  return g_string_free (out, FALSE);
}

static char *
zone_text (const EntExportDocument *document)
{
  /* Translators: a time zone and the version of the time zone data. */
  return g_strdup_printf (C_ ("provenance", "%s (tz data %s)"),
                          ent_zone_get_name (document->query->zone), ent_zone_get_data_version ());
}

GPtrArray *
ent_provenance_lines (const EntExportDocument *document)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  const EntZone *zone = document->query->zone;

  take_line (lines, C_ ("provenance", "Report"), ent_export_document_title (document));
  take_line (lines, C_ ("provenance", "Period"), ent_export_document_period (document));
  take_line (lines, C_ ("provenance", "Time zone"), zone_text (document));
  take_line (lines, C_ ("provenance", "Filters"), ent_export_document_filter (document));
  take_line (lines, C_ ("provenance", "Sources"), sources_text (document));
  take_line (lines, C_ ("provenance", "Coverage"), ent_export_document_coverage (document));
  take_line (lines, C_ ("provenance", "Data of"),
             document->last_commit > 0 ? ent_words_date_time_full (document->last_commit, zone)
                                       : NULL);
  take_line (lines, C_ ("provenance", "Data version"),
             g_strdup_printf ("%" G_GINT64_FORMAT, document->data_version));
  take_line (lines, C_ ("provenance", "Counted by"),
             g_strdup (ent_words_basis (document->query->basis)));
  if (ent_export_document_has_rates (document))
    add_definitions (lines, document);
  take_line (lines, C_ ("provenance", "Rows"), rows_text (document));
  take_line (lines, C_ ("provenance", "Privacy"), ent_export_document_privacy (document));
  take_line (lines, C_ ("provenance", "Changed on purpose"), changes_text (document));
  take_line (lines, C_ ("provenance", "Made with"), g_strdup ("Entrega " VERSION));
  return lines;
}
