/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row's body: see the header. Main thread; held by the views, weakly by the list. */
#include "config.h"

#include "ent-message-row-private.h"

struct _EntMessageRow
{
  GObject parent_instance;

  guint32 position;
  gboolean failed;
  EntMessage *message;
};

G_DEFINE_FINAL_TYPE (EntMessageRow, ent_message_row, G_TYPE_OBJECT)

static guint changed_signal;

static void
ent_message_row_finalize (GObject *object)
{
  g_clear_pointer (&ENT_MESSAGE_ROW (object)->message, ent_message_unref);
  G_OBJECT_CLASS (ent_message_row_parent_class)->finalize (object);
}

static void
ent_message_row_class_init (EntMessageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_message_row_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
ent_message_row_init (EntMessageRow *self)
{
}

EntMessageRow *
ent_message_row_new (guint32 position)
{
  EntMessageRow *self = g_object_new (ENT_TYPE_MESSAGE_ROW, NULL);

  self->position = position;
  return self;
}

void
ent_message_row_set_message (EntMessageRow *self, EntMessage *message)
{
  self->failed = message == NULL;
  if (message != NULL)
    {
      ent_message_ref (message);
      g_clear_pointer (&self->message, ent_message_unref);
      self->message = message;
    }
  g_signal_emit (self, changed_signal, 0);
}

guint32
ent_message_row_get_position (EntMessageRow *self)
{
  return self->position;
}

EntMessage *
ent_message_row_get_message (EntMessageRow *self)
{
  return self->message;
}

gboolean
ent_message_row_has_failed (EntMessageRow *self)
{
  return self->failed;
}
