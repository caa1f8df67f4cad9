/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of EntEngine share. Main thread. */
#pragma once

#include "ent-engine.h"
#include "ent-sample.h"

G_BEGIN_DECLS

struct _EntEngine
{
  GObject parent_instance;

  char *data_dir;
  EntStore *store;
  EntUserData *user_data;
  EntSync *sync;
  EntSample *sample;

  GPtrArray *lists[ENT_N_ENGINE_LISTS];
  gboolean have_list[ENT_N_ENGINE_LISTS];

  GHashTable *session_credentials; /* key → JsonObject */
  GCancellable *sync_cancellable;
  GError *sync_error;
};

void ent_engine_forget_session_credentials (EntEngine *self, const char *key);

G_END_DECLS
