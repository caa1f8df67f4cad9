/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl+C and kill: cancel what runs, so that it ends cleanly; a second one ends at once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Before any other thread is made. @cancellable must live until the program ends. */
void ent_cli_signal_watch (GCancellable *cancellable);

G_END_DECLS
