/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets: in the keyring, or by reference to a 0600 file or an environment variable;
 * never stored in the clear. Blocking; not on a window's main thread. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Each returns or takes the credentials object; errors ENT_API_ERROR_CREDENTIALS. */
JsonObject *ent_credentials_parse (const char *text, gsize length, GError **error);
JsonObject *ent_credentials_read_file (const char *path,
                                       gboolean must_be_private,
                                       GError **error); /* "-" = standard input */
JsonObject *ent_credentials_read_env (const char *variable, GError **error);
JsonObject *ent_credentials_lookup (const char *source_key,
                                    GCancellable *cancellable,
                                    GError **error); /* keyring */
/* FALSE with an error where no keyring answers: the caller keeps the secret for this run only and
 * says so. */
gboolean ent_credentials_store (const char *source_key,
                                const char *label,
                                JsonObject *credentials,
                                GCancellable *cancellable,
                                GError **error);
gboolean ent_credentials_forget (const char *source_key, GCancellable *cancellable, GError **error);
/* Overwrites the texts and drops the reference; for the last holder. */
void ent_credentials_wipe (JsonObject *credentials);

G_END_DECLS
