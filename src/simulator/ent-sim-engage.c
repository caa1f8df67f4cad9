/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See the header. The selections of the last few queries are kept, so that a client that walks
 * through the pages of a day costs one selection.
 */
#include "config.h"

#include "ent-sim-engage.h"

#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-json.h"
#include "ent-sim-query.h"
#include "ent-sim-wire.h"

#define SALT_KEY G_GUINT64_CONSTANT (0x4e7)
#define SALT_SECRET G_GUINT64_CONSTANT (0x5ec)

#define N_SELECTIONS 4

typedef struct
{
  char *selector;
  gint64 clock;
  GArray *refs; /* EntSimRef */
} Selection;

struct _EntSimEngage
{
  EntSimWorld *world; /* not owned */
  char *key;
  char *secret;
  char *authorization; /* the header that is let in */
  Selection selections[N_SELECTIONS];
  guint next_selection;
};

static char *
make_authorization (const char *key, const char *secret)
{
  g_autofree char *plain = g_strconcat (key, ":", secret, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));

  return g_strconcat ("Basic ", encoded, NULL);
}

/**
 * ent_sim_engage_new:
 * @world: the data; must outlive the result
 */
EntSimEngage *
ent_sim_engage_new (EntSimWorld *world)
{
  EntSimEngage *self = g_new0 (EntSimEngage, 1);
  guint64 seed = ent_sim_world_get_config (world)->seed;

  self->world = world;
  self->key = g_strdup_printf ("sim-%016" G_GINT64_MODIFIER "x", ent_sim_mix (seed, SALT_KEY));
  self->secret =
      g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                       ent_sim_mix (seed, SALT_SECRET), ent_sim_mix (seed, SALT_SECRET + 1));
  self->authorization = make_authorization (self->key, self->secret);
  return self;
}

static void
selection_clear (Selection *selection)
{
  g_clear_pointer (&selection->selector, g_free);
  g_clear_pointer (&selection->refs, g_array_unref);
}

void
ent_sim_engage_free (EntSimEngage *self)
{
  for (guint i = 0; i < N_SELECTIONS; i++)
    selection_clear (&self->selections[i]);
  g_free (self->key);
  g_free (self->secret);
  g_free (self->authorization);
  g_free (self);
}

const char *
ent_sim_engage_get_key (const EntSimEngage *self)
{
  return self->key;
}

const char *
ent_sim_engage_get_secret (const EntSimEngage *self)
{
  return self->secret;
}

static const GArray *
select_refs (EntSimEngage *self, const EntSimQuery *query)
{
  gint64 clock = ent_sim_world_get_clock (self->world);
  Selection *selection;

  for (guint i = 0; i < N_SELECTIONS; i++)
    if (self->selections[i].clock == clock &&
        g_strcmp0 (self->selections[i].selector, query->selector) == 0)
      return self->selections[i].refs;

  selection = &self->selections[self->next_selection++ % N_SELECTIONS];
  selection_clear (selection);
  selection->selector = g_strdup (query->selector);
  selection->clock = clock;
  selection->refs = ent_sim_query_select (query, self->world);
  return selection->refs;
}

/* The part of a selection that a page has. */
typedef struct
{
  guint from;
  guint until;
  gboolean has_next;
} Page;

static Page
find_page (const EntSimQuery *query, guint n_rows, gboolean duplicate)
{
  guint repeated = duplicate ? query->page_size / 10 + 1 : 0;
  guint stride = query->page_size > repeated ? query->page_size - repeated : 1;
  Page page = { n_rows, n_rows, FALSE };

  if (query->page <= n_rows / stride)
    {
      page.from = MIN (n_rows, (guint) query->page * stride);
      page.until = MIN (n_rows, page.from + query->page_size);
      page.has_next = page.until < n_rows;
    }
  return page;
}

static void
append_pagination (GString *out,
                   const EntSimQuery *query,
                   gboolean has_next,
                   gboolean unknown_fields)
{
  g_string_append (out, "\"pagination\":{");
  ent_sim_json_append_number (out, "page", query->page);
  ent_sim_json_append_number (out, "page_size", query->page_size);
  ent_sim_json_append_key (out, "has_next");
  g_string_append (out, has_next ? "true" : "false");
  if (unknown_fields)
    g_string_append (out, ",\"cursor\":null");
  g_string_append_c (out, '}');
}

static EntSimTwist
get_twist (const EntSimFaults *faults, EntSimVerdict verdict, const EntSimSight *sight, guint place)
{
  guint twist = ENT_SIM_TWIST_NONE;

  if (faults->unknown_status && sight->message->key / 2 % 10 == 0)
    twist |= ENT_SIM_TWIST_UNKNOWN_STATUS;
  if (faults->unknown_fields)
    twist |= ENT_SIM_TWIST_UNKNOWN_FIELDS;
  if (verdict == ENT_SIM_VERDICT_BAD_ITEM && place == 0)
    twist |= ENT_SIM_TWIST_WRONG_TYPES;
  return (EntSimTwist) twist;
}

static void
append_page (EntSimEngage *self,
             const EntSimQuery *query,
             const EntSimFaults *faults,
             EntSimVerdict verdict,
             GString *out)
{
  const GArray *refs = select_refs (self, query);
  Page page = find_page (query, refs->len, faults->duplicate_pages);

  if (verdict == ENT_SIM_VERDICT_EMPTY_HAS_NEXT)
    page = (Page){ 0, 0, TRUE };

  g_string_append (out, "{\"messages\":[");
  for (guint i = page.from; i < page.until; i++)
    {
      const EntSimRef *ref = &g_array_index (refs, EntSimRef, i);
      const EntSimDay *day = ent_sim_world_get_day (self->world, ref->day);
      EntSimSight sight = ent_sim_sight (self->world, day, ref->index);

      if (i > page.from)
        g_string_append_c (out, ',');
      ent_sim_wire_append_message (out, &sight, query->zone,
                                   get_twist (faults, verdict, &sight, i - page.from));
    }
  g_string_append (out, "],");
  append_pagination (out, query, page.has_next, faults->unknown_fields);
  if (faults->unknown_fields)
    g_string_append (out, ",\"meta\":{\"took_ms\":3}");
  g_string_append_c (out, '}');
}

static guint
refuse (GString *out, const char *const *details)
{
  g_string_append (out, "{\"message\":\"Bad Request\",\"details\":[");
  for (guint i = 0; details[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      ent_sim_json_append_string (out, details[i], FALSE);
    }
  g_string_append (out, "]}");
  return 400;
}

/**
 * ent_sim_engage_answer:
 * @authorization: (nullable): the header of that name
 * @body: (array length=length):
 * @verdict: the fault that the request meets, among those that concern the answer's content
 * @answer: where the JSON goes
 *
 * Returns: the HTTP status
 */
guint
ent_sim_engage_answer (EntSimEngage *self,
                       const char *authorization,
                       const char *body,
                       gsize length,
                       const EntSimFaults *faults,
                       EntSimVerdict verdict,
                       GString *answer)
{
  guint range_days = faults->range_days != 0 ? faults->range_days : ENT_SIM_USUAL_RANGE_DAYS;
  gint64 oldest = ent_sim_world_get_clock (self->world) - range_days * ENT_SIM_DAY_MS;
  g_autoptr (EntSimQuery) query = NULL;
  g_auto (GStrv) details = NULL;

  if (authorization == NULL || !g_str_equal (authorization, self->authorization))
    {
      g_string_append (answer, "{\"message\":\"Invalid authentication credentials\"}");
      return 401;
    }

  query = ent_sim_query_parse (body, length, &details);
  if (query == NULL)
    return refuse (answer, (const char *const *) details);
  if (query->start < oldest)
    {
      g_autofree char *detail =
          g_strdup_printf ("start_date must be within the last %u days", range_days);

      return refuse (answer, (const char *const[]){ detail, NULL });
    }

  append_page (self, query, faults, verdict, answer);
  if (verdict == ENT_SIM_VERDICT_TRUNCATE)
    g_string_truncate (answer, answer->len / 2);
  return 200;
}
