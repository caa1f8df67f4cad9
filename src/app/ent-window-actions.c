/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of a window ("win.") and of its report ("report."), and when they make sense.
 * Their keys are in ent-application.c. Main thread. */
#include "config.h"

#include "ent-settings.h"
#include "ent-source-dialog.h"
#include "ent-window-private.h"

#include <glib/gi18n.h>

/* ---- win ---- */

static void
sync_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  ent_engine_synchronise (self->engine, NULL);
}

static void
cancel_sync_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  ent_engine_cancel_sync (self->engine);
}

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  if (self->ready)
    ent_window_show_page (self, g_variant_get_string (parameter, NULL));
}

static void
templates_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  adw_flap_set_reveal_flap (self->flap, TRUE);
  ent_sidebar_focus_templates (self->sidebar);
}

static void
toast_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_window_toast (data, g_variant_get_string (parameter, NULL));
}

static void
add_source_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  ent_source_dialog_present (GTK_WINDOW (self), self->engine, NULL);
}

static void
show_filters (EntWindow *self)
{
  if (self->ready)
    ent_window_show_page (self, "report");
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  show_filters (self);
  ent_session_set_view (self->session, ENT_VIEW_DETAILED);
  ent_filter_bar_focus_search (ent_report_page_get_filter_bar (self->report_page));
}

static void
filters_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntWindow *self = data;

  show_filters (self);
  ent_filter_bar_focus (ent_report_page_get_filter_bar (self->report_page));
}

static void
copy_text_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (data)),
                          g_variant_get_string (parameter, NULL));
}

static const GActionEntry window_entries[] = {
  { .name = "sync", .activate = sync_cb },
  { .name = "cancel-sync", .activate = cancel_sync_cb },
  { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
  { .name = "templates", .activate = templates_cb },
  { .name = "toast", .activate = toast_cb, .parameter_type = "s" },
  { .name = "copy-text", .activate = copy_text_cb, .parameter_type = "s" },
  { .name = "add-source", .activate = add_source_cb },
  { .name = "search", .activate = search_cb },
  { .name = "filters", .activate = filters_cb },
};

/* ---- report ---- */

static void
apply_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_apply (data);
}

static void
discard_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_discard (data);
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_clear (data);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_undo (data);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_redo (data);
}

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_refresh (data);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_cancel (data);
}

static void
all_channels_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_set_channel (data, ENT_SESSION_ALL_CHANNELS);
}

static void
period_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  EntPeriod period = { 0 };

  if (!ent_period_kind_from_key (g_variant_get_string (parameter, NULL), &period.kind))
    return;
  ent_session_set_draft_period (data, &period);
  ent_session_apply (data);
}

static void
previous_period_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_step_period (data, -1);
}

static void
next_period_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_step_period (data, 1);
}

static void
view_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_set_view (data, g_str_equal (g_variant_get_string (parameter, NULL), "detailed")
                                  ? ENT_VIEW_DETAILED
                                  : ENT_VIEW_CONSOLIDATED);
}

static void
compare_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *key = g_variant_get_string (parameter, NULL);

  ent_session_set_compare (data, g_str_equal (key, "previous-period") ? ENT_COMPARE_PREVIOUS_PERIOD
                                 : g_str_equal (key, "same-weekdays") ? ENT_COMPARE_SAME_WEEKDAYS
                                                                      : ENT_COMPARE_NONE);
}

static void
percent_of_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ent_session_set_percent_of (data, g_str_equal (g_variant_get_string (parameter, NULL), "total")
                                        ? ENT_PERCENT_OF_TOTAL
                                        : ENT_PERCENT_OF_PREVIOUS_STAGE);
}

static const GActionEntry report_entries[] = {
  { .name = "apply", .activate = apply_cb },
  { .name = "discard", .activate = discard_cb },
  { .name = "clear", .activate = clear_cb },
  { .name = "undo", .activate = undo_cb },
  { .name = "redo", .activate = redo_cb },
  { .name = "refresh", .activate = refresh_cb },
  { .name = "cancel", .activate = cancel_cb },
  { .name = "all-channels", .activate = all_channels_cb },
  { .name = "period", .activate = period_cb, .parameter_type = "s" },
  { .name = "previous-period", .activate = previous_period_cb },
  { .name = "next-period", .activate = next_period_cb },
  { .name = "view", .activate = view_cb, .parameter_type = "s" },
  { .name = "compare", .activate = compare_cb, .parameter_type = "s", .state = "'none'" },
  { .name = "percent-of",
    .activate = percent_of_cb,
    .parameter_type = "s",
    .state = "'previous-stage'" },
};

/* ---- States ---- */

static void
set_enabled (GActionMap *map, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (map, name);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (GActionMap *map, const char *name, const char *state)
{
  GAction *action = g_action_map_lookup_action (map, name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (state));
}

static void
update_report_actions (EntWindow *self)
{
  static const char *const compares[] = { "none", "previous-period", "same-weekdays" };
  const EntReport *report = ent_session_get_report (self->session);
  GActionMap *map = G_ACTION_MAP (self->report_actions);

  set_enabled (map, "undo", ent_session_can_undo (self->session));
  set_enabled (map, "redo", ent_session_can_redo (self->session));
  set_enabled (map, "apply", ent_session_is_pending (self->session));
  set_enabled (map, "discard", ent_session_is_pending (self->session));
  set_state (map, "compare", compares[report->compare]);
  set_state (map, "percent-of",
             report->percent_of == ENT_PERCENT_OF_TOTAL ? "total" : "previous-stage");
}

void
ent_window_update_actions (EntWindow *self)
{
  gboolean offline = ent_settings_get_boolean ("work-offline", FALSE);
  gboolean syncing = ent_engine_is_syncing (self->engine);

  set_enabled (G_ACTION_MAP (self), "sync",
               self->ready && !offline && !syncing && ent_engine_has_active_source (self->engine));
  set_enabled (G_ACTION_MAP (self), "cancel-sync", syncing);
  set_enabled (G_ACTION_MAP (self), "add-source", self->ready);
  set_enabled (G_ACTION_MAP (self), "search", self->ready);
  set_enabled (G_ACTION_MAP (self), "filters", self->ready);
  if (self->session != NULL)
    {
      gboolean template = ent_session_get_template_id (self->session) != 0;

      set_enabled (G_ACTION_MAP (self), "rename-template", template);
      set_enabled (G_ACTION_MAP (self), "delete-template", template);
      update_report_actions (self);
    }
}

void
ent_window_add_actions (EntWindow *self)
{
  g_autoptr (GPropertyAction) sidebar =
      g_property_action_new ("show-sidebar", self->flap, "reveal-flap");

  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries,
                                   G_N_ELEMENTS (window_entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (sidebar));
  ent_window_add_template_actions (self);
  ent_window_add_export_actions (self);
  ent_window_add_print_action (self);
  ent_window_update_actions (self);
}

void
ent_window_add_session_actions (EntWindow *self)
{
  g_autoptr (GPropertyAction) mask = g_property_action_new ("mask-phones", self->session, "masked");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (mask));
  self->report_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->report_actions), report_entries,
                                   G_N_ELEMENTS (report_entries), self->session);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "report",
                                  G_ACTION_GROUP (self->report_actions));
  g_signal_connect_object (self->session, "report-changed", G_CALLBACK (ent_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "draft-changed", G_CALLBACK (ent_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::can-undo",
                           G_CALLBACK (ent_window_update_actions), self, G_CONNECT_SWAPPED);
  ent_window_update_actions (self);
}
