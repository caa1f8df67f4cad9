/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days as numbers and instants as milliseconds, on GDateTime and GTimeZone only. A day number
 * counts civil days since 1970-01-01; an instant is milliseconds since the epoch, UTC. Pure
 * functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENT_SIM_SECOND_MS G_GINT64_CONSTANT (1000)
#define ENT_SIM_DAY_MS G_GINT64_CONSTANT (86400000)

/* The civil zone of the made-up company: its days are days of this zone. */
#define ENT_SIM_HOME_ZONE "America/Sao_Paulo"

int ent_sim_day_from_civil (int year, int month, int day);
void ent_sim_day_to_civil (int day, int *year, int *month, int *day_of_month);
int ent_sim_day_weekday (int day);
gboolean ent_sim_day_parse (const char *text, int *day);
void ent_sim_day_append (GString *out, int day);

GTimeZone *ent_sim_zone_new (const char *name);
int ent_sim_zone_local_day (GTimeZone *zone, gint64 instant);
gint64 ent_sim_zone_day_start (GTimeZone *zone, int day);
int ent_sim_zone_offset_minutes (GTimeZone *zone, gint64 instant);

gboolean ent_sim_instant_parse (const char *text, GTimeZone *zone, gint64 *instant);
char *ent_sim_instant_to_string (gint64 instant);

G_END_DECLS
