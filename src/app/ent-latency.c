/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two blocks of the same shape. A percentile of few messages says nothing and is not shown.
 * Main thread. */
#include "config.h"

#include "ent-latency.h"

#include "ent-columns-layout.h"
#include "ent-words.h"
#include "ent-wrap-layout.h"

#include <glib/gi18n.h>

#define N_SHARES 3
#define SHARE_WIDTH 84

/* From how many messages on a share of them means something. */
static const gint64 least[N_SHARES] = { 1, 10, 100 };

typedef struct
{
  GtkWidget *values[N_SHARES];
  GtkWidget *note;
  GtkWidget *door;
} Block;

struct _EntLatency
{
  GtkBox parent_instance;

  Block to_deliver;
  Block to_read;
  EntBreakdown *breakdown;
};

G_DEFINE_FINAL_TYPE (EntLatency, ent_latency, GTK_TYPE_BOX)

static const char *
share_name (guint share)
{
  switch (share)
    {
    case 0:
      return C_ ("share of messages", "Half within");
    case 1:
      return C_ ("share of messages", "90 % within");
    case 2:
    default:
      return C_ ("share of messages", "99 % within");
    }
}

/* ---- Following the answer ---- */

static void
update_block (Block *block, const EntPercentiles *times)
{
  const gint64 values[N_SHARES] = { times->p50, times->p90, times->p99 };
  g_autofree char *messages = ent_words_messages (times->n);
  g_autofree char *note = times->n > 0 ? g_strdup_printf (_ ("Measured on %s"), messages)
                                       : g_strdup (_ ("No message of this period has both times."));

  for (guint share = 0; share < N_SHARES; share++)
    {
      gboolean enough = times->n >= least[share];
      g_autofree char *text = ent_words_duration (enough ? values[share] : -1);
      g_autofree char *label = g_strdup_printf ("%s %s", share_name (share), text);

      gtk_label_set_label (GTK_LABEL (block->values[share]), text);
      gtk_widget_set_tooltip_text (block->values[share],
                                   enough || times->n == 0 ? NULL : _ ("Too few messages to say"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (block->values[share]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  gtk_label_set_label (GTK_LABEL (block->note), note);
  gtk_widget_set_sensitive (block->door, times->n > 0);
}

static void
update (EntLatency *self)
{
  const EntInsight *insight = ent_breakdown_get_insight (self->breakdown);

  if (insight == NULL)
    return;
  update_block (&self->to_deliver, &insight->to_deliver);
  update_block (&self->to_read, &insight->to_read);
}

/* ---- Doors ---- */

static void
clicked_cb (GtkButton *button, EntLatency *self)
{
  gboolean read = GTK_WIDGET (button) == self->to_read.door;
  EntSession *session = ent_breakdown_get_session (self->breakdown);

  ent_session_set_sort (
      session, (EntSort){ read ? ENT_COLUMN_SECS_TO_READ : ENT_COLUMN_SECS_TO_DELIVER, TRUE });
  ent_session_drill (session, read ? ENT_STAGE_READ : ENT_STAGE_DELIVERED, ENT_TIME_NONE,
                     ENT_TIME_NONE, ENT_BY_DAY, NULL);
}

/* ---- Building ---- */

static GtkWidget *
new_share (Block *block, guint share)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (share_name (share));

  block->values[share] = gtk_label_new (ENT_WORDS_NONE);
  gtk_label_set_xalign (GTK_LABEL (block->values[share]), 0);
  gtk_widget_add_css_class (block->values[share], "title-4");
  gtk_widget_add_css_class (block->values[share], "numeric");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), block->values[share]);
  return box;
}

static GtkWidget *
new_foot (EntLatency *self, Block *block, const char *name)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkLayoutManager *layout = ent_wrap_layout_new ();
  g_autofree char *label = g_strdup_printf ("%s: %s", name, _ ("Slowest first"));

  g_object_set (layout, "spacing", 12, "line-spacing", 6, NULL);
  gtk_widget_set_layout_manager (foot, layout);
  block->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (block->note), 0);
  gtk_label_set_wrap (GTK_LABEL (block->note), TRUE);
  gtk_widget_set_hexpand (block->note, TRUE);
  gtk_widget_add_css_class (block->note, "caption");
  gtk_widget_add_css_class (block->note, "dim-label");
  block->door = gtk_button_new_with_label (_ ("Slowest first"));
  gtk_widget_set_valign (block->door, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (block->door, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (block->door), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_signal_connect (block->door, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (foot), block->note);
  gtk_box_append (GTK_BOX (foot), block->door);
  return foot;
}

static void
add_block (EntLatency *self, Block *block, const char *name, const char *help)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *shares = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "stage");
  gtk_widget_set_tooltip_text (title, help);
  gtk_widget_set_layout_manager (shares, ent_columns_layout_new (SHARE_WIDTH));
  for (guint share = 0; share < N_SHARES; share++)
    gtk_box_append (GTK_BOX (shares), new_share (block, share));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), shares);
  gtk_box_append (GTK_BOX (box), new_foot (self, block, name));
  gtk_box_append (GTK_BOX (self), box);
}

static void
ent_latency_dispose (GObject *object)
{
  g_clear_object (&ENT_LATENCY (object)->breakdown);
  G_OBJECT_CLASS (ent_latency_parent_class)->dispose (object);
}

static void
ent_latency_class_init (EntLatencyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_latency_dispose;
}

static void
ent_latency_init (EntLatency *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  gtk_widget_add_css_class (GTK_WIDGET (self), "latency");
  add_block (self, &self->to_deliver, _ ("From sent to delivered"),
             _ ("Messages whose two times are known; an inferred time is not measured."));
  add_block (self, &self->to_read, _ ("From delivered to read"),
             _ ("Messages whose two times are known; an inferred time is not measured."));
}

GtkWidget *
ent_latency_new (EntBreakdown *breakdown)
{
  EntLatency *self = g_object_new (ENT_TYPE_LATENCY, NULL);

  self->breakdown = g_object_ref (breakdown);
  g_signal_connect_object (breakdown, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
