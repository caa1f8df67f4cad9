/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a template runs by itself, and what runs then. Plain values; pure; any thread. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SCHEDULE_DAILY,
  ENT_SCHEDULE_WORKDAYS, /* Monday to Friday */
  ENT_SCHEDULE_WEEKLY,
  ENT_SCHEDULE_MONTHLY,
} EntScheduleEvery;

typedef struct
{
  EntScheduleEvery every;
  int weekday;   /* WEEKLY: 0 = Monday */
  int month_day; /* MONTHLY: 1 to 28, so that each month has it */
  int hour;      /* local time of the machine */
  int minute;
} EntSchedule;

/* One scheduled template. Free with ent_schedule_entry_free. */
typedef struct
{
  gint64 template_id;
  char *template_name;
  EntSchedule when;
  char *program;   /* absolute path of entrega-cli */
  char *data_dir;  /* absolute */
  char *folder;    /* where the files go; absolute */
  char *file_name; /* with placeholders: {template}-{from}-{to}.xlsx */
  EntFormat format;
  gboolean notify;
} EntScheduleEntry;

EntScheduleEntry *ent_schedule_entry_new (void);
EntScheduleEntry *ent_schedule_entry_copy (const EntScheduleEntry *self);
void ent_schedule_entry_free (EntScheduleEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntScheduleEntry, ent_schedule_entry_free)

gboolean ent_schedule_is_valid (const EntSchedule *self);
const char *ent_schedule_every_key (EntScheduleEvery every); /* daily, workdays, weekly, monthly */
gboolean ent_schedule_every_from_key (const char *key, EntScheduleEvery *every);

/* "Mon..Fri *-*-* 07:30:00", as systemd's OnCalendar has it. (transfer full) */
char *ent_schedule_to_calendar (const EntSchedule *self);
/* "30 7 * * 1-5", as cron has it. (transfer full) */
char *ent_schedule_to_cron (const EntSchedule *self);

/* What is run: synchronise, export, say how it went. (transfer full) */
GStrv ent_schedule_entry_command (const EntScheduleEntry *self);
/* The whole line for crontab, quoted for the shell and for cron. (transfer full) */
char *ent_schedule_entry_cron_line (const EntScheduleEntry *self);

G_END_DECLS
