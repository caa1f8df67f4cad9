/* SPDX-License-Identifier: GPL-3.0-or-later */
/* View, format, dialect and privacy as options: see the header. */

#include "config.h"

#include "ent-cli-export-options.h"

#include "ent-cli-report-options.h"

#include "ent-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
ent_cli_export_options_clear (EntCliExportOptions *self)
{
  g_free (self->view);
  g_free (self->format);
  g_free (self->dialect);
  g_strfreev (self->privacy);
}

void
ent_cli_export_options_fill (EntCliExportOptions *self,
                             GOptionEntry entries[ENT_CLI_N_EXPORT_OPTIONS])
{
  const GOptionEntry filled[ENT_CLI_N_EXPORT_OPTIONS] = {
    { "view", 0, 0, G_OPTION_ARG_STRING, &self->view, N_ ("consolidated or detailed"),
      N_ ("VIEW") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format, N_ ("csv, xlsx or pdf"), N_ ("FORMAT") },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &self->dialect,
      N_ ("Of CSV: excel-pt, excel-en, machine or custom; by default as the language writes "
          "numbers"),
      N_ ("DIALECT") },
    { "privacy", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->privacy,
      N_ ("full (default), last4, pseudonym or no-content; can be repeated"), N_ ("MODE") },
  };

  memcpy (entries, filled, sizeof filled);
}

char *
ent_cli_list_formats (void)
{
  static const EntFormat all[] = { ENT_FORMAT_CSV, ENT_FORMAT_XLSX, ENT_FORMAT_PDF };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (ent_export_writer (all[i]) != NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", ent_format_key (all[i]));
  return g_string_free (out, FALSE);
}

static gboolean
apply_view (const EntCliExportOptions *self, EntReport *report, GError **error)
{
  if (self->view == NULL)
    return TRUE;
  if (strcmp (self->view, "consolidated") == 0)
    report->view = ENT_VIEW_CONSOLIDATED;
  else if (strcmp (self->view, "detailed") == 0)
    report->view = ENT_VIEW_DETAILED;
  else
    return ent_cli_usage (error, _ ("--view takes consolidated or detailed, not “%s”."),
                          self->view);
  return TRUE;
}

static gboolean
apply_format (const EntCliExportOptions *self, EntReport *report, GError **error)
{
  g_autofree char *formats = NULL;
  EntFormat format;

  if (self->format == NULL)
    return TRUE;
  if (ent_format_from_key (self->format, &format) && ent_export_writer (format) != NULL)
    {
      report->format = format;
      return TRUE;
    }
  formats = ent_cli_list_formats ();
  return ent_cli_usage (error, _ ("--format takes %s, not “%s”."), formats, self->format);
}

/* "default" is what is taken without the option. */
static const char *
dialect_key (guint index)
{
  return ent_dialect_key ((EntDialect) (index + 1));
}

static gboolean
apply_dialect (const EntCliExportOptions *self, EntReport *report, GError **error)
{
  g_autofree char *keys = NULL;
  EntDialect dialect;

  if (self->dialect == NULL)
    return TRUE;
  if (ent_dialect_from_key (self->dialect, &dialect) && dialect != ENT_DIALECT_DEFAULT)
    {
      report->dialect = dialect;
      return TRUE;
    }
  keys = ent_cli_list_keys (dialect_key, ENT_DIALECT_CUSTOM);
  return ent_cli_usage (error, _ ("--dialect takes %s, not “%s”."), keys, self->dialect);
}

static gboolean
apply_privacy (const EntCliExportOptions *self, EntReport *report, GError **error)
{
  if (self->privacy == NULL)
    return TRUE;
  report->privacy = ENT_PRIVACY_FULL;
  for (guint i = 0; self->privacy[i] != NULL; i++)
    {
      GError *local_error = NULL;

      if (!ent_privacy_add_key (&report->privacy, self->privacy[i], &local_error))
        return ent_cli_usage_from (error, local_error);
    }
  return TRUE;
}

gboolean
ent_cli_export_options_apply (const EntCliExportOptions *self, EntReport *report, GError **error)
{
  return apply_view (self, report, error) && apply_format (self, report, error) &&
         apply_dialect (self, report, error) && apply_privacy (self, report, error);
}
