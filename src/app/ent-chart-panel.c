/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Session → chart → view, and the view's signals back into the session. Main thread. */
#include "config.h"

#include "ent-chart-panel.h"

#include "ent-chart-bubble.h"
#include "ent-chart-picture.h"
#include "ent-chart-view.h"
#include "ent-summary-chart.h"
#include "ent-swatch.h"
#include "ent-words-name.h"
#include "ent-wrap-layout.h"

#include <glib/gi18n-lib.h>

static const EntStage legend_stages[] = {
  ENT_STAGE_DELIVERED, ENT_STAGE_READ,    ENT_STAGE_ERRORS,
  ENT_STAGE_SENT,      ENT_STAGE_PENDING, ENT_STAGE_RECEIVED
};
/* By time first, then by what a message belongs to. */
static const EntBy grains[] = { ENT_BY_DAY,   ENT_BY_HOUR,         ENT_BY_WEEK,
                                ENT_BY_MONTH, ENT_BY_CAMPAIGN,     ENT_BY_SUBACCOUNT,
                                ENT_BY_USER,  ENT_BY_CONTENT_TYPE, ENT_BY_REASON };

struct _EntChartPanel
{
  GtkBox parent_instance;

  EntSession *session;
  GtkWidget *title;
  GtkWidget *grain;
  GtkWidget *columns;
  GtkWidget *lines;
  GtkWidget *view;
  GtkWidget *bubble;
  GtkWidget *toggles[G_N_ELEMENTS (legend_stages)];
  gboolean updating; /* controls follow the session: their signals are no wishes */
};

G_DEFINE_FINAL_TYPE (EntChartPanel, ent_chart_panel, GTK_TYPE_BOX)

/* --- session → widgets ------------------------------------------------------------------ */

static guint
series_of (const EntReport *report)
{
  return report->series != 0 ? report->series : ENT_SUMMARY_CHART_SERIES;
}

static void
describe (EntChartPanel *self, EntChart *chart, const char *title)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->view);
  guint n = ent_chart_get_n_points (chart);
  g_autofree char *span = NULL;

  if (n > 0)
    /* Translators: describes the chart to a screen reader: from the first to the last point. */
    span = g_strdup_printf (_ ("%s to %s. Arrow keys walk through it, Enter opens the messages."),
                            ent_chart_get_point (chart, 0)->title,
                            ent_chart_get_point (chart, n - 1)->title);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, span != NULL ? span : "",
                                  -1);
}

static void
update_chart (EntChartPanel *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  EntOverview *overview = ent_session_get_overview (self->session);
  g_autofree char *title = ent_chart_title (report->by, series_of (report));
  g_autoptr (EntChart) chart = NULL;

  if (overview == NULL)
    {
      ent_chart_view_set_chart (ENT_CHART_VIEW (self->view), NULL);
      return;
    }
  chart = ent_chart_from_summary (overview->summary, report->chart_style, report->series);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  describe (self, chart, title);
  ent_chart_view_set_chart (ENT_CHART_VIEW (self->view), chart);
}

static guint
index_of_grain (EntBy by)
{
  for (guint i = 0; i < G_N_ELEMENTS (grains); i++)
    if (grains[i] == by)
      return i;
  return 0;
}

static void
update_controls (EntChartPanel *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  guint series = series_of (report);

  self->updating = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->grain), index_of_grain (report->by));
  gtk_widget_set_sensitive (self->lines, ent_by_is_time (report->by));
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (report->chart_style == ENT_CHART_LINES ? self->lines : self->columns),
      TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (legend_stages); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggles[i]),
                                  (series & 1u << legend_stages[i]) != 0);
  self->updating = FALSE;
}

static void
report_changed_cb (EntChartPanel *self)
{
  update_controls (self);
  update_chart (self);
}

/* --- widgets → session ------------------------------------------------------------------ */

static const EntSummaryRow *
row_at (EntChartPanel *self, guint index)
{
  EntOverview *overview = ent_session_get_overview (self->session);

  return overview != NULL && index < overview->summary->n_rows ? &overview->summary->rows[index]
                                                               : NULL;
}

static void
current_changed_cb (EntChartPanel *self, int index)
{
  EntChart *chart = ent_chart_view_get_chart (ENT_CHART_VIEW (self->view));
  EntPercentBase percent_of = ent_session_get_report (self->session)->percent_of;
  const EntChartPoint *point;
  g_autofree char *sentence = NULL;

  if (index < 0 || chart == NULL)
    return;
  point = ent_chart_get_point (chart, (guint) index);
  ent_chart_bubble_set_point (ENT_CHART_BUBBLE (self->bubble), point, percent_of);
  sentence = ent_chart_bubble_describe (point, percent_of);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, -1);
}

static void
activated_cb (EntChartPanel *self, guint index)
{
  const EntSummaryRow *row = row_at (self, index);
  EntBy by = ent_session_get_report (self->session)->by;

  if (row == NULL)
    return;
  if (ent_by_is_time (by))
    ent_session_drill (self->session, ENT_STAGE_TOTAL, row->start, row->end, ENT_BY_DAY, NULL);
  else
    ent_session_drill (self->session, ENT_STAGE_TOTAL, ENT_TIME_NONE, ENT_TIME_NONE, by, row->key);
}

static void
span_selected_cb (EntChartPanel *self, guint first, guint last)
{
  const EntSummaryRow *from = row_at (self, first);
  const EntSummaryRow *to = row_at (self, last);

  if (from != NULL && to != NULL && ent_by_is_time (ent_session_get_report (self->session)->by))
    ent_session_drill (self->session, ENT_STAGE_TOTAL, from->start, to->end, ENT_BY_DAY, NULL);
}

static void
grain_cb (EntChartPanel *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->grain));

  if (!self->updating && selected < G_N_ELEMENTS (grains))
    ent_session_set_by (self->session, grains[selected]);
}

static void
style_cb (EntChartPanel *self)
{
  gboolean lines = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->lines));

  if (!self->updating)
    ent_session_set_chart_style (self->session, lines ? ENT_CHART_LINES : ENT_CHART_COLUMNS);
}

/* The last series stays on: a chart of nothing would only puzzle. */
static void
series_cb (EntChartPanel *self)
{
  guint series = 0;

  if (self->updating)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (legend_stages); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->toggles[i])))
      series |= 1u << legend_stages[i];
  if (series != 0)
    ent_session_set_series (self->session, series);
  else
    update_controls (self);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EntChartPanel *self = ENT_CHART_PANEL (widget);

  ent_chart_picture_copy (self->view, ent_chart_view_get_chart (ENT_CHART_VIEW (self->view)),
                          gtk_label_get_text (GTK_LABEL (self->title)));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  EntChartPanel *self = ENT_CHART_PANEL (widget);

  ent_chart_picture_save (self->view, ent_chart_view_get_chart (ENT_CHART_VIEW (self->view)),
                          gtk_label_get_text (GTK_LABEL (self->title)),
                          g_str_has_suffix (name, "svg"));
}

/* --- building --------------------------------------------------------------------------- */

static GtkWidget *
new_style_button (EntChartPanel *self, const char *icon, const char *tooltip, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  return button;
}

static GtkWidget *
new_style_switch (EntChartPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->columns = new_style_button (self, "entrega-columns-symbolic", _ ("Columns"), NULL);
  self->lines = new_style_button (self, "entrega-lines-symbolic", _ ("Lines"), self->columns);
  g_signal_connect_object (self->lines, "toggled", G_CALLBACK (style_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), self->columns);
  gtk_box_append (GTK_BOX (box), self->lines);
  return box;
}

static GtkWidget *
new_grain_switch (EntChartPanel *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (grains); i++)
    gtk_string_list_append (names, ent_words_by (grains[i]));
  self->grain = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_widget_set_tooltip_text (self->grain, _ ("Group by"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grain), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Group by"), -1);
  g_signal_connect_object (self->grain, "notify::selected", G_CALLBACK (grain_cb), self,
                           G_CONNECT_SWAPPED);
  return self->grain;
}

static GtkWidget *
new_menu_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("_Copy chart"), "chart-panel.copy");
  g_menu_append (menu, _ ("Save as _PNG…"), "chart-panel.save-png");
  g_menu_append (menu, _ ("Save as _SVG…"), "chart-panel.save-svg");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Chart menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Chart menu"), -1);
  return button;
}

static GtkWidget *
new_head (EntChartPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), new_grain_switch (self));
  gtk_box_append (GTK_BOX (head), new_style_switch (self));
  gtk_box_append (GTK_BOX (head), new_menu_button ());
  return head;
}

static GtkWidget *
new_legend_toggle (EntChartPanel *self, EntStage stage)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (content), ent_swatch_new (stage));
  gtk_box_append (GTK_BOX (content), gtk_label_new (ent_words_stage (stage)));
  gtk_button_set_child (GTK_BUTTON (toggle), content);
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_add_css_class (toggle, "legend");
  gtk_widget_set_tooltip_text (toggle, ent_words_stage_help (stage));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ent_words_stage (stage), -1);
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (series_cb), self, G_CONNECT_SWAPPED);
  return toggle;
}

static GtkWidget *
new_legend (EntChartPanel *self)
{
  GtkWidget *legend = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkLayoutManager *layout = ent_wrap_layout_new ();

  g_object_set (layout, "spacing", 6, "line-spacing", 6, NULL);
  gtk_widget_set_layout_manager (legend, layout);
  for (guint i = 0; i < G_N_ELEMENTS (legend_stages); i++)
    {
      self->toggles[i] = new_legend_toggle (self, legend_stages[i]);
      gtk_box_append (GTK_BOX (legend), self->toggles[i]);
    }
  return legend;
}

static void
ent_chart_panel_dispose (GObject *object)
{
  EntChartPanel *self = ENT_CHART_PANEL (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (ent_chart_panel_parent_class)->dispose (object);
}

static void
ent_chart_panel_class_init (EntChartPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_chart_panel_dispose;
  gtk_widget_class_install_action (widget_class, "chart-panel.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "chart-panel.save-png", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "chart-panel.save-svg", NULL, save_action);
}

static void
ent_chart_panel_init (EntChartPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "chart-panel");
  gtk_box_append (GTK_BOX (self), new_head (self));
  self->bubble = ent_chart_bubble_new ();
  self->view = ent_chart_view_new (self->bubble);
  gtk_widget_set_vexpand (self->view, TRUE);
  gtk_box_append (GTK_BOX (self), self->view);
  gtk_box_append (GTK_BOX (self), new_legend (self));
  g_signal_connect_object (self->view, "current-changed", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "span-selected", G_CALLBACK (span_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ent_chart_panel_new (EntSession *session)
{
  EntChartPanel *self = g_object_new (ENT_TYPE_CHART_PANEL, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (report_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "overview-changed", G_CALLBACK (update_chart), self,
                           G_CONNECT_SWAPPED);
  report_changed_cb (self);
  return GTK_WIDGET (self);
}

GtkWidget *
ent_chart_panel_get_view (EntChartPanel *self)
{
  g_return_val_if_fail (ENT_IS_CHART_PANEL (self), NULL);

  return self->view;
}
