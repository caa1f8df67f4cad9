/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remarks, progress, tables and questions on a terminal. */

#include "config.h"

#include "ent-cli-output.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define COLUMN_GAP 2

static gboolean progress_shown;

gboolean
ent_cli_is_terminal (int fd)
{
  return isatty (fd) == 1;
}

void
ent_cli_clear_progress (void)
{
  if (!progress_shown)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
  progress_shown = FALSE;
}

static void
remark (const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  ent_cli_clear_progress ();
  g_printerr ("%s\n", text);
}

void
ent_cli_note (const EntCli *cli, const char *format, ...)
{
  va_list args;

  if (!cli->verbose)
    return;
  va_start (args, format);
  remark (format, args);
  va_end (args);
}

void
ent_cli_remark (const EntCli *cli, const char *format, ...)
{
  va_list args;

  if (cli->quiet)
    return;
  va_start (args, format);
  remark (format, args);
  va_end (args);
}

void
ent_cli_warn (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  remark (format, args);
  va_end (args);
}

void
ent_cli_progress (const EntCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (cli->quiet || !ent_cli_is_terminal (STDERR_FILENO))
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "\r\033[K%s", text);
  fflush (stderr);
  progress_shown = TRUE;
}

void
ent_cli_put (const char *text)
{
  fputs (text, stdout);
}

/* ---- Tables ---- */

struct _EntCliTable
{
  char *alignment;
  guint n_columns;
  GPtrArray *cells; /* owned texts, row by row */
  GArray *rules;    /* guint: indexes of cells before which a line stands */
};

EntCliTable *
ent_cli_table_new (const char *alignment)
{
  EntCliTable *self = g_new0 (EntCliTable, 1);

  self->alignment = g_strdup (alignment);
  self->n_columns = (guint) strlen (alignment);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->rules = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
ent_cli_table_free (EntCliTable *self)
{
  g_free (self->alignment);
  g_ptr_array_unref (self->cells);
  g_array_unref (self->rules);
  g_free (self);
}

void
ent_cli_table_take (EntCliTable *self, char *text)
{
  g_ptr_array_add (self->cells, text);
}

void
ent_cli_table_add (EntCliTable *self, const char *text)
{
  ent_cli_table_take (self, g_strdup (text));
}

void
ent_cli_table_rule (EntCliTable *self)
{
  g_array_append_val (self->rules, self->cells->len);
}

/* Columns of a terminal that @text takes. */
static guint
width_of (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
print_spaces (guint n)
{
  for (guint i = 0; i < n; i++)
    fputc (' ', stdout);
}

static void
print_rule (const guint *widths, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      print_spaces (i > 0 ? COLUMN_GAP : 0);
      for (guint j = 0; j < widths[i]; j++)
        fputs ("─", stdout);
    }
  fputc ('\n', stdout);
}

static void
print_row (const EntCliTable *self, guint first, const guint *widths)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *text = g_ptr_array_index (self->cells, first + i);
      guint padding = widths[i] - width_of (text);
      gboolean right = self->alignment[i] == 'r';

      print_spaces (i > 0 ? COLUMN_GAP : 0);
      print_spaces (right ? padding : 0);
      fputs (text, stdout);
      /* No blanks at the end of a line. */
      print_spaces (right || i + 1 == self->n_columns ? 0 : padding);
    }
  fputc ('\n', stdout);
}

void
ent_cli_table_print (EntCliTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  guint rule = 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = width_of (g_ptr_array_index (self->cells, i));

      widths[i % self->n_columns] = MAX (widths[i % self->n_columns], width);
    }
  for (guint i = 0; i + self->n_columns <= self->cells->len; i += self->n_columns)
    {
      if (rule < self->rules->len && g_array_index (self->rules, guint, rule) == i)
        {
          print_rule (widths, self->n_columns);
          rule++;
        }
      print_row (self, i, widths);
    }
}

/* ---- Questions ---- */

static char *
read_line (void)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length = getline (&line, &size, stdin);
  char *copy;

  if (length < 0)
    {
      free (line);
      return g_strdup ("");
    }
  copy = g_strndup (line, length);
  explicit_bzero (line, size);
  free (line);
  return g_strchomp (copy);
}

char *
ent_cli_ask (const char *question, gboolean secret)
{
  struct termios shown, hidden;
  gboolean hide = FALSE;
  char *answer;

  if (!ent_cli_is_terminal (STDIN_FILENO))
    return g_strdup ("");
  g_printerr ("%s: ", question);
  if (secret && tcgetattr (STDIN_FILENO, &shown) == 0)
    {
      hidden = shown;
      hidden.c_lflag &= ~(tcflag_t) ECHO;
      hide = tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
  answer = read_line ();
  if (hide)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      g_printerr ("\n");
    }
  return answer;
}

gboolean
ent_cli_confirm (const char *question)
{
  g_autofree char *full = NULL;
  g_autofree char *answer = NULL;

  if (!ent_cli_is_terminal (STDIN_FILENO))
    return TRUE;
  /* Translators: a question on the terminal; y and n are what can be typed. */
  full = g_strdup_printf (_ ("%s [y/N]"), question);
  answer = ent_cli_ask (full, FALSE);
  /* Translators: the letters that mean yes, without separators. */
  return *answer != '\0' && strchr (_ ("yY"), *answer) != NULL;
}
