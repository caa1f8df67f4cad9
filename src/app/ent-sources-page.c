/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row a source, kept while its source is there so that it stays open; adding is below. Main
 * thread. */
#include "config.h"

#include "ent-sources-page.h"

#include "ent-source-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _EntSourcesPage
{
  GtkWidget parent_instance;

  GtkWidget *page;
  AdwPreferencesGroup *group;
  GtkWidget *sample_row;
  GPtrArray *rows; /* EntSourceRow */
  EntEngine *engine;
};

G_DEFINE_FINAL_TYPE (EntSourcesPage, ent_sources_page, GTK_TYPE_WIDGET)

static EntSourceRow *
find_row (EntSourcesPage *self, const char *key)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      EntSourceRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (ent_source_row_get_key (row), key) == 0)
        return row;
    }
  return NULL;
}

static void
update (EntSourcesPage *self)
{
  GPtrArray *sources = ent_engine_get_list (self->engine, ENT_ENGINE_SOURCES);

  for (guint i = self->rows->len; i > 0; i--)
    {
      EntSourceRow *row = g_ptr_array_index (self->rows, i - 1);

      if (ent_engine_find_source (self->engine, ent_source_row_get_key (row)) == NULL)
        {
          adw_preferences_group_remove (self->group, GTK_WIDGET (row));
          g_ptr_array_remove_index (self->rows, i - 1);
        }
    }
  for (guint i = 0; i < sources->len; i++)
    {
      EntSourceRecord *record = g_ptr_array_index (sources, i);
      EntSourceRow *row = find_row (self, record->key);

      if (row != NULL)
        {
          ent_source_row_update (row, record);
          continue;
        }
      row = ENT_SOURCE_ROW (ent_source_row_new (self->engine, record));
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->group, GTK_WIDGET (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->group), sources->len > 0);
  gtk_widget_set_visible (self->sample_row, ent_engine_find_sample (self->engine) == NULL);
}

static GtkWidget *
choice_row (const char *title, const char *subtitle, const char *icon, const char *action)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  return row;
}

static void
ent_sources_page_dispose (GObject *object)
{
  EntSourcesPage *self = ENT_SOURCES_PAGE (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (ent_sources_page_parent_class)->dispose (object);
}

static void
ent_sources_page_class_init (EntSourcesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_sources_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ent_sources_page_init (EntSourcesPage *self)
{
  AdwPreferencesGroup *more = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->rows = g_ptr_array_new ();
  self->page = adw_preferences_page_new ();
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (
      self->group, _ ("The accounts that messages are fetched from. Credentials are kept in the "
                      "keyring only."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), self->group);

  adw_preferences_group_add (more, choice_row (_ ("Add a source"), _ ("An account of yours"),
                                               "list-add-symbolic", "win.add-source"));
  self->sample_row =
      choice_row (_ ("Try with sample data"), _ ("A made-up company; removed in one click"),
                  "media-playback-start-symbolic", "app.try-sample");
  adw_preferences_group_add (more, self->sample_row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), more);
}

GtkWidget *
ent_sources_page_new (EntEngine *engine)
{
  EntSourcesPage *self = g_object_new (ENT_TYPE_SOURCES_PAGE, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "sources-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
