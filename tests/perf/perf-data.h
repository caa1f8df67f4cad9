/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up messages for measuring: 90 days, each row a pure function of its index, so that any
 * program can make any part of the same data. Rows are in order of time by index; the order in
 * which a first synchronisation would fetch them is perf_data_arrival. One thread per object. */
#pragma once

#include "ent-observation.h"
#include "ent-vocabulary.h"

G_BEGIN_DECLS

#define PERF_DAYS 90
#define PERF_N_SUBACCOUNTS 40
#define PERF_N_USERS 400
#define PERF_N_CAMPAIGNS 2000
#define PERF_N_CARRIERS 4
#define PERF_N_ORIGINS 12
/* 2026-08-25 to 2026-11-22 in America/Sao_Paulo (UTC-3, no daylight saving time). */
#define PERF_START_MS G_GINT64_CONSTANT (1787626800000)
#define PERF_DAY_MS G_GINT64_CONSTANT (86400000)
/* The end of the last day: the instant at which everything is measured. */
#define PERF_NOW_MS (PERF_START_MS + PERF_DAYS * PERF_DAY_MS - 1)

/* One message. Numbers of names count from 1; 0 is none. */
typedef struct
{
  guint64 index;
  gint64 times[ENT_N_STAGE_TIMES]; /* ENT_TIME_NONE where it did not happen */
  gint64 updated_at;
  guint stages;
  EntChannel channel;
  EntDirection direction;
  EntContentType content_type;
  EntStatus status;
  EntReason reason;
  guint subaccount;
  guint user;
  guint campaign;
  guint carrier;
  guint origin;
  int parts;
  int with_session; /* -1: not said */
  int code;
  const char *code_text;
  const char *status_word;
  const char *conversation_type; /* NULL outside conversations */
  gint64 conversation_expires_at;
  char phone[16];
  char contact_name[64]; /* "" for none, as the next ones */
  char remote_id[37];
  char conversation_id[37];
  char correlation_id[37];
  char extra_info[64];
  char content[320];
} PerfRow;

typedef struct _PerfData PerfData;

/* @n: rows in all; what lies in a day follows from it. */
PerfData *perf_data_new (guint64 n);
void perf_data_free (PerfData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PerfData, perf_data_free)

guint64 perf_data_get_n (const PerfData *self);
guint64 perf_data_day_start (const PerfData *self, guint day);
/* The rows of a day in the order of arrival: channel by channel, by time. (element-type guint64)
 * (transfer full) */
GArray *perf_data_day_order (const PerfData *self, guint day);
void perf_data_row (const PerfData *self, guint64 index, PerfRow *row);

/* Names. @buffer: at least 48 bytes; returned; "" for number 0. */
#define PERF_NAME_SIZE 48
const char *perf_name_subaccount (guint number, char *buffer);
const char *perf_name_subaccount_id (guint number, char *buffer);
const char *perf_name_user (guint number, char *buffer);
const char *perf_name_user_id (guint number, char *buffer);
const char *perf_name_campaign (guint number, char *buffer);
const char *perf_name_campaign_id (guint number, char *buffer);
const char *perf_name_carrier (guint number);
const char *perf_name_origin (guint number);

G_END_DECLS
