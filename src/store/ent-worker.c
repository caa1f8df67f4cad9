/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread with a queue: see the header. The queue is the only thing that threads share. */

#include "config.h"

#include "ent-worker.h"

typedef struct
{
  EntWork work; /* NULL: the end */
  gpointer data;
  struct Waiter *waiter;
} Job;

struct Waiter
{
  GMutex lock;
  GCond done_cond;
  gboolean done;
};

struct _EntWorker
{
  GThread *thread;
  GAsyncQueue *jobs;
};

static gpointer
run (gpointer user_data)
{
  EntWorker *self = user_data;
  gboolean more = TRUE;

  while (more)
    {
      g_autofree Job *job = g_async_queue_pop (self->jobs);

      more = job->work != NULL;
      if (more)
        job->work (job->data);
      if (job->waiter != NULL)
        {
          g_mutex_lock (&job->waiter->lock);
          job->waiter->done = TRUE;
          g_cond_signal (&job->waiter->done_cond);
          g_mutex_unlock (&job->waiter->lock);
        }
    }
  return NULL;
}

static void
push (EntWorker *self, EntWork work, gpointer data, struct Waiter *waiter)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->waiter = waiter;
  g_async_queue_push (self->jobs, job);
}

EntWorker *
ent_worker_new (const char *name)
{
  EntWorker *self = g_new0 (EntWorker, 1);

  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, run, self);
  return self;
}

void
ent_worker_stop (EntWorker *self)
{
  if (self == NULL)
    return;
  g_assert (!ent_worker_is_current (self));
  push (self, NULL, NULL, NULL);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_free (self);
}

void
ent_worker_push (EntWorker *self, EntWork work, gpointer data)
{
  push (self, work, data, NULL);
}

void
ent_worker_run (EntWorker *self, EntWork work, gpointer data)
{
  struct Waiter waiter = { .done = FALSE };

  g_assert (!ent_worker_is_current (self));
  g_mutex_init (&waiter.lock);
  g_cond_init (&waiter.done_cond);
  push (self, work, data, &waiter);
  g_mutex_lock (&waiter.lock);
  while (!waiter.done)
    g_cond_wait (&waiter.done_cond, &waiter.lock);
  g_mutex_unlock (&waiter.lock);
  g_mutex_clear (&waiter.lock);
  g_cond_clear (&waiter.done_cond);
}

gboolean
ent_worker_is_current (EntWorker *self)
{
  return g_thread_self () == self->thread;
}
