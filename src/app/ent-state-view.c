/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. The words name the channel, the period and how far the data goes, so that
 * "nothing" can be told from "not synchronised". Main thread. */
#include "config.h"

#include "ent-state-view.h"

#include "ent-action.h"
#include "ent-banner.h"
#include "ent-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _EntStateView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *banner;
  GtkWidget *stack;
  GtkWidget *status;
  GtkWidget *buttons;
  GtkWidget *first_button;
  GtkWidget *second_button;

  EntSession *session;
  EntView view;
};

G_DEFINE_FINAL_TYPE (EntStateView, ent_state_view, GTK_TYPE_WIDGET)

/* ---- Status pages ---- */

static void
set_button (GtkWidget *button, const char *label, const char *action)
{
  gtk_widget_set_visible (button, action != NULL);
  if (action == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (button), label);
  ent_action_set (button, action);
}

static void
show_status (EntStateView *self,
             const char *icon,
             const char *title,
             const char *body,
             const char *label,
             const char *action,
             const char *second_label,
             const char *second_action)
{
  g_autofree char *markup = g_markup_escape_text (body != NULL ? body : "", -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), markup);
  set_button (self->first_button, label, action);
  set_button (self->second_button, second_label, second_action);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "status");
}

static void
show_failure (EntStateView *self, const GError *error)
{
  g_autoptr (EntWordsError) words = ent_words_error_new (error);

  show_status (self, "dialog-warning-symbolic", words->title, words->body, _ ("Try again"),
               "report.refresh", NULL, NULL);
}

static char *
synchronised_text (EntStateView *self)
{
  return ent_words_synchronised (ent_session_get_synchronised (self->session),
                                 ent_session_get_report (self->session)->zone, ent_clock_now ());
}

static gboolean
has_filters (EntStateView *self)
{
  const EntFilter *filter = ent_session_get_report (self->session)->filter;
  const EntDrill *drill = ent_session_get_drill (self->session);

  for (guint field = 0; field < ENT_N_FILTER_FIELDS; field++)
    if (field != ENT_FILTER_CHANNEL && ent_filter_has_field (filter, (EntFilterField) field))
      return TRUE;
  return self->view == ENT_VIEW_DETAILED &&
         (drill->has_span || drill->has_stage || drill->has_value);
}

static void
show_nothing (EntStateView *self)
{
  EntRange range = ent_session_get_range (self->session);
  int channel = ent_session_get_channel (self->session);
  EntChannel named = (EntChannel) MAX (channel, 0);
  g_autofree char *title =
      ent_words_nothing_in (channel >= 0 ? &named : NULL, range.first, range.last);
  g_autofree char *until = synchronised_text (self);

  if (has_filters (self))
    {
      g_autofree char *body =
          g_strdup_printf (_ ("No message of this period matches all filters. %s."), until);

      show_status (self, "edit-find-symbolic", _ ("Nothing found"), body, _ ("Clear filters"),
                   "report.clear", NULL, NULL);
    }
  else if (channel >= 0)
    show_status (self, "mail-unread-symbolic", title, until, _ ("Show all channels"),
                 "report.all-channels", _ ("Synchronise"), "win.sync");
  else
    show_status (self, "mail-unread-symbolic", title, until, _ ("Synchronise"), "win.sync",
                 _ ("Last 30 days"), "report.period::last-30-days");
}

/* ---- Following the session ---- */

static gboolean
is_empty (EntStateView *self)
{
  EntOverview *overview;

  if (self->view == ENT_VIEW_DETAILED)
    return ent_selection_get_size (ent_session_get_selection (self->session)) == 0;
  overview = ent_session_get_overview (self->session);
  return overview->summary->totals.total == 0 && overview->summary->totals.received == 0;
}

static gboolean
has_answer (EntStateView *self)
{
  return self->view == ENT_VIEW_DETAILED ? ent_session_get_selection (self->session) != NULL
                                         : ent_session_get_overview (self->session) != NULL;
}

static void
show_banner (EntStateView *self, EntLoadState state, const GError *error)
{
  g_autofree char *line = NULL;

  if (state != ENT_LOAD_FAILED || error == NULL || !has_answer (self))
    {
      ent_banner_show (ENT_BANNER (self->banner), ENT_BANNER_ERROR, NULL, NULL, NULL, NULL);
      return;
    }
  line = ent_words_error_line (error);
  ent_banner_show (ENT_BANNER (self->banner), ENT_BANNER_ERROR, "dialog-warning-symbolic", line,
                   _ ("Try again"), "report.refresh");
}

static void
update (EntStateView *self)
{
  gboolean detailed = self->view == ENT_VIEW_DETAILED;
  EntLoadState state = detailed ? ent_session_get_selection_state (self->session)
                                : ent_session_get_overview_state (self->session);
  const GError *error = detailed ? ent_session_get_selection_error (self->session)
                                 : ent_session_get_overview_error (self->session);

  show_banner (self, state, error);
  if (!has_answer (self))
    {
      if (state == ENT_LOAD_FAILED)
        show_failure (self, error);
      else if (state == ENT_LOAD_SLOW)
        gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "skeleton");
      return;
    }
  /* Old content stays in place while the next answer is on its way; after a while it pales. */
  if (state == ENT_LOAD_SLOW)
    gtk_widget_add_css_class (self->stack, "stale");
  else
    gtk_widget_remove_css_class (self->stack, "stale");
  if (state == ENT_LOAD_WAITING || state == ENT_LOAD_SLOW)
    return;
  if (is_empty (self))
    show_nothing (self);
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "content");
}

/* ---- Parts ---- */

static GtkWidget *
skeleton_block (int height)
{
  GtkWidget *block = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (block, "skeleton");
  gtk_widget_set_size_request (block, -1, height);
  gtk_widget_set_hexpand (block, TRUE);
  return block;
}

static GtkWidget *
skeleton_new (EntView view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, view == ENT_VIEW_DETAILED ? 6 : 18);

  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Loading"), -1);
  if (view == ENT_VIEW_DETAILED)
    {
      for (guint i = 0; i < 12; i++)
        gtk_box_append (GTK_BOX (box), skeleton_block (28));
      return box;
    }
  gtk_box_append (GTK_BOX (box), skeleton_block (320));
  {
    GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

    gtk_box_set_homogeneous (GTK_BOX (cards), TRUE);
    for (guint i = 0; i < 4; i++)
      gtk_box_append (GTK_BOX (cards), skeleton_block (110));
    gtk_box_append (GTK_BOX (box), cards);
  }
  gtk_box_append (GTK_BOX (box), skeleton_block (200));
  return box;
}

/* Cut off where it ends: a skeleton never makes the window larger. */
static GtkWidget *
unscrolled (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

static GtkWidget *
button_new (EntStateView *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
ent_state_view_dispose (GObject *object)
{
  EntStateView *self = ENT_STATE_VIEW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_state_view_parent_class)->dispose (object);
}

static void
ent_state_view_class_init (EntStateViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_state_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ent_state_view_init (EntStateView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->banner = ent_banner_new ();
  gtk_widget_set_margin_start (self->banner, 24);
  gtk_widget_set_margin_end (self->banner, 24);
  gtk_box_append (GTK_BOX (self->box), self->banner);

  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->stack);

  self->status = adw_status_page_new ();
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_CENTER);
  self->first_button = button_new (self);
  gtk_widget_add_css_class (self->first_button, "suggested-action");
  self->second_button = button_new (self);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), self->buttons);
}

GtkWidget *
ent_state_view_new (EntSession *session, EntView view, GtkWidget *content)
{
  EntStateView *self = g_object_new (ENT_TYPE_STATE_VIEW, NULL);
  const char *signal = view == ENT_VIEW_DETAILED ? "selection-changed" : "overview-changed";
  GtkStack *stack = GTK_STACK (self->stack);

  self->session = g_object_ref (session);
  self->view = view;
  /* Shown first: nothing, for the quarter of a second that most answers need less of. */
  gtk_stack_add_named (stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "blank");
  gtk_stack_add_named (stack, unscrolled (skeleton_new (view)), "skeleton");
  gtk_stack_add_named (stack, self->status, "status");
  gtk_stack_add_named (stack, content, "content");
  g_signal_connect_object (session, signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
