/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Engage's wire format. A page is understood whole or not at all; inside a good page each item
 * stands for itself: one with a missing id, a time that is none or a field of a wrong type is set
 * apart with the reason, unknown fields and words are no error. Pure; fetch thread. */
#include "config.h"

#include "ent-engage-page.h"

#include "ent-engage-codes.h"
#include "ent-json.h"
#include "ent-phone.h"
#include "ent-text.h"
#include "ent-time.h"

/* An id is a UUID of 36 characters; others are taken, but not novels. */
#define MAX_ID_BYTES 128
#define MAX_RAW_BYTES 4096
/* A provider may give a few more items than asked for; a million is an attack or a bug. */
#define MAX_ITEMS (10 * ENT_ENGAGE_PAGE_SIZE)
/* An item has some 25 values and up to 10 pairs of metadata. */
#define MAX_NODES (MAX_ITEMS * 200)

typedef enum
{
  FIELD_MESSAGE_ID,
  FIELD_FORMAT,
  FIELD_TIMESTAMP,
  FIELD_DELIVERED_TIMESTAMP,
  FIELD_LAST_STATUS_UPDATE,
  FIELD_DIRECTION,
  FIELD_STATUS,
  FIELD_STATUS_CODE,
  FIELD_STATUS_DESCRIPTION,
  FIELD_SOURCE_ADDRESS,
  FIELD_DESTINATION_ADDRESS,
  FIELD_CONTENT,
  FIELD_MESSAGE_TYPE,
  FIELD_ACCOUNT_ID,
  FIELD_UNITS,
  FIELD_IN_RESPONSE_TO,
  FIELD_MEDIA_URL,
  FIELD_METADATA,
  N_ITEM_FIELDS,
} ItemField;

#define STRING_FIELD(n)                                                                            \
  {                                                                                                \
    n, sizeof (n) - 1, ENT_JSON_STRING                                                             \
  }
#define NUMBER_FIELD(n)                                                                            \
  {                                                                                                \
    n, sizeof (n) - 1, ENT_JSON_NUMBER                                                             \
  }

static const struct
{
  const char *name;
  gsize length;
  EntJsonKind kind; /* OBJECT: checked by its reader */
} item_fields[N_ITEM_FIELDS] = {
  [FIELD_MESSAGE_ID] = STRING_FIELD ("message_id"),
  [FIELD_FORMAT] = STRING_FIELD ("format"),
  [FIELD_TIMESTAMP] = STRING_FIELD ("timestamp"),
  [FIELD_DELIVERED_TIMESTAMP] = STRING_FIELD ("delivered_timestamp"),
  [FIELD_LAST_STATUS_UPDATE] = STRING_FIELD ("last_status_update"),
  [FIELD_DIRECTION] = STRING_FIELD ("direction"),
  [FIELD_STATUS] = STRING_FIELD ("status"),
  [FIELD_STATUS_CODE] = NUMBER_FIELD ("status_code"),
  [FIELD_STATUS_DESCRIPTION] = STRING_FIELD ("status_description"),
  [FIELD_SOURCE_ADDRESS] = STRING_FIELD ("source_address"),
  [FIELD_DESTINATION_ADDRESS] = STRING_FIELD ("destination_address"),
  [FIELD_CONTENT] = STRING_FIELD ("content"),
  [FIELD_MESSAGE_TYPE] = STRING_FIELD ("message_type"),
  [FIELD_ACCOUNT_ID] = STRING_FIELD ("account_id"),
  [FIELD_UNITS] = NUMBER_FIELD ("units"),
  [FIELD_IN_RESPONSE_TO] = STRING_FIELD ("in_response_to"),
  [FIELD_MEDIA_URL] = STRING_FIELD ("media_url"),
  [FIELD_METADATA] = { "metadata", 8, ENT_JSON_OBJECT },
};

/* One item of the page while it is being read. */
typedef struct
{
  const EntJsonNode *fields[N_ITEM_FIELDS]; /* NULL: absent or null */
  EntObservations *observations;
  EntObservation *out;
  const EntEngageContext *context;
  const EntZone *utc;
  gint64 times[N_ITEM_FIELDS]; /* of the three time fields; ENT_TIME_NONE */
  gint64 code;
  const char *problem;
} Item;

/* ---- The question --------------------------------------------------------------------------- */

char *
ent_engage_build_request (EntChannel channel,
                          gint64 from,
                          gint64 to,
                          guint page,
                          guint page_size,
                          const char *const *accounts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *start = ent_instant_format (from);
  g_autofree char *end = ent_instant_format (to);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "start_date");
  json_builder_add_string_value (builder, start);
  json_builder_set_member_name (builder, "end_date");
  json_builder_add_string_value (builder, end);
  json_builder_set_member_name (builder, "timezone");
  json_builder_add_string_value (builder, "UTC");
  json_builder_set_member_name (builder, "direction");
  json_builder_add_string_value (builder, "all");
  json_builder_set_member_name (builder, "channels");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, ent_engage_channel_name (channel));
  json_builder_end_array (builder);
  if (accounts != NULL && *accounts != NULL)
    {
      json_builder_set_member_name (builder, "accounts");
      json_builder_begin_array (builder);
      for (; *accounts != NULL; accounts++)
        json_builder_add_string_value (builder, *accounts);
      json_builder_end_array (builder);
    }
  json_builder_set_member_name (builder, "page");
  json_builder_add_int_value (builder, page);
  json_builder_set_member_name (builder, "page_size");
  json_builder_add_int_value (builder, page_size);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* ---- Fields of an item ---------------------------------------------------------------------- */

static gboolean
reject (Item *item, const char *problem)
{
  item->problem = problem;
  return FALSE;
}

/* Finds the known fields; of a name that comes twice the first counts. */
static gboolean
collect_fields (Item *item, const EntJsonNode *node)
{
  const EntJsonNode *key;
  const EntJsonNode *value;
  EntJsonIter iter;

  ent_json_iter_init (&iter, node);
  while (ent_json_iter_next (&iter, &key, &value))
    for (guint i = 0; i < N_ITEM_FIELDS; i++)
      if (ent_json_equals (key, item_fields[i].name, item_fields[i].length))
        {
          if (item->fields[i] != NULL || value->kind == ENT_JSON_NULL)
            break;
          if (value->kind != (guint32) item_fields[i].kind &&
              item_fields[i].kind != ENT_JSON_OBJECT)
            return reject (item, item_fields[i].name);
          item->fields[i] = value;
          break;
        }
  return TRUE;
}

/* The cleaned text of a string or number node in the batch's memory; NULL for an empty one. */
static const char *
intern_clean (Item *item, const EntJsonNode *node)
{
  g_autofree char *clean = NULL;

  if (node == NULL || node->length == 0)
    return NULL;
  if (ent_text_is_clean (node->text, node->length, 0))
    return ent_observations_intern (item->observations, node->text, (gssize) node->length);

  clean = ent_text_clean (node->text, (gssize) node->length, 0);
  return *clean != '\0' ? ent_observations_intern (item->observations, clean, -1) : NULL;
}

static void
set_text (Item *item, EntField field, const char *text)
{
  item->out->texts[field - ENT_N_NUMBER_FIELDS] = text;
}

static gboolean
read_time (Item *item, ItemField field)
{
  const EntJsonNode *node = item->fields[field];

  item->times[field] = ENT_TIME_NONE;
  if (node == NULL || node->length == 0)
    return TRUE;
  if (!ent_instant_parse (node->text, (gssize) node->length, item->utc, &item->times[field], NULL))
    return reject (item, item_fields[field].name);
  return TRUE;
}

static gboolean
read_identity (Item *item)
{
  const EntJsonNode *id = item->fields[FIELD_MESSAGE_ID];
  const EntJsonNode *direction = item->fields[FIELD_DIRECTION];

  if (id == NULL || id->length == 0 || id->length > MAX_ID_BYTES ||
      !ent_text_is_clean (id->text, id->length, 0))
    return reject (item, "message_id");
  item->out->remote_id =
      ent_observations_intern (item->observations, id->text, (gssize) id->length);

  if (ent_json_equals_literal (direction, "outbound"))
    item->out->numbers[ENT_FIELD_DIRECTION] = ENT_DIRECTION_MT;
  else if (ent_json_equals_literal (direction, "inbound"))
    item->out->numbers[ENT_FIELD_DIRECTION] = ENT_DIRECTION_MO;
  else
    return reject (item, "direction");
  item->out->numbers[ENT_FIELD_CHANNEL] = item->context->channel;
  return TRUE;
}

/* The stamp of the observation: the last update, else the delivery, else the message's time. */
static gboolean
read_times (Item *item)
{
  static const ItemField order[] = { FIELD_LAST_STATUS_UPDATE, FIELD_DELIVERED_TIMESTAMP,
                                     FIELD_TIMESTAMP };

  item->out->updated_at = ENT_TIME_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (!read_time (item, order[i]))
        return FALSE;
      if (item->out->updated_at == ENT_TIME_NONE)
        item->out->updated_at = item->times[order[i]];
    }
  if (item->out->updated_at == ENT_TIME_NONE)
    return reject (item, "timestamp");
  item->out->stage_times[ENT_STAGE_TIME_ACCEPTED] = item->times[FIELD_TIMESTAMP];
  return TRUE;
}

static gboolean
read_numbers (Item *item)
{
  gint64 units = ENT_NUMBER_NONE;

  item->code = ENT_ENGAGE_NO_CODE;
  if (item->fields[FIELD_STATUS_CODE] != NULL &&
      !ent_json_get_int (item->fields[FIELD_STATUS_CODE], &item->code))
    return reject (item, "status_code");
  if (item->fields[FIELD_UNITS] != NULL && !ent_json_get_int (item->fields[FIELD_UNITS], &units))
    return reject (item, "units");
  if (units >= 0 && units <= G_MAXINT16)
    item->out->numbers[ENT_FIELD_PARTS] = units;
  return TRUE;
}

static void
read_status (Item *item)
{
  EntObservation *out = item->out;
  const EntJsonNode *word_node = item->fields[FIELD_STATUS];
  const char *word = word_node != NULL ? word_node->text : NULL;

  set_text (item, ENT_FIELD_RAW_STATUS, intern_clean (item, word_node));
  if (out->numbers[ENT_FIELD_DIRECTION] == ENT_DIRECTION_MO)
    {
      out->stages = ENT_STAGE_FLAG_ACCEPTED;
      return;
    }

  out->stages = ent_engage_stages (word, item->code);
  if (out->stages & ENT_STAGE_FLAG_DELIVERED)
    out->stage_times[ENT_STAGE_TIME_DELIVERED] = item->times[FIELD_DELIVERED_TIMESTAMP];
  if (out->stages & ENT_STAGE_FLAG_READ)
    out->stage_times[ENT_STAGE_TIME_READ] = item->times[FIELD_LAST_STATUS_UPDATE];
  if (out->stages & ENT_STAGE_FLAG_FAILED)
    {
      out->stage_times[ENT_STAGE_TIME_FAILED] = item->times[FIELD_LAST_STATUS_UPDATE];
      out->numbers[ENT_FIELD_REASON] = ent_engage_reason (word, item->code);
      set_text (item, ENT_FIELD_RAW_CODE, intern_clean (item, item->fields[FIELD_STATUS_CODE]));
      set_text (item, ENT_FIELD_RAW_TEXT,
                intern_clean (item, item->fields[FIELD_STATUS_DESCRIPTION]));
    }
}

static const char *
intern_phone (Item *item, const EntJsonNode *node)
{
  const char *text = intern_clean (item, node);
  g_autofree char *digits = text != NULL ? ent_phone_normalise (text) : NULL;

  return digits != NULL ? ent_observations_intern (item->observations, digits, -1) : text;
}

static void
read_addresses (Item *item)
{
  gboolean inbound = item->out->numbers[ENT_FIELD_DIRECTION] == ENT_DIRECTION_MO;
  const EntJsonNode *source = item->fields[FIELD_SOURCE_ADDRESS];
  const EntJsonNode *destination = item->fields[FIELD_DESTINATION_ADDRESS];

  set_text (item, ENT_FIELD_PHONE, intern_phone (item, inbound ? source : destination));
  set_text (item, ENT_FIELD_ORIGIN, intern_clean (item, inbound ? destination : source));
}

static void
read_content (Item *item)
{
  const char *content = intern_clean (item, item->fields[FIELD_CONTENT]);
  const char *media = intern_clean (item, item->fields[FIELD_MEDIA_URL]);
  const EntJsonNode *type = item->fields[FIELD_MESSAGE_TYPE];
  const EntJsonNode *format = item->fields[FIELD_FORMAT];
  EntContentType content_type;

  if (content != NULL && media != NULL)
    {
      g_autofree char *both = g_strconcat (content, "\n", media, NULL);

      set_text (item, ENT_FIELD_CONTENT, ent_observations_intern (item->observations, both, -1));
    }
  else
    set_text (item, ENT_FIELD_CONTENT, content != NULL ? content : media);

  if (ent_engage_content_type (type != NULL ? type->text : NULL,
                               format != NULL ? format->text : NULL, media, &content_type))
    item->out->numbers[ENT_FIELD_CONTENT_TYPE] = content_type;
}

/* ---- Metadata: [{key,value}] or {key:value} ------------------------------------------------- */

static void
read_pair (Item *item, const EntJsonNode *key, const EntJsonNode *value, GString *extra)
{
  const EntEngageContext *context = item->context;
  const char *name;
  const char *text;

  if (!ent_json_get_string (key, &name) ||
      (!ent_json_is (value, ENT_JSON_STRING) && !ent_json_is (value, ENT_JSON_NUMBER)))
    return;
  text = intern_clean (item, value);
  if (text == NULL)
    return;

  if (strcmp (name, context->user_key) == 0)
    set_text (item, ENT_FIELD_USER, text);
  else if (strcmp (name, context->campaign_key) == 0)
    set_text (item, ENT_FIELD_CAMPAIGN, text);
  else if (strcmp (name, "correlation_id") == 0)
    set_text (item, ENT_FIELD_CORRELATION_ID, text);
  else
    g_string_append_printf (extra, "%s%s=%s", extra->len > 0 ? "; " : "", name, text);
}

static gboolean
read_metadata (Item *item)
{
  const EntJsonNode *metadata = item->fields[FIELD_METADATA];
  g_autoptr (GString) extra = NULL;
  const EntJsonNode *key;
  const EntJsonNode *value;
  EntJsonIter iter;

  if (metadata == NULL)
    return TRUE;
  if (metadata->kind < ENT_JSON_ARRAY)
    return reject (item, "metadata");

  extra = g_string_new (NULL);
  ent_json_iter_init (&iter, metadata);
  while (ent_json_iter_next (&iter, &key, &value))
    if (metadata->kind == ENT_JSON_OBJECT)
      read_pair (item, key, value, extra);
    else if (value->kind == ENT_JSON_OBJECT)
      read_pair (item, ent_json_member (value, "key"), ent_json_member (value, "value"), extra);
    else
      return reject (item, "metadata");

  if (extra->len > 0)
    {
      g_autofree char *clean = ent_text_clean (extra->str, (gssize) extra->len, 0);

      set_text (item, ENT_FIELD_EXTRA_INFO,
                ent_observations_intern (item->observations, clean, -1));
    }
  return TRUE;
}

/* ---- The page ------------------------------------------------------------------------------- */

static gboolean
read_item (Item *item, const EntJsonNode *node)
{
  if (node->kind != ENT_JSON_OBJECT)
    return reject (item, NULL);
  if (!collect_fields (item, node))
    return FALSE;

  item->out = ent_observations_append (item->observations);
  if (!read_identity (item) || !read_times (item) || !read_numbers (item) || !read_metadata (item))
    {
      ent_observations_drop_last (item->observations);
      return FALSE;
    }

  read_status (item);
  read_addresses (item);
  read_content (item);
  set_text (item, ENT_FIELD_SUBACCOUNT, intern_clean (item, item->fields[FIELD_ACCOUNT_ID]));
  if (item->fields[FIELD_IN_RESPONSE_TO] != NULL)
    set_text (item, ENT_FIELD_CORRELATION_ID,
              intern_clean (item, item->fields[FIELD_IN_RESPONSE_TO]));
  return TRUE;
}

static void
set_apart (EntPage *page, const char *field, const EntJsonNode *node)
{
  EntSourceRejected *rejected = g_new0 (EntSourceRejected, 1);
  g_autofree char *raw = ent_json_node_print (node, MAX_RAW_BYTES);

  if (field != NULL)
    rejected->reason = g_strdup_printf ("engage: %s is missing or not as expected", field);
  else
    rejected->reason = g_strdup ("engage: the item is no object");
  rejected->raw = ent_text_clean (raw, -1, MAX_RAW_BYTES);
  g_ptr_array_add (page->quarantine, rejected);
}

static const EntZone *
get_utc (void)
{
  static gsize ready = 0;
  static EntZone *utc = NULL;

  if (g_once_init_enter (&ready))
    {
      utc = ent_zone_new_utc ();
      g_once_init_leave (&ready, 1);
    }
  return utc;
}

static void
read_items (EntPage *page, const EntJsonNode *messages, const EntEngageContext *context)
{
  const EntJsonNode *value;
  EntJsonIter iter;

  ent_json_iter_init (&iter, messages);
  while (ent_json_iter_next (&iter, NULL, &value))
    {
      Item item = {
        .observations = page->observations,
        .context = context,
        .utc = get_utc (),
      };

      if (!read_item (&item, value))
        set_apart (page, item.problem, value);
    }
  page->n_items = messages->length;
}

static gboolean
refuse (GError **error, const char *problem)
{
  g_set_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL, "Not a page of messages: %s", problem);
  return FALSE;
}

/* Whether there is a next page; an answer that leaves that open is none. */
static gboolean
read_pagination (const EntJsonNode *root, guint asked, gboolean *has_next, GError **error)
{
  const EntJsonNode *pagination = ent_json_member (root, "pagination");
  const EntJsonNode *next = ent_json_member (pagination, "has_next");
  const EntJsonNode *number = ent_json_member (pagination, "page");
  gint64 page;

  if (!ent_json_is (next, ENT_JSON_TRUE) && !ent_json_is (next, ENT_JSON_FALSE))
    return refuse (error, "it does not say whether more pages follow");
  if (number != NULL && (!ent_json_get_int (number, &page) || page != asked))
    return refuse (error, "it is another page than the one asked for");
  *has_next = next->kind == ENT_JSON_TRUE;
  return TRUE;
}

static gboolean
check_messages (const EntJsonNode *messages, gboolean has_next, GError **error)
{
  if (!ent_json_is (messages, ENT_JSON_ARRAY))
    return refuse (error, "it has no messages");
  if (messages->length > MAX_ITEMS)
    return refuse (error, "it has far more messages than asked for");
  if (messages->length == 0 && has_next)
    return refuse (error, "it is empty although more pages follow");
  return TRUE;
}

/* A document ends with its closing bracket; one that does not was cut on its way. */
static gboolean
looks_cut (const char *body, gsize length)
{
  while (length > 0 && g_ascii_isspace (body[length - 1]))
    length--;
  return length == 0 || (*body == '{' && body[length - 1] != '}');
}

EntPage *
ent_engage_parse_page (const char *body,
                       gsize length,
                       const EntEngageContext *context,
                       gboolean *damaged,
                       GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (EntJson) json = ent_json_parse_limited (body, length, MAX_NODES, &problem);
  g_autoptr (EntPage) page = NULL;
  const EntJsonNode *messages;
  gboolean has_next;

  *damaged = FALSE;
  if (json == NULL)
    {
      *damaged = g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
                 looks_cut (body, length);
      g_set_error_literal (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL, problem->message);
      return NULL;
    }

  messages = ent_json_member (ent_json_get_root (json), "messages");
  if (!read_pagination (ent_json_get_root (json), context->page, &has_next, error) ||
      !check_messages (messages, has_next, error))
    return NULL;

  page = ent_page_new ();
  read_items (page, messages, context);
  if (has_next)
    page->next_page = g_strdup_printf ("%u", context->page + 1);
  return g_steal_pointer (&page);
}
