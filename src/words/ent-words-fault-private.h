/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of core's messages. Any thread once ent_words_init has run. */
#pragma once

#include <glib.h>

char *ent_words_fault (const char *text);
