/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A menu button with a popover of check buttons, filled when it opens. Main thread. */
#include "config.h"

#include "ent-column-chooser.h"

#include "ent-text.h"
#include "ent-words-name.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  EntColumnChoice choice;
  gpointer data; /* (not owned) */
  GtkWidget *search;
  GtkWidget *list;
} Chooser;

/* (transfer full): the report's columns, else the default ones. */
static GArray *
columns_of_session (gpointer session)
{
  const EntReport *report = ent_session_get_report (session);
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (EntReportColumn));
  guint n;
  const EntColumn *defaults = ent_columns_default (&n);

  if (report->columns != NULL && report->columns->len > 0)
    return g_array_append_vals (columns, report->columns->data, report->columns->len);
  for (guint i = 0; i < n; i++)
    {
      EntReportColumn column = { defaults[i], 0 };

      g_array_append_val (columns, column);
    }
  return columns;
}

static gint
index_of (GArray *columns, EntColumn column)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_array_index (columns, EntReportColumn, i).column == column)
      return (gint) i;
  return -1;
}

/* The last column stays: a list without any could not be brought back by its header. */
static void
toggled_cb (GtkCheckButton *check, Chooser *self)
{
  EntColumn column =
      (EntColumn) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (check), "ent-column"));
  g_autoptr (GArray) columns = self->choice.get (self->data);
  gint index = index_of (columns, column);
  gboolean active = gtk_check_button_get_active (check);

  if (active == (index >= 0))
    return;
  if (!active && columns->len == 1)
    {
      gtk_check_button_set_active (check, TRUE);
      return;
    }
  if (active)
    g_array_append_val (columns, ((EntReportColumn){ column, 0 }));
  else
    g_array_remove_index (columns, (guint) index);
  self->choice.set (columns, self->data);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  Chooser *self = user_data;
  g_autofree char *needle = ent_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  const char *name =
      gtk_check_button_get_label (GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row)));

  return *needle == '\0' || ent_text_contains_folded (name, needle);
}

static void
search_cb (Chooser *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static void
fill (Chooser *self)
{
  g_autoptr (GArray) columns = self->choice.get (self->data);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint column = 0; column < ENT_N_COLUMNS; column++)
    {
      GtkWidget *check;

      if (column == ENT_COLUMN_COVERAGE && !self->choice.with_coverage)
        continue;
      check = gtk_check_button_new_with_label (ent_words_column ((EntColumn) column));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                   index_of (columns, (EntColumn) column) >= 0);
      g_object_set_data (G_OBJECT (check), "ent-column", GINT_TO_POINTER ((int) column));
      g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_list_box_append (GTK_LIST_BOX (self->list), check);
    }
}

static void
opened_cb (Chooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill (self);
}

static GtkWidget *
new_popover (Chooser *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->search = gtk_search_entry_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  gtk_widget_add_css_class (self->list, "filter-values");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search columns"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (opened_cb), self);
  return popover;
}

GtkWidget *
ent_column_chooser_new (const EntColumnChoice *choice, gpointer data)
{
  Chooser *self = g_new0 (Chooser, 1);
  GtkWidget *button = gtk_menu_button_new ();

  self->choice = *choice;
  self->data = data;
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), new_popover (self));
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "ent-chooser", self, g_free);
  return button;
}

static void
set_of_session (GArray *columns, gpointer session)
{
  ent_session_set_columns (session, columns);
}

GtkWidget *
ent_column_chooser_new_for_session (EntSession *session)
{
  static const EntColumnChoice choice = { columns_of_session, set_of_session, FALSE };
  GtkWidget *button = ent_column_chooser_new (&choice, session);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Columns"));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (button, _ ("Choose the columns of the list"));
  return button;
}
