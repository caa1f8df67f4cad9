/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a file that was exported before still what its report gives? The file is found by its digest
 * in the history, else by its side-car; the same request is run again into a folder that goes away,
 * and the two are compared. Blocking. Blocking; any thread that owns the arguments. */
#pragma once

#include "ent-export.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_VERIFY_SAME,    /* byte for byte */
  ENT_VERIFY_CHANGED, /* the report gives another file now: see the changes */
  ENT_VERIFY_EDITED,  /* the file itself is not what was exported */
  ENT_VERIFY_UNKNOWN, /* neither the history nor a side-car knows it */
} EntVerifyOutcome;

/* One value of the provenance that differs. */
typedef struct
{
  char *key;    /* totals.delivered, data_version, coverage.state … */
  char *before; /* "" where there was none */
  char *after;
} EntVerifyChange;

typedef struct
{
  EntVerifyOutcome outcome;
  gint64 exported_at; /* UTC ms; 0 where not known */
  GPtrArray *changes; /* (element-type EntVerifyChange); empty: equal figures in other bytes */
} EntVerification;
void ent_verification_free (EntVerification *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntVerification, ent_verification_free)

/* The locale that the file was made in, "" where that is not known: one that verifies in another
 * gets other words. (transfer full) */
char *ent_export_verify_locale (EntUserData *user_data,
                                const char *path,
                                GCancellable *cancellable,
                                GError **error);

/* In the locale in force. Errors: the file cannot be read, or the report cannot be run. (transfer
 * full) */
EntVerification *ent_export_verify (EntStore *store,
                                    EntUserData *user_data,
                                    const char *path,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
