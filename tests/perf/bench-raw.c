/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The libraries under our exports, used in the plainest way: a loop over libxlsxwriter, and Pango
 * with one layout per cell on a PDF surface of cairo. Rows are made before the clock runs. Speaks
 * perf-serve. */

#include "config.h"

#include "ent-time.h"
#include "ent-words.h"
#include "perf-data.h"
#include "perf-serve.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <xlsxwriter.h>

#define BLOCK 1000
#define N_CELLS 15
/* Places of the cells that are times; the others are texts. */
#define FIRST_TIME 3
#define LAST_TIME 6

/* One row as it is written. */
typedef struct
{
  char texts[N_CELLS][320];
  gint64 times[N_CELLS]; /* ENT_TIME_NONE: none, or a text */
} Cells;

static void
set_text (Cells *cells, guint place, const char *text)
{
  g_strlcpy (cells->texts[place], text, sizeof cells->texts[place]);
}

static void
fill_cells (const PerfRow *row, Cells *cells)
{
  char name[PERF_NAME_SIZE];

  for (guint i = 0; i < N_CELLS; i++)
    cells->times[i] = ENT_TIME_NONE;
  set_text (cells, 0, row->remote_id);
  set_text (cells, 1, ent_words_direction_short (row->direction));
  set_text (cells, 2, ent_words_channel (row->channel));
  for (guint i = 0; i < 4; i++)
    cells->times[FIRST_TIME + i] = row->times[i];
  set_text (cells, 7, ent_words_status (row->status));
  set_text (cells, 8, ent_words_reason (row->reason));
  g_snprintf (cells->texts[9], sizeof cells->texts[9], "+%s", row->phone);
  set_text (cells, 10, row->contact_name);
  set_text (cells, 11, row->content);
  set_text (cells, 12, perf_name_subaccount (row->subaccount, name));
  set_text (cells, 13, perf_name_user (row->user, name));
  set_text (cells, 14, perf_name_campaign (row->campaign, name));
}

/* Calls @func with blocks of rows in order of time; only its time counts. */
typedef void (*BlockFunc) (const Cells *cells, guint n, guint64 first, gpointer data);

static void
for_each_block (guint64 n, BlockFunc func, gpointer user_data, PerfClock *sum)
{
  g_autoptr (PerfData) data = perf_data_new (n);
  g_autofree Cells *cells = g_new0 (Cells, BLOCK);

  for (guint64 first = 0; first < n; first += BLOCK)
    {
      guint len = (guint) MIN (BLOCK, n - first);
      PerfClock clock;

      for (guint i = 0; i < len; i++)
        {
          PerfRow row;

          perf_data_row (data, first + i, &row);
          fill_cells (&row, &cells[i]);
        }
      perf_clock_start (&clock);
      func (cells, len, first, user_data);
      perf_clock_add (&clock, sum);
    }
}

/* ---- XLSX ----------------------------------------------------------------------------------- */

typedef struct
{
  lxw_worksheet *sheet;
  lxw_format *time_format;
  const EntZone *zone;
} Workbook;

static double
serial_of (const EntZone *zone, gint64 time)
{
  gint64 local = time + ent_zone_offset_at (zone, time);

  return 25569.0 + (double) (local / 1000) / 86400.0;
}

static void
write_block (const Cells *cells, guint n, guint64 first, gpointer user_data)
{
  Workbook *self = user_data;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < N_CELLS; k++)
      {
        lxw_row_t row = (lxw_row_t) (first + i + 1);

        if (cells[i].times[k] != ENT_TIME_NONE)
          worksheet_write_number (self->sheet, row, (lxw_col_t) k,
                                  serial_of (self->zone, cells[i].times[k]), self->time_format);
        else if (cells[i].texts[k][0] != '\0')
          worksheet_write_string (self->sheet, row, (lxw_col_t) k, cells[i].texts[k], NULL);
      }
}

static gboolean
do_xlsx (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  g_autoptr (EntZone) zone = ent_zone_new ("America/Sao_Paulo", error);
  PerfClock sum = { 0, 0 }, clock;
  lxw_workbook *workbook;
  Workbook self;

  if (zone == NULL)
    return FALSE;
  workbook = workbook_new_opt (perf_get_string (request, "path", ""), &options);
  self.sheet = workbook_add_worksheet (workbook, NULL);
  self.time_format = workbook_add_format (workbook);
  self.zone = zone;
  format_set_num_format (self.time_format, "yyyy-mm-dd hh:mm:ss");
  for_each_block ((guint64) perf_get_int (request, "rows", 0), write_block, &self, &sum);
  perf_clock_start (&clock);
  workbook_close (workbook);
  perf_clock_add (&clock, &sum);
  perf_clock_tell (&sum, answer);
  return TRUE;
}

/* ---- PDF ------------------------------------------------------------------------------------ */

/* The ten columns of the printed report. */
static const guint8 printed[] = { 3, 1, 2, 9, 10, 11, 7, 8, 14, 12 };
#define PAGE_ROWS 40

typedef struct
{
  cairo_t *cr;
  PangoFontDescription *font;
  const EntZone *zone;
} Paper;

static void
show_cell (Paper *self, double x, double y, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);

  pango_layout_set_font_description (layout, self->font);
  pango_layout_set_width (layout, 76 * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  g_object_unref (layout);
}

static void
show_block (const Cells *cells, guint n, guint64 first, gpointer user_data)
{
  Paper *self = user_data;

  for (guint i = 0; i < n; i++)
    {
      guint line = (guint) ((first + i) % PAGE_ROWS);

      for (guint k = 0; k < G_N_ELEMENTS (printed); k++)
        {
          const char *text = cells[i].texts[printed[k]];
          g_autofree char *time = NULL;

          if (cells[i].times[printed[k]] != ENT_TIME_NONE)
            text = time = ent_instant_format (cells[i].times[printed[k]]);
          if (*text != '\0')
            show_cell (self, 30 + k * 79, 40 + line * 13, text);
        }
      if (line == PAGE_ROWS - 1)
        cairo_show_page (self->cr);
    }
}

static gboolean
do_pdf (JsonObject *request, JsonObject *answer, gpointer data, GError **error)
{
  cairo_surface_t *surface =
      cairo_pdf_surface_create (perf_get_string (request, "path", ""), 842, 595);
  PerfClock sum = { 0, 0 }, clock;
  Paper self = { .cr = cairo_create (surface) };

  self.font = pango_font_description_from_string ("Cantarell 7");
  for_each_block ((guint64) perf_get_int (request, "rows", 0), show_block, &self, &sum);
  perf_clock_start (&clock);
  cairo_destroy (self.cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  perf_clock_add (&clock, &sum);
  perf_clock_tell (&sum, answer);
  pango_font_description_free (self.font);
  return TRUE;
}

static const PerfCommand commands[] = {
  { "xlsx", do_xlsx },
  { "pdf", do_pdf },
  { NULL, NULL },
};

int
main (int argc, char **argv)
{
  return perf_serve (commands, NULL);
}
