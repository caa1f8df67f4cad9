/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Page breaks. Pure; any thread. */

#include "config.h"

#include "ent-pdf-flow.h"

#include <math.h>

/* Sums of heights are not exact. */
#define SLACK 0.01

typedef struct
{
  EntPdfFlow *flow;
  const EntPdfFlowBlock *blocks;
  guint n_blocks;
  double heights[2]; /* upright, wide */
  double y;
  gboolean empty; /* nothing on the page yet */
} State;

static void
begin_page (State *self, gboolean wide)
{
  EntPdfFlowPage page = { wide, self->flow->pieces->len, 0 };

  g_array_append_val (self->flow->pages, page);
  self->y = 0;
  self->empty = TRUE;
}

static EntPdfFlowPage *
current_page (State *self)
{
  return &g_array_index (self->flow->pages, EntPdfFlowPage, self->flow->pages->len - 1);
}

static double
room (State *self)
{
  return self->heights[current_page (self)->wide ? 1 : 0] - self->y + SLACK;
}

static double
gap_of (State *self, const EntPdfFlowBlock *block)
{
  return self->empty ? 0 : block->gap;
}

static void
place (State *self, guint index, double height, guint first_row, guint n_rows)
{
  EntPdfFlowPage *page = current_page (self);
  EntPdfFlowPiece piece = { index, self->flow->pages->len - 1, self->y, first_row, n_rows };

  g_array_append_val (self->flow->pieces, piece);
  page->n_pieces++;
  self->y += height;
  self->empty = FALSE;
}

/* What must fit for @index to begin on a page: its head, its first rows, and the same of the block
 * that it may not be parted from. */
static double
least_height (const State *self, guint index)
{
  const EntPdfFlowBlock *block = &self->blocks[index];
  guint rows = MIN (block->n_rows, MAX (block->first_rows, block->n_rows > 0 ? 1 : 0));
  double height = block->head + rows * block->row;

  if (block->keep_with_next && index + 1 < self->n_blocks && !self->blocks[index + 1].new_page &&
      self->blocks[index + 1].wide == block->wide)
    /* All of it, so that what follows stands right below. */
    height = block->head + block->n_rows * block->row + self->blocks[index + 1].gap +
             least_height (self, index + 1);
  return height;
}

static guint
rows_in (double height, double row, guint n)
{
  double fit = row > 0 ? floor (height / row) : n;

  return fit < 0 ? 0 : fit >= n ? n : (guint) fit;
}

/* A last row, the sum of a table, does not go over to a page alone. */
static guint
with_company (const EntPdfFlowBlock *block, guint done, guint n)
{
  guint least = done == 0 ? MAX (1, block->first_rows) : 1;

  return done + n + 1 == block->n_rows && n > least ? n - 1 : n;
}

static void
flow_block (State *self, guint index)
{
  const EntPdfFlowBlock *block = &self->blocks[index];
  gboolean wide = block->wide ? TRUE : FALSE;
  guint done = 0;

  if ((block->new_page && !self->empty) || current_page (self)->wide != wide)
    begin_page (self, wide);
  else if (!self->empty && gap_of (self, block) + least_height (self, index) > room (self))
    begin_page (self, wide);
  do
    {
      double gap = gap_of (self, block);
      guint n = rows_in (room (self) - gap - block->head, block->row, block->n_rows - done);

      if (n == 0 && block->n_rows > 0)
        {
          if (!self->empty)
            {
              begin_page (self, wide);
              continue;
            }
          n = 1; /* higher than a page */
        }
      n = with_company (block, done, n);
      self->y += gap;
      place (self, index, block->head + n * block->row, done, n);
      done += n;
      if (done < block->n_rows)
        begin_page (self, wide);
    }
  while (done < block->n_rows);
}

EntPdfFlow *
ent_pdf_flow_new (const EntPdfFlowBlock *blocks, guint n_blocks, double height, double wide_height)
{
  EntPdfFlow *flow = g_new0 (EntPdfFlow, 1);
  State self = { flow, blocks, n_blocks, { height, wide_height }, 0, TRUE };

  flow->pieces = g_array_new (FALSE, FALSE, sizeof (EntPdfFlowPiece));
  flow->pages = g_array_new (FALSE, FALSE, sizeof (EntPdfFlowPage));
  begin_page (&self, n_blocks > 0 && blocks[0].wide);
  for (guint i = 0; i < n_blocks; i++)
    flow_block (&self, i);
  return flow;
}

void
ent_pdf_flow_free (EntPdfFlow *self)
{
  g_array_unref (self->pieces);
  g_array_unref (self->pages);
  g_free (self);
}
