/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Pure. */
#include "config.h"

#include "ent-hour-week.h"

static void
place_of (const EntSummaryRow *row, const EntZone *zone, int *weekday, int *hour)
{
  EntDay day;

  ent_zone_local (zone, row->start, &day, hour, NULL, NULL, NULL);
  *weekday = ent_day_weekday (day);
}

static void
find_peak (EntHourWeek *self)
{
  for (int weekday = 0; weekday < 7; weekday++)
    for (int hour = 0; hour < 24; hour++)
      if (self->cells[weekday][hour].count > self->peak)
        {
          self->peak = self->cells[weekday][hour].count;
          self->peak_weekday = weekday;
          self->peak_hour = hour;
        }
}

void
ent_hour_week_fill (
    EntHourWeek *self, const EntSummary *hours, EntStage stage, const EntZone *zone, gint64 now)
{
  *self = (EntHourWeek){ .peak_weekday = -1, .peak_hour = -1 };
  for (guint i = 0; hours != NULL && i < hours->n_rows; i++)
    {
      const EntSummaryRow *row = &hours->rows[i];
      gint64 count = ent_counters_stage (&row->counters, stage);
      int weekday, hour;

      /* Never synchronised is not the same as nothing sent. */
      if (row->start > now || (count == 0 && row->coverage == ENT_COVERAGE_NONE))
        continue;
      place_of (row, zone, &weekday, &hour);
      self->cells[weekday][hour].count += count;
      self->cells[weekday][hour].n_hours++;
    }
  find_peak (self);
}

gboolean
ent_hour_week_is_at (const EntSummaryRow *row, const EntZone *zone, int weekday, int hour)
{
  int row_weekday, row_hour;

  place_of (row, zone, &row_weekday, &row_hour);
  return row_weekday == weekday && row_hour == hour;
}
