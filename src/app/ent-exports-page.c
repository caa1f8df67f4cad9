/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list view over the history, which may be long. Removing is undone by a toast's button;
 * running again writes the same report to the same place. Main thread.
 *
 *   EntExportRecord list ─► GListStore (EntExportItem) ─► GtkListView */
#include "config.h"

#include "ent-exports-page.h"

#include "ent-export-item.h"
#include "ent-export-row.h"
#include "ent-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _EntExportsPage
{
  GtkWidget parent_instance;

  GtkWidget *stack;
  GListStore *items;
  EntEngine *engine;
  EntZone *zone;
};

G_DEFINE_FINAL_TYPE (EntExportsPage, ent_exports_page, GTK_TYPE_WIDGET)

/* ---- Rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EntExportsPage *self)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item,
                           ent_export_row_new (ent_export_jobs_get (self->engine), self->zone));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EntExportsPage *self)
{
  ent_export_row_set_item (ENT_EXPORT_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  ent_export_row_set_item (ENT_EXPORT_ROW (gtk_list_item_get_child (item)), NULL);
}

/* ---- Following the engine ---- */

static gboolean
shows (EntExportsPage *self, guint position, const EntExportRecord *record)
{
  g_autoptr (EntExportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return ent_export_item_shows (item, record);
}

/* Only what differs is put in place, so that the list stays where it is scrolled to. */
static void
update (EntExportsPage *self)
{
  GPtrArray *exports = ent_engine_get_list (self->engine, ENT_ENGINE_EXPORTS);
  guint before = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint after = exports->len, head = 0, tail = 0;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  while (head < MIN (before, after) && shows (self, head, g_ptr_array_index (exports, head)))
    head++;
  while (tail < MIN (before, after) - head &&
         shows (self, before - tail - 1, g_ptr_array_index (exports, after - tail - 1)))
    tail++;
  for (guint i = head; i < after - tail; i++)
    g_ptr_array_add (items, ent_export_item_new (g_ptr_array_index (exports, i)));
  g_list_store_splice (self->items, head, before - head - tail, items->pdata, items->len);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), exports->len > 0 ? "list" : "empty");
}

/* Files come and go while nobody looks, and other programs export too. */
static void
refresh (EntExportsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntExportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      ent_export_item_look (item);
    }
  if (ent_engine_is_open (self->engine))
    ent_engine_reload (self->engine, ENT_ENGINE_EXPORTS);
}

static void
active_cb (GtkWindow *window, GParamSpec *pspec, EntExportsPage *self)
{
  if (gtk_window_is_active (window) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
ent_exports_page_map (GtkWidget *widget)
{
  EntExportsPage *self = ENT_EXPORTS_PAGE (widget);

  GTK_WIDGET_CLASS (ent_exports_page_parent_class)->map (widget);
  refresh (self);
}

static void
ent_exports_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ent_exports_page_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                           G_CALLBACK (active_cb), widget, 0);
}

static void
ent_exports_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), active_cb, widget);
  GTK_WIDGET_CLASS (ent_exports_page_parent_class)->unroot (widget);
}

static GtkWidget *
list_new (EntExportsPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  list = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items)))),
      factory);
  gtk_widget_add_css_class (list, "exports-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Exported reports"), -1);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 900);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static GtkWidget *
empty_new (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "document-save-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nothing exported yet"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("Every export is listed here, with who asked for it, when, and what it holds."));
  return page;
}

static void
ent_exports_page_dispose (GObject *object)
{
  EntExportsPage *self = ENT_EXPORTS_PAGE (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (ent_exports_page_parent_class)->dispose (object);
}

static void
ent_exports_page_class_init (EntExportsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_exports_page_dispose;
  GTK_WIDGET_CLASS (klass)->map = ent_exports_page_map;
  GTK_WIDGET_CLASS (klass)->root = ent_exports_page_root;
  GTK_WIDGET_CLASS (klass)->unroot = ent_exports_page_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ent_exports_page_init (EntExportsPage *self)
{
  self->items = g_list_store_new (ENT_TYPE_EXPORT_ITEM);
  self->zone = ent_zone_new_default (ent_words_get_locale ());
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  gtk_stack_add_named (GTK_STACK (self->stack), list_new (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), empty_new (), "empty");
}

GtkWidget *
ent_exports_page_new (EntEngine *engine)
{
  EntExportsPage *self = g_object_new (ENT_TYPE_EXPORTS_PAGE, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "exports-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
