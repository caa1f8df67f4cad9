/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of one field with how many messages have each, searchable, several at once,
 * "only these" or "all except". Values are asked for when the popover opens; what is chosen
 * is the draft's at once, and pending until applied. Main thread. */
#include "config.h"

#include "ent-filter-button.h"

#include "ent-filter-item.h"
#include "ent-text.h"
#include "ent-words.h"

#include <glib/gi18n.h>

/* Fewer values are seen at one glance. */
#define SEARCH_FROM 9

struct _EntFilterButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkToggleButton *include;
  GtkToggleButton *except;
  GtkWidget *search;
  GtkStack *stack;
  GtkListView *list;
  GtkLabel *message;
  GtkWidget *clear;

  EntSession *session;
  EntFilterField field;
  GListStore *items; /* EntFilterItem */
  GtkFilter *filter;
  char *needle; /* folded; "" for none */
  GCancellable *cancellable;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (EntFilterButton, ent_filter_button, GTK_TYPE_WIDGET)

/* ---- The button ---- */

static void
update_label (EntFilterButton *self)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  const char *field = ent_words_filter_field (self->field);
  guint n = ent_filter_get_n_values (filter, self->field);
  g_autofree char *text = NULL, *tooltip = NULL;

  if (n == 1)
    {
      gboolean negated = FALSE;
      const char *value = ent_filter_get_value (filter, self->field, 0, &negated);

      text = ent_words_filter_chip (self->field, value, negated);
    }
  else if (n > 1)
    /* Translators: a filter and how many values are chosen: "Campaign: 3" */
    text = g_strdup_printf (_ ("%s: %u"), field, n);
  else
    text = g_strdup (field);
  tooltip = n > 0 ? ent_words_filter_field_values (filter, self->field)
                  : g_strdup_printf (_ ("Filter by: %s"), field);

  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  if (n > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
  gtk_widget_set_sensitive (self->clear, n > 0);
}

/* ---- The draft ---- */

static EntFilter *
with_value (EntFilter *filter, EntFilterField field, const char *value, gboolean negated)
{
  EntFilter *next = ent_filter_with (filter, field, value, negated, NULL);

  if (next == NULL)
    return filter;
  ent_filter_unref (filter);
  return next;
}

/* Values that are chosen but not in the list (a campaign without messages in this period)
 * stay chosen: they are in the list too, see add_chosen. */
static void
changed_cb (EntFilterButton *self)
{
  gboolean negated = gtk_toggle_button_get_active (self->except);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  EntFilter *filter;

  if (self->filling)
    return;
  filter = ent_filter_without_field (ent_session_get_draft_filter (self->session), self->field);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntFilterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (ent_filter_item_get_checked (item))
        filter = with_value (filter, self->field, ent_filter_item_get_value (item), negated);
    }
  ent_session_set_draft_filter (self->session, filter);
  ent_filter_unref (filter);
}

static void
clear_cb (EntFilterButton *self)
{
  g_autoptr (EntFilter) filter =
      ent_filter_without_field (ent_session_get_draft_filter (self->session), self->field);

  gtk_popover_popdown (self->popover);
  ent_session_set_draft_filter (self->session, filter);
}

/* ---- Values ---- */

static void
add_item (EntFilterButton *self, const char *value, gint64 count, gboolean checked)
{
  g_autoptr (EntFilterItem) item = ent_filter_item_new (self->field, value, count);

  ent_filter_item_set_checked (item, checked);
  g_signal_connect_object (item, "notify::checked", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->items, item);
}

static gboolean
is_chosen (EntFilterButton *self, const char *value)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  guint n = ent_filter_get_n_values (filter, self->field);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (ent_filter_get_value (filter, self->field, i, NULL), value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_listed (EntFilterButton *self, const char *value)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EntFilterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_str_equal (ent_filter_item_get_value (item), value))
        return TRUE;
    }
  return FALSE;
}

/* What is chosen stays in sight, also where no message has it. */
static void
add_chosen (EntFilterButton *self)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  guint n = ent_filter_get_n_values (filter, self->field);

  for (guint i = 0; i < n; i++)
    {
      const char *value = ent_filter_get_value (filter, self->field, i, NULL);

      if (!is_listed (self, value))
        add_item (self, value, 0, TRUE);
    }
}

static gint64
count_of (GArray *values, const char *value)
{
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const EntValueCount *entry = &g_array_index (values, EntValueCount, i);

      if (g_strcmp0 (entry->value, value) == 0)
        return entry->count;
    }
  return values != NULL && values->len > 0 ? 0 : -1;
}

static void
fill (EntFilterButton *self, GArray *values)
{
  const char *known;

  self->filling = TRUE;
  g_list_store_remove_all (self->items);
  for (guint i = 0; (known = ent_filter_known_value (self->field, i)) != NULL; i++)
    if (self->field != ENT_FILTER_REASON || i != ENT_REASON_NONE)
      add_item (self, known, count_of (values, known), is_chosen (self, known));
  for (guint i = 0;
       values != NULL && i < values->len && ent_filter_known_value (self->field, 0) == NULL; i++)
    {
      const EntValueCount *entry = &g_array_index (values, EntValueCount, i);

      add_item (self, entry->value, entry->count, is_chosen (self, entry->value));
    }
  add_chosen (self);
  self->filling = FALSE;
}

static void
show_values (EntFilterButton *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  gtk_widget_set_visible (self->search, n >= SEARCH_FROM);
  if (n > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "values");
      return;
    }
  gtk_label_set_label (self->message, _ ("No message of this period has one."));
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
values_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EntFilterButton) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) values = ent_store_values_finish (ENT_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  fill (self, values);
  if (values == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0)
    {
      g_autofree char *line = ent_words_error_line (error);

      gtk_label_set_label (self->message, line);
      gtk_stack_set_visible_child_name (self->stack, "message");
      return;
    }
  show_values (self);
  if (gtk_widget_get_visible (self->search))
    gtk_widget_grab_focus (self->search);
}

static void
ask_values (EntFilterButton *self)
{
  g_autoptr (EntReport) report = ent_report_copy (ent_session_get_report (self->session));
  g_autoptr (EntQuery) query = NULL;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  report->period = *ent_session_get_draft_period (self->session);
  ent_filter_unref (report->filter);
  report->filter = ent_filter_ref ((EntFilter *) ent_session_get_draft_filter (self->session));
  query = ent_query_new (report, ent_clock_now ());
  ent_store_values_async (ent_session_get_store (self->session), query, self->field,
                          self->cancellable, values_cb, g_object_ref (self));
}

/* ---- Callbacks ---- */

static void
shown_cb (EntFilterButton *self)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  gboolean negated = FALSE;

  if (ent_filter_get_n_values (filter, self->field) > 0)
    ent_filter_get_value (filter, self->field, 0, &negated);
  self->filling = TRUE;
  gtk_toggle_button_set_active (negated ? self->except : self->include, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->filling = FALSE;
  fill (self, NULL);
  show_values (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0)
    gtk_label_set_label (self->message, _ ("Loading…"));
  ask_values (self);
}

static gboolean
matches_cb (gpointer item, gpointer data)
{
  EntFilterButton *self = data;

  return self->needle == NULL || self->needle[0] == '\0' ||
         ent_filter_item_matches (item, self->needle);
}

static void
search_changed_cb (EntFilterButton *self)
{
  g_free (self->needle);
  self->needle = ent_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* Enter on a search chooses the first value found. */
static void
search_activated_cb (EntFilterButton *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));
  g_autoptr (EntFilterItem) item = g_list_model_get_item (model, 0);

  if (item != NULL)
    ent_filter_item_set_checked (item, !ent_filter_item_get_checked (item));
}

static void
stop_search_cb (EntFilterButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
activated_cb (GtkListView *list, guint position, EntFilterButton *self)
{
  g_autoptr (EntFilterItem) item =
      g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

  if (item != NULL)
    ent_filter_item_set_checked (item, !ent_filter_item_get_checked (item));
}

/* ---- Rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, EntFilterButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  /* The row is the switch, for mouse and keyboard alike. */
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_focusable (check, FALSE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, EntFilterButton *self)
{
  EntFilterItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *check = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *label = gtk_widget_get_next_sibling (check);
  GtkWidget *count = gtk_widget_get_next_sibling (label);
  gint64 n = ent_filter_item_get_count (item);
  g_autofree char *number = n >= 0 ? ent_words_count (n) : g_strdup ("");
  GBinding *binding = g_object_bind_property (item, "checked", check, "active",
                                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  g_object_set_data (G_OBJECT (list_item), "binding", binding);
  gtk_label_set_label (GTK_LABEL (label), ent_filter_item_get_label (item));
  gtk_label_set_label (GTK_LABEL (count), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  ent_filter_item_get_label (item), -1);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, EntFilterButton *self)
{
  GBinding *binding = g_object_steal_data (G_OBJECT (list_item), "binding");

  if (binding != NULL)
    g_binding_unbind (binding);
}

static void
set_up_list (EntFilterButton *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);

  self->items = g_list_store_new (ENT_TYPE_FILTER_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)),
                                        g_object_ref (self->filter));
  gtk_list_view_set_model (self->list,
                           GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (filtered))));
}

/* ---- GObject ---- */

static void
ent_filter_button_dispose (GObject *object)
{
  EntFilterButton *self = ENT_FILTER_BUTTON (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_object (&self->items);
  g_clear_object (&self->session);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  G_OBJECT_CLASS (ent_filter_button_parent_class)->dispose (object);
}

static void
ent_filter_button_finalize (GObject *object)
{
  g_free (ENT_FILTER_BUTTON (object)->needle);
  G_OBJECT_CLASS (ent_filter_button_parent_class)->finalize (object);
}

static void
ent_filter_button_class_init (EntFilterButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ent_filter_button_dispose;
  object_class->finalize = ent_filter_button_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entrega/Entrega/ent-filter-button.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, button);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, label);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, popover);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, include);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, except);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, search);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, stack);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, list);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, message);
  gtk_widget_class_bind_template_child (widget_class, EntFilterButton, clear);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
ent_filter_button_init (EntFilterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_list (self);
}

GtkWidget *
ent_filter_button_new (EntSession *session, EntFilterField field)
{
  EntFilterButton *self = g_object_new (ENT_TYPE_FILTER_BUTTON, NULL);

  self->session = g_object_ref (session);
  self->field = field;
  g_signal_connect_object (session, "draft-changed", G_CALLBACK (update_label), self,
                           G_CONNECT_SWAPPED);
  update_label (self);
  return GTK_WIDGET (self);
}

EntFilterField
ent_filter_button_get_field (EntFilterButton *self)
{
  return self->field;
}

void
ent_filter_button_popup (EntFilterButton *self)
{
  gtk_menu_button_popup (self->button);
}
