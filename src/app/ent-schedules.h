/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which templates of this folder run by themselves: a copy of what stands on disk, read on a worker
 * whenever the templates change. Main thread; owned by the window. Signal "changed". */
#pragma once

#include "ent-engine.h"
#include "ent-schedule.h"

G_BEGIN_DECLS

#define ENT_TYPE_SCHEDULES (ent_schedules_get_type ())
G_DECLARE_FINAL_TYPE (EntSchedules, ent_schedules, ENT, SCHEDULES, GObject)

EntSchedules *ent_schedules_new (EntEngine *engine);
/* (nullable) (transfer none) until the next "changed". */
const EntScheduleEntry *ent_schedules_find (EntSchedules *self, gint64 template_id);
void ent_schedules_reload (EntSchedules *self);

/* Writes the timer of an entry, or takes that of @template_id away, and reloads. The error is
 * ENT_TIMER_ERROR_UNAVAILABLE where the files were changed and systemd did not hear of it. */
void ent_schedules_set_async (EntSchedules *self,
                              const EntScheduleEntry *entry,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void ent_schedules_remove_async (EntSchedules *self,
                                 gint64 template_id,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean ent_schedules_finish (EntSchedules *self, GAsyncResult *result, GError **error);

/* entrega-cli, where a timer finds it; NULL where it is not installed. (transfer full) */
char *ent_schedules_find_program (void);
/* Whether this program may leave files for systemd: not from within a sandbox. */
gboolean ent_schedules_is_possible (void);

G_END_DECLS
