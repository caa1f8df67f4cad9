/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to a PDF file through cairo, which writes as it goes: memory does not grow with the pages.
 * Lives on the thread of its export. */

#include "config.h"

#include "ent-pdf-document.h"

#include "ent-export-error.h"
#include "ent-pdf-pages.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <unistd.h>

#define BUFFER_BYTES 65536

typedef struct
{
  int fd;
  int failure; /* errno of the first failed write */
  gsize used;
  guint8 buffer[BUFFER_BYTES];
} Sink;

static gboolean
flush (Sink *self)
{
  gsize done = 0;

  while (done < self->used && self->failure == 0)
    {
      gssize n = write (self->fd, self->buffer + done, self->used - done);

      if (n > 0)
        done += (gsize) n;
      else if (n < 0 && errno != EINTR)
        self->failure = errno;
    }
  self->used = 0;
  return self->failure == 0;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  Sink *self = closure;

  while (length > 0)
    {
      unsigned int n = (unsigned int) MIN (length, BUFFER_BYTES - self->used);

      for (unsigned int i = 0; i < n; i++)
        self->buffer[self->used + i] = data[i];
      self->used += n;
      data += n;
      length -= n;
      if (self->used == BUFFER_BYTES && !flush (self))
        return CAIRO_STATUS_WRITE_ERROR;
    }
  return CAIRO_STATUS_SUCCESS;
}

static char *
pdf_date (gint64 instant)
{
  g_autofree char *text = ent_instant_format (instant);

  /* cairo wants no fraction of seconds. */
  return g_strdup_printf ("%.19sZ", text);
}

static void
set_metadata (cairo_surface_t *surface, const EntPdfPages *pages)
{
  g_autofree char *date = pdf_date (ent_pdf_pages_get_created_at (pages));
  g_autofree char *keywords =
      g_strdup_printf ("inputs-sha256:%s", ent_pdf_pages_get_digest (pages));

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  ent_pdf_pages_get_title (pages));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT,
                                  ent_pdf_pages_get_period (pages));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, keywords);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Entrega " VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, date);
#if CAIRO_VERSION >= CAIRO_VERSION_ENCODE(1, 18, 0)
  cairo_pdf_surface_set_custom_metadata (surface, "InputsSHA256", ent_pdf_pages_get_digest (pages));
#endif
}

static void
add_outline (cairo_surface_t *surface, const EntPdfPages *pages)
{
  cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, ent_pdf_pages_get_title (pages),
                                 "page=1", CAIRO_PDF_OUTLINE_FLAG_BOLD);
  for (guint i = 0; i < ent_pdf_pages_get_n_sections (pages); i++)
    {
      guint page;
      const char *title = ent_pdf_pages_get_section (pages, i, &page);
      g_autofree char *link = g_strdup_printf ("dest='section-%u'", i + 1);

      cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, title, link, 0);
    }
}

static gboolean
check (cairo_surface_t *surface, cairo_t *cr, const Sink *sink, GError **error)
{
  cairo_status_t status = cr != NULL ? cairo_status (cr) : CAIRO_STATUS_SUCCESS;

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  if (sink->failure != 0)
    g_set_error (error, ENT_EXPORT_ERROR,
                 sink->failure == ENOSPC || sink->failure == EDQUOT || sink->failure == EFBIG
                     ? ENT_EXPORT_ERROR_FULL
                     : ENT_EXPORT_ERROR_FAILED,
                 "Cannot write the PDF: %s", g_strerror (sink->failure));
  else if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error, ENT_EXPORT_ERROR, ENT_EXPORT_ERROR_FAILED, "Cannot write the PDF: %s",
                 cairo_status_to_string (status));
  return sink->failure == 0 && status == CAIRO_STATUS_SUCCESS;
}

static gboolean
draw_pages (EntExportDocument *document,
            EntPdfPages *pages,
            cairo_surface_t *surface,
            Sink *sink,
            GError **error)
{
  cairo_t *cr = cairo_create (surface);
  guint n = ent_pdf_pages_get_n (pages);
  gint64 half = document->rows_expected / 2;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < n; i++)
    {
      EntPdfPaper paper = ent_pdf_pages_get_size (pages, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);

      cairo_pdf_surface_set_size (surface, paper.width, paper.height);
      cairo_pdf_surface_set_page_label (surface, label);
      ent_pdf_pages_draw (pages, i, cr);
      cairo_show_page (cr);
      ok = check (surface, cr, sink, error) &&
           ent_export_document_tick (document, half + half * (i + 1) / n, error);
    }
  cairo_destroy (cr);
  return ok;
}

static gboolean
write_pages (EntExportDocument *document, EntPdfPages *pages, Sink *sink, GError **error)
{
  EntPdfPaper paper = ent_pdf_pages_get_size (pages, 0);
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (write_cb, sink, paper.width, paper.height);
  gboolean ok;

  ent_pdf_pages_set_tags (pages, TRUE);
  set_metadata (surface, pages);
  ok = draw_pages (document, pages, surface, sink, error);
  if (ok)
    {
      add_outline (surface, pages);
      cairo_surface_finish (surface);
      flush (sink);
      ok = check (surface, NULL, sink, error);
    }
  cairo_surface_destroy (surface);
  return ok;
}

gboolean
ent_pdf_write_document_on (
    EntExportDocument *document, int fd, EntPdfPaper paper, guint max_rows, GError **error)
{
  g_autoptr (EntPdfPages) pages = ent_pdf_pages_new (document, paper, max_rows, error);
  g_autofree Sink *sink = g_new0 (Sink, 1);

  sink->fd = fd;
  return pages != NULL && write_pages (document, pages, sink, error);
}

gboolean
ent_pdf_write_document (EntExportDocument *document, int fd, const char *path, GError **error)
{
  return ent_pdf_write_document_on (document, fd, ent_pdf_paper_default (), ENT_PDF_MAX_ROWS,
                                    error);
}
