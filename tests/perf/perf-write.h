/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made-up message in the forms that the programs under measurement take: our observation, a
 * line of CSV for the databases compared with, an item of a provider's page. Pure. */
#pragma once

#include "perf-data.h"

G_BEGIN_DECLS

/* Appends the row to a batch. */
void perf_append_observation (EntObservations *observations, const PerfRow *row);

/* The columns of perf_append_csv, in order. */
extern const char *const perf_csv_columns[];
guint perf_csv_n_columns (void);
void perf_append_csv (GString *out, const PerfRow *row);

/* An item of Engage's message report, without a comma. */
void perf_append_engage (GString *out, const PerfRow *row);
/* A whole page. */
char *perf_engage_page (const PerfData *data,
                        const guint64 *order,
                        guint n,
                        guint page,
                        guint page_size,
                        gboolean has_next);

G_END_DECLS
