/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of faults. Any thread once ent_words_init has run. */
#pragma once

#include "ent-words-error.h"

G_BEGIN_DECLS

typedef struct
{
  const char *domain; /* without ent- and -error-quark: store, api, io */
  int code;
  const char *nick;
  const char *title; /* msgid */
  const char *body;  /* msgid */
  EntWordsAction action;
  /* The message of the error was written for people (a provider's answer, a key of a file):
   * it follows the body instead of being kept for the expander. */
  gboolean tell_detail;
} EntFault;

/* NULL for one that is not listed. */
const EntFault *ent_fault_find (const char *domain, int code);
const EntFault *ent_fault_find_nick (const char *domain, const char *nick);
/* All of them, for tests. */
const EntFault *ent_fault_table (guint *n);
/* msgid of the action's button; NULL for none. */
const char *ent_fault_action_label (EntWordsAction action);

G_END_DECLS
