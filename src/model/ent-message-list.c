/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lazy list. A view asks for some two hundred rows in one go, so get_item only makes a
 * placeholder and notes what is missing; one idle later the missing rows are asked for in
 * batches, newest wish first, and rows that nobody holds any more are left out.
 *
 *   get_item ─► rows (weak, by position) ─► wanted ─► idle ─► ent_store_rows_async ─► row "changed"
 *
 * Main thread. */
#include "config.h"

#include "ent-message-list.h"

#include "ent-message-row-private.h"
#include "ent-splice.h"

/* Two pages of a tall screen a batch: short jobs, so that a jump is answered at once. */
#define BATCH 128
#define MAX_RUNNING 2
/* Messages of rows that scrolled out are kept for the way back. */
#define KEPT_MESSAGES 4096
#define MAX_SPLICES 64

struct _EntMessageList
{
  GObject parent_instance;

  EntStore *store;
  EntSelection *selection;
  const guint32 *positions; /* of the selection; NULL without */
  guint size;               /* what the model says, 0 between the two steps of a reset */
  EntSelection *next;       /* whose first rows stand before the others; NULL outside of that */
  guint n_front;            /* how many */
  GHashTable *rows;         /* position → EntMessageRow, weak */
  GArray *wanted;           /* guint32 positions, newest last */
  GHashTable *messages;     /* position → EntMessage: the kept ones */
  GQueue kept;              /* positions in order of arrival */
  guint idle;
  guint running;
  guint generation; /* grows with each data version: late answers of older ones are dropped */
  GCancellable *cancellable;
  GError *error;
};

static GType
get_item_type (GListModel *model)
{
  return ENT_TYPE_MESSAGE_ROW;
}

static void ask (EntMessageList *self);

/* --- kept messages ---------------------------------------------------------------------- */

static void
keep_message (EntMessageList *self, guint32 position, EntMessage *message)
{
  gpointer key = GUINT_TO_POINTER (position);

  if (!g_hash_table_contains (self->messages, key))
    g_queue_push_tail (&self->kept, key);
  g_hash_table_insert (self->messages, key, ent_message_ref (message));
  while (g_queue_get_length (&self->kept) > KEPT_MESSAGES)
    g_hash_table_remove (self->messages, g_queue_pop_head (&self->kept));
}

static void
forget_messages (EntMessageList *self)
{
  g_hash_table_remove_all (self->messages);
  g_queue_clear (&self->kept);
}

/* --- fetching --------------------------------------------------------------------------- */

typedef struct
{
  EntMessageList *list;
  guint32 *positions;
  guint n;
  guint generation;
} Batch;

static void
batch_free (Batch *self)
{
  g_clear_object (&self->list);
  g_free (self->positions);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

static void
set_error (EntMessageList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify (G_OBJECT (self), "error");
}

static void
fill_row (EntMessageList *self, guint32 position, EntMessage *message)
{
  EntMessageRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));

  if (row == NULL)
    return;
  g_object_ref (row);
  ent_message_row_set_message (row, message);
  g_object_unref (row);
}

static void
batch_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  EntMessageList *self = batch->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = ent_store_rows_finish (ENT_STORE (source), result, &error);

  self->running--;
  /* Rows that are still wanted were asked for again when the generation changed. */
  if (batch->generation != self->generation ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ask (self);
      return;
    }
  for (guint i = 0; i < batch->n; i++)
    {
      EntMessage *message = messages != NULL ? g_ptr_array_index (messages, i) : NULL;

      if (message != NULL)
        keep_message (self, batch->positions[i], message);
      fill_row (self, batch->positions[i], message);
    }
  set_error (self, g_steal_pointer (&error));
  ask (self);
}

/* The newest wishes that somebody still holds. */
static Batch *
next_batch (EntMessageList *self)
{
  g_autoptr (Batch) batch = g_new0 (Batch, 1);

  batch->positions = g_new (guint32, BATCH);
  while (self->wanted->len > 0 && batch->n < BATCH)
    {
      guint32 position = g_array_index (self->wanted, guint32, self->wanted->len - 1);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      if (g_hash_table_contains (self->rows, GUINT_TO_POINTER (position)))
        batch->positions[batch->n++] = position;
    }
  if (batch->n == 0)
    return NULL;
  batch->list = g_object_ref (self);
  batch->generation = self->generation;
  return g_steal_pointer (&batch);
}

static gboolean
ask_cb (gpointer user_data)
{
  EntMessageList *self = user_data;

  self->idle = 0;
  while (self->running < MAX_RUNNING)
    {
      Batch *batch = next_batch (self);

      if (batch == NULL)
        break;
      self->running++;
      ent_store_rows_async (self->store, batch->positions, batch->n, self->cancellable,
                            batch_done_cb, batch);
    }
  return G_SOURCE_REMOVE;
}

static void
ask (EntMessageList *self)
{
  if (self->idle == 0 && self->wanted->len > 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, ask_cb, self, NULL);
}

static void
want (EntMessageList *self, guint32 position)
{
  g_array_append_val (self->wanted, position);
  ask (self);
}

/* --- rows ------------------------------------------------------------------------------- */

static void
row_gone_cb (gpointer user_data, GObject *row)
{
  EntMessageList *self = user_data;
  GHashTableIter iter;
  gpointer value;

  /* The object is gone, only its address tells which one it was; views hold some 200 rows. */
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == row)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static EntMessageRow *
new_row (EntMessageList *self, guint32 position)
{
  EntMessageRow *row = ent_message_row_new (position);
  EntMessage *message = g_hash_table_lookup (self->messages, GUINT_TO_POINTER (position));

  g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  if (message != NULL)
    ent_message_row_set_message (row, message);
  else
    want (self, position);
  return row;
}

static gpointer
get_item (GListModel *model, guint index)
{
  EntMessageList *self = ENT_MESSAGE_LIST (model);
  EntMessageRow *row;
  guint32 position;

  if (index >= self->size)
    return NULL;
  position = index < self->n_front ? ent_selection_get_positions (self->next)[index]
                                   : self->positions[index - self->n_front];
  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  return row != NULL ? g_object_ref (row) : new_row (self, position);
}

static guint
get_n_items (GListModel *model)
{
  return ENT_MESSAGE_LIST (model)->size;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EntMessageList,
                               ent_message_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The data changed: what is shown stays until it was read again. */
static void
reread_rows (EntMessageList *self)
{
  GHashTableIter iter;
  gpointer key;

  self->generation++;
  forget_messages (self);
  g_array_set_size (self->wanted, 0);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint32 position = GPOINTER_TO_UINT (key);

      g_array_append_val (self->wanted, position);
    }
  ask (self);
}

/* --- the selection ---------------------------------------------------------------------- */

static void
hold_selection (EntMessageList *self, EntSelection *selection)
{
  g_clear_pointer (&self->selection, ent_selection_unref);
  self->selection = selection != NULL ? ent_selection_ref (selection) : NULL;
  self->positions = selection != NULL ? ent_selection_get_positions (selection) : NULL;
}

/* More rows than a view keeps widgets for. */
#define FRONT 256

static void
emit (EntMessageList *self, guint position, guint removed, guint added)
{
  self->size = self->size - removed + added;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

void
ent_message_list_put_in_front (EntMessageList *self, EntSelection *selection)
{
  g_return_if_fail (ENT_IS_MESSAGE_LIST (self));
  g_return_if_fail (self->next == NULL);

  if (selection == NULL || self->size == 0)
    return;
  self->next = ent_selection_ref (selection);
  self->n_front = MIN (FRONT, ent_selection_get_size (selection));
  emit (self, 0, 0, self->n_front);
}

static guint
drop_front (EntMessageList *self)
{
  guint n = self->n_front;

  self->n_front = 0;
  g_clear_pointer (&self->next, ent_selection_unref);
  return n;
}

/* All rows are others: in steps that either remove or add, and leave what stands in front. */
static void
reset (EntMessageList *self, EntSelection *selection)
{
  g_autoptr (EntSelection) next = NULL;
  guint front;

  if (self->next != selection)
    emit (self, 0, drop_front (self), 0);
  front = self->n_front;
  emit (self, front, self->size - front, 0);
  next = g_steal_pointer (&self->next);
  self->n_front = 0;
  hold_selection (self, selection);
  emit (self, front, 0, selection != NULL ? ent_selection_get_size (selection) - front : 0);
}

/* Between two splices the model must answer for a list that is neither the old nor the new one;
 * so a working copy of the positions goes along. */
static void
apply_splices (EntMessageList *self, EntSelection *selection, GArray *splices)
{
  const guint32 *after = ent_selection_get_positions (selection);
  g_autoptr (GArray) work = NULL;

  if (splices->len > 1)
    {
      work = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->size);
      g_array_append_vals (work, self->positions, self->size);
    }
  for (guint i = 0; i < splices->len; i++)
    {
      const EntSplice *splice = &g_array_index (splices, EntSplice, i);

      if (work != NULL && splice->removed > 0)
        g_array_remove_range (work, splice->position, splice->removed);
      if (work != NULL && splice->added > 0)
        g_array_insert_vals (work, splice->position, after + splice->position, splice->added);
      self->positions = work != NULL ? (const guint32 *) (gpointer) work->data : after;
      self->size = self->size - splice->removed + splice->added;
      g_list_model_items_changed (G_LIST_MODEL (self), splice->position, splice->removed,
                                  splice->added);
    }
}

gboolean
ent_message_list_set_selection (EntMessageList *self, EntSelection *selection, gboolean keep)
{
  g_autoptr (GArray) splices = NULL;
  g_autoptr (EntSelection) held = NULL;

  g_return_val_if_fail (ENT_IS_MESSAGE_LIST (self), FALSE);

  if (keep && self->next == NULL && selection != NULL && self->selection != NULL)
    splices =
        ent_splices_between (self->positions, self->size, ent_selection_get_positions (selection),
                             ent_selection_get_size (selection), MAX_SPLICES);
  reread_rows (self);
  if (splices == NULL)
    {
      reset (self, selection);
      return FALSE;
    }
  /* The old positions must outlive the splices. */
  held = ent_selection_ref (self->selection);
  apply_splices (self, selection, splices);
  hold_selection (self, selection);
  return TRUE;
}

EntSelection *
ent_message_list_get_selection (EntMessageList *self)
{
  g_return_val_if_fail (ENT_IS_MESSAGE_LIST (self), NULL);

  return self->selection;
}

gint64
ent_message_list_find (EntMessageList *self, guint32 position)
{
  for (guint i = 0; i < self->size; i++)
    if (self->positions[i] == position)
      return i;
  return -1;
}

const GError *
ent_message_list_get_error (EntMessageList *self)
{
  return self->error;
}

void
ent_message_list_retry (EntMessageList *self)
{
  g_return_if_fail (ENT_IS_MESSAGE_LIST (self));

  reread_rows (self);
}

/* --- life ------------------------------------------------------------------------------- */

enum
{
  PROP_0,
  PROP_ERROR,
};

static void
ent_message_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ERROR:
      g_value_set_boxed (value, ENT_MESSAGE_LIST (object)->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ent_message_list_dispose (GObject *object)
{
  EntMessageList *self = ENT_MESSAGE_LIST (object);
  GHashTableIter iter;
  gpointer row;

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->rows != NULL)
    {
      g_hash_table_iter_init (&iter, self->rows);
      while (g_hash_table_iter_next (&iter, NULL, &row))
        g_object_weak_unref (row, row_gone_cb, self);
    }
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->next, ent_selection_unref);
  g_clear_pointer (&self->selection, ent_selection_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (ent_message_list_parent_class)->dispose (object);
}

static void
ent_message_list_finalize (GObject *object)
{
  EntMessageList *self = ENT_MESSAGE_LIST (object);

  g_array_unref (self->wanted);
  g_hash_table_unref (self->messages);
  g_queue_clear (&self->kept);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (ent_message_list_parent_class)->finalize (object);
}

static void
ent_message_list_class_init (EntMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ent_message_list_get_property;
  object_class->dispose = ent_message_list_dispose;
  object_class->finalize = ent_message_list_finalize;
  g_object_class_install_property (
      object_class, PROP_ERROR,
      g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}

static void
ent_message_list_init (EntMessageList *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->messages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) ent_message_unref);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->kept);
}

EntMessageList *
ent_message_list_new (EntStore *store)
{
  EntMessageList *self = g_object_new (ENT_TYPE_MESSAGE_LIST, NULL);

  self->store = g_object_ref (store);
  return self;
}
