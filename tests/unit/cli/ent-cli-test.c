/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running entrega-cli: see the header. */

#include "config.h"

#include "ent-cli-test.h"

EntCliTest *
ent_cli_test_new (void)
{
  EntCliTest *self = g_new0 (EntCliTest, 1);

  self->data = ent_test_data_new ();
  ent_test_data_close (self->data);
  self->program = ent_test_program ("entrega-cli");
  return self;
}

void
ent_cli_test_free (EntCliTest *self)
{
  ent_test_data_free (self->data);
  g_free (self->program);
  g_free (self);
}

static EntCliRun *
run (EntCliTest *self, const char *input, va_list arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  EntCliRun *result = g_new0 (EntCliRun, 1);
  const char *argument;

  g_ptr_array_add (argv, self->program);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) argument);
  g_ptr_array_add (argv, (gpointer) "--data-dir");
  g_ptr_array_add (argv, self->data->dir);
  g_ptr_array_add (argv, (gpointer) "--now");
  g_ptr_array_add (argv, (gpointer) ENT_TEST_NOW);
  g_ptr_array_add (argv, NULL);
  result->status =
      ent_test_run ((const char *const *) argv->pdata, input, &result->out, &result->err);
  return result;
}

EntCliRun *
ent_cli_test_run (EntCliTest *self, ...)
{
  EntCliRun *result;
  va_list arguments;

  va_start (arguments, self);
  result = run (self, NULL, arguments);
  va_end (arguments);
  return result;
}

EntCliRun *
ent_cli_test_run_with (EntCliTest *self, const char *input, ...)
{
  EntCliRun *result;
  va_list arguments;

  va_start (arguments, input);
  result = run (self, input, arguments);
  va_end (arguments);
  return result;
}

void
ent_cli_run_free (EntCliRun *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

void
ent_cli_run_assert (const EntCliRun *self, int status)
{
  if (self->status != status)
    g_error ("Exit status %d, not %d: %s%s", self->status, status, self->err, self->out);
}

void
ent_cli_run_assert_usage (const EntCliRun *self, const char *part)
{
  ent_cli_run_assert (self, 2);
  g_assert_cmpstr (self->out, ==, "");
  g_assert_true (g_str_has_prefix (self->err, "entrega-cli: "));
  if (strstr (self->err, part) == NULL)
    g_error ("“%s” is not in: %s", part, self->err);
}
