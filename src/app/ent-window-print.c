/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing what the report page shows: the pages of the PDF, on the paper of the printer. Main
 * thread; the pages are laid out on a thread, once the dialog has told the paper.
 *
 *   dialog ─► begin-print ─► (thread) document ─► pages ─► paginate ─► draw-page of each */
#include "config.h"

#include "ent-export-document.h"
#include "ent-pdf-pages.h"
#include "ent-window-private.h"

#include <glib/gi18n.h>

#define SETTINGS_KEY "ent-print-settings"
#define SETUP_KEY "ent-print-setup"
/* The operation asks again and again in an idle: not without a breath. */
#define BREATH_US 5000

/* One operation; counted references of the operation and of the layout. */
typedef struct
{
  EntWindow *window;
  EntExportRequest *request;
  GCancellable *cancellable;
  EntPdfPages *pages; /* NULL until they are laid out */
  GError *error;
} Print;

/* What the thread may touch. */
typedef struct
{
  EntStore *store;
  EntUserData *user_data;
  EntExportRequest *request;
  EntPdfPaper paper;
} Layout;

static void
print_clear (gpointer data)
{
  Print *self = data;

  g_clear_object (&self->window);
  g_clear_pointer (&self->request, ent_export_request_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pages, ent_pdf_pages_free);
  g_clear_error (&self->error);
}

static void
print_unref (gpointer data)
{
  g_rc_box_release_full (data, print_clear);
}

static void
print_closure_unref (gpointer data, GClosure *closure)
{
  print_unref (data);
}

static void
layout_free (gpointer data)
{
  Layout *self = data;

  g_object_unref (self->store);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
  ent_export_request_free (self->request);
  g_free (self);
}

/* ---- Laying out ---- */

static void
lay_out_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Layout *layout = data;
  GError *error = NULL;
  EntSnapshot *snapshot = ent_store_snapshot (layout->store, &error);
  g_autoptr (EntExportDocument) document = NULL;
  EntPdfPages *pages = NULL;

  if (snapshot != NULL)
    document =
        ent_export_document_new (layout->request, snapshot, ent_store_get_data_dir (layout->store),
                                 layout->user_data, cancellable, &error);
  if (document != NULL)
    pages = ent_pdf_pages_new (document, layout->paper, ENT_PDF_MAX_ROWS, &error);
  if (pages != NULL)
    g_task_return_pointer (task, pages, (GDestroyNotify) ent_pdf_pages_free);
  else
    g_task_return_error (task, error);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Print *self = data;

  self->pages = g_task_propagate_pointer (G_TASK (result), &self->error);
  print_unref (self);
}

/* Paper of about the usual size is filled; on other paper the usual pages are made to fit. */
static EntPdfPaper
paper_of (GtkPrintContext *context)
{
  GtkPaperSize *size = gtk_page_setup_get_paper_size (gtk_print_context_get_page_setup (context));
  EntPdfPaper paper = { gtk_paper_size_get_width (size, GTK_UNIT_POINTS),
                        gtk_paper_size_get_height (size, GTK_UNIT_POINTS) };

  if (paper.width >= 560 && paper.width <= 700 && paper.height >= 750 && paper.height <= 1020)
    return paper;
  return ent_pdf_paper_default ();
}

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, Print *self)
{
  EntEngine *engine = self->window->engine;
  g_autoptr (GTask) task =
      g_task_new (NULL, self->cancellable, laid_out_cb, g_rc_box_acquire (self));
  Layout *layout = g_new0 (Layout, 1);

  layout->store = g_object_ref (ent_engine_get_store (engine));
  layout->user_data = ent_user_data_ref (ent_engine_get_user_data (engine));
  layout->request = ent_export_request_copy (self->request);
  layout->paper = paper_of (context);
  g_task_set_source_tag (task, begin_print_cb);
  g_task_set_task_data (task, layout, layout_free);
  g_task_run_in_thread (task, lay_out_in_worker);
}

static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, Print *self)
{
  if (self->error != NULL)
    {
      gtk_print_operation_cancel (operation);
      return FALSE;
    }
  if (self->pages == NULL)
    {
      g_usleep (BREATH_US);
      return FALSE;
    }
  gtk_print_operation_set_n_pages (operation, (int) ent_pdf_pages_get_n (self->pages));
  return TRUE;
}

/* ---- Drawing ---- */

static void
request_page_setup_cb (GtkPrintOperation *operation,
                       GtkPrintContext *context,
                       int page,
                       GtkPageSetup *setup,
                       Print *self)
{
  EntPdfPaper size = ent_pdf_pages_get_size (self->pages, (guint) page);

  gtk_page_setup_set_orientation (setup, size.width > size.height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                                  : GTK_PAGE_ORIENTATION_PORTRAIT);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *self)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  EntPdfPaper size = ent_pdf_pages_get_size (self->pages, (guint) page);
  double width = gtk_print_context_get_width (context);
  double height = gtk_print_context_get_height (context);
  double scale = MIN (width / size.width, height / size.height);

  cairo_translate (cr, (width - scale * size.width) / 2, (height - scale * size.height) / 2);
  cairo_scale (cr, scale, scale);
  ent_pdf_pages_draw (self->pages, (guint) page, cr);
}

/* ---- The operation ---- */

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Print *self)
{
  GObject *application = G_OBJECT (g_application_get_default ());
  g_autoptr (GError) error = NULL;

  if (self->error != NULL && !g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ent_window_toast_error (self->window, self->error);
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      ent_window_toast_error (self->window, error);
    }
  /* The next time begins where this one ended. */
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY && application != NULL)
    {
      g_object_set_data_full (application, SETTINGS_KEY,
                              g_object_ref (gtk_print_operation_get_print_settings (operation)),
                              g_object_unref);
      g_object_set_data_full (application, SETUP_KEY,
                              g_object_ref (gtk_print_operation_get_default_page_setup (operation)),
                              g_object_unref);
    }
  g_cancellable_cancel (self->cancellable);
}

static void
set_paper (GtkPrintOperation *operation)
{
  GObject *application = G_OBJECT (g_application_get_default ());
  GtkPageSetup *last = application != NULL ? g_object_get_data (application, SETUP_KEY) : NULL;
  g_autoptr (GtkPageSetup) setup = NULL;
  GtkPaperSize *size;

  if (last != NULL)
    {
      gtk_print_operation_set_default_page_setup (operation, last);
      return;
    }
  setup = gtk_page_setup_new ();
  size =
      gtk_paper_size_new (ent_pdf_paper_is_letter () ? GTK_PAPER_NAME_LETTER : GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
}

/* @name: what a file is called that is printed to. */
static void
set_settings (GtkPrintOperation *operation, const char *name)
{
  GObject *application = G_OBJECT (g_application_get_default ());
  GtkPrintSettings *last =
      application != NULL ? g_object_get_data (application, SETTINGS_KEY) : NULL;
  g_autoptr (GtkPrintSettings) settings =
      last != NULL ? gtk_print_settings_copy (last) : gtk_print_settings_new ();
  g_autofree char *folder = ent_window_export_folder ();

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR, folder);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, NULL);
  gtk_print_operation_set_print_settings (operation, settings);
}

static void
connect (GtkPrintOperation *operation, const char *signal, GCallback callback, Print *self)
{
  g_signal_connect_data (operation, signal, callback, g_rc_box_acquire (self), print_closure_unref,
                         0);
}

static GtkPrintOperation *
operation_new (Print *self, const char *name)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_job_name (operation, name);
  set_paper (operation);
  set_settings (operation, name);
  connect (operation, "begin-print", G_CALLBACK (begin_print_cb), self);
  connect (operation, "paginate", G_CALLBACK (paginate_cb), self);
  connect (operation, "request-page-setup", G_CALLBACK (request_page_setup_cb), self);
  connect (operation, "draw-page", G_CALLBACK (draw_page_cb), self);
  connect (operation, "done", G_CALLBACK (done_cb), self);
  return operation;
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;
  g_autofree char *name = NULL;
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  Print *print;

  if (self->session == NULL)
    return;
  name = ent_window_export_name (self);
  print = g_rc_box_new0 (Print);
  print->window = g_object_ref (self);
  print->request = ent_window_export_request (self, ENT_FORMAT_PDF, name);
  print->cancellable = g_cancellable_new ();
  operation = operation_new (print, name);
  print_unref (print);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (self), &error) == GTK_PRINT_OPERATION_RESULT_ERROR &&
      error != NULL)
    ent_window_toast_error (self, error);
}

void
ent_window_add_print_action (EntWindow *self)
{
  static const GActionEntry entries[] = { { .name = "print", .activate = print_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
