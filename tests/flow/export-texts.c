/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills a data folder with messages whose every text is a stranger's: texts that a spreadsheet
 * would calculate, quotes, separators, line ends, very long ones. For test_exports.py.
 *
 * usage: export-texts DIR MESSAGES SEED NOW */
#include "config.h"

#include "ent-store.h"
#include "ent-test-util.h"
#include "ent-text.h"
#include "ent-time.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TEXT_BYTES (256 * 1024)
#define LONG_CHARACTERS 40000

static char *
random_text (GRand *rand)
{
  static const char *const parts[] = {
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\r\n",
    " ",
    "＝",
    "＋",
    "－",
    "＠",
    "\"",
    ";",
    ",",
    "|",
    "'",
    "a",
    "1",
    "é",
    "💚",
    "　",
    "\"\"",
    "\302\240",
    "cmd",
    "SUM(A1)",
    "<b>",
    "&amp;",
    "_x000D_",
    "\342\200\256",
    "\342\200\213",
    "=1+1",
    "+5511",
    "{=1}",
    "-2",
    "#N/A",
    "TRUE",
    "1e9",
    "2026-11-22",
    "00123",
    "mailto:",
    "http://x.invalid/",
    "]]>",
    "\001",
    "\177",
    "\357\273\277",
  };
  GString *text = g_string_new (NULL);
  g_autofree char *raw = NULL;
  int length = g_rand_int_range (rand, 0, 9);

  for (int i = 0; i < length; i++)
    g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
  if (g_rand_int_range (rand, 0, 4000) == 0)
    for (int i = 0; i < LONG_CHARACTERS; i++)
      g_string_append (text, i % 7 == 0 ? "💚" : "x");
  raw = g_string_free (text, FALSE);
  return ent_text_clean (raw, -1, MAX_TEXT_BYTES);
}

static const char *
intern_random (EntObservations *all, GRand *rand)
{
  g_autofree char *text = random_text (rand);

  return *text != '\0' ? ent_observations_intern (all, text, -1) : NULL;
}

static void
add_message (EntObservations *all, GRand *rand, guint i, gint64 time)
{
  EntObservation *observation = ent_observations_append (all);
  g_autofree char *id = g_strdup_printf ("m-%07u", i);

  ent_observation_init (observation);
  observation->remote_id = ent_observations_intern (all, id, -1);
  observation->updated_at = time;
  observation->stages = ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_FAILED;
  observation->stage_times[ENT_STAGE_TIME_ACCEPTED] = time;
  observation->stage_times[ENT_STAGE_TIME_FAILED] = time + 1;
  observation->numbers[ENT_FIELD_CHANNEL] = ENT_CHANNEL_WHATSAPP;
  observation->numbers[ENT_FIELD_DIRECTION] = ENT_DIRECTION_MT;
  observation->numbers[ENT_FIELD_CONTENT_TYPE] = ENT_CONTENT_TYPE_TEXT;
  for (guint field = 0; field < ENT_N_TEXT_FIELDS; field++)
    observation->texts[field] = intern_random (all, rand);
  /* Also numbers that look like what they are. */
  if (i % 3 == 0)
    observation->texts[ENT_FIELD_PHONE - ENT_N_NUMBER_FIELDS] = "5511900000007";
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = NULL;
  g_autoptr (EntStore) store = NULL;
  EntObservations *all = ent_observations_new ();
  EntBatch *batch;
  gint64 now;

  g_assert_cmpint (argc, ==, 5);
  rand = g_rand_new_with_seed ((guint32) atoi (argv[3]));
  g_assert_true (ent_instant_parse (argv[4], -1, NULL, &now, &error));
  store = ent_store_open (argv[1], &error);
  g_assert_no_error (error);
  for (guint i = 0; i < (guint) atoi (argv[2]); i++)
    add_message (all, rand, i, now - 3600000 - (gint64) i * 1000);
  batch = ent_batch_new ("11111111-1111-4111-8111-111111111111", "=Loja");
  batch->observations = all;
  batch->now = now;
  g_assert_true (ent_store_ingest (store, batch, &(EntIngestResult){ 0 }, &error));
  g_assert_no_error (error);
  ent_store_close (store);
  return 0;
}
