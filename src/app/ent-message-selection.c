/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkSelectionModel over ten million rows: see the header. Insertions and removals move the
 * bits with the rows, so a synchronisation leaves the selection where it was. Main thread. */
#include "config.h"

#include "ent-message-selection.h"

struct _EntMessageSelection
{
  GObject parent_instance;

  EntMessageList *list;
  GtkBitset *selected;
};

static GType
get_item_type (GListModel *model)
{
  return ENT_TYPE_MESSAGE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ENT_MESSAGE_SELECTION (model)->list));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (ENT_MESSAGE_SELECTION (model)->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (ENT_MESSAGE_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (ENT_MESSAGE_SELECTION (model)->selected);
}

/* One rule for all changes: within @mask the selection becomes @selected. */
static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  EntMessageSelection *self = ENT_MESSAGE_SELECTION (model);
  g_autoptr (GtkBitset) next = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (selected);
  g_autoptr (GtkBitset) changed = NULL;
  guint first, last;

  gtk_bitset_subtract (next, mask);
  gtk_bitset_intersect (wanted, mask);
  gtk_bitset_union (next, wanted);
  changed = gtk_bitset_copy (next);
  gtk_bitset_difference (changed, self->selected);
  if (gtk_bitset_is_empty (changed))
    return TRUE;
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  self->selected = g_steal_pointer (&next);
  first = gtk_bitset_get_minimum (changed);
  last = gtk_bitset_get_maximum (changed);
  gtk_selection_model_selection_changed (model, first, last - first + 1);
  return TRUE;
}

static gboolean
change_range (
    GtkSelectionModel *model, guint position, guint n_items, gboolean select, gboolean exclusive)
{
  guint size = get_n_items (G_LIST_MODEL (model));
  g_autoptr (GtkBitset) range = gtk_bitset_new_range (position, n_items);
  g_autoptr (GtkBitset) selected = select ? gtk_bitset_ref (range) : gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = exclusive ? gtk_bitset_new_range (0, size) : gtk_bitset_ref (range);

  return set_selection (model, selected, mask);
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return change_range (model, position, 1, TRUE, unselect_rest);
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return change_range (model, position, 1, FALSE, FALSE);
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  return change_range (model, position, n_items, TRUE, unselect_rest);
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return change_range (model, position, n_items, FALSE, FALSE);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return change_range (model, 0, get_n_items (G_LIST_MODEL (model)), TRUE, TRUE);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  return change_range (model, 0, 0, FALSE, TRUE);
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EntMessageSelection,
                               ent_message_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

static void
items_changed_cb (EntMessageSelection *self, guint position, guint removed, guint added)
{
  gboolean had_some = !gtk_bitset_is_empty (self->selected);

  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  /* Who shows how many are selected must hear of those that left with their rows. */
  if (had_some && removed > 0 && get_n_items (G_LIST_MODEL (self)) > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, 1);
}

static void
ent_message_selection_finalize (GObject *object)
{
  EntMessageSelection *self = ENT_MESSAGE_SELECTION (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  G_OBJECT_CLASS (ent_message_selection_parent_class)->finalize (object);
}

static void
ent_message_selection_class_init (EntMessageSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_message_selection_finalize;
}

static void
ent_message_selection_init (EntMessageSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

EntMessageSelection *
ent_message_selection_new (EntMessageList *list)
{
  EntMessageSelection *self = g_object_new (ENT_TYPE_MESSAGE_SELECTION, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
