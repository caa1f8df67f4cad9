/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only clock for periods, coverage, ages and windows. Deadlines use monotonic time instead.
 * Set once from main; read from any thread. */

#include "config.h"

#include "ent-time.h"

#include <stdatomic.h>

#define CLOCK_UNSET G_MININT64
#define CLOCK_SYSTEM (G_MININT64 + 1)

/* Any thread; CLOCK_UNSET, CLOCK_SYSTEM, or the instant at which it stands still. */
static _Atomic gint64 setting = CLOCK_UNSET;

/**
 * ent_clock_now:
 *
 * Any thread. A fixed clock (--now, ENTREGA_NOW) stands still.
 *
 * Returns: UTC ms
 */
gint64
ent_clock_now (void)
{
  gint64 value = atomic_load (&setting);

  if (G_UNLIKELY (value == CLOCK_UNSET))
    {
      g_autoptr (GError) error = NULL;

      /* Programs set the clock in main and report the error there; tests need not. */
      if (!ent_clock_set (NULL, &error))
        {
          g_warning ("ENTREGA_NOW: %s", error->message);
          atomic_store (&setting, CLOCK_SYSTEM);
        }
      value = atomic_load (&setting);
    }

  return value == CLOCK_SYSTEM ? g_get_real_time () / 1000 : value;
}

/**
 * ent_clock_set:
 * @text: (nullable): the value of --now; %NULL takes ENTREGA_NOW, and the system's clock where
 *   that is unset or empty
 * @error: return location
 *
 * Returns: %FALSE with %ENT_TIME_ERROR_INVALID where the text is no instant; the clock then
 *   stays as it was
 */
gboolean
ent_clock_set (const char *text, GError **error)
{
  gint64 instant = CLOCK_SYSTEM;

  if (text == NULL)
    {
      text = g_getenv ("ENTREGA_NOW");
      if (text != NULL && *text == '\0')
        text = NULL;
    }
  if (text != NULL && !ent_instant_parse (text, -1, NULL, &instant, error))
    return FALSE;

  atomic_store (&setting, instant);
  return TRUE;
}
