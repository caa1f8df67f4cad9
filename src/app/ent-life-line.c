/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built anew for each message: five rows at most. Main thread. */
#include "config.h"

#include "ent-life-line.h"

#include "ent-words-date.h"
#include "ent-words-message.h"
#include "ent-words-number.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const EntMessage *message;
  const EntZone *zone;
  GtkWidget *box;
  gint64 previous; /* time of the stage before; ENT_TIME_NONE */
} LifeLine;

static const char *const stage_classes[ENT_N_STAGE_TIMES] = { "total", "sent", "delivered", "read",
                                                              "errors" };

static void
append_row (
    LifeLine *self, const char *mark, const char *css_class, const char *name, const char *detail)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark_label = gtk_label_new (mark);
  GtkWidget *name_label = gtk_label_new (name);
  GtkWidget *detail_label = gtk_label_new (detail);

  gtk_widget_add_css_class (mark_label, "status-mark");
  gtk_widget_add_css_class (mark_label, css_class);
  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_widget_set_hexpand (name_label, TRUE);
  gtk_label_set_wrap (GTK_LABEL (detail_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (detail_label), 1);
  gtk_widget_add_css_class (detail_label, "numeric");
  gtk_label_set_selectable (GTK_LABEL (detail_label), TRUE);
  gtk_box_append (GTK_BOX (row), mark_label);
  gtk_box_append (GTK_BOX (row), name_label);
  gtk_box_append (GTK_BOX (row), detail_label);
  gtk_box_append (GTK_BOX (self->box), row);
}

/* "│ 4 s" between two stages whose times are known and in order. */
static void
append_gap (LifeLine *self, gint64 time)
{
  g_autofree char *duration = NULL;
  GtkWidget *row, *line, *label;

  if (self->previous == ENT_TIME_NONE || time < self->previous)
    return;
  duration = ent_words_duration ((time - self->previous) / 1000);
  row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  line = gtk_label_new ("│");
  label = gtk_label_new (duration);
  gtk_widget_add_css_class (line, "life-gap");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
append_stage (LifeLine *self, EntStageTime stage)
{
  gint64 time = self->message->stage_times[stage];
  g_autofree char *text = NULL;

  if (time == ENT_TIME_NONE)
    text = g_strdup (ent_words_life_stage_inferred ());
  else
    text = ent_words_date_time (time, self->zone);
  if (time != ENT_TIME_NONE)
    append_gap (self, time);
  append_row (self, stage == ENT_STAGE_TIME_FAILED ? "▲" : "●", stage_classes[stage],
              ent_words_life_stage (stage, ent_message_get_direction (self->message)), text);
  if (time != ENT_TIME_NONE)
    self->previous = time;
}

static gboolean
has_failed (EntStatus status)
{
  return status == ENT_STATUS_SEND_FAILED || status == ENT_STATUS_NOT_DELIVERED;
}

/* What may still come: the next stage that a message which did not fail has not reached. */
static void
append_missing (LifeLine *self)
{
  EntStatus status = ent_message_get_status (self->message);
  guint last = ent_channel_reports_reads (ent_message_get_channel (self->message))
                   ? ENT_STAGE_TIME_READ
                   : ENT_STAGE_TIME_DELIVERED;

  if (has_failed (status) || ent_message_get_direction (self->message) == ENT_DIRECTION_MO)
    return;
  for (guint stage = ENT_STAGE_TIME_SENT; stage <= last; stage++)
    if ((self->message->stages & 1u << stage) == 0)
      append_row (self, "○", "pending", ent_words_life_stage_missing ((EntStageTime) stage), "");
}

GtkWidget *
ent_life_line_new (const EntMessage *message, const EntZone *zone)
{
  LifeLine self = { message, zone, gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), ENT_TIME_NONE };
  gboolean failed = has_failed (ent_message_get_status (message));

  for (guint stage = 0; stage < ENT_N_STAGE_TIMES; stage++)
    {
      if ((message->stages & 1u << stage) == 0)
        continue;
      /* A failure that a proof of delivery cancelled is an anomaly, not a stage that was reached.
       */
      if (stage == ENT_STAGE_TIME_FAILED && !failed)
        continue;
      append_stage (&self, (EntStageTime) stage);
    }
  append_missing (&self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self.box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Life of the message"), -1);
  return self.box;
}
