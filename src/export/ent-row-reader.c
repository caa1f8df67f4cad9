/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages out of a snapshot. One is held at a time, so memory does not grow with the report. One
 * thread, that of the export. */

#include "config.h"

#include "ent-row-reader.h"

#include "ent-row-cursor.h"

#include <string.h>

#define ROWS_PER_LOOK 256
#define COVERAGE_SLOTS 256

typedef struct
{
  char *source;
  EntChannel channel;
  EntDay day;
  EntCoverage coverage;
} KnownCoverage;

struct _EntRowReader
{
  EntSnapshot *snapshot; /* not owned */
  EntSelection *selection;
  EntZone *zone;
  gint64 now;
  guint next; /* index of the next message in the selection */
  guint end;
  GArray *columns; /* EntColumn; NULL: all */
  EntRowCursor *cursor;
  KnownCoverage coverages[COVERAGE_SLOTS];
};

EntRowReader *
ent_row_reader_new (EntSnapshot *snapshot,
                    const EntQuery *query,
                    EntSort sort,
                    GCancellable *cancellable,
                    GError **error)
{
  EntSelection *selection = ent_snapshot_select (snapshot, query, sort, cancellable, error);
  EntRowReader *self;

  if (selection == NULL)
    return NULL;
  self = g_new0 (EntRowReader, 1);
  self->snapshot = snapshot;
  self->selection = selection;
  self->zone = ent_zone_ref (query->zone);
  self->now = query->now;
  self->end = ent_selection_get_size (selection);
  return self;
}

void
ent_row_reader_free (EntRowReader *self)
{
  for (guint i = 0; i < COVERAGE_SLOTS; i++)
    g_free (self->coverages[i].source);
  g_clear_pointer (&self->cursor, ent_row_cursor_free);
  g_clear_pointer (&self->columns, g_array_unref);
  ent_selection_unref (self->selection);
  ent_zone_unref (self->zone);
  g_free (self);
}

guint
ent_row_reader_get_size (const EntRowReader *self)
{
  return ent_selection_get_size (self->selection);
}

void
ent_row_reader_clip (EntRowReader *self, guint n, gint64 limit)
{
  self->next = MIN (n, self->end);
  if (limit >= 0 && limit < self->end - self->next)
    self->end = self->next + (guint) limit;
}

void
ent_row_reader_get_left (const EntRowReader *self, guint *first, guint *n)
{
  *first = self->next;
  *n = self->end - self->next;
}

void
ent_row_reader_move (EntRowReader *self, guint first, guint n)
{
  guint size = ent_selection_get_size (self->selection);

  self->next = MIN (first, size);
  self->end = self->next + MIN (n, size - self->next);
  if (self->cursor != NULL)
    ent_row_cursor_move (self->cursor, ent_selection_get_positions (self->selection) + self->next,
                         self->end - self->next);
}

EntRowReader *
ent_row_reader_twin (const EntRowReader *self, EntSnapshot *snapshot)
{
  EntRowReader *twin = g_new0 (EntRowReader, 1);

  twin->snapshot = snapshot;
  twin->selection = ent_selection_ref (self->selection);
  twin->zone = ent_zone_ref (self->zone);
  twin->now = self->now;
  twin->next = self->next;
  twin->end = self->end;
  twin->columns = self->columns != NULL ? g_array_ref (self->columns) : NULL;
  return twin;
}

void
ent_row_reader_use_columns (EntRowReader *self, const EntColumn *columns, guint n)
{
  g_clear_pointer (&self->columns, g_array_unref);
  self->columns = g_array_new (FALSE, FALSE, sizeof (EntColumn));
  g_array_append_vals (self->columns, columns, n);
}

static void
make_cursor (EntRowReader *self, GCancellable *cancellable)
{
  const EntColumn *columns =
      self->columns != NULL ? (const EntColumn *) (gpointer) self->columns->data : NULL;

  self->cursor = ent_row_cursor_new (
      self->snapshot, ent_selection_get_positions (self->selection) + self->next,
      self->end - self->next, columns, columns != NULL ? self->columns->len : 0, cancellable);
}

const EntMessage *
ent_row_reader_next (EntRowReader *self, GCancellable *cancellable, GError **error)
{
  if (self->cursor == NULL)
    make_cursor (self, cancellable);
  if (self->next++ % ROWS_PER_LOOK == 0 &&
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  /* A position without its row cannot be in one snapshot; the count of rows tells the caller
   * should it ever happen. */
  return ent_row_cursor_next (self->cursor, error);
}

EntCoverage
ent_row_reader_get_coverage (EntRowReader *self, const EntMessage *message)
{
  EntChannel channel = ent_message_get_channel (message);
  EntDay day = ent_zone_day_of (self->zone, ent_message_get_time (message, NULL));
  guint slot =
      ((guint) day * ENT_N_CHANNELS + channel + g_str_hash (message->source)) % COVERAGE_SLOTS;
  KnownCoverage *known = &self->coverages[slot];

  if (known->source == NULL || known->day != day || known->channel != channel ||
      strcmp (known->source, message->source) != 0)
    {
      g_free (known->source);
      known->source = g_strdup (message->source);
      known->day = day;
      known->channel = channel;
      known->coverage = ent_snapshot_coverage_at (self->snapshot, message, self->now, self->zone);
    }
  return known->coverage;
}
