/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one window, page after page. A provider that is out of its mind must not keep us for
 * ever or fill the database with nonsense: page loops, endless pages and windows of mostly broken
 * items end it. Fetch thread. */
#include "config.h"

#include "ent-sync-run.h"

/* More pages than any hour of any customer; so many distinct ones are a loop with a twist. */
#define MAX_PAGES 20000
/* A handful of broken items is the item's problem, more than one in a hundred the provider's. */
#define BAD_HANDFUL 5
#define BAD_ONE_IN 100

typedef struct
{
  GHashTable *seen; /* digests of the pages */
  guint64 rows;
  guint64 bad;
  guint pages;
} Window;

static gboolean
protocol_error (GError **error, const char *message)
{
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL, "%s", message);
  return FALSE;
}

/* FNV-1a over the ids in their order. */
static guint64
digest_page (const EntPage *page)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < ent_observations_get_size (page->observations); i++)
    for (const char *p = ent_observations_get (page->observations, i)->remote_id;; p++)
      {
        hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (0x100000001b3);
        if (*p == '\0')
          break;
      }
  return hash;
}

static gboolean
check_new (Window *window, const EntPage *page, GError **error)
{
  guint64 *digest;

  if (++window->pages > MAX_PAGES)
    return protocol_error (error, "The provider's pages have no end");
  if (ent_observations_get_size (page->observations) == 0)
    return TRUE;

  digest = g_new (guint64, 1);
  *digest = digest_page (page);
  if (!g_hash_table_add (window->seen, digest))
    return protocol_error (error, "The provider sends the same page again and again");
  return TRUE;
}

/* @page_bad of @page_rows on this page. The window is judged when it is whole, but a page that is
 * mostly broken is enough. */
static gboolean
check_bad (const Window *window, guint page_bad, guint page_rows, gboolean last, GError **error)
{
  if (page_bad > BAD_HANDFUL && page_bad * 2 > page_rows)
    return protocol_error (error, "Most of the provider's messages cannot be understood");
  if (last && window->bad > BAD_HANDFUL && window->bad * BAD_ONE_IN > window->rows)
    return protocol_error (error, "Too many of the provider's messages cannot be understood");
  return TRUE;
}

/* One page: asked for, checked, taken over. @next: (out): the next one's token. */
static gboolean
read_page (
    EntSyncRun *self, Window *window, const EntPageRequest *request, char **next, GError **error)
{
  g_autoptr (EntPage) page = NULL;
  guint bad;

  page = ent_source_fetch (self->job->source, request, self->cancellable, error);
  if (page == NULL)
    return FALSE;

  bad = page->quarantine->len;
  window->rows += page->n_items;
  window->bad += bad;
  if (!check_new (window, page, error) ||
      !check_bad (window, bad, page->n_items, page->next_page == NULL, error))
    return FALSE;

  *next = g_steal_pointer (&page->next_page);
  ent_sync_run_add_page (self, page);
  return TRUE;
}

static gboolean
can_split (const EntSyncRun *self, const EntSyncWindow *window)
{
  return window->to - window->from > self->job->source->klass->min_window_ms;
}

static EntSyncWindowResult
read_pages (EntSyncRun *self,
            const EntSyncWindow *window,
            const char *first_page,
            Window *state,
            GError **error)
{
  g_autofree char *token = g_strdup (first_page);

  for (;;)
    {
      EntPageRequest request = { window->channel, window->from, window->to, token };
      char *next = NULL;

      if (!read_page (self, state, &request, &next, error))
        return ENT_SYNC_WINDOW_FAILED;
      g_free (token);
      token = next;

      if (token == NULL)
        ent_sync_run_cover (self, window);
      else if (state->rows > self->job->source->klass->max_rows_per_window &&
               can_split (self, window))
        {
          ent_sync_cursor_set_window (&self->cursor, NULL, NULL);
          return ENT_SYNC_WINDOW_TOO_FULL;
        }
      ent_sync_cursor_set_window (&self->cursor, token != NULL ? window : NULL, token);
      if (!ent_sync_run_commit (self, FALSE, error))
        return ENT_SYNC_WINDOW_FAILED;
      self->job->progress->state = ENT_SYNC_RUNNING;
      self->job->progress->retry_at = 0;
      self->job->publish (self->job->progress, self->job->publish_data);
      if (token == NULL)
        return ENT_SYNC_WINDOW_READ;
    }
}

EntSyncWindowResult
ent_sync_run_read_window (EntSyncRun *self,
                          const EntSyncWindow *window,
                          const char *page,
                          GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Window state = { .seen = seen };

  self->job->progress->channel = window->channel;
  self->job->progress->window_from = window->from;
  self->job->progress->window_to = window->to;
  return read_pages (self, window, page, &state, error);
}
