/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Run every …: when a template writes its file by itself, where to, and what cron would say. */
#pragma once

#include "ent-engine.h"
#include "ent-schedules.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @told: with a sentence for a toast once it is done. */
typedef void (*EntTemplateScheduleFunc) (const char *told, gpointer user_data);

void ent_template_schedule_present (GtkWindow *parent,
                                    EntEngine *engine,
                                    EntSchedules *schedules,
                                    const EntTemplate *template,
                                    EntTemplateScheduleFunc told,
                                    gpointer user_data,
                                    GDestroyNotify destroy);

G_END_DECLS
