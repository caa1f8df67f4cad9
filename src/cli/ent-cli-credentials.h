/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a source's credentials come from on the command line; never from an argument.
 * The program's only thread. */
#pragma once

#include "ent-cli.h"

#include "ent-source.h"

G_BEGIN_DECLS

typedef struct
{
  JsonObject *object; /* NULL: none */
  EntCredentialsKind kind;
  char *reference; /* for FILE and ENV */
} EntCliCredentials;

void ent_cli_credentials_clear (EntCliCredentials *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntCliCredentials, ent_cli_credentials_clear)

/* @file: --credentials-file, @from: --credentials-from; with neither they are asked for on a
 * terminal where the kind needs some. */
gboolean ent_cli_credentials_get (EntCliCredentials *self,
                                  const EntSourceClass *klass,
                                  const char *file,
                                  const char *from,
                                  GError **error);

G_END_DECLS
