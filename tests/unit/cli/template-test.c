/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running the command line on a folder of data: see the header. */
#include "config.h"

#include "template-test.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdarg.h>

TemplateTest *
template_test_new (void)
{
  TemplateTest *self = g_new0 (TemplateTest, 1);

  self->dir = ent_test_dir_new ();
  return self;
}

void
template_test_free (TemplateTest *self)
{
  ent_test_dir_remove (self->dir);
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

int
template_test_run_strv (TemplateTest *self, const char *const *arguments)
{
  g_autofree char *program = ent_test_program ("entrega-cli");
  g_autofree char *data = g_build_filename (self->dir, "data", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "--data-dir");
  g_ptr_array_add (argv, data);
  g_ptr_array_add (argv, (gpointer) "--now");
  g_ptr_array_add (argv, (gpointer) TEMPLATE_TEST_NOW);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  return ent_test_run ((const char *const *) argv->pdata, NULL, &self->out, &self->err);
}

static int
run_valist (TemplateTest *self, va_list args)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *argument;

  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  g_ptr_array_add (arguments, NULL);
  return template_test_run_strv (self, (const char *const *) arguments->pdata);
}

int
template_test_run (TemplateTest *self, ...)
{
  va_list args;
  int status;

  va_start (args, self);
  status = run_valist (self, args);
  va_end (args);
  return status;
}

void
template_test_do (TemplateTest *self, ...)
{
  va_list args;
  int status;

  va_start (args, self);
  status = run_valist (self, args);
  va_end (args);
  if (status != 0)
    g_error ("exit status %d: %s", status, self->err);
}

char *
template_test_path (TemplateTest *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

char *
template_test_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The line that the provider prints when it is ready. */
static JsonObject *
read_greeting (GSubprocess *provider)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (provider));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_autoptr (JsonNode) root = json_from_string (line, NULL);

  g_assert_nonnull (root);
  return json_node_dup_object (root);
}

GSubprocess *
template_test_fill (TemplateTest *self)
{
  g_autofree char *program = ent_test_program ("entrega-simulator");
  const char *argv[] = { program, "--port",     "0",    "--seed", "7",          "--days",
                         "40",    "--messages", "3000", "--end",  "2026-11-21", NULL };
  GSubprocess *provider = ent_test_spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autoptr (JsonObject) greeting = read_greeting (provider);
  JsonObject *source =
      json_array_get_object_element (json_object_get_array_member (greeting, "sources"), 0);
  g_autofree char *credentials =
      json_to_string (json_object_get_member (source, "credentials"), FALSE);
  g_autofree char *path = ent_test_write_file (self->dir, "credentials.json", credentials, -1);

  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  template_test_do (self, "source", "add", "--kind", json_object_get_string_member (source, "kind"),
                    "--name", "Sample", "--url", json_object_get_string_member (source, "url"),
                    "--credentials-from", path, NULL);
  template_test_do (self, "sync", NULL);
  return provider;
}
