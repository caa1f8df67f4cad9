/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of exports, by what the caller can do. Cancellation is G_IO_ERROR_CANCELLED.
 * Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_EXPORT_ERROR_FAILED,
  ENT_EXPORT_ERROR_FULL,         /* no space on the target's file system */
  ENT_EXPORT_ERROR_NOT_WRITABLE, /* the folder is not there or may not be written */
  ENT_EXPORT_ERROR_NOT_POSSIBLE, /* options that do not go together */
  ENT_EXPORT_ERROR_INCOMPLETE,   /* rows written are not the rows counted: the file was dropped */
} EntExportError;
#define ENT_EXPORT_ERROR (ent_export_error_quark ())
GQuark ent_export_error_quark (void);

G_END_DECLS
