/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Main thread. The stack of models, top to bottom:
 *
 *   GtkColumnView ─ EntMessageSelection (bitset) ─ EntMessageList (rows on demand)
 *
 * Sorting is part of the query: headers only say by what. GTK 4.8 cannot tell which header was
 * clicked, so each column's sorter notes that it was asked (see sort_changed_cb). */
#include "config.h"

#include "ent-message-table.h"

#include "ent-message-cell.h"
#include "ent-message-copy.h"
#include "ent-message-selection.h"
#include "ent-style.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>

struct _EntMessageTable
{
  GtkWidget parent_instance;

  EntSession *session;
  EntMessageList *list;
  EntMessageSelection *selection;
  EntMessageText *text;
  GtkWidget *scrolled;
  GtkWidget *view;
  guint shown_generation;
  gboolean updating; /* columns and sort follow the report: their signals are no wishes */
  guint save_columns_id;
  guint describe_id;
  EntColumn asked_column; /* by the sorter probe */
};

G_DEFINE_FINAL_TYPE (EntMessageTable, ent_message_table, GTK_TYPE_WIDGET)

static guint selected_signal;

/* --- cells ------------------------------------------------------------------------------ */

static EntColumn
column_of (gpointer object)
{
  return (EntColumn) GPOINTER_TO_INT (g_object_get_data (object, "ent-column"));
}

static void
setup_cb (EntMessageTable *self, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  gtk_list_item_set_child (item, ent_message_cell_new (column_of (factory), self->text));
}

/* Screen readers and tests know a row by its number; the row is the cell's grandparent. */
static void
name_row (GtkListItem *item)
{
  GtkWidget *cell = gtk_widget_get_parent (gtk_list_item_get_child (item));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *name = NULL;

  if (row == NULL)
    return;
  /* Translators: the name of a row of the list, for screen readers. */
  name = g_strdup_printf (_ ("Row %u"), gtk_list_item_get_position (item) + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
bind_cb (EntMessageTable *self, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  ent_message_cell_set_row (ENT_MESSAGE_CELL (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item));
  if (g_object_get_data (G_OBJECT (factory), "ent-first") != NULL)
    name_row (item);
}

static void
unbind_cb (EntMessageTable *self, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  ent_message_cell_set_row (ENT_MESSAGE_CELL (gtk_list_item_get_child (item)), NULL);
}

/* --- sorting ---------------------------------------------------------------------------- */

typedef struct
{
  EntMessageTable *table;
  EntColumn column;
} SorterData;

static int
note_column (gconstpointer a, gconstpointer b, gpointer user_data)
{
  SorterData *data = user_data;

  data->table->asked_column = data->column;
  return -1;
}

static GtkSorter *
new_sorter (EntMessageTable *self, EntColumn column)
{
  SorterData *data = g_new (SorterData, 1);

  *data = (SorterData){ self, column };
  return GTK_SORTER (gtk_custom_sorter_new (note_column, data, g_free));
}

/* The first sorter that the view's sorter asks is the clicked column's; the sign of the answer
 * tells the direction. */
static void
sort_changed_cb (EntMessageTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  const EntSort *now = &ent_session_get_report (self->session)->sort;
  GtkOrdering order;

  if (self->updating)
    return;
  self->asked_column = ENT_N_COLUMNS;
  /* Two objects: the toolkit answers for one and the same without asking. */
  order = gtk_sorter_compare (sorter, self, self->list);
  if (self->asked_column == ENT_N_COLUMNS ||
      (self->asked_column == now->column && (order > 0) == now->descending))
    return;
  ent_session_set_sort (self->session, (EntSort){ self->asked_column, order > 0 });
}

/* --- columns ---------------------------------------------------------------------------- */

/* So that the columns on screen by default show the status without scrolling at 1280 px. */
static int
default_width (EntMessageTable *self, EntColumn column)
{
  static const int widths[ENT_N_COLUMNS] = {
    [ENT_COLUMN_MESSAGE_ID] = 280,     [ENT_COLUMN_DIRECTION] = 92,
    [ENT_COLUMN_CREATED_AT] = 156,     [ENT_COLUMN_SENT_AT] = 140,
    [ENT_COLUMN_DELIVERED_AT] = 140,   [ENT_COLUMN_READ_AT] = 140,
    [ENT_COLUMN_FAILED_AT] = 140,      [ENT_COLUMN_RECEIVED_AT] = 140,
    [ENT_COLUMN_STATUS] = 140,         [ENT_COLUMN_REASON] = 190,
    [ENT_COLUMN_PHONE] = 166,          [ENT_COLUMN_CONTACT_NAME] = 90,
    [ENT_COLUMN_ORIGIN] = 150,         [ENT_COLUMN_CONTENT_TYPE] = 132,
    [ENT_COLUMN_CONTENT] = 224,        [ENT_COLUMN_CAMPAIGN] = 180,
    [ENT_COLUMN_CORRELATION_ID] = 280,
  };

  return (int) ((widths[column] > 0 ? widths[column] : 124) *
                ent_style_get_text_scale (GTK_WIDGET (self)));
}

static void queue_save_columns (EntMessageTable *self);

static void
add_column (EntMessageTable *self, EntReportColumn spec, gboolean first)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = new_sorter (self, spec.column);
  g_autoptr (GtkColumnViewColumn) column =
      gtk_column_view_column_new (ent_words_column (spec.column), factory);

  g_object_set_data (G_OBJECT (factory), "ent-column", GINT_TO_POINTER ((int) spec.column));
  g_object_set_data (G_OBJECT (factory), "ent-first", first ? factory : NULL);
  g_object_set_data (G_OBJECT (column), "ent-column", GINT_TO_POINTER ((int) spec.column));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (
      column, spec.width > 0 ? spec.width : default_width (self, spec.column));
  gtk_column_view_column_set_expand (column, spec.column == ENT_COLUMN_CONTENT);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (queue_save_columns), self,
                           G_CONNECT_SWAPPED);
}

/* (transfer full) (element-type EntReportColumn): the report's, else the default ones. */
static GArray *
wanted_columns (const EntReport *report)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (EntReportColumn));
  guint n;
  const EntColumn *defaults = ent_columns_default (&n);

  if (report->columns != NULL && report->columns->len > 0)
    {
      g_array_append_vals (columns, report->columns->data, report->columns->len);
      return columns;
    }
  for (guint i = 0; i < n; i++)
    {
      EntReportColumn column = { defaults[i], 0 };

      g_array_append_val (columns, column);
    }
  return columns;
}

/* (transfer full) (element-type EntReportColumn): as the view has them. */
static GArray *
shown_columns (EntMessageTable *self)
{
  GListModel *model = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (EntReportColumn));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);
      EntReportColumn spec = { column_of (column),
                               gtk_column_view_column_get_fixed_width (column) };

      g_array_append_val (columns, spec);
    }
  return columns;
}

static gboolean
same_columns (GArray *a, GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_array_index (a, EntReportColumn, i).column !=
        g_array_index (b, EntReportColumn, i).column)
      return FALSE;
  return TRUE;
}

static gboolean
save_columns_cb (gpointer user_data)
{
  EntMessageTable *self = user_data;
  g_autoptr (GArray) columns = shown_columns (self);

  self->save_columns_id = 0;
  ent_session_set_columns (self->session, columns);
  return G_SOURCE_REMOVE;
}

/* Dragging a column's edge changes its width at each pixel: saved when the hand rests. */
static void
queue_save_columns (EntMessageTable *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->save_columns_id, g_source_remove);
  self->save_columns_id = g_timeout_add (400, save_columns_cb, self);
}

static void
remove_columns (EntMessageTable *self)
{
  GListModel *model = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));

  while (g_list_model_get_n_items (model) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, 0);

      gtk_column_view_remove_column (GTK_COLUMN_VIEW (self->view), column);
    }
}

static void
show_sort (EntMessageTable *self, EntSort sort)
{
  GListModel *model = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (model, i);

      if (column_of (column) == sort.column)
        gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view), column,
                                        sort.descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

static void
update_columns (EntMessageTable *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  g_autoptr (GArray) wanted = wanted_columns (report);
  g_autoptr (GArray) shown = shown_columns (self);

  self->updating = TRUE;
  if (!same_columns (wanted, shown))
    {
      remove_columns (self);
      for (guint i = 0; i < wanted->len; i++)
        add_column (self, g_array_index (wanted, EntReportColumn, i), i == 0);
    }
  show_sort (self, report->sort);
  self->updating = FALSE;
}

/* --- the session ------------------------------------------------------------------------ */

static void
update_context (EntMessageTable *self)
{
  ent_message_text_set_context (self->text, ent_session_get_report (self->session)->zone,
                                ent_clock_now (), ent_session_get_masked (self->session));
}

/* Every shown cell is written anew: the rows say that they changed. */
static void
rewrite_cells (EntMessageTable *self)
{
  update_context (self);
  ent_message_list_retry (self->list);
}

static void
report_changed_cb (EntMessageTable *self)
{
  update_context (self);
  update_columns (self);
}

static guint
top_row (EntMessageTable *self)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  double upper = gtk_adjustment_get_upper (adjustment);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  return upper > 0 ? (guint) (gtk_adjustment_get_value (adjustment) / upper * n) : 0;
}

/* A new question starts at the top; the same one over newer data stays where the reader is. */
static void
selection_changed_cb (EntMessageTable *self)
{
  EntSelection *selection = ent_session_get_selection (self->session);
  guint generation = ent_session_get_selection_generation (self->session);
  gboolean same = generation == self->shown_generation;
  EntSelection *before = ent_message_list_get_selection (self->list);
  guint top = top_row (self);
  guint32 top_position = 0;
  gint64 index;

  if (selection == before)
    return;
  if (before != NULL && top < ent_selection_get_size (before))
    top_position = ent_selection_get_positions (before)[top];
  update_context (self);
  self->shown_generation = generation;
  if (!same)
    {
      ent_message_list_put_in_front (self->list, selection);
      ent_message_table_scroll_to (self, 0);
    }
  if (ent_message_list_set_selection (self->list, selection, same))
    return;
  index = same && before != NULL && top > 0 ? ent_message_list_find (self->list, top_position) : 0;
  ent_message_table_scroll_to (self, (guint) MAX (index, 0));
}

/* --- what the screen reader hears of the place in the list -------------------------------- */

static gboolean
describe_cb (gpointer user_data)
{
  EntMessageTable *self = user_data;
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  double upper = MAX (gtk_adjustment_get_upper (adjustment), 1);
  double value = gtk_adjustment_get_value (adjustment);
  guint first = (guint) (value / upper * n) + 1;
  guint last = (guint) MIN ((value + gtk_adjustment_get_page_size (adjustment)) / upper * n, n);
  g_autofree char *text = g_strdup_printf (_ ("Rows %u to %u of %u"), MIN (first, n), last, n);

  self->describe_id = 0;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
  return G_SOURCE_REMOVE;
}

static void
queue_describe (EntMessageTable *self)
{
  if (self->describe_id == 0)
    self->describe_id = g_idle_add (describe_cb, self);
}

/* --- public ------------------------------------------------------------------------------ */

EntMessageList *
ent_message_table_get_list (EntMessageTable *self)
{
  return self->list;
}

EntMessageText *
ent_message_table_get_text (EntMessageTable *self)
{
  return self->text;
}

guint
ent_message_table_get_n_selected (EntMessageTable *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return (guint) gtk_bitset_get_size (selected);
}

EntMessageRow *
ent_message_table_dup_selected_row (EntMessageTable *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (gtk_bitset_get_size (selected) != 1)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->list), gtk_bitset_get_minimum (selected));
}

void
ent_message_table_unselect (EntMessageTable *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* GTK 4.8 has no public way to scroll a column view; its inner list has the action. */
void
ent_message_table_scroll_to (EntMessageTable *self, guint index)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_BASE (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", index);
}

/* --- life ------------------------------------------------------------------------------- */

static void
emit_selected (EntMessageTable *self)
{
  g_signal_emit (self, selected_signal, 0);
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  EntMessageTable *self = ENT_MESSAGE_TABLE (widget);
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GArray) columns = shown_columns (self);

  ent_message_copy_rows (widget, ent_session_get_store (self->session),
                         ent_message_list_get_selection (self->list), selected, columns,
                         self->text);
  return TRUE;
}

static void
ent_message_table_dispose (GObject *object)
{
  EntMessageTable *self = ENT_MESSAGE_TABLE (object);

  /* The view takes its columns away as it goes: that is no wish of the reader's. */
  self->updating = TRUE;
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_handle_id (&self->save_columns_id, g_source_remove);
  g_clear_handle_id (&self->describe_id, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ent_message_table_parent_class)->dispose (object);
}

static void
ent_message_table_finalize (GObject *object)
{
  g_clear_pointer (&ENT_MESSAGE_TABLE (object)->text, ent_message_text_free);
  G_OBJECT_CLASS (ent_message_table_parent_class)->finalize (object);
}

static void
ent_message_table_class_init (EntMessageTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_message_table_dispose;
  object_class->finalize = ent_message_table_finalize;
  selected_signal = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy_cb, NULL);
}

static void
ent_message_table_init (EntMessageTable *self)
{
  self->text = ent_message_text_new ();
}

static void
build_view (EntMessageTable *self)
{
  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)));
  gtk_column_view_set_reorderable (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), FALSE);
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_widget_add_css_class (self->view, "message-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Messages"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_hexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

static void
connect_view (EntMessageTable *self)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)), "changed",
                           G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view)),
                           "items-changed", G_CALLBACK (queue_save_columns), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (queue_describe), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (queue_describe), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (emit_selected), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ent_message_table_new (EntSession *session)
{
  EntMessageTable *self = g_object_new (ENT_TYPE_MESSAGE_TABLE, NULL);

  self->session = g_object_ref (session);
  self->list = ent_message_list_new (ent_session_get_store (session));
  self->selection = ent_message_selection_new (self->list);
  build_view (self);
  connect_view (self);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (report_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::masked", G_CALLBACK (rewrite_cells), self,
                           G_CONNECT_SWAPPED);
  report_changed_cb (self);
  selection_changed_cb (self);
  return GTK_WIDGET (self);
}
