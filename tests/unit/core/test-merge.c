/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The property that everything else rests on: whatever the order, repetition and partition of a
 * message's observations, one and the same row comes out. The row is compared with an oracle that
 * knows nothing of merging: it looks at the set of observations as a whole. */

#include "config.h"

#include "ent-message.h"

#include "ent-test-util.h"

#include <string.h>

#define MAX_OBSERVATIONS 9
#define ROUNDS 100000

/* Few different values, so that stamps tie and values repeat; bytes above 0x7f to sort as unsigned.
 */
static const char *const texts[] = { "", "a", "a\xc3\xa9", "b", "\xc3\x81", "\xf0\x9f\x98\x80" };

static void
randomise (EntObservation *item, GRand *rand)
{
  ent_observation_init (item);
  item->remote_id = "m-1";
  item->updated_at = g_rand_int_range (rand, -2, 4);
  item->stages = g_rand_int (rand) & g_rand_int (rand) & 31;
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    if (g_rand_int_range (rand, 0, 3) == 0)
      item->stage_times[i] = g_rand_int_range (rand, -3, 6);
  for (guint i = 0; i < ENT_N_NUMBER_FIELDS; i++)
    if (g_rand_boolean (rand))
      item->numbers[i] = g_rand_int_range (rand, -1, 3);
  for (guint i = 0; i < ENT_N_TEXT_FIELDS; i++)
    if (g_rand_boolean (rand))
      item->texts[i] = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
}

/* ---- The oracle ----------------------------------------------------------------------------- */

static guint
expected_stages (const EntObservation *items, guint n)
{
  gboolean seen[ENT_N_STAGE_TIMES] = { FALSE };
  guint stages = 0;

  for (guint i = 0; i < n; i++)
    for (guint stage = 0; stage < ENT_N_STAGE_TIMES; stage++)
      seen[stage] = seen[stage] || (items[i].stages >> stage & 1) != 0;

  for (guint stage = ENT_STAGE_TIME_READ; stage > ENT_STAGE_TIME_ACCEPTED; stage--)
    if (seen[stage])
      seen[stage - 1] = TRUE;
  for (guint stage = 0; stage < ENT_N_STAGE_TIMES; stage++)
    if (seen[stage])
      stages |= 1u << stage;
  return stages;
}

static gint64
expected_time (const EntObservation *items, guint n, guint stage)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < n; i++)
    if (items[i].stage_times[stage] != ENT_TIME_NONE)
      least = MIN (least, items[i].stage_times[stage]);
  return least == G_MAXINT64 ? ENT_TIME_NONE : least;
}

static gboolean
beats (const EntObservation *a, const EntObservation *b, EntField field)
{
  if (a->updated_at != b->updated_at)
    return a->updated_at > b->updated_at;
  if (field < ENT_N_NUMBER_FIELDS)
    return a->numbers[field] > b->numbers[field];
  return strcmp (a->texts[field - ENT_N_NUMBER_FIELDS], b->texts[field - ENT_N_NUMBER_FIELDS]) > 0;
}

static gboolean
says_something (const EntObservation *item, EntField field)
{
  if (field < ENT_N_NUMBER_FIELDS)
    return item->numbers[field] != ENT_NUMBER_NONE;
  return item->texts[field - ENT_N_NUMBER_FIELDS] != NULL;
}

static const EntObservation *
expected_writer (const EntObservation *items, guint n, EntField field)
{
  const EntObservation *writer = NULL;

  for (guint i = 0; i < n; i++)
    if (says_something (&items[i], field) && (writer == NULL || beats (&items[i], writer, field)))
      writer = &items[i];
  return writer;
}

static void
assert_expected (const EntMessage *message, const EntObservation *items, guint n)
{
  gint64 first = G_MAXINT64, last = G_MININT64;

  for (guint i = 0; i < n; i++)
    {
      first = MIN (first, items[i].updated_at);
      last = MAX (last, items[i].updated_at);
    }
  g_assert_cmpint (message->first_update, ==, first);
  g_assert_cmpint (message->last_update, ==, last);
  g_assert_cmphex (message->stages, ==, expected_stages (items, n));
  for (guint stage = 0; stage < ENT_N_STAGE_TIMES; stage++)
    g_assert_cmpint (message->stage_times[stage], ==, expected_time (items, n, stage));

  for (guint field = 0; field < ENT_N_FIELDS; field++)
    {
      const EntObservation *writer = expected_writer (items, n, field);
      const EntRegister *kept = &message->fields[field];

      if (writer != NULL)
        g_assert_cmpint (kept->stamp, ==, writer->updated_at);
      if (field < ENT_N_NUMBER_FIELDS)
        g_assert_cmpint (kept->number, ==,
                         writer != NULL ? writer->numbers[field] : ENT_NUMBER_NONE);
      else
        g_assert_cmpstr (kept->text, ==,
                         writer != NULL ? writer->texts[field - ENT_N_NUMBER_FIELDS] : NULL);
    }
}

/* ---- Orders, repetitions, partitions ----------------------------------------------------------
 */

static void
shuffle (guint *order, guint n, GRand *rand)
{
  for (guint i = n; i > 1; i--)
    {
      guint k = (guint) g_rand_int_range (rand, 0, (gint32) i);
      guint last = order[i - 1];

      order[i - 1] = order[k];
      order[k] = last;
    }
}

/* Each observation at least once, some again, in a random order. Returns how many. */
static guint
random_order (guint *order, guint n, GRand *rand)
{
  guint length = n + (guint) g_rand_int_range (rand, 0, (gint32) n + 1);

  for (guint i = 0; i < length; i++)
    order[i] = i < n ? i : (guint) g_rand_int_range (rand, 0, (gint32) n);
  shuffle (order, length, rand);
  return length;
}

/* Deals the observations out to some messages, then joins these pairwise until one is left: every
 * tree of joins is possible. */
static EntMessage *
merge_partition (const EntObservation *items, const guint *order, guint length, GRand *rand)
{
  EntMessage *parts[4];
  guint n_parts = (guint) g_rand_int_range (rand, 1, G_N_ELEMENTS (parts) + 1);

  for (guint i = 0; i < n_parts; i++)
    parts[i] = ent_message_new ("s", "m-1");
  for (guint i = 0; i < length; i++)
    ent_message_merge (parts[g_rand_int_range (rand, 0, (gint32) n_parts)], &items[order[i]]);

  while (n_parts > 1)
    {
      guint into = (guint) g_rand_int_range (rand, 0, (gint32) n_parts);
      guint from = (into + (guint) g_rand_int_range (rand, 1, (gint32) n_parts)) % n_parts;

      ent_message_absorb (parts[into], parts[from]);
      /* Once more, and with itself: nothing happens. */
      g_assert_false (ent_message_absorb (parts[into], parts[from]));
      g_assert_false (ent_message_absorb (parts[into], parts[into]));
      ent_message_unref (parts[from]);
      parts[from] = parts[--n_parts];
      /* The loop's two indices may have been the moved one. */
    }
  return parts[0];
}

static void
check_round (GRand *rand, guint round)
{
  EntObservation items[MAX_OBSERVATIONS];
  guint order[2 * MAX_OBSERVATIONS + 1];
  guint n = (guint) g_rand_int_range (rand, 1, MAX_OBSERVATIONS + 1);
  g_autoptr (EntMessage) ordered = ent_message_new ("s", "m-1");
  g_autoptr (EntMessage) parted = NULL;
  guint length;

  for (guint i = 0; i < n; i++)
    randomise (&items[i], rand);

  length = random_order (order, n, rand);
  for (guint i = 0; i < length; i++)
    ent_message_merge (ordered, &items[order[i]]);
  if (round % 16 == 0)
    assert_expected (ordered, items, n);

  /* What has been seen changes nothing, and says so. */
  g_assert_false (ent_message_merge (ordered, &items[order[0]]));

  length = random_order (order, n, rand);
  parted = merge_partition (items, order, length, rand);
  g_assert_true (ent_message_equal (ordered, parted));
  if (round % 16 == 1)
    assert_expected (parted, items, n);
}

static void
test_any_order (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < ent_test_rounds (ROUNDS, 20 * ROUNDS); round++)
    check_round (rand, round);
}

/* merge() says "changed" exactly when the row is another one than before. */
static void
test_changed (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 10000; round++)
    {
      g_autoptr (EntMessage) message = ent_message_new ("s", "m-1");

      for (guint i = 0; i < 6; i++)
        {
          g_autoptr (EntMessage) before = ent_message_new ("s", "m-1");
          EntObservation item;
          gboolean changed;

          ent_message_absorb (before, message);
          g_assert_true (ent_message_equal (before, message));
          randomise (&item, rand);
          changed = ent_message_merge (message, &item);
          g_assert_cmpint (changed, ==, !ent_message_equal (before, message));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/any-order", test_any_order);
  g_test_add_func ("/merge/changed", test_changed);
  return g_test_run ();
}
