/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Main thread; owned by the page's list. */
#include "config.h"

#include "ent-export-item.h"

#include "ent-export.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntExportItem
{
  GObject parent_instance;

  EntExportRecord *record;
  EntExportRequest *request; /* NULL where it cannot be read (a newer version's) */
  gboolean missing;
};

enum
{
  PROP_0,
  PROP_MISSING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EntExportItem, ent_export_item, G_TYPE_OBJECT)

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntExportItem) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  gboolean missing = info == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  if (missing == self->missing)
    return;
  self->missing = missing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
}

void
ent_export_item_look (EntExportItem *self)
{
  g_autoptr (GFile) file = NULL;

  if (self->record->state != ENT_EXPORT_FINISHED || self->record->path == NULL)
    return;
  file = g_file_new_for_path (self->record->path);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_LOW, NULL, looked_cb, g_object_ref (self));
}

static void
ent_export_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MISSING)
    g_value_set_boolean (value, ENT_EXPORT_ITEM (object)->missing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ent_export_item_finalize (GObject *object)
{
  EntExportItem *self = ENT_EXPORT_ITEM (object);

  ent_export_record_unref (self->record);
  g_clear_pointer (&self->request, ent_export_request_free);
  G_OBJECT_CLASS (ent_export_item_parent_class)->finalize (object);
}

static void
ent_export_item_class_init (EntExportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ent_export_item_get_property;
  object_class->finalize = ent_export_item_finalize;
  properties[PROP_MISSING] =
      g_param_spec_boolean ("missing", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ent_export_item_init (EntExportItem *self)
{
}

EntExportItem *
ent_export_item_new (EntExportRecord *record)
{
  EntExportItem *self = g_object_new (ENT_TYPE_EXPORT_ITEM, NULL);

  self->record = ent_export_record_ref (record);
  if (record->request != NULL)
    self->request = ent_export_request_from_json (record->request, NULL);
  ent_export_item_look (self);
  return self;
}

EntExportRecord *
ent_export_item_get_record (EntExportItem *self)
{
  return self->record;
}

gboolean
ent_export_item_shows (EntExportItem *self, const EntExportRecord *record)
{
  const EntExportRecord *own = self->record;

  return own->id == record->id && own->state == record->state &&
         own->started_at == record->started_at && own->finished_at == record->finished_at &&
         own->rows == record->rows;
}

gboolean
ent_export_item_is_missing (EntExportItem *self)
{
  return self->missing;
}

char *
ent_export_item_title (EntExportItem *self)
{
  const char *what = self->record->template_name;
  g_autofree char *period = NULL;

  if (self->request == NULL)
    return g_strdup (what != NULL ? what : _ ("Export"));
  if (what == NULL)
    what = ent_words_view (self->request->report->view);
  period = ent_words_period_resolved (&self->request->report->period, self->request->report->zone,
                                      self->request->now);
  return g_strdup_printf ("%s · %s", what, period);
}

char *
ent_export_item_details (EntExportItem *self, const EntZone *zone, gint64 now)
{
  const EntExportRecord *record = self->record;
  GString *text = g_string_new (NULL);
  g_autofree char *when = ent_words_when (record->requested_at, zone, now);

  g_string_append (text, when);
  if (record->user != NULL && record->user[0] != '\0')
    g_string_append_printf (text, " · %s", record->user);
  if (record->subaccount != NULL && record->subaccount[0] != '\0')
    g_string_append_printf (text, " · %s", record->subaccount);
  if (self->request != NULL)
    g_string_append_printf (text, " · %s", ent_words_format (self->request->report->format));
  if (record->state == ENT_EXPORT_FINISHED)
    {
      g_autofree char *rows = ent_words_rows (record->rows);
      g_autofree char *size = ent_words_size ((guint64) MAX (record->bytes, 0));

      g_string_append_printf (text, " · %s · %s", rows, size);
    }
  if (self->request != NULL && !ent_filter_is_empty (self->request->report->filter))
    {
      g_autofree char *filter = ent_words_filter (self->request->report->filter);

      g_string_append_printf (text, "\n%s", filter);
    }
  return g_string_free (text, FALSE);
}

char *
ent_export_item_failure (EntExportItem *self)
{
  if (self->record->error == NULL)
    return NULL;
  return ent_words_error_line_from_text (self->record->error);
}
