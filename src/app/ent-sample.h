/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bundled provider of sample data as a child process: started with a seed and a span of
 * days, its clock moved on to now. Ends with us. Main thread; owned by the engine. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 seed;
  char *start; /* YYYY-MM-DD, first day with messages */
  char *end;   /* YYYY-MM-DD, last whole day; later ones come as the clock moves */
  gint64 messages;
} EntSamplePlan;

void ent_sample_plan_clear (EntSamplePlan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntSamplePlan, ent_sample_plan_clear)
/* A fresh one that ends yesterday. */
void ent_sample_plan_init (EntSamplePlan *self, gint64 now);
/* From and to the options of the source; FALSE where they say nothing of a sample. */
gboolean ent_sample_plan_from_options (EntSamplePlan *self, JsonObject *options);
void ent_sample_plan_to_options (const EntSamplePlan *self, JsonObject *options);

typedef struct _EntSample EntSample;

/* Ends the child. */
void ent_sample_free (EntSample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSample, ent_sample_free)

const char *ent_sample_get_kind (EntSample *self);
const char *ent_sample_get_url (EntSample *self);
JsonObject *ent_sample_get_credentials (EntSample *self);

/* @now: where its clock is moved to. */
void ent_sample_start_async (const EntSamplePlan *plan,
                             gint64 now,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
EntSample *ent_sample_start_finish (GAsyncResult *result, GError **error);

/* Moves its clock on to @now, in the background; nothing happens when it is there already. */
void ent_sample_advance (EntSample *self, gint64 now);

G_END_DECLS
