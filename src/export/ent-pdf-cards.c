/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words on the cards. A percentage stands with what it is a part of, a change with both counts
 * that it compares. */

#include "config.h"

#include "ent-pdf-content.h"

#include "ent-words.h"

#include <glib/gi18n-lib.h>

static void
card_free (gpointer data)
{
  EntPdfCard *card = data;

  g_free (card->label);
  g_free (card->number);
  g_free (card->share);
  g_free (card->parts);
  g_free (card->change);
  g_free (card);
}

static char *
share_text (const EntExportDocument *document, EntRate rate)
{
  EntRatio ratio =
      ent_counters_rate (&document->summary->totals, rate, document->report->percent_of);
  int tenths = ent_ratio_tenths (ratio);
  g_autofree char *percent = ent_words_rate_tenths (rate, tenths);
  g_autofree char *denominator = ent_words_count (ratio.denominator);

  if (tenths == ENT_TENTHS_NONE)
    return g_strdup (ENT_WORDS_NONE);
  return g_strdup_printf (C_ ("table", "%s of %s"), percent, denominator);
}

static char *
change_text (const EntExportDocument *document, EntStage stage)
{
  gint64 now = ent_counters_stage (&document->current->totals, stage);
  gint64 before = ent_counters_stage (&document->compared->totals, stage);
  g_autofree char *now_text = ent_words_count (now);
  g_autofree char *before_text = ent_words_count (before);
  g_autofree char *change = ent_words_change (now, before);

  /* Translators: on a card: a count, the count before, the change: "10,240 against 9,846: +4 %". */
  return g_strdup_printf (C_ ("card", "%s against %s: %s"), now_text, before_text, change);
}

static char *
parts_text (const EntCounters *counters)
{
  g_autofree char *send = ent_words_count (counters->send_failed);
  g_autofree char *delivery = ent_words_count (counters->not_delivered);

  return g_strdup_printf ("%s: %s · %s: %s", ent_words_stage (ENT_STAGE_SEND_FAILED), send,
                          ent_words_stage (ENT_STAGE_NOT_DELIVERED), delivery);
}

static void
add_card (GPtrArray *cards, const EntExportDocument *document, EntStage stage, int rate)
{
  EntPdfCard *card = g_new0 (EntPdfCard, 1);
  const EntCounters *totals = &document->summary->totals;

  card->label = g_strdup (ent_words_stage (stage));
  card->number = ent_words_count (ent_counters_stage (totals, stage));
  if (rate >= 0 && ent_export_document_has_rates (document))
    card->share = share_text (document, (EntRate) rate);
  if (stage == ENT_STAGE_ERRORS)
    card->parts = parts_text (totals);
  if (document->compared != NULL && document->current != NULL)
    card->change = change_text (document, stage);
  g_ptr_array_add (cards, card);
}

GPtrArray *
ent_pdf_cards_new (const EntExportDocument *document)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func (card_free);

  add_card (cards, document, ENT_STAGE_TOTAL, -1);
  add_card (cards, document, ENT_STAGE_SENT, ENT_RATE_SENT);
  add_card (cards, document, ENT_STAGE_DELIVERED, ENT_RATE_DELIVERED);
  add_card (cards, document, ENT_STAGE_READ, ENT_RATE_READ);
  add_card (cards, document, ENT_STAGE_ERRORS, ENT_RATE_ERROR);
  add_card (cards, document, ENT_STAGE_PENDING, -1);
  add_card (cards, document, ENT_STAGE_RECEIVED, -1);
  return cards;
}
