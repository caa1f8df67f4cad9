/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The made-up world: see the header. */

#include "store-world.h"

#include "ent-phone.h"
#include "ent-text.h"

#include <string.h>

static const char *const phones[] = {
  "5511912345678", "551112345678",  "5511987654321", "5521998765432", "552133334444",
  "5511912345679", "5531955556666", "5215512345678", "14155550123",   "4915112345678",
  "447700900123",  "12345",         "011912345678",  "wa:abc-def",    "n/a",
};
static const char *const names[] = { "Ana", "José Ñuñez", "MÁRCIA", "joão", "Zoë", "李雷" };
static const char *const words[] = { "pedido",      "Entrega", "CÓDIGO",   "amanhã", "promoção",
                                     "código 1234", "olá",     "=SUM(A1)", "straße", "fim" };
static const char *const campaigns[] = { "Natal", "natal", "Black Friday", "Avisos", "Teste", "" };
static const char *const subaccounts[] = { "Vendas", "Suporte", "Cobrança" };
static const char *const users[] = { "ana", "bruno", "carla", "dário" };
static const char *const carriers[] = { "Vivo", "Claro", "TIM", "Oi" };
static const char *const raw_texts[] = { "Absent subscriber", "Expired",
                                         "Number 5511912345678 is not valid", "EC_ILLEGAL" };

#define PICK(rand, list) (list[g_rand_int_range (rand, 0, G_N_ELEMENTS (list))])
#define CHANCE(rand, percent) (g_rand_int_range (rand, 0, 100) < (percent))

const char *
world_source (guint source)
{
  static const char *const keys[WORLD_N_SOURCES] = { "source-a", "source-b", "source-c" };

  return keys[source];
}

/* ---- Observations --------------------------------------------------------------------------- */

static void
set_text (EntObservation *o, EntField field, const char *text)
{
  o->texts[field - ENT_N_NUMBER_FIELDS] = text;
}

static char *
random_remote_id (GRand *rand, guint number)
{
  if (number % 3 != 0)
    return g_strdup_printf ("msg-%u", number);
  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%08x%04x", g_rand_int (rand), number & 0xffff,
                          number & 0xfff, g_rand_int_range (rand, 0, 0xfff), g_rand_int (rand),
                          number & 0xffff);
}

/* What does not change between observations of one message. */
typedef struct
{
  const char *remote_id;
  gint64 accepted;
  gboolean has_accepted;
  gint64 direction;
  guint path; /* how far it gets */
} Plot;

static gint64
random_time (GRand *rand)
{
  gint64 whole_days = CHANCE (rand, 80) ? 12 : 110;
  gint64 t = WORLD_NOW - (gint64) (g_rand_double (rand) * (double) (whole_days * DAY_MS));

  /* Some lie exactly on quarter hours and midnights. */
  if (CHANCE (rand, 10))
    t -= t % ENT_QUARTER_MS;
  return t;
}

static void
add_stages (EntObservation *o, const Plot *plot, GRand *rand)
{
  guint reached = (guint) g_rand_int_range (rand, 0, (gint32) plot->path + 1);
  gint64 t = plot->accepted;

  if (plot->has_accepted && CHANCE (rand, 90))
    {
      o->stage_times[ENT_STAGE_TIME_ACCEPTED] = t;
      /* A provider that changes its mind must not make two messages of one. */
      if (CHANCE (rand, 3))
        o->stage_times[ENT_STAGE_TIME_ACCEPTED] += g_rand_int_range (rand, -5000, 5000);
      o->stages |= ENT_STAGE_FLAG_ACCEPTED;
    }
  for (guint i = 0; i < reached; i++)
    {
      t += g_rand_int_range (rand, -1000, i == 0 ? 60000 : 40000000);
      if (CHANCE (rand, 5))
        t += 800 * DAY_MS; /* far beyond what the columns hold */
      o->stages |= 1u << (ENT_STAGE_TIME_SENT + i);
      if (CHANCE (rand, 75))
        o->stage_times[ENT_STAGE_TIME_SENT + i] = t;
    }
  if (CHANCE (rand, 12))
    {
      o->stages |= ENT_STAGE_FLAG_FAILED;
      if (CHANCE (rand, 80))
        o->stage_times[ENT_STAGE_TIME_FAILED] =
            plot->accepted + g_rand_int_range (rand, 0, 90000000);
    }
}

static void
add_numbers (EntObservation *o, const Plot *plot, GRand *rand)
{
  if (CHANCE (rand, 95))
    o->numbers[ENT_FIELD_CHANNEL] = g_rand_int_range (rand, 0, CHANCE (rand, 80) ? 2 : 5);
  if (CHANCE (rand, 95))
    o->numbers[ENT_FIELD_DIRECTION] = plot->direction;
  if (CHANCE (rand, 80))
    o->numbers[ENT_FIELD_CONTENT_TYPE] = g_rand_int_range (rand, 0, ENT_N_CONTENT_TYPES);
  if (CHANCE (rand, 40))
    o->numbers[ENT_FIELD_REASON] = g_rand_int_range (rand, 0, ENT_N_REASONS);
  if (CHANCE (rand, 30))
    o->numbers[ENT_FIELD_PARTS] = g_rand_int_range (rand, 1, 5);
  if (CHANCE (rand, 20))
    o->numbers[ENT_FIELD_WITH_SESSION] = g_rand_int_range (rand, 0, 2);
  if (CHANCE (rand, 10))
    o->numbers[ENT_FIELD_CONVERSATION_EXPIRES_AT] = plot->accepted + DAY_MS;
}

static void
add_names (EntObservation *o, EntObservations *arena, GRand *rand)
{
  g_autofree char *id = g_strdup_printf ("%d", g_rand_int_range (rand, 1, 5));

  if (CHANCE (rand, 70))
    set_text (o, ENT_FIELD_SUBACCOUNT, PICK (rand, subaccounts));
  if (CHANCE (rand, 50))
    set_text (o, ENT_FIELD_SUBACCOUNT_ID, ent_observations_intern (arena, id, -1));
  if (CHANCE (rand, 60))
    set_text (o, ENT_FIELD_USER, PICK (rand, users));
  if (CHANCE (rand, 20))
    set_text (o, ENT_FIELD_USER_ID, "u-1");
  if (CHANCE (rand, 70))
    set_text (o, ENT_FIELD_CAMPAIGN, PICK (rand, campaigns));
  if (CHANCE (rand, 40))
    set_text (o, ENT_FIELD_CAMPAIGN_ID, ent_observations_intern (arena, id, -1));
  if (CHANCE (rand, 50))
    set_text (o, ENT_FIELD_CARRIER, PICK (rand, carriers));
}

static void
add_texts (EntObservation *o, EntObservations *arena, GRand *rand)
{
  g_autofree char *content =
      g_strdup_printf ("%s, %s %s", PICK (rand, words), PICK (rand, words), PICK (rand, words));

  if (CHANCE (rand, 95))
    set_text (o, ENT_FIELD_PHONE, PICK (rand, phones));
  if (CHANCE (rand, 50))
    set_text (o, ENT_FIELD_CONTACT_NAME, PICK (rand, names));
  if (CHANCE (rand, 80))
    set_text (o, ENT_FIELD_CONTENT, ent_observations_intern (arena, content, -1));
  if (CHANCE (rand, 30))
    set_text (o, ENT_FIELD_ORIGIN, CHANCE (rand, 50) ? "29000" : "5511400040004");
  if (CHANCE (rand, 20))
    set_text (o, ENT_FIELD_CORRELATION_ID, "0f8fad5b-d9cb-469f-a165-70867728950e");
  if (CHANCE (rand, 10))
    set_text (o, ENT_FIELD_CORRELATION_ID, "0F8FAD5B-D9CB-469F-A165-70867728950E");
  if (CHANCE (rand, 10))
    set_text (o, ENT_FIELD_EXTRA_INFO, "{\"k\":1}");
  if (CHANCE (rand, 20))
    set_text (o, ENT_FIELD_CONVERSATION_ID, "7c9e6679-7425-40de-944b-e07fc1f90ae7");
  if (CHANCE (rand, 20))
    set_text (o, ENT_FIELD_CONVERSATION_TYPE, "utility");
  if (CHANCE (rand, 40))
    set_text (o, ENT_FIELD_RAW_CODE, CHANCE (rand, 50) ? "404" : "");
  if (CHANCE (rand, 30))
    set_text (o, ENT_FIELD_RAW_TEXT, PICK (rand, raw_texts));
  if (CHANCE (rand, 60))
    set_text (o, ENT_FIELD_RAW_STATUS, CHANCE (rand, 50) ? "delivered" : "failed");
}

static void
add_observation (World *self, const Plot *plot, guint source, GRand *rand)
{
  EntObservation *o = ent_observations_append (self->arena);
  WorldItem item;

  o->remote_id = plot->remote_id;
  /* Few different stamps, so that equal ones are decided by value. */
  o->updated_at = plot->accepted + (gint64) g_rand_int_range (rand, 0, 4) * 3600000;
  add_stages (o, plot, rand);
  add_numbers (o, plot, rand);
  add_names (o, self->arena, rand);
  add_texts (o, self->arena, rand);
  item.source = source;
  item.observation = *o;
  g_array_append_val (self->items, item);
}

static void
merge_item (World *self, const WorldItem *item)
{
  g_autofree char *key =
      g_strdup_printf ("%s/%s", world_source (item->source), item->observation.remote_id);
  EntMessage *message = g_hash_table_lookup (self->messages, key);

  if (message == NULL)
    {
      message = ent_message_new (world_source (item->source), item->observation.remote_id);
      g_hash_table_insert (self->messages, g_steal_pointer (&key), message);
    }
  ent_message_merge (message, &item->observation);
}

World *
world_new (GRand *rand, guint n_messages)
{
  World *self = g_new0 (World, 1);

  self->arena = ent_observations_new ();
  self->items = g_array_new (FALSE, FALSE, sizeof (WorldItem));
  self->messages =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ent_message_unref);
  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *remote_id = random_remote_id (rand, i);
      guint source = (guint) g_rand_int_range (rand, 0, WORLD_N_SOURCES);
      guint n = (guint) g_rand_int_range (rand, 1, 5);
      Plot plot = {
        .remote_id = ent_observations_intern (self->arena, remote_id, -1),
        .accepted = random_time (rand),
        .has_accepted = CHANCE (rand, 90),
        .direction = CHANCE (rand, 15) ? ENT_DIRECTION_MO : ENT_DIRECTION_MT,
        .path = (guint) g_rand_int_range (rand, 0, 4),
      };

      for (guint j = 0; j < n; j++)
        add_observation (self, &plot, source, rand);
    }
  for (guint i = 0; i < self->items->len; i++)
    merge_item (self, &g_array_index (self->items, WorldItem, i));
  world_shuffle (self, rand);
  return self;
}

void
world_free (World *self)
{
  ent_observations_free (self->arena);
  g_array_unref (self->items);
  g_hash_table_unref (self->messages);
  g_free (self);
}

void
world_shuffle (World *self, GRand *rand)
{
  for (guint i = self->items->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      WorldItem *one = &g_array_index (self->items, WorldItem, i - 1);
      WorldItem *two = &g_array_index (self->items, WorldItem, j);
      WorldItem kept = *one;

      *one = *two;
      *two = kept;
    }
}

/* ---- Ingesting ------------------------------------------------------------------------------ */

static void
copy_observation (EntObservations *to, const EntObservation *from)
{
  EntObservation *o = ent_observations_append (to);

  *o = *from;
  o->remote_id = ent_observations_intern (to, from->remote_id, -1);
  for (guint i = 0; i < ENT_N_TEXT_FIELDS; i++)
    if (from->texts[i] != NULL)
      o->texts[i] = ent_observations_intern (to, from->texts[i], -1);
}

EntBatch *
world_batch (const World *self, guint source, guint from, guint to)
{
  EntBatch *batch = ent_batch_new (world_source (source), "A name");

  batch->now = WORLD_NOW;
  batch->observations = ent_observations_new ();
  for (guint i = from; i < MIN (to, self->items->len); i++)
    {
      const WorldItem *item = &g_array_index (self->items, WorldItem, i);

      if (item->source == source)
        copy_observation (batch->observations, &item->observation);
    }
  return batch;
}

void
world_ingest (const World *self, EntStore *store, GRand *rand, guint most)
{
  g_autoptr (GError) error = NULL;

  for (guint from = 0; from < self->items->len;)
    {
      guint to = from + (guint) g_rand_int_range (rand, 1, (gint32) most + 1);

      for (guint source = 0; source < WORLD_N_SOURCES; source++)
        {
          EntIngestResult result;

          ent_store_ingest (store, world_batch (self, source, from, to), &result, &error);
          g_assert_no_error (error);
        }
      from = to;
    }
}

EntStore *
world_open (const char *dir)
{
  g_autoptr (GError) error = NULL;
  EntStore *store = ent_store_open (dir, &error);

  g_assert_no_error (error);
  return store;
}

void
world_close (EntStore *store)
{
  ent_store_close (store);
  g_object_unref (store);
}

void
world_assert_clean (EntStore *store)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean clean = ent_store_check (store, TRUE, report, NULL, &error);

  if (!clean)
    g_test_message ("%s", report->str);
  g_assert_no_error (error);
  g_assert_true (clean);
}

GPtrArray *
world_read_all (EntSnapshot *snapshot)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  for (guint32 i = 0; i < ent_snapshot_get_n_messages (snapshot); i++)
    g_array_append_val (positions, i);
  rows = ent_snapshot_rows (snapshot, (const guint32 *) (gpointer) positions->data, positions->len,
                            NULL, &error);
  g_assert_no_error (error);
  return rows;
}

void
world_assert_stored (const World *self, EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (store, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (ent_snapshot_get_n_messages (snapshot), ==, g_hash_table_size (self->messages));
  rows = world_read_all (snapshot);
  for (guint i = 0; i < rows->len; i++)
    {
      const EntMessage *stored = g_ptr_array_index (rows, i);
      g_autofree char *key = NULL;
      const EntMessage *expected;

      g_assert_nonnull (stored);
      g_assert_cmpint (stored->id, ==, i + 1);
      key = g_strdup_printf ("%s/%s", stored->source, stored->remote_id);
      expected = g_hash_table_lookup (self->messages, key);
      g_assert_nonnull (expected);
      g_assert_true (ent_message_equal (stored, expected));
    }
}

/* ---- Queries -------------------------------------------------------------------------------- */

static const char *
random_value (GRand *rand, EntFilterField field)
{
  static const char *const patterns[] = { "5511912345678", "11912345678", "+5511",
                                          "*5678",         "3456",        "9876",
                                          "551112345678",  "14155550123", "+1415",
                                          "*0123" };
  static const char *const contacts[] = { "ana", "JOSE", "marcia", "ñ", "李" };
  static const char *const texts[] = { "codigo", "PEDIDO, entrega", "promocao", "1234", "zzz" };

  switch (field)
    {
    case ENT_FILTER_CHANNEL:
      return ent_channel_key ((EntChannel) g_rand_int_range (rand, 0, ENT_N_CHANNELS));
    case ENT_FILTER_DIRECTION:
      return ent_direction_key ((EntDirection) g_rand_int_range (rand, 0, ENT_N_DIRECTIONS));
    case ENT_FILTER_CONTENT_TYPE:
      return ent_content_type_key (
          (EntContentType) g_rand_int_range (rand, 0, ENT_N_CONTENT_TYPES));
    case ENT_FILTER_STATUS:
      return ent_status_key ((EntStatus) g_rand_int_range (rand, 0, ENT_N_STATUSES));
    case ENT_FILTER_STAGE:
      return ent_stage_key ((EntStage) g_rand_int_range (rand, 0, ENT_N_STAGES));
    case ENT_FILTER_REASON:
      return ent_reason_key ((EntReason) g_rand_int_range (rand, 0, ENT_N_REASONS));
    case ENT_FILTER_SUBACCOUNT:
      return CHANCE (rand, 70) ? PICK (rand, subaccounts) : CHANCE (rand, 50) ? "3" : "";
    case ENT_FILTER_USER:
      return CHANCE (rand, 70) ? PICK (rand, users) : CHANCE (rand, 50) ? "u-1" : "nobody";
    case ENT_FILTER_CAMPAIGN:
      return CHANCE (rand, 70) ? PICK (rand, campaigns) : CHANCE (rand, 50) ? "2" : "";
    case ENT_FILTER_CARRIER:
      return CHANCE (rand, 80) ? PICK (rand, carriers) : "";
    case ENT_FILTER_PHONE:
      return PICK (rand, patterns);
    case ENT_FILTER_CONTACT:
      return PICK (rand, contacts);
    case ENT_FILTER_TEXT:
    default:
      return PICK (rand, texts);
    }
}

static EntFilter *
random_filter (GRand *rand)
{
  EntFilter *filter = ent_filter_new ();
  guint n_fields = (guint) g_rand_int_range (rand, 0, 4);

  for (guint i = 0; i < n_fields; i++)
    {
      EntFilterField field = (EntFilterField) g_rand_int_range (rand, 0, ENT_N_FILTER_FIELDS);
      guint n_values = (guint) g_rand_int_range (rand, 1, CHANCE (rand, 80) ? 4 : 9);

      for (guint j = 0; j < n_values; j++)
        {
          g_autoptr (GError) error = NULL;
          EntFilter *more = ent_filter_with (filter, field, random_value (rand, field),
                                             CHANCE (rand, 30), &error);

          g_assert_no_error (error);
          ent_filter_unref (filter);
          filter = more;
        }
    }
  return filter;
}

EntQuery *
world_query (GRand *rand, gboolean by_event)
{
  static const char *const zones[] = { "UTC", "America/Sao_Paulo", "America/Santiago",
                                       "Asia/Kathmandu", "Pacific/Chatham" };
  EntQuery *query = g_new0 (EntQuery, 1);
  EntDay today;
  EntDay last;

  query->zone = ent_zone_new (PICK (rand, zones), NULL);
  query->now = WORLD_NOW - (CHANCE (rand, 30) ? g_rand_int_range (rand, 0, 1000000000) : 0);
  query->filter = random_filter (rand);
  today = ent_zone_day_of (query->zone, WORLD_NOW);
  last = today - g_rand_int_range (rand, 0, 20);
  query->range = ent_range_for_days (
      query->zone, last - g_rand_int_range (rand, 0, CHANCE (rand, 50) ? 9 : 100), last);
  query->basis = by_event ? ENT_BASIS_EVENT_DATE : ENT_BASIS_SEND_DATE;
  return query;
}

char *
world_describe (const EntQuery *query)
{
  g_autoptr (JsonNode) node = ent_filter_to_json (query->filter);
  g_autofree char *filter = json_to_string (node, FALSE);
  g_autofree char *first = ent_day_format (query->range.first);
  g_autofree char *last = ent_day_format (query->range.last);

  return g_strdup_printf ("%s %s…%s %s", filter, first, last, ent_zone_get_name (query->zone));
}

/* ---- The naive store ------------------------------------------------------------------------ */

static EntStatus
status_at (const EntMessage *message, gint64 now)
{
  return ent_status_at (ent_message_get_status (message), ent_message_get_time (message, NULL),
                        FALSE, now);
}

static gboolean
is_name (const EntMessage *message, EntField name, int id, const char *value)
{
  const char *a = ent_message_get_text (message, name);
  const char *b = id >= 0 ? ent_message_get_text (message, (EntField) id) : NULL;

  if (*value == '\0')
    return (a == NULL || *a == '\0') && (b == NULL || *b == '\0');
  return g_strcmp0 (a, value) == 0 || g_strcmp0 (b, value) == 0;
}

static gboolean
contains (const EntMessage *message, EntField field, const char *value)
{
  const char *text = ent_message_get_text (message, field);
  g_autofree char *needle = ent_text_fold (value);

  return text != NULL && ent_text_contains_folded (text, needle);
}

static gboolean
has_phone (const EntMessage *message, const char *value)
{
  const char *phone = ent_message_get_text (message, ENT_FIELD_PHONE);
  EntPhonePattern pattern;

  g_assert_true (ent_phone_pattern_init (&pattern, value));
  return phone != NULL && ent_phone_pack (phone) != 0 &&
         ent_phone_pattern_matches (&pattern, ent_phone_pack (phone));
}

static gboolean
has_value (const EntMessage *message, EntFilterField field, const char *value, gint64 now)
{
  EntStatus status = status_at (message, now);
  EntStage stage;

  switch (field)
    {
    case ENT_FILTER_CHANNEL:
      return strcmp (ent_channel_key (ent_message_get_channel (message)), value) == 0;
    case ENT_FILTER_DIRECTION:
      return strcmp (ent_direction_key (ent_message_get_direction (message)), value) == 0;
    case ENT_FILTER_CONTENT_TYPE:
      return strcmp (ent_content_type_key (ent_message_get_content_type (message)), value) == 0;
    case ENT_FILTER_STATUS:
      return strcmp (ent_status_key (status), value) == 0;
    case ENT_FILTER_STAGE:
      g_assert_true (ent_stage_from_key (value, &stage));
      return (ent_stage_statuses (stage) >> status) & 1;
    case ENT_FILTER_REASON:
      return strcmp (ent_reason_key (ent_message_get_reason (message)), value) == 0;
    case ENT_FILTER_SUBACCOUNT:
      return is_name (message, ENT_FIELD_SUBACCOUNT, ENT_FIELD_SUBACCOUNT_ID, value);
    case ENT_FILTER_USER:
      return is_name (message, ENT_FIELD_USER, ENT_FIELD_USER_ID, value);
    case ENT_FILTER_CAMPAIGN:
      return is_name (message, ENT_FIELD_CAMPAIGN, ENT_FIELD_CAMPAIGN_ID, value);
    case ENT_FILTER_CARRIER:
      return is_name (message, ENT_FIELD_CARRIER, -1, value);
    case ENT_FILTER_PHONE:
      return has_phone (message, value);
    case ENT_FILTER_CONTACT:
      return contains (message, ENT_FIELD_CONTACT_NAME, value);
    case ENT_FILTER_TEXT:
    default:
      return contains (message, ENT_FIELD_CONTENT, value);
    }
}

gboolean
naive_passes (const EntMessage *message, const EntFilter *filter, gint64 now)
{
  for (int field = 0; field < ENT_N_FILTER_FIELDS; field++)
    {
      guint n = ent_filter_get_n_values (filter, (EntFilterField) field);
      gboolean any_wanted = FALSE;
      gboolean wanted = FALSE;

      for (guint i = 0; i < n; i++)
        {
          gboolean negated;
          const char *value = ent_filter_get_value (filter, (EntFilterField) field, i, &negated);
          gboolean has = has_value (message, (EntFilterField) field, value, now);

          if (negated && has)
            return FALSE;
          any_wanted |= !negated;
          wanted |= !negated && has;
        }
      if (any_wanted && !wanted)
        return FALSE;
    }
  return TRUE;
}

gboolean
naive_matches (const EntMessage *message, const EntQuery *query)
{
  gint64 t = ent_message_get_time (message, NULL);

  return t >= query->range.from && t < query->range.to &&
         naive_passes (message, query->filter, query->now);
}

void
naive_add (EntCounters *counters, const EntMessage *message, gint64 now)
{
  ent_counters_add (counters, status_at (message, now),
                    ent_channel_reports_reads (ent_message_get_channel (message)), 1);
}

static const char *
label (const EntMessage *message, EntField name, int id)
{
  const char *a = ent_message_get_text (message, name);
  const char *b = id >= 0 ? ent_message_get_text (message, (EntField) id) : NULL;

  if (a != NULL && *a != '\0')
    return a;
  return b != NULL ? b : "";
}

static const char *
group_of (const EntMessage *message, EntBy by, gint64 now)
{
  switch (by)
    {
    case ENT_BY_SUBACCOUNT:
      return label (message, ENT_FIELD_SUBACCOUNT, ENT_FIELD_SUBACCOUNT_ID);
    case ENT_BY_USER:
      return label (message, ENT_FIELD_USER, ENT_FIELD_USER_ID);
    case ENT_BY_CAMPAIGN:
      return label (message, ENT_FIELD_CAMPAIGN, ENT_FIELD_CAMPAIGN_ID);
    case ENT_BY_CARRIER:
      return label (message, ENT_FIELD_CARRIER, -1);
    case ENT_BY_CONTENT_TYPE:
      return ent_content_type_key (ent_message_get_content_type (message));
    case ENT_BY_STATUS:
      return ent_status_key (status_at (message, now));
    case ENT_BY_REASON:
    case ENT_BY_DAY:
    case ENT_BY_HOUR:
    case ENT_BY_WEEK:
    case ENT_BY_MONTH:
    default:
      return ent_reason_key (ent_message_get_reason (message));
    }
}

static void
naive_by_time (EntSummary *summary, const GPtrArray *messages, const EntQuery *query)
{
  g_autoptr (GArray) buckets = ent_range_buckets (&query->range, query->zone, summary->by);

  summary->n_rows = buckets->len;
  summary->rows = g_new0 (EntSummaryRow, MAX (buckets->len, 1));
  for (guint i = 0; i < buckets->len; i++)
    summary->rows[i].key = g_strdup (g_array_index (buckets, EntBucket, i).key);
  for (guint i = 0; i < messages->len; i++)
    {
      const EntMessage *message = g_ptr_array_index (messages, i);
      gint64 t = ent_message_get_time (message, NULL);

      if (!naive_matches (message, query))
        continue;
      for (guint j = 0; j < buckets->len; j++)
        {
          const EntBucket *bucket = &g_array_index (buckets, EntBucket, j);

          if (t >= bucket->start && t < bucket->end)
            naive_add (&summary->rows[j].counters, message, query->now);
        }
    }
}

static int
compare_rows (const void *a, const void *b)
{
  const EntSummaryRow *one = a;
  const EntSummaryRow *two = b;
  gint64 difference = (two->counters.total + two->counters.received) -
                      (one->counters.total + one->counters.received);

  return difference != 0 ? (difference < 0 ? -1 : 1) : strcmp (one->key, two->key);
}

static void
naive_by_group (EntSummary *summary, const GPtrArray *messages, const EntQuery *query)
{
  summary->rows = g_new0 (EntSummaryRow, messages->len + 1);
  for (guint i = 0; i < messages->len; i++)
    {
      const EntMessage *message = g_ptr_array_index (messages, i);
      const char *key;
      guint row = 0;

      if (!naive_matches (message, query))
        continue;
      key = group_of (message, summary->by, query->now);
      while (row < summary->n_rows && strcmp (summary->rows[row].key, key) != 0)
        row++;
      if (row == summary->n_rows)
        summary->rows[summary->n_rows++].key = g_strdup (key);
      naive_add (&summary->rows[row].counters, message, query->now);
    }
  qsort (summary->rows, summary->n_rows, sizeof *summary->rows, compare_rows);
}

EntSummary *
naive_summarise (const GPtrArray *messages, const EntQuery *query, EntBy by)
{
  EntSummary *summary = g_new0 (EntSummary, 1);

  summary->ref_count = 1;
  summary->by = by;
  if (ent_by_is_time (by))
    naive_by_time (summary, messages, query);
  else
    naive_by_group (summary, messages, query);
  for (guint i = 0; i < summary->n_rows; i++)
    ent_counters_sum (&summary->totals, &summary->rows[i].counters);
  return summary;
}
