/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placeholders in names of files: see the header. Pure. */

#include "config.h"

#include "ent-export-name.h"

#include "ent-text.h"

#include <string.h>

/* Leaves room for the name of the file while it is being written. */
#define MAX_COMPONENT_BYTES 200
#define MIN_TEMPLATE_BYTES 16

const char *const ent_export_placeholders[] = { "template", "view", "period", "from", "to",
                                                "date",     "time", "format", NULL };

/* In the order of the table. */
enum
{
  TEMPLATE,
  VIEW,
  PERIOD,
  FROM,
  TO,
  DATE,
  TIME,
  FORMAT,
  N_PLACEHOLDERS,
};

typedef struct
{
  char *texts[N_PLACEHOLDERS];
} Values;

static void
values_clear (Values *self)
{
  for (guint i = 0; i < N_PLACEHOLDERS; i++)
    g_free (self->texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Values, values_clear)

char *
ent_export_name_list_placeholders (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < N_PLACEHOLDERS; i++)
    g_string_append_printf (list, "%s{%s}", i > 0 ? ", " : "", ent_export_placeholders[i]);
  return g_string_free (list, FALSE);
}

/* The placeholder that starts at the brace @at: its index, and where it ends. -1 for none. */
static int
match_placeholder (const char *at, const char **end)
{
  for (int i = 0; i < N_PLACEHOLDERS; i++)
    {
      gsize length = strlen (ent_export_placeholders[i]);

      if (strncmp (at + 1, ent_export_placeholders[i], length) == 0 && at[1 + length] == '}')
        {
          *end = at + length + 2;
          return i;
        }
    }
  return -1;
}

static gboolean
is_doubled (const char *at)
{
  return (*at == '{' || *at == '}') && at[1] == *at;
}

/* What is wrong at the brace @at, for a message: up to its partner, where it has one. */
static char *
fault_at (const char *at)
{
  gsize length = strcspn (at + 1, "{}/");

  return at[0] == '{' && at[1 + length] == '}' ? g_strndup (at, length + 2) : g_strndup (at, 1);
}

char *
ent_export_name_find_fault (const char *pattern)
{
  const char *end;

  for (const char *at = pattern; *at != '\0'; at = end)
    {
      end = at + 1;
      if (is_doubled (at))
        end = at + 2;
      else if (*at == '}' || (*at == '{' && match_placeholder (at, &end) < 0))
        return fault_at (at);
    }
  return NULL;
}

static char *
period_text (const EntPeriod *period, const char *from, const char *to)
{
  return period->kind == ENT_PERIOD_DATES ? g_strconcat (from, "-", to, NULL)
                                          : g_strdup (ent_period_kind_key (period->kind));
}

static void
values_init (Values *self, const EntReport *report, gint64 now)
{
  EntRange range = ent_period_resolve (&report->period, report->zone, now);
  const char *view = report->view == ENT_VIEW_CONSOLIDATED ? "consolidated" : "detailed";
  EntDay day;
  int hour, minute;

  ent_zone_local (report->zone, now, &day, &hour, &minute, NULL, NULL);
  self->texts[TEMPLATE] = ent_text_file_name (report->name != NULL ? report->name : view);
  self->texts[VIEW] = g_strdup (view);
  self->texts[FROM] = ent_day_format (range.first);
  self->texts[TO] = ent_day_format (range.last);
  self->texts[PERIOD] = period_text (&report->period, self->texts[FROM], self->texts[TO]);
  self->texts[DATE] = ent_day_format (day);
  /* No colon: some file systems refuse it. */
  self->texts[TIME] = g_strdup_printf ("%02d%02d", hour, minute);
  self->texts[FORMAT] = g_strdup (ent_format_key (report->format));
}

/* One part between slashes; of the template's name at most @template_bytes. */
static char *
expand_component (const char *pattern, const Values *values, gsize template_bytes)
{
  GString *out = g_string_new (NULL);
  const char *end;

  for (const char *at = pattern; *at != '\0'; at = end)
    {
      int i = *at == '{' ? match_placeholder (at, &end) : -1;

      if (i == TEMPLATE)
        g_string_append_len (out, values->texts[i],
                             (gssize) MIN (template_bytes, strlen (values->texts[i])));
      else if (i >= 0)
        g_string_append (out, values->texts[i]);
      else
        {
          g_string_append_c (out, *at);
          end = at + (is_doubled (at) ? 2 : 1);
        }
    }
  return g_string_free (out, FALSE);
}

/* How many bytes of the template's name fit, cut at a character. */
static gsize
template_bytes_for (const char *pattern, const Values *values)
{
  g_autofree char *rest = expand_component (pattern, values, 0);
  const char *name = values->texts[TEMPLATE];
  gsize bytes = MIN_TEMPLATE_BYTES;

  if (strlen (rest) + bytes < MAX_COMPONENT_BYTES)
    bytes = MAX_COMPONENT_BYTES - strlen (rest);
  if (bytes >= strlen (name))
    return strlen (name);
  while (bytes > 0 && ((guchar) name[bytes] & 0xc0) == 0x80)
    bytes--;
  return bytes;
}

char *
ent_export_name_expand (const char *pattern, const EntReport *report, gint64 now)
{
  g_auto (GStrv) parts = g_strsplit (pattern, G_DIR_SEPARATOR_S, -1);
  g_auto (Values) values = { { NULL } };

  values_init (&values, report, now);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *expanded = expand_component (parts[i], &values, template_bytes_for (parts[i], &values));

      g_free (parts[i]);
      parts[i] = expanded;
    }
  return g_strjoinv (G_DIR_SEPARATOR_S, parts);
}

char *
ent_export_name_escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '{' || *at == '}')
        g_string_append_c (out, *at);
      g_string_append_c (out, *at);
    }
  return g_string_free (out, FALSE);
}
