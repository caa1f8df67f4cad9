/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with the choices of one schedule; what they come to stands below as it is changed: the
 * name of the next file and the line for cron. Owned by itself, freed with its window. Main
 * thread. */
#include "config.h"

#include "ent-template-schedule.h"

#include "ent-export-name.h"
#include "ent-settings.h"
#include "ent-timer.h"
#include "ent-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_FILE_NAME "{template}-{from}-{to}.{format}"
#define DAYS_IN_A_WEEK 7
#define LAST_COMMON_DAY 28

typedef struct
{
  GtkWidget *window;
  AdwPreferencesPage *page;
  GtkWidget *every;
  GtkWidget *weekday;
  GtkWidget *month_day;
  GtkWidget *month_day_row;
  GtkWidget *hour;
  GtkWidget *minute;
  GtkWidget *folder;
  GtkWidget *file_name;
  GtkWidget *format;
  GtkWidget *notify;
  GtkWidget *preview;
  GtkWidget *cron;
  GtkWidget *save;

  EntSchedules *schedules;
  EntTemplate *template;
  EntScheduleEntry *entry; /* what the choices say */
  gboolean is_new;

  EntTemplateScheduleFunc told;
  gpointer user_data;
  GDestroyNotify destroy;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->schedules);
  ent_template_unref (self->template);
  ent_schedule_entry_free (self->entry);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

/* ---- What the choices say ---- */

static void
set_text (char **slot, const char *text)
{
  if (g_strcmp0 (*slot, text) == 0)
    return;
  g_free (*slot);
  *slot = g_strdup (text);
}

static void
read_choices (Dialog *self)
{
  EntSchedule *when = &self->entry->when;

  when->every = (EntScheduleEvery) adw_combo_row_get_selected (ADW_COMBO_ROW (self->every));
  when->weekday = (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->weekday));
  when->month_day = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->month_day));
  when->hour = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hour));
  when->minute = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->minute));
  self->entry->format = (EntFormat) adw_combo_row_get_selected (ADW_COMBO_ROW (self->format));
  self->entry->notify = gtk_switch_get_active (GTK_SWITCH (self->notify));
  set_text (&self->entry->file_name, gtk_editable_get_text (GTK_EDITABLE (self->file_name)));
}

/* What is wrong with the name of the file; NULL when nothing is. */
static char *
find_fault (const char *name)
{
  g_autofree char *fault = ent_export_name_find_fault (name);
  g_autofree char *known = ent_export_name_list_placeholders ();

  if (name[0] == '\0')
    return g_strdup (_ ("The file needs a name."));
  if (strchr (name, G_DIR_SEPARATOR) != NULL)
    return g_strdup (_ ("The name must not have a slash: choose a folder instead."));
  if (fault != NULL)
    /* Translators: what was typed, then a list such as "{template}, {from}". */
    return g_strdup_printf (_ ("“%s” is not known. There are %s."), fault, known);
  return NULL;
}

/* The name that the file of today would have. */
static char *
preview_text (Dialog *self)
{
  g_autoptr (EntReport) report = ent_report_copy (self->template->report);
  g_autofree char *name = NULL;

  report->format = self->entry->format;
  name = ent_export_name_expand (self->entry->file_name, report, ent_clock_now ());
  /* Translators: %s is the name of a file. */
  return g_strdup_printf (_ ("Today’s would be called “%s”"), name);
}

static void
show_parts (Dialog *self)
{
  EntScheduleEvery every = self->entry->when.every;

  gtk_widget_set_visible (self->weekday, every == ENT_SCHEDULE_WEEKLY);
  gtk_widget_set_visible (self->month_day_row, every == ENT_SCHEDULE_MONTHLY);
}

static void
update (Dialog *self)
{
  g_autofree char *fault = NULL;
  g_autofree char *text = NULL;

  read_choices (self);
  show_parts (self);
  fault = find_fault (self->entry->file_name);
  text = fault != NULL ? g_steal_pointer (&fault) : preview_text (self);
  gtk_label_set_label (GTK_LABEL (self->preview), text);
  fault = find_fault (self->entry->file_name);
  if (fault != NULL)
    {
      gtk_widget_add_css_class (self->preview, "error");
      gtk_widget_set_sensitive (self->save, FALSE);
      return;
    }
  gtk_widget_remove_css_class (self->preview, "error");
  gtk_widget_set_sensitive (self->save,
                            self->entry->program != NULL && ent_schedules_is_possible ());
  if (self->entry->program != NULL)
    {
      g_autofree char *line = ent_schedule_entry_cron_line (self->entry);

      gtk_label_set_label (GTK_LABEL (self->cron), line);
    }
}

/* ---- Buttons ---- */

static void
tell (Dialog *self, const char *done, const GError *error)
{
  if (error == NULL)
    self->told (done, self->user_data);
  else if (g_error_matches (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE))
    self->told (_ ("Saved. systemd does not answer here: it starts with your next login, or use "
                   "the line for cron."),
                self->user_data);
  else
    {
      g_autofree char *line = ent_words_error_line (error);

      self->told (line, self->user_data);
    }
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");
  g_autoptr (GError) error = NULL;
  g_autofree char *when = NULL;

  ent_schedules_finish (ENT_SCHEDULES (source), result, &error);
  when = ent_words_schedule (self->entry->when.every, self->entry->when.weekday,
                             self->entry->when.month_day, self->entry->when.hour,
                             self->entry->when.minute);
  tell (self, when, error);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
save_cb (GtkButton *button, Dialog *self)
{
  gtk_widget_set_sensitive (self->save, FALSE);
  ent_schedules_set_async (self->schedules, self->entry, saved_cb, g_object_ref (self->window));
}

static void
cancel_cb (GtkButton *button, Dialog *self)
{
  gtk_window_close (GTK_WINDOW (self->window));
}

static void
copy_cb (GtkButton *button, Dialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->window),
                          gtk_label_get_label (GTK_LABEL (self->cron)));
}

static void
folder_chosen_cb (GtkNativeDialog *chooser, int response, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");
  g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    {
      set_text (&self->entry->folder, path);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->folder), path);
      update (self);
    }
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
choose_folder_cb (GtkButton *button, Dialog *self)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Folder for the files"), GTK_WINDOW (self->window),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (self->entry->folder);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_file (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect (chooser, "response", G_CALLBACK (folder_chosen_cb),
                    g_object_ref (self->window));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* ---- Rows ---- */

static GtkWidget *
add_combo (Dialog *self,
           AdwPreferencesGroup *group,
           const char *title,
           const char *const *names,
           guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (update), self);
  adw_preferences_group_add (group, row);
  return row;
}

static gboolean
two_digits_cb (GtkSpinButton *spin, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (spin));

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static GtkWidget *
spin_new (Dialog *self, const char *name, int first, int last, int value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (first, last, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (spin, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (update), self);
  return spin;
}

static GtkWidget *
add_action_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return row;
}

static void
add_time (Dialog *self, AdwPreferencesGroup *group)
{
  GtkWidget *row = add_action_row (group, _ ("Time"), NULL);
  const EntSchedule *when = &self->entry->when;

  self->hour = spin_new (self, _ ("Hour"), 0, 23, when->hour);
  self->minute = spin_new (self, _ ("Minute"), 0, 59, when->minute);
  g_signal_connect (self->hour, "output", G_CALLBACK (two_digits_cb), NULL);
  g_signal_connect (self->minute, "output", G_CALLBACK (two_digits_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->hour);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (":"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->minute);
}

static AdwPreferencesGroup *
add_group (Dialog *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  if (description != NULL)
    adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (self->page, group);
  return group;
}

static void
add_when (Dialog *self)
{
  AdwPreferencesGroup *group = add_group (self, NULL, NULL);
  const EntSchedule *when = &self->entry->when;
  const char *everies[] = { ent_words_schedule_every (0), ent_words_schedule_every (1),
                            ent_words_schedule_every (2), ent_words_schedule_every (3), NULL };
  const char *weekdays[DAYS_IN_A_WEEK + 1] = { NULL };

  for (int i = 0; i < DAYS_IN_A_WEEK; i++)
    weekdays[i] = ent_words_weekday (i);
  self->every = add_combo (self, group, _ ("Runs"), everies, when->every);
  self->weekday = add_combo (self, group, _ ("Day of the week"), weekdays, (guint) when->weekday);
  self->month_day_row = add_action_row (group, _ ("Day of the month"), NULL);
  self->month_day = spin_new (self, _ ("Day of the month"), 1, LAST_COMMON_DAY, when->month_day);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->month_day_row), self->month_day);
  add_time (self, group);
}

static void
add_folder (Dialog *self, AdwPreferencesGroup *group)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Choose…"));

  self->folder = add_action_row (group, _ ("Folder"), self->entry->folder);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (choose_folder_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->folder), button);
}

static GtkWidget *
note_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
add_where (Dialog *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("The file"), NULL);
  const char *formats[] = { ent_words_format (ENT_FORMAT_CSV), ent_words_format (ENT_FORMAT_XLSX),
                            ent_words_format (ENT_FORMAT_PDF), NULL };
  GtkWidget *row;

  self->format = add_combo (self, group, _ ("Format"), formats, self->entry->format);
  add_folder (self, group);
  self->file_name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_name), _ ("Name of the file"));
  gtk_editable_set_text (GTK_EDITABLE (self->file_name), self->entry->file_name);
  g_signal_connect_swapped (self->file_name, "changed", G_CALLBACK (update), self);
  adw_preferences_group_add (group, self->file_name);
  row = add_action_row (group, _ ("Tell when it is done"),
                        _ ("Name of the template, rows and file; nothing of the messages"));
  self->notify = gtk_switch_new ();
  gtk_widget_set_valign (self->notify, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (self->notify), self->entry->notify);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->notify);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->notify);
  g_signal_connect_swapped (self->notify, "notify::active", G_CALLBACK (update), self);
  self->preview = note_new ();
  adw_preferences_group_add (group, self->preview);
}

static void
add_cron (Dialog *self)
{
  AdwPreferencesGroup *group = add_group (
      self, _ ("For cron"), _ ("The same as a line of crontab, for servers and other systems."));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  self->cron = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->cron), 0);
  gtk_label_set_selectable (GTK_LABEL (self->cron), TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->cron), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->cron), PANGO_WRAP_CHAR);
  gtk_widget_set_hexpand (self->cron, TRUE);
  gtk_widget_add_css_class (self->cron, "monospace");
  gtk_widget_add_css_class (self->cron, "caption");
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "cron-line");
  gtk_widget_set_tooltip_text (copy, _ ("Copy the line"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy the line"), -1);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (box), self->cron);
  gtk_box_append (GTK_BOX (box), copy);
  adw_preferences_group_add (group, box);
}

/* Why the button cannot be pressed, where it cannot. */
static void
add_obstacle (Dialog *self)
{
  AdwPreferencesGroup *group;
  GtkWidget *row;

  if (self->entry->program != NULL && ent_schedules_is_possible ())
    return;
  group = add_group (self, NULL, NULL);
  row = add_action_row (
      group,
      self->entry->program == NULL ? _ ("entrega-cli is not installed")
                                   : _ ("Not from within a sandbox"),
      self->entry->program == NULL
          ? _ ("It is the program that writes the files; it comes with the command line package.")
          : _ ("Flatpak keeps programs from setting timers; the line for cron works outside."));
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
}

/* ---- The window ---- */

static GtkWidget *
header_new (Dialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  g_autofree char *subtitle = g_strdup (self->template->report->name);

  self->save = gtk_button_new_with_mnemonic (self->is_new ? _ ("_Schedule") : _ ("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect (self->save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header),
                                   adw_window_title_new (_ ("Run every…"), subtitle));
  return header;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

static char *
default_folder (void)
{
  g_autofree char *last = ent_settings_dup_string ("export-folder", "");
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (g_path_is_absolute (last))
    return g_steal_pointer (&last);
  return g_strdup (documents != NULL ? documents : g_get_home_dir ());
}

static EntScheduleEntry *
entry_for (EntEngine *engine, EntSchedules *schedules, const EntTemplate *template)
{
  const EntScheduleEntry *there = ent_schedules_find (schedules, template->id);
  EntScheduleEntry *entry =
      there != NULL ? ent_schedule_entry_copy (there) : ent_schedule_entry_new ();

  set_text (&entry->template_name, template->report->name);
  set_text (&entry->data_dir, ent_engine_get_data_dir (engine));
  /* The program may have moved since. */
  g_free (entry->program);
  entry->program = ent_schedules_find_program ();
  if (there != NULL)
    return entry;
  entry->template_id = template->id;
  entry->format = template->report->format;
  entry->folder = default_folder ();
  entry->file_name = g_strdup (DEFAULT_FILE_NAME);
  return entry;
}

void
ent_template_schedule_present (GtkWindow *parent,
                               EntEngine *engine,
                               EntSchedules *schedules,
                               const EntTemplate *template,
                               EntTemplateScheduleFunc told,
                               gpointer user_data,
                               GDestroyNotify destroy)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->schedules = g_object_ref (schedules);
  self->template = ent_template_ref ((EntTemplate *) template);
  self->is_new = ent_schedules_find (schedules, template->id) == NULL;
  self->entry = entry_for (engine, schedules, template);
  self->told = told;
  self->user_data = user_data;
  self->destroy = destroy;
  self->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (self->window), "dialog", self, dialog_free);
  gtk_window_set_title (GTK_WINDOW (self->window), _ ("Run every…"));
  gtk_window_set_transient_for (GTK_WINDOW (self->window), parent);
  gtk_window_set_modal (GTK_WINDOW (self->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 540, 640);
  gtk_widget_set_size_request (self->window, 340, 294);
  add_escape (self->window);

  gtk_box_append (GTK_BOX (box), header_new (self));
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  add_obstacle (self);
  add_when (self);
  add_where (self);
  add_cron (self);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  update (self);
  gtk_window_present (GTK_WINDOW (self->window));
}
