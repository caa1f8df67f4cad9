/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window's templates share. Main thread, but for the _in_worker functions. */
#pragma once

#include "ent-window-private.h"

G_BEGIN_DECLS

/* The template as the list has it now; NULL where it is gone. */
EntTemplate *ent_window_find_template (EntWindow *self, gint64 id);
/* The names of all. (transfer full) */
GStrv ent_window_template_names (EntWindow *self);
/* "Name", or "Name (2)" and so on where that is taken. (transfer full) */
char *ent_window_free_template_name (EntWindow *self, const char *name);

/* One piece of work on a worker, and what comes of it. */
typedef struct
{
  EntWindow *window;
  gint64 id;       /* 0: a new one */
  gint64 revision; /* as it was read; -1: whatever is there */
  EntReport *report;
  EntTemplate *saved;
  gint64 position;
  gboolean pinned;
  gboolean undelete;
  gboolean quiet;          /* no toast */
  EntScheduleEntry *timer; /* goes with it; NULL without one */
} EntTemplateJob;

EntTemplateJob *ent_template_job_new (EntWindow *self, gint64 id);
void ent_template_job_free (EntTemplateJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTemplateJob, ent_template_job_free)
/* The job outlives its worker: @callback gets it and frees it. */
void ent_template_job_start (EntTemplateJob *job, EntEngineJob work, GAsyncReadyCallback callback);
gboolean ent_template_job_save_in_worker (EntUserData *user_data, gpointer job, GError **error);

/* Saves @report over @id as it was at @revision; asks where it was changed elsewhere. */
void ent_window_save_report (
    EntWindow *self, const EntReport *report, gint64 id, gint64 revision, gboolean quiet);
/* A window (or this one) saved a template: what is loaded here is that, where it is the same. */
void ent_window_template_saved (EntWindow *self, EntTemplate *saved);
/* Name, state and buttons above the report. */
void ent_window_update_template_bar (EntWindow *self);

G_END_DECLS
