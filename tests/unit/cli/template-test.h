/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of templates share: running entrega-cli on a folder of data, and a provider that
 * fills it. Main thread of the test program. */
#pragma once

#include "ent-test-util.h"

G_BEGIN_DECLS

/* The clock of all these tests: midnight in São Paulo after the last day of the provider. */
#define TEMPLATE_TEST_NOW "2026-11-22T03:00:00.000Z"

typedef struct
{
  EntTestDir *dir;
  char *out; /* of the last run */
  char *err;
} TemplateTest;

TemplateTest *template_test_new (void);
void template_test_free (TemplateTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TemplateTest, template_test_free)

/* entrega-cli --data-dir … with these arguments, up to NULL; its exit status. */
int template_test_run (TemplateTest *self, ...) G_GNUC_NULL_TERMINATED;
int template_test_run_strv (TemplateTest *self, const char *const *arguments);
/* The same, with a failure of the test unless the status is 0. */
void template_test_do (TemplateTest *self, ...) G_GNUC_NULL_TERMINATED;
/* A file below the test's folder. (transfer full) */
char *template_test_path (TemplateTest *self, const char *name);
/* The contents of a file. (transfer full) */
char *template_test_read (const char *path);

/* Starts a provider of messages, adds it as the source "Sample", and synchronises. */
GSubprocess *template_test_fill (TemplateTest *self);

G_END_DECLS
