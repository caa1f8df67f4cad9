/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of the tests, as a table. */

#include "config.h"

#include "ent-test-data.h"

#include "ent-test-util.h"

#define SOURCE "5f0c4b4e-0001-4000-8000-000000000001"
#define NO -1

const char *const ent_test_hostile_texts[] = {
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "=HYPERLINK(\"http://example.invalid\";\"x\")",
  "  =cmd|' /C calc'!A0",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1+1",
  "　＋1",
  "－1",
  "＠x",
  "\302\240=1",
  "\357\273\277=1",
  "\342\200\213=1",
  "a=1",
  "1-1",
  "'=1",
  "\"quoted\"",
  "a;b,c\td|e",
  "line 1\nline 2\r\nline 3",
  " leading and trailing ",
  "<b>bold</b> & %s %n",
  "\342\200\256txt.exe",
  "ação 💚 日本語",
  "--",
  "",
  NULL,
};

typedef struct
{
  const char *id;
  const char *accepted;
  EntChannel channel;
  EntDirection direction;
  EntContentType type;
  guint stages;
  int sent, delivered, read, failed; /* seconds after acceptance; NO */
  EntReason reason;
  const char *code;
  const char *phone;
  const char *contact;
  const char *content;
  const char *subaccount;
  const char *user;
  const char *campaign;
  const char *correlation;
  int parts;
} Row;

#define A ENT_STAGE_FLAG_ACCEPTED
#define S (A | ENT_STAGE_FLAG_SENT)
#define D (S | ENT_STAGE_FLAG_DELIVERED)
#define L (D | ENT_STAGE_FLAG_READ)
#define F ENT_STAGE_FLAG_FAILED

/* clang-format off */
static const Row rows[ENT_TEST_N_MESSAGES] = {
  { "m-01", "2026-11-16T12:00:00.250Z", ENT_CHANNEL_WHATSAPP, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEMPLATE,
    L, 1, 4, 125, NO, ENT_REASON_NONE, NULL, "5511912345678", "Ana Souza",
    "Seu pedido saiu; chega hoje, até 18h", "norte", "ana", "Entregas", "c-1", 0 },
  { "m-02", "2026-11-16T12:00:01Z", ENT_CHANNEL_WHATSAPP, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    D, 2, 9, NO, NO, ENT_REASON_NONE, NULL, "5521987654321", NULL,
    "=HYPERLINK(\"http://example.invalid\";\"prêmio\")", "norte", "ana", "Entregas", "c-2", 0 },
  { "m-03", "2026-11-17T15:30:00Z", ENT_CHANNEL_SMS, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    D, NO, 12, NO, NO, ENT_REASON_NONE, NULL, "5511912345678", "Ana Souza",
    "Código 1234", "sul", "ana", "=Promo", NULL, 1 },
  { "m-04", "2026-11-17T23:59:59.999Z", ENT_CHANNEL_SMS, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    S | F, 1, NO, NO, 86401, ENT_REASON_UNREACHABLE, "104", "5511955554444", "=Zé",
    "linha 1\nlinha 2", "sul", "beto", NULL, NULL, 3 },
  { "m-05/5511966665555", "2026-11-18T03:00:00Z", ENT_CHANNEL_SMS, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    A | F, NO, NO, NO, 2, ENT_REASON_INVALID_NUMBER, "202", "5511966665555", NULL,
    "Olá \"amigo\"", "sul", NULL, NULL, NULL, 1 },
  { "m-06", "2026-11-18T02:59:59Z", ENT_CHANNEL_WHATSAPP, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_IMAGE,
    A | F, NO, NO, NO, 1, ENT_REASON_WINDOW, "210", "525512345678", "María",
    "+1", "norte", "ana", "Natal", NULL, 0 },
  { "m-07", "2026-11-19T10:00:00Z", ENT_CHANNEL_SMS, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    S, 3, NO, NO, NO, ENT_REASON_NONE, NULL, "5511900000001", NULL,
    "-1", "norte", "ana", "Natal", NULL, 2 },
  { "m-08", "2026-11-22T16:00:00Z", ENT_CHANNEL_WHATSAPP, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    A, NO, NO, NO, NO, ENT_REASON_NONE, NULL, "5511900000002", NULL,
    NULL, "norte", "ana", "Natal", NULL, 0 },
  { "m-09", "2026-11-20T10:00:00Z", ENT_CHANNEL_WHATSAPP, ENT_DIRECTION_MO, ENT_CONTENT_TYPE_TEXT,
    A, NO, NO, NO, NO, ENT_REASON_NONE, NULL, "5511912345678", "Ana Souza",
    "@obrigada", "norte", NULL, NULL, NULL, 0 },
  { "m-10", "2026-11-20T10:00:01Z", ENT_CHANNEL_SMS, ENT_DIRECTION_MO, ENT_CONTENT_TYPE_TEXT,
    A, NO, NO, NO, NO, ENT_REASON_NONE, NULL, "ALFA", NULL,
    "SAIR", NULL, NULL, NULL, NULL, 1 },
  { "m-11", "2026-11-21T02:00:00Z", ENT_CHANNEL_RCS, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_INTERACTIVE,
    L, NO, NO, 60, NO, ENT_REASON_NONE, NULL, "5511933332222", "\342\200\256oãoJ",
    "Oi", "norte", "ana", "Natal", NULL, 0 },
  { "m-12", "2026-11-21T12:00:00Z", ENT_CHANNEL_WHATSAPP, ENT_DIRECTION_MT, ENT_CONTENT_TYPE_TEXT,
    D | F, 1, 30, NO, 5, ENT_REASON_PLATFORM, "301", "5511944443333", NULL,
    "ação 💚", "norte", "ana", "Natal", NULL, 0 },
};
/* clang-format on */

static void
set_text (EntObservations *batch, EntObservation *seen, EntField field, const char *text)
{
  if (text != NULL)
    seen->texts[field - ENT_N_NUMBER_FIELDS] = ent_observations_intern (batch, text, -1);
}

static void
set_stage (EntObservation *seen, EntStageTime stage, gint64 accepted, int seconds)
{
  if (seconds != NO)
    seen->stage_times[stage] = accepted + seconds * G_GINT64_CONSTANT (1000);
}

static void
append (EntObservations *batch, const Row *row)
{
  EntObservation *seen = ent_observations_append (batch);
  gint64 accepted;

  g_assert_true (ent_instant_parse (row->accepted, -1, NULL, &accepted, NULL));
  seen->remote_id = ent_observations_intern (batch, row->id, -1);
  seen->updated_at = accepted + 200000;
  seen->stages = row->stages;
  seen->stage_times[ENT_STAGE_TIME_ACCEPTED] = accepted;
  set_stage (seen, ENT_STAGE_TIME_SENT, accepted, row->sent);
  set_stage (seen, ENT_STAGE_TIME_DELIVERED, accepted, row->delivered);
  set_stage (seen, ENT_STAGE_TIME_READ, accepted, row->read);
  set_stage (seen, ENT_STAGE_TIME_FAILED, accepted, row->failed);
  seen->numbers[ENT_FIELD_CHANNEL] = row->channel;
  seen->numbers[ENT_FIELD_DIRECTION] = row->direction;
  seen->numbers[ENT_FIELD_CONTENT_TYPE] = row->type;
  if (row->reason != ENT_REASON_NONE)
    seen->numbers[ENT_FIELD_REASON] = row->reason;
  if (row->parts > 0)
    seen->numbers[ENT_FIELD_PARTS] = row->parts;
  if (row->channel == ENT_CHANNEL_WHATSAPP)
    seen->numbers[ENT_FIELD_WITH_SESSION] = row->type != ENT_CONTENT_TYPE_TEMPLATE;
  set_text (batch, seen, ENT_FIELD_RAW_CODE, row->code);
  set_text (batch, seen, ENT_FIELD_PHONE, row->phone);
  set_text (batch, seen, ENT_FIELD_CONTACT_NAME, row->contact);
  set_text (batch, seen, ENT_FIELD_ORIGIN,
            row->channel == ENT_CHANNEL_SMS ? "28123" : "+5511400011");
  set_text (batch, seen, ENT_FIELD_CONTENT, row->content);
  set_text (batch, seen, ENT_FIELD_SUBACCOUNT, row->subaccount);
  set_text (batch, seen, ENT_FIELD_USER, row->user);
  set_text (batch, seen, ENT_FIELD_CAMPAIGN, row->campaign);
  set_text (batch, seen, ENT_FIELD_CORRELATION_ID, row->correlation);
}

static void
cover (EntBatch *batch, EntChannel channel)
{
  EntCoverageInterval interval = { .channel = channel };

  g_assert_true (ent_instant_parse ("2026-11-16T03:00:00Z", -1, NULL, &interval.from, NULL));
  interval.to = ent_clock_now ();
  interval.fetched_at = ent_clock_now ();
  g_array_append_val (batch->coverage, interval);
}

static void
fill (EntStore *store)
{
  EntBatch *batch = ent_batch_new (SOURCE, "Loja");
  EntIngestResult result;
  GError *error = NULL;

  batch->now = ent_clock_now ();
  batch->observations = ent_observations_new ();
  batch->coverage = g_array_new (FALSE, FALSE, sizeof (EntCoverageInterval));
  for (guint i = 0; i < ENT_TEST_N_MESSAGES; i++)
    append (batch->observations, &rows[i]);
  cover (batch, ENT_CHANNEL_WHATSAPP);
  cover (batch, ENT_CHANNEL_SMS);
  cover (batch, ENT_CHANNEL_RCS);
  ent_store_ingest (store, batch, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.added, ==, ENT_TEST_N_MESSAGES);
}

static void
add_source (EntUserData *user_data)
{
  g_autoptr (EntSourceRecord) record = ent_source_record_new ();
  GError *error = NULL;

  g_free (record->key);
  record->key = g_strdup (SOURCE);
  record->kind = g_strdup ("engage");
  record->name = g_strdup ("Loja");
  record->options = g_strdup ("{}");
  record->credentials = ENT_CREDENTIALS_ENV;
  record->credentials_ref = g_strdup ("NONE");
  record->created_at = ent_clock_now ();
  record->last_success = ent_clock_now ();
  ent_user_data_save_source (user_data, record, &error);
  g_assert_no_error (error);
}

EntTestData *
ent_test_data_new (void)
{
  EntTestData *self = g_new0 (EntTestData, 1);
  GError *error = NULL;

  g_assert_true (ent_clock_set (ENT_TEST_NOW, NULL));
  self->dir = ent_test_dir_new ();
  self->store = ent_store_open (self->dir, &error);
  g_assert_no_error (error);
  self->user_data = ent_user_data_open (self->dir, &error);
  g_assert_no_error (error);
  add_source (self->user_data);
  fill (self->store);
  return self;
}

void
ent_test_data_close (EntTestData *self)
{
  if (self->store != NULL)
    ent_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->user_data, ent_user_data_unref);
}

void
ent_test_data_free (EntTestData *self)
{
  ent_test_data_close (self);
  ent_test_dir_remove (self->dir);
  g_free (self);
}

EntReport *
ent_test_data_report (void)
{
  EntReport *report = ent_report_new ("pt_BR");

  report->view = ENT_VIEW_DETAILED;
  report->period = (EntPeriod){ .kind = ENT_PERIOD_LAST_7_DAYS };
  g_assert_cmpstr (ent_zone_get_name (report->zone), ==, ENT_TEST_ZONE);
  return report;
}
