/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting matching rows in order. What the columns know is sorted as numbers; the rest is
 * read from the rows. Ties are in order of id whatever the direction, and what is absent
 * comes last in both. On the snapshot's thread. */

#include "config.h"

#include "ent-radix.h"
#include "ent-sort-rows.h"
#include "ent-store-private.h"
#include "ent-text.h"

#include <string.h>

static inline const EntSegment *
segment_of (EntSnapshot *self, guint32 position)
{
  return self->table->segments[position >> ENT_SEGMENT_SHIFT];
}

#define ROW(position) ((position) & (ENT_SEGMENT_ROWS - 1))

/* ---- By time -------------------------------------------------------------------------------- */

/* A key that sorts as the number does, absent last in either direction. */
static inline guint64
key_of (gint64 number, gboolean absent, gboolean descending)
{
  guint64 key = (guint64) number ^ (G_GUINT64_CONSTANT (1) << 63);

  if (absent)
    return G_MAXUINT64;
  return descending ? ~key - 1 : key;
}

static gboolean
sort_by_time (EntSnapshot *self,
              guint32 *positions,
              gsize n,
              gboolean descending,
              gboolean mo_only,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree guint64 *keys = g_new (guint64, n);

  for (gsize i = 0; i < n; i++)
    {
      const EntSegment *segment = segment_of (self, positions[i]);
      guint row = ROW (positions[i]);
      gboolean absent = mo_only && !(segment->kind[row] & ENT_KIND_DIRECTION);

      keys[i] = key_of (ent_segment_get_time (segment, row), absent, descending);
    }
  return ent_radix_sort (keys, positions, n, cancellable, error);
}

/* ---- By rank ----------------------------------------------------------------------- */

/* Ranks of values by their labels; a label that is "" ranks last. */
typedef struct
{
  char *folded;
  const char *label;
  guint32 value;
} Labelled;

static int
compare_labelled (const void *a, const void *b, void *user_data)
{
  const Labelled *one = a;
  const Labelled *two = b;
  int sign = *(const gboolean *) user_data ? -1 : 1;
  int order;

  if ((*one->label == '\0') != (*two->label == '\0'))
    return *one->label == '\0' ? 1 : -1;
  order = strcmp (one->folded, two->folded);
  if (order == 0)
    order = strcmp (one->label, two->label);
  return sign * order;
}

typedef const char *(*LabelFunc) (EntSnapshot *self, guint kind, guint32 value);

/* ranks[value]; equal labels have equal ranks. Returns how many ranks there are. */
static guint32
rank_labels (EntSnapshot *self,
             LabelFunc label,
             guint kind,
             guint32 n_values,
             gboolean descending,
             guint32 *ranks)
{
  g_autofree Labelled *items = g_new (Labelled, n_values);
  guint32 rank = 0;

  for (guint32 i = 0; i < n_values; i++)
    {
      items[i].value = i;
      items[i].label = label (self, kind, i);
      items[i].folded = ent_text_fold (items[i].label);
    }
  g_qsort_with_data (items, (int) n_values, sizeof *items, compare_labelled, &descending);
  for (guint32 i = 0; i < n_values; i++)
    {
      if (i > 0 && strcmp (items[i].label, items[i - 1].label) != 0)
        rank++;
      ranks[items[i].value] = rank;
    }
  for (guint32 i = 0; i < n_values; i++)
    g_free (items[i].folded);
  return rank + 1;
}

static const char *
label_of_dim (EntSnapshot *self, guint dim, guint32 value)
{
  return ent_dimensions_get_label (self->store->names, (EntDimensionKind) dim, value);
}

static const char *
id_of_dim (EntSnapshot *self, guint dim, guint32 value)
{
  const char *id = ent_dimensions_get (self->store->names, (EntDimensionKind) dim, value).id;

  return id != NULL ? id : "";
}

static const char *
label_of_source (EntSnapshot *self, guint dim, guint32 value)
{
  const EntSourceName *source;

  if (value == 0 || value > self->sources->n)
    return "";
  source = &self->sources->items[value - 1];
  return source->name != NULL ? source->name : source->key;
}

/* How the rows of a segment are ranked: by a byte of theirs, or by the number of a name. */
typedef enum
{
  RANK_DIRECTION,
  RANK_CHANNEL,
  RANK_CONTENT_TYPE,
  RANK_STATUS,
  RANK_REASON,
  RANK_DIM,
} RankedBy;

typedef struct
{
  RankedBy what;
  guint dim;
  gint64 horizon;
  guint16 bytes[2][256]; /* rank of a byte; [1] for status codes of old messages */
  guint32 *numbers;      /* rank of a number of a name */
  guint32 n_numbers;
  guint32 n_ranks; /* the last one is for what has none */
} Ranking;

static void
ranking_clear (Ranking *self)
{
  g_clear_pointer (&self->numbers, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ranking, ranking_clear)

/* Four bits, and "none". */
#define N_SMALL_RANKS 17

/* The place of a value in the vocabulary's own order; no reason has none. */
static guint16
rank_small (RankedBy what, guint value, gboolean descending)
{
  if (what == RANK_REASON && value == ENT_REASON_NONE)
    return N_SMALL_RANKS - 1;
  return (guint16) (descending ? N_SMALL_RANKS - 2 - value : value);
}

static guint
small_value (RankedBy what, guint byte, gboolean old)
{
  switch (what)
    {
    case RANK_DIRECTION:
      return (byte & ENT_KIND_DIRECTION) >> ENT_KIND_DIRECTION_SHIFT;
    case RANK_CHANNEL:
      return byte & ENT_KIND_CHANNEL;
    case RANK_CONTENT_TYPE:
      return byte >> ENT_KIND_CONTENT_TYPE_SHIFT;
    case RANK_STATUS:
      return old && (byte & ENT_STATUS_BITS) == ENT_STATUS_SENT ? ENT_STATUS_UNCONFIRMED
                                                                : byte & ENT_STATUS_BITS;
    case RANK_REASON:
    case RANK_DIM:
    default:
      return byte & 15;
    }
}

static void
ranking_init_small (Ranking *self, RankedBy what, gboolean descending, gint64 now)
{
  self->what = what;
  self->horizon = now - ENT_CONFIRMATION_HORIZON_MS;
  self->n_ranks = N_SMALL_RANKS;
  for (guint old = 0; old < 2; old++)
    for (guint byte = 0; byte < 256; byte++)
      self->bytes[old][byte] = rank_small (what, small_value (what, byte, old), descending);
}

static void
ranking_init_dim (
    Ranking *self, EntSnapshot *snapshot, guint dim, LabelFunc label, gboolean descending)
{
  guint32 last = dim == ENT_DIM_SOURCE ? snapshot->sources->n : snapshot->table->n_names[dim];

  self->what = RANK_DIM;
  self->dim = dim;
  self->n_numbers = last + 1;
  /* A damaged column may hold any number of 16 bits. */
  self->numbers = g_new (guint32, MAX (self->n_numbers, (guint32) G_MAXUINT16 + 1));
  self->n_ranks =
      rank_labels (snapshot, label, dim, self->n_numbers, descending, self->numbers) + 1;
  for (guint32 i = self->n_numbers; i <= G_MAXUINT16; i++)
    self->numbers[i] = self->n_ranks - 1;
}

static void
rank_bytes (const guint8 *restrict column, const guint16 *restrict ranks, guint32 *restrict out)
{
  for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
    out[i] = ranks[column[i]];
}

static void
rank_statuses (const Ranking *self, const EntSegment *segment, guint32 *restrict out)
{
  if (segment->info.min_t >= self->horizon || segment->info.max_t < self->horizon)
    {
      rank_bytes (segment->status, self->bytes[segment->info.max_t < self->horizon], out);
      return;
    }
  for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
    out[i] = self->bytes[ent_segment_get_time (segment, i) < self->horizon][segment->status[i]];
}

static void
rank_numbers (const Ranking *self, const EntSegment *segment, guint32 *restrict out)
{
  if (ent_segment_is_wide (segment, self->dim))
    {
      const guint32 *column = segment->dims[self->dim];

      for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
        out[i] = column[i] < self->n_numbers ? self->numbers[column[i]] : self->n_ranks - 1;
    }
  else
    {
      const guint16 *column = segment->dims[self->dim];

      for (guint i = 0; i < ENT_SEGMENT_ROWS; i++)
        out[i] = self->numbers[column[i]];
    }
}

/* The rank of each row of a segment. */
static void
rank_segment (const Ranking *self, const EntSegment *segment, guint32 *out)
{
  switch (self->what)
    {
    case RANK_STATUS:
      rank_statuses (self, segment, out);
      break;
    case RANK_REASON:
      rank_bytes (segment->reason, self->bytes[0], out);
      break;
    case RANK_DIM:
      rank_numbers (self, segment, out);
      break;
    case RANK_DIRECTION:
    case RANK_CHANNEL:
    case RANK_CONTENT_TYPE:
    default:
      rank_bytes (segment->kind, self->bytes[0], out);
      break;
    }
}

static guint32
rank_row (const Ranking *self, const EntSegment *segment, guint row)
{
  guint32 number;

  switch (self->what)
    {
    case RANK_STATUS:
      return self->bytes[ent_segment_get_time (segment, row) < self->horizon][segment->status[row]];
    case RANK_REASON:
      return self->bytes[0][segment->reason[row]];
    case RANK_DIM:
      number = ent_segment_get_dim (segment, self->dim, row);
      return number < self->n_numbers ? self->numbers[number] : self->n_ranks - 1;
    case RANK_DIRECTION:
    case RANK_CHANNEL:
    case RANK_CONTENT_TYPE:
    default:
      return self->bytes[0][segment->kind[row]];
    }
}

/* With fewer rows than this of a segment only theirs are ranked. */
#define FEW_ROWS 512

/* The rank of each wanted row of a segment. FALSE: none is wanted. */
static gboolean
rank_wanted (const Ranking *self, const EntSegment *segment, const guint64 *bits, guint32 *out)
{
  guint n = 0;

  for (guint word = 0; word < ENT_SEGMENT_ROWS / 64; word++)
    n += (guint) __builtin_popcountll (bits[word]);
  if (n == 0)
    return FALSE;
  if (n >= FEW_ROWS)
    {
      rank_segment (self, segment, out);
      return TRUE;
    }
  for (guint word = 0; word < ENT_SEGMENT_ROWS / 64; word++)
    for (guint64 left = bits[word]; left != 0; left &= left - 1)
      {
        guint row = word * 64 + (guint) __builtin_ctzll (left);

        out[row] = rank_row (self, segment, row);
      }
  return TRUE;
}

static void
count_ranks (const guint64 *bits, const guint32 *restrict ranks, guint32 *restrict counts)
{
  for (guint word = 0; word < ENT_SEGMENT_ROWS / 64; word++, ranks += 64)
    if (bits[word] == G_MAXUINT64)
      for (guint i = 0; i < 64; i++)
        counts[ranks[i]]++;
    else
      for (guint64 left = bits[word]; left != 0; left &= left - 1)
        counts[ranks[__builtin_ctzll (left)]]++;
}

static void
place_rows (const guint64 *bits,
            const guint32 *restrict ranks,
            guint32 base,
            guint32 *restrict places,
            guint32 *restrict out)
{
  for (guint word = 0; word < ENT_SEGMENT_ROWS / 64; word++, ranks += 64, base += 64)
    if (bits[word] == G_MAXUINT64)
      for (guint i = 0; i < 64; i++)
        out[places[ranks[i]]++] = base + i;
    else
      for (guint64 left = bits[word]; left != 0; left &= left - 1)
        {
          guint i = (guint) __builtin_ctzll (left);

          out[places[ranks[i]]++] = base + i;
        }
}

/* Two passes over the rows: how many there are of each rank, then each to its place. */
static gboolean
emit_ranked (EntSnapshot *self,
             const Ranking *ranking,
             const guint64 *bits,
             guint32 *out,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree guint32 *places = g_new0 (guint32, ranking->n_ranks);
  guint32 ranks[ENT_SEGMENT_ROWS];

  for (guint pass = 0; pass < 2; pass++)
    {
      guint32 sum = 0;

      for (guint i = 0; i < self->table->n_segments; i++)
        {
          const EntSegment *segment = self->table->segments[i];
          const guint64 *ours = bits + (gsize) i * (ENT_SEGMENT_ROWS / 64);

          if (!ent_check_cancelled (cancellable, error))
            return FALSE;
          if (!rank_wanted (ranking, segment, ours, ranks))
            continue;
          if (pass == 0)
            count_ranks (ours, ranks, places);
          else
            place_rows (ours, ranks, i * ENT_SEGMENT_ROWS, places, out);
        }
      for (guint32 rank = 0; pass == 0 && rank < ranking->n_ranks; rank++)
        {
          guint32 count = places[rank];

          places[rank] = sum;
          sum += count;
        }
    }
  return TRUE;
}

/* ---- By phone ------------------------------------------------------------------------------- */

static gboolean
sort_by_phone (EntSnapshot *self,
               guint32 *positions,
               gsize n,
               gboolean descending,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree guint64 *keys = g_new (guint64, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    {
      guint64 phone = segment_of (self, positions[i])->phone[ROW (positions[i])];

      keys[i] = phone == 0 ? G_MAXUINT64 : descending ? ~phone - 1 : phone;
    }
  return ent_radix_sort (keys, positions, n, cancellable, error);
}

/* ---- Choice --------------------------------------------------------------------------------- */

/* FALSE for a column that ranks nothing. */
static gboolean
choose_ranking (EntSnapshot *self, EntSort sort, gint64 now, Ranking *ranking)
{
  static const struct
  {
    EntColumn column;
    RankedBy what;
    guint dim;
    LabelFunc label;
  } rankings[] = {
    { ENT_COLUMN_DIRECTION, RANK_DIRECTION, 0, NULL },
    { ENT_COLUMN_CHANNEL, RANK_CHANNEL, 0, NULL },
    { ENT_COLUMN_CONTENT_TYPE, RANK_CONTENT_TYPE, 0, NULL },
    { ENT_COLUMN_STATUS, RANK_STATUS, 0, NULL },
    { ENT_COLUMN_STAGE, RANK_STATUS, 0, NULL },
    { ENT_COLUMN_REASON, RANK_REASON, 0, NULL },
    { ENT_COLUMN_SUBACCOUNT, RANK_DIM, ENT_DIMENSION_SUBACCOUNT, label_of_dim },
    { ENT_COLUMN_SUBACCOUNT_ID, RANK_DIM, ENT_DIMENSION_SUBACCOUNT, id_of_dim },
    { ENT_COLUMN_USER, RANK_DIM, ENT_DIMENSION_USER, label_of_dim },
    { ENT_COLUMN_USER_ID, RANK_DIM, ENT_DIMENSION_USER, id_of_dim },
    { ENT_COLUMN_CAMPAIGN, RANK_DIM, ENT_DIMENSION_CAMPAIGN, label_of_dim },
    { ENT_COLUMN_CAMPAIGN_ID, RANK_DIM, ENT_DIMENSION_CAMPAIGN, id_of_dim },
    { ENT_COLUMN_CARRIER, RANK_DIM, ENT_DIMENSION_CARRIER, label_of_dim },
    { ENT_COLUMN_SOURCE, RANK_DIM, ENT_DIM_SOURCE, label_of_source },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rankings); i++)
    if (rankings[i].column == sort.column)
      {
        if (rankings[i].what == RANK_DIM)
          ranking_init_dim (ranking, self, rankings[i].dim, rankings[i].label, sort.descending);
        else
          ranking_init_small (ranking, rankings[i].what, sort.descending, now);
        return TRUE;
      }
  return FALSE;
}

/* In order of position. */
static void
emit_positions (const guint64 *bits, guint n_segments, guint32 *out, gsize n)
{
  gsize done = 0;

  for (gsize word = 0; word < (gsize) n_segments * (ENT_SEGMENT_ROWS / 64) && done < n; word++)
    {
      guint32 base = (guint32) word * 64;

      if (bits[word] == G_MAXUINT64)
        for (guint i = 0; i < 64; i++)
          out[done++] = base + i;
      else
        for (guint64 left = bits[word]; left != 0; left &= left - 1)
          out[done++] = base + (guint) __builtin_ctzll (left);
    }
}

gboolean
ent_snapshot_sort (EntSnapshot *self,
                   const guint64 *bits,
                   gsize n,
                   EntSort sort,
                   gint64 now,
                   guint32 *out,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Ranking) ranking = { 0 };

  if (choose_ranking (self, sort, now, &ranking))
    return emit_ranked (self, &ranking, bits, out, cancellable, error);

  emit_positions (bits, self->table->n_segments, out, n);
  if (n < 2)
    return TRUE;
  if (sort.column == ENT_COLUMN_CREATED_AT || sort.column == ENT_COLUMN_COVERAGE)
    return sort_by_time (self, out, n, sort.descending, FALSE, cancellable, error);
  if (sort.column == ENT_COLUMN_RECEIVED_AT)
    return sort_by_time (self, out, n, sort.descending, TRUE, cancellable, error);
  if (sort.column == ENT_COLUMN_PHONE)
    return sort_by_phone (self, out, n, sort.descending, cancellable, error);
  return ent_snapshot_sort_by_rows (self, out, n, sort, now, cancellable, error);
}
