/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small data folder with one message of each sort, and texts of strangers; the same bytes each
 * time. The clock stands at 22 November 2026, 14:05 in São Paulo; the days from 16 to 21 are
 * complete, the 22nd is partial, before the 16th nothing was synchronised. Main thread. */
#pragma once

#include "ent-store.h"
#include "ent-user-data.h"

G_BEGIN_DECLS

#define ENT_TEST_NOW "2026-11-22T17:05:00Z"
#define ENT_TEST_ZONE "America/Sao_Paulo"
#define ENT_TEST_N_MESSAGES 12
#define ENT_TEST_N_MT 10

typedef struct
{
  char *dir;
  EntStore *store; /* NULL once closed */
  EntUserData *user_data;
} EntTestData;

/* Sets the clock too. */
EntTestData *ent_test_data_new (void);
/* Closes store and user data, so that a program can be run on the folder. */
void ent_test_data_close (EntTestData *self);
void ent_test_data_free (EntTestData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTestData, ent_test_data_free)

/* All of the last seven days, in São Paulo's zone. (transfer full) */
EntReport *ent_test_data_report (void);

/* Texts that a spreadsheet or a terminal could take for more than text. NULL-terminated. */
extern const char *const ent_test_hostile_texts[];

G_END_DECLS
