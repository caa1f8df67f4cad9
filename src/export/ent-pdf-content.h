/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printed document says, block by block, before anybody knows on which page. Everything is
 * copied out of the export's document, which may go away; immutable afterwards. */
#pragma once

#include "ent-export-document.h"
#include "ent-pdf-detail.h"
#include "ent-pdf-flow.h"
#include "ent-pdf-paper.h"
#include "ent-pdf-table.h"

#include "ent-chart.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_PDF_BLOCK_TITLE,
  ENT_PDF_BLOCK_BANNER, /* text, over @lines */
  ENT_PDF_BLOCK_CARDS,
  ENT_PDF_BLOCK_CHART,
  ENT_PDF_BLOCK_HEADING, /* head; section */
  ENT_PDF_BLOCK_FIELD,   /* head beside text */
  ENT_PDF_BLOCK_NOTE,    /* text */
  ENT_PDF_BLOCK_CONTENTS,
  ENT_PDF_BLOCK_TABLE,
  ENT_PDF_BLOCK_DETAIL,
} EntPdfBlockKind;

typedef struct
{
  EntPdfBlockKind kind;
  char *head;
  char *text;
  guint section; /* a heading's number, from 1; 0: not in the outline */
  EntPdfTable *table;
} EntPdfBlock;

typedef struct
{
  char *label;
  char *number;
  char *share;  /* "96.2 % of 10,240"; NULL */
  char *parts;  /* "Not sent: 11 · Not delivered: 39"; NULL */
  char *change; /* "10,240 against 9,846: +4 %"; NULL */
} EntPdfCard;

typedef struct
{
  EntPdfPaper paper;
  char *title;
  char *period;
  char *as_of;  /* of the data */
  char *digest; /* of the inputs */
  gint64 created_at;
  GPtrArray *cards; /* EntPdfCard */
  EntChart *chart;
  char *chart_title;
  EntPdfDetail *detail; /* NULL without */
  GPtrArray *blocks;    /* EntPdfBlock */
  GArray *flow;         /* EntPdfFlowBlock, one a block */
  GPtrArray *sections;  /* heads of sections: number - 1 */
} EntPdfContent;

#define ENT_PDF_MARGIN 42.0
#define ENT_PDF_TOP 40.0
#define ENT_PDF_BOTTOM 50.0 /* with the foot of the page */
#define ENT_PDF_FIELD_WIDTH 120.0
double ent_pdf_content_width (const EntPdfContent *self, gboolean wide);
double ent_pdf_content_height (const EntPdfContent *self, gboolean wide);

/* Counts the document's rows. (transfer full) */
EntPdfContent *ent_pdf_content_new (EntExportDocument *document,
                                    const EntPdfPaper *paper,
                                    guint max_rows,
                                    GError **error);
void ent_pdf_content_free (EntPdfContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfContent, ent_pdf_content_free)

/* ent-pdf-cards.c (element-type EntPdfCard) (transfer full) */
GPtrArray *ent_pdf_cards_new (const EntExportDocument *document);

G_END_DECLS
