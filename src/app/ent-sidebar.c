/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list box: pages are made once, template rows anew when the templates change. Main thread. */
#include "config.h"

#include "ent-sidebar.h"

#include "ent-template-row.h"
#include "ent-text.h"
#include "ent-words.h"

#include <glib/gi18n.h>

struct _EntSidebar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkListBox *list;
  GtkLabel *foot;

  GtkWidget *templates_heading;
  GtkWidget *search_button;
  GtkWidget *search_row;
  GtkWidget *search;
  GtkWidget *hint_row;
  EntSchedules *schedules;
  GPtrArray *shown; /* EntTemplate: what the rows were made from */
  guint update_id;
  GtkWidget *exports_row;
  GtkWidget *source_dot;
  EntEngine *engine;
  EntZone *zone;
  char *page;
  gint64 template_id;
};

enum
{
  PAGE_SELECTED,
  TEMPLATE_SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntSidebar, ent_sidebar, GTK_TYPE_WIDGET)

/* ---- Rows ---- */

static GtkWidget *
row_new (const char *icon, const char *title, const char *tooltip)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static GtkWidget *
page_row (EntSidebar *self, const char *page, const char *icon, const char *title)
{
  GtkWidget *row = row_new (icon, title, NULL);

  g_object_set_data_full (G_OBJECT (row), "page", g_strdup (page), g_free);
  gtk_list_box_append (self->list, row);
  return row;
}

/* A row that holds something else than a place to go to. */
static GtkWidget *
plain_row (GtkWidget *child)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
set_up_button (GtkWidget *button, const char *name)
{
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "heading-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GMenuModel *
templates_menu_new (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Save the report as a template…"), "win.save-template-as");
  g_menu_append (menu, _ ("_Import from a file…"), "win.import-template");
  return G_MENU_MODEL (menu);
}

static GtkWidget *
heading_row (EntSidebar *self, const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *menu = gtk_menu_button_new ();
  g_autoptr (GMenuModel) model = templates_menu_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  self->search_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->search_button), "system-search-symbolic");
  set_up_button (self->search_button, _ ("Search templates"));
  gtk_box_append (GTK_BOX (box), self->search_button);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), model);
  set_up_button (menu, _ ("Add a template"));
  gtk_box_append (GTK_BOX (box), menu);
  return plain_row (box);
}

static GtkWidget *
hint_row (void)
{
  GtkWidget *label = gtk_label_new (_ ("Save a report to run it again with one click."));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return plain_row (label);
}

static gint64
row_template (GtkListBoxRow *row)
{
  return ENT_IS_TEMPLATE_ROW (row) ? ent_template_row_get_template (ENT_TEMPLATE_ROW (row))->id : 0;
}

static GtkListBoxRow *
find_template_row (EntSidebar *self, gint64 id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (id != 0 && row_template (row) == id)
      return row;
  return NULL;
}

/* ---- Following the engine ---- */

static void
mark_current (EntSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const char *page = g_object_get_data (G_OBJECT (row), "page");
      gint64 id = row_template (row);
      gboolean on_report = g_strcmp0 (self->page, "report") == 0;

      if (id != 0 ? on_report && id == self->template_id
                  : page != NULL && g_strcmp0 (page, self->page) == 0 &&
                        !(on_report && self->template_id != 0))
        {
          gtk_list_box_select_row (self->list, row);
          return;
        }
    }
  gtk_list_box_unselect_all (self->list);
}

static void
remove_templates (EntSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL;)
    {
      if (row_template (row) != 0)
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
      else
        i++;
    }
}

static void update_templates (EntSidebar *self);

/* What a row shows is the same: runs that were remembered are no reason to make it anew. */
static gboolean
shows_same (const GPtrArray *shown, const GPtrArray *templates)
{
  if (shown == NULL || shown->len != templates->len)
    return FALSE;
  for (guint i = 0; i < shown->len; i++)
    {
      const EntTemplate *a = g_ptr_array_index (shown, i);
      const EntTemplate *b = g_ptr_array_index (templates, i);

      if (a->id != b->id || a->revision != b->revision || a->pinned != b->pinned)
        return FALSE;
    }
  return TRUE;
}

/* Which template's row has the keyboard. */
static GtkListBoxRow *
focused_row (EntSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ENT_TYPE_TEMPLATE_ROW) : NULL;

  return row != NULL ? GTK_LIST_BOX_ROW (row) : NULL;
}

/* The row of that template; if it was deleted, that in its place, or the last one. */
static void
focus_again (EntSidebar *self, gint64 id, int place)
{
  GtkListBoxRow *row = find_template_row (self, id);

  for (int i = place; row == NULL && i >= 0; i--)
    {
      GtkListBoxRow *other = gtk_list_box_get_row_at_index (self->list, i);

      if (other != NULL && row_template (other) != 0 && gtk_widget_get_visible (GTK_WIDGET (other)))
        row = other;
    }
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static GStrv
names_of (const GPtrArray *templates)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < templates->len; i++)
    {
      const EntTemplate *template = g_ptr_array_index (templates, i);

      g_strv_builder_add (builder, template->report->name);
    }
  return g_strv_builder_end (builder);
}

/* Part of the name, accents and case left aside. */
static void
filter_templates (EntSidebar *self)
{
  g_autofree char *needle = ent_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gboolean searching = gtk_widget_get_visible (self->search_row) && *needle != '\0';
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (ENT_IS_TEMPLATE_ROW (row))
      {
        const char *name = ent_template_row_get_template (ENT_TEMPLATE_ROW (row))->report->name;

        gtk_widget_set_visible (GTK_WIDGET (row),
                                !searching || ent_text_contains_folded (name, needle));
      }
}

static gboolean
is_busy (EntSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (ENT_IS_TEMPLATE_ROW (row) && ent_template_row_is_busy (ENT_TEMPLATE_ROW (row)))
      return TRUE;
  return FALSE;
}

static gboolean
update_later_cb (gpointer data)
{
  EntSidebar *self = data;

  self->update_id = 0;
  update_templates (self);
  return G_SOURCE_REMOVE;
}

/* After what the row is doing now: its menu's item acts when the menu is closed already. */
static void
update_later (EntSidebar *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_later_cb, self);
}

static void
update_templates (EntSidebar *self)
{
  GPtrArray *templates = ent_engine_get_list (self->engine, ENT_ENGINE_TEMPLATES);
  GtkListBoxRow *focused = focused_row (self);
  gint64 focused_id = focused != NULL ? row_template (focused) : 0;
  int place = focused != NULL ? gtk_list_box_row_get_index (focused) : -1;
  g_auto (GStrv) names = names_of (templates);

  /* A menu that is open and a name that is being typed stay; see "released". */
  if (shows_same (self->shown, templates) || is_busy (self))
    return;
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (templates);
  remove_templates (self);
  gtk_widget_set_visible (self->hint_row, templates->len == 0);
  for (guint i = 0; i < templates->len; i++)
    {
      EntTemplate *template = g_ptr_array_index (templates, i);
      gboolean scheduled =
          self->schedules != NULL && ent_schedules_find (self->schedules, template->id) != NULL;
      GtkWidget *made = ent_template_row_new (template, names, scheduled);

      g_signal_connect_object (made, "released", G_CALLBACK (update_later), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_insert (self->list, made,
                           gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->exports_row)));
    }
  filter_templates (self);
  mark_current (self);
  focus_again (self, focused_id, place);
}

static void
update_schedules (EntSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (ENT_IS_TEMPLATE_ROW (row))
      ent_template_row_set_scheduled (
          ENT_TEMPLATE_ROW (row), ent_schedules_find (self->schedules, row_template (row)) != NULL);
}

static const char *
source_state (EntSidebar *self)
{
  GPtrArray *sources = ent_engine_get_list (self->engine, ENT_ENGINE_SOURCES);

  if (ent_engine_is_syncing (self->engine))
    return "busy";
  for (guint i = 0; i < sources->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (sources, i);

      if (record->last_error != NULL && !record->paused)
        return "failed";
    }
  return sources->len > 0 ? "ok" : "trouble";
}

static void
update_sources (EntSidebar *self)
{
  static const char *const states[] = { "ok", "busy", "trouble", "failed" };
  const char *state = source_state (self);
  g_autofree char *until = ent_words_synchronised (ent_engine_get_last_success (self->engine),
                                                   self->zone, ent_clock_now ());

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (self->source_dot, states[i]);
  gtk_widget_add_css_class (self->source_dot, state);
  gtk_widget_set_tooltip_text (gtk_widget_get_ancestor (self->source_dot, GTK_TYPE_LIST_BOX_ROW),
                               g_str_equal (state, "failed")
                                   ? _ ("The last synchronisation of a source failed")
                               : g_str_equal (state, "busy") ? _ ("Synchronising")
                                                             : until);
  gtk_label_set_label (self->foot, until);
}

/* ---- Callbacks ---- */

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, EntSidebar *self)
{
  const char *page = g_object_get_data (G_OBJECT (row), "page");
  gint64 id = row_template (row);

  if (id != 0)
    g_signal_emit (self, signals[TEMPLATE_SELECTED], 0, id);
  else if (page != NULL)
    g_signal_emit (self, signals[PAGE_SELECTED], 0, page);
}

static void
search_toggled_cb (EntSidebar *self)
{
  gboolean searching = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->search_button));

  gtk_widget_set_visible (self->search_row, searching);
  if (searching)
    gtk_widget_grab_focus (self->search);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  filter_templates (self);
}

static void
stop_search_cb (EntSidebar *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->search_button), FALSE);
  gtk_widget_grab_focus (self->search_button);
}

/* Enter runs the first that is left. */
static void
search_activate_cb (EntSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (ENT_IS_TEMPLATE_ROW (row) && gtk_widget_get_visible (GTK_WIDGET (row)))
      {
        g_signal_emit (self, signals[TEMPLATE_SELECTED], 0, row_template (row));
        return;
      }
}

/* ---- GObject ---- */

static void
ent_sidebar_dispose (GObject *object)
{
  EntSidebar *self = ENT_SIDEBAR (object);

  g_clear_object (&self->engine);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->schedules);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_sidebar_parent_class)->dispose (object);
}

static void
ent_sidebar_class_init (EntSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entrega/Entrega/ent-sidebar.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, EntSidebar, foot);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  signals[PAGE_SELECTED] =
      g_signal_new ("page-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TEMPLATE_SELECTED] =
      g_signal_new ("template-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
ent_sidebar_init (EntSidebar *self)
{
  GtkWidget *sources;

  gtk_widget_init_template (GTK_WIDGET (self));
  page_row (self, "report", "x-office-spreadsheet-symbolic", _ ("Report"));
  self->templates_heading = heading_row (self, _ ("Templates"));
  gtk_list_box_append (self->list, self->templates_heading);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Search templates"), NULL);
  self->search_row = plain_row (self->search);
  gtk_widget_set_visible (self->search_row, FALSE);
  gtk_list_box_append (self->list, self->search_row);
  self->hint_row = hint_row ();
  gtk_list_box_append (self->list, self->hint_row);
  g_signal_connect_swapped (self->search_button, "toggled", G_CALLBACK (search_toggled_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (filter_templates), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  self->exports_row = page_row (self, "exports", "document-save-symbolic", _ ("Exported reports"));
  sources = page_row (self, "sources", "network-server-symbolic", _ ("Sources"));
  self->source_dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->source_dot, "state-dot");
  gtk_widget_set_valign (self->source_dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (sources))),
                  self->source_dot);
}

void
ent_sidebar_set_engine (EntSidebar *self, EntEngine *engine)
{
  self->engine = g_object_ref (engine);
  self->zone = ent_zone_new_default (ent_words_get_locale ());
  g_signal_connect_object (engine, "templates-changed", G_CALLBACK (update_templates), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "sources-changed", G_CALLBACK (update_sources), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::syncing", G_CALLBACK (update_sources), self,
                           G_CONNECT_SWAPPED);
  update_templates (self);
  update_sources (self);
}

void
ent_sidebar_set_current (EntSidebar *self, const char *page, gint64 template_id)
{
  g_free (self->page);
  self->page = g_strdup (page);
  self->template_id = template_id;
  mark_current (self);
}

void
ent_sidebar_focus_templates (EntSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (row_template (row) != 0)
      {
        gtk_widget_grab_focus (GTK_WIDGET (row));
        return;
      }
}

void
ent_sidebar_set_schedules (EntSidebar *self, EntSchedules *schedules)
{
  self->schedules = g_object_ref (schedules);
  g_signal_connect_object (schedules, "changed", G_CALLBACK (update_schedules), self,
                           G_CONNECT_SWAPPED);
  update_schedules (self);
}

void
ent_sidebar_rename_template (EntSidebar *self, gint64 id)
{
  GtkListBoxRow *row = find_template_row (self, id);

  if (row != NULL)
    ent_template_row_rename (ENT_TEMPLATE_ROW (row));
}
