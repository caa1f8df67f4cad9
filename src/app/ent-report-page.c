/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack's visible page and the session's view are one state: each follows the other. In a
 * window that is not high, the filters fold away when asked to. Main thread. */
#include "config.h"

#include "ent-report-page.h"

#include "ent-consolidated-page.h"
#include "ent-detailed-page.h"
#include "ent-words.h"

#include <glib/gi18n.h>

struct _EntReportPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  EntFilterBar *filter_bar;
  AdwViewStack *stack;
  GtkWidget *detailed;
  EntSession *session;
};

G_DEFINE_FINAL_TYPE (EntReportPage, ent_report_page, GTK_TYPE_WIDGET)

static const char *
view_name (EntView view)
{
  return view == ENT_VIEW_DETAILED ? "detailed" : "consolidated";
}

static void
report_changed_cb (EntReportPage *self)
{
  adw_view_stack_set_visible_child_name (self->stack,
                                         view_name (ent_session_get_report (self->session)->view));
}

static void
visible_child_cb (EntReportPage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  if (self->session == NULL || name == NULL)
    return;
  ent_session_set_view (self->session,
                        g_str_equal (name, "detailed") ? ENT_VIEW_DETAILED : ENT_VIEW_CONSOLIDATED);
}

/* Escape stops the running question; without one it is left to others. */
static gboolean
cancel_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  EntReportPage *self = ENT_REPORT_PAGE (widget);
  EntLoadState overview, selection;

  if (self->session == NULL)
    return FALSE;
  overview = ent_session_get_overview_state (self->session);
  selection = ent_session_get_selection_state (self->session);
  if (overview != ENT_LOAD_SLOW && selection != ENT_LOAD_SLOW)
    return FALSE;
  ent_session_cancel (self->session);
  return TRUE;
}

static void
ent_report_page_dispose (GObject *object)
{
  EntReportPage *self = ENT_REPORT_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_report_page_parent_class)->dispose (object);
}

static void
ent_report_page_class_init (EntReportPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_report_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, cancel_cb, NULL);
}

static void
ent_report_page_init (EntReportPage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->filter_bar = g_object_new (ENT_TYPE_FILTER_BAR, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->filter_bar));
  self->stack = ADW_VIEW_STACK (adw_view_stack_new ());
  adw_view_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->stack));
}

void
ent_report_page_set_session (EntReportPage *self, EntSession *session)
{
  AdwViewStackPage *page;

  g_return_if_fail (self->session == NULL);

  ent_filter_bar_set_session (self->filter_bar, session);
  page = adw_view_stack_add_titled (self->stack, ent_consolidated_page_new (session),
                                    view_name (ENT_VIEW_CONSOLIDATED),
                                    ent_words_view (ENT_VIEW_CONSOLIDATED));
  adw_view_stack_page_set_icon_name (page, "entrega-columns-symbolic");
  self->detailed = ent_detailed_page_new (session);
  page = adw_view_stack_add_titled (self->stack, self->detailed, view_name (ENT_VIEW_DETAILED),
                                    ent_words_view (ENT_VIEW_DETAILED));
  adw_view_stack_page_set_icon_name (page, "view-list-symbolic");

  self->session = g_object_ref (session);
  report_changed_cb (self);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (report_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (visible_child_cb),
                           self, G_CONNECT_SWAPPED);
}

AdwViewStack *
ent_report_page_get_stack (EntReportPage *self)
{
  return self->stack;
}

EntFilterBar *
ent_report_page_get_filter_bar (EntReportPage *self)
{
  return self->filter_bar;
}

GtkWidget *
ent_report_page_get_detailed (EntReportPage *self)
{
  return self->detailed;
}
