/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Presets on the left, two dates on the right; what is chosen becomes the draft's period. The
 * dates may be typed as the locale writes them or as ISO. Main thread. */
#include "config.h"

#include "ent-period-button.h"

#include "ent-words.h"

#include <glib/gi18n.h>

#define PLATFORM_DAYS 90 /* what the providers' own portals show */
#define NARROW_WIDTH 620

struct _EntPeriodButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkBox *box;
  GtkSeparator *separator;
  GtkListBox *presets;
  GtkBox *calendars;
  GtkEntry *first_entry;
  GtkEntry *last_entry;
  GtkCalendar *first_calendar;
  GtkCalendar *last_calendar;
  GtkLabel *note;
  GtkLabel *zone;
  GtkWidget *use_dates;

  EntSession *session;
  gboolean filling; /* the widgets are being set, nobody chose anything */
};

G_DEFINE_FINAL_TYPE (EntPeriodButton, ent_period_button, GTK_TYPE_WIDGET)

static EntDay
today (EntPeriodButton *self)
{
  return ent_zone_day_of (ent_session_get_report (self->session)->zone, ent_clock_now ());
}

/* ---- Filling ---- */

static void
update_label (EntPeriodButton *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  const EntPeriod *period = ent_session_get_draft_period (self->session);
  g_autofree char *text = ent_words_period_resolved (period, report->zone, ent_clock_now ());
  g_autofree char *name = g_strdup_printf (_ ("Period: %s"), text);
  g_autofree char *tooltip = g_strdup_printf (_ ("Period of the report, in the time of %s"),
                                              ent_zone_get_name (report->zone));

  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
select_calendar (GtkCalendar *calendar, EntDay day)
{
  int year, month, mday;
  g_autoptr (GDateTime) date = NULL;

  ent_day_to_ymd (day, &year, &month, &mday);
  /* Noon, so that no zone's change of clock moves the day. */
  date = g_date_time_new_utc (year, month, mday, 12, 0, 0);
  if (date != NULL)
    gtk_calendar_select_day (calendar, date);
}

static EntDay
calendar_day (GtkCalendar *calendar)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);

  return ent_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                           g_date_time_get_day_of_month (date));
}

static void
set_entry (GtkEntry *entry, EntDay day)
{
  g_autofree char *text = ent_words_day_full (day);
  EntDay back;

  /* Where the locale's long form cannot be typed back, ISO always can. */
  if (!ent_words_parse_day (text, &back) || back != day)
    {
      g_free (text);
      text = ent_day_format (day);
    }
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
select_preset (EntPeriodButton *self, EntPeriodKind kind)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->presets, (int) kind);

  if (row != NULL)
    gtk_list_box_select_row (self->presets, row);
  else
    gtk_list_box_unselect_all (self->presets);
}

static gboolean
read_dates (EntPeriodButton *self, EntDay *first, EntDay *last)
{
  return ent_words_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->first_entry)), first) &&
         ent_words_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->last_entry)), last);
}

static void
mark_entry (GtkEntry *entry)
{
  EntDay day;

  if (ent_words_parse_day (gtk_editable_get_text (GTK_EDITABLE (entry)), &day))
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
}

static void
update_note (EntPeriodButton *self)
{
  EntDay first = 0, last = 0, limit = today (self) - PLATFORM_DAYS + 1;
  gboolean valid = read_dates (self, &first, &last);
  g_autofree char *since = ent_words_day_full (limit);
  g_autofree char *text = NULL;

  mark_entry (self->first_entry);
  mark_entry (self->last_entry);
  gtk_widget_set_sensitive (self->use_dates, valid && first <= last);
  if (!valid)
    text = g_strdup_printf (_ ("Type a date like %s or 2026-11-22."), since);
  else if (first > last)
    text = g_strdup (_ ("The first day is after the last one."));
  else if (first < limit)
    text = g_strdup_printf (_ ("The platform shows 90 days, since %s. What lies before is kept "
                               "only here, and does not change any more."),
                            since);
  else
    text = g_strdup_printf (_ ("The platform shows 90 days, since %s. Further back works where "
                               "days were synchronised."),
                            since);
  gtk_label_set_label (self->note, text);
}

static void
fill (EntPeriodButton *self)
{
  const EntPeriod *period = ent_session_get_draft_period (self->session);
  EntRange range = ent_session_get_draft_range (self->session);
  g_autofree char *zone =
      g_strdup_printf (_ ("Days begin and end in the time of %s"),
                       ent_zone_get_name (ent_session_get_report (self->session)->zone));

  self->filling = TRUE;
  select_calendar (self->first_calendar, range.first);
  select_calendar (self->last_calendar, range.last);
  set_entry (self->first_entry, range.first);
  set_entry (self->last_entry, range.last);
  select_preset (self, period->kind);
  gtk_label_set_label (self->zone, zone);
  self->filling = FALSE;
  update_note (self);
}

static GtkWidget *
preset_row (EntPeriodKind kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (ent_words_period (kind));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (kind == ENT_PERIOD_LAST_90_DAYS)
    {
      GtkWidget *mark = gtk_label_new (_ ("as on the platform"));

      gtk_widget_add_css_class (mark, "caption");
      gtk_widget_add_css_class (mark, "dim-label");
      gtk_box_append (GTK_BOX (box), mark);
    }
  return box;
}

/* ---- Callbacks ---- */

static void
popover_shown_cb (EntPeriodButton *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean narrow = root != NULL && gtk_widget_get_width (GTK_WIDGET (root)) < NARROW_WIDTH;
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->calendars), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->separator),
                                  narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  fill (self);
}

static void
preset_activated_cb (GtkListBox *list, GtkListBoxRow *row, EntPeriodButton *self)
{
  EntPeriod period = { .kind = (EntPeriodKind) gtk_list_box_row_get_index (row) };

  if (self->filling)
    return;
  gtk_popover_popdown (self->popover);
  ent_session_set_draft_period (self->session, &period);
}

static void
first_selected_cb (EntPeriodButton *self)
{
  if (!self->filling)
    set_entry (self->first_entry, calendar_day (self->first_calendar));
}

static void
last_selected_cb (EntPeriodButton *self)
{
  if (!self->filling)
    set_entry (self->last_entry, calendar_day (self->last_calendar));
}

static void
entry_changed_cb (EntPeriodButton *self)
{
  EntDay first, last;

  if (self->filling)
    return;
  self->filling = TRUE;
  if (ent_words_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->first_entry)), &first))
    select_calendar (self->first_calendar, first);
  if (ent_words_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->last_entry)), &last))
    select_calendar (self->last_calendar, last);
  gtk_list_box_unselect_all (self->presets);
  self->filling = FALSE;
  update_note (self);
}

static void
use_dates_cb (EntPeriodButton *self)
{
  EntPeriod period;
  EntDay first, last;

  if (!read_dates (self, &first, &last) || !ent_period_init_dates (&period, first, last, NULL))
    return;
  gtk_popover_popdown (self->popover);
  ent_session_set_draft_period (self->session, &period);
}

/* ---- GObject ---- */

static void
ent_period_button_dispose (GObject *object)
{
  EntPeriodButton *self = ENT_PERIOD_BUTTON (object);

  g_clear_object (&self->session);
  if (self->button != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->button));
  self->button = NULL;
  G_OBJECT_CLASS (ent_period_button_parent_class)->dispose (object);
}

static void
ent_period_button_class_init (EntPeriodButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_period_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entrega/Entrega/ent-period-button.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, button);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, label);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, popover);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, box);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, separator);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, presets);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, calendars);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, first_entry);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, last_entry);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, first_calendar);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, last_calendar);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, note);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, zone);
  gtk_widget_class_bind_template_child (widget_class, EntPeriodButton, use_dates);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_dates_cb);
}

static void
ent_period_button_init (EntPeriodButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint kind = 0; kind < ENT_N_PERIOD_TOKENS; kind++)
    gtk_list_box_append (self->presets, preset_row ((EntPeriodKind) kind));
}

void
ent_period_button_set_session (EntPeriodButton *self, EntSession *session)
{
  g_set_object (&self->session, session);
  g_signal_connect_object (session, "draft-changed", G_CALLBACK (update_label), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (update_label), self,
                           G_CONNECT_SWAPPED);
  update_label (self);
}

void
ent_period_button_popup (EntPeriodButton *self)
{
  gtk_menu_button_popup (self->button);
}
