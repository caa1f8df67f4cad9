/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the page's parts and keeps the coverage banner; each part follows the session by
 * itself. Main thread. */
#include "config.h"

#include "ent-consolidated-page.h"

#include "ent-banner.h"
#include "ent-breakdown-page.h"
#include "ent-card.h"
#include "ent-chart-panel.h"
#include "ent-columns-layout.h"
#include "ent-day-table.h"
#include "ent-state-view.h"
#include "ent-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_WIDTH 1320 /* beyond it lines of a table cannot be followed */

struct _EntConsolidatedPage
{
  GtkWidget parent_instance;

  GtkWidget *state_view;
  GtkWidget *banner;
  EntSession *session;
};

G_DEFINE_FINAL_TYPE (EntConsolidatedPage, ent_consolidated_page, GTK_TYPE_WIDGET)

static void
update_coverage (EntConsolidatedPage *self)
{
  EntOverview *overview = ent_session_get_overview (self->session);
  g_autofree char *text = NULL;

  if (overview == NULL)
    return;
  text = ent_words_coverage_days (overview->summary->days_by_coverage);
  if (text != NULL && overview->summary->days_by_coverage[ENT_COVERAGE_PARTIAL] == 1 &&
      overview->summary->days_by_coverage[ENT_COVERAGE_STALE] == 0 &&
      overview->summary->days_by_coverage[ENT_COVERAGE_NONE] == 0 &&
      ent_clock_now () < overview->summary->range.to)
    /* Only today is partial, as every day is until it ends: the chart says it. */
    g_clear_pointer (&text, g_free);
  ent_banner_show (ENT_BANNER (self->banner), ENT_BANNER_NEUTRAL, "dialog-information-symbolic",
                   text, _ ("Synchronise"), "win.sync");
}

static GtkWidget *
figures_new (EntSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "figures");
  gtk_box_append (GTK_BOX (box), ent_card_new (session, ENT_STAGE_ERRORS, TRUE));
  gtk_box_append (GTK_BOX (box), ent_card_new (session, ENT_STAGE_PENDING, TRUE));
  gtk_box_append (GTK_BOX (box), ent_card_new (session, ENT_STAGE_RECEIVED, TRUE));
  return box;
}

static GtkWidget *
cards_new (EntSession *session)
{
  static const EntStage stages[] = {
    ENT_STAGE_TOTAL,
    ENT_STAGE_SENT,
    ENT_STAGE_DELIVERED,
    ENT_STAGE_READ,
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, g_object_new (ENT_TYPE_COLUMNS_LAYOUT, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    gtk_box_append (GTK_BOX (box), ent_card_new (session, stages[i], FALSE));
  gtk_box_append (GTK_BOX (box), figures_new (session));
  return box;
}

static GtkWidget *
panel_new (GtkWidget *child)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (panel, "card");
  gtk_widget_add_css_class (panel, "panel");
  gtk_widget_set_overflow (panel, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (panel), child);
  return panel;
}

static GtkWidget *
content_new (EntConsolidatedPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_add_css_class (box, "page");
  self->banner = ent_banner_new ();
  gtk_box_append (GTK_BOX (box), self->banner);
  gtk_box_append (GTK_BOX (box), panel_new (ent_chart_panel_new (self->session)));
  gtk_box_append (GTK_BOX (box), cards_new (self->session));
  gtk_box_append (GTK_BOX (box), panel_new (ent_day_table_new (self->session)));
  gtk_box_append (GTK_BOX (box), ent_breakdown_page_new (self->session));

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  /* Natural, or the table would be squeezed to a few lines before the page scrolls. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), clamp);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), viewport);
  return scroller;
}

static void
ent_consolidated_page_dispose (GObject *object)
{
  EntConsolidatedPage *self = ENT_CONSOLIDATED_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->state_view, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_consolidated_page_parent_class)->dispose (object);
}

static void
ent_consolidated_page_class_init (EntConsolidatedPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_consolidated_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
ent_consolidated_page_init (EntConsolidatedPage *self)
{
}

GtkWidget *
ent_consolidated_page_new (EntSession *session)
{
  EntConsolidatedPage *self = g_object_new (ENT_TYPE_CONSOLIDATED_PAGE, NULL);

  self->session = g_object_ref (session);
  self->state_view = ent_state_view_new (session, ENT_VIEW_CONSOLIDATED, content_new (self));
  gtk_widget_set_parent (self->state_view, GTK_WIDGET (self));
  g_signal_connect_object (session, "overview-changed", G_CALLBACK (update_coverage), self,
                           G_CONNECT_SWAPPED);
  update_coverage (self);
  return GTK_WIDGET (self);
}
