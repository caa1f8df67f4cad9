/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counters are the overview's, so that they agree with the cards above; answers come from
 * the breakdown. Main thread. */
#include "config.h"

#include "ent-funnel.h"

#include "ent-bar-row.h"
#include "ent-words.h"

#include <glib/gi18n.h>

static const EntStage stages[] = {
  ENT_STAGE_TOTAL,
  ENT_STAGE_SENT,
  ENT_STAGE_DELIVERED,
  ENT_STAGE_READ,
};
static const EntRate rates[] = {
  ENT_RATE_SENT, /* not shown: the total is the whole */
  ENT_RATE_SENT,
  ENT_RATE_DELIVERED,
  ENT_RATE_READ,
};

struct _EntFunnel
{
  GtkBox parent_instance;

  GtkWidget *rows[G_N_ELEMENTS (stages)];
  GtkWidget *replied;
  EntBreakdown *breakdown;
  EntSession *session;
};

G_DEFINE_FINAL_TYPE (EntFunnel, ent_funnel, GTK_TYPE_BOX)

static void
update_stage (EntFunnel *self, guint i, const EntCounters *counters)
{
  const EntReport *report = ent_session_get_report (self->session);
  gint64 value = ent_counters_stage (counters, stages[i]);
  g_autofree char *number = ent_words_count (value);
  g_autofree char *count = stages[i] == ENT_STAGE_READ && value > 0
                               ? g_strdup_printf ("≥ %s", number)
                               : g_strdup (number);
  g_autofree char *percent = i > 0 && report->basis == ENT_BASIS_SEND_DATE
                                 ? ent_words_rate_of (counters, rates[i], report->percent_of)
                                 : g_strdup ("");

  ent_bar_row_set (ENT_BAR_ROW (self->rows[i]), ent_words_stage (stages[i]),
                   ent_words_stage_help (stages[i]), count, percent,
                   ent_ratio_tenths ((EntRatio){ MIN (value, counters->total), counters->total }));
  gtk_widget_set_sensitive (self->rows[i], value > 0);
}

static void
update_replied (EntFunnel *self, const EntCounters *counters)
{
  const EntInsight *insight = ent_breakdown_get_insight (self->breakdown);
  gint64 replied = insight != NULL ? MIN (insight->replied, counters->total) : 0;
  EntRatio ratio = { replied, insight != NULL ? counters->total : 0 };
  g_autofree char *count = insight != NULL ? ent_words_count (replied) : g_strdup (ENT_WORDS_NONE);
  g_autofree char *percent = ent_words_tenths (ent_ratio_tenths (ratio));

  ent_bar_row_set (ENT_BAR_ROW (self->replied), _ ("Replied"),
                   _ ("A guess: messages after which one came from the same number within 24 "
                      "hours. Percentage of all messages."),
                   count, percent, ent_ratio_tenths (ratio));
}

static void
update (EntFunnel *self)
{
  EntOverview *overview = ent_session_get_overview (self->session);

  if (overview == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    update_stage (self, i, &overview->summary->totals);
  update_replied (self, &overview->summary->totals);
}

static void
clicked_cb (GtkButton *button, EntFunnel *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (self->rows[i] == GTK_WIDGET (button))
      ent_session_drill (self->session, stages[i], ENT_TIME_NONE, ENT_TIME_NONE, ENT_BY_DAY, NULL);
}

static void
ent_funnel_dispose (GObject *object)
{
  g_clear_object (&ENT_FUNNEL (object)->breakdown);
  g_clear_object (&ENT_FUNNEL (object)->session);
  G_OBJECT_CLASS (ent_funnel_parent_class)->dispose (object);
}

static void
ent_funnel_class_init (EntFunnelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_funnel_dispose;
}

static void
add_row (EntFunnel *self, GtkWidget *row, GtkSizeGroup **groups)
{
  ent_bar_row_join (ENT_BAR_ROW (row), groups[0], groups[1], groups[2]);
  gtk_box_append (GTK_BOX (self), row);
}

static void
ent_funnel_init (EntFunnel *self)
{
  GtkSizeGroup *groups[3];

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    groups[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      self->rows[i] = ent_bar_row_new (stages[i], TRUE);
      g_signal_connect (self->rows[i], "clicked", G_CALLBACK (clicked_cb), self);
      add_row (self, self->rows[i], groups);
    }
  /* No filter can say "was answered": the one row that is no door. */
  self->replied = ent_bar_row_new (ENT_STAGE_RECEIVED, FALSE);
  add_row (self, self->replied, groups);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    g_object_unref (groups[i]);
}

GtkWidget *
ent_funnel_new (EntBreakdown *breakdown)
{
  EntFunnel *self = g_object_new (ENT_TYPE_FUNNEL, NULL);

  self->breakdown = g_object_ref (breakdown);
  self->session = g_object_ref (ent_breakdown_get_session (breakdown));
  g_signal_connect_object (self->session, "overview-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "report-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (breakdown, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
