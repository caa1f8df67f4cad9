/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of the store, by what the caller can do. Cancellation is always
 * G_IO_ERROR_CANCELLED. An error does not mean that nothing was committed: read the
 * state again. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_STORE_ERROR_FAILED,   /* a bug or an unforeseen SQLite answer; details in the message */
  ENT_STORE_ERROR_CORRUPT,  /* the file is damaged or no database of ours */
  ENT_STORE_ERROR_FULL,     /* no space left */
  ENT_STORE_ERROR_BUSY,     /* another process holds it */
  ENT_STORE_ERROR_READONLY, /* the folder or file cannot be written */
  ENT_STORE_ERROR_VERSION,  /* written by a newer Entrega */
  ENT_STORE_ERROR_NOT_FOUND,
  ENT_STORE_ERROR_EXISTS,   /* a unique name is taken */
  ENT_STORE_ERROR_CONFLICT, /* changed by someone else since it was read */
} EntStoreError;
#define ENT_STORE_ERROR (ent_store_error_quark ())
GQuark ent_store_error_quark (void);

G_END_DECLS
