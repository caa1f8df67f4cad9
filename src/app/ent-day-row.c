/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Main thread; owned by the table's list. */
#include "config.h"

#include "ent-day-row.h"

#include "ent-words.h"

struct _EntDayRow
{
  GObject parent_instance;

  char *label;
  char *key;
  EntBy by;
  EntCounters counters;
  EntCoverage coverage;
  gint64 start;
  gint64 end;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (EntDayRow, ent_day_row, G_TYPE_OBJECT)

static void
ent_day_row_finalize (GObject *object)
{
  EntDayRow *self = ENT_DAY_ROW (object);

  g_free (self->label);
  g_free (self->key);
  G_OBJECT_CLASS (ent_day_row_parent_class)->finalize (object);
}

static void
ent_day_row_class_init (EntDayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_day_row_finalize;
}

static void
ent_day_row_init (EntDayRow *self)
{
}

EntDayRow *
ent_day_row_new (const EntSummary *summary, guint index, gint64 now)
{
  EntDayRow *self = g_object_new (ENT_TYPE_DAY_ROW, NULL);
  const EntSummaryRow *row = &summary->rows[index];

  self->label = ent_words_row (summary->by, row->key);
  self->key = g_strdup (row->key);
  self->by = summary->by;
  self->counters = row->counters;
  self->coverage = row->coverage;
  self->start = row->start;
  self->end = row->end;
  self->running = row->start <= now && now < row->end;
  return self;
}

const char *
ent_day_row_get_label (EntDayRow *self)
{
  return self->label;
}

const EntCounters *
ent_day_row_get_counters (EntDayRow *self)
{
  return &self->counters;
}

EntCoverage
ent_day_row_get_coverage (EntDayRow *self)
{
  return self->coverage;
}

gint64
ent_day_row_get_start (EntDayRow *self)
{
  return self->start;
}

gint64
ent_day_row_get_end (EntDayRow *self)
{
  return self->end;
}

EntBy
ent_day_row_get_by (EntDayRow *self)
{
  return self->by;
}

const char *
ent_day_row_get_key (EntDayRow *self)
{
  return self->key;
}

gboolean
ent_day_row_is_running (EntDayRow *self)
{
  return self->running;
}

gboolean
ent_day_row_is_missing (EntDayRow *self)
{
  return self->coverage == ENT_COVERAGE_NONE && self->counters.total == 0 &&
         self->counters.received == 0;
}
