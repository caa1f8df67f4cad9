/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A controller in the capture phase, before the scrolled window's own. Steps are as long as
 * GtkScrolledWindow's. Main thread; owned by the widget. */
#include "config.h"

#include "ent-scroll-through.h"

#include <math.h>

#define PIXELS_A_UNIT 2.5 /* of a touchpad */

static gboolean
can_move (GtkAdjustment *adjustment, double dy)
{
  double value = gtk_adjustment_get_value (adjustment);
  double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  return dy < 0 ? value > gtk_adjustment_get_lower (adjustment) + 0.5 : value < last - 0.5;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  GtkWidget *inner = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *outer =
      gtk_widget_get_ancestor (gtk_widget_get_parent (inner), GTK_TYPE_SCROLLED_WINDOW);
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GtkAdjustment *page;
  double step;

  if (outer == NULL || event == NULL || fabs (dx) > fabs (dy) ||
      gdk_event_get_modifier_state (event) & GDK_SHIFT_MASK ||
      can_move (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (inner)), dy))
    return FALSE;
  page = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));
  step = gdk_scroll_event_get_unit (event) == GDK_SCROLL_UNIT_WHEEL
             ? pow (gtk_adjustment_get_page_size (page), 2.0 / 3.0)
             : PIXELS_A_UNIT;
  gtk_adjustment_set_value (page, gtk_adjustment_get_value (page) + dy * step);
  return TRUE;
}

void
ent_scroll_through (GtkScrolledWindow *scroller)
{
  GtkEventController *controller =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "scroll", G_CALLBACK (scroll_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (scroller), controller);
}
