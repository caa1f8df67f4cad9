/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Helpers that every test program may use: temporary folders, seeds, waiting on the main loop,
 * running the project's own programs. No GTK. All functions belong to the main thread of the test
 * program and end the program with a clear message when the machine fails them, so that tests
 * stay free of error handling that is not their subject. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *ent_test_dir_new (void);
void ent_test_dir_remove (char *path);
char *ent_test_write_file (const char *dir, const char *name, const void *data, gssize length);

guint32 ent_test_seed (void);
GRand *ent_test_rand_new (void);
gboolean ent_test_is_long (void);
guint ent_test_rounds (guint normal, guint in_long_runs);

typedef gboolean (*EntTestPredicate) (gpointer user_data);

gboolean ent_test_wait_until (EntTestPredicate predicate, gpointer user_data, guint deadline_ms);
void ent_test_wait_async (GAsyncResult **result, guint deadline_ms);
void ent_test_store_result (GObject *source, GAsyncResult *result, gpointer user_data);

char *ent_test_program (const char *name);
GSubprocess *
ent_test_spawn (const char *const *argv, GSubprocessFlags flags, const char *const *env);
int ent_test_run (const char *const *argv, const char *input, char **out, char **err);

/* A temporary folder that goes away with the scope:
 * g_autoptr (EntTestDir) dir = ent_test_dir_new (); */
typedef char EntTestDir;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTestDir, ent_test_dir_remove)

G_END_DECLS
