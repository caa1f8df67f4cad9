/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of entrega-cli report: keys, order and kinds of values are a contract with scripts.
 * The program's only thread. */
#pragma once

#include "ent-report.h"
#include "ent-summary.h"

G_BEGIN_DECLS

/* (transfer full) */
char *ent_cli_report_json (const EntReport *report, const EntSummary *summary);

G_END_DECLS
