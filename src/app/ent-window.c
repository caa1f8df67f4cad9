/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What page is shown and when; actions are in ent-window-actions.c, -templates.c and
 * -export.c. Main thread; owned by the application. */
#include "config.h"

#include "ent-window.h"

#include "ent-content-bin.h"
#include "ent-exports-page.h"
#include "ent-settings.h"
#include "ent-sources-page.h"
#include "ent-window-private.h"
#include "ent-words.h"

#include <glib/gi18n.h>

#define NARROW_WIDTH 620
#define ACTION_TOAST_SECONDS 12

G_DEFINE_FINAL_TYPE (EntWindow, ent_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- Pages ---- */

static const char *
title_of (const char *page)
{
  if (g_str_equal (page, "exports"))
    return _ ("Exported reports");
  if (g_str_equal (page, "sources"))
    return _ ("Sources");
  if (g_str_equal (page, "template"))
    return _ ("Report template");
  return "Entrega";
}

void
ent_window_update_title (EntWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);
  gboolean report = g_strcmp0 (page, "report") == 0;
  const EntReport *shown = self->session != NULL ? ent_session_get_report (self->session) : NULL;
  const char *name = shown != NULL && shown->name != NULL ? shown->name : _ ("Report");
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->switcher_title), report);
  gtk_widget_set_visible (GTK_WIDGET (self->page_title), !report);
  /* Shown or hidden, not revealed: libadwaita 1.2 allocates a bar of no height with -1. */
  gtk_widget_set_visible (GTK_WIDGET (self->switcher_bar),
                          report &&
                              adw_view_switcher_title_get_title_visible (self->switcher_title));
  adw_view_switcher_title_set_title (self->switcher_title, name);
  adw_window_title_set_title (self->page_title, report ? name : title_of (page));
  gtk_widget_set_visible (self->export_button, report);
  gtk_widget_set_visible (self->report_menu, report);
  gtk_widget_set_visible (GTK_WIDGET (self->sync_button),
                          self->ready && g_strcmp0 (page, "welcome") != 0);
  title = report ? g_strdup_printf ("%s – Entrega", name) : g_strdup (title_of (page));
  gtk_window_set_title (GTK_WINDOW (self), title);
  ent_sidebar_set_current (self->sidebar, page,
                           self->session != NULL ? ent_session_get_template_id (self->session) : 0);
}

/* Without a source and without data there is nothing to report on. */
static gboolean
is_first_start (EntWindow *self)
{
  gint64 version = ent_store_get_data_version (ent_engine_get_store (self->engine));

  return ent_engine_get_list (self->engine, ENT_ENGINE_SOURCES)->len == 0 && version <= 0;
}

static void
show_start_page (EntWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);

  if (!self->ready || !ent_engine_has_list (self->engine, ENT_ENGINE_SOURCES))
    return;
  if (is_first_start (self))
    {
      if (g_strcmp0 (page, "sources") != 0)
        ent_window_show_page (self, "welcome");
    }
  else if (g_strcmp0 (page, "opening") == 0)
    {
      g_autofree char *last = ent_settings_dup_string ("last-page", "report");

      ent_window_show_page (self, last);
    }
}

/* The welcome page stays until the first messages are there, or the synchronisation ended. */
static void
leave_welcome (EntWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "welcome") == 0 &&
      !is_first_start (self))
    ent_window_show_page (self, "report");
}

static void
update_banner (EntWindow *self)
{
  const GError *error = self->ready ? ent_engine_get_sync_error (self->engine) : NULL;
  g_autoptr (EntWordsError) words = NULL;
  g_autofree char *text = NULL;

  if (ent_settings_get_boolean ("work-offline", FALSE))
    {
      ent_banner_show (self->banner, ENT_BANNER_NEUTRAL, "network-offline-symbolic",
                       _ ("Working offline: what was synchronised is shown."), _ ("Go online"),
                       "app.work-offline");
      return;
    }
  if (error == NULL)
    {
      ent_banner_show (self->banner, ENT_BANNER_WARNING, NULL, NULL, NULL, NULL);
      return;
    }
  words = ent_words_error_new (error);
  text = g_strdup_printf ("%s. %s", words->title, words->body != NULL ? words->body : "");
  ent_banner_show (self->banner, ENT_BANNER_WARNING, "dialog-warning-symbolic", text, _ ("Sources"),
                   "win.show-page::sources");
}

/* ---- Callbacks ---- */

static void
offline_changed_cb (EntWindow *self)
{
  update_banner (self);
  ent_window_update_actions (self);
}

static void
page_selected_cb (EntSidebar *sidebar, const char *page, EntWindow *self)
{
  if (g_str_equal (page, "report") && self->session != NULL &&
      ent_session_get_template_id (self->session) != 0)
    {
      g_autoptr (EntReport) report = ent_report_new (ent_words_get_locale ());

      report->view = ent_session_get_report (self->session)->view;
      ent_session_load_report (self->session, report, 0);
    }
  if (self->ready && !(g_str_equal (page, "report") && is_first_start (self)))
    ent_window_show_page (self, page);
  else if (self->ready)
    ent_window_show_page (self, "welcome");
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
template_selected_cb (EntSidebar *sidebar, gint64 id, EntWindow *self)
{
  ent_window_run_template (self, id);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
sources_changed_cb (EntWindow *self)
{
  if (self->session != NULL)
    ent_session_set_synchronised (self->session, ent_engine_get_last_success (self->engine));
  show_start_page (self);
  ent_window_update_actions (self);
}

/* The first data: the page behind the welcome is filled before it is shown. */
static void
overview_changed_cb (EntWindow *self)
{
  EntOverview *overview = ent_session_get_overview (self->session);

  if (overview != NULL && overview->summary->totals.total > 0 &&
      !ent_engine_is_syncing (self->engine))
    leave_welcome (self);
}

static void
sync_finished_cb (EntEngine *engine, GPtrArray *results, GError *error, EntWindow *self)
{
  gint64 added = 0;

  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const EntSyncResult *result = g_ptr_array_index (results, i);

      added += result->added;
    }
  ent_window_set_starting_sample (self, FALSE);
  update_banner (self);
  leave_welcome (self);
  if (error == NULL && added > 0)
    {
      g_autofree char *count = ent_words_count (added);
      g_autofree char *text =
          g_strdup_printf (ngettext ("%s new message", "%s new messages", (gulong) added), count);

      ent_window_toast (self, text);
    }
}

/* ---- Window state ---- */

static void
restore_state (EntWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), ent_settings_get_int ("window-width", 1280),
                               ent_settings_get_int ("window-height", 800));
  if (ent_settings_get_boolean ("window-maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->flap, ent_settings_get_boolean ("sidebar-visible", TRUE));
}

static void
save_state (EntWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->pages);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width >= 360 && height >= 294)
    {
      ent_settings_set_int ("window-width", width);
      ent_settings_set_int ("window-height", height);
    }
  ent_settings_set_boolean ("window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!adw_flap_get_folded (self->flap))
    ent_settings_set_boolean ("sidebar-visible", adw_flap_get_reveal_flap (self->flap));
  if (g_strcmp0 (page, "report") == 0 || g_strcmp0 (page, "exports") == 0 ||
      g_strcmp0 (page, "sources") == 0)
    ent_settings_set_string ("last-page", page);
  if (self->session != NULL)
    {
      ent_settings_set_boolean ("mask-phones", ent_session_get_masked (self->session));
      ent_settings_set_string ("last-view",
                               ent_session_get_report (self->session)->view == ENT_VIEW_DETAILED
                                   ? "detailed"
                                   : "consolidated");
    }
}

/* ---- GObject ---- */

static gboolean
ent_window_close_request (GtkWindow *window)
{
  save_state (ENT_WINDOW (window));
  return GTK_WINDOW_CLASS (ent_window_parent_class)->close_request (window);
}

/* Not within an allocation, which must not ask for another one. */
static gboolean
adapt_cb (gpointer data)
{
  EntWindow *self = data;

  self->adapt_id = 0;
  ent_filter_bar_set_narrow (ent_report_page_get_filter_bar (self->report_page),
                             self->width < NARROW_WIDTH);
  /* Its arrow is what makes the title bar wider than 360 pixels. */
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->export_button),
                                         self->width >= NARROW_WIDTH);
  if (self->width < NARROW_WIDTH)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  return G_SOURCE_REMOVE;
}

/* A sidebar that lies over the page is not in the way when the window gets narrow. */
static void
folded_cb (EntWindow *self)
{
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap) &&
                                            ent_settings_get_boolean ("sidebar-visible", TRUE));
}

/* libadwaita 1.2 has no breakpoints. */
static void
ent_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EntWindow *self = ENT_WINDOW (widget);

  if (width != self->width && self->adapt_id == 0)
    self->adapt_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, adapt_cb, self, NULL);
  self->width = width;
  GTK_WIDGET_CLASS (ent_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
ent_window_dispose (GObject *object)
{
  EntWindow *self = ENT_WINDOW (object);

  g_clear_handle_id (&self->adapt_id, g_source_remove);
  if (self->session != NULL)
    ent_session_close (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->schedules);
  g_clear_pointer (&self->loaded, g_hash_table_unref);
  g_clear_pointer (&self->deleted_timers, g_hash_table_unref);
  g_clear_pointer (&self->waiting_files, g_ptr_array_unref);
  g_clear_object (&self->report_actions);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (ent_window_parent_class)->dispose (object);
}

static void
ent_window_class_init (EntWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ENT_TYPE_BANNER);
  g_type_ensure (ENT_TYPE_CONTENT_BIN);
  g_type_ensure (ENT_TYPE_REPORT_PAGE);
  g_type_ensure (ENT_TYPE_SIDEBAR);
  g_type_ensure (ENT_TYPE_SYNC_BUTTON);
  g_type_ensure (ENT_TYPE_TEMPLATE_BAR);
  g_type_ensure (ENT_TYPE_WELCOME);

  G_OBJECT_CLASS (klass)->dispose = ent_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ent_window_close_request;
  widget_class->size_allocate = ent_window_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entrega/Entrega/ent-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EntWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, report_menu);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, report_page);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, exports_slot);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, sources_slot);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, template_slot);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, template_bar);
  gtk_widget_class_bind_template_child (widget_class, EntWindow, failure);
  gtk_widget_class_bind_template_callback (widget_class, page_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_selected_cb);
}

static void
ent_window_init (EntWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->switcher_title, "notify::title-visible",
                           G_CALLBACK (ent_window_update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child",
                           G_CALLBACK (ent_window_update_title), self, G_CONNECT_SWAPPED);
}

/* ---- Public ---- */

EntWindow *
ent_window_new (GtkApplication *application, EntEngine *engine)
{
  EntWindow *self = g_object_new (ENT_TYPE_WINDOW, "application", application, NULL);

  self->engine = g_object_ref (engine);
  if (g_str_equal (PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  ent_window_add_actions (self);
  restore_state (self);
  ent_window_update_title (self);
  return self;
}

static void
add_page (GtkBox *slot, GtkWidget *page)
{
  gtk_widget_set_hexpand (page, TRUE);
  gtk_box_append (slot, page);
}

static EntReport *
first_report (void)
{
  EntReport *report = ent_report_new (ent_words_get_locale ());
  g_autofree char *zone = ent_settings_dup_string ("timezone", "");
  g_autofree char *style = ent_settings_dup_string ("chart-style", "columns");
  g_autofree char *view = ent_settings_dup_string ("last-view", "consolidated");

  if (zone[0] != '\0')
    {
      EntZone *chosen = ent_zone_new (zone, NULL);

      if (chosen != NULL)
        {
          ent_zone_unref (report->zone);
          report->zone = chosen;
        }
    }
  report->compare = ENT_COMPARE_PREVIOUS_PERIOD;
  report->chart_style = g_str_equal (style, "lines") ? ENT_CHART_LINES : ENT_CHART_COLUMNS;
  report->view = g_str_equal (view, "detailed") ? ENT_VIEW_DETAILED : ENT_VIEW_CONSOLIDATED;
  return report;
}

void
ent_window_ready (EntWindow *self)
{
  g_autoptr (EntReport) report = first_report ();

  g_return_if_fail (!self->ready);

  self->session =
      ent_session_new (ent_engine_get_store (self->engine), ent_engine_get_user_data (self->engine),
                       ent_engine_get_sync (self->engine), report);
  ent_session_set_masked (self->session, ent_settings_get_boolean ("mask-phones", FALSE));
  ent_session_set_synchronised (self->session, ent_engine_get_last_success (self->engine));
  self->ready = TRUE;

  ent_window_add_session_actions (self);
  ent_report_page_set_session (self->report_page, self->session);
  adw_view_switcher_title_set_stack (self->switcher_title,
                                     ent_report_page_get_stack (self->report_page));
  adw_view_switcher_bar_set_stack (self->switcher_bar,
                                   ent_report_page_get_stack (self->report_page));
  ent_sidebar_set_engine (self->sidebar, self->engine);
  ent_sync_button_set_engine (self->sync_button, self->engine);
  ent_welcome_set_engine (self->welcome, self->engine);
  add_page (self->exports_slot, ent_exports_page_new (self->engine));
  add_page (self->sources_slot, ent_sources_page_new (self->engine));
  ent_window_ready_templates (self);

  g_signal_connect_object (self->engine, "sources-changed", G_CALLBACK (sources_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "templates-changed",
                           G_CALLBACK (ent_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::syncing", G_CALLBACK (ent_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "sync-finished", G_CALLBACK (sync_finished_cb), self, 0);
  g_signal_connect_object (self->session, "overview-changed", G_CALLBACK (overview_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "report-changed", G_CALLBACK (ent_window_update_title),
                           self, G_CONNECT_SWAPPED);
  if (ent_settings_get () != NULL)
    g_signal_connect_object (ent_settings_get (), "changed::work-offline",
                             G_CALLBACK (offline_changed_cb), self, G_CONNECT_SWAPPED);
  update_banner (self);
  ent_window_update_title (self);
  show_start_page (self);
}

void
ent_window_fail (EntWindow *self, const GError *error)
{
  g_autoptr (EntWordsError) words = ent_words_error_new (error);
  g_autofree char *body =
      g_markup_printf_escaped ("%s\n\n%s", words->body != NULL ? words->body : "", error->message);

  adw_status_page_set_title (self->failure, words->title);
  adw_status_page_set_description (self->failure, body);
  gtk_stack_set_visible_child_name (self->pages, "failure");
}

EntSession *
ent_window_get_session (EntWindow *self)
{
  return self->session;
}

EntEngine *
ent_window_get_engine (EntWindow *self)
{
  return self->engine;
}

void
ent_window_show_page (EntWindow *self, const char *page)
{
  gtk_stack_set_visible_child_name (self->pages, page);
}

void
ent_window_set_starting_sample (EntWindow *self, gboolean starting)
{
  ent_welcome_set_starting (self->welcome, starting);
}

/* Its title is markup; texts have names of users in them. */
static AdwToast *
toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
ent_window_toast (EntWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, toast_new (text));
}

void
ent_window_toast_action (
    EntWindow *self, const char *text, const char *label, const char *action, GVariant *target)
{
  AdwToast *toast = toast_new (text);

  /* What can still be undone is to be found by whoever moves by keyboard or by ear. */
  adw_toast_set_timeout (toast, ACTION_TOAST_SECONDS);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target_value (toast, target);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
ent_window_toast_error (EntWindow *self, const GError *error)
{
  g_autofree char *line = ent_words_error_line (error);

  ent_window_toast (self, line);
}
