/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's tooltip: our own, because the toolkit's waits half a second before it comes. It takes
 * no input. Main thread; child of the chart view. */
#include "config.h"

#include "ent-chart-bubble.h"

#include "ent-swatch.h"
#include "ent-words-name.h"
#include "ent-words-number.h"

#include <glib/gi18n-lib.h>

#define N_ROWS 2

struct _EntChartBubble
{
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkWidget *grid;
  GtkWidget *counts[N_ROWS];
  GtkWidget *percents[N_ROWS];
  GtkWidget *others;
  GtkWidget *coverage;
};

G_DEFINE_FINAL_TYPE (EntChartBubble, ent_chart_bubble, GTK_TYPE_WIDGET)

static const EntStage row_stages[N_ROWS] = { ENT_STAGE_DELIVERED, ENT_STAGE_ERRORS };
static const EntRate row_rates[N_ROWS] = { ENT_RATE_DELIVERED, ENT_RATE_ERROR };

static GtkWidget *
new_label (const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
stage_and_count (EntStage stage, const EntCounters *counters)
{
  g_autofree char *count = ent_words_count (ent_counters_stage (counters, stage));

  /* Translators: a counter and its value: "Sent 1,876". */
  return g_strdup_printf (_ ("%s %s"), ent_words_stage (stage), count);
}

/* "Sent 1,876 · Total 1,928 · Read 1,211 · Pending 20" */
static char *
describe_others (const EntCounters *counters)
{
  static const EntStage stages[] = { ENT_STAGE_SENT, ENT_STAGE_TOTAL, ENT_STAGE_READ,
                                     ENT_STAGE_PENDING };
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *part = stage_and_count (stages[i], counters);

      g_strv_builder_add (parts, part);
    }
  if (counters->received > 0)
    {
      g_autofree char *part = stage_and_count (ENT_STAGE_RECEIVED, counters);

      g_strv_builder_add (parts, part);
    }
  list = g_strv_builder_end (parts);
  return g_strjoinv (" · ", list);
}

/* What is complete needs no explanation, only to be said. */
static char *
describe_coverage (const EntChartPoint *point)
{
  if (point->partial)
    return g_strdup (_ ("Still running"));
  if (point->coverage != ENT_COVERAGE_COMPLETE)
    return g_strdup (ent_words_coverage_help (point->coverage));
  return g_strdup_printf ("%s: %s", _ ("Coverage"), ent_words_coverage (point->coverage));
}

static void
set_row (EntChartBubble *self, guint row, const EntCounters *counters, EntPercentBase percent_of)
{
  g_autofree char *count = ent_words_count (ent_counters_stage (counters, row_stages[row]));
  g_autofree char *percent = ent_words_rate_of (counters, row_rates[row], percent_of);

  gtk_label_set_text (GTK_LABEL (self->counts[row]), count);
  gtk_label_set_text (GTK_LABEL (self->percents[row]), percent);
}

void
ent_chart_bubble_set_point (EntChartBubble *self,
                            const EntChartPoint *point,
                            EntPercentBase percent_of)
{
  gboolean missing = ent_chart_point_is_missing (point);
  g_autofree char *others = describe_others (&point->counters);
  g_autofree char *coverage = describe_coverage (point);

  g_return_if_fail (ENT_IS_CHART_BUBBLE (self));

  gtk_label_set_text (GTK_LABEL (self->title), point->title);
  for (guint row = 0; row < N_ROWS; row++)
    set_row (self, row, &point->counters, percent_of);
  gtk_label_set_text (GTK_LABEL (self->others), others);
  gtk_label_set_text (GTK_LABEL (self->coverage), coverage);
  gtk_widget_set_visible (self->grid, !missing);
  gtk_widget_set_visible (self->others, !missing);
}

char *
ent_chart_bubble_describe (const EntChartPoint *point, EntPercentBase percent_of)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *others = describe_others (&point->counters);
  g_autofree char *coverage = describe_coverage (point);
  g_auto (GStrv) list = NULL;

  g_strv_builder_add (parts, point->title);
  if (!ent_chart_point_is_missing (point))
    {
      for (guint row = 0; row < N_ROWS; row++)
        {
          g_autofree char *name = stage_and_count (row_stages[row], &point->counters);
          g_autofree char *percent =
              ent_words_rate_of (&point->counters, row_rates[row], percent_of);
          g_autofree char *part = g_strdup_printf ("%s (%s)", name, percent);

          g_strv_builder_add (parts, part);
        }
      g_strv_builder_add (parts, others);
    }
  g_strv_builder_add (parts, coverage);
  list = g_strv_builder_end (parts);
  return g_strjoinv (", ", list);
}

static void
build_rows (EntChartBubble *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 2);
  for (int row = 0; row < N_ROWS; row++)
    {
      GtkWidget *name = new_label ("chart-bubble-name", 0);

      gtk_label_set_text (GTK_LABEL (name), ent_words_stage (row_stages[row]));
      gtk_widget_set_hexpand (name, TRUE);
      self->counts[row] = new_label ("numeric", 1);
      self->percents[row] = new_label ("numeric", 1);
      gtk_widget_add_css_class (self->counts[row], "chart-bubble-count");
      gtk_grid_attach (GTK_GRID (self->grid), ent_swatch_new (row_stages[row]), 0, row, 1, 1);
      gtk_grid_attach (GTK_GRID (self->grid), name, 1, row, 1, 1);
      gtk_grid_attach (GTK_GRID (self->grid), self->counts[row], 2, row, 1, 1);
      gtk_grid_attach (GTK_GRID (self->grid), self->percents[row], 3, row, 1, 1);
    }
}

static void
ent_chart_bubble_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ent_chart_bubble_parent_class)->dispose (object);
}

static void
ent_chart_bubble_class_init (EntChartBubbleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_chart_bubble_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chartbubble");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ent_chart_bubble_init (EntChartBubble *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->title = new_label ("heading", 0);
  self->others = new_label ("caption", 0);
  self->coverage = new_label ("caption", 0);
  gtk_widget_add_css_class (self->others, "numeric");
  gtk_widget_add_css_class (self->coverage, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (self->others), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->others), 60);
  gtk_label_set_wrap (GTK_LABEL (self->coverage), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->coverage), 40);
  build_rows (self);
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_widget_set_parent (self->others, GTK_WIDGET (self));
  gtk_widget_set_parent (self->coverage, GTK_WIDGET (self));
}

GtkWidget *
ent_chart_bubble_new (void)
{
  return g_object_new (ENT_TYPE_CHART_BUBBLE, NULL);
}
