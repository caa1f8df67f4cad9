/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells as people read them, made from the very cells that files are made of. Main thread. */
#include "config.h"

#include "ent-message-text.h"

#include "ent-phone.h"
#include "ent-text.h"
#include "ent-words-date.h"
#include "ent-words-name.h"
#include "ent-words-number.h"

#include <glib/gi18n-lib.h>

#define MAX_CELL_CHARS 300

struct _EntMessageText
{
  EntCellMaker *cells;
  EntZone *zone;
  gint64 now;
  gboolean masked;
};

EntMessageText *
ent_message_text_new (void)
{
  EntMessageText *self = g_new0 (EntMessageText, 1);

  self->zone = ent_zone_new_utc ();
  self->now = ent_clock_now ();
  self->cells = ent_cell_maker_new (ENT_PRIVACY_FULL, NULL, self->now);
  return self;
}

void
ent_message_text_free (EntMessageText *self)
{
  ent_cell_maker_free (self->cells);
  ent_zone_unref (self->zone);
  g_free (self);
}

void
ent_message_text_set_context (EntMessageText *self,
                              const EntZone *zone,
                              gint64 now,
                              gboolean masked)
{
  EntZone *next = ent_zone_ref ((EntZone *) zone);

  ent_zone_unref (self->zone);
  self->zone = next;
  self->masked = masked;
  if (self->now == now)
    return;
  self->now = now;
  ent_cell_maker_free (self->cells);
  self->cells = ent_cell_maker_new (ENT_PRIVACY_FULL, NULL, now);
}

char *
ent_message_text_phone (EntMessageText *self, const char *phone)
{
  g_autofree char *text = self->masked ? ent_phone_mask (phone) : ent_phone_format (phone);

  return ent_text_for_display (text, MAX_CELL_CHARS);
}

static gboolean
is_duration (EntColumn column)
{
  return column == ENT_COLUMN_SECS_TO_DELIVER || column == ENT_COLUMN_SECS_TO_READ;
}

static char *
text_of_cell (EntMessageText *self, const EntCell *cell, EntColumn column)
{
  switch (cell->kind)
    {
    case ENT_CELL_EMPTY:
      return g_strdup ("");
    case ENT_CELL_PHONE:
      return ent_message_text_phone (self, cell->text);
    case ENT_CELL_TIME:
      return ent_words_date_time (cell->number, self->zone);
    case ENT_CELL_INTEGER:
      return is_duration (column) ? ent_words_duration (cell->number)
                                  : ent_words_count (cell->number);
    case ENT_CELL_FLAG:
      return g_strdup (cell->number != 0 ? _ ("Yes") : _ ("No"));
    case ENT_CELL_WORD:
      return g_strdup (cell->word);
    case ENT_CELL_TEXT:
    default:
      /* A name tells who it is as surely as the number does. */
      if (self->masked && column == ENT_COLUMN_CONTACT_NAME)
        return g_strdup ("••••");
      return ent_text_for_display (cell->text, MAX_CELL_CHARS);
    }
}

char *
ent_message_text_get (EntMessageText *self, const EntMessage *message, EntColumn column)
{
  EntCell cell;

  ent_cell_maker_next_row (self->cells, message);
  ent_cell_make (self->cells, column, ENT_COVERAGE_NONE, &cell);
  return text_of_cell (self, &cell, column);
}

EntStatus
ent_message_text_status (EntMessageText *self, const EntMessage *message)
{
  return ent_status_at (ent_message_get_status (message), ent_message_get_time (message, NULL),
                        FALSE, self->now);
}

const char *
ent_status_mark (EntStatus status)
{
  static const char *const marks[ENT_N_STATUSES] = {
    [ENT_STATUS_QUEUED] = "○",   [ENT_STATUS_SENT] = "◐",        [ENT_STATUS_DELIVERED] = "●",
    [ENT_STATUS_READ] = "✔",     [ENT_STATUS_SEND_FAILED] = "▲", [ENT_STATUS_NOT_DELIVERED] = "▲",
    [ENT_STATUS_RECEIVED] = "◆", [ENT_STATUS_UNCONFIRMED] = "◌",
  };

  return marks[status];
}

const char *
ent_status_css_class (EntStatus status)
{
  static const char *const classes[ENT_N_STATUSES] = {
    [ENT_STATUS_QUEUED] = "pending",      [ENT_STATUS_SENT] = "sent",
    [ENT_STATUS_DELIVERED] = "delivered", [ENT_STATUS_READ] = "read",
    [ENT_STATUS_SEND_FAILED] = "errors",  [ENT_STATUS_NOT_DELIVERED] = "errors",
    [ENT_STATUS_RECEIVED] = "received",   [ENT_STATUS_UNCONFIRMED] = "pending",
  };

  return classes[status];
}
