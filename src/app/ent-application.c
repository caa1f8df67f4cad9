/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start, options, a second instance, the engine's life, synchronising now and then. Actions
 * and keys are in ent-application-actions.c. Main thread. */
#include "config.h"

#include "ent-application.h"

#include "ent-application-private.h"
#include "ent-settings.h"
#include "ent-style.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

G_DEFINE_FINAL_TYPE (EntApplication, ent_application, ADW_TYPE_APPLICATION)

/* ---- Windows ---- */

static void
for_each_window (EntApplication *self, void (*function) (EntWindow *window))
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (ENT_IS_WINDOW (l->data))
      function (l->data);
}

EntWindow *
ent_application_new_window (EntApplication *self)
{
  EntWindow *window = ent_window_new (GTK_APPLICATION (self), self->engine);

  if (self->opened)
    ent_window_ready (window);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* ---- Sample data ---- */

static void
set_starting (EntApplication *self, gboolean starting)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (ENT_IS_WINDOW (l->data))
      ent_window_set_starting_sample (l->data, starting);
}

static void
sample_started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntApplication) self = data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (ent_engine_start_sample_finish (ENT_ENGINE (source), result, &error))
    return;
  self->sample_started = FALSE;
  set_starting (self, FALSE);
  if (ENT_IS_WINDOW (window))
    ent_window_toast_error (ENT_WINDOW (window), error);
}

void
ent_application_start_sample (EntApplication *self)
{
  if (!self->opened)
    {
      self->sample_wanted = TRUE;
      return;
    }
  if (self->sample_started && ent_engine_find_sample (self->engine) != NULL)
    return;
  self->sample_started = TRUE;
  set_starting (self, TRUE);
  ent_engine_start_sample_async (self->engine, sample_started_cb, g_object_ref (self));
}

/* ---- The engine ---- */

/* A program that ends while it synchronises first lets the running commit end. */
static void
syncing_cb (EntEngine *engine, GParamSpec *pspec, EntApplication *self)
{
  gboolean syncing = ent_engine_is_syncing (engine);

  if (syncing == self->holding)
    return;
  self->holding = syncing;
  if (syncing)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static gboolean
sync_now_and_then_cb (gpointer data)
{
  EntApplication *self = data;

  if (!ent_settings_get_boolean ("work-offline", FALSE) &&
      ent_engine_has_active_source (self->engine))
    ent_engine_synchronise (self->engine, NULL);
  return G_SOURCE_CONTINUE;
}

static void
schedule_sync (EntApplication *self)
{
  int minutes = ent_settings_get_int ("sync-interval", 15);

  g_clear_handle_id (&self->sync_id, g_source_remove);
  if (minutes > 0)
    self->sync_id = g_timeout_add_seconds ((guint) minutes * 60, sync_now_and_then_cb, self);
}

/* The first time that the sources are known: the sample's provider is started again, others
 * are synchronised. */
static void
sources_known_cb (EntEngine *engine, EntApplication *self)
{
  gboolean offline = ent_settings_get_boolean ("work-offline", FALSE);
  EntSourceRecord *sample = ent_engine_find_sample (engine);

  g_signal_handlers_disconnect_by_func (engine, sources_known_cb, self);
  if (self->sample_wanted || (sample != NULL && !sample->paused && !offline))
    ent_application_start_sample (self);
  else if (ent_engine_has_active_source (engine) && !offline &&
           ent_settings_get_int ("sync-interval", 15) > 0)
    ent_engine_synchronise (engine, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (self->engine == NULL)
    return;
  if (!ent_engine_open_finish (ENT_ENGINE (source), result, &error))
    {
      for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
        if (ENT_IS_WINDOW (l->data))
          ent_window_fail (l->data, error);
      return;
    }
  self->opened = TRUE;
  for_each_window (self, ent_window_ready);
  g_signal_connect (self->engine, "sources-changed", G_CALLBACK (sources_known_cb), self);
  g_signal_connect_object (self->engine, "notify::syncing", G_CALLBACK (syncing_cb), self, 0);
  schedule_sync (self);
}

/* ---- Colours ---- */

static void
update_color_scheme (EntApplication *self)
{
  g_autofree char *scheme = ent_settings_dup_string ("color-scheme", "system");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (scheme, "dark")    ? ADW_COLOR_SCHEME_FORCE_DARK
                                      : g_str_equal (scheme, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                                      : ADW_COLOR_SCHEME_DEFAULT);
}

/* ---- GApplication ---- */

static char *
default_data_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), APP_ID, NULL);
}

static void
ent_application_startup (GApplication *application)
{
  EntApplication *self = ENT_APPLICATION (application);

  G_APPLICATION_CLASS (ent_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (APP_ID);
  ent_style_init ();
  update_color_scheme (self);
  ent_application_add_actions (self);
  if (ent_settings_get () != NULL)
    {
      g_signal_connect_object (ent_settings_get (), "changed::color-scheme",
                               G_CALLBACK (update_color_scheme), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (ent_settings_get (), "changed::sync-interval",
                               G_CALLBACK (schedule_sync), self, G_CONNECT_SWAPPED);
    }
  if (self->data_dir == NULL)
    self->data_dir = default_data_dir ();
  self->engine = ent_engine_new (self->data_dir);
  ent_engine_open_async (self->engine, opened_cb, g_object_ref (self));
}

static void
ent_application_activate (GApplication *application)
{
  EntApplication *self = ENT_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    ent_application_new_window (self);
}

/* Files are templates. */
static void
ent_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  GtkWindow *window;

  g_application_activate (application);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  for (int i = 0; ENT_IS_WINDOW (window) && i < n_files; i++)
    ent_window_open_file (ENT_WINDOW (window), files[i]);
}

/* The last window is closed: nothing goes on behind the user's back. */
static void
ent_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  EntApplication *self = ENT_APPLICATION (application);

  GTK_APPLICATION_CLASS (ent_application_parent_class)->window_removed (application, window);
  if (gtk_application_get_windows (application) == NULL && self->engine != NULL)
    ent_engine_cancel_sync (self->engine);
}

static void
ent_application_shutdown (GApplication *application)
{
  EntApplication *self = ENT_APPLICATION (application);

  g_clear_handle_id (&self->sync_id, g_source_remove);
  if (self->engine != NULL)
    ent_engine_close (self->engine);
  g_clear_object (&self->engine);
  G_APPLICATION_CLASS (ent_application_parent_class)->shutdown (application);
}

/* Options of this process; a running instance is told only what concerns it. */
static int
ent_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  EntApplication *self = ENT_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *now = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("entrega %s\n", VERSION);
      return EXIT_SUCCESS;
    }
  g_variant_dict_lookup (options, "now", "&s", &now);
  if (!ent_clock_set (now, &error))
    {
      g_printerr ("entrega: %s\n", error->message);
      return 2;
    }
  if (g_variant_dict_lookup (options, "data-dir", "^ay", &self->data_dir))
    {
      char *path = g_canonicalize_filename (self->data_dir, NULL);

      g_free (self->data_dir);
      self->data_dir = path;
      /* Another folder is another application: it does not join the running one. */
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  /* The same switch as in the menu: a running instance hears of it too. */
  if (g_variant_dict_contains (options, "offline"))
    ent_settings_set_boolean ("work-offline", TRUE);
  self->sample_wanted = g_variant_dict_contains (options, "sample");
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("entrega: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (g_application_get_is_remote (application) && self->sample_wanted)
    g_action_group_activate_action (G_ACTION_GROUP (application), "try-sample", NULL);
  return -1;
}

static void
ent_application_finalize (GObject *object)
{
  g_free (ENT_APPLICATION (object)->data_dir);
  G_OBJECT_CLASS (ent_application_parent_class)->finalize (object);
}

static void
ent_application_class_init (EntApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_application_finalize;
  application_class->startup = ent_application_startup;
  application_class->activate = ent_application_activate;
  application_class->open = ent_application_open;
  application_class->shutdown = ent_application_shutdown;
  application_class->handle_local_options = ent_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = ent_application_window_removed;
}

static void
ent_application_init (EntApplication *self)
{
  const GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start with sample data"), NULL },
    { "offline", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Work offline, from now on"), NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Keep the data in DIR"), N_ ("DIR") },
    { "now", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Take INSTANT for the present time"),
      N_ ("INSTANT") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/* ---- Public ---- */

EntEngine *
ent_application_get_engine (EntApplication *self)
{
  return self->engine;
}

int
ent_application_main (int argc, char **argv)
{
  g_autoptr (EntApplication) self = NULL;

  /* The words set the locale, and keep the decimal point for what libraries write. */
  gtk_disable_setlocale ();
  ent_words_init (NULL);
  g_set_application_name ("Entrega");
  self =
      g_object_new (ENT_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                    G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/entrega/Entrega", NULL);
  return g_application_run (G_APPLICATION (self), argc, argv);
}
