/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timers on disk, as systemd's own verifier reads them, and the conversation with a systemd that we
 * play ourselves on a private bus. */
#include "config.h"

#include "ent-schedule-unit.h"
#include "ent-test-util.h"
#include "ent-timer.h"

#include <glib/gstdio.h>
#include <string.h>

#define DATA_DIR "/tmp/entrega-data"

static EntScheduleEntry *
entry_new (gint64 id, const char *name)
{
  EntScheduleEntry *entry = ent_schedule_entry_new ();

  entry->template_id = id;
  entry->template_name = g_strdup (name);
  entry->program = g_strdup ("/usr/bin/true");
  entry->data_dir = g_strdup (DATA_DIR);
  entry->folder = g_strdup ("/tmp/a b $c %d \"e\" \\f");
  entry->file_name = g_strdup ("{template}-{from}-{to}.xlsx");
  return entry;
}

/* --- a manager that notes what it is asked -------------------------------------------------- */

static const char manager_xml[] =
    "<node><interface name='org.freedesktop.systemd1.Manager'>"
    "<method name='Reload'/>"
    "<method name='EnableUnitFiles'><arg type='as' direction='in'/><arg type='b' direction='in'/>"
    "<arg type='b' direction='in'/><arg type='b' direction='out'/><arg type='a(sss)' "
    "direction='out'/></method>"
    "<method name='DisableUnitFiles'><arg type='as' direction='in'/><arg type='b' direction='in'/>"
    "<arg type='a(sss)' direction='out'/></method>"
    "<method name='RestartUnit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<method name='StopUnit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "</interface></node>";

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *server; /* on its own thread's context */
  GDBusConnection *client;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GMutex lock;
  GCond ready;
  gboolean is_ready;
  GString *calls;
} Manager;

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
  Manager *manager = user_data;

  g_mutex_lock (&manager->lock);
  g_string_append_printf (manager->calls, "%s ", method);
  g_mutex_unlock (&manager->lock);
  if (strcmp (method, "EnableUnitFiles") == 0)
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(b@a(sss))", TRUE,
                                   g_variant_new_array (G_VARIANT_TYPE ("(sss)"), NULL, 0)));
  else if (strcmp (method, "DisableUnitFiles") == 0)
    g_dbus_method_invocation_return_value (
        invocation,
        g_variant_new ("(@a(sss))", g_variant_new_array (G_VARIANT_TYPE ("(sss)"), NULL, 0)));
  else if (strcmp (method, "Reload") == 0)
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/job/1"));
}

static const GDBusInterfaceVTable manager_vtable = { .method_call = method_cb };

static GDBusConnection *
connect_to (Manager *manager)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (manager->bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static gpointer
manager_thread (gpointer user_data)
{
  Manager *manager = user_data;
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (manager_xml, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (manager->context);
  manager->server = connect_to (manager);
  g_dbus_connection_register_object (manager->server, "/org/freedesktop/systemd1",
                                     info->interfaces[0], &manager_vtable, manager, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (
      manager->server, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.freedesktop.systemd1", 0), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_mutex_lock (&manager->lock);
  manager->is_ready = TRUE;
  g_cond_signal (&manager->ready);
  g_mutex_unlock (&manager->lock);
  g_main_loop_run (manager->loop);
  g_dbus_connection_close_sync (manager->server, NULL, NULL);
  g_clear_object (&manager->server);
  g_main_context_pop_thread_default (manager->context);
  return NULL;
}

static void
manager_start (Manager *manager)
{
  manager->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (manager->bus);
  manager->context = g_main_context_new ();
  manager->loop = g_main_loop_new (manager->context, FALSE);
  manager->calls = g_string_new (NULL);
  g_mutex_init (&manager->lock);
  g_cond_init (&manager->ready);
  manager->thread = g_thread_new ("manager", manager_thread, manager);
  g_mutex_lock (&manager->lock);
  while (!manager->is_ready)
    g_cond_wait (&manager->ready, &manager->lock);
  g_mutex_unlock (&manager->lock);
  manager->client = connect_to (manager);
}

static void
manager_stop (Manager *manager)
{
  g_dbus_connection_close_sync (manager->client, NULL, NULL);
  g_clear_object (&manager->client);
  g_main_loop_quit (manager->loop);
  g_thread_join (manager->thread);
  g_main_loop_unref (manager->loop);
  g_main_context_unref (manager->context);
  g_string_free (manager->calls, TRUE);
  g_mutex_clear (&manager->lock);
  g_cond_clear (&manager->ready);
  g_test_dbus_down (manager->bus);
  g_clear_object (&manager->bus);
}

/* --- tests -------------------------------------------------------------------------------- */

static void
test_set_list_remove (void)
{
  Manager manager = { 0 };
  g_autoptr (EntScheduleEntry) entry = entry_new (7, "Segunda “100 %”");
  g_autoptr (EntScheduleEntry) other = entry_new (8, "Outra");
  g_autoptr (EntScheduleEntry) found = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  manager_start (&manager);
  g_assert_true (ent_timer_set (entry, manager.client, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (manager.calls->str, ==, "Reload EnableUnitFiles RestartUnit ");
  g_assert_true (ent_timer_set (other, manager.client, &error));
  entries = ent_timer_list (DATA_DIR);
  g_assert_cmpuint (entries->len, ==, 2);
  found = ent_timer_find (DATA_DIR, 7);
  g_assert_cmpstr (found->template_name, ==, "Segunda “100 %”");
  g_string_truncate (manager.calls, 0);
  g_assert_true (ent_timer_remove (DATA_DIR, 7, manager.client, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (manager.calls->str, ==, "StopUnit DisableUnitFiles Reload ");
  g_assert_null (ent_timer_find (DATA_DIR, 7));
  g_assert_true (ent_timer_remove (DATA_DIR, 8, manager.client, &error));
  manager_stop (&manager);
}

/* Without systemd the files are there, and the caller hears what is missing. */
static void
test_no_systemd (void)
{
  g_autoptr (EntScheduleEntry) entry = entry_new (9, "Nobody answers");
  g_autoptr (EntScheduleEntry) found = NULL;
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  Manager nobody = { .bus = bus };

  g_test_dbus_up (bus);
  connection = connect_to (&nobody);
  g_assert_false (ent_timer_set (entry, connection, &error));
  g_assert_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE);
  found = ent_timer_find (DATA_DIR, 9);
  g_assert_nonnull (found);
  g_clear_error (&error);
  g_assert_false (ent_timer_remove (DATA_DIR, 9, connection, &error));
  g_assert_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE);
  g_clear_pointer (&found, ent_schedule_entry_free);
  found = ent_timer_find (DATA_DIR, 9);
  g_assert_null (found);
  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_clear_object (&connection);
  g_test_dbus_down (bus);
}

static void
test_refused (void)
{
  g_autoptr (EntScheduleEntry) entry = entry_new (10, "Relative");
  g_autoptr (GError) error = NULL;

  g_free (entry->folder);
  entry->folder = g_strdup ("relative");
  g_assert_false (ent_timer_set (entry, NULL, &error));
  g_assert_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_INVALID);
}

/* systemd's own judgement of what was written, in a runtime folder of the test's own. */
static void
test_systemd_agrees (void)
{
  g_autoptr (EntTestDir) dir = ent_test_dir_new ();
  g_autoptr (EntScheduleEntry) entry = entry_new (11, "Semana % $HOME \"x\" \\n");
  g_autofree char *service = ent_schedule_service_text (entry);
  g_autofree char *timer = ent_schedule_timer_text (entry);
  g_autofree char *service_path = ent_test_write_file (dir, "entrega-test.service", service, -1);
  g_autofree char *timer_path = ent_test_write_file (dir, "entrega-test.timer", timer, -1);
  g_autofree char *runtime = g_strconcat ("XDG_RUNTIME_DIR=", dir, NULL);
  const char *argv[] = { "env",    runtime,      "systemd-analyze", "--user", "--man=no",
                         "verify", service_path, timer_path,        NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_assert_cmpint (ent_test_run (argv, NULL, &out, &err), ==, 0);
  g_assert_null (strstr (err, "entrega-test"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/schedule/timer/set-list-remove", test_set_list_remove);
  g_test_add_func ("/schedule/timer/no-systemd", test_no_systemd);
  g_test_add_func ("/schedule/timer/refused", test_refused);
  g_test_add_func ("/schedule/timer/systemd-agrees", test_systemd_agrees);
  return g_test_run ();
}
