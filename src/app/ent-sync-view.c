/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the progress of EntSync, which tells at most ten times a second. Main thread. */
#include "config.h"

#include "ent-sync-view.h"

#include "ent-words.h"

#include <glib/gi18n.h>

struct _EntSyncView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkProgressBar *bar;
  GtkLabel *figures;
  GtkLabel *where;
  GtkWidget *cancel;

  EntEngine *engine;
  EntZone *zone;
  gint64 started; /* monotonic µs; 0 while nothing runs */
};

G_DEFINE_FINAL_TYPE (EntSyncView, ent_sync_view, GTK_TYPE_WIDGET)

/* By the windows that are done; a guess is given once there is something to go by. */
static char *
time_left (EntSyncView *self, const EntSyncProgress *progress)
{
  gint64 elapsed = g_get_monotonic_time () - self->started;
  gint64 left;
  g_autofree char *duration = NULL;

  if (self->started == 0 || progress->windows_done < 2 || elapsed < 2 * G_USEC_PER_SEC ||
      progress->windows_total <= progress->windows_done)
    return g_strdup ("");
  left = elapsed / progress->windows_done * (progress->windows_total - progress->windows_done);
  duration = ent_words_duration (MAX (1, left / G_USEC_PER_SEC));
  /* Translators: a duration: "about 20 s left" */
  return g_strdup_printf (_ ("about %s left"), duration);
}

static char *
where_text (EntSyncView *self, const EntSyncProgress *progress)
{
  g_autofree char *day = NULL, *left = NULL;

  if (progress->state == ENT_SYNC_WAITING && progress->retry_at > 0)
    {
      gint64 seconds = MAX (0, progress->retry_at - g_get_monotonic_time ()) / G_USEC_PER_SEC;
      g_autofree char *duration = ent_words_duration (seconds);

      return g_strdup_printf (_ ("Waiting %s before the next try"), duration);
    }
  if (progress->windows_total == 0)
    return g_strdup (_ ("Asking what there is…"));
  day = ent_words_day (ent_zone_day_of (self->zone, progress->window_from));
  left = time_left (self, progress);
  if (left[0] == '\0')
    return g_strdup_printf ("%s · %s", ent_words_channel (progress->channel), day);
  return g_strdup_printf ("%s · %s · %s", ent_words_channel (progress->channel), day, left);
}

static void
update (EntSyncView *self)
{
  EntSync *sync = ent_engine_get_sync (self->engine);
  EntSyncProgress progress = { 0 };
  g_autofree char *title = NULL, *fetched = NULL, *added = NULL, *figures = NULL, *where = NULL;

  if (sync == NULL)
    return;
  if (!ent_engine_is_syncing (self->engine))
    {
      self->started = 0;
      return;
    }
  if (self->started == 0)
    self->started = g_get_monotonic_time ();
  ent_sync_get_progress (sync, &progress);
  title = progress.source_name != NULL
              ? g_strdup_printf (_ ("Synchronising %s"), progress.source_name)
              : g_strdup (_ ("Synchronising"));
  fetched = ent_words_messages (progress.fetched);
  added = ent_words_count (progress.added);
  /* Translators: "12,480 messages fetched, 1,204 of them new" */
  figures = g_strdup_printf (_ ("%s fetched, %s of them new"), fetched, added);
  where = where_text (self, &progress);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->figures, figures);
  gtk_label_set_label (self->where, where);
  if (progress.windows_total > 0)
    gtk_progress_bar_set_fraction (self->bar,
                                   (double) progress.windows_done / progress.windows_total);
  else
    gtk_progress_bar_pulse (self->bar);
  ent_sync_progress_clear (&progress);
}

static void
ent_sync_view_dispose (GObject *object)
{
  EntSyncView *self = ENT_SYNC_VIEW (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->zone, ent_zone_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_sync_view_parent_class)->dispose (object);
}

static void
ent_sync_view_class_init (EntSyncViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_sync_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entrega/Entrega/ent-sync-view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, EntSyncView, box);
  gtk_widget_class_bind_template_child (widget_class, EntSyncView, title);
  gtk_widget_class_bind_template_child (widget_class, EntSyncView, bar);
  gtk_widget_class_bind_template_child (widget_class, EntSyncView, figures);
  gtk_widget_class_bind_template_child (widget_class, EntSyncView, where);
  gtk_widget_class_bind_template_child (widget_class, EntSyncView, cancel);
}

static void
ent_sync_view_init (EntSyncView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ent_sync_view_new (EntEngine *engine)
{
  EntSyncView *self = g_object_new (ENT_TYPE_SYNC_VIEW, NULL);

  g_return_val_if_fail (ent_engine_is_open (engine), NULL);

  self->engine = g_object_ref (engine);
  self->zone = ent_zone_new_default (ent_words_get_locale ());
  g_signal_connect_object (ent_engine_get_sync (engine), "progress", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::syncing", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
