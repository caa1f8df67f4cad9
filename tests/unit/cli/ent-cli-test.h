/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running entrega-cli on a folder of its own. Main thread of a test program. */
#pragma once

#include "ent-test-data.h"
#include "ent-test-util.h"

#include <string.h>

G_BEGIN_DECLS

typedef struct
{
  EntTestData *data; /* closed, so that the program has it to itself */
  char *program;
} EntCliTest;

typedef struct
{
  int status;
  char *out;
  char *err;
} EntCliRun;

/* A folder with the messages of ent-test-data.h. */
EntCliTest *ent_cli_test_new (void);
void ent_cli_test_free (EntCliTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCliTest, ent_cli_test_free)

/* The program with the folder and the clock of the test; arguments up to NULL. */
EntCliRun *ent_cli_test_run (EntCliTest *self, ...) G_GNUC_NULL_TERMINATED;
/* The same with something on the standard input. */
EntCliRun *ent_cli_test_run_with (EntCliTest *self, const char *input, ...) G_GNUC_NULL_TERMINATED;
void ent_cli_run_free (EntCliRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCliRun, ent_cli_run_free)

/* Fails with what the program said. */
void ent_cli_run_assert (const EntCliRun *self, int status);
/* Wrong usage: status 2, nothing on the standard output, and a sentence that has @part in it. */
void ent_cli_run_assert_usage (const EntCliRun *self, const char *part);

G_END_DECLS
