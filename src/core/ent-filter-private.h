/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the JSON side of the filter needs of its inside: building one in place, before
 * anyone else sees it. */
#pragma once

#include "ent-filter.h"

G_BEGIN_DECLS

/* Around many additions: makes each find its twin by a table rather than by looking. */
void ent_filter_begin (EntFilter *self);
void ent_filter_end (EntFilter *self);
/* The checks of ent_filter_with () without its copy. */
gboolean ent_filter_add (
    EntFilter *self, EntFilterField field, const char *value, gboolean negated, GError **error);
gboolean
ent_filter_add_word (EntFilter *self, EntFilterField field, const char *word, GError **error);
/* A value as a word that ent_filter_with_word () reads back. (transfer full) */
char *ent_filter_word (const char *value, gboolean negated);

G_END_DECLS
