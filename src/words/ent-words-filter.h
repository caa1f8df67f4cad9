/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters in words. Any thread once ent_words_init has run. */
#pragma once

#include "ent-filter.h"

G_BEGIN_DECLS

const char *ent_words_filter_field (EntFilterField field); /* Campaign */
/* A value as shown: Delivered, (no campaign), +55 (11) 91234-5678. */
char *ent_words_filter_value (EntFilterField field, const char *value);
/* "Campaign: Black Friday", "not Status: Read" */
char *ent_words_filter_chip (EntFilterField field, const char *value, gboolean negated);
/* All of a field: "Channel: WhatsApp or SMS", "Campaign: not Teste"; NULL when it has none. */
char *ent_words_filter_field_values (const EntFilter *filter, EntFilterField field);
/* The whole filter, fields apart by "; "; "No filters" for an empty one. */
char *ent_words_filter (const EntFilter *filter);

G_END_DECLS
