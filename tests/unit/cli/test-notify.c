/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export --notify, with a desktop that we play ourselves on a bus of the test's own, and without
 * any. */
#include "config.h"

#include "template-test.h"

#include <string.h>

static const char xml[] =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' "
    "direction='in'/>"
    "<arg type='u' direction='out'/></method></interface></node>";

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  const char *capability;
  GString *shown; /* title and body of each, a line each */
} Desktop;

static void
method_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Desktop *desktop = user_data;
  const char *title, *body;

  if (strcmp (method, "GetCapabilities") == 0)
    {
      const char *capabilities[] = { "body", desktop->capability, NULL };

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
      return;
    }
  g_variant_get (parameters, "(&su&s&s&s@as@a{sv}i)", NULL, NULL, NULL, &title, &body, NULL, NULL,
                 NULL);
  g_string_append_printf (desktop->shown, "%s\n%s\n", title, body);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
}

static const GDBusInterfaceVTable vtable = { .method_call = method_cb };

static void
desktop_start (Desktop *self)
{
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  self->shown = g_string_new (NULL);
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  self->connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (self->connection, "/org/freedesktop/Notifications",
                                     info->interfaces[0], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (
      self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.freedesktop.Notifications", 0), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
desktop_stop (Desktop *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_test_dbus_down (self->bus);
  g_clear_object (&self->bus);
  g_string_free (self->shown, TRUE);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

/* The command, on that bus; its status. What it notifies is heard while it runs. */
static int
export_to (TemplateTest *test, const char *address, const char *output)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  g_autofree char *data = template_test_path (test, "data");
  const char *argv[] = { program,        "--data-dir", data,       "export", "--template",
                         "A & <b>B</b>", "--notify",   "--output", output,   NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  g_assert_nonnull (process);
  g_subprocess_wait_async (process, NULL, ent_test_store_result, &result);
  g_assert_true (ent_test_wait_until (has_result, &result, 20000));
  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
  return g_subprocess_get_exit_status (process);
}

static void
check_shown (const char *capability, const char *expected)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *output = template_test_path (test, "{template}.csv");
  Desktop desktop = { .capability = capability };

  template_test_do (test, "template", "save", "--name", "A & <b>B</b>", "--period", "last-7-days",
                    "--phone", "+5511987654321", NULL);
  desktop_start (&desktop);
  g_assert_cmpint (export_to (test, g_test_dbus_get_bus_address (desktop.bus), output), ==, 0);
  g_assert_cmpstr (desktop.shown->str, ==, expected);
  desktop_stop (&desktop);
}

/* Name, rows and file, and nothing of what the report is about. */
static void
test_shown (void)
{
  check_shown ("actions", "Report “A & <b>B</b>” is ready\n7 rows · A & -b-B--b-.csv\n");
}

static void
test_shown_as_markup (void)
{
  check_shown ("body-markup", "Report “A & <b>B</b>” is ready\n7 rows · A &amp; -b-B--b-.csv\n");
}

static void
test_failure (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *output = template_test_path (test, "nowhere/x.csv");
  Desktop desktop = { .capability = "actions" };

  template_test_do (test, "template", "save", "--name", "A & <b>B</b>", NULL);
  desktop_start (&desktop);
  g_assert_cmpint (export_to (test, g_test_dbus_get_bus_address (desktop.bus), output), ==, 1);
  g_assert_true (
      g_str_has_prefix (desktop.shown->str, "Report “A & <b>B</b>” could not be written\n"));
  g_assert_null (strstr (desktop.shown->str, "nowhere"));
  desktop_stop (&desktop);
}

/* No bus, a bus without a desktop: the file is written, and that is all. */
static void
test_nobody_to_notify (void)
{
  g_autoptr (TemplateTest) test = template_test_new ();
  g_autofree char *output = template_test_path (test, "x.csv");
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  template_test_do (test, "template", "save", "--name", "A & <b>B</b>", NULL);
  g_assert_cmpint (export_to (test, "disabled:", output), ==, 0);
  g_assert_cmpint (export_to (test, "unix:path=/nowhere/at/all", output), ==, 0);
  g_test_dbus_up (bus);
  g_assert_cmpint (export_to (test, g_test_dbus_get_bus_address (bus), output), ==, 0);
  g_test_dbus_down (bus);
  g_assert_true (g_file_test (output, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/notify/shown", test_shown);
  g_test_add_func ("/cli/notify/shown-as-markup", test_shown_as_markup);
  g_test_add_func ("/cli/notify/failure", test_failure);
  g_test_add_func ("/cli/notify/nobody-to-notify", test_nobody_to_notify);
  return g_test_run ();
}
