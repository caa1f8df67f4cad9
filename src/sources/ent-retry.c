/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to ask again. The rule is a pure function; the only state is the stand-in for the wait
 * that a test may set. */
#include "config.h"

#include "ent-retry.h"

#include <libsoup/soup.h>
#include <string.h>

static EntRetryWaitFunc wait_func;
static gpointer wait_data;

gboolean
ent_retry_status_may_pass (guint status)
{
  switch (status)
    {
    case 408:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
parse_seconds (const char *text, gint64 *wait_ms)
{
  gint64 seconds = 0;

  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text))
        return FALSE;
      /* Absurd numbers stay absurd without overflowing. */
      seconds = MIN (seconds * 10 + (*text - '0'), G_GINT64_CONSTANT (1000000000000));
    }
  *wait_ms = seconds * 1000;
  return TRUE;
}

gboolean
ent_retry_parse_after (const char *text, gint64 now, gint64 *wait_ms)
{
  g_autofree char *stripped = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL || strlen (text) > 64)
    return FALSE;

  stripped = g_strstrip (g_strdup (text));
  if (parse_seconds (stripped, wait_ms))
    return TRUE;

  /* libsoup also takes a bare year or a time zone offset for a date; ours begins with the name
   * of a day. */
  if (!g_ascii_isalpha (*stripped))
    return FALSE;
  date = soup_date_time_new_from_http_string (stripped);
  if (date == NULL)
    return FALSE;
  *wait_ms = MAX (g_date_time_to_unix (date) * 1000 - now, 0);
  return TRUE;
}

gint64
ent_retry_delay (guint attempt, const char *retry_after, gint64 now, double random)
{
  gint64 ceiling = ENT_RETRY_BASE_MS;
  gint64 asked;

  if (attempt >= ENT_RETRY_MAX_TRIES)
    return -1;
  if (ent_retry_parse_after (retry_after, now, &asked))
    return MIN (asked, ENT_RETRY_MAX_ASKED_MS);

  for (guint i = 1; i < attempt && ceiling < ENT_RETRY_CAP_MS; i++)
    ceiling *= ENT_RETRY_GROWTH;
  ceiling = MIN (ceiling, ENT_RETRY_CAP_MS);
  return (gint64) (random * (double) ceiling);
}

/* Sleeps until the time is over or the cancellable's file becomes readable. */
static void
sleep_until (gint64 end, GCancellable *cancellable)
{
  GPollFD fd = { .fd = -1 };
  gboolean has_fd = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fd);

  while (!g_cancellable_is_cancelled (cancellable))
    {
      gint64 left = end - g_get_monotonic_time ();

      if (left <= 0)
        break;
      /* At most an hour at a time, which keeps the count of ms an int. */
      g_poll (has_fd ? &fd : NULL, has_fd ? 1 : 0, (int) MIN ((left + 999) / 1000, 3600000));
    }

  if (has_fd)
    g_cancellable_release_fd (cancellable);
}

gboolean
ent_retry_sleep (gint64 wait_ms, GCancellable *cancellable, GError **error)
{
  sleep_until (g_get_monotonic_time () + wait_ms * 1000, cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

gboolean
ent_retry_wait (gint64 wait_ms, GCancellable *cancellable, GError **error)
{
  if (wait_func != NULL)
    return wait_func (wait_ms, cancellable, wait_data, error);
  return ent_retry_sleep (wait_ms, cancellable, error);
}

void
ent_retry_set_wait_func (EntRetryWaitFunc func, gpointer user_data)
{
  wait_func = func;
  wait_data = user_data;
}
