/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files first, then word to systemd over D-Bus: a machine whose user session has no systemd keeps
 * the files and the user is told so. Blocking; on a worker. */
#include "config.h"

#include "ent-timer.h"

#include "ent-schedule-unit.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define SYSTEMD "org.freedesktop.systemd1"
#define SYSTEMD_PATH "/org/freedesktop/systemd1"
#define MANAGER "org.freedesktop.systemd1.Manager"
#define CALL_TIMEOUT_MS 5000

G_DEFINE_QUARK (ent - timer - error - quark, ent_timer_error)

char *
ent_timer_dir (void)
{
  return g_build_filename (g_get_user_config_dir (), "systemd", "user", NULL);
}

static char *
unit_path (const char *unit, const char *suffix)
{
  g_autofree char *dir = ent_timer_dir ();
  g_autofree char *name = g_strconcat (unit, suffix, NULL);

  return g_build_filename (dir, name, NULL);
}

static gboolean
is_valid (const EntScheduleEntry *entry, GError **error)
{
  if (entry->template_name != NULL && *entry->template_name != '\0' && entry->file_name != NULL &&
      *entry->file_name != '\0' && g_path_is_absolute (entry->program) &&
      g_path_is_absolute (entry->data_dir) && g_path_is_absolute (entry->folder) &&
      ent_schedule_is_valid (&entry->when))
    return TRUE;
  g_set_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_INVALID,
               "a schedule needs a template, a file name, a time, and absolute paths");
  return FALSE;
}

static gboolean
write_unit (const char *unit, const char *suffix, const char *text, GError **error)
{
  g_autofree char *path = unit_path (unit, suffix);

  return g_file_set_contents_full (
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static gboolean
write_units (const EntScheduleEntry *entry, const char *unit, GError **error)
{
  g_autofree char *dir = ent_timer_dir ();
  g_autofree char *service = ent_schedule_service_text (entry);
  g_autofree char *timer = ent_schedule_timer_text (entry);

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", dir,
                   g_strerror (errno));
      return FALSE;
    }
  return write_unit (unit, ".service", service, error) && write_unit (unit, ".timer", timer, error);
}

/* --- systemd ------------------------------------------------------------------------------ */

static gboolean
call (GDBusConnection *bus, const char *method, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_sync (bus, SYSTEMD, SYSTEMD_PATH, MANAGER, method, parameters, NULL,
                                   G_DBUS_CALL_FLAGS_NONE, CALL_TIMEOUT_MS, NULL, error);

  return answer != NULL;
}

static GVariant *
names_of (const char *timer)
{
  const char *names[] = { timer, NULL };

  return g_variant_new_strv (names, 1);
}

static gboolean
start_timer (GDBusConnection *bus, const char *timer, GError **error)
{
  return call (bus, "Reload", NULL, error) &&
         call (bus, "EnableUnitFiles", g_variant_new ("(@asbb)", names_of (timer), FALSE, TRUE),
               error) &&
         call (bus, "RestartUnit", g_variant_new ("(ss)", timer, "replace"), error);
}

static gboolean
stop_timer (GDBusConnection *bus, const char *timer, GError **error)
{
  return call (bus, "StopUnit", g_variant_new ("(ss)", timer, "replace"), error) &&
         call (bus, "DisableUnitFiles", g_variant_new ("(@asb)", names_of (timer), FALSE), error);
}

static GDBusConnection *
get_bus (GDBusConnection *bus, GError **error)
{
  return bus != NULL ? g_object_ref (bus) : g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
}

/* Whatever kept systemd from answering, the user can do the same about it. */
static void
set_unavailable (GError **error, GError *cause)
{
  g_set_error (error, ENT_TIMER_ERROR, ENT_TIMER_ERROR_UNAVAILABLE,
               "systemd of this user does not answer: %s", cause->message);
}

gboolean
ent_timer_set (const EntScheduleEntry *entry, GDBusConnection *bus, GError **error)
{
  g_autofree char *unit = NULL;
  g_autofree char *timer = NULL;
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) cause = NULL;

  if (!is_valid (entry, error))
    return FALSE;
  unit = ent_schedule_unit_name (entry->data_dir, entry->template_id);
  timer = g_strconcat (unit, ".timer", NULL);
  if (!write_units (entry, unit, error))
    return FALSE;
  connection = get_bus (bus, &cause);
  if (connection != NULL && start_timer (connection, timer, &cause))
    return TRUE;
  set_unavailable (error, cause);
  return FALSE;
}

static gboolean
unlink_unit (const char *unit, const char *suffix, GError **error)
{
  g_autofree char *path = unit_path (unit, suffix);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

gboolean
ent_timer_remove (const char *data_dir, gint64 template_id, GDBusConnection *bus, GError **error)
{
  g_autofree char *unit = ent_schedule_unit_name (data_dir, template_id);
  g_autofree char *timer = g_strconcat (unit, ".timer", NULL);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean stopped;

  connection = get_bus (bus, &cause);
  stopped = connection != NULL && stop_timer (connection, timer, &cause);
  if (!unlink_unit (unit, ".timer", error) || !unlink_unit (unit, ".service", error))
    return FALSE;
  /* Without its files a timer that still waits finds nothing to run. */
  if (stopped && call (connection, "Reload", NULL, &cause))
    return TRUE;
  set_unavailable (error, cause);
  return FALSE;
}

/* --- listing ------------------------------------------------------------------------------ */

static EntScheduleEntry *
read_entry (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? ent_schedule_entry_parse (text) : NULL;
}

GPtrArray *
ent_timer_list (const char *data_dir)
{
  g_autofree char *dir = ent_timer_dir ();
  g_autofree char *prefix = ent_schedule_unit_prefix (data_dir);
  g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_schedule_entry_free);
  const char *name;

  while (handle != NULL && (name = g_dir_read_name (handle)) != NULL)
    {
      EntScheduleEntry *entry = NULL;

      if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".service"))
        entry = read_entry (dir, name);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return entries;
}

EntScheduleEntry *
ent_timer_find (const char *data_dir, gint64 template_id)
{
  g_autofree char *dir = ent_timer_dir ();
  g_autofree char *unit = ent_schedule_unit_name (data_dir, template_id);
  g_autofree char *name = g_strconcat (unit, ".service", NULL);

  return read_entry (dir, name);
}
