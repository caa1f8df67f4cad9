/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The templates that a first start brings: each shows another thing that a template can do.
 * Any thread once ent_words_init has run. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

/* Their names are in the user's language now and stay so: they are the user's from then on.
 * (element-type EntReport) (transfer full) */
GPtrArray *ent_words_starters (void);

G_END_DECLS
