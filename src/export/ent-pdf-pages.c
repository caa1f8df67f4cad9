/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two passes: content and places at making, glyphs at drawing. */

#include "config.h"

#include "ent-pdf-pages.h"

#include "ent-pdf-content.h"
#include "ent-pdf-cover.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntPdfPages
{
  EntPdfContent *content;
  EntPdfFlow *flow;
  guint *section_pages;
  gboolean tags;
};

static void
find_sections (EntPdfPages *self)
{
  self->section_pages = g_new0 (guint, self->content->sections->len + 1);
  for (guint i = 0; i < self->flow->pieces->len; i++)
    {
      const EntPdfFlowPiece *piece = &g_array_index (self->flow->pieces, EntPdfFlowPiece, i);
      const EntPdfBlock *block = g_ptr_array_index (self->content->blocks, piece->block);

      if (block->section > 0)
        self->section_pages[block->section - 1] = piece->page;
    }
}

EntPdfPages *
ent_pdf_pages_new (EntExportDocument *document, EntPdfPaper paper, guint max_rows, GError **error)
{
  EntPdfContent *content = ent_pdf_content_new (document, &paper, max_rows, error);
  EntPdfPages *self;

  if (content == NULL)
    return NULL;
  self = g_new0 (EntPdfPages, 1);
  self->content = content;
  self->flow = ent_pdf_flow_new ((const EntPdfFlowBlock *) (void *) content->flow->data,
                                 content->flow->len, ent_pdf_content_height (content, FALSE),
                                 ent_pdf_content_height (content, TRUE));
  find_sections (self);
  return self;
}

void
ent_pdf_pages_free (EntPdfPages *self)
{
  ent_pdf_content_free (self->content);
  ent_pdf_flow_free (self->flow);
  g_free (self->section_pages);
  g_free (self);
}

guint
ent_pdf_pages_get_n (const EntPdfPages *self)
{
  return self->flow->pages->len;
}

static gboolean
is_wide (const EntPdfPages *self, guint page)
{
  return g_array_index (self->flow->pages, EntPdfFlowPage, page).wide;
}

EntPdfPaper
ent_pdf_pages_get_size (const EntPdfPages *self, guint page)
{
  EntPdfPaper paper = self->content->paper;

  g_return_val_if_fail (page < ent_pdf_pages_get_n (self), paper);

  return is_wide (self, page) ? (EntPdfPaper){ paper.height, paper.width } : paper;
}

void
ent_pdf_pages_set_tags (EntPdfPages *self, gboolean tags)
{
  self->tags = tags;
}

guint
ent_pdf_pages_get_n_sections (const EntPdfPages *self)
{
  return self->content->sections->len;
}

const char *
ent_pdf_pages_get_section (const EntPdfPages *self, guint index, guint *page)
{
  g_return_val_if_fail (index < self->content->sections->len, NULL);

  *page = self->section_pages[index];
  return g_ptr_array_index (self->content->sections, index);
}

const char *
ent_pdf_pages_get_title (const EntPdfPages *self)
{
  return self->content->title;
}

const char *
ent_pdf_pages_get_period (const EntPdfPages *self)
{
  return self->content->period;
}

const char *
ent_pdf_pages_get_digest (const EntPdfPages *self)
{
  return self->content->digest;
}

gint64
ent_pdf_pages_get_created_at (const EntPdfPages *self)
{
  return self->content->created_at;
}

/* ---- Drawing ---- */

static void
draw_heading (const EntPdfBlock *block, EntPdfPen *pen, double x, double y, double width)
{
  g_autofree char *name = g_strdup_printf ("name='section-%u'", block->section);

  if (block->section > 0)
    ent_pdf_pen_begin (pen, CAIRO_TAG_DEST, name);
  ent_pdf_pen_begin (pen, "H2", NULL);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_HEADING, block->head, x, y, width, 0);
  ent_pdf_pen_end (pen, "H2");
  if (block->section > 0)
    ent_pdf_pen_end (pen, CAIRO_TAG_DEST);
}

static void
draw_field (const EntPdfBlock *block,
            const EntPdfFlowPiece *piece,
            EntPdfPen *pen,
            double x,
            double y,
            double width)
{
  ent_pdf_pen_begin (pen, "P", NULL);
  if (piece->first_row == 0)
    ent_pdf_pen_number (pen, ENT_PDF_STYLE_FIELD, block->head, x, y, ENT_PDF_FIELD_WIDTH - 8, 0);
  ent_pdf_pen_lines (pen, ENT_PDF_STYLE_BODY, block->text, x + ENT_PDF_FIELD_WIDTH, y,
                     width - ENT_PDF_FIELD_WIDTH, piece->first_row, piece->n_rows);
  ent_pdf_pen_end (pen, "P");
}

static void
draw_note (const EntPdfBlock *block,
           const EntPdfFlowPiece *piece,
           EntPdfPen *pen,
           double x,
           double y,
           double width)
{
  ent_pdf_pen_begin (pen, "P", NULL);
  ent_pdf_pen_lines (pen, ENT_PDF_STYLE_NOTE, block->text, x, y, width, piece->first_row,
                     piece->n_rows);
  ent_pdf_pen_end (pen, "P");
}

static void
draw_piece (EntPdfPages *self, const EntPdfFlowPiece *piece, EntPdfPen *pen, double width)
{
  const EntPdfBlock *block = g_ptr_array_index (self->content->blocks, piece->block);
  double x = ENT_PDF_MARGIN, y = ENT_PDF_TOP + piece->y;

  switch (block->kind)
    {
    case ENT_PDF_BLOCK_TITLE:
      ent_pdf_cover_title (self->content, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_BANNER:
      ent_pdf_cover_banner (
          block->text, pen, x, y, width,
          g_array_index (self->content->flow, EntPdfFlowBlock, piece->block).head);
      break;
    case ENT_PDF_BLOCK_CARDS:
      ent_pdf_cover_cards (self->content, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_CHART:
      ent_pdf_cover_chart (self->content, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_HEADING:
      draw_heading (block, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_FIELD:
      draw_field (block, piece, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_NOTE:
      draw_note (block, piece, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_CONTENTS:
      ent_pdf_cover_contents (self->content, self->section_pages, pen, x, y, width);
      break;
    case ENT_PDF_BLOCK_TABLE:
      ent_pdf_table_draw (block->table, pen, x, y, width, piece->first_row, piece->n_rows);
      break;
    case ENT_PDF_BLOCK_DETAIL:
      ent_pdf_detail_draw (self->content->detail, pen, x, y, width, piece->first_row,
                           piece->n_rows);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
draw_foot (EntPdfPages *self, guint page, EntPdfPen *pen, double width)
{
  EntPdfPaper paper = ent_pdf_pages_get_size (self, page);
  double y = paper.height - ENT_PDF_BOTTOM + 18;
  g_autofree char *number = ent_words_count (page + 1);
  g_autofree char *all = ent_words_count (ent_pdf_pages_get_n (self));
  /* Translators: at the foot of a page. */
  g_autofree char *text = g_strdup_printf (C_ ("pdf", "Page %s of %s"), number, all);
  g_autofree char *left = g_strdup_printf ("%s · %s", self->content->title, self->content->period);

  ent_pdf_pen_rule (pen, ENT_PDF_INK_FAINT_RULE, ENT_PDF_MARGIN, y - 6, width);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_FOOT, left, ENT_PDF_MARGIN, y, width - 90, 0);
  ent_pdf_pen_text (pen, ENT_PDF_STYLE_FOOT, text, ENT_PDF_MARGIN + width - 86, y, 86, 1);
}

void
ent_pdf_pages_draw (EntPdfPages *self, guint page, cairo_t *cr)
{
  g_auto (EntPdfPen) pen = { 0 };
  const EntPdfFlowPage *place;
  double width;

  g_return_if_fail (page < ent_pdf_pages_get_n (self));

  place = &g_array_index (self->flow->pages, EntPdfFlowPage, page);
  width = ent_pdf_content_width (self->content, place->wide);
  cairo_save (cr);
  ent_pdf_pen_init (&pen, cr, self->tags);
  for (guint i = 0; i < place->n_pieces; i++)
    draw_piece (self, &g_array_index (self->flow->pieces, EntPdfFlowPiece, place->first_piece + i),
                &pen, width);
  draw_foot (self, page, &pen, width);
  cairo_restore (cr);
}
