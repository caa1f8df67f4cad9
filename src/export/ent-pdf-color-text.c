/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Run by run: what is plain goes the usual way. The thread that owns the cairo_t. */

#include "config.h"

#include "ent-pdf-color-text.h"

#include <hb-ot.h>
#include <pango/pangocairo.h>

typedef enum
{
  RUN_PLAIN,
  RUN_COLOR,
  RUN_UNKNOWN,
} RunKind;

static gboolean
is_unknown (const PangoGlyphInfo *glyph)
{
  return glyph->glyph != PANGO_GLYPH_EMPTY && (glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
}

static RunKind
kind_of (const PangoLayoutRun *run)
{
  hb_font_t *font =
      run->item->analysis.font != NULL ? pango_font_get_hb_font (run->item->analysis.font) : NULL;

  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    if (is_unknown (&run->glyphs->glyphs[i]))
      return RUN_UNKNOWN;
  if (font != NULL && (hb_ot_color_has_png (hb_font_get_face (font)) ||
                       hb_ot_color_has_layers (hb_font_get_face (font)) ||
                       hb_ot_color_has_svg (hb_font_get_face (font))))
    return RUN_COLOR;
  return RUN_PLAIN;
}

gboolean
ent_pdf_line_has_pictures (PangoLayoutLine *line)
{
  for (GSList *l = line->runs; l != NULL; l = l->next)
    if (kind_of (l->data) != RUN_PLAIN)
      return TRUE;
  return FALSE;
}

/* A space of a plain font that stands for @text: cairo writes the text beside it. */
static void
show_unseen (cairo_t *cr, PangoLayoutLine *line, const char *text, int length, double x, double y)
{
  PangoContext *context = pango_layout_get_context (line->layout);
  PangoFont *font =
      pango_context_load_font (context, pango_layout_get_font_description (line->layout));
  cairo_text_cluster_t cluster = { length, 1 };
  cairo_glyph_t glyph = { 0, x, y };
  hb_codepoint_t space;

  if (font != NULL && hb_font_get_nominal_glyph (pango_font_get_hb_font (font), ' ', &space))
    {
      cairo_save (cr);
      cairo_set_scaled_font (cr, pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)));
      glyph.index = space;
      cairo_show_text_glyphs (cr, text, length, &glyph, 1, &cluster, 1, 0);
      cairo_restore (cr);
    }
  g_clear_object (&font);
}

/* Each picture is a group of its own: cairo 1.16 names a picture once more in the resources of a
 * page for every time it is used there, and strict readers complain of names given twice. */
static void
show_pictures (cairo_t *cr, const PangoLayoutRun *run, double x, double y)
{
  PangoGlyphString *one = pango_glyph_string_new ();

  pango_glyph_string_set_size (one, 1);
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      PangoRectangle ink;

      one->glyphs[0] = run->glyphs->glyphs[i];
      one->log_clusters[0] = 0;
      pango_glyph_string_extents (one, run->item->analysis.font, &ink, NULL);
      cairo_save (cr);
      cairo_rectangle (cr, x + pango_units_to_double (ink.x), y + pango_units_to_double (ink.y),
                       pango_units_to_double (ink.width), pango_units_to_double (ink.height));
      cairo_clip (cr);
      cairo_push_group (cr);
      cairo_move_to (cr, x, y);
      pango_cairo_show_glyph_string (cr, run->item->analysis.font, one);
      cairo_pop_group_to_source (cr);
      cairo_paint (cr);
      cairo_restore (cr);
      x += pango_units_to_double (one->glyphs[0].geometry.width);
    }
  pango_glyph_string_free (one);
}

static void
show_boxes (cairo_t *cr, const PangoLayoutRun *run, double x, double y)
{
  cairo_set_line_width (cr, 0.5);
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    {
      double width = pango_units_to_double (run->glyphs->glyphs[i].geometry.width);

      if (width > 2)
        cairo_rectangle (cr, x + 1, y - width * 0.8, width - 2, width * 0.8);
      x += width;
    }
  cairo_stroke (cr);
}

/* How many bytes from the start have signs that the font lacks, or has. */
static int
stretch (PangoGlyphItem *run, const char *text, gboolean *unknown)
{
  PangoGlyphItemIter iter;
  int bytes = 0;

  for (gboolean more = pango_glyph_item_iter_init_start (&iter, run, text); more;
       more = pango_glyph_item_iter_next_cluster (&iter))
    {
      gboolean rightwards = iter.start_glyph < iter.end_glyph;
      int first = rightwards ? iter.start_glyph : iter.end_glyph + 1;
      int last = rightwards ? iter.end_glyph - 1 : iter.start_glyph;
      gboolean lacks = FALSE;

      for (int i = first; i <= last; i++)
        lacks = lacks || is_unknown (&run->glyphs->glyphs[i]);
      if (bytes > 0 && lacks != *unknown)
        break;
      *unknown = lacks;
      bytes = iter.end_index - run->item->offset;
    }
  return bytes;
}

/* Boxes for what the font lacks; the rest of the run stays readable. */
static void
show_with_boxes (
    cairo_t *cr, PangoLayoutLine *line, const char *text, PangoLayoutRun *run, double x, double y)
{
  PangoGlyphItem *rest = pango_glyph_item_copy (run);
  gboolean leftwards = run->item->analysis.level % 2 == 1;

  if (leftwards)
    x += pango_units_to_double (pango_glyph_string_get_width (run->glyphs));
  while (rest != NULL)
    {
      gboolean unknown = FALSE;
      int bytes = stretch (rest, text, &unknown);
      PangoGlyphItem *part;
      double width;

      if (bytes > 0 && bytes < rest->item->length)
        part = pango_glyph_item_split (rest, text, bytes);
      else
        part = g_steal_pointer (&rest);
      width = pango_units_to_double (pango_glyph_string_get_width (part->glyphs));
      x -= leftwards ? width : 0;
      if (unknown)
        {
          show_boxes (cr, part, x, y);
          show_unseen (cr, line, text + part->item->offset, part->item->length, x, y);
        }
      else
        {
          cairo_move_to (cr, x, y);
          pango_cairo_show_glyph_item (cr, text, part);
        }
      x += leftwards ? 0 : width;
      pango_glyph_item_free (part);
    }
}

void
ent_pdf_show_line_with_pictures (cairo_t *cr, PangoLayoutLine *line, double x, double y)
{
  const char *text = pango_layout_get_text (line->layout);

  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoLayoutRun *run = l->data;
      RunKind kind = kind_of (run);

      if (kind == RUN_COLOR)
        {
          show_pictures (cr, run, x, y);
          show_unseen (cr, line, text + run->item->offset, run->item->length, x, y);
        }
      else if (kind == RUN_UNKNOWN)
        show_with_boxes (cr, line, text, run, x, y);
      else
        {
          cairo_move_to (cr, x, y);
          pango_cairo_show_glyph_item (cr, text, run);
        }
      x += pango_units_to_double (pango_glyph_string_get_width (run->glyphs));
    }
}
