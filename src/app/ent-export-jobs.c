/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job here is the window's side of one ent_export_run_async. Main thread; owned by the engine. */
#include "config.h"

#include "ent-export-jobs.h"

/* A rate from less than this is a guess. */
#define MIN_MEASURED_US 300000

typedef struct
{
  EntExportJobs *jobs;
  GCancellable *cancellable;
  gint64 record_id; /* 0 until the first progress */
  EntExportProgress latest;
  gint64 started; /* monotonic µs, when its turn came; 0 before */
  EntExportJobFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Job;

struct _EntExportJobs
{
  GObject parent_instance;

  EntEngine *engine; /* (not owned): owns us */
  GPtrArray *running;
};

G_DEFINE_FINAL_TYPE (EntExportJobs, ent_export_jobs, G_TYPE_OBJECT)

static guint progress_signal;

static void
job_free (Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->jobs);
  g_free (job);
}

static Job *
find (EntExportJobs *self, gint64 record_id)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      Job *job = g_ptr_array_index (self->running, i);

      if (job->record_id == record_id && record_id != 0)
        return job;
    }
  return NULL;
}

static void
reload (EntExportJobs *self)
{
  if (ent_engine_is_open (self->engine))
    ent_engine_reload (self->engine, ENT_ENGINE_EXPORTS);
}

static void
progress_cb (const EntExportProgress *progress, gpointer user_data)
{
  Job *job = user_data;
  gboolean is_new = job->record_id == 0 || progress->state != job->latest.state;

  job->latest = *progress;
  job->record_id = progress->record_id;
  if (job->started == 0 && progress->state == ENT_EXPORT_RUNNING)
    job->started = g_get_monotonic_time ();
  /* The history has it now, or says something else of it. */
  if (is_new)
    reload (job->jobs);
  g_signal_emit (job->jobs, progress_signal, 0, job->record_id);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (EntExportJobs) self = g_object_ref (job->jobs);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntExportResult) done = ent_export_run_finish (result, &error);

  g_ptr_array_remove_fast (self->running, job);
  reload (self);
  g_signal_emit (self, progress_signal, 0, job->record_id);
  job->func (done, error, job->data);
  job_free (job);
}

void
ent_export_jobs_start (EntExportJobs *self,
                       const EntExportRequest *request,
                       EntExportJobFunc func,
                       gpointer data,
                       GDestroyNotify destroy)
{
  Job *job;

  g_return_if_fail (ENT_IS_EXPORT_JOBS (self));
  g_return_if_fail (func != NULL);

  job = g_new0 (Job, 1);
  job->jobs = g_object_ref (self);
  job->cancellable = g_cancellable_new ();
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  g_ptr_array_add (self->running, job);
  ent_export_run_async (ent_engine_get_store (self->engine),
                        ent_engine_get_user_data (self->engine), request, progress_cb, job,
                        job->cancellable, done_cb, job);
}

gboolean
ent_export_jobs_get_progress (EntExportJobs *self, gint64 record_id, EntExportJobProgress *progress)
{
  Job *job = find (self, record_id);
  gint64 elapsed;

  if (job == NULL)
    return FALSE;
  *progress =
      (EntExportJobProgress){ .done = job->latest.done, .total = job->latest.total, .seconds = -1 };
  progress->waiting = job->started == 0;
  elapsed = job->started != 0 ? g_get_monotonic_time () - job->started : 0;
  if (elapsed < MIN_MEASURED_US || job->latest.done == 0)
    return TRUE;
  progress->rate = (double) job->latest.done * G_USEC_PER_SEC / (double) elapsed;
  progress->seconds =
      (gint64) ((double) (job->latest.total - job->latest.done) / progress->rate + 0.5);
  return TRUE;
}

void
ent_export_jobs_cancel (EntExportJobs *self, gint64 record_id)
{
  Job *job = find (self, record_id);

  if (job != NULL)
    g_cancellable_cancel (job->cancellable);
}

guint
ent_export_jobs_get_n_running (EntExportJobs *self)
{
  return self->running->len;
}

static void
ent_export_jobs_finalize (GObject *object)
{
  g_ptr_array_unref (ENT_EXPORT_JOBS (object)->running);
  G_OBJECT_CLASS (ent_export_jobs_parent_class)->finalize (object);
}

static void
ent_export_jobs_class_init (EntExportJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_export_jobs_finalize;
  progress_signal = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ent_export_jobs_init (EntExportJobs *self)
{
  self->running = g_ptr_array_new ();
}

EntExportJobs *
ent_export_jobs_get (EntEngine *engine)
{
  EntExportJobs *self = g_object_get_data (G_OBJECT (engine), "ent-export-jobs");

  if (self != NULL)
    return self;
  self = g_object_new (ENT_TYPE_EXPORT_JOBS, NULL);
  self->engine = engine;
  g_object_set_data_full (G_OBJECT (engine), "ent-export-jobs", self, g_object_unref);
  return self;
}
