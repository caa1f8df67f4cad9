/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application's actions and all keys of the windows. Main thread. */
#include "config.h"

#include "ent-application-private.h"
#include "ent-preferences.h"
#include "ent-settings.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_application_new_window (data);
}

static void
try_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_application_start_sample (data);
}

static void
sync_now_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntApplication *self = data;

  if (self->opened)
    ent_engine_synchronise (self->engine, NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  /* Closing saves each window's state; the program ends with the last one. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_preferences_present (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

/* Built when asked for, not by GTK with each window: GTK 4.8 hands a screen reader that looks at
 * windows while one closes the last one it has, and a window that was never shown is not ready for
 * that. */
static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (data));
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window = NULL;

  if (parent == NULL || GTK_IS_SHORTCUTS_WINDOW (parent))
    return;
  builder = gtk_builder_new_from_resource ("/org/entrega/Entrega/ent-shortcuts.ui");
  window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (
      gtk_application_get_active_window (GTK_APPLICATION (data)), "application-name", "Entrega",
      "application-icon", "org.entrega.Entrega", "version", VERSION, "license-type",
      GTK_LICENSE_GPL_3_0, "comments",
      _ ("Delivery reports of WhatsApp and SMS messages, also offline."), "translator-credits",
      /* Translators: your names, one a line; they are shown in the about window */
      _ ("translator-credits"), NULL);
}

static void
open_file_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *uri = g_filename_to_uri (g_variant_get_string (parameter, NULL), NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (gtk_application_get_active_window (GTK_APPLICATION (data)), uri,
                  GDK_CURRENT_TIME);
}

static void
shown_in_folder_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *uri = data;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GFile) file = NULL, folder = NULL;
  g_autofree char *folder_uri = NULL;

  if (answer != NULL)
    return;
  /* No file manager that knows how to mark a file: its folder, then. */
  file = g_file_new_for_uri (uri);
  folder = g_file_get_parent (file);
  folder_uri = folder != NULL ? g_file_get_uri (folder) : NULL;
  if (folder_uri != NULL)
    gtk_show_uri (NULL, folder_uri, GDK_CURRENT_TIME);
}

static void
show_file_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GDBusConnection *bus = g_application_get_dbus_connection (data);
  g_autofree char *uri = g_filename_to_uri (g_variant_get_string (parameter, NULL), NULL, NULL);
  const char *uris[] = { uri, NULL };

  if (uri == NULL || bus == NULL)
    return;
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, 5000,
                          NULL, shown_in_folder_cb, g_strdup (uri));
}

static const GActionEntry entries[] = {
  { .name = "new-window", .activate = new_window_cb },
  { .name = "try-sample", .activate = try_sample_cb },
  { .name = "sync-now", .activate = sync_now_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "about", .activate = about_cb },
  { .name = "quit", .activate = quit_cb },
  { .name = "open-file", .activate = open_file_cb, .parameter_type = "s" },
  { .name = "show-file", .activate = show_file_cb, .parameter_type = "s" },
};

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "window.close", { "<Control>w" } },
  { "app.shortcuts", { "<Control>question" } },
  { "win.sync", { "F5", "<Control>r" } },
  { "win.search", { "<Control>f" } },
  { "win.filters", { "<Control>l" } },
  { "win.show-sidebar", { "F9" } },
  { "win.export::xlsx", { "<Control>e" } },
  { "win.export-again", { "<Control><Shift>e" } },
  { "win.print", { "<Control>p" } },
  { "win.import-template", { "<Control>o" } },
  { "win.save-template", { "<Control>s" } },
  { "win.save-template-as", { "<Control><Shift>s" } },
  { "win.mask-phones", { "<Control>m" } },
  { "win.show-page::report", { "<Alt>1" } },
  { "win.templates", { "<Alt>2" } },
  { "win.show-page::exports", { "<Alt>3" } },
  { "win.show-page::sources", { "<Alt>4" } },
  { "report.view::consolidated", { "<Control>1" } },
  { "report.view::detailed", { "<Control>2" } },
  { "report.apply", { "<Control>Return", "<Control>KP_Enter" } },
  { "report.undo", { "<Control>z" } },
  { "report.redo", { "<Control><Shift>z" } },
  { "report.previous-period", { "<Control>Page_Up" } },
  { "report.next-period", { "<Control>Page_Down" } },
};

void
ent_application_add_actions (EntApplication *self)
{
  GSettings *settings = ent_settings_get ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (settings != NULL)
    {
      g_autoptr (GAction) offline = g_settings_create_action (settings, "work-offline");

      g_action_map_add_action (G_ACTION_MAP (self), offline);
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *accels[] = { keys[i].keys[0], keys[i].keys[1], NULL };

      gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, accels);
    }
}
