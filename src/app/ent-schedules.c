/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timers read and written on workers: see the header. Main thread. */
#include "config.h"

#include "ent-schedules.h"

#include "ent-timer.h"

struct _EntSchedules
{
  GObject parent_instance;

  EntEngine *engine;
  GPtrArray *entries; /* EntScheduleEntry */
  guint generation;   /* of the latest reload: late answers are dropped */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EntSchedules, ent_schedules, G_TYPE_OBJECT)

/* ---- Reading ---- */

static void
list_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, ent_timer_list (data), (GDestroyNotify) g_ptr_array_unref);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntSchedules *self = ENT_SCHEDULES (source);
  GPtrArray *entries = g_task_propagate_pointer (G_TASK (result), NULL);

  if (entries == NULL)
    return;
  if (GPOINTER_TO_UINT (data) != self->generation)
    {
      g_ptr_array_unref (entries);
      return;
    }
  g_ptr_array_unref (self->entries);
  self->entries = entries;
  g_signal_emit (self, changed_signal, 0);
}

void
ent_schedules_reload (EntSchedules *self)
{
  g_autoptr (GTask) task = NULL;

  self->generation++;
  task = g_task_new (self, NULL, listed_cb, GUINT_TO_POINTER (self->generation));
  g_task_set_source_tag (task, ent_schedules_reload);
  g_task_set_task_data (task, g_strdup (ent_engine_get_data_dir (self->engine)), g_free);
  g_task_run_in_thread (task, list_in_worker);
}

const EntScheduleEntry *
ent_schedules_find (EntSchedules *self, gint64 template_id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const EntScheduleEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->template_id == template_id)
        return entry;
    }
  return NULL;
}

/* ---- Writing ---- */

static void
set_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (ent_timer_set (data, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

typedef struct
{
  char *data_dir;
  gint64 template_id;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_free (removal->data_dir);
  g_free (removal);
}

static void
remove_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Removal *removal = data;
  GError *error = NULL;

  if (ent_timer_remove (removal->data_dir, removal->template_id, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ent_schedules_set_async (EntSchedules *self,
                         const EntScheduleEntry *entry,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ent_schedules_set_async);
  g_task_set_task_data (task, ent_schedule_entry_copy (entry),
                        (GDestroyNotify) ent_schedule_entry_free);
  g_task_run_in_thread (task, set_in_worker);
}

void
ent_schedules_remove_async (EntSchedules *self,
                            gint64 template_id,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Removal *removal = g_new0 (Removal, 1);

  removal->data_dir = g_strdup (ent_engine_get_data_dir (self->engine));
  removal->template_id = template_id;
  g_task_set_source_tag (task, ent_schedules_remove_async);
  g_task_set_task_data (task, removal, removal_free);
  g_task_run_in_thread (task, remove_in_worker);
}

gboolean
ent_schedules_finish (EntSchedules *self, GAsyncResult *result, GError **error)
{
  ent_schedules_reload (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- GObject ---- */

static void
ent_schedules_finalize (GObject *object)
{
  EntSchedules *self = ENT_SCHEDULES (object);

  g_clear_object (&self->engine);
  g_ptr_array_unref (self->entries);
  G_OBJECT_CLASS (ent_schedules_parent_class)->finalize (object);
}

static void
ent_schedules_class_init (EntSchedulesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_schedules_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_schedules_init (EntSchedules *self)
{
  self->entries = g_ptr_array_new ();
}

EntSchedules *
ent_schedules_new (EntEngine *engine)
{
  EntSchedules *self = g_object_new (ENT_TYPE_SCHEDULES, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "templates-changed", G_CALLBACK (ent_schedules_reload), self,
                           G_CONNECT_SWAPPED);
  ent_schedules_reload (self);
  return self;
}

/* ---- What is possible ---- */

char *
ent_schedules_find_program (void)
{
  const char *given = g_getenv ("ENTREGA_CLI");
  g_autofree char *installed = g_build_filename (BINDIR, "entrega-cli", NULL);

  if (given != NULL && g_path_is_absolute (given))
    return g_strdup (given);
  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);
  return g_find_program_in_path ("entrega-cli");
}

gboolean
ent_schedules_is_possible (void)
{
  return !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}
