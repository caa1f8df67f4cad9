/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of large files: GLib's where the processor has no instructions for it, five times as
 * fast where it has. Plain values; one thread per object. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EntSha256 EntSha256;

EntSha256 *ent_sha256_new (void);
void ent_sha256_free (EntSha256 *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSha256, ent_sha256_free)
void ent_sha256_update (EntSha256 *self, gconstpointer data, gsize length);
/* In lower-case hexadecimal; nothing may be added afterwards. (transfer full) */
char *ent_sha256_finish (EntSha256 *self);
/* Whether the processor's instructions are used: for tests. */
gboolean ent_sha256_is_fast (const EntSha256 *self);

G_END_DECLS
