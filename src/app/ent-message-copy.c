/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job a copy: see the header. Main thread. */
#include "config.h"

#include "ent-message-copy.h"

#include "ent-words-name.h"
#include "ent-words-number.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *widget;
  GArray *columns;
  EntMessageText *text; /* (not owned): lives as long as the widget */
} Copy;

static void
copy_free (Copy *self)
{
  g_clear_object (&self->widget);
  g_array_unref (self->columns);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
say (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

static void
append_cell (GString *tsv, GString *html, const char *text, gboolean last, const char *tag)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (tsv, text);
  g_string_append_c (tsv, last ? '\n' : '\t');
  g_string_append_printf (html, "<%s>%s</%s>", tag, escaped, tag);
}

static void
append_heads (Copy *copy, GString *tsv, GString *html)
{
  g_string_append (html, "<table><tr>");
  for (guint i = 0; i < copy->columns->len; i++)
    append_cell (tsv, html,
                 ent_words_column (g_array_index (copy->columns, EntReportColumn, i).column),
                 i + 1 == copy->columns->len, "th");
  g_string_append (html, "</tr>");
}

static void
append_row (Copy *copy, const EntMessage *message, GString *tsv, GString *html)
{
  g_string_append (html, "<tr>");
  for (guint i = 0; i < copy->columns->len; i++)
    {
      EntColumn column = g_array_index (copy->columns, EntReportColumn, i).column;
      g_autofree char *cell = ent_message_text_get (copy->text, message, column);

      /* A cell is one line already; a tab in it would make two of it. */
      g_strdelimit (cell, "\t", ' ');
      append_cell (tsv, html, cell, i + 1 == copy->columns->len, "td");
    }
  g_string_append (html, "</tr>");
}

static void
put_on_clipboard (Copy *copy, GPtrArray *messages)
{
  g_autoptr (GString) tsv = g_string_new (NULL);
  g_autoptr (GString) html = g_string_new ("<meta charset=\"utf-8\">");
  g_autoptr (GBytes) html_bytes = NULL;
  GdkContentProvider *providers[2];
  g_autoptr (GdkContentProvider) both = NULL;

  append_heads (copy, tsv, html);
  for (guint i = 0; i < messages->len; i++)
    if (g_ptr_array_index (messages, i) != NULL)
      append_row (copy, g_ptr_array_index (messages, i), tsv, html);
  g_string_append (html, "</table>");
  html_bytes = g_bytes_new (html->str, html->len);
  providers[0] = gdk_content_provider_new_typed (G_TYPE_STRING, tsv->str);
  providers[1] = gdk_content_provider_new_for_bytes ("text/html", html_bytes);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (copy->widget), both);
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = ent_store_rows_finish (ENT_STORE (source), result, &error);
  g_autofree char *said = NULL;

  if (messages == NULL)
    {
      say (copy->widget, _ ("The rows could not be read"));
      return;
    }
  put_on_clipboard (copy, messages);
  said =
      g_strdup_printf (ngettext ("%u row copied", "%u rows copied", messages->len), messages->len);
  say (copy->widget, said);
}

static guint32 *
positions_of (EntSelection *selection, GtkBitset *selected, guint n)
{
  const guint32 *positions = ent_selection_get_positions (selection);
  guint32 *chosen = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    chosen[i] = positions[gtk_bitset_get_nth (selected, i)];
  return chosen;
}

void
ent_message_copy_rows (GtkWidget *widget,
                       EntStore *store,
                       EntSelection *selection,
                       GtkBitset *selected,
                       GArray *columns,
                       EntMessageText *text)
{
  guint64 n = gtk_bitset_get_size (selected);
  g_autofree guint32 *positions = NULL;
  Copy *copy;

  if (n == 0 || selection == NULL)
    return;
  if (n > ENT_MESSAGE_COPY_MAX)
    {
      g_autofree char *most = ent_words_count (ENT_MESSAGE_COPY_MAX);
      g_autofree char *said =
          g_strdup_printf (_ ("At most %s rows can be copied; export them instead"), most);

      say (widget, said);
      return;
    }
  copy = g_new0 (Copy, 1);
  copy->widget = g_object_ref (widget);
  copy->columns = g_array_ref (columns);
  copy->text = text;
  positions = positions_of (selection, selected, (guint) n);
  ent_store_rows_async (store, positions, (guint) n, NULL, rows_cb, copy);
}
