/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic of the funnel. Pure values, any thread; sums of percentages are never needed
 * here, because the percentage of a period is the ratio of its sums. */

#include "config.h"

#include "ent-counters.h"

/* Sums of 64-bit counters and products with 1,000 do not overflow in 128 bits. */
__extension__ typedef __int128 Wide;

static void
add_delivered (EntCounters *self, gboolean reports_reads, gint64 n)
{
  self->sent += n;
  self->delivered += n;
  if (reports_reads)
    self->delivered_readable += n;
}

void
ent_counters_add (EntCounters *self, EntStatus status, gboolean reports_reads, gint64 n)
{
  g_return_if_fail (self != NULL);

  if (status == ENT_STATUS_RECEIVED)
    {
      self->received += n;
      return;
    }

  self->total += n;
  switch (status)
    {
    case ENT_STATUS_QUEUED:
      self->queued += n;
      break;
    case ENT_STATUS_UNCONFIRMED:
      self->unconfirmed += n;
      G_GNUC_FALLTHROUGH;
    case ENT_STATUS_SENT:
      self->sent += n;
      self->in_transit += n;
      break;
    case ENT_STATUS_DELIVERED:
      add_delivered (self, reports_reads, n);
      break;
    case ENT_STATUS_READ:
      /* A message that was read went over a channel that told so, whatever we think of it. */
      add_delivered (self, TRUE, n);
      self->read += n;
      break;
    case ENT_STATUS_SEND_FAILED:
      self->send_failed += n;
      break;
    case ENT_STATUS_NOT_DELIVERED:
      self->sent += n;
      self->not_delivered += n;
      break;
    case ENT_STATUS_RECEIVED:
    default:
      g_assert_not_reached ();
    }
}

void
ent_counters_sum (EntCounters *self, const EntCounters *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL);

  self->total += other->total;
  self->sent += other->sent;
  self->delivered += other->delivered;
  self->read += other->read;
  self->send_failed += other->send_failed;
  self->not_delivered += other->not_delivered;
  self->queued += other->queued;
  self->in_transit += other->in_transit;
  self->received += other->received;
  self->delivered_readable += other->delivered_readable;
  self->unconfirmed += other->unconfirmed;
}

gboolean
ent_counters_equal (const EntCounters *a, const EntCounters *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->total == b->total && a->sent == b->sent && a->delivered == b->delivered &&
         a->read == b->read && a->send_failed == b->send_failed &&
         a->not_delivered == b->not_delivered && a->queued == b->queued &&
         a->in_transit == b->in_transit && a->received == b->received &&
         a->delivered_readable == b->delivered_readable && a->unconfirmed == b->unconfirmed;
}

gboolean
ent_counters_hold (const EntCounters *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->read < 0 || self->send_failed < 0 || self->not_delivered < 0 || self->queued < 0 ||
      self->unconfirmed < 0 || self->received < 0)
    return FALSE;
  if ((Wide) self->total != (Wide) self->sent + self->send_failed + self->queued)
    return FALSE;
  if ((Wide) self->sent != (Wide) self->delivered + self->not_delivered + self->in_transit)
    return FALSE;
  return self->read <= self->delivered_readable && self->delivered_readable <= self->delivered &&
         self->delivered <= self->sent && self->sent <= self->total &&
         self->unconfirmed <= self->in_transit;
}

gint64
ent_counters_errors (const EntCounters *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->send_failed + self->not_delivered;
}

gint64
ent_counters_pending (const EntCounters *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->queued + self->in_transit;
}

gint64
ent_counters_stage (const EntCounters *self, EntStage stage)
{
  g_return_val_if_fail (self != NULL, 0);

  switch (stage)
    {
    case ENT_STAGE_TOTAL:
      return self->total;
    case ENT_STAGE_SENT:
      return self->sent;
    case ENT_STAGE_DELIVERED:
      return self->delivered;
    case ENT_STAGE_READ:
      return self->read;
    case ENT_STAGE_ERRORS:
      return ent_counters_errors (self);
    case ENT_STAGE_SEND_FAILED:
      return self->send_failed;
    case ENT_STAGE_NOT_DELIVERED:
      return self->not_delivered;
    case ENT_STAGE_PENDING:
      return ent_counters_pending (self);
    case ENT_STAGE_RECEIVED:
      return self->received;
    default:
      g_return_val_if_reached (0);
    }
}

/* The public counters: what files and --json show, in this order. */
static const struct
{
  const char *key;
  gsize offset;
} public_counters[] = {
  { "total", G_STRUCT_OFFSET (EntCounters, total) },
  { "sent", G_STRUCT_OFFSET (EntCounters, sent) },
  { "delivered", G_STRUCT_OFFSET (EntCounters, delivered) },
  { "read", G_STRUCT_OFFSET (EntCounters, read) },
  { "send_failed", G_STRUCT_OFFSET (EntCounters, send_failed) },
  { "not_delivered", G_STRUCT_OFFSET (EntCounters, not_delivered) },
  { "queued", G_STRUCT_OFFSET (EntCounters, queued) },
  { "in_transit", G_STRUCT_OFFSET (EntCounters, in_transit) },
  { "received", G_STRUCT_OFFSET (EntCounters, received) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (public_counters) == ENT_N_COUNTER_KEYS);

const char *
ent_counters_key (guint index)
{
  return index < ENT_N_COUNTER_KEYS ? public_counters[index].key : NULL;
}

gint64
ent_counters_value (const EntCounters *self, guint index)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (index < ENT_N_COUNTER_KEYS, 0);

  return G_STRUCT_MEMBER (gint64, self, public_counters[index].offset);
}

const char *
ent_rate_key (EntRate rate)
{
  static const char *const keys[] = {
    [ENT_RATE_SENT] = "sent",
    [ENT_RATE_DELIVERED] = "delivered",
    [ENT_RATE_READ] = "read",
    [ENT_RATE_ERROR] = "error",
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (keys) == ENT_N_RATES);

  return (guint) rate < ENT_N_RATES ? keys[rate] : NULL;
}

EntRatio
ent_counters_rate (const EntCounters *self, EntRate rate, EntPercentBase base)
{
  gboolean of_total = base == ENT_PERCENT_OF_TOTAL;
  EntRatio none = { 0, 0 };

  g_return_val_if_fail (self != NULL, none);

  switch (rate)
    {
    case ENT_RATE_SENT:
      return (EntRatio){ self->sent, self->total };
    case ENT_RATE_DELIVERED:
      return (EntRatio){ self->delivered, of_total ? self->total : self->sent };
    case ENT_RATE_READ:
      return (EntRatio){ self->read, of_total ? self->total : self->delivered_readable };
    case ENT_RATE_ERROR:
      return (EntRatio){ ent_counters_errors (self), self->total };
    default:
      g_return_val_if_reached (none);
    }
}

int
ent_ratio_tenths (EntRatio ratio)
{
  Wide n = ratio.numerator;
  Wide d = ratio.denominator;

  if (d <= 0)
    return ENT_TENTHS_NONE;
  if (n <= 0)
    return 0;
  if (n >= d)
    return 1000;
  /* 1000 n / d, half up, then kept away from both ends: 999 of 1,000 and more is 99.9. */
  return (int) CLAMP ((2000 * n + d) / (2 * d), 1, 999);
}
