/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of names. Any thread once ent_words_init has run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The translation of names[index] in @context; "" out of range or for an empty name. */
const char *ent_words_pick (const char *context, const char *const *names, guint n, guint index);

G_END_DECLS
