/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the parts together: which filters have a button of their own, which come from "more",
 * what the two entries of the detailed report mean. Main thread. */
#include "config.h"

#include "ent-filter-bar.h"

#include "ent-channel-switch.h"
#include "ent-filter-button.h"
#include "ent-filter-chips.h"
#include "ent-period-button.h"
#include "ent-phone.h"
#include "ent-words.h"
#include "ent-wrap-layout.h"

#include <glib/gi18n.h>

struct _EntFilterBar
{
  GtkWidget parent_instance;

  GtkBox *line;
  EntChannelSwitch *channel_switch;
  EntPeriodButton *period_button;
  GtkToggleButton *unfold;
  GtkWidget *more;
  GtkPopover *more_popover;
  GtkListBox *more_list;
  GtkWidget *phone;
  GtkWidget *text;
  GtkLabel *count;
  GtkWidget *discard;
  GtkWidget *apply;
  EntFilterChips *chips;

  GtkWidget *buttons[ENT_N_FILTER_FIELDS]; /* EntFilterButton or NULL */
  EntSession *session;
  gboolean narrow;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (EntFilterBar, ent_filter_bar, GTK_TYPE_WIDGET)

/* In this order; the period stands before them. */
static const EntFilterField always[] = {
  ENT_FILTER_DIRECTION, ENT_FILTER_SUBACCOUNT,   ENT_FILTER_USER,
  ENT_FILTER_CAMPAIGN,  ENT_FILTER_CONTENT_TYPE, ENT_FILTER_STATUS,
};
static const EntFilterField on_demand[] = {
  ENT_FILTER_REASON,
  ENT_FILTER_STAGE,
  ENT_FILTER_CARRIER,
};

/* ---- Buttons ---- */

static void
add_button (EntFilterBar *self, EntFilterField field)
{
  self->buttons[field] = ent_filter_button_new (self->session, field);
  gtk_box_insert_child_after (self->line, self->buttons[field],
                              gtk_widget_get_prev_sibling (self->more));
}

static gboolean
is_on_demand (EntFilterField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (on_demand); i++)
    if (on_demand[i] == field)
      return TRUE;
  return FALSE;
}

static gboolean
is_folded (EntFilterBar *self)
{
  return self->narrow && !gtk_toggle_button_get_active (self->unfold);
}

/* Support looks for a number first: it is there also where the filters are folded. */
static void
update_view (EntFilterBar *self)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  gboolean detailed = ent_session_get_report (self->session)->view == ENT_VIEW_DETAILED;

  gtk_widget_set_visible (self->phone, detailed ||
                                           ent_filter_has_field (filter, ENT_FILTER_PHONE) ||
                                           ent_filter_has_field (filter, ENT_FILTER_CONTACT));
  gtk_widget_set_visible (self->text, (detailed && !is_folded (self)) ||
                                          ent_filter_has_field (filter, ENT_FILTER_TEXT));
}

/* A filter on demand shows itself as long as it is used; in a narrow window all filters are
 * behind one button that says how many are in use. */
static void
update_buttons (EntFilterBar *self)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  gboolean folded = is_folded (self);
  guint used = 0;

  for (guint field = 0; field < ENT_N_FILTER_FIELDS; field++)
    {
      gboolean has = ent_filter_has_field (filter, (EntFilterField) field);

      used += has && field != ENT_FILTER_CHANNEL;
      if (self->buttons[field] == NULL)
        continue;
      gtk_widget_set_visible (self->buttons[field],
                              !folded && (has || !is_on_demand ((EntFilterField) field) ||
                                          gtk_widget_get_visible (self->buttons[field])));
    }
  gtk_widget_set_visible (self->more, !folded);
  gtk_widget_set_visible (GTK_WIDGET (self->unfold), self->narrow);
  if (used > 0)
    {
      g_autofree char *label = g_strdup_printf (_ ("Filters: %u"), used);

      gtk_button_set_label (GTK_BUTTON (self->unfold), label);
    }
  else
    gtk_button_set_label (GTK_BUTTON (self->unfold), _ ("Filters"));
}

static void
more_activated_cb (GtkListBox *list, GtkListBoxRow *row, EntFilterBar *self)
{
  EntFilterField field = on_demand[gtk_list_box_row_get_index (row)];

  gtk_popover_popdown (self->more_popover);
  gtk_widget_set_visible (self->buttons[field], TRUE);
  ent_filter_button_popup (ENT_FILTER_BUTTON (self->buttons[field]));
}

static void
fold_cb (EntFilterBar *self)
{
  if (self->session == NULL)
    return;
  update_buttons (self);
  update_view (self);
}

/* ---- Entries ---- */

/* Digits and the signs people write between them, however few. */
static gboolean
looks_like_phone (const char *text)
{
  guint digits = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        digits++;
      else if (strchr ("+-() .*", *c) == NULL)
        return FALSE;
    }
  return digits > 0;
}

/* FALSE where the word says nothing that could be looked for (a number of three digits). */
static gboolean
add_word (EntFilter **filter, EntFilterField field, const char *word)
{
  EntFilter *next = ent_filter_with (*filter, field, word, FALSE, NULL);

  if (next == NULL)
    return FALSE;
  ent_filter_unref (*filter);
  *filter = next;
  return TRUE;
}

/* Several numbers may be pasted, one a line or with commas and semicolons between. */
static gboolean
add_people (EntFilter **filter, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, "\n\r\t,;", -1);
  gboolean understood = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_strstrip (words[i]);
      if (words[i][0] != '\0' &&
          !add_word (filter, looks_like_phone (words[i]) ? ENT_FILTER_PHONE : ENT_FILTER_CONTACT,
                     words[i]))
        understood = FALSE;
    }
  return understood;
}

static void
mark (GtkWidget *entry, gboolean understood)
{
  if (understood)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
      understood ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* What the entries say becomes the draft's; FALSE, and nothing changes, where they say
 * something that cannot be looked for. */
static gboolean
take_entries (EntFilterBar *self)
{
  const EntFilter *draft = ent_session_get_draft_filter (self->session);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  g_autoptr (EntFilter) without_phone = ent_filter_without_field (draft, ENT_FILTER_PHONE);
  g_autoptr (EntFilter) without_people =
      ent_filter_without_field (without_phone, ENT_FILTER_CONTACT);
  g_autoptr (EntFilter) filter = ent_filter_without_field (without_people, ENT_FILTER_TEXT);
  gboolean people = add_people (&filter, gtk_editable_get_text (GTK_EDITABLE (self->phone)));
  gboolean words = text[0] == '\0' || add_word (&filter, ENT_FILTER_TEXT, text);

  mark (self->phone, people);
  mark (self->text, words);
  if (!people || !words)
    return FALSE;
  self->filling = TRUE;
  ent_session_set_draft_filter (self->session, filter);
  self->filling = FALSE;
  return TRUE;
}

static void
search_changed_cb (EntFilterBar *self)
{
  if (!self->filling && self->session != NULL)
    take_entries (self);
}

static void
search_activated_cb (EntFilterBar *self)
{
  if (take_entries (self))
    ent_session_apply (self->session);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
append_values (GString *text, const EntFilter *filter, EntFilterField field)
{
  guint n = ent_filter_get_n_values (filter, field);

  for (guint i = 0; i < n; i++)
    {
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, ent_filter_get_value (filter, field, i, NULL));
    }
}

/* Follows the draft when it changed elsewhere (a chip, undo, a template). */
static void
update_entries (EntFilterBar *self)
{
  const EntFilter *filter = ent_session_get_draft_filter (self->session);
  g_autoptr (GString) people = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->filling)
    return;
  append_values (people, filter, ENT_FILTER_PHONE);
  append_values (people, filter, ENT_FILTER_CONTACT);
  append_values (text, filter, ENT_FILTER_TEXT);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->phone), people->str);
  gtk_editable_set_text (GTK_EDITABLE (self->text), text->str);
  self->filling = FALSE;
}

/* ---- Following the session ---- */

static void
update_count (EntFilterBar *self)
{
  gint64 count = ent_session_get_draft_count (self->session);
  g_autofree char *text = count >= 0 ? ent_words_messages (count) : g_strdup ("…");

  gtk_label_set_label (self->count, text);
}

static void
update_draft (EntFilterBar *self)
{
  gboolean pending = ent_session_is_pending (self->session);

  gtk_widget_set_visible (self->discard, pending);
  if (pending)
    gtk_widget_add_css_class (self->apply, "suggested-action");
  else
    gtk_widget_remove_css_class (self->apply, "suggested-action");
  update_buttons (self);
  update_entries (self);
  update_view (self);
}

/* ---- GObject ---- */

static void
ent_filter_bar_dispose (GObject *object)
{
  EntFilterBar *self = ENT_FILTER_BAR (object);

  g_clear_object (&self->session);
  if (self->line != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->line));
  self->line = NULL;
  if (self->chips != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->chips));
  self->chips = NULL;
  G_OBJECT_CLASS (ent_filter_bar_parent_class)->dispose (object);
}

static void
ent_filter_bar_class_init (EntFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ENT_TYPE_CHANNEL_SWITCH);
  g_type_ensure (ENT_TYPE_FILTER_CHIPS);
  g_type_ensure (ENT_TYPE_PERIOD_BUTTON);
  g_type_ensure (ENT_TYPE_WRAP_LAYOUT);

  G_OBJECT_CLASS (klass)->dispose = ent_filter_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entrega/Entrega/ent-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, line);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, channel_switch);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, period_button);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, unfold);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, more);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, more_popover);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, more_list);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, phone);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, text);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, count);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, discard);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, apply);
  gtk_widget_class_bind_template_child (widget_class, EntFilterBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
ent_filter_bar_init (EntFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
ent_filter_bar_set_session (EntFilterBar *self, EntSession *session)
{
  g_set_object (&self->session, session);
  ent_channel_switch_set_session (self->channel_switch, session);
  ent_period_button_set_session (self->period_button, session);
  ent_filter_chips_set_session (self->chips, session);
  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    add_button (self, always[i]);
  for (guint i = 0; i < G_N_ELEMENTS (on_demand); i++)
    {
      GtkWidget *label = gtk_label_new (ent_words_filter_field (on_demand[i]));

      add_button (self, on_demand[i]);
      gtk_widget_set_visible (self->buttons[on_demand[i]], FALSE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->more_list, label);
    }

  g_signal_connect_object (session, "draft-changed", G_CALLBACK (update_draft), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "count-changed", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  update_draft (self);
  update_count (self);
}

void
ent_filter_bar_set_narrow (EntFilterBar *self, gboolean narrow)
{
  self->narrow = narrow;
  fold_cb (self);
}

void
ent_filter_bar_focus_search (EntFilterBar *self)
{
  if (gtk_widget_get_visible (self->phone))
    gtk_widget_grab_focus (self->phone);
  else
    ent_filter_bar_focus (self);
}

void
ent_filter_bar_focus (EntFilterBar *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
