/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing and ruling on a page: the styles, the colours and the one font of printed documents. A
 * pen lives as long as one page is drawn or measured; the thread that owns the cairo_t. Lengths
 * in points. */
#pragma once

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/* The first that is installed; Pango falls back further for what none of them has. */
#define ENT_PDF_FAMILIES "Cantarell, Adwaita Sans, DejaVu Sans, Sans"

typedef enum
{
  ENT_PDF_STYLE_EYEBROW,
  ENT_PDF_STYLE_TITLE,
  ENT_PDF_STYLE_LEAD,
  ENT_PDF_STYLE_HEADING,
  ENT_PDF_STYLE_BODY,
  ENT_PDF_STYLE_LINK,
  ENT_PDF_STYLE_NOTE,
  ENT_PDF_STYLE_FIELD,
  ENT_PDF_STYLE_BANNER,
  ENT_PDF_STYLE_CARD_LABEL,
  ENT_PDF_STYLE_CARD_NUMBER,
  ENT_PDF_STYLE_CARD_NOTE,
  ENT_PDF_STYLE_TABLE_HEAD,
  ENT_PDF_STYLE_TABLE_CELL,
  ENT_PDF_STYLE_TABLE_TOTAL,
  ENT_PDF_STYLE_TABLE_NOTE,
  ENT_PDF_STYLE_DETAIL_HEAD,
  ENT_PDF_STYLE_DETAIL,
  ENT_PDF_STYLE_FOOT,
  ENT_PDF_N_STYLES,
} EntPdfStyle;

typedef enum
{
  ENT_PDF_INK_TEXT,
  ENT_PDF_INK_DIM,
  ENT_PDF_INK_ACCENT,
  ENT_PDF_INK_RULE,
  ENT_PDF_INK_FAINT_RULE,
  ENT_PDF_INK_PANEL,
  ENT_PDF_INK_BANNER,
  ENT_PDF_INK_BANNER_TEXT,
  ENT_PDF_INK_BANNER_EDGE,
  ENT_PDF_N_INKS,
} EntPdfInk;

typedef struct
{
  cairo_t *cr;
  PangoLayout *layout;
  PangoFontDescription *fonts[ENT_PDF_N_STYLES];
  gboolean tags; /* links, destinations and structure are written */
} EntPdfPen;

void ent_pdf_pen_init (EntPdfPen *self, cairo_t *cr, gboolean tags);
void ent_pdf_pen_clear (EntPdfPen *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntPdfPen, ent_pdf_pen_clear)
/* A cairo_t that draws nowhere and measures as a PDF does. */
cairo_t *ent_pdf_measuring_cairo (void);

/* The font of a style, for ent-pdf-glyphs. (transfer full) */
PangoFontDescription *ent_pdf_style_font (EntPdfStyle style);
double ent_pdf_style_size (EntPdfStyle style);
double ent_pdf_style_line (EntPdfStyle style);     /* from line to line */
double ent_pdf_style_baseline (EntPdfStyle style); /* from the top of a line */
EntPdfInk ent_pdf_style_ink (EntPdfStyle style);

/* One line, its top at @y. @align: 0 left, 0.5, 1 right within @width; what is too long ends in an
 * ellipsis. */
void ent_pdf_pen_text (EntPdfPen *self,
                       EntPdfStyle style,
                       const char *text,
                       double x,
                       double y,
                       double width,
                       double align);
/* The same for numbers and heads, which are never cut: drawn smaller where there is no room. */
void ent_pdf_pen_number (EntPdfPen *self,
                         EntPdfStyle style,
                         const char *text,
                         double x,
                         double y,
                         double width,
                         double align);
/* At most @max_lines lines, the last with an ellipsis; returns how many. */
guint ent_pdf_pen_box (EntPdfPen *self,
                       EntPdfStyle style,
                       const char *text,
                       double x,
                       double y,
                       double width,
                       guint max_lines);
/* Text that may be broken over pages: how many lines it has, and some of them. */
guint ent_pdf_pen_count_lines (EntPdfPen *self, EntPdfStyle style, const char *text, double width);
void ent_pdf_pen_lines (EntPdfPen *self,
                        EntPdfStyle style,
                        const char *text,
                        double x,
                        double y,
                        double width,
                        guint first,
                        guint n);
double ent_pdf_pen_width (EntPdfPen *self, EntPdfStyle style, const char *text);

void ent_pdf_pen_ink (EntPdfPen *self, EntPdfInk ink);
void ent_pdf_pen_rule (EntPdfPen *self, EntPdfInk ink, double x, double y, double width);
void ent_pdf_pen_panel (
    EntPdfPen *self, EntPdfInk ink, double x, double y, double width, double height, double radius);

/* Structure and links; nothing where the pen has no tags. @attributes: may be NULL; never numbers
 * with a fraction, which cairo 1.16 reads in the locale's way. */
void ent_pdf_pen_begin (EntPdfPen *self, const char *tag, const char *attributes);
void ent_pdf_pen_end (EntPdfPen *self, const char *tag);

G_END_DECLS
