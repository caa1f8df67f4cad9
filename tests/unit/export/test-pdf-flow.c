/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Page breaks: nothing is lost, nothing hangs over the edge, headings stay with what they head. */

#include "config.h"

#include "ent-pdf-flow.h"

#include "ent-test-util.h"

#define HEIGHT 700.0
#define WIDE_HEIGHT 450.0
#define EPSILON 0.1

static const EntPdfFlowPiece *
piece_at (const EntPdfFlow *flow, guint index)
{
  g_assert_cmpuint (index, <, flow->pieces->len);
  return &g_array_index (flow->pieces, EntPdfFlowPiece, index);
}

static const EntPdfFlowPage *
page_at (const EntPdfFlow *flow, guint index)
{
  g_assert_cmpuint (index, <, flow->pages->len);
  return &g_array_index (flow->pages, EntPdfFlowPage, index);
}

static void
test_empty (void)
{
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (NULL, 0, HEIGHT, WIDE_HEIGHT);

  g_assert_cmpuint (flow->pages->len, ==, 1);
  g_assert_cmpuint (flow->pieces->len, ==, 0);
}

static void
test_gap (void)
{
  const EntPdfFlowBlock blocks[] = {
    { .gap = 10, .head = 100 },
    { .gap = 10, .head = 100 },
    { .gap = 10, .head = 600 },
  };
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (blocks, 3, HEIGHT, WIDE_HEIGHT);

  /* No gap at the top of a page, one between blocks. */
  g_assert_cmpfloat (piece_at (flow, 0)->y, ==, 0);
  g_assert_cmpfloat (piece_at (flow, 1)->y, ==, 110);
  g_assert_cmpuint (piece_at (flow, 2)->page, ==, 1);
  g_assert_cmpfloat (piece_at (flow, 2)->y, ==, 0);
}

static void
test_table_repeats_head (void)
{
  const EntPdfFlowBlock blocks[] = { { .head = 20, .row = 10, .n_rows = 100, .first_rows = 3 } };
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (blocks, 1, 220, WIDE_HEIGHT);

  /* Each page takes its head and twenty rows. */
  g_assert_cmpuint (flow->pages->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (piece_at (flow, i)->first_row, ==, 20 * i);
      g_assert_cmpuint (piece_at (flow, i)->n_rows, ==, 20);
    }
}

/* The sum at the end of a table takes the row before it along to the next page. */
static void
test_last_row_has_company (void)
{
  const EntPdfFlowBlock blocks[] = {
    { .head = 20, .row = 30, .n_rows = (HEIGHT - 20) / 30 + 1, .first_rows = 3 },
  };
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (blocks, 1, HEIGHT, WIDE_HEIGHT);

  g_assert_cmpuint (flow->pieces->len, ==, 2);
  g_assert_cmpuint (piece_at (flow, 0)->n_rows, ==, blocks[0].n_rows - 2);
  g_assert_cmpuint (piece_at (flow, 1)->n_rows, ==, 2);
}

static void
test_heading_stays (void)
{
  const EntPdfFlowBlock blocks[] = {
    { .head = 620 },
    { .gap = 20, .head = 20, .keep_with_next = TRUE },
    { .gap = 5, .row = 10, .n_rows = 2, .first_rows = 2, .keep_with_next = TRUE },
    { .gap = 0, .head = 20, .row = 10, .n_rows = 50, .first_rows = 3 },
  };
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (blocks, 4, HEIGHT, WIDE_HEIGHT);

  /* 40 points of heading and note would fit, but not what they belong to. */
  for (guint i = 1; i < 4; i++)
    g_assert_cmpuint (piece_at (flow, i)->page, ==, 1);
}

static void
test_wide (void)
{
  const EntPdfFlowBlock blocks[] = {
    { .head = 100 },
    { .head = 20, .row = 10, .n_rows = 100, .wide = TRUE, .new_page = TRUE },
    { .head = 100 },
  };
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (blocks, 3, HEIGHT, WIDE_HEIGHT);

  g_assert_false (page_at (flow, 0)->wide);
  g_assert_true (page_at (flow, 1)->wide);
  g_assert_cmpuint (piece_at (flow, 1)->n_rows, ==, 43);
  /* What is upright again takes a page of its own. */
  g_assert_false (page_at (flow, flow->pages->len - 1)->wide);
}

static void
test_higher_than_a_page (void)
{
  const EntPdfFlowBlock blocks[] = {
    { .head = 100 },
    { .head = 2000 },
    { .head = 10, .row = 900, .n_rows = 3 },
  };
  g_autoptr (EntPdfFlow) flow = ent_pdf_flow_new (blocks, 3, HEIGHT, WIDE_HEIGHT);

  g_assert_cmpuint (piece_at (flow, 1)->page, ==, 1);
  g_assert_cmpuint (flow->pieces->len, ==, 5);
  g_assert_cmpuint (piece_at (flow, 4)->first_row, ==, 2);
}

static EntPdfFlowBlock
random_block (GRand *rand)
{
  EntPdfFlowBlock block = { 0 };

  block.gap = g_rand_int_range (rand, 0, 30);
  if (g_rand_boolean (rand))
    block.head = g_rand_int_range (rand, 1, 200);
  else
    {
      block.head = g_rand_int_range (rand, 0, 40);
      block.row = g_rand_int_range (rand, 5, 60);
      block.n_rows = (guint) g_rand_int_range (rand, 0, 120);
      block.first_rows = MIN (block.n_rows, (guint) g_rand_int_range (rand, 0, 4));
    }
  block.keep_with_next = block.n_rows == 0 && g_rand_int_range (rand, 0, 4) == 0;
  block.new_page = g_rand_int_range (rand, 0, 8) == 0;
  block.wide = g_rand_int_range (rand, 0, 6) == 0;
  return block;
}

static double
height_of (const EntPdfFlowBlock *block, const EntPdfFlowPiece *piece)
{
  return block->head + piece->n_rows * block->row;
}

/* Every block once, every row once, in order, inside the page, not over the block before. */
static void
check_places (const EntPdfFlow *flow, const EntPdfFlowBlock *blocks, guint n)
{
  guint block = 0, row = 0, page = 0;
  double bottom = 0;

  for (guint i = 0; i < flow->pieces->len; i++)
    {
      const EntPdfFlowPiece *piece = piece_at (flow, i);
      double height = page_at (flow, piece->page)->wide ? WIDE_HEIGHT : HEIGHT;

      if (row == 0 && i > 0 && piece->block != block)
        block++;
      g_assert_cmpuint (piece->block, ==, block);
      g_assert_cmpuint (piece->first_row, ==, row);
      g_assert_cmpint (page_at (flow, piece->page)->wide, ==, blocks[block].wide);
      if (piece->page != page)
        bottom = 0;
      g_assert_cmpuint (piece->page, >=, page);
      g_assert_cmpuint (piece->page, <=, page + 1);
      page = piece->page;
      g_assert_cmpfloat (piece->y, >=, bottom - EPSILON);
      bottom = piece->y + height_of (&blocks[block], piece);
      g_assert_cmpfloat (bottom, <=, height + EPSILON);
      row += piece->n_rows;
      if (row == blocks[block].n_rows)
        row = 0;
      else
        g_assert_cmpuint (piece->n_rows, >, 0);
    }
  g_assert_cmpuint (row, ==, 0);
  if (n > 0)
    g_assert_cmpuint (block, ==, n - 1);
}

/* A heading is followed on its page, unless what follows may not be. */
static void
check_headings (const EntPdfFlow *flow, const EntPdfFlowBlock *blocks)
{
  for (guint i = 0; i + 1 < flow->pieces->len; i++)
    {
      const EntPdfFlowPiece *piece = piece_at (flow, i), *next = piece_at (flow, i + 1);

      if (blocks[piece->block].keep_with_next && !blocks[next->block].new_page &&
          !blocks[next->block].keep_with_next &&
          blocks[next->block].wide == blocks[piece->block].wide)
        g_assert_cmpuint (piece->page, ==, next->page);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  guint rounds = ent_test_rounds (2000, 200000);

  for (guint round = 0; round < rounds; round++)
    {
      EntPdfFlowBlock blocks[40];
      guint n = (guint) g_rand_int_range (rand, 1, 40);
      g_autoptr (EntPdfFlow) flow = NULL;

      for (guint i = 0; i < n; i++)
        blocks[i] = random_block (rand);
      flow = ent_pdf_flow_new (blocks, n, HEIGHT, WIDE_HEIGHT);
      check_places (flow, blocks, n);
      check_headings (flow, blocks);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/pdf-flow/empty", test_empty);
  g_test_add_func ("/export/pdf-flow/gap", test_gap);
  g_test_add_func ("/export/pdf-flow/table-repeats-head", test_table_repeats_head);
  g_test_add_func ("/export/pdf-flow/last-row-has-company", test_last_row_has_company);
  g_test_add_func ("/export/pdf-flow/heading-stays", test_heading_stays);
  g_test_add_func ("/export/pdf-flow/wide", test_wide);
  g_test_add_func ("/export/pdf-flow/higher-than-a-page", test_higher_than_a_page);
  g_test_add_func ("/export/pdf-flow/random", test_random);
  return g_test_run ();
}
