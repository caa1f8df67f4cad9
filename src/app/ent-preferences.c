/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each row is bound to its key; what is chosen holds at once. Main thread. */
#include "config.h"

#include "ent-preferences.h"

#include "ent-settings.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *color_scheme;
  AdwComboRow *chart_style;
  AdwEntryRow *timezone;
  GtkSpinButton *sync_interval;
  GtkSwitch *notifications;
  AdwComboRow *csv_dialect;
  AdwComboRow *export_privacy;
  GtkSwitch *hide_content;
};

G_DEFINE_FINAL_TYPE (EntPreferences, ent_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* ---- A combo row and an enumeration ---- */

static void
combo_changed_cb (AdwComboRow *row)
{
  const char *key = g_object_get_data (G_OBJECT (row), "key");
  const char *const *nicks = g_object_get_data (G_OBJECT (row), "nicks");
  guint selected = adw_combo_row_get_selected (row);

  if (selected != GTK_INVALID_LIST_POSITION)
    ent_settings_set_string (key, nicks[selected]);
}

/* @nicks: in the order of the row's items (array zero-terminated) (static) */
static void
bind_combo (AdwComboRow *row, const char *key, const char *const *nicks)
{
  g_autofree char *value = ent_settings_dup_string (key, nicks[0]);

  for (guint i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], value))
      adw_combo_row_set_selected (row, i);
  g_object_set_data (G_OBJECT (row), "key", (gpointer) key);
  g_object_set_data (G_OBJECT (row), "nicks", (gpointer) nicks);
  g_signal_connect (row, "notify::selected", G_CALLBACK (combo_changed_cb), NULL);
}

static void
bind_dialects (EntPreferences *self)
{
  static const char *const nicks[] = { "locale", "excel-pt", "excel-en", "machine", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("By the language"));
  gtk_string_list_append (list, ent_words_dialect (ENT_DIALECT_EXCEL_PT));
  gtk_string_list_append (list, ent_words_dialect (ENT_DIALECT_EXCEL_EN));
  gtk_string_list_append (list, ent_words_dialect (ENT_DIALECT_MACHINE));
  adw_combo_row_set_model (self->csv_dialect, G_LIST_MODEL (list));
  bind_combo (self->csv_dialect, "csv-dialect", nicks);
}

static void
bind_privacy (EntPreferences *self)
{
  static const char *const nicks[] = { "full", "last4", "pseudonym", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, ent_words_privacy (ENT_PRIVACY_FULL));
  gtk_string_list_append (list, ent_words_privacy (ENT_PRIVACY_LAST4));
  gtk_string_list_append (list, ent_words_privacy (ENT_PRIVACY_PSEUDONYM));
  adw_combo_row_set_model (self->export_privacy, G_LIST_MODEL (list));
  bind_combo (self->export_privacy, "export-privacy", nicks);
}

/* ---- The zone ---- */

static gboolean
is_zone (const char *name)
{
  g_autoptr (EntZone) zone = name[0] != '\0' ? ent_zone_new (name, NULL) : NULL;

  return name[0] == '\0' || zone != NULL;
}

static void
timezone_changed_cb (EntPreferences *self)
{
  if (is_zone (gtk_editable_get_text (GTK_EDITABLE (self->timezone))))
    gtk_widget_remove_css_class (GTK_WIDGET (self->timezone), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->timezone), "error");
}

static void
timezone_cb (EntPreferences *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->timezone));

  if (!is_zone (name))
    return;
  ent_settings_set_string ("timezone", name);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    adw_toast_new (_ ("New windows and reports use this zone")));
}

/* ---- GObject ---- */

static void
ent_preferences_class_init (EntPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entrega/Entrega/ent-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, chart_style);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, timezone);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, sync_interval);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, notifications);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, csv_dialect);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, export_privacy);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, hide_content);
  gtk_widget_class_bind_template_callback (widget_class, timezone_cb);
  gtk_widget_class_bind_template_callback (widget_class, timezone_changed_cb);
}

static void
ent_preferences_init (EntPreferences *self)
{
  static const char *const schemes[] = { "system", "light", "dark", NULL };
  static const char *const styles[] = { "columns", "lines", NULL };
  g_autofree char *zone = ent_settings_dup_string ("timezone", "");
  GSettings *settings = ent_settings_get ();

  gtk_widget_init_template (GTK_WIDGET (self));
  bind_combo (self->color_scheme, "color-scheme", schemes);
  bind_combo (self->chart_style, "chart-style", styles);
  bind_dialects (self);
  bind_privacy (self);
  gtk_editable_set_text (GTK_EDITABLE (self->timezone), zone);
  if (settings == NULL)
    return;
  g_settings_bind (settings, "sync-interval", self->sync_interval, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notifications", self->notifications, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "export-hide-content", self->hide_content, "active",
                   G_SETTINGS_BIND_DEFAULT);
}

void
ent_preferences_present (GtkWindow *parent)
{
  GtkWindow *self = g_object_new (ENT_TYPE_PREFERENCES, "transient-for", parent, NULL);

  gtk_window_present (self);
}
