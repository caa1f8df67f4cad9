/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing of the first page's parts. The thread that owns the pen. */
#pragma once

#include "ent-pdf-content.h"

G_BEGIN_DECLS

#define ENT_PDF_TITLE_HEIGHT 76.0
#define ENT_PDF_BANNER_PADDING 12.0
#define ENT_PDF_CHART_HEIGHT 160.0

void
ent_pdf_cover_title (const EntPdfContent *content, EntPdfPen *pen, double x, double y, double w);
void ent_pdf_cover_banner (
    const char *text, EntPdfPen *pen, double x, double y, double width, double height);
double ent_pdf_cover_cards_height (const EntPdfContent *content);
void
ent_pdf_cover_cards (const EntPdfContent *content, EntPdfPen *pen, double x, double y, double w);
void
ent_pdf_cover_chart (const EntPdfContent *content, EntPdfPen *pen, double x, double y, double w);
double ent_pdf_cover_contents_height (guint n_sections);
/* @pages: of each section, from 0. */
void ent_pdf_cover_contents (const EntPdfContent *content,
                             const guint *pages,
                             EntPdfPen *pen,
                             double x,
                             double y,
                             double width);

G_END_DECLS
