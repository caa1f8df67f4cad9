/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The company sends WhatsApp and SMS for two shops; its numbers are those of nobody. */

#include "config.h"

#include "export-world.h"

#include "ent-test-util.h"
#include "ent-words-locale.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static const char *const campaigns[] = { "Entregas", "Black Friday", "Cobrança", NULL,
                                         "Boas-vindas ao clube de vantagens da loja" };
static const char *const accounts[] = { "Loja Centro", "Loja Norte", "Loja Norte" };
static const char *const users[] = { "ana", "joão", NULL };
static const char *const contents[] = {
  "Olá, seu pedido saiu para entrega e chega hoje até as 18h.",
  "=HYPERLINK(\"http://example.invalid\",\"ganhe\")",
  "Promoção só até sexta: 20% de desconto em toda a loja. Responda SAIR para não receber mais.",
  "Acentos: ÁÉÍÓÚ ãõ ç ñ ü – “aspas” … € Ω Жук",
  "Chegou! 🎉📦 confira",
  "linha um\r\nlinha dois\rlinha três",
  "\u202etxet desrever\u202c",
  "<b>negrito</b> & \"aspas\" _x000D_ fim",
};
static const EntReason reasons[] = { ENT_REASON_INVALID_NUMBER, ENT_REASON_UNREACHABLE,
                                     ENT_REASON_BLOCKED, ENT_REASON_EXPIRED };

static void
set_text (EntObservation *observation, EntField field, const char *text)
{
  observation->texts[field - ENT_N_NUMBER_FIELDS] = text;
}

/* What becomes of message @i: nine in ten are delivered. */
static void
set_fate (EntObservation *observation, guint i, gint64 time)
{
  guint fate = (i * 7919u) % 100;
  guint stages = ENT_STAGE_FLAG_ACCEPTED;

  observation->stage_times[ENT_STAGE_TIME_ACCEPTED] = time;
  if (fate >= 2)
    {
      stages |= ENT_STAGE_FLAG_SENT;
      observation->stage_times[ENT_STAGE_TIME_SENT] = time + 1500;
    }
  if (fate >= 10)
    {
      stages |= ENT_STAGE_FLAG_DELIVERED;
      observation->stage_times[ENT_STAGE_TIME_DELIVERED] = time + 4000 + i % 60000;
    }
  if (fate >= 40 && i % 3 != 0)
    {
      stages |= ENT_STAGE_FLAG_READ;
      observation->stage_times[ENT_STAGE_TIME_READ] = time + 90000 + i % 600000;
    }
  if (fate < 8)
    {
      stages |= ENT_STAGE_FLAG_FAILED;
      observation->stage_times[ENT_STAGE_TIME_FAILED] = time + 2500;
      observation->numbers[ENT_FIELD_REASON] = reasons[i % G_N_ELEMENTS (reasons)];
      set_text (observation, ENT_FIELD_RAW_CODE, "104");
    }
  observation->stages = stages;
}

static void
add_message (EntObservations *all, guint i, gint64 time)
{
  EntObservation *observation = ent_observations_append (all);
  g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-%012u", i);
  g_autofree char *phone = g_strdup_printf ("5511900%06u", (i * 7u) % 1000000);
  gboolean mo = i % 17 == 5;

  ent_observation_init (observation);
  observation->remote_id = ent_observations_intern (all, id, -1);
  observation->updated_at = time + 120000;
  observation->numbers[ENT_FIELD_CHANNEL] = i % 3 == 0 ? ENT_CHANNEL_SMS : ENT_CHANNEL_WHATSAPP;
  observation->numbers[ENT_FIELD_DIRECTION] = mo ? ENT_DIRECTION_MO : ENT_DIRECTION_MT;
  observation->numbers[ENT_FIELD_CONTENT_TYPE] =
      i % 5 == 0 ? ENT_CONTENT_TYPE_TEMPLATE : ENT_CONTENT_TYPE_TEXT;
  observation->numbers[ENT_FIELD_PARTS] = i % 3 == 0 ? 2 : ENT_NUMBER_NONE;
  observation->numbers[ENT_FIELD_WITH_SESSION] = i % 3 == 0 ? ENT_NUMBER_NONE : i % 2;
  set_text (observation, ENT_FIELD_PHONE, ent_observations_intern (all, phone, -1));
  set_text (observation, ENT_FIELD_CONTACT_NAME, i % 2 == 0 ? "João da Silva" : NULL);
  set_text (observation, ENT_FIELD_CONTENT, contents[i % G_N_ELEMENTS (contents)]);
  set_text (observation, ENT_FIELD_SUBACCOUNT, accounts[i % G_N_ELEMENTS (accounts)]);
  set_text (observation, ENT_FIELD_USER, users[i % G_N_ELEMENTS (users)]);
  set_text (observation, ENT_FIELD_CAMPAIGN, campaigns[i % G_N_ELEMENTS (campaigns)]);
  set_text (observation, ENT_FIELD_CORRELATION_ID, i % 4 == 0 ? "0012345678901234567890" : NULL);
  if (mo)
    {
      observation->stages = ENT_STAGE_FLAG_ACCEPTED;
      observation->stage_times[ENT_STAGE_TIME_ACCEPTED] = time;
    }
  else
    set_fate (observation, i, time);
}

static void
ingest (World *self, EntObservations *all, gboolean with_gap)
{
  EntBatch *batch = ent_batch_new ("11111111-1111-4111-8111-111111111111", "Loja");
  gint64 day = self->now / DAY_MS * DAY_MS;
  GError *error = NULL;

  batch->observations = all;
  batch->now = self->now;
  batch->coverage = g_array_new (FALSE, TRUE, sizeof (EntCoverageInterval));
  for (guint channel = 0; channel < 2; channel++)
    {
      EntCoverageInterval before = { day - 30 * DAY_MS, day - 2 * DAY_MS, self->now,
                                     (EntChannel) channel, 0 };
      EntCoverageInterval after = { day, self->now, self->now, (EntChannel) channel, 0 };

      if (!with_gap)
        before.to = self->now;
      g_array_append_val (batch->coverage, before);
      if (with_gap)
        g_array_append_val (batch->coverage, after);
    }
  g_assert_true (ent_store_ingest (self->store, batch, &(EntIngestResult){ 0 }, &error));
  g_assert_no_error (error);
}

World *
world_new (guint n_messages, gboolean with_gap)
{
  World *self = g_new0 (World, 1);
  EntObservations *all = ent_observations_new ();
  GError *error = NULL;

  g_assert_true (ent_instant_parse (WORLD_NOW, -1, NULL, &self->now, &error));
  self->dir = ent_test_dir_new ();
  self->store = ent_store_open (self->dir, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_messages; i++)
    {
      /* Ten days back, evenly; with a gap, nothing between two days and one day ago. */
      gint64 age = (gint64) (((guint64) i * 10 * DAY_MS) / MAX (n_messages, 1));
      gint64 time = self->now - age - 1000 * (i % 1000);

      if (with_gap && age > DAY_MS / 2 && age < 3 * DAY_MS)
        time -= 3 * DAY_MS;
      add_message (all, i, time);
    }
  ingest (self, all, with_gap);
  return self;
}

void
world_free (World *self)
{
  ent_store_close (self->store);
  g_object_unref (self->store);
  ent_test_dir_remove (self->dir);
  g_free (self);
}

EntReport *
world_report (EntView view, EntFormat format)
{
  EntReport *report = ent_report_new ("pt_BR");

  report->view = view;
  report->format = format;
  report->compare = ENT_COMPARE_PREVIOUS_PERIOD;
  return report;
}

EntExportRequest *
world_request (World *self, const EntReport *report, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  return ent_export_request_new (report, path, self->now);
}

EntExportDocument *
world_document (World *self, const EntExportRequest *request)
{
  GError *error = NULL;
  EntSnapshot *snapshot = ent_store_snapshot (self->store, &error);
  EntExportDocument *document;

  g_assert_no_error (error);
  document = ent_export_document_new (request, snapshot, self->dir, NULL, NULL, &error);
  g_assert_no_error (error);
  return document;
}

char *
world_run (const char *const *argv)
{
  g_autofree char *err = NULL;
  char *out = NULL;
  int status = ent_test_run (argv, NULL, &out, &err);

  if (status != 0)
    g_error ("%s: %d: %s", argv[0], status, err);
  return out;
}

char *
world_python (const char *script, const char *argument)
{
  const char *const argv[] = { "/usr/bin/python3", "-c", script, argument, NULL };

  return world_run (argv);
}
