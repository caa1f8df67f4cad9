/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scheduled templates as systemd user timers: writing, listing and removing the units, and telling
 * the user's systemd. Blocking; not on a window's main thread. */
#pragma once

#include "ent-schedule.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_TIMER_ERROR_FAILED,
  ENT_TIMER_ERROR_UNAVAILABLE, /* no systemd user session answers: the units are written, nothing
                                  runs them yet */
  ENT_TIMER_ERROR_INVALID,     /* no absolute paths, no name, an impossible time */
} EntTimerError;
#define ENT_TIMER_ERROR (ent_timer_error_quark ())
GQuark ent_timer_error_quark (void);

/* Where units are kept: $XDG_CONFIG_HOME/systemd/user. (transfer full) */
char *ent_timer_dir (void);
/* Writes both units and starts the timer. @bus: the user's bus; NULL asks for the session bus. With
 * UNAVAILABLE the files are there all the same. */
gboolean ent_timer_set (const EntScheduleEntry *entry, GDBusConnection *bus, GError **error);
gboolean
ent_timer_remove (const char *data_dir, gint64 template_id, GDBusConnection *bus, GError **error);
/* All of a data folder. (transfer full) (element-type EntScheduleEntry) */
GPtrArray *ent_timer_list (const char *data_dir);
EntScheduleEntry *ent_timer_find (const char *data_dir, gint64 template_id); /* (nullable) */

G_END_DECLS
