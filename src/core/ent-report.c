/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report as a value: its defaults, copies and equality. A plain structure that its owner
 * fills; one owner at a time, copies share nothing that is not atomic. */

#include "config.h"

#include "ent-json-private.h"
#include "ent-report.h"

G_DEFINE_QUARK (ent_report_error_quark, ent_report_error)

/**
 * ent_report_new:
 * @locale: (nullable): decides the default zone
 *
 * Returns: (transfer full): last-7-days by day, no filter, no name
 */
EntReport *
ent_report_new (const char *locale)
{
  EntReport *self = g_new0 (EntReport, 1);

  self->view = ENT_VIEW_CONSOLIDATED;
  self->period.kind = ENT_PERIOD_LAST_7_DAYS;
  self->zone = ent_zone_new_default (locale);
  self->filter = ent_filter_new ();
  self->basis = ENT_BASIS_SEND_DATE;
  self->percent_of = ENT_PERCENT_OF_PREVIOUS_STAGE;
  self->by = ENT_BY_DAY;
  self->compare = ENT_COMPARE_NONE;
  self->series = 1u << ENT_STAGE_DELIVERED | 1u << ENT_STAGE_ERRORS;
  self->chart_style = ENT_CHART_COLUMNS;
  self->columns = g_array_new (FALSE, FALSE, sizeof (EntReportColumn));
  self->sort = (EntSort){ .column = ENT_COLUMN_CREATED_AT, .descending = TRUE };
  self->format = ENT_FORMAT_CSV;
  self->dialect = ENT_DIALECT_DEFAULT;
  self->privacy = ENT_PRIVACY_FULL;
  return self;
}

/**
 * ent_report_copy:
 * @self: a report
 *
 * Returns: (transfer full): a copy that may go to another thread
 */
EntReport *
ent_report_copy (const EntReport *self)
{
  EntReport *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (EntReport, 1);
  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->zone = ent_zone_ref (self->zone);
  copy->filter = ent_filter_ref (self->filter);
  copy->columns = g_array_copy (self->columns);
  copy->locale = g_strdup (self->locale);
  copy->extra = self->extra != NULL ? ent_json_object_copy (self->extra) : NULL;
  return copy;
}

/**
 * ent_report_free:
 * @self: (transfer full) (nullable): a report
 */
void
ent_report_free (EntReport *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_clear_pointer (&self->filter, ent_filter_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_free (self->locale);
  g_clear_pointer (&self->extra, json_object_unref);
  g_free (self);
}

static gboolean
columns_equal (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const EntReportColumn *in_a = &g_array_index (a, EntReportColumn, i);
      const EntReportColumn *in_b = &g_array_index (b, EntReportColumn, i);

      if (in_a->column != in_b->column || in_a->width != in_b->width)
        return FALSE;
    }
  return TRUE;
}

/**
 * ent_report_equal:
 * @a: a report
 * @b: a report
 *
 * Returns: whether both ask for the same under the same name; what only a newer program
 *   understands does not count
 */
gboolean
ent_report_equal (const EntReport *a, const EntReport *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_strcmp0 (a->name, b->name) == 0 && a->view == b->view &&
         ent_period_equal (&a->period, &b->period) &&
         g_str_equal (ent_zone_get_name (a->zone), ent_zone_get_name (b->zone)) &&
         ent_filter_equal (a->filter, b->filter) && a->basis == b->basis &&
         a->percent_of == b->percent_of && a->by == b->by && a->compare == b->compare &&
         a->series == b->series && a->chart_style == b->chart_style &&
         columns_equal (a->columns, b->columns) && a->sort.column == b->sort.column &&
         !a->sort.descending == !b->sort.descending && a->format == b->format &&
         a->dialect == b->dialect && a->privacy == b->privacy &&
         g_strcmp0 (a->locale, b->locale) == 0;
}
