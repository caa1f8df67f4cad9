/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each reason of the vocabulary, of which those with messages are seen. Main thread. */
#include "config.h"

#include "ent-reason-list.h"

#include "ent-bar-row.h"
#include "ent-words.h"

#include <glib/gi18n.h>

struct _EntReasonList
{
  GtkBox parent_instance;

  GtkWidget *empty;
  GtkWidget *rows[ENT_N_REASONS];
  EntBreakdown *breakdown;
};

G_DEFINE_FINAL_TYPE (EntReasonList, ent_reason_list, GTK_TYPE_BOX)

static void
show_reason (EntReasonList *self, EntReason reason, gint64 errors, gint64 all)
{
  EntBarRow *row = ENT_BAR_ROW (self->rows[reason]);
  int tenths = ent_ratio_tenths ((EntRatio){ errors, all });
  g_autofree char *count = ent_words_count (errors);
  g_autofree char *percent = ent_words_tenths (tenths);
  const char *name =
      reason == ENT_REASON_NONE ? ent_words_by_none (ENT_BY_REASON) : ent_words_reason (reason);

  ent_bar_row_set (row, name, ent_words_reason_help (reason), count, percent, tenths);
  gtk_widget_set_visible (GTK_WIDGET (row), errors > 0);
}

static void
update (EntReasonList *self)
{
  EntSummary *reasons = ent_breakdown_get_reasons (self->breakdown);
  gint64 errors[ENT_N_REASONS] = { 0 };
  GtkWidget *last = self->empty;

  for (guint i = 0; reasons != NULL && i < reasons->n_rows; i++)
    {
      EntReason reason = ENT_REASON_NONE;

      ent_reason_from_key (reasons->rows[i].key, &reason);
      errors[reason] = ent_counters_errors (&reasons->rows[i].counters);
      /* The summary's order, most messages first. */
      gtk_box_reorder_child_after (GTK_BOX (self), self->rows[reason], last);
      last = self->rows[reason];
    }
  for (guint reason = 0; reason < ENT_N_REASONS; reason++)
    show_reason (self, (EntReason) reason, errors[reason],
                 reasons != NULL ? ent_counters_errors (&reasons->totals) : 0);
  gtk_widget_set_visible (self->empty,
                          reasons != NULL && ent_counters_errors (&reasons->totals) == 0);
}

static void
clicked_cb (GtkButton *button, EntReasonList *self)
{
  for (guint reason = 0; reason < ENT_N_REASONS; reason++)
    if (self->rows[reason] == GTK_WIDGET (button))
      ent_session_drill (ent_breakdown_get_session (self->breakdown), ENT_STAGE_ERRORS,
                         ENT_TIME_NONE, ENT_TIME_NONE, ENT_BY_REASON,
                         ent_reason_key ((EntReason) reason));
}

static void
ent_reason_list_dispose (GObject *object)
{
  g_clear_object (&ENT_REASON_LIST (object)->breakdown);
  G_OBJECT_CLASS (ent_reason_list_parent_class)->dispose (object);
}

static void
ent_reason_list_class_init (EntReasonListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_reason_list_dispose;
}

static void
ent_reason_list_init (EntReasonList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->empty = gtk_label_new (_ ("Nothing failed in this period."));
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_add_css_class (self->empty, "section-note");
  gtk_box_append (GTK_BOX (self), self->empty);
  for (guint reason = 0; reason < ENT_N_REASONS; reason++)
    {
      self->rows[reason] = ent_bar_row_new (ENT_STAGE_ERRORS, TRUE);
      ent_bar_row_set_tall (ENT_BAR_ROW (self->rows[reason]));
      g_signal_connect (self->rows[reason], "clicked", G_CALLBACK (clicked_cb), self);
      gtk_box_append (GTK_BOX (self), self->rows[reason]);
    }
}

GtkWidget *
ent_reason_list_new (EntBreakdown *breakdown)
{
  EntReasonList *self = g_object_new (ENT_TYPE_REASON_LIST, NULL);

  self->breakdown = g_object_ref (breakdown);
  g_signal_connect_object (breakdown, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
