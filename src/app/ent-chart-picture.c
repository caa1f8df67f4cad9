/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing takes a few milliseconds and is done here; writing the file is not. Main thread. */
#include "config.h"

#include "ent-chart-picture.h"

#include "ent-chart-image.h"
#include "ent-text.h"

#include <glib/gi18n-lib.h>

#define WIDTH 1200
#define HEIGHT 480
#define SCALE 2.0

typedef struct
{
  GtkWidget *widget;
  GBytes *bytes;
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_object (&self->widget);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
say (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

void
ent_chart_picture_copy (GtkWidget *widget, EntChart *chart, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkContentProvider) provider = NULL;

  if (chart == NULL)
    return;
  bytes = ent_chart_to_png (chart, title, WIDTH, HEIGHT, SCALE, &error);
  if (bytes == NULL)
    {
      say (widget, _ ("The chart could not be drawn"));
      return;
    }
  provider = gdk_content_provider_new_for_bytes ("image/png", bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), provider);
  say (widget, _ ("Chart copied"));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup_printf (_ ("Chart saved as “%s”"), name);
  else
    text = g_strdup_printf (_ ("“%s” could not be saved: %s"), name, error->message);
  say (saving->widget, text);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GFile) file = NULL;
  GBytes *bytes = saving->bytes;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                           written_cb, g_steal_pointer (&saving));
    }
  g_object_unref (dialog);
}

void
ent_chart_picture_save (GtkWidget *widget, EntChart *chart, const char *title, gboolean svg)
{
  g_autoptr (Saving) saving = g_new0 (Saving, 1);
  g_autofree char *base = ent_text_file_name (title);
  g_autofree char *name = g_strconcat (base, svg ? ".svg" : ".png", NULL);
  GtkFileChooserNative *dialog;

  if (chart == NULL)
    return;
  saving->widget = g_object_ref (widget);
  saving->bytes = svg ? ent_chart_to_svg (chart, title, WIDTH, HEIGHT, NULL)
                      : ent_chart_to_png (chart, title, WIDTH, HEIGHT, SCALE, NULL);
  if (saving->bytes == NULL)
    {
      say (widget, _ ("The chart could not be drawn"));
      return;
    }
  dialog = gtk_file_chooser_native_new (_ ("Save chart"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_steal_pointer (&saving));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
