/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkColumnView over the summary's rows, newest last as in the chart above it. It grows with
 * its rows up to a screenful and scrolls from there. Main thread.
 *
 *   EntSummary ─► GListStore (EntDayRow) ─► GtkNoSelection ─► GtkColumnView */
#include "config.h"

#include "ent-day-table.h"

#include "ent-day-row.h"
#include "ent-rate-bar.h"
#include "ent-scroll-through.h"
#include "ent-words.h"

#include <glib/gi18n.h>

#define MAX_HEIGHT 560
#define FEW_ROWS 6 /* of a dimension: other sections follow */
#define NAME_CHARS 14
#define MAX_NAME_CHARS 36

struct _EntDayTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *more; /* shows all rows, or few */
  GtkColumnView *view;
  GtkColumnViewColumn *first_column;
  GtkColumnViewColumn *rate_columns[ENT_N_RATES];
  GtkColumnViewColumn *coverage_column;
  GListStore *rows;
  EntSession *session;
  EntBreakdown *breakdown; /* NULL: the rows are the overview's */
  gboolean all;            /* not only the first few rows of a dimension */
};

G_DEFINE_FINAL_TYPE (EntDayTable, ent_day_table, GTK_TYPE_WIDGET)

/* What a column's cells show; the factory carries it. */
typedef enum
{
  CELL_LABEL,
  CELL_COUNT,
  CELL_RATE,
  CELL_COVERAGE,
} CellKind;

typedef struct
{
  EntDayTable *table;
  CellKind kind;
  EntStage stage;
  EntRate rate;
} Cell;

static void
cell_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/* ---- Doors ---- */

static void
number_clicked_cb (GtkButton *button, Cell *cell)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (button), "item");
  EntDayRow *row = gtk_list_item_get_item (item);

  if (row == NULL)
    return;
  if (ent_by_is_time (ent_day_row_get_by (row)))
    ent_session_drill (cell->table->session, cell->stage, ent_day_row_get_start (row),
                       ent_day_row_get_end (row), ENT_BY_DAY, NULL);
  else
    ent_session_drill (cell->table->session, cell->stage, ENT_TIME_NONE, ENT_TIME_NONE,
                       ent_day_row_get_by (row), ent_day_row_get_key (row));
}

/* ---- Cells ---- */

static GtkWidget *
plain_label (float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, "plain");
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Cell *cell)
{
  GtkWidget *child, *label;

  switch (cell->kind)
    {
    case CELL_COUNT:
      child = gtk_button_new ();
      label = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_button_set_child (GTK_BUTTON (child), label);
      gtk_widget_add_css_class (child, "flat");
      gtk_widget_add_css_class (child, "number");
      g_object_set_data (G_OBJECT (child), "item", item);
      g_signal_connect (child, "clicked", G_CALLBACK (number_clicked_cb), cell);
      break;
    case CELL_RATE:
      child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      label = plain_label (1);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (child), label);
      if (cell->rate == ENT_RATE_DELIVERED)
        {
          GtkWidget *bar = ent_rate_bar_new ();

          gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
          gtk_box_append (GTK_BOX (child), bar);
        }
      break;
    case CELL_LABEL:
    case CELL_COVERAGE:
    default:
      child = plain_label (0);
      break;
    }
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_child (item, child);
}

static void
bind_count (GtkWidget *button, Cell *cell, EntDayRow *row)
{
  gint64 value = ent_counters_stage (ent_day_row_get_counters (row), cell->stage);
  gboolean missing = ent_day_row_is_missing (row);
  g_autofree char *text = missing ? g_strdup (ENT_WORDS_NONE) : ent_words_count (value);
  g_autofree char *name = g_strdup_printf ("%s, %s: %s", ent_day_row_get_label (row),
                                           ent_words_stage (cell->stage), text);

  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), text);
  gtk_widget_set_sensitive (button, !missing && value > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
bind_rate (GtkWidget *box, Cell *cell, EntDayRow *row)
{
  const EntReport *report = ent_session_get_report (cell->table->session);
  const EntCounters *counters = ent_day_row_get_counters (row);
  int tenths = ent_ratio_tenths (ent_counters_rate (counters, cell->rate, report->percent_of));
  GtkWidget *label = gtk_widget_get_first_child (box);
  GtkWidget *bar = gtk_widget_get_next_sibling (label);
  g_autofree char *text = ent_words_tenths (tenths);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (bar != NULL)
    ent_rate_bar_set_tenths (ENT_RATE_BAR (bar), tenths);
}

static void
bind_label (GtkWidget *label, EntDayRow *row)
{
  gboolean running = ent_day_row_is_running (row);
  gboolean named = !ent_by_is_time (ent_day_row_get_by (row));

  gtk_label_set_label (GTK_LABEL (label), ent_day_row_get_label (row));
  /* Names are as long as somebody made them. */
  gtk_label_set_ellipsize (GTK_LABEL (label), named ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), named ? NAME_CHARS : -1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), named ? MAX_NAME_CHARS : -1);
  gtk_widget_set_tooltip_text (label, named     ? ent_day_row_get_label (row)
                                      : running ? _ ("Still running")
                                                : NULL);
  if (running)
    gtk_widget_add_css_class (label, "today");
  else
    gtk_widget_remove_css_class (label, "today");
}

static void
bind_coverage (GtkWidget *label, EntDayRow *row)
{
  static const char *const marks[ENT_N_COVERAGES] = { "○", "◐", "◔", "●" };
  EntCoverage coverage = ent_day_row_get_coverage (row);
  g_autofree char *text = g_strdup_printf ("%s %s", marks[coverage], ent_words_coverage (coverage));

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, ent_words_coverage_help (coverage));
  if (coverage == ENT_COVERAGE_COMPLETE)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Cell *cell)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  EntDayRow *row = gtk_list_item_get_item (item);

  switch (cell->kind)
    {
    case CELL_COUNT:
      bind_count (child, cell, row);
      break;
    case CELL_RATE:
      bind_rate (child, cell, row);
      break;
    case CELL_COVERAGE:
      bind_coverage (child, row);
      break;
    case CELL_LABEL:
    default:
      bind_label (child, row);
      break;
    }
}

static GtkColumnViewColumn *
add_column (EntDayTable *self, const char *title, Cell cell, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  Cell *data = g_memdup2 (&cell, sizeof cell);

  data->table = self;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, cell_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), data);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column);
  return column;
}

/* ---- Following the session ---- */

static EntSummary *
summary_of (EntDayTable *self)
{
  EntOverview *overview = ent_session_get_overview (self->session);

  if (self->breakdown != NULL)
    return ent_breakdown_get_dimension (self->breakdown);
  return overview != NULL ? overview->summary : NULL;
}

/* How many rows there are room for, and the button that changes it. */
static guint
limit_rows (EntDayTable *self, guint n_rows)
{
  gboolean limited = self->breakdown != NULL && n_rows > FEW_ROWS;
  g_autofree char *count = ent_words_count (n_rows);
  /* Translators: the rest of a table; %s is the number of its rows. */
  g_autofree char *label =
      self->all ? g_strdup (_ ("Show fewer")) : g_strdup_printf (_ ("Show all %s"), count);

  gtk_widget_set_visible (self->more, limited);
  gtk_button_set_label (GTK_BUTTON (self->more), label);
  return limited && !self->all ? FEW_ROWS : n_rows;
}

static void
update (EntDayTable *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  EntSummary *summary = summary_of (self);
  gint64 now = ent_clock_now ();
  guint n_rows;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (summary == NULL)
    return;
  for (guint rate = 0; rate < ENT_N_RATES; rate++)
    if (self->rate_columns[rate] != NULL)
      gtk_column_view_column_set_visible (self->rate_columns[rate],
                                          report->basis == ENT_BASIS_SEND_DATE);
  gtk_column_view_column_set_title (self->first_column, ent_words_by (summary->by));
  /* What a campaign has is as well known as the whole: the banner says it once. */
  gtk_column_view_column_set_visible (self->coverage_column, ent_by_is_time (summary->by));
  n_rows = limit_rows (self, summary->n_rows);
  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (rows, ent_day_row_new (summary, i, now));
  /* In two steps: see GtkListItemManager on changes that remove and add at once. */
  g_list_store_remove_all (self->rows);
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}

static void
more_cb (EntDayTable *self)
{
  self->all = !self->all;
  update (self);
}

static void
build_columns (EntDayTable *self)
{
  self->first_column = add_column (self, "", (Cell){ .kind = CELL_LABEL }, TRUE);
  add_column (self, ent_words_stage (ENT_STAGE_TOTAL),
              (Cell){ .kind = CELL_COUNT, .stage = ENT_STAGE_TOTAL }, TRUE);
  add_column (self, ent_words_stage (ENT_STAGE_SENT),
              (Cell){ .kind = CELL_COUNT, .stage = ENT_STAGE_SENT }, TRUE);
  add_column (self, ent_words_stage (ENT_STAGE_DELIVERED),
              (Cell){ .kind = CELL_COUNT, .stage = ENT_STAGE_DELIVERED }, TRUE);
  self->rate_columns[ENT_RATE_DELIVERED] = add_column (
      self, _ ("Delivery %"), (Cell){ .kind = CELL_RATE, .rate = ENT_RATE_DELIVERED }, TRUE);
  add_column (self, ent_words_stage (ENT_STAGE_READ),
              (Cell){ .kind = CELL_COUNT, .stage = ENT_STAGE_READ }, TRUE);
  self->rate_columns[ENT_RATE_READ] = add_column (
      self, _ ("Read %, at least"), (Cell){ .kind = CELL_RATE, .rate = ENT_RATE_READ }, TRUE);
  add_column (self, ent_words_stage (ENT_STAGE_ERRORS),
              (Cell){ .kind = CELL_COUNT, .stage = ENT_STAGE_ERRORS }, TRUE);
  self->rate_columns[ENT_RATE_ERROR] =
      add_column (self, _ ("Error %"), (Cell){ .kind = CELL_RATE, .rate = ENT_RATE_ERROR }, TRUE);
  add_column (self, ent_words_stage (ENT_STAGE_RECEIVED),
              (Cell){ .kind = CELL_COUNT, .stage = ENT_STAGE_RECEIVED }, TRUE);
  self->coverage_column = add_column (self, _ ("Coverage"), (Cell){ .kind = CELL_COVERAGE }, TRUE);
}

/* Heads of numbers stand over their numbers. GTK 4.8 has no property for it: the titles are
 * the header's children, each a box around a label. */
static void
align_titles (EntDayTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  guint last = g_list_model_get_n_items (columns) - 1;

  for (guint i = 0; title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *box = gtk_widget_get_first_child (title);
      GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      if (i == 0 || i == last || !GTK_IS_LABEL (label))
        continue;
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_set_hexpand (label, TRUE);
    }
}

static void
ent_day_table_dispose (GObject *object)
{
  EntDayTable *self = ENT_DAY_TABLE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->breakdown);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_day_table_parent_class)->dispose (object);
}

static void
ent_day_table_class_init (EntDayTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_day_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ent_day_table_init (EntDayTable *self)
{
  GtkScrolledWindow *scroller;
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->rows = g_list_store_new (ENT_TYPE_DAY_ROW);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->rows))))));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "day-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Counts of the period"), -1);
  build_columns (self);
  align_titles (self);

  self->scroller = gtk_scrolled_window_new ();
  scroller = GTK_SCROLLED_WINDOW (self->scroller);
  gtk_scrolled_window_set_propagate_natural_height (scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (scroller, MAX_HEIGHT);
  gtk_scrolled_window_set_child (scroller, GTK_WIDGET (self->view));
  ent_scroll_through (scroller);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->more = gtk_button_new ();
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "day-table-more");
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

GtkWidget *
ent_day_table_new (EntSession *session)
{
  EntDayTable *self = g_object_new (ENT_TYPE_DAY_TABLE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "overview-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

GtkWidget *
ent_day_table_new_for_dimension (EntBreakdown *breakdown)
{
  EntDayTable *self = g_object_new (ENT_TYPE_DAY_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Breakdown"), -1);
  self->breakdown = g_object_ref (breakdown);
  self->session = g_object_ref (ent_breakdown_get_session (breakdown));
  g_signal_connect_object (breakdown, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
