/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults in words: what happened, what still works, what to do. The domains of core,
 * store, sources, sync and export are known by name, their codes by number, so that this
 * folder needs none of them; tests hold the numbers against the enumerations.
 * Any thread once ent_words_init has run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be done; a window makes a button of it. */
typedef enum
{
  ENT_WORDS_ACTION_NONE,
  ENT_WORDS_ACTION_RETRY,
  ENT_WORDS_ACTION_CREDENTIALS, /* enter them again */
  ENT_WORDS_ACTION_EDIT_SOURCE,
  ENT_WORDS_ACTION_CHOOSE_PLACE, /* another file or folder */
  ENT_WORDS_ACTION_FREE_SPACE,
  ENT_WORDS_ACTION_RESYNCHRONISE,
  ENT_WORDS_ACTION_UPDATE, /* a newer Entrega is needed */
} EntWordsAction;

typedef struct
{
  char *title;  /* a few words: "No connection" */
  char *body;   /* one or two sentences, with what still works */
  char *action; /* a verb for a button; NULL when there is nothing to do */
  char *detail; /* the technical message, for an expander; NULL when it adds nothing */
  EntWordsAction kind;
} EntWordsError;

void ent_words_error_free (EntWordsError *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntWordsError, ent_words_error_free)

/* (transfer full); any GError. */
EntWordsError *ent_words_error_new (const GError *error);
/* From the machine form that is stored with sources and exports, "domain:code:detail". (transfer
 * full) */
EntWordsError *ent_words_error_new_from_text (const char *text);
/* That machine form; @error's message only where @with_detail. (transfer full) */
char *ent_words_error_to_text (const GError *error, gboolean with_detail);
/* Title and body in one line, for a terminal or a history row. (transfer full) */
char *ent_words_error_line (const GError *error);
char *ent_words_error_line_from_text (const char *text);
/* What is wrong with this very value or file, without the sentence on faults of its kind: for those
 * who typed it and see it before them. (transfer full) */
char *ent_words_error_cause (const GError *error);

G_END_DECLS
