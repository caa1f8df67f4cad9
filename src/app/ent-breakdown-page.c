/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections as cards, two of them side by side where there is room. Main thread. */
#include "config.h"

#include "ent-breakdown-page.h"

#include "ent-banner.h"
#include "ent-breakdown.h"
#include "ent-columns-layout.h"
#include "ent-day-table.h"
#include "ent-funnel.h"
#include "ent-hours-panel.h"
#include "ent-latency.h"
#include "ent-reason-list.h"
#include "ent-words-error.h"
#include "ent-words.h"

#include <glib/gi18n.h>

#define SECTION_WIDTH 400

static const EntBy dimensions[] = {
  ENT_BY_CAMPAIGN, ENT_BY_SUBACCOUNT, ENT_BY_USER, ENT_BY_CONTENT_TYPE, ENT_BY_CARRIER,
};

struct _EntBreakdownPage
{
  GtkBox parent_instance;

  GtkWidget *banner;
  EntBreakdown *breakdown;
};

G_DEFINE_FINAL_TYPE (EntBreakdownPage, ent_breakdown_page, GTK_TYPE_BOX)

static void
show_error (EntBreakdownPage *self)
{
  const GError *error = ent_breakdown_get_error (self->breakdown);
  g_autofree char *text = error != NULL ? ent_words_error_line (error) : NULL;

  ent_banner_show (ENT_BANNER (self->banner), ENT_BANNER_ERROR, "dialog-warning-symbolic", text,
                   _ ("Try again"), "report.refresh");
}

static void
dimension_cb (GtkDropDown *choice, GParamSpec *pspec, EntBreakdownPage *self)
{
  guint chosen = gtk_drop_down_get_selected (choice);

  if (chosen < G_N_ELEMENTS (dimensions))
    ent_breakdown_set_by (self->breakdown, dimensions[chosen]);
}

static GtkWidget *
new_dimension_choice (EntBreakdownPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *choice;

  for (guint i = 0; i < G_N_ELEMENTS (dimensions); i++)
    gtk_string_list_append (names, ent_words_by (dimensions[i]));
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_widget_set_tooltip_text (choice, _ ("Break down by"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Break down by"), -1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (dimension_cb), self, 0);
  return choice;
}

static GtkWidget *
new_panel (GtkWidget *child)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (panel, "card");
  gtk_widget_add_css_class (panel, "panel");
  gtk_widget_add_css_class (panel, "section");
  gtk_widget_set_overflow (panel, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (panel), child);
  return panel;
}

/* @end: at the end of the title's line; may be NULL. */
static GtkWidget *
new_section (const char *title, GtkWidget *end, GtkWidget *child)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *panel = new_panel (head);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (head, "section-head");
  gtk_box_append (GTK_BOX (head), label);
  if (end != NULL)
    gtk_box_append (GTK_BOX (head), end);
  gtk_box_append (GTK_BOX (panel), child);
  return panel;
}

/* Short sections beside a long one. */
static GtkWidget *
new_columns (EntBreakdownPage *self)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *latency =
      new_section (_ ("How long it took"), NULL, ent_latency_new (self->breakdown));

  gtk_widget_set_vexpand (latency, TRUE);
  gtk_box_append (GTK_BOX (first),
                  new_section (_ ("From sent to replied"), NULL, ent_funnel_new (self->breakdown)));
  gtk_box_append (GTK_BOX (first), latency);
  gtk_widget_set_layout_manager (columns, ent_columns_layout_new (SECTION_WIDTH));
  gtk_box_append (GTK_BOX (columns), first);
  gtk_box_append (GTK_BOX (columns), new_section (_ ("Failures by reason"), NULL,
                                                  ent_reason_list_new (self->breakdown)));
  return columns;
}

static void
ent_breakdown_page_dispose (GObject *object)
{
  EntBreakdownPage *self = ENT_BREAKDOWN_PAGE (object);

  if (self->breakdown != NULL)
    g_object_run_dispose (G_OBJECT (self->breakdown));
  g_clear_object (&self->breakdown);
  G_OBJECT_CLASS (ent_breakdown_page_parent_class)->dispose (object);
}

static void
ent_breakdown_page_class_init (EntBreakdownPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_breakdown_page_dispose;
}

static void
ent_breakdown_page_init (EntBreakdownPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

GtkWidget *
ent_breakdown_page_new (EntSession *session)
{
  EntBreakdownPage *self = g_object_new (ENT_TYPE_BREAKDOWN_PAGE, NULL);

  self->breakdown = ent_breakdown_new (session);
  self->banner = ent_banner_new ();
  gtk_box_append (GTK_BOX (self), self->banner);
  gtk_box_append (GTK_BOX (self), new_section (_ ("Breakdown"), new_dimension_choice (self),
                                               ent_day_table_new_for_dimension (self->breakdown)));
  gtk_box_append (GTK_BOX (self), new_columns (self));
  gtk_box_append (GTK_BOX (self), new_panel (ent_hours_panel_new (self->breakdown)));
  g_signal_connect_object (self->breakdown, "changed", G_CALLBACK (show_error), self,
                           G_CONNECT_SWAPPED);
  show_error (self);
  return GTK_WIDGET (self);
}
