/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Latency and answers: see the header. Two passes over the columns: one for the messages that
 * came in, by number and time; one for those of the query. On the snapshot's thread. */

#include "config.h"

#include "ent-insight.h"

#include "ent-radix.h"
#include "ent-store-private.h"

#define N_CODES 65536u

/* Messages from customers, sorted by sender and time. A sender is a number and a source. */
typedef struct
{
  guint64 *senders; /* hash of number and source, each once per message */
  gint64 *times;
  gsize n;
  guint32 *slots; /* first message of a sender + 1, by hash; 0: empty */
  guint64 n_slots;
} Incoming;

typedef struct
{
  EntSnapshot *snapshot;
  gint64 now;
  Incoming incoming;
  guint32 *codes[2]; /* how many messages have each code of seconds */
  gint64 replied;
} Insight;

static guint64
sender_of (const EntSegment *segment, guint row)
{
  guint64 hash = segment->phone[row] ^ (guint64) ent_segment_get_dim (segment, ENT_DIM_SOURCE, row)
                                           << 60;

  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash += ent_segment_get_dim (segment, ENT_DIM_SOURCE, row);
  return hash ^ hash >> 29;
}

/* ---- What came in --------------------------------------------------------------------------- */

typedef struct
{
  guint64 sender;
  gint64 time;
} Message;

static gboolean
is_incoming (const EntSegment *segment, guint row)
{
  return segment->phone[row] != 0 && !(segment->status[row] & ENT_STATUS_HOLE) &&
         segment->kind[row] & ENT_KIND_DIRECTION;
}

static GArray *
list_incoming (EntSnapshot *snapshot,
               const EntRange *range,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GArray) messages = g_array_new (FALSE, FALSE, sizeof (Message));

  for (guint i = 0; i < snapshot->table->n_segments; i++)
    {
      const EntSegment *segment = snapshot->table->segments[i];

      if (!ent_check_cancelled (cancellable, error))
        return NULL;
      if (segment->info.n_live == 0 || segment->info.max_t < range->from ||
          segment->info.min_t >= range->to + ENT_REPLY_WINDOW_MS)
        continue;
      for (guint row = 0; row < segment->info.n; row++)
        if (is_incoming (segment, row))
          {
            const Message message = { sender_of (segment, row),
                                      ent_segment_get_time (segment, row) };

            g_array_append_val (messages, message);
          }
    }
  return g_steal_pointer (&messages);
}

/* By sender, then by time: two sorts that keep what is equal in its order. */
static guint32 *
order_messages (const GArray *messages, GCancellable *cancellable, GError **error)
{
  g_autofree guint64 *keys = g_new (guint64, messages->len + 1);
  g_autofree guint32 *order = g_new (guint32, messages->len + 1);

  for (guint i = 0; i < messages->len; i++)
    {
      /* Times before 1970 come first, too. */
      keys[i] = (guint64) g_array_index (messages, Message, i).time ^ G_GUINT64_CONSTANT (1) << 63;
      order[i] = i;
    }
  if (!ent_radix_sort (keys, order, messages->len, cancellable, error))
    return NULL;
  for (guint i = 0; i < messages->len; i++)
    keys[i] = g_array_index (messages, Message, order[i]).sender;
  return ent_radix_sort (keys, order, messages->len, cancellable, error) ? g_steal_pointer (&order)
                                                                         : NULL;
}

static void
incoming_init (Incoming *self, const GArray *messages, const guint32 *order)
{
  self->n = messages->len;
  self->senders = g_new (guint64, self->n + 1);
  self->times = g_new (gint64, self->n + 1);
  self->n_slots = 64;
  while (self->n_slots < self->n * 2)
    self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);
  for (gsize i = 0; i < self->n; i++)
    {
      const Message *message = &g_array_index (messages, Message, order[i]);
      guint64 slot = message->sender & (self->n_slots - 1);

      self->senders[i] = message->sender;
      self->times[i] = message->time;
      if (i > 0 && self->senders[i - 1] == message->sender)
        continue;
      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = (guint32) i + 1;
    }
}

static void
incoming_clear (Incoming *self)
{
  g_free (self->senders);
  g_free (self->times);
  g_free (self->slots);
}

/* Whether one came from @sender after @time, within the window. */
static gboolean
has_reply (const Incoming *self, guint64 sender, gint64 time)
{
  guint64 slot = sender & (self->n_slots - 1);
  gsize i;

  while (self->slots[slot] != 0 && self->senders[self->slots[slot] - 1] != sender)
    slot = (slot + 1) & (self->n_slots - 1);
  if (self->slots[slot] == 0)
    return FALSE;
  for (i = self->slots[slot] - 1; i < self->n && self->senders[i] == sender; i++)
    if (self->times[i] >= time)
      return self->times[i] - time <= ENT_REPLY_WINDOW_MS;
  return FALSE;
}

/* ---- What was sent -------------------------------------------------------------------------- */

/* An event whose quarter hour has not begun yet is in the future. */
static gboolean
has_happened (const Insight *self, const EntSegment *segment, guint row, EntEvent event)
{
  guint16 code = segment->events[event][row];

  return code >= ENT_EVENT_ELSEWHERE ||
         ((gint64) segment->quarter[row] + code) * ENT_QUARTER_MS <= self->now;
}

static void
count_row (Insight *self, const EntSegment *segment, guint row)
{
  if (segment->kind[row] & ENT_KIND_DIRECTION)
    return;
  if (has_happened (self, segment, row, ENT_EVENT_DELIVERED))
    self->codes[0][segment->secs[0][row]]++;
  if (has_happened (self, segment, row, ENT_EVENT_READ))
    self->codes[1][segment->secs[1][row]]++;
  if (self->incoming.n > 0 && segment->phone[row] != 0 &&
      has_reply (&self->incoming, sender_of (segment, row), ent_segment_get_time (segment, row)))
    self->replied++;
}

static gboolean
count_cb (EntSegment *segment,
          guint index,
          EntMatch match,
          const guint8 *mask,
          gpointer user_data,
          GError **error)
{
  for (guint row = 0; row < segment->info.n; row++)
    if (!(segment->status[row] & ENT_STATUS_HOLE) && (match == ENT_MATCH_ALL || mask[row] != 0))
      count_row (user_data, segment, row);
  return TRUE;
}

/* The least value that @share (of a hundred) of @n messages do not exceed. */
static gint64
value_at (const guint32 *codes, gint64 n, guint share)
{
  gint64 wanted = (n * share + 99) / 100;
  gint64 sum = 0;

  for (guint code = 0; code < ENT_SECS_NONE; code++)
    {
      sum += codes[code];
      if (sum >= wanted)
        return ent_secs_unpack ((guint16) code);
    }
  return -1;
}

static void
fill_percentiles (EntPercentiles *self, const guint32 *codes)
{
  self->n = 0;
  for (guint code = 0; code < ENT_SECS_NONE; code++)
    self->n += codes[code];
  self->p50 = self->n > 0 ? value_at (codes, self->n, 50) : -1;
  self->p90 = self->n > 0 ? value_at (codes, self->n, 90) : -1;
  self->p99 = self->n > 0 ? value_at (codes, self->n, 99) : -1;
}

gboolean
ent_snapshot_insight (EntSnapshot *self,
                      const EntQuery *query,
                      EntInsight *insight,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) messages = NULL;
  g_autofree guint32 *order = NULL;
  g_autofree guint32 *to_deliver = g_new0 (guint32, N_CODES);
  g_autofree guint32 *to_read = g_new0 (guint32, N_CODES);
  Insight work = { self, query->now, { NULL }, { to_deliver, to_read }, 0 };
  EntSnapshotScan scan = ent_snapshot_scan_of (query);
  gboolean done;

  g_return_val_if_fail (self != NULL && query != NULL && insight != NULL, FALSE);

  messages = list_incoming (self, &query->range, cancellable, error);
  if (messages == NULL)
    return FALSE;
  order = order_messages (messages, cancellable, error);
  if (order == NULL)
    return FALSE;
  incoming_init (&work.incoming, messages, order);
  scan.basis = ENT_BASIS_SEND_DATE;
  done = ent_snapshot_scan (self, &scan, count_cb, &work, cancellable, error);
  incoming_clear (&work.incoming);
  if (!done)
    return FALSE;
  fill_percentiles (&insight->to_deliver, to_deliver);
  fill_percentiles (&insight->to_read, to_read);
  insight->replied = work.replied;
  return TRUE;
}
