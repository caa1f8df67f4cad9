/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where blocks stand on pages: the first of the two passes of a printed document. Pure: heights in,
 * places out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double gap;              /* above, except at the top of a page */
  double head;             /* height of what is repeated on each page that holds rows */
  double row;              /* height of each row */
  guint n_rows;            /* pages may break between them; 0: the head alone */
  guint first_rows;        /* how many must follow the head on its first page */
  gboolean keep_with_next; /* never the last on a page: a heading */
  gboolean new_page;
  gboolean wide; /* on pages that lie on their long side */
} EntPdfFlowBlock;

/* A block, or some rows of one. */
typedef struct
{
  guint block;
  guint page;
  double y; /* from the top of the body */
  guint first_row;
  guint n_rows;
} EntPdfFlowPiece;

typedef struct
{
  gboolean wide;
  guint first_piece;
  guint n_pieces;
} EntPdfFlowPage;

typedef struct
{
  GArray *pieces; /* EntPdfFlowPiece, in order */
  GArray *pages;  /* EntPdfFlowPage; at least one */
} EntPdfFlow;

/* @height, @wide_height: of the body of a page. What is higher than a page is placed all the same,
 * alone: no block is ever lost. (transfer full) */
EntPdfFlow *
ent_pdf_flow_new (const EntPdfFlowBlock *blocks, guint n_blocks, double height, double wide_height);
void ent_pdf_flow_free (EntPdfFlow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPdfFlow, ent_pdf_flow_free)

G_END_DECLS
