/* SPDX-License-Identifier: GPL-3.0-or-later */
/* org.freedesktop.Notifications: see the header. */

#include "config.h"

#include "ent-cli-notify.h"

#include "ent-cli-output.h"
#include "ent-words.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define SERVICE "org.freedesktop.Notifications"
#define OBJECT_PATH "/org/freedesktop/Notifications"
/* Somebody who shows notifications answers at once; a timer must not hang on one who does not. */
#define TIMEOUT_MS 3000

static GVariant *
call (GDBusConnection *bus, const char *method, GVariant *parameters, GError **error)
{
  return g_dbus_connection_call_sync (bus, SERVICE, OBJECT_PATH, SERVICE, method, parameters, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, NULL, error);
}

/* Some read the body as markup, others as it stands; a name may hold any sign. */
static gboolean
reads_markup (GDBusConnection *bus)
{
  g_autoptr (GVariant) answer = call (bus, "GetCapabilities", NULL, NULL);
  g_autofree const char **capabilities = NULL;

  if (answer == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(as)")))
    return FALSE;
  g_variant_get (answer, "(^a&s)", &capabilities);
  return g_strv_contains (capabilities, "body-markup");
}

static GVariant *
message_new (const char *title, const char *body)
{
  GVariantBuilder hints;

  g_variant_builder_init (&hints, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&hints, "{sv}", "desktop-entry", g_variant_new_string (APP_ID));
  g_variant_builder_add (&hints, "{sv}", "category", g_variant_new_string ("transfer.complete"));
  return g_variant_new ("(susss@asa{sv}i)", "Entrega", 0u, APP_ID, title, body,
                        g_variant_new_strv (NULL, 0), &hints, -1);
}

static void
notify (const EntCli *cli, const char *title, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *shown = NULL;

  if (bus != NULL)
    {
      /* A bus that ends takes no report with it. */
      g_dbus_connection_set_exit_on_close (bus, FALSE);
      shown = reads_markup (bus) ? g_markup_escape_text (body, -1) : g_strdup (body);
      answer = call (bus, "Notify", message_new (title, shown), &error);
    }
  if (answer == NULL)
    ent_cli_note (cli, _ ("No notification was shown: %s"), error->message);
}

static const char *
name_of (const EntReport *report)
{
  return report->name != NULL ? report->name : ent_words_view (report->view);
}

void
ent_cli_notify_done (const EntCli *cli, const EntReport *report, const EntExportResult *result)
{
  g_autofree char *rows = ent_words_rows (result->rows);
  g_autofree char *base = g_path_get_basename (result->path);
  g_autofree char *file = g_filename_display_name (base);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  /* Translators: title of a notification; %s is the name of a report template. */
  title = g_strdup_printf (_ ("Report “%s” is ready"), name_of (report));
  /* Translators: text of a notification: "12,480 rows", the name of a file. */
  body = g_strdup_printf (C_ ("notification", "%s · %s"), rows, file);
  notify (cli, title, body);
}

void
ent_cli_notify_failed (const EntCli *cli, const EntReport *report)
{
  g_autofree char *title = NULL;

  /* Translators: title of a notification; %s is the name of a report template. */
  title = g_strdup_printf (_ ("Report “%s” could not be written"), name_of (report));
  notify (cli, title, _ ("Entrega tells why among the exported reports."));
}
