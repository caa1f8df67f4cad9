/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chips are made anew whenever the draft or the drill changes: there are few. A field
 * with many values has one chip, so that a pasted list does not fill the page. Removing a
 * filter is a change of the draft; the drill has no draft and goes at once. Main thread. */
#include "config.h"

#include "ent-filter-chips.h"

#include "ent-chip.h"
#include "ent-words.h"
#include "ent-wrap-layout.h"

#include <glib/gi18n.h>

#define MAX_CHIPS_PER_FIELD 4

struct _EntFilterChips
{
  GtkWidget parent_instance;

  EntSession *session;
};

G_DEFINE_FINAL_TYPE (EntFilterChips, ent_filter_chips, GTK_TYPE_WIDGET)

typedef struct
{
  EntFilterChips *chips;
  EntFilterField field;
  char *value; /* NULL: the whole field */
  EntDrillParts parts;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_free (removal->value);
  g_free (removal);
}

static void
removed_cb (EntChip *chip, Removal *removal)
{
  EntSession *session = removal->chips->session;
  const EntFilter *draft = ent_session_get_draft_filter (session);
  g_autoptr (EntFilter) filter = NULL;

  if (removal->parts != 0)
    {
      ent_session_drop_drill (session, removal->parts);
      return;
    }
  filter = removal->value != NULL ? ent_filter_without (draft, removal->field, removal->value)
                                  : ent_filter_without_field (draft, removal->field);
  ent_session_set_draft_filter (session, filter);
}

static void
add_chip (EntFilterChips *self, const char *text, const char *css_class, Removal removal)
{
  GtkWidget *chip = ent_chip_new (text, css_class);
  Removal *data = g_memdup2 (&removal, sizeof removal);

  data->chips = self;
  g_signal_connect_data (chip, "removed", G_CALLBACK (removed_cb), data, removal_free, 0);
  gtk_widget_set_parent (chip, GTK_WIDGET (self));
}

static void
add_field (EntFilterChips *self, EntFilterField field)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  guint n = ent_filter_get_n_values (filter, field);

  if (n > MAX_CHIPS_PER_FIELD)
    {
      g_autofree char *text = g_strdup_printf (
          /* Translators: a filter with many values: "Campaign: 12 values" */
          ngettext ("%s: %u value", "%s: %u values", n), ent_words_filter_field (field), n);

      add_chip (self, text, NULL, (Removal){ .field = field });
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      gboolean negated = FALSE;
      const char *value = ent_filter_get_value (filter, field, i, &negated);
      g_autofree char *text = ent_words_filter_chip (field, value, negated);

      add_chip (self, text, negated ? "negated" : NULL,
                (Removal){ .field = field, .value = g_strdup (value) });
    }
}

static char *
span_text (EntFilterChips *self, const EntRange *span)
{
  const EntZone *zone = ent_session_get_report (self->session)->zone;
  gint64 first = ent_zone_day_start (zone, span->first);
  gint64 end = ent_zone_day_start (zone, span->last + 1);
  g_autofree char *first_day = ent_words_day (span->first);
  g_autofree char *from = ent_words_time (span->from, zone), *to = ent_words_time (span->to, zone);
  g_autofree char *last_day = NULL;

  if (span->from == first && span->to == end)
    return span->first == span->last ? g_steal_pointer (&first_day)
                                     : ent_words_day_range (span->first, span->last);
  if (span->first == span->last)
    return g_strdup_printf ("%s %s – %s", first_day, from, to);
  last_day = ent_words_day (span->last);
  return g_strdup_printf ("%s %s – %s %s", first_day, from, last_day, to);
}

static gboolean
add_drill (EntFilterChips *self)
{
  const EntDrill *drill = ent_session_get_drill (self->session);

  if (drill->has_span)
    {
      g_autofree char *text = span_text (self, &drill->span);

      add_chip (self, text, "drill", (Removal){ .parts = ENT_DRILL_SPAN });
    }
  if (drill->has_stage)
    {
      g_autofree char *text =
          ent_words_filter_chip (ENT_FILTER_STAGE, ent_stage_key (drill->stage), FALSE);

      add_chip (self, text, "drill", (Removal){ .parts = ENT_DRILL_STAGE });
    }
  if (drill->has_value)
    {
      g_autofree char *text = ent_words_filter_chip (drill->field, drill->value, FALSE);

      add_chip (self, text, "drill", (Removal){ .parts = ENT_DRILL_VALUE });
    }
  return drill->has_span || drill->has_stage || drill->has_value;
}

static void
add_clear (EntFilterChips *self)
{
  GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("C_lear"));

  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_tooltip_text (clear, _ ("Remove all filters"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (clear), "report.clear");
  gtk_accessible_update_property (GTK_ACCESSIBLE (clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Clear filters"), -1);
  gtk_widget_set_parent (clear, GTK_WIDGET (self));
}

static void
remove_children (EntFilterChips *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
update (EntFilterChips *self)
{
  gboolean any = FALSE;

  /* A chip that had the focus is gone afterwards: the row it stood in takes it. */
  remove_children (self);
  any |= add_drill (self);
  for (guint field = 0; field < ENT_N_FILTER_FIELDS; field++)
    {
      if (field == ENT_FILTER_CHANNEL &&
          ent_session_get_channel (self->session) != ENT_SESSION_SEVERAL_CHANNELS)
        continue;
      any |= ent_filter_has_field (ent_session_get_draft_filter (self->session),
                                   (EntFilterField) field);
      add_field (self, (EntFilterField) field);
    }
  if (any)
    add_clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
ent_filter_chips_dispose (GObject *object)
{
  EntFilterChips *self = ENT_FILTER_CHIPS (object);

  remove_children (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ent_filter_chips_parent_class)->dispose (object);
}

static void
ent_filter_chips_class_init (EntFilterChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_filter_chips_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, ENT_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ent_filter_chips_init (EntFilterChips *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters in force"), -1);
}

void
ent_filter_chips_set_session (EntFilterChips *self, EntSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "draft-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
