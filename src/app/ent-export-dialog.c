/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A modal window of rows; each change asks for a new preview, and only the newest answer is
 * shown. Main thread; lives as long as its window. */
#include "config.h"

#include "ent-export-dialog.h"

#include "ent-column-chooser.h"
#include "ent-export-preview.h"
#include "ent-text.h"
#include "ent-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CELL_CHARACTERS 40

static const EntFormat formats[] = { ENT_FORMAT_XLSX, ENT_FORMAT_CSV, ENT_FORMAT_PDF };
static const EntDialect dialects[] = { ENT_DIALECT_EXCEL_PT, ENT_DIALECT_EXCEL_EN,
                                       ENT_DIALECT_MACHINE };
static const EntPrivacy privacies[] = { ENT_PRIVACY_FULL, ENT_PRIVACY_LAST4,
                                        ENT_PRIVACY_PSEUDONYM };

typedef struct
{
  GtkWindow *window;
  EntEngine *engine;
  EntExportRequest *request;
  GArray *shown_columns;
  GArray *chosen_columns;
  EntExportDialogFunc func;
  gpointer data;
  GtkWidget *format;
  GtkWidget *dialect;
  GtkWidget *privacy;
  GtkWidget *hide_content;
  GtkWidget *columns;
  GtkWidget *chosen; /* the row of those that are chosen one by one */
  GtkWidget *chooser;
  GtkWidget *summary;
  GtkWidget *preview;
  GtkWidget *table;
  GtkWidget *export_button;
  GCancellable *cancellable;
  gboolean filling; /* rows get their first values: those are no wishes */
} Dialog;

static void
dialog_free (Dialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->request, ent_export_request_free);
  g_clear_pointer (&self->shown_columns, g_array_unref);
  g_clear_pointer (&self->chosen_columns, g_array_unref);
  g_free (self);
}

/* --- the preview ------------------------------------------------------------------------- */

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789.,%")] == '\0';
}

static void
attach_cell (GtkGrid *grid, const char *text, guint column, guint row)
{
  g_autofree char *shown = ent_text_for_display (text, MAX_CELL_CHARACTERS);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), is_number (text) ? 1 : 0);
  gtk_widget_add_css_class (label, row == 0 ? "caption-heading" : "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (grid, label, (int) column, (int) row, 1, 1);
}

static void
show_table (Dialog *self, GPtrArray *table)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_set_valign (grid, GTK_ALIGN_START);
  for (guint row = 0; row < table->len; row++)
    {
      char **cells = g_ptr_array_index (table, row);

      for (guint column = 0; cells[column] != NULL; column++)
        attach_cell (GTK_GRID (grid), cells[column], column, row);
    }
  adw_bin_set_child (ADW_BIN (self->table), grid);
}

static void
show_preview (Dialog *self, const EntExportPreview *preview)
{
  g_autofree char *rows = ent_words_rows (preview->rows);
  g_autofree char *size = ent_words_size ((guint64) preview->bytes);
  /* Translators: "12,480 rows, about 3.1 MB" */
  g_autofree char *text = g_strdup_printf (_ ("%s, about %s"), rows, size);

  gtk_label_set_text (GTK_LABEL (self->summary), text);
  gtk_widget_set_visible (self->table, preview->table != NULL);
  gtk_widget_set_visible (self->preview, preview->table == NULL);
  if (preview->table != NULL)
    show_table (self, preview->table);
  else
    gtk_label_set_text (GTK_LABEL (self->preview), preview->lines);
  gtk_widget_set_sensitive (self->export_button, TRUE);
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntExportPreview) preview = ent_export_preview_finish (result, &error);
  Dialog *self = user_data;

  /* Cancelled: the window is gone, or a newer one was asked for. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (preview != NULL)
    {
      show_preview (self, preview);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->summary), error->message);
  gtk_label_set_text (GTK_LABEL (self->preview), "");
  gtk_widget_set_visible (self->table, FALSE);
}

static void
ask_preview (Dialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ent_export_preview_async (ent_engine_get_store (self->engine),
                            ent_engine_get_user_data (self->engine), self->request,
                            self->cancellable, preview_cb, self);
}

/* --- columns ------------------------------------------------------------------------------ */

enum
{
  COLUMNS_SHOWN,
  COLUMNS_ALL,
  COLUMNS_CHOSEN,
};

/* NULL: all of them. */
static GArray *
wanted_columns (Dialog *self)
{
  switch (adw_combo_row_get_selected (ADW_COMBO_ROW (self->columns)))
    {
    case COLUMNS_SHOWN:
      return self->shown_columns;
    case COLUMNS_CHOSEN:
      return self->chosen_columns;
    default:
      return NULL;
    }
}

static void
show_chosen (Dialog *self)
{
  guint n = self->chosen_columns->len;
  g_autofree char *text = g_strdup_printf (ngettext ("%u column", "%u columns", n), n);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->chooser), text);
  gtk_widget_set_visible (self->chosen, self->request->report->view == ENT_VIEW_DETAILED &&
                                            wanted_columns (self) == self->chosen_columns);
}

/* --- rows → request ----------------------------------------------------------------------- */

static void
set_columns (EntReport *report, GArray *columns)
{
  g_array_set_size (report->columns, 0);
  if (columns != NULL)
    g_array_append_vals (report->columns, columns->data, columns->len);
}

static void
changed_cb (Dialog *self)
{
  EntReport *report = self->request->report;

  if (self->filling)
    return;
  report->format = formats[adw_combo_row_get_selected (ADW_COMBO_ROW (self->format))];
  report->dialect = dialects[adw_combo_row_get_selected (ADW_COMBO_ROW (self->dialect))];
  report->privacy = privacies[adw_combo_row_get_selected (ADW_COMBO_ROW (self->privacy))];
  if (gtk_switch_get_active (GTK_SWITCH (self->hide_content)))
    report->privacy |= ENT_PRIVACY_NO_CONTENT;
  set_columns (report, wanted_columns (self));
  show_chosen (self);
  gtk_widget_set_visible (self->dialect, report->format == ENT_FORMAT_CSV);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dialect),
                               ent_words_dialect_help (report->dialect));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->privacy),
                               ent_words_privacy_help (report->privacy & ~ENT_PRIVACY_NO_CONTENT));
  ask_preview (self);
}

/* --- where to ------------------------------------------------------------------------------ */

/* The name that was proposed, with the extension of the format that was chosen. */
static char *
file_name (Dialog *self)
{
  g_autofree char *base = g_path_get_basename (self->request->path);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_strdup_printf ("%s.%s", base, ent_format_key (self->request->report->format));
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Dialog *self = g_object_get_data (G_OBJECT (user_data), "ent-export-dialog");
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      path = file != NULL ? g_file_get_path (file) : NULL;
    }
  if (path != NULL)
    {
      g_free (self->request->path);
      self->request->path = g_steal_pointer (&path);
      self->func (self->request, self->data);
      gtk_window_destroy (self->window);
    }
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
export_cb (Dialog *self)
{
  g_autofree char *name = file_name (self);
  g_autofree char *folder = g_path_get_dirname (self->request->path);
  g_autoptr (GFile) folder_file = g_file_new_for_path (folder);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Export as"), self->window, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder_file, NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self->window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- building ------------------------------------------------------------------------------ */

static GtkWidget *
new_combo (Dialog *self, const char *title, const char *const *names, guint selected)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), self);
  return row;
}

static guint
index_of_format (EntFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i] == format)
      return i;
  return 0;
}

static guint
index_of_dialect (EntDialect dialect)
{
  /* A custom one is the command line's: it is proposed what the language has. */
  if (dialect == ENT_DIALECT_DEFAULT || dialect == ENT_DIALECT_CUSTOM)
    dialect = ent_words_has_decimal_comma () ? ENT_DIALECT_EXCEL_PT : ENT_DIALECT_EXCEL_EN;
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (dialects[i] == dialect)
      return i;
  return 0;
}

static guint
index_of_privacy (EntPrivacy privacy)
{
  return privacy & ENT_PRIVACY_LAST4 ? 1 : privacy & ENT_PRIVACY_PSEUDONYM ? 2 : 0;
}

static GtkWidget *
new_switch_row (Dialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->hide_content = gtk_switch_new ();
  gtk_widget_set_valign (self->hide_content, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (self->hide_content),
                         (self->request->report->privacy & ENT_PRIVACY_NO_CONTENT) != 0);
  g_signal_connect_swapped (self->hide_content, "notify::active", G_CALLBACK (changed_cb), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 ent_words_privacy (ENT_PRIVACY_NO_CONTENT));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               ent_words_privacy_help (ENT_PRIVACY_NO_CONTENT));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->hide_content);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->hide_content);
  return row;
}

static GArray *
chosen_columns (gpointer data)
{
  return g_array_copy (((Dialog *) data)->chosen_columns);
}

static void
choose_columns (GArray *columns, gpointer data)
{
  Dialog *self = data;

  g_clear_pointer (&self->chosen_columns, g_array_unref);
  self->chosen_columns = g_array_copy (columns);
  changed_cb (self);
}

static GtkWidget *
new_chosen_row (Dialog *self)
{
  static const EntColumnChoice choice = { chosen_columns, choose_columns, TRUE };
  GtkWidget *row = adw_action_row_new ();

  self->chooser = ent_column_chooser_new (&choice, self);
  gtk_widget_set_valign (self->chooser, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Chosen columns"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->chooser);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->chooser);
  self->chosen = row;
  return row;
}

static GtkWidget *
new_settings (Dialog *self)
{
  const EntReport *report = self->request->report;
  const char *format_names[] = { ent_words_format (formats[0]), ent_words_format (formats[1]),
                                 ent_words_format (formats[2]), NULL };
  const char *dialect_names[] = { ent_words_dialect (dialects[0]), ent_words_dialect (dialects[1]),
                                  ent_words_dialect (dialects[2]), NULL };
  const char *privacy_names[] = { ent_words_privacy (privacies[0]),
                                  ent_words_privacy (privacies[1]),
                                  ent_words_privacy (privacies[2]), NULL };
  const char *column_names[] = { _ ("As on screen"), _ ("All columns"), _ ("Chosen one by one"),
                                 NULL };
  GtkWidget *group = adw_preferences_group_new ();

  self->format = new_combo (self, _ ("Format"), format_names, index_of_format (report->format));
  self->dialect =
      new_combo (self, _ ("CSV for"), dialect_names, index_of_dialect (report->dialect));
  self->columns = new_combo (self, _ ("Columns"), column_names, COLUMNS_SHOWN);
  self->privacy =
      new_combo (self, _ ("Privacy"), privacy_names, index_of_privacy (report->privacy));
  gtk_widget_set_visible (self->columns, report->view == ENT_VIEW_DETAILED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->format);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->dialect);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->columns);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_chosen_row (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->privacy);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_switch_row (self));
  return group;
}

static GtkWidget *
new_preview (Dialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->preview = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->preview), 0);
  gtk_label_set_yalign (GTK_LABEL (self->preview), 0);
  gtk_label_set_selectable (GTK_LABEL (self->preview), TRUE);
  gtk_widget_set_can_focus (self->preview, FALSE);
  gtk_widget_add_css_class (self->preview, "monospace");
  gtk_widget_add_css_class (self->preview, "export-preview");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("First lines"), -1);
  self->table = adw_bin_new ();
  gtk_widget_add_css_class (self->table, "export-preview");
  gtk_widget_set_visible (self->table, FALSE);
  gtk_box_append (GTK_BOX (both), self->preview);
  gtk_box_append (GTK_BOX (both), self->table);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), both);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 140);
  gtk_widget_add_css_class (scrolled, "card");
  self->summary = gtk_label_new (_ ("Counting…"));
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0);
  gtk_label_set_wrap (GTK_LABEL (self->summary), TRUE);
  gtk_widget_add_css_class (self->summary, "dim-label");
  gtk_widget_add_css_class (self->summary, "numeric");
  gtk_widget_set_margin_bottom (self->summary, 6);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("First lines"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->summary);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scrolled);
  return group;
}

static GtkWidget *
new_header (Dialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->export_button = gtk_button_new_with_mnemonic (_ ("_Export…"));
  gtk_widget_add_css_class (self->export_button, "suggested-action");
  gtk_widget_set_sensitive (self->export_button, FALSE);
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (export_cb), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), self->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->export_button);
  return header;
}

static void
fill_window (Dialog *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();

  gtk_box_append (GTK_BOX (content), new_header (self));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (new_settings (self)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (new_preview (self)));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (content), page);
  adw_window_set_content (ADW_WINDOW (self->window), content);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (widget));
  return TRUE;
}

void
ent_export_dialog_present (GtkWindow *parent,
                           EntEngine *engine,
                           const EntExportRequest *request,
                           GArray *shown_columns,
                           EntExportDialogFunc func,
                           gpointer data)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  self->window = GTK_WINDOW (adw_window_new ());
  self->engine = g_object_ref (engine);
  self->request = ent_export_request_copy (request);
  self->shown_columns = g_array_ref (shown_columns);
  self->chosen_columns = g_array_copy (shown_columns);
  self->func = func;
  self->data = data;
  g_object_set_data_full (G_OBJECT (self->window), "ent-export-dialog", self,
                          (GDestroyNotify) dialog_free);
  gtk_window_set_title (self->window, _ ("Export"));
  gtk_window_set_transient_for (self->window, parent);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_default_size (self->window, 560, 640);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->window), shortcuts);
  self->filling = TRUE;
  fill_window (self);
  self->filling = FALSE;
  changed_cb (self);
  gtk_window_present (self->window);
}
