/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of EntApplication share. Main thread. */
#pragma once

#include "ent-application.h"
#include "ent-window.h"

G_BEGIN_DECLS

struct _EntApplication
{
  AdwApplication parent_instance;

  EntEngine *engine;
  char *data_dir;
  gboolean opened;
  gboolean sample_wanted;  /* --sample came before the engine was open */
  gboolean sample_started; /* its provider runs */
  gboolean holding;        /* for the synchronisation that runs */
  guint sync_id;           /* between synchronisations */
};

EntWindow *ent_application_new_window (EntApplication *self);
void ent_application_start_sample (EntApplication *self);
/* ent-application-actions.c */
void ent_application_add_actions (EntApplication *self);

G_END_DECLS
