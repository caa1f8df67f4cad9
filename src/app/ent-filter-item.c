/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value, its words, its count and whether it is chosen. Main thread; owned by its list. */
#include "config.h"

#include "ent-filter-item.h"

#include "ent-text.h"
#include "ent-words.h"

struct _EntFilterItem
{
  GObject parent_instance;

  char *value;
  char *label;
  gint64 count;
  gboolean checked;
};

enum
{
  PROP_0,
  PROP_CHECKED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EntFilterItem, ent_filter_item, G_TYPE_OBJECT)

static void
ent_filter_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHECKED)
    g_value_set_boolean (value, ENT_FILTER_ITEM (object)->checked);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ent_filter_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHECKED)
    ent_filter_item_set_checked (ENT_FILTER_ITEM (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ent_filter_item_finalize (GObject *object)
{
  EntFilterItem *self = ENT_FILTER_ITEM (object);

  g_free (self->value);
  g_free (self->label);
  G_OBJECT_CLASS (ent_filter_item_parent_class)->finalize (object);
}

static void
ent_filter_item_class_init (EntFilterItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ent_filter_item_get_property;
  object_class->set_property = ent_filter_item_set_property;
  object_class->finalize = ent_filter_item_finalize;
  properties[PROP_CHECKED] =
      g_param_spec_boolean ("checked", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ent_filter_item_init (EntFilterItem *self)
{
}

EntFilterItem *
ent_filter_item_new (EntFilterField field, const char *value, gint64 count)
{
  EntFilterItem *self = g_object_new (ENT_TYPE_FILTER_ITEM, NULL);

  self->value = g_strdup (value);
  self->label = ent_words_filter_value (field, value);
  self->count = count;
  return self;
}

const char *
ent_filter_item_get_value (EntFilterItem *self)
{
  return self->value;
}

const char *
ent_filter_item_get_label (EntFilterItem *self)
{
  return self->label;
}

gint64
ent_filter_item_get_count (EntFilterItem *self)
{
  return self->count;
}

gboolean
ent_filter_item_get_checked (EntFilterItem *self)
{
  return self->checked;
}

void
ent_filter_item_set_checked (EntFilterItem *self, gboolean checked)
{
  checked = !!checked;
  if (self->checked == checked)
    return;
  self->checked = checked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
}

gboolean
ent_filter_item_matches (EntFilterItem *self, const char *folded)
{
  return ent_text_contains_folded (self->label, folded);
}
