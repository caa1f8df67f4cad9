/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every message stands in the hour it was sent (or received): "read" means sent then and read
 * since. A cell of a period longer than a week holds several hours: a popover names them, each a
 * door to its own messages. Main thread. */
#include "config.h"

#include "ent-hours-panel.h"

#include "ent-heat-map.h"
#include "ent-words.h"

#include <glib/gi18n.h>

#define LIST_HEIGHT 280

static const EntStage stages[] = {
  ENT_STAGE_TOTAL, ENT_STAGE_DELIVERED, ENT_STAGE_READ, ENT_STAGE_ERRORS, ENT_STAGE_RECEIVED,
};

struct _EntHoursPanel
{
  GtkBox parent_instance;

  GtkWidget *choice;
  GtkWidget *map;
  GtkWidget *caption;
  EntBreakdown *breakdown;
};

G_DEFINE_FINAL_TYPE (EntHoursPanel, ent_hours_panel, GTK_TYPE_BOX)

static EntStage
chosen_stage (EntHoursPanel *self)
{
  return stages[MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice)),
                     G_N_ELEMENTS (stages) - 1)];
}

static const EntZone *
zone_of (EntHoursPanel *self)
{
  return ent_session_get_report (ent_breakdown_get_session (self->breakdown))->zone;
}

/* ---- What a cell says ---- */

static char *
cell_name (int weekday, int hour)
{
  g_autofree char *from = ent_words_hour (hour), *to = ent_words_hour ((hour + 1) % 24);

  /* Translators: an hour of the week: "Tuesday, 14:00 to 15:00". */
  return g_strdup_printf (_ ("%s, %s to %s"), ent_words_weekday (weekday), from, to);
}

static char *
cell_text (EntHoursPanel *self, int weekday, int hour)
{
  const EntHourCell *cell = &ent_heat_map_get_week (ENT_HEAT_MAP (self->map))->cells[weekday][hour];
  g_autofree char *name = cell_name (weekday, hour);
  g_autofree char *count = ent_words_count (cell->count);

  if (cell->n_hours == 0)
    return g_strdup_printf ("%s: %s", name, ent_words_coverage (ENT_COVERAGE_NONE));
  return g_strdup_printf ("%s: %s %s", name, ent_words_stage (chosen_stage (self)), count);
}

static char *
rest_text (EntHoursPanel *self)
{
  const EntHourWeek *week = ent_heat_map_get_week (ENT_HEAT_MAP (self->map));
  g_autofree char *peak = NULL;

  if (week->peak == 0)
    return g_strdup (_ ("Nothing in this period"));
  peak = cell_text (self, week->peak_weekday, week->peak_hour);
  /* Translators: "Most: Tuesday, 14:00 to 15:00: Delivered 1,204" */
  return g_strdup_printf (_ ("Most: %s"), peak);
}

static void
update_caption (EntHoursPanel *self)
{
  int weekday, hour;
  gboolean any = ent_heat_map_get_current (ENT_HEAT_MAP (self->map), &weekday, &hour);
  g_autofree char *text = any ? cell_text (self, weekday, hour) : rest_text (self);

  gtk_label_set_label (GTK_LABEL (self->caption), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

static void
update (EntHoursPanel *self)
{
  EntHourWeek week;

  ent_hour_week_fill (&week, ent_breakdown_get_hours (self->breakdown), chosen_stage (self),
                      zone_of (self), ent_clock_now ());
  ent_heat_map_set_week (ENT_HEAT_MAP (self->map), &week, chosen_stage (self));
  update_caption (self);
}

/* ---- Doors ---- */

static void
open_hour (EntHoursPanel *self, const EntSummaryRow *row)
{
  ent_session_drill (ent_breakdown_get_session (self->breakdown), chosen_stage (self), row->start,
                     row->end, ENT_BY_DAY, NULL);
}

static void
hour_clicked_cb (GtkButton *button, EntHoursPanel *self)
{
  const gint64 *start = g_object_get_data (G_OBJECT (button), "start");
  EntSummary *hours = ent_breakdown_get_hours (self->breakdown);

  ent_heat_map_popdown (ENT_HEAT_MAP (self->map));
  for (guint i = 0; hours != NULL && i < hours->n_rows; i++)
    if (hours->rows[i].start == *start)
      {
        open_hour (self, &hours->rows[i]);
        return;
      }
}

static GtkWidget *
hour_button (EntHoursPanel *self, const EntSummaryRow *row)
{
  g_autofree char *name = ent_words_row (ENT_BY_HOUR, row->key);
  g_autofree char *count =
      ent_words_count (ent_counters_stage (&row->counters, chosen_stage (self)));
  g_autofree char *label = g_strdup_printf ("%s: %s", name, count);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *name_label = gtk_label_new (name), *count_label = gtk_label_new (count);

  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_widget_set_hexpand (name_label, TRUE);
  gtk_widget_add_css_class (count_label, "numeric");
  gtk_box_append (GTK_BOX (box), name_label);
  gtk_box_append (GTK_BOX (box), count_label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "start", g_memdup2 (&row->start, sizeof row->start),
                          g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (hour_clicked_cb), self);
  return button;
}

static void
show_hours (EntHoursPanel *self, GPtrArray *rows, int weekday, int hour)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = rows->len; i > 0; i--)
    gtk_box_append (GTK_BOX (list), hour_button (self, g_ptr_array_index (rows, i - 1)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  ent_heat_map_popup (ENT_HEAT_MAP (self->map), scroller, weekday, hour);
}

static void
activated_cb (EntHoursPanel *self, int weekday, int hour)
{
  EntSummary *hours = ent_breakdown_get_hours (self->breakdown);
  EntStage stage = chosen_stage (self);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; hours != NULL && i < hours->n_rows; i++)
    if (ent_counters_stage (&hours->rows[i].counters, stage) > 0 &&
        ent_hour_week_is_at (&hours->rows[i], zone_of (self), weekday, hour))
      g_ptr_array_add (rows, &hours->rows[i]);
  if (rows->len == 1)
    open_hour (self, g_ptr_array_index (rows, 0));
  else if (rows->len > 1)
    show_hours (self, rows, weekday, hour);
}

/* ---- Building ---- */

static GtkWidget *
new_choice (EntHoursPanel *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    gtk_string_list_append (names, ent_words_stage (stages[i]));
  self->choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_widget_set_tooltip_text (self->choice, _ ("Which messages to count"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Which messages to count"), -1);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  return self->choice;
}

static GtkWidget *
new_head (EntHoursPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Weekday and hour"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (head, "section-head");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), new_choice (self));
  return head;
}

static void
ent_hours_panel_dispose (GObject *object)
{
  EntHoursPanel *self = ENT_HOURS_PANEL (object);

  g_clear_object (&self->breakdown);
  G_OBJECT_CLASS (ent_hours_panel_parent_class)->dispose (object);
}

static void
ent_hours_panel_class_init (EntHoursPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_hours_panel_dispose;
}

static void
ent_hours_panel_init (EntHoursPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), new_head (self));
  self->map = ent_heat_map_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Messages by weekday and hour"), -1);
  gtk_box_append (GTK_BOX (self), self->map);
  self->caption = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->caption), 0);
  gtk_label_set_wrap (GTK_LABEL (self->caption), TRUE);
  gtk_widget_add_css_class (self->caption, "caption");
  gtk_widget_add_css_class (self->caption, "numeric");
  gtk_widget_add_css_class (self->caption, "section-note");
  gtk_box_append (GTK_BOX (self), self->caption);
}

GtkWidget *
ent_hours_panel_new (EntBreakdown *breakdown)
{
  EntHoursPanel *self = g_object_new (ENT_TYPE_HOURS_PANEL, NULL);

  self->breakdown = g_object_ref (breakdown);
  g_signal_connect_object (self->map, "current-changed", G_CALLBACK (update_caption), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (breakdown, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
