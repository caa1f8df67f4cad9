/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was synchronised, in sentences: never let an unsynchronised day pass for a zero. */

#include "config.h"

#include "ent-words-coverage.h"

#include "ent-words-date.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>

char *
ent_words_synchronised (gint64 until, const EntZone *zone, gint64 now)
{
  g_autofree char *when = NULL;

  if (until <= 0)
    return g_strdup (_ ("Never synchronised"));
  when = ent_words_when (until, zone, now);
  /* Translators: %s is "today 14:05", "yesterday 14:05" or "Wed 19 Nov 14:05". */
  return g_strdup_printf (_ ("Synchronised until %s"), when);
}

static char *
days_in_state (EntCoverage coverage, guint n)
{
  switch (coverage)
    {
    case ENT_COVERAGE_COMPLETE:
      /* Translators: within "Of 7 days, 4 are complete, …". */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is complete", "%u are complete", n),
                              n);
    case ENT_COVERAGE_STALE:
      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u is out of date", "%u are out of date", n), n);
    case ENT_COVERAGE_PARTIAL:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is partial", "%u are partial", n),
                              n);
    case ENT_COVERAGE_NONE:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u has no data", "%u have no data", n),
                              n);
    }
}

char *
ent_words_coverage_days (const guint days[ENT_N_COVERAGES])
{
  static const EntCoverage order[] = { ENT_COVERAGE_COMPLETE, ENT_COVERAGE_STALE,
                                       ENT_COVERAGE_PARTIAL, ENT_COVERAGE_NONE };
  g_autoptr (GString) list = g_string_new (NULL);
  guint total = 0;

  for (guint i = 0; i < ENT_N_COVERAGES; i++)
    total += days[i];
  if (total == days[ENT_COVERAGE_COMPLETE])
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *part = NULL;

      if (days[order[i]] == 0)
        continue;
      part = days_in_state (order[i], days[order[i]]);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", part);
    }
  /* Translators: the number of days of a period, then parts such as "4 are complete". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Of %u day, %s.", "Of %u days, %s.", total),
                          total, list->str);
}

char *
ent_words_nothing_in (const EntChannel *channel, EntDay first, EntDay last)
{
  g_autofree char *days = ent_words_day_range (first, last);

  if (channel == NULL)
    /* Translators: %s is a range of days: "16–22 Nov". */
    return g_strdup_printf (_ ("No messages in %s."), days);
  /* Translators: a channel and a range of days: "No SMS messages in 16–22 Nov." */
  return g_strdup_printf (_ ("No %s messages in %s."), ent_words_channel (*channel), days);
}
