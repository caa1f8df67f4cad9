/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of a document and the height of its blocks. On the export's thread. */

#include "config.h"

#include "ent-pdf-content.h"

#include "ent-pdf-cover.h"
#include "ent-provenance.h"
#include "ent-summary-chart.h"
#include "ent-text.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

/* Breakdowns that are not the report's own show the largest; the rest is one line. */
#define MAX_BREAKDOWN_ROWS 25
#define MAX_MAIN_ROWS 5000
#define MAX_TITLE_CHARS 200
#define SECTION_GAP 22.0
#define COVER_GAP 13.0 /* between the parts of the first page */
/* A table of so few lines is not parted. */
#define WHOLE_LINES 8

typedef struct
{
  EntPdfContent *content;
  EntExportDocument *document;
  EntPdfPen pen;
} Builder;

static void
block_free (gpointer data)
{
  EntPdfBlock *block = data;

  g_free (block->head);
  g_free (block->text);
  g_clear_pointer (&block->table, ent_pdf_table_free);
  g_free (block);
}

double
ent_pdf_content_width (const EntPdfContent *self, gboolean wide)
{
  return (wide ? self->paper.height : self->paper.width) - 2 * ENT_PDF_MARGIN;
}

double
ent_pdf_content_height (const EntPdfContent *self, gboolean wide)
{
  return (wide ? self->paper.width : self->paper.height) - ENT_PDF_TOP - ENT_PDF_BOTTOM;
}

/* ---- Blocks ---- */

static EntPdfBlock *
add (Builder *self, EntPdfBlockKind kind, EntPdfFlowBlock flow)
{
  EntPdfBlock *block = g_new0 (EntPdfBlock, 1);

  block->kind = kind;
  g_ptr_array_add (self->content->blocks, block);
  g_array_append_val (self->content->flow, flow);
  return block;
}

/* @in_outline: a section of its own. */
static void
add_heading (Builder *self, const char *head, gboolean in_outline, gboolean new_page, gboolean wide)
{
  EntPdfBlock *block =
      add (self, ENT_PDF_BLOCK_HEADING,
           (EntPdfFlowBlock){ .gap = in_outline ? SECTION_GAP : COVER_GAP,
                              .head = ent_pdf_style_line (ENT_PDF_STYLE_HEADING) + 3,
                              .keep_with_next = TRUE,
                              .new_page = new_page,
                              .wide = wide });

  block->head = g_strdup (head);
  if (!in_outline)
    return;
  g_ptr_array_add (self->content->sections, g_strdup (head));
  block->section = self->content->sections->len;
}

/* (transfer full): @text; nothing for NULL. */
static void
take_field (Builder *self, const char *head, char *text)
{
  double width = ent_pdf_content_width (self->content, FALSE) - ENT_PDF_FIELD_WIDTH;
  EntPdfBlock *block;
  guint lines;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  lines = ent_pdf_pen_count_lines (&self->pen, ENT_PDF_STYLE_BODY, text, width);
  block = add (self, ENT_PDF_BLOCK_FIELD,
               (EntPdfFlowBlock){ .gap = 1,
                                  .row = ent_pdf_style_line (ENT_PDF_STYLE_BODY),
                                  .n_rows = lines,
                                  .first_rows = MIN (lines, 2) });
  block->head = g_strdup (head);
  block->text = text;
}

static void
add_note (Builder *self, const char *text, gboolean wide)
{
  double width = ent_pdf_content_width (self->content, wide);
  guint lines = ent_pdf_pen_count_lines (&self->pen, ENT_PDF_STYLE_NOTE, text, width);
  EntPdfBlock *block = add (self, ENT_PDF_BLOCK_NOTE,
                            (EntPdfFlowBlock){ .gap = 0,
                                               .row = ent_pdf_style_line (ENT_PDF_STYLE_NOTE),
                                               .n_rows = lines,
                                               .first_rows = lines,
                                               .keep_with_next = TRUE,
                                               .wide = wide });

  block->text = g_strdup (text);
}

/* ---- Cover ---- */

static void
add_banner (Builder *self, char *text)
{
  double width = ent_pdf_content_width (self->content, FALSE) - 2 * ENT_PDF_BANNER_PADDING;
  EntPdfBlock *block;
  guint lines;

  if (text == NULL)
    return;
  lines = ent_pdf_pen_count_lines (&self->pen, ENT_PDF_STYLE_BANNER, text, width);
  block = add (self, ENT_PDF_BLOCK_BANNER,
               (EntPdfFlowBlock){ .gap = 10,
                                  .head = lines * ent_pdf_style_line (ENT_PDF_STYLE_BANNER) +
                                          ENT_PDF_BANNER_PADDING });
  block->text = text;
}

static char *
comparison_text (const EntExportDocument *document)
{
  g_autofree char *now = NULL;
  g_autofree char *before = NULL;

  if (document->compared == NULL || document->current == NULL)
    return NULL;
  now = ent_words_day_range_full (document->current->range.first, document->current->range.last);
  before =
      ent_words_day_range_full (document->compared->range.first, document->compared->range.last);
  /* Translators: two spans of days that are compared. */
  return g_strdup_printf (C_ ("pdf", "%s against %s"), now, before);
}

static void
add_facts (Builder *self)
{
  EntExportDocument *document = self->document;

  add_heading (self, C_ ("pdf", "About this report"), FALSE, FALSE, FALSE);
  take_field (self, C_ ("provenance", "Period"), ent_export_document_period (document));
  take_field (self, C_ ("provenance", "Filters"), ent_export_document_filter (document));
  /* What is less than complete stands above, in colour. */
  if (document->summary->coverage == ENT_COVERAGE_COMPLETE)
    take_field (self, C_ ("provenance", "Coverage"),
                g_strdup (ent_words_coverage (ENT_COVERAGE_COMPLETE)));
  take_field (self, C_ ("provenance", "Data of"), g_strdup (self->content->as_of));
  take_field (self, C_ ("provenance", "Counted by"),
              g_strdup (ent_words_basis (document->query->basis)));
  take_field (self, C_ ("pdf", "Compared"), comparison_text (document));
  if (document->report->privacy != ENT_PRIVACY_FULL)
    take_field (self, C_ ("provenance", "Privacy"), ent_export_document_privacy (document));
}

static void
add_definitions (Builder *self)
{
  static const EntStage stages[] = { ENT_STAGE_TOTAL,   ENT_STAGE_SENT,   ENT_STAGE_DELIVERED,
                                     ENT_STAGE_READ,    ENT_STAGE_ERRORS, ENT_STAGE_PENDING,
                                     ENT_STAGE_RECEIVED };

  add_heading (self, C_ ("pdf", "What the numbers mean"), FALSE, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    take_field (self, ent_words_stage (stages[i]), g_strdup (ent_words_stage_help (stages[i])));
  for (guint i = 0; ent_export_document_has_rates (self->document) && i < ENT_N_RATES; i++)
    take_field (
        self, ent_words_rate ((EntRate) i),
        g_strdup (ent_words_rate_definition ((EntRate) i, self->document->report->percent_of)));
}

static void
add_cover (Builder *self)
{
  add (self, ENT_PDF_BLOCK_TITLE, (EntPdfFlowBlock){ .head = ENT_PDF_TITLE_HEIGHT });
  add_banner (self, ent_export_document_coverage (self->document));
  add (self, ENT_PDF_BLOCK_CARDS,
       (EntPdfFlowBlock){ .gap = 10, .head = ent_pdf_cover_cards_height (self->content) });
  if (self->content->chart != NULL)
    add (self, ENT_PDF_BLOCK_CHART,
         (EntPdfFlowBlock){ .gap = COVER_GAP, .head = ENT_PDF_CHART_HEIGHT });
  add_facts (self);
  add_definitions (self);
  /* Its height is known when all sections are. */
  add (self, ENT_PDF_BLOCK_CONTENTS, (EntPdfFlowBlock){ .gap = COVER_GAP });
}

/* ---- Tables ---- */

static const char *
table_title (EntBy by)
{
  return by == ENT_BY_REASON ? C_ ("pdf", "Failures by reason") : ent_words_by_title (by);
}

static EntPdfTableKind
table_kind (EntBy by)
{
  if (by == ENT_BY_REASON)
    return ENT_PDF_TABLE_REASONS;
  return by == ENT_BY_STATUS ? ENT_PDF_TABLE_SHARES : ENT_PDF_TABLE_FUNNEL;
}

static void
add_table (Builder *self, EntSummary *summary)
{
  EntExportDocument *document = self->document;
  gboolean main_table = summary == document->summary;
  gboolean whole = main_table || ent_by_is_time (summary->by);
  EntPdfTable *table = ent_pdf_table_new (
      summary, table_kind (summary->by), document->report->percent_of,
      ent_export_document_has_rates (document), whole ? MAX_MAIN_ROWS : MAX_BREAKDOWN_ROWS, whole);
  guint lines = ent_pdf_table_get_n_lines (table);
  const char *title = table_title (summary->by);
  EntPdfBlock *block;

  if (main_table && document->report->view == ENT_VIEW_CONSOLIDATED)
    {
      document->rows_written = table->order->len;
      document->rows_skipped = table->n_rest;
    }
  add_heading (self, title, TRUE, FALSE, FALSE);
  block = add (self, ENT_PDF_BLOCK_TABLE,
               (EntPdfFlowBlock){ .head = ent_pdf_table_head_height (table),
                                  .row = ent_pdf_table_line_height (table),
                                  .n_rows = lines,
                                  .first_rows = lines <= WHOLE_LINES ? lines : 3 });
  block->table = table;
}

/* Nothing is to be seen in a breakdown where no message has the dimension. */
static gboolean
is_worth_a_table (const EntSummary *summary)
{
  if (summary->by == ENT_BY_REASON)
    return ent_counters_errors (&summary->totals) > 0;
  return summary->n_rows > 1 || (summary->n_rows == 1 && *summary->rows[0].key != '\0');
}

static gboolean
add_breakdowns (Builder *self, EntSummary *days, GError **error)
{
  EntExportDocument *document = self->document;

  if (document->report->by != ENT_BY_DAY)
    add_table (self, document->summary);
  add_table (self, days);
  for (guint by = ENT_BY_SUBACCOUNT; by < ENT_N_BYS; by++)
    {
      g_autoptr (EntSummary) summary = NULL;

      if (by == document->report->by)
        continue;
      summary = ent_export_document_summarise (document, (EntBy) by, error);
      if (summary == NULL)
        return FALSE;
      if (is_worth_a_table (summary))
        add_table (self, summary);
    }
  return ent_export_document_tick (document, 0, error);
}

/* ---- Messages and provenance ---- */

static gboolean
add_detail (Builder *self, guint max_rows, GError **error)
{
  EntPdfContent *content = self->content;
  guint n;

  content->detail =
      ent_pdf_detail_new (self->document, ent_pdf_content_width (content, TRUE), max_rows, error);
  if (content->detail == NULL)
    return FALSE;
  n = ent_pdf_detail_get_n_rows (content->detail);
  add_heading (self, C_ ("pdf", "Messages"), TRUE, TRUE, TRUE);
  add_note (self, ent_pdf_detail_get_note (content->detail), TRUE);
  add (self, ENT_PDF_BLOCK_DETAIL,
       (EntPdfFlowBlock){ .gap = 4,
                          .head = ent_pdf_detail_head_height (),
                          .row = ent_pdf_detail_row_height (),
                          .n_rows = n,
                          .first_rows = MIN (n, 3),
                          .wide = TRUE });
  return TRUE;
}

static char *
filter_json (JsonObject *provenance)
{
  return json_to_string (json_object_get_member (provenance, "filters"), FALSE);
}

static void
add_provenance (Builder *self)
{
  g_autoptr (GPtrArray) lines = ent_provenance_lines (self->document);
  g_autoptr (JsonObject) object = ent_provenance_new (self->document);

  self->content->digest = g_strdup (json_object_get_string_member (object, "inputs_sha256"));
  add_heading (self, C_ ("sheet", "Provenance"), TRUE, TRUE, FALSE);
  for (guint i = 0; i < lines->len; i++)
    {
      const EntProvenanceLine *line = g_ptr_array_index (lines, i);

      take_field (self, line->head, g_strdup (line->line));
    }
  take_field (self, C_ ("provenance", "Filters (JSON)"), filter_json (object));
  take_field (self, C_ ("provenance", "Digest of the inputs"),
              g_strdup_printf ("SHA-256 %s", self->content->digest));
}

/* ---- All of it ---- */

static void
take_words (EntPdfContent *self, const EntExportDocument *document)
{
  g_autofree char *title = ent_export_document_title (document);

  self->title = ent_text_for_display (title, MAX_TITLE_CHARS);
  self->period = ent_export_document_period (document);
  if (document->last_commit > 0)
    self->as_of = ent_words_date_time_full (document->last_commit, document->query->zone);
  self->created_at = document->created_at;
  self->cards = ent_pdf_cards_new (document);
}

static gboolean
build (Builder *self, guint max_rows, GError **error)
{
  EntExportDocument *document = self->document;
  EntPdfContent *content = self->content;
  guint series = document->report->series;
  g_autoptr (EntSummary) days = NULL;
  const EntSummary *charted;

  if (document->report->by == ENT_BY_DAY)
    days = ent_summary_ref (document->summary);
  else
    days = ent_export_document_summarise (document, ENT_BY_DAY, error);
  if (days == NULL)
    return FALSE;
  charted = ent_by_is_time (document->report->by) ? document->summary : days;
  content->chart = ent_chart_from_summary (charted, document->report->chart_style, series);
  content->chart_title = ent_chart_title (charted->by, series);
  add_cover (self);
  if (!add_breakdowns (self, days, error) ||
      (document->report->view == ENT_VIEW_DETAILED && !add_detail (self, max_rows, error)))
    return FALSE;
  add_provenance (self);
  return TRUE;
}

static void
set_contents_height (EntPdfContent *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const EntPdfBlock *block = g_ptr_array_index (self->blocks, i);

      if (block->kind == ENT_PDF_BLOCK_CONTENTS)
        g_array_index (self->flow, EntPdfFlowBlock, i).head =
            ent_pdf_cover_contents_height (self->sections->len);
    }
}

EntPdfContent *
ent_pdf_content_new (EntExportDocument *document,
                     const EntPdfPaper *paper,
                     guint max_rows,
                     GError **error)
{
  g_autoptr (EntPdfContent) self = g_new0 (EntPdfContent, 1);
  Builder builder = { self, document };
  cairo_t *cr = ent_pdf_measuring_cairo ();
  gboolean ok;

  self->paper = *paper;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->flow = g_array_new (FALSE, FALSE, sizeof (EntPdfFlowBlock));
  self->sections = g_ptr_array_new_with_free_func (g_free);
  take_words (self, document);
  ent_pdf_pen_init (&builder.pen, cr, FALSE);
  ok = build (&builder, max_rows, error);
  ent_pdf_pen_clear (&builder.pen);
  cairo_destroy (cr);
  if (!ok)
    return NULL;
  set_contents_height (self);
  return g_steal_pointer (&self);
}

void
ent_pdf_content_free (EntPdfContent *self)
{
  g_free (self->title);
  g_free (self->period);
  g_free (self->as_of);
  g_free (self->digest);
  g_ptr_array_unref (self->cards);
  g_clear_pointer (&self->chart, ent_chart_unref);
  g_free (self->chart_title);
  g_clear_pointer (&self->detail, ent_pdf_detail_free);
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->flow);
  g_ptr_array_unref (self->sections);
  g_free (self);
}
