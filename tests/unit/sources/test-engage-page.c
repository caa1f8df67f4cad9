/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Engage's wire format: the documents' samples, both shapes of metadata, every word and code, and
 * pages that are broken in part or whole. */
#include "config.h"

#include "ent-engage-codes.h"
#include "ent-engage-page.h"
#include "ent-test-util.h"
#include "ent-time.h"

static const EntEngageContext usual = {
  .user_key = "user",
  .campaign_key = "campaign",
  .channel = ENT_CHANNEL_WHATSAPP,
  .page = 0,
};

#define PAGINATION "\"pagination\":{\"page\":0,\"page_size\":100,\"has_next\":false}"

/* The sample of the documents. */
static const char sample[] =
    "{\"messages\":["
    "{\"message_id\":\"877c19ef-fa2e-4cec-827a-e1df9b5509f7\",\"format\":\"SMS\","
    "\"timestamp\":\"2026-07-19T09:30:00.000-03:00\","
    "\"delivered_timestamp\":\"2026-07-19T09:30:04.000-03:00\","
    "\"last_status_update\":\"2026-07-19T10:02:11.000-03:00\",\"direction\":\"outbound\","
    "\"status\":\"read\",\"status_code\":221,"
    "\"status_description\":\"Message delivered to the handset\","
    "\"source_address\":\"+551140000000\",\"destination_address\":\"+5511900001000\","
    "\"destination_address_country\":\"BR\",\"content\":\"Seu pedido saiu para entrega\","
    "\"account_id\":\"loja_sul\",\"units\":1,\"message_type\":\"TEXT_MESSAGE\","
    "\"metadata\":[{\"key\":\"campaign\",\"value\":\"entregas\"},"
    "{\"key\":\"user\",\"value\":\"maria\"}]},"
    "{\"message_id\":\"0f6a2d1e-58a3-4f0b-9f2e-5f0f5c3b7a11\",\"format\":\"SMS\","
    "\"timestamp\":\"2026-07-19T09:31:00.000-03:00\",\"direction\":\"outbound\","
    "\"status\":\"failed\",\"status_code\":411,"
    "\"status_description\":\"Invalid destination address\","
    "\"destination_address\":\"+5511900001001\",\"content\":\"Seu pedido saiu para entrega\","
    "\"account_id\":\"loja_sul\",\"units\":1,\"metadata\":[]},"
    "{\"message_id\":\"3d8d53d8-01d3-45dd-8cfa-4dfc81600f7f\",\"format\":\"SMS\","
    "\"timestamp\":\"2026-07-19T09:40:00.000-03:00\",\"direction\":\"inbound\","
    "\"status\":\"processed\",\"source_address\":\"+5511900001000\","
    "\"destination_address\":\"+551140000000\",\"content\":\"obrigada\","
    "\"in_response_to\":\"877c19ef-fa2e-4cec-827a-e1df9b5509f7\",\"account_id\":\"loja_sul\","
    "\"units\":1}],"
    "\"pagination\":{\"page\":0,\"page_size\":100,\"has_next\":false}}";

static EntPage *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean damaged;
  EntPage *page = ent_engage_parse_page (text, strlen (text), &usual, &damaged, &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  return page;
}

/* A page with one item of these members. */
static EntPage *
parse_item (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"messages\":[{%s}]," PAGINATION "}", members);

  return parse (text);
}

static const char *
text_of (const EntObservation *observation, EntField field)
{
  return observation->texts[field - ENT_N_NUMBER_FIELDS];
}

static gint64
instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 value = ENT_TIME_NONE;

  ent_instant_parse (text, -1, NULL, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_sample_read (void)
{
  g_autoptr (EntPage) page = parse (sample);
  const EntObservation *first = ent_observations_get (page->observations, 0);

  g_assert_cmpuint (page->n_items, ==, 3);
  g_assert_cmpuint (page->quarantine->len, ==, 0);
  g_assert_null (page->next_page);
  g_assert_cmpstr (first->remote_id, ==, "877c19ef-fa2e-4cec-827a-e1df9b5509f7");
  g_assert_cmpuint (first->stages, ==,
                    ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_DELIVERED |
                        ENT_STAGE_FLAG_READ);
  g_assert_cmpint (first->updated_at, ==, instant ("2026-07-19T13:02:11Z"));
  g_assert_cmpint (first->stage_times[ENT_STAGE_TIME_ACCEPTED], ==,
                   instant ("2026-07-19T12:30:00Z"));
  g_assert_cmpint (first->stage_times[ENT_STAGE_TIME_SENT], ==, ENT_TIME_NONE);
  g_assert_cmpint (first->stage_times[ENT_STAGE_TIME_DELIVERED], ==,
                   instant ("2026-07-19T12:30:04Z"));
  g_assert_cmpint (first->stage_times[ENT_STAGE_TIME_READ], ==, instant ("2026-07-19T13:02:11Z"));
  g_assert_cmpint (first->stage_times[ENT_STAGE_TIME_FAILED], ==, ENT_TIME_NONE);
  g_assert_cmpint (first->numbers[ENT_FIELD_CHANNEL], ==, ENT_CHANNEL_WHATSAPP);
  g_assert_cmpint (first->numbers[ENT_FIELD_DIRECTION], ==, ENT_DIRECTION_MT);
  g_assert_cmpint (first->numbers[ENT_FIELD_CONTENT_TYPE], ==, ENT_CONTENT_TYPE_TEXT);
  g_assert_cmpint (first->numbers[ENT_FIELD_PARTS], ==, 1);
  g_assert_cmpint (first->numbers[ENT_FIELD_REASON], ==, ENT_NUMBER_NONE);
  g_assert_cmpstr (text_of (first, ENT_FIELD_PHONE), ==, "5511900001000");
  g_assert_cmpstr (text_of (first, ENT_FIELD_ORIGIN), ==, "+551140000000");
  g_assert_cmpstr (text_of (first, ENT_FIELD_CONTENT), ==, "Seu pedido saiu para entrega");
  g_assert_cmpstr (text_of (first, ENT_FIELD_SUBACCOUNT), ==, "loja_sul");
  g_assert_cmpstr (text_of (first, ENT_FIELD_CAMPAIGN), ==, "entregas");
  g_assert_cmpstr (text_of (first, ENT_FIELD_USER), ==, "maria");
  g_assert_cmpstr (text_of (first, ENT_FIELD_RAW_STATUS), ==, "read");
  g_assert_null (text_of (first, ENT_FIELD_RAW_CODE));
  g_assert_null (text_of (first, ENT_FIELD_EXTRA_INFO));
}

static void
test_sample_failed_and_received (void)
{
  g_autoptr (EntPage) page = parse (sample);
  const EntObservation *failed = ent_observations_get (page->observations, 1);
  const EntObservation *received = ent_observations_get (page->observations, 2);

  g_assert_cmpuint (failed->stages, ==,
                    ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_FAILED);
  g_assert_cmpint (failed->updated_at, ==, instant ("2026-07-19T12:31:00Z"));
  g_assert_cmpint (failed->stage_times[ENT_STAGE_TIME_FAILED], ==, ENT_TIME_NONE);
  g_assert_cmpint (failed->numbers[ENT_FIELD_REASON], ==, ENT_REASON_INVALID_NUMBER);
  g_assert_cmpstr (text_of (failed, ENT_FIELD_RAW_CODE), ==, "411");
  g_assert_cmpstr (text_of (failed, ENT_FIELD_RAW_TEXT), ==, "Invalid destination address");
  g_assert_null (text_of (failed, ENT_FIELD_USER));

  g_assert_cmpint (received->numbers[ENT_FIELD_DIRECTION], ==, ENT_DIRECTION_MO);
  g_assert_cmpuint (received->stages, ==, ENT_STAGE_FLAG_ACCEPTED);
  g_assert_cmpint (received->stage_times[ENT_STAGE_TIME_ACCEPTED], ==,
                   instant ("2026-07-19T12:40:00Z"));
  g_assert_cmpstr (text_of (received, ENT_FIELD_PHONE), ==, "5511900001000");
  g_assert_cmpstr (text_of (received, ENT_FIELD_ORIGIN), ==, "+551140000000");
  g_assert_cmpstr (text_of (received, ENT_FIELD_CORRELATION_ID), ==,
                   "877c19ef-fa2e-4cec-827a-e1df9b5509f7");
}

#define BASE                                                                                       \
  "\"message_id\":\"a\",\"direction\":\"outbound\",\"timestamp\":\"2026-07-19T09:30:00Z\""

static void
test_metadata (void)
{
  static const char *const shapes[] = {
    BASE ",\"metadata\":[{\"key\":\"campaign\",\"value\":\"c\"},{\"key\":\"order\",\"value\":17},"
         "{\"key\":\"user\",\"value\":\"u\"},{\"key\":\"correlation_id\",\"value\":\"k\"}]",
    BASE ",\"metadata\":{\"campaign\":\"c\",\"order\":17,\"user\":\"u\",\"correlation_id\":\"k\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (EntPage) page = parse_item (shapes[i]);
      const EntObservation *item = ent_observations_get (page->observations, 0);

      g_assert_cmpstr (text_of (item, ENT_FIELD_CAMPAIGN), ==, "c");
      g_assert_cmpstr (text_of (item, ENT_FIELD_USER), ==, "u");
      g_assert_cmpstr (text_of (item, ENT_FIELD_CORRELATION_ID), ==, "k");
      g_assert_cmpstr (text_of (item, ENT_FIELD_EXTRA_INFO), ==, "order=17");
    }
}

static void
test_metadata_keys_are_configured (void)
{
  static const char text[] =
      "{\"messages\":[{" BASE ",\"metadata\":{\"campanha\":\"natal\",\"user\":\"u\"}}]," PAGINATION
      "}";
  EntEngageContext context = usual;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntPage) page = NULL;
  const EntObservation *item;
  gboolean damaged;

  context.campaign_key = "campanha";
  context.user_key = "operador";
  page = ent_engage_parse_page (text, sizeof text - 1, &context, &damaged, &error);
  g_assert_no_error (error);
  item = ent_observations_get (page->observations, 0);
  g_assert_cmpstr (text_of (item, ENT_FIELD_CAMPAIGN), ==, "natal");
  g_assert_null (text_of (item, ENT_FIELD_USER));
  g_assert_cmpstr (text_of (item, ENT_FIELD_EXTRA_INFO), ==, "user=u");
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    const char *instant;
  } cases[] = {
    { "2026-07-19T09:30:00.000-03:00", "2026-07-19T12:30:00Z" },
    { "2026-07-19T09:30:00-0300", "2026-07-19T12:30:00Z" },
    { "2026-07-19T09:30:00Z", "2026-07-19T09:30:00Z" },
    { "2026-07-19T09:30:00.123456789Z", "2026-07-19T09:30:00.123Z" },
    { "2026-07-19T09:30:00", "2026-07-19T09:30:00Z" }, /* UTC was asked for */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members = g_strdup_printf (
          "\"message_id\":\"a\",\"direction\":\"inbound\",\"timestamp\":\"%s\"", cases[i].text);
      g_autoptr (EntPage) page = parse_item (members);

      g_assert_cmpint (ent_observations_get (page->observations, 0)->updated_at, ==,
                       instant (cases[i].instant));
    }
}

/* Without a timestamp the other times do; without any, the item is set apart. */
static void
test_time_of_last_resort (void)
{
  g_autoptr (EntPage) page =
      parse_item ("\"message_id\":\"a\",\"direction\":\"outbound\",\"timestamp\":null,"
                  "\"delivered_timestamp\":\"2026-07-19T09:30:00Z\",\"status\":\"delivered\"");
  g_autoptr (EntPage) none = parse_item ("\"message_id\":\"a\",\"direction\":\"outbound\"");
  const EntObservation *item = ent_observations_get (page->observations, 0);

  g_assert_cmpint (item->updated_at, ==, instant ("2026-07-19T09:30:00Z"));
  g_assert_cmpint (item->stage_times[ENT_STAGE_TIME_ACCEPTED], ==, ENT_TIME_NONE);
  g_assert_cmpuint (ent_observations_get_size (none->observations), ==, 0);
  g_assert_cmpuint (none->quarantine->len, ==, 1);
}

/* ---- Words and codes ------------------------------------------------------------------------ */

#define A ENT_STAGE_FLAG_ACCEPTED
#define S ENT_STAGE_FLAG_SENT
#define D ENT_STAGE_FLAG_DELIVERED
#define L ENT_STAGE_FLAG_READ
#define F ENT_STAGE_FLAG_FAILED

static void
test_words (void)
{
  static const struct
  {
    const char *word;
    guint stages;
  } cases[] = {
    { "undefined", A },
    { "queued", A },
    { "processing", A },
    { "processed", A },
    { "scheduled", A },
    { "held", A },
    { "enroute", A | S },
    { "submitted", A | S },
    { "failed", A | F },
    { "rejected", A | F },
    { "cancelled", A | F },
    { "expired", A | S | F },
    { "delivered", A | S | D },
    { "read", A | S | D | L },
    { "DELIVERED", A | S | D },
    { "in_review", A },
    { "", A },
    { NULL, A },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (ent_engage_stages (cases[i].word, ENT_ENGAGE_NO_CODE), ==, cases[i].stages);
}

static void
test_codes_win (void)
{
  static const char *const words[] = { "queued",  "submitted", "delivered", "read",
                                       "expired", "failed",    "whatever",  NULL };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gboolean is_read = g_strcmp0 (words[i], "read") == 0;
      guint by_word = ent_engage_stages (words[i], ENT_ENGAGE_NO_CODE);

      for (gint64 code = 100; code < 200; code++)
        g_assert_cmpuint (ent_engage_stages (words[i], code), ==, A);
      for (gint64 code = 200; code < 300; code++)
        g_assert_cmpuint (ent_engage_stages (words[i], code), ==,
                          is_read ? (A | S | D | L)
                                  : (A | S | (code == 220 || code == 221 ? D : 0)));
      for (gint64 code = 300; code < 400; code++)
        g_assert_cmpuint (ent_engage_stages (words[i], code), ==, A | F);
      for (gint64 code = 400; code < 500; code++)
        g_assert_cmpuint (ent_engage_stages (words[i], code), ==, A | S | F);
      g_assert_cmpuint (ent_engage_stages (words[i], 0), ==, by_word);
      g_assert_cmpuint (ent_engage_stages (words[i], 500), ==, by_word);
      g_assert_cmpuint (ent_engage_stages (words[i], -200), ==, by_word);
      g_assert_cmpuint (ent_engage_stages (words[i], G_MAXINT64), ==, by_word);
    }
}

static void
test_reasons (void)
{
  static const struct
  {
    gint64 code;
    EntReason reason;
  } cases[] = {
    { 301, ENT_REASON_QUOTA },          { 302, ENT_REASON_BLOCKED },
    { 303, ENT_REASON_UNKNOWN },        { 304, ENT_REASON_PLATFORM },
    { 305, ENT_REASON_UNKNOWN },        { 320, ENT_REASON_EXPIRED },
    { 330, ENT_REASON_PLATFORM },       { 331, ENT_REASON_CONTENT },
    { 332, ENT_REASON_PLATFORM },       { 333, ENT_REASON_PLATFORM },
    { 400, ENT_REASON_UNKNOWN },        { 401, ENT_REASON_EXPIRED },
    { 402, ENT_REASON_CONTENT },        { 403, ENT_REASON_PLATFORM },
    { 405, ENT_REASON_UNKNOWN },        { 410, ENT_REASON_UNKNOWN },
    { 411, ENT_REASON_INVALID_NUMBER }, { 412, ENT_REASON_BLOCKED },
    { 413, ENT_REASON_UNREACHABLE },    { 414, ENT_REASON_UNREACHABLE },
    { 499, ENT_REASON_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ent_engage_reason ("failed", cases[i].code), ==, cases[i].reason);
  g_assert_cmpint (ent_engage_reason ("expired", ENT_ENGAGE_NO_CODE), ==, ENT_REASON_EXPIRED);
  g_assert_cmpint (ent_engage_reason ("failed", ENT_ENGAGE_NO_CODE), ==, ENT_REASON_UNKNOWN);
  g_assert_cmpint (ent_engage_reason (NULL, ENT_ENGAGE_NO_CODE), ==, ENT_REASON_UNKNOWN);
}

static void
test_content_types (void)
{
  static const struct
  {
    const char *type;
    const char *format;
    const char *media;
    EntContentType content_type;
  } cases[] = {
    { "TEXT_MESSAGE", "SMS", NULL, ENT_CONTENT_TYPE_TEXT },
    { "LOCATION_MESSAGE", NULL, NULL, ENT_CONTENT_TYPE_LOCATION },
    { "CAROUSEL_MESSAGE", NULL, NULL, ENT_CONTENT_TYPE_INTERACTIVE },
    { "MEDIA_MESSAGE", NULL, "https://x.example/a/b.JPG?x=1", ENT_CONTENT_TYPE_IMAGE },
    { "MEDIA_MESSAGE", NULL, "https://x.example/b.pdf", ENT_CONTENT_TYPE_DOCUMENT },
    { "MEDIA_MESSAGE", NULL, "https://x.example/", ENT_CONTENT_TYPE_OTHER },
    { "NEW_MESSAGE", NULL, NULL, ENT_CONTENT_TYPE_OTHER },
    { NULL, "SMS", NULL, ENT_CONTENT_TYPE_TEXT },
    { NULL, "TTS", NULL, ENT_CONTENT_TYPE_AUDIO },
    { NULL, "MMS", "https://x.example/b.mp4", ENT_CONTENT_TYPE_VIDEO },
  };
  EntContentType content_type;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (
          ent_engage_content_type (cases[i].type, cases[i].format, cases[i].media, &content_type));
      g_assert_cmpint (content_type, ==, cases[i].content_type);
    }
  g_assert_false (ent_engage_content_type (NULL, NULL, NULL, &content_type));
}

/* ---- Bad items and bad pages ---------------------------------------------------------------- */

/* Each of these is set apart alone: its neighbour stays. */
static void
test_bad_items (void)
{
  static const char *const items[] = {
    "null",
    "17",
    "\"text\"",
    "[]",
    "{}",
    "{\"direction\":\"outbound\",\"timestamp\":\"2026-07-19T09:30:00Z\"}",
    "{\"message_id\":\"\",\"direction\":\"outbound\",\"timestamp\":\"2026-07-19T09:30:00Z\"}",
    "{\"message_id\":17,\"direction\":\"outbound\",\"timestamp\":\"2026-07-19T09:30:00Z\"}",
    "{\"message_id\":\"a\\u0000b\",\"direction\":\"outbound\",\"timestamp\":\"2026-07-19T09:30:"
    "00Z\"}",
    "{\"message_id\":\"a\",\"timestamp\":\"2026-07-19T09:30:00Z\"}",
    "{\"message_id\":\"a\",\"direction\":\"sideways\",\"timestamp\":\"2026-07-19T09:30:00Z\"}",
    "{\"message_id\":\"a\",\"direction\":\"outbound\",\"timestamp\":\"yesterday\"}",
    "{\"message_id\":\"a\",\"direction\":\"outbound\",\"timestamp\":1795348800000}",
    "{" BASE ",\"last_status_update\":\"2026-13-19T09:30:00Z\"}",
    "{" BASE ",\"status\":[]}",
    "{" BASE ",\"status_code\":\"221\"}",
    "{" BASE ",\"status_code\":22.5}",
    "{" BASE ",\"status_code\":1e999}",
    "{" BASE ",\"status_code\":99999999999999999999}",
    "{" BASE ",\"content\":{\"text\":\"x\"}}",
    "{" BASE ",\"destination_address\":5511900001000}",
    "{" BASE ",\"units\":\"1\"}",
    "{" BASE ",\"metadata\":\"x\"}",
    "{" BASE ",\"metadata\":[1]}",
    "{" BASE ",\"account_id\":false}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"messages\":[%s,{" BASE "}]," PAGINATION "}", items[i]);
      g_autoptr (EntPage) page = parse (text);
      const EntSourceRejected *rejected;

      g_test_message ("%s", items[i]);
      g_assert_cmpuint (page->n_items, ==, 2);
      g_assert_cmpuint (ent_observations_get_size (page->observations), ==, 1);
      g_assert_cmpuint (page->quarantine->len, ==, 1);
      rejected = g_ptr_array_index (page->quarantine, 0);
      g_assert_true (g_str_has_prefix (rejected->reason, "engage: "));
      g_assert_cmpuint (strlen (rejected->raw), >, 0);
      g_assert_true (g_utf8_validate (rejected->raw, -1, NULL));
    }
}

/* What nobody knows is no fault of the item. */
static void
test_unknown_is_kept (void)
{
  g_autoptr (EntPage) page = parse_item (
      BASE ",\"status\":\"in_review\",\"status_code\":null,\"content\":null,\"metadata\":null,"
           "\"new_field\":{\"deep\":[1,2,{\"x\":1e400}]},\"billing_category\":\"RCS_BASIC\"");
  const EntObservation *item = ent_observations_get (page->observations, 0);

  g_assert_cmpuint (page->quarantine->len, ==, 0);
  g_assert_cmpuint (item->stages, ==, ENT_STAGE_FLAG_ACCEPTED);
  g_assert_cmpstr (text_of (item, ENT_FIELD_RAW_STATUS), ==, "in_review");
  g_assert_null (text_of (item, ENT_FIELD_CONTENT));
}

static void
test_hostile_texts (void)
{
  g_autoptr (EntPage) page = parse_item (
      BASE ",\"content\":\"a\\u0000b\\u0001c\\ud800d\\uffffe\\u202ef\",\"source_address\":\"SHOP\","
           "\"destination_address\":\"not a number\",\"account_id\":\"\\u0000\"");
  const EntObservation *item = ent_observations_get (page->observations, 0);

  g_assert_cmpuint (page->quarantine->len, ==, 0);
  g_assert_true (g_utf8_validate (text_of (item, ENT_FIELD_CONTENT), -1, NULL));
  g_assert_cmpstr (text_of (item, ENT_FIELD_CONTENT), ==,
                   "abc\xef\xbf\xbd"
                   "de\xe2\x80\xae"
                   "f");
  g_assert_cmpstr (text_of (item, ENT_FIELD_PHONE), ==, "not a number");
  g_assert_cmpstr (text_of (item, ENT_FIELD_ORIGIN), ==, "SHOP");
  g_assert_null (text_of (item, ENT_FIELD_SUBACCOUNT));
}

static void
test_bad_pages (void)
{
  static const struct
  {
    const char *text;
    gboolean damaged;
  } cases[] = {
    { "", TRUE },
    { "<!DOCTYPE html><title>Login</title>", FALSE },
    { "null", FALSE },
    { "[]", FALSE },
    { "{}", FALSE },
    { "{\"messages\":[]}", FALSE },
    { "{" PAGINATION "}", FALSE },
    { "{\"messages\":{}," PAGINATION "}", FALSE },
    { "{\"messages\":null," PAGINATION "}", FALSE },
    { "{\"messages\":[],\"pagination\":{}}", FALSE },
    { "{\"messages\":[],\"pagination\":{\"has_next\":\"false\"}}", FALSE },
    { "{\"messages\":[],\"pagination\":{\"has_next\":null}}", FALSE },
    { "{\"messages\":[],\"pagination\":{\"page\":0,\"has_next\":true}}", FALSE },
    { "{\"messages\":[],\"pagination\":{\"page\":1,\"has_next\":false}}", FALSE },
    { "{\"messages\":[],\"pagination\":{\"page\":\"0\",\"has_next\":false}}", FALSE },
    { "{\"messages\":[]," PAGINATION "", TRUE },
    { "{\"messages\":[{\"message_id\":\"a\"", TRUE },
    { "{\"messages\":[]," PAGINATION "}}", FALSE },
    { "{\"messages\":[]," PAGINATION "} trailing", TRUE },
    { "{\"messages\":[01]," PAGINATION "}", FALSE },
    { "{\"messages\":[\"\xff\"]," PAGINATION "}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntPage) page = NULL;
      gboolean damaged = FALSE;

      g_test_message ("page %u", i);
      page =
          ent_engage_parse_page (cases[i].text, strlen (cases[i].text), &usual, &damaged, &error);
      g_assert_null (page);
      g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
      g_assert_cmpint (damaged, ==, cases[i].damaged);
    }
}

/* Every proper beginning of a page is refused, and known to be worth another try. */
static void
test_cut_pages (void)
{
  for (gsize length = 0; length < sizeof sample - 1; length++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntPage) page = NULL;
      gboolean damaged = FALSE;

      page = ent_engage_parse_page (sample, length, &usual, &damaged, &error);
      g_assert_null (page);
      g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
      g_assert_true (damaged);
    }
}

static void
test_too_many_items (void)
{
  g_autoptr (GString) text = g_string_new ("{\"messages\":[");
  g_autoptr (GError) error = NULL;
  gboolean damaged;

  for (int i = 0; i < 1000000; i++)
    g_string_append (text, i > 0 ? ",{}" : "{}");
  g_string_append (text, "]," PAGINATION "}");
  g_assert_null (ent_engage_parse_page (text->str, text->len, &usual, &damaged, &error));
  g_assert_error (error, ENT_API_ERROR, ENT_API_ERROR_PROTOCOL);
  g_assert_false (damaged);
}

/* Bytes turned over at random never crash it, and never make it invent an item: what it takes has
 * an id, a stamp, and clean texts. */
static void
test_mutants (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autofree char *text = g_strdup (sample);
  guint rounds = ent_test_rounds (20000, 2000000);

  for (guint round = 0; round < rounds; round++)
    {
      g_autoptr (EntPage) page = NULL;
      gboolean damaged;

      memcpy (text, sample, sizeof sample);
      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        text[g_rand_int_range (rand, 0, sizeof sample - 1)] =
            (char) g_rand_int_range (rand, 0, 256);
      page = ent_engage_parse_page (text, sizeof sample - 1, &usual, &damaged, NULL);
      if (page == NULL)
        continue;
      g_assert_cmpuint (page->n_items, ==,
                        ent_observations_get_size (page->observations) + page->quarantine->len);
      for (guint i = 0; i < ent_observations_get_size (page->observations); i++)
        {
          const EntObservation *item = ent_observations_get (page->observations, i);

          g_assert_cmpuint (strlen (item->remote_id), >, 0);
          g_assert_cmpint (item->updated_at, !=, ENT_TIME_NONE);
          for (guint f = 0; f < ENT_N_TEXT_FIELDS; f++)
            g_assert_true (item->texts[f] == NULL || g_utf8_validate (item->texts[f], -1, NULL));
        }
    }
}

/* ---- Questions ------------------------------------------------------------------------------ */

static void
test_next_page (void)
{
  static const char text[] =
      "{\"messages\":[{" BASE "}],\"pagination\":{\"page\":7,\"page_size\":100,\"has_next\":true}}";
  EntEngageContext context = usual;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntPage) page = NULL;
  gboolean damaged;

  context.page = 7;
  page = ent_engage_parse_page (text, sizeof text - 1, &context, &damaged, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->next_page, ==, "8");
}

static void
test_request (void)
{
  static const char *const accounts[] = { "loja_sul", "loja \"norte\"", NULL };
  g_autofree char *plain =
      ent_engage_build_request (ENT_CHANNEL_SMS, instant ("2026-07-19T03:00:00Z"),
                                instant ("2026-07-20T03:00:00Z"), 2, 100, NULL);
  g_autofree char *narrowed = ent_engage_build_request (ENT_CHANNEL_WHATSAPP, 0, 1, 0, 1, accounts);

  g_assert_cmpstr (plain, ==,
                   "{\"start_date\":\"2026-07-19T03:00:00.000Z\","
                   "\"end_date\":\"2026-07-20T03:00:00.000Z\",\"timezone\":\"UTC\","
                   "\"direction\":\"all\",\"channels\":[\"SMS\"],\"page\":2,\"page_size\":100}");
  g_assert_cmpstr (
      narrowed, ==,
      "{\"start_date\":\"1970-01-01T00:00:00.000Z\","
      "\"end_date\":\"1970-01-01T00:00:00.001Z\",\"timezone\":\"UTC\","
      "\"direction\":\"all\",\"channels\":[\"WHATSAPP\"],"
      "\"accounts\":[\"loja_sul\",\"loja \\\"norte\\\"\"],\"page\":0,\"page_size\":1}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engage/page/sample-read", test_sample_read);
  g_test_add_func ("/engage/page/sample-failed-and-received", test_sample_failed_and_received);
  g_test_add_func ("/engage/page/metadata", test_metadata);
  g_test_add_func ("/engage/page/metadata-keys", test_metadata_keys_are_configured);
  g_test_add_func ("/engage/page/times", test_times);
  g_test_add_func ("/engage/page/time-of-last-resort", test_time_of_last_resort);
  g_test_add_func ("/engage/codes/words", test_words);
  g_test_add_func ("/engage/codes/win", test_codes_win);
  g_test_add_func ("/engage/codes/reasons", test_reasons);
  g_test_add_func ("/engage/codes/content-types", test_content_types);
  g_test_add_func ("/engage/page/bad-items", test_bad_items);
  g_test_add_func ("/engage/page/unknown-is-kept", test_unknown_is_kept);
  g_test_add_func ("/engage/page/hostile-texts", test_hostile_texts);
  g_test_add_func ("/engage/page/bad-pages", test_bad_pages);
  g_test_add_func ("/engage/page/cut-pages", test_cut_pages);
  g_test_add_func ("/engage/page/too-many-items", test_too_many_items);
  g_test_add_func ("/engage/page/mutants", test_mutants);
  g_test_add_func ("/engage/page/next-page", test_next_page);
  g_test_add_func ("/engage/request", test_request);
  return g_test_run ();
}
