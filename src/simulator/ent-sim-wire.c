/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints messages as JSON, straight into a buffer: a page of a hundred takes well under a
 * millisecond. See the header.
 */
#include "config.h"

#include "ent-sim-wire.h"

#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-company.h"
#include "ent-sim-json.h"
#include "ent-sim-themes.h"

#define SALT_SHAPE G_GUINT64_CONSTANT (0x54a9)
#define SALT_KIND G_GUINT64_CONSTANT (0x417d)
#define SALT_UUID_HIGH G_GUINT64_CONSTANT (0x1d01)
#define SALT_UUID_LOW G_GUINT64_CONSTANT (0x1d02)

/* message_type exists from 9 September 2025 on. */
#define MESSAGE_TYPE_SINCE G_GINT64_CONSTANT (1757376000000)

/* This account's integration is too old for message_type. */
#define ACCOUNT_WITHOUT_TYPES 2
/* This account's metadata are always an object. */
#define ACCOUNT_WITH_OBJECTS 6

#define NO_USER_INDEX 0xff

/* ---- Facts ------------------------------------------------------------------------------- */

/**
 * ent_sim_sight:
 *
 * Returns: the message at @index of @day, looked at from the world's clock
 */
EntSimSight
ent_sim_sight (const EntSimWorld *world, const EntSimDay *day, guint32 index)
{
  return (EntSimSight){ ent_sim_world_get_config (world), day, &day->messages[index],
                        ent_sim_day_get_instant (day, index), ent_sim_world_get_clock (world) };
}

gboolean
ent_sim_wire_is_outbound (const EntSimSight *sight)
{
  return sight->message->fate != ENT_SIM_FATE_RECEIVED;
}

static guint
get_account (const EntSimSight *sight)
{
  return ent_sim_slot_get_account (sight->message->slot);
}

static guint
get_theme (const EntSimSight *sight)
{
  return ent_sim_slot_get_theme (sight->config->seed, sight->message->slot, sight->day->day);
}

static EntSimContact
get_contact (const EntSimSight *sight)
{
  return ent_sim_contact_get (sight->config->seed, get_account (sight), sight->message->contact);
}

const char *
ent_sim_wire_get_account_id (const EntSimSight *sight)
{
  return ent_sim_account_get (get_account (sight))->id;
}

/* What kind of content the message has, out of a hundred. */
static guint
kind_percent (const EntSimSight *sight)
{
  return ent_sim_mix (sight->message->key, SALT_KIND) % 100;
}

gboolean
ent_sim_wire_has_media (const EntSimSight *sight)
{
  if (sight->message->channel != ENT_SIM_CHANNEL_WHATSAPP ||
      (sight->message->flags & ENT_SIM_FLAG_OPT_OUT) != 0)
    return FALSE;
  if (!ent_sim_wire_is_outbound (sight))
    return kind_percent (sight) < 6;
  return kind_percent (sight) < ent_sim_theme_get (get_theme (sight))->media_percent;
}

static const char *
get_message_type (const EntSimSight *sight)
{
  guint percent = kind_percent (sight);

  if (ent_sim_wire_has_media (sight))
    return "MEDIA_MESSAGE";
  if (sight->message->channel != ENT_SIM_CHANNEL_WHATSAPP ||
      (sight->message->flags & ENT_SIM_FLAG_OPT_OUT) != 0)
    return "TEXT_MESSAGE";
  if (!ent_sim_wire_is_outbound (sight))
    {
      if (percent < 8)
        return "LOCATION_MESSAGE";
      return percent < 22 && sight->message->reply_key != 0 ? "CHOICE_RESPONSE_MESSAGE"
                                                            : "TEXT_MESSAGE";
    }
  if (100 - percent <= ent_sim_theme_get (get_theme (sight))->choice_percent)
    return percent % 4 == 0 ? "CARD_MESSAGE" : "CHOICE_MESSAGE";
  return "TEXT_MESSAGE";
}

static void
append_content (GString *out, const EntSimSight *sight)
{
  gboolean spanish = ent_sim_account_speaks_spanish (get_account (sight));
  const EntSimMessage *message = sight->message;

  if (ent_sim_wire_is_outbound (sight))
    {
      EntSimContact contact = get_contact (sight);

      ent_sim_theme_append_text (out, get_theme (sight), spanish, sight->day->day, message->key,
                                 ent_sim_contact_get_first_name (&contact, spanish));
      return;
    }
  /* A photo or a place comes without words. */
  if (kind_percent (sight) < 8 && strcmp (get_message_type (sight), "TEXT_MESSAGE") != 0)
    return;
  if ((message->flags & ENT_SIM_FLAG_OPT_OUT) != 0)
    ent_sim_reply_append_text (out, ENT_SIM_REPLY_OPT_OUT, spanish, message->key);
  else
    ent_sim_reply_append_text (
        out, message->reply_key != 0 ? ENT_SIM_REPLY_ANSWER : ENT_SIM_REPLY_UNASKED, spanish,
        message->key);
}

static void
append_phone (GString *out, const EntSimSight *sight)
{
  EntSimContact contact = get_contact (sight);

  ent_sim_contact_append_phone (out, &contact);
}

static void
append_sender (GString *out, const EntSimSight *sight)
{
  ent_sim_account_append_sender (out, get_account (sight),
                                 sight->message->channel == ENT_SIM_CHANNEL_WHATSAPP);
}

void
ent_sim_wire_append_source (GString *out, const EntSimSight *sight)
{
  if (ent_sim_wire_is_outbound (sight))
    append_sender (out, sight);
  else
    append_phone (out, sight);
}

void
ent_sim_wire_append_destination (GString *out, const EntSimSight *sight)
{
  if (ent_sim_wire_is_outbound (sight))
    append_phone (out, sight);
  else
    append_sender (out, sight);
}

/* ---- Metadata ---------------------------------------------------------------------------- */

static GString *
add_pair (EntSimMetadata *metadata, const char *key)
{
  guint i = metadata->n_pairs++;

  metadata->keys[i] = key;
  metadata->values[i] = g_string_new (NULL);
  return metadata->values[i];
}

/**
 * ent_sim_wire_get_metadata:
 * @metadata: (out caller-allocates): what the sender attached, to be cleared
 */
void
ent_sim_wire_get_metadata (const EntSimSight *sight, EntSimMetadata *metadata)
{
  const EntSimMessage *message = sight->message;
  guint64 hash = ent_sim_mix (message->key, SALT_SHAPE);

  metadata->n_pairs = 0;
  /* Half of the answers carry nothing of their question. */
  if (!ent_sim_wire_is_outbound (sight) && hash % 2 == 0)
    return;

  if ((message->flags & ENT_SIM_FLAG_NO_CAMPAIGN) == 0)
    ent_sim_slot_append_name (add_pair (metadata, "campaign"), sight->config->seed, message->slot,
                              sight->day->day);
  if (message->user != NO_USER_INDEX)
    g_string_append (add_pair (metadata, "user"),
                     ent_sim_account_get (get_account (sight))->users[message->user]);
  if ((hash >> 8) % 4 == 0)
    g_string_append_printf (add_pair (metadata, "order_id"), "%06u",
                            (guint) ((hash >> 16) % 1000000));
  if ((hash >> 40) % 12 == 0)
    g_string_append (add_pair (metadata, "cost_center"), (hash >> 44) % 2 == 0 ? "CC-17" : "CC-04");
  if ((hash >> 48) % 40 == 0)
    g_string_append (add_pair (metadata, "nota"), "ação \"2×1\" 🎯");
}

void
ent_sim_metadata_clear (EntSimMetadata *metadata)
{
  for (guint i = 0; i < metadata->n_pairs; i++)
    g_string_free (metadata->values[i], TRUE);
  metadata->n_pairs = 0;
}

/* ---- JSON -------------------------------------------------------------------------------- */

/**
 * ent_sim_wire_append_uuid:
 *
 * Appends the identifier, as a version 4 UUID, of the message with @key.
 */
void
ent_sim_wire_append_uuid (GString *out, guint64 key)
{
  guint64 high = ent_sim_mix (key, SALT_UUID_HIGH);
  guint64 low = ent_sim_mix (key, SALT_UUID_LOW);

  g_string_append_printf (out, "%08x-%04x-4%03x-%04x-%012" G_GINT64_MODIFIER "x",
                          (guint) (high >> 32), (guint) (high >> 16) & 0xffff, (guint) high & 0xfff,
                          0x8000 | ((guint) (low >> 48) & 0x3fff),
                          low & G_GUINT64_CONSTANT (0xffffffffffff));
}

static void
append_uuid (GString *out, const char *key, guint64 message_key)
{
  ent_sim_json_append_key (out, key);
  g_string_append_c (out, '"');
  ent_sim_wire_append_uuid (out, message_key);
  g_string_append_c (out, '"');
}

static void
append_offset (GString *out, EntSimStamp stamp, int minutes)
{
  if (stamp == ENT_SIM_STAMP_BARE)
    return;
  if (stamp == ENT_SIM_STAMP_ZULU && minutes == 0)
    g_string_append_c (out, 'Z');
  else
    g_string_append_printf (out, "%c%02d:%02d", minutes < 0 ? '-' : '+', ABS (minutes) / 60,
                            ABS (minutes) % 60);
}

static void
append_instant (
    GString *out, const char *key, gint64 instant, GTimeZone *zone, const EntSimSight *sight)
{
  EntSimStamp stamp = ent_sim_account_get (get_account (sight))->stamp;
  int minutes = ent_sim_zone_offset_minutes (zone, instant);
  gint64 local = instant + (gint64) minutes * 60000;
  int of_day = (int) (local % ENT_SIM_DAY_MS);

  ent_sim_json_append_key (out, key);
  g_string_append_c (out, '"');
  ent_sim_day_append (out, (int) (local / ENT_SIM_DAY_MS));
  g_string_append_printf (out, "T%02d:%02d:%02d", of_day / 3600000, of_day / 60000 % 60,
                          of_day / 1000 % 60);
  if (stamp != ENT_SIM_STAMP_BARE)
    g_string_append_printf (out, ".%03d", of_day % 1000);
  append_offset (out, stamp, minutes);
  g_string_append_c (out, '"');
}

static void
append_metadata (GString *out, const EntSimSight *sight)
{
  guint64 hash = ent_sim_mix (sight->message->key, SALT_SHAPE ^ 1);
  gboolean object = hash % 3 == 0 || get_account (sight) == ACCOUNT_WITH_OBJECTS;
  g_auto (EntSimMetadata) metadata = { 0 };

  ent_sim_wire_get_metadata (sight, &metadata);
  if (metadata.n_pairs == 0 && (hash >> 8) % 2 == 0)
    return;

  ent_sim_json_append_key (out, "metadata");
  g_string_append_c (out, object ? '{' : '[');
  for (guint i = 0; i < metadata.n_pairs; i++)
    if (object)
      ent_sim_json_append_text (out, metadata.keys[i], metadata.values[i]->str);
    else
      {
        g_string_append (out, i == 0 ? "{" : ",{");
        ent_sim_json_append_text (out, "key", metadata.keys[i]);
        ent_sim_json_append_text (out, "value", metadata.values[i]->str);
        g_string_append_c (out, '}');
      }
  g_string_append_c (out, object ? '}' : ']');
}

static void
append_status (GString *out, const EntSimSight *sight, EntSimTwist twist)
{
  EntSimWireStatus status = ent_sim_wire_get_status (sight);

  if ((twist & ENT_SIM_TWIST_UNKNOWN_STATUS) != 0)
    {
      ent_sim_json_append_text (out, "status", "teleported");
      return;
    }
  ent_sim_json_append_text (out, "status", status.word);
  if (status.code != 0)
    ent_sim_json_append_number (out, "status_code", status.code);
  if (status.description != NULL)
    ent_sim_json_append_text (out, "status_description", status.description);
}

static void
append_addresses (GString *out, const EntSimSight *sight)
{
  gboolean outbound = ent_sim_wire_is_outbound (sight);
  guint64 hash = ent_sim_mix (sight->message->key, SALT_SHAPE ^ 2);
  EntSimContact contact = get_contact (sight);
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (GString) destination = g_string_new (NULL);

  ent_sim_wire_append_source (source, sight);
  ent_sim_wire_append_destination (destination, sight);
  /* The specification's own example has an outbound row without a source. */
  if (!outbound || hash % 10 != 0)
    ent_sim_json_append_text (out, "source_address", source->str);
  ent_sim_json_append_text (out, "destination_address", destination->str);
  if ((hash >> 8) % 8 != 0)
    ent_sim_json_append_text (out,
                              outbound ? "destination_address_country" : "source_address_country",
                              ent_sim_country_get_code (contact.country));
}

static void
append_body (GString *out, const EntSimSight *sight)
{
  guint64 hash = ent_sim_mix (sight->message->key, SALT_SHAPE ^ 3);
  g_autoptr (GString) content = g_string_new (NULL);

  append_content (content, sight);
  if (content->len > 0)
    {
      ent_sim_json_append_key (out, "content");
      ent_sim_json_append_string (out, content->str, hash % 11 == 0);
    }
  ent_sim_json_append_number (out, "units",
                              sight->message->channel == ENT_SIM_CHANNEL_SMS
                                  ? ent_sim_text_count_sms_parts (content->str)
                                  : 1);
  if (sight->instant >= MESSAGE_TYPE_SINCE && get_account (sight) != ACCOUNT_WITHOUT_TYPES)
    ent_sim_json_append_text (out, "message_type", get_message_type (sight));
  if (ent_sim_wire_has_media (sight))
    {
      ent_sim_json_append_key (out, "media_url");
      g_string_append (out, "\"https://media.example/");
      ent_sim_wire_append_uuid (out, sight->message->key ^ 2);
      g_string_append (out, ".jpg\"");
    }
  if ((sight->message->flags & ENT_SIM_FLAG_OPT_OUT) != 0)
    ent_sim_json_append_text (out, "action", "OPT_OUT");
  else if ((hash >> 8) % 16 == 0)
    {
      ent_sim_json_append_key (out, "action");
      g_string_append (out, "null");
    }
}

/* An item that no reader of the specification can take: the types of its key fields are wrong. */
static void
append_wrong_types (GString *out, const EntSimSight *sight)
{
  g_string_append_c (out, '{');
  ent_sim_json_append_number (out, "message_id", (guint) (sight->message->key % 100000));
  ent_sim_json_append_key (out, "timestamp");
  g_string_append (out, "{\"seconds\":12}");
  ent_sim_json_append_key (out, "status");
  g_string_append (out, "[1,2,3]");
  ent_sim_json_append_text (out, "status_code", "two hundred");
  ent_sim_json_append_text (out, "units", "many");
  ent_sim_json_append_number (out, "metadata", 7);
  g_string_append_c (out, '}');
}

/**
 * ent_sim_wire_append_message:
 * @zone: the zone that the request asked for
 * @twist: what a fault makes of it
 *
 * Appends the message as one JSON object.
 */
void
ent_sim_wire_append_message (GString *out,
                             const EntSimSight *sight,
                             GTimeZone *zone,
                             EntSimTwist twist)
{
  const EntSimMessage *message = sight->message;
  gint64 age = sight->clock - sight->instant;
  EntSimStage stage = ent_sim_message_get_stage (message, age);

  if ((twist & ENT_SIM_TWIST_WRONG_TYPES) != 0)
    {
      append_wrong_types (out, sight);
      return;
    }

  g_string_append_c (out, '{');
  append_uuid (out, "message_id", message->key);
  ent_sim_json_append_text (out, "format", ent_sim_wire_has_media (sight) ? "MMS" : "SMS");
  append_instant (out, "timestamp", sight->instant, zone, sight);
  if (stage == ENT_SIM_STAGE_DELIVERED || stage == ENT_SIM_STAGE_READ)
    append_instant (out, "delivered_timestamp", sight->instant + message->done, zone, sight);
  append_instant (out, "last_status_update",
                  sight->instant + ent_sim_message_get_last_update (message, age), zone, sight);
  ent_sim_json_append_text (out, "direction",
                            ent_sim_wire_is_outbound (sight) ? "outbound" : "inbound");
  append_status (out, sight, twist);
  append_addresses (out, sight);
  append_body (out, sight);
  ent_sim_json_append_text (out, "account_id", ent_sim_wire_get_account_id (sight));
  if (message->reply_key != 0)
    append_uuid (out, "in_response_to", message->reply_key);
  append_metadata (out, sight);
  if ((twist & ENT_SIM_TWIST_UNKNOWN_FIELDS) != 0)
    g_string_append (out, ",\"sentiment\":{\"score\":0.25,\"tags\":[\"x\",null]},\"x_new\":[]");
  g_string_append_c (out, '}');
}
