/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of usual letters and runs of them. */

#include "config.h"

#include "ent-pdf-glyphs.h"

#include <pango/pangocairo.h>

/* Latin with its accents lies below; dashes, quotation marks, ellipsis and euro in the second. */
#define LOW_END 0x250
#define HIGH_START 0x2010
#define HIGH_END 0x20ad
#define N_ENTRIES (LOW_END + HIGH_END - HIGH_START)
#define ELLIPSIS 0x2026

typedef struct
{
  guint32 glyph; /* 0: not in the table */
  float advance;
} Entry;

struct _EntPdfGlyphs
{
  EntPdfStyle style;
  cairo_font_face_t *face; /* NULL: the table is empty */
  Entry entries[N_ENTRIES];
};

struct _EntPdfRun
{
  GArray *glyphs;   /* cairo_glyph_t */
  GArray *clusters; /* cairo_text_cluster_t */
  GString *text;
};

static int
index_of (gunichar c)
{
  if (c < LOW_END)
    return (int) c;
  return c >= HIGH_START && c < HIGH_END ? (int) (c - HIGH_START + LOW_END) : -1;
}

/* One letter as Pango would set it, figures in their tabular form: only what is one glyph of the
 * style's own font is taken. */
static void
learn (EntPdfGlyphs *self, PangoLayout *layout, gunichar c)
{
  char text[7] = { 0 };
  PangoLayoutLine *line;
  PangoLayoutRun *run;
  cairo_scaled_font_t *font;
  cairo_font_face_t *face;

  g_unichar_to_utf8 (c, text);
  pango_layout_set_text (layout, text, -1);
  line = pango_layout_get_line_readonly (layout, 0);
  if (line->runs == NULL || line->runs->next != NULL)
    return;
  run = line->runs->data;
  if (run->glyphs->num_glyphs != 1 || run->glyphs->glyphs[0].glyph & PANGO_GLYPH_UNKNOWN_FLAG ||
      run->glyphs->glyphs[0].glyph == PANGO_GLYPH_EMPTY)
    return;
  font = pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (run->item->analysis.font));
  if (font == NULL)
    return;
  face = cairo_scaled_font_get_font_face (font);
  if (self->face == NULL)
    self->face = cairo_font_face_reference (face);
  if (face == self->face)
    self->entries[index_of (c)] =
        (Entry){ run->glyphs->glyphs[0].glyph,
                 (float) run->glyphs->glyphs[0].geometry.width / PANGO_SCALE };
}

EntPdfGlyphs *
ent_pdf_glyphs_new (EntPdfStyle style)
{
  EntPdfGlyphs *self = g_new0 (EntPdfGlyphs, 1);
  cairo_t *cr = ent_pdf_measuring_cairo ();
  PangoFontDescription *font = ent_pdf_style_font (style);
  EntPdfPen pen;

  self->style = style;
  ent_pdf_pen_init (&pen, cr, FALSE);
  pango_layout_set_font_description (pen.layout, font);
  /* The first one decides which face the table is of. */
  learn (self, pen.layout, 'a');
  for (gunichar c = 0x20; c < HIGH_END; c = c + 1 == LOW_END ? HIGH_START : c + 1)
    if (g_unichar_isprint (c) && !g_unichar_ismark (c) && c != 0xad)
      learn (self, pen.layout, c);
  ent_pdf_pen_clear (&pen);
  pango_font_description_free (font);
  cairo_destroy (cr);
  return self;
}

void
ent_pdf_glyphs_free (EntPdfGlyphs *self)
{
  g_clear_pointer (&self->face, cairo_font_face_destroy);
  g_free (self);
}

static const Entry *
find (const EntPdfGlyphs *self, gunichar c)
{
  int index = index_of (c);

  return index >= 0 && self->entries[index].glyph != 0 ? &self->entries[index] : NULL;
}

double
ent_pdf_glyphs_width (const EntPdfGlyphs *self, const char *text)
{
  double width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Entry *entry = find (self, g_utf8_get_char (p));

      if (entry == NULL)
        return -1;
      width += entry->advance;
    }
  return width;
}

char *
ent_pdf_glyphs_cut (const EntPdfGlyphs *self, const char *text, double width)
{
  const Entry *ellipsis = find (self, ELLIPSIS);
  double room = width - (ellipsis != NULL ? ellipsis->advance : 0);
  double used = 0;
  const char *end = text; /* where an ellipsis still fits */

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Entry *entry = find (self, g_utf8_get_char (p));

      if (used <= room)
        end = p;
      used += entry != NULL ? entry->advance : 0;
      if (used > width)
        return g_strdup_printf ("%.*s%s", (int) (end - text), text,
                                ellipsis != NULL ? "\342\200\246" : "");
    }
  return NULL;
}

/* ---- Runs ---- */

EntPdfRun *
ent_pdf_run_new (void)
{
  EntPdfRun *self = g_new0 (EntPdfRun, 1);

  self->glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (cairo_text_cluster_t));
  self->text = g_string_new (NULL);
  return self;
}

void
ent_pdf_run_free (EntPdfRun *self)
{
  g_array_unref (self->glyphs);
  g_array_unref (self->clusters);
  g_string_free (self->text, TRUE);
  g_free (self);
}

gboolean
ent_pdf_run_add (EntPdfRun *self, const EntPdfGlyphs *glyphs, const char *text, double x, double y)
{
  double base = y + ent_pdf_style_baseline (glyphs->style);

  if (ent_pdf_glyphs_width (glyphs, text) < 0)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Entry *entry = find (glyphs, g_utf8_get_char (p));
      cairo_glyph_t glyph = { entry->glyph, x, base };
      cairo_text_cluster_t cluster = { (int) (g_utf8_next_char (p) - p), 1 };

      g_array_append_val (self->glyphs, glyph);
      g_array_append_val (self->clusters, cluster);
      x += entry->advance;
    }
  g_string_append (self->text, text);
  return TRUE;
}

void
ent_pdf_run_show (EntPdfRun *self, const EntPdfGlyphs *glyphs, EntPdfPen *pen)
{
  if (self->glyphs->len > 0)
    {
      ent_pdf_pen_ink (pen, ent_pdf_style_ink (glyphs->style));
      cairo_set_font_face (pen->cr, glyphs->face);
      cairo_set_font_size (pen->cr, ent_pdf_style_size (glyphs->style));
      cairo_show_text_glyphs (
          pen->cr, self->text->str, (int) self->text->len,
          (cairo_glyph_t *) (void *) self->glyphs->data, (int) self->glyphs->len,
          (cairo_text_cluster_t *) (void *) self->clusters->data, (int) self->clusters->len, 0);
    }
  g_array_set_size (self->glyphs, 0);
  g_array_set_size (self->clusters, 0);
  g_string_truncate (self->text, 0);
}
