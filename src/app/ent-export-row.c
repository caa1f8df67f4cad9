/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows its item and, while that runs, the job. Buttons are actions of the window. Main thread.
 */
#include "config.h"

#include "ent-export-row.h"

#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntExportRow
{
  GtkBox parent_instance;

  EntExportJobs *jobs;
  const EntZone *zone;
  EntExportItem *item;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *details;
  GtkWidget *state;
  GtkWidget *progress;
  GtkWidget *cancel;
  GtkWidget *open;
  GtkWidget *show;
  GtkWidget *again;
  GtkWidget *menu;
  const char *icon_class; /* the icon's colour at present; NULL */
};

G_DEFINE_FINAL_TYPE (EntExportRow, ent_export_row, GTK_TYPE_BOX)

static EntExportRecord *
record_of (EntExportRow *self)
{
  return ent_export_item_get_record (self->item);
}

/* ---- Actions ---- */

static void
open_cb (EntExportRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-file", "s", record_of (self)->path);
}

static void
show_cb (EntExportRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.show-file", "s", record_of (self)->path);
}

static void
again_cb (EntExportRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.run-export", "s", record_of (self)->request);
}

static void
cancel_cb (EntExportRow *self)
{
  ent_export_jobs_cancel (self->jobs, record_of (self)->id);
}

/* ---- State ---- */

typedef struct
{
  const char *name;
  const char *css_class;
} StateIcon;

static StateIcon
state_icon (EntExportRow *self)
{
  switch (record_of (self)->state)
    {
    case ENT_EXPORT_FINISHED:
      if (ent_export_item_is_missing (self->item))
        return (StateIcon){ "dialog-question-symbolic", "warning" };
      return (StateIcon){ "emblem-ok-symbolic", "success" };
    case ENT_EXPORT_QUEUED:
    case ENT_EXPORT_RUNNING:
      return (StateIcon){ "content-loading-symbolic", NULL };
    case ENT_EXPORT_CANCELLED:
      return (StateIcon){ "process-stop-symbolic", "dim-label" };
    case ENT_EXPORT_FAILED:
      return (StateIcon){ "dialog-error-symbolic", "error" };
    case ENT_EXPORT_INTERRUPTED:
    default:
      return (StateIcon){ "dialog-warning-symbolic", "warning" };
    }
}

static void
update_icon (EntExportRow *self)
{
  StateIcon icon = state_icon (self);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon.name);
  if (self->icon_class != NULL)
    gtk_widget_remove_css_class (self->icon, self->icon_class);
  if (icon.css_class != NULL)
    gtk_widget_add_css_class (self->icon, icon.css_class);
  self->icon_class = icon.css_class;
}

/* "1,234 of 50,000 rows · 12,000 rows a second · 3 s left" */
static char *
progress_text (const EntExportJobProgress *progress)
{
  g_autofree char *done = ent_words_count (progress->done);
  g_autofree char *total = ent_words_rows (progress->total);
  g_autofree char *rate = NULL, *left = NULL;

  if (progress->waiting)
    return g_strdup (ent_words_export_state (ENT_EXPORT_QUEUED));
  if (progress->seconds < 0)
    /* Translators: "1,234 of 50,000 rows" */
    return g_strdup_printf (_ ("%s of %s"), done, total);
  rate = ent_words_rows ((gint64) progress->rate);
  left = ent_words_duration (progress->seconds);
  /* Translators: "1,234 of 50,000 rows · 12,000 rows a second · 3 s left" */
  return g_strdup_printf (_ ("%s of %s · %s a second · %s left"), done, total, rate, left);
}

static char *
ended_text (EntExportRow *self)
{
  const char *state = ent_words_export_state ((int) record_of (self)->state);
  g_autofree char *failure = ent_export_item_failure (self->item);

  if (failure != NULL)
    return g_strdup_printf ("%s: %s", state, failure);
  if (ent_export_item_is_missing (self->item))
    return g_strdup (_ ("The file is not there any more"));
  return g_strdup (state);
}

static gboolean
has_file (EntExportRow *self)
{
  return record_of (self)->state == ENT_EXPORT_FINISHED && !ent_export_item_is_missing (self->item);
}

static gboolean
has_ended (EntExportRow *self)
{
  EntExportState state = record_of (self)->state;

  return state != ENT_EXPORT_QUEUED && state != ENT_EXPORT_RUNNING;
}

static void
append_item (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

/* What makes no sense for this export is not in it. */
static GMenu *
menu_new (EntExportRow *self)
{
  const EntExportRecord *record = record_of (self);
  GMenu *menu = g_menu_new ();

  if (has_file (self))
    {
      append_item (menu, _ ("Open"), "app.open-file", g_variant_new_string (record->path));
      append_item (menu, _ ("Show in folder"), "app.show-file",
                   g_variant_new_string (record->path));
      append_item (menu, _ ("Verify: does the report still give this file?"), "win.verify-export",
                   g_variant_new_string (record->path));
    }
  if (record->request != NULL)
    append_item (menu, _ ("Run again"), "win.run-export", g_variant_new_string (record->request));
  append_item (menu, _ ("Remove from the list"), "win.remove-export",
               g_variant_new_int64 (record->id));
  return menu;
}

static void
update (EntExportRow *self)
{
  EntExportJobProgress progress = { 0 };
  gboolean runs = ent_export_jobs_get_progress (self->jobs, record_of (self)->id, &progress);
  gboolean ended = !runs && has_ended (self);
  g_autofree char *text = runs ? progress_text (&progress) : ended_text (self);
  g_autoptr (GMenu) menu = ended ? menu_new (self) : NULL;

  gtk_label_set_label (GTK_LABEL (self->state), text);
  gtk_widget_set_tooltip_text (self->state, text);
  update_icon (self);
  gtk_progress_bar_set_fraction (
      GTK_PROGRESS_BAR (self->progress),
      progress.total > 0 ? (double) progress.done / (double) progress.total : 0);
  gtk_widget_set_visible (self->progress, runs);
  gtk_widget_set_visible (self->cancel, runs);
  gtk_widget_set_visible (self->open, ended && has_file (self));
  gtk_widget_set_visible (self->show, ended && has_file (self));
  gtk_widget_set_visible (self->again,
                          ended && !has_file (self) && record_of (self)->request != NULL);
  gtk_widget_set_visible (self->menu, ended);
  if (ended)
    gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
}

static void
progress_cb (EntExportRow *self, gint64 record_id)
{
  if (self->item != NULL && record_of (self)->id == record_id)
    update (self);
}

static void
name_menu (EntExportRow *self, const char *title)
{
  g_autofree char *name = g_strdup_printf (_ ("Menu of “%s”"), title);

  gtk_widget_set_tooltip_text (self->menu, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

void
ent_export_row_set_item (EntExportRow *self, EntExportItem *item)
{
  g_autofree char *title = NULL, *details = NULL;

  g_return_if_fail (ENT_IS_EXPORT_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  title = ent_export_item_title (item);
  details = ent_export_item_details (item, self->zone, ent_clock_now ());
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->details), details);
  name_menu (self, title);
  gtk_widget_set_tooltip_text (self->details, record_of (self)->path);
  g_signal_connect_swapped (item, "notify::missing", G_CALLBACK (update), self);
  update (self);
}

/* ---- Building ---- */

static GtkWidget *
add_button (EntExportRow *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_widget_set_visible (button, FALSE);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_texts (EntExportRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->title = add_label (texts, "heading");
  self->details = add_label (texts, "caption");
  gtk_widget_add_css_class (self->details, "dim-label");
  gtk_widget_add_css_class (self->details, "numeric");
  self->state = add_label (texts, "caption");
  gtk_widget_add_css_class (self->state, "numeric");
  self->progress = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->progress, "export-progress");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress"), -1);
  gtk_box_append (GTK_BOX (texts), self->progress);
  gtk_box_append (GTK_BOX (self), texts);
}

/* A finished export can be dragged out as its file. */
static GdkContentProvider *
drag_cb (GtkDragSource *source, double x, double y, EntExportRow *self)
{
  g_autoptr (GFile) file = NULL;

  if (self->item == NULL || !has_file (self))
    return NULL;
  file = g_file_new_for_path (record_of (self)->path);
  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, &(GSList){ file, NULL });
}

static void
add_drag (EntExportRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect (source, "prepare", G_CALLBACK (drag_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
ent_export_row_dispose (GObject *object)
{
  EntExportRow *self = ENT_EXPORT_ROW (object);

  ent_export_row_set_item (self, NULL);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (ent_export_row_parent_class)->dispose (object);
}

static void
ent_export_row_class_init (EntExportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_export_row_dispose;
}

static void
ent_export_row_init (EntExportRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "export-row");
  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (self), self->icon);
  add_texts (self);
  self->cancel = add_button (self, "process-stop-symbolic", _ ("Cancel"), G_CALLBACK (cancel_cb));
  self->open = add_button (self, "document-open-symbolic", _ ("Open"), G_CALLBACK (open_cb));
  self->show = add_button (self, "folder-symbolic", _ ("Show in folder"), G_CALLBACK (show_cb));
  self->again = add_button (self, "view-refresh-symbolic", _ ("Run again"), G_CALLBACK (again_cb));
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_box_append (GTK_BOX (self), self->menu);
  add_drag (self);
}

GtkWidget *
ent_export_row_new (EntExportJobs *jobs, const EntZone *zone)
{
  EntExportRow *self = g_object_new (ENT_TYPE_EXPORT_ROW, NULL);

  self->jobs = g_object_ref (jobs);
  self->zone = zone;
  g_signal_connect_object (jobs, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
