/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart of a report as a picture file. The program's only thread. */
#pragma once

#include "ent-report.h"
#include "ent-summary.h"

G_BEGIN_DECLS

/* @path ends in .png or .svg. */
gboolean ent_cli_chart_write (const EntReport *report,
                              const EntSummary *summary,
                              const char *path,
                              GError **error);

G_END_DECLS
