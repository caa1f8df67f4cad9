/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to ask again: a pure rule, and a wait that a cancellation ends at once. Any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENT_RETRY_MAX_TRIES 5
#define ENT_RETRY_BASE_MS 1000
#define ENT_RETRY_GROWTH 4
#define ENT_RETRY_CAP_MS 60000
/* What a provider may ask for with Retry-After; more is cut to this. */
#define ENT_RETRY_MAX_ASKED_MS 120000

/* Statuses that may pass by themselves: 408, 425, 429, 500, 502, 503, 504. */
gboolean ent_retry_status_may_pass (guint status);

/* Milliseconds that a Retry-After header asks for: a count of seconds, or an HTTP date compared
 * with @now (UTC ms; a past one asks for 0). FALSE for anything else, negative numbers included. */
gboolean ent_retry_parse_after (const char *text, gint64 now, gint64 *wait_ms);

/* How long to wait after try @attempt (1 = the first) failed, or -1: give up.
 * @retry_after: the header, NULL for none; where it can be read it wins.
 * @now: UTC ms, for dates. @random: in [0, 1), spreads the tries (full jitter). */
gint64 ent_retry_delay (guint attempt, const char *retry_after, gint64 now, double random);

/* Blocks without using the processor. FALSE with G_IO_ERROR_CANCELLED when cancelled. */
gboolean ent_retry_sleep (gint64 wait_ms, GCancellable *cancellable, GError **error);

/* The wait between two tries: ent_retry_sleep, or what a test has put in its place. */
gboolean ent_retry_wait (gint64 wait_ms, GCancellable *cancellable, GError **error);

/* For tests, which have no minute to spare: what stands in for the wait in this process; NULL
 * sleeps again. Set before any thread waits. */
typedef gboolean (*EntRetryWaitFunc) (gint64 wait_ms,
                                      GCancellable *cancellable,
                                      gpointer user_data,
                                      GError **error);
void ent_retry_set_wait_func (EntRetryWaitFunc func, gpointer user_data);

G_END_DECLS
