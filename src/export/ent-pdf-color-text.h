/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that a PDF cannot hold as glyphs: coloured emoji are pictures there, and letters of no
 * installed font are boxes. Both are drawn, and their text is laid below them unseen, so that it
 * can be found, selected and copied. The thread that owns the cairo_t. */
#pragma once

#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/* Whether a part of @line is such a text. */
gboolean ent_pdf_line_has_pictures (PangoLayoutLine *line);
/* Draws all of @line with its base line's start at @x, @y in the present colour. */
void ent_pdf_show_line_with_pictures (cairo_t *cr, PangoLayoutLine *line, double x, double y);

G_END_DECLS
