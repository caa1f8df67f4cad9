/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, names, filters and diagnoses, in each language. */

#include "config.h"

#include "ent-test-words.h"

#define NB "\302\240"

/* The group sign is the system's: a no-break space in Mexico. */
static void
assert_count (gint64 n, const char *with_commas)
{
  g_auto (GStrv) groups = g_strsplit (with_commas, ",", -1);
  g_autofree char *wanted = g_strjoinv (ent_words_get_group_sign (), groups);

  assert_take (ent_words_count (n), wanted);
}

static void
test_counts (void)
{
  const char *group = ent_words_get_group_sign ();

  if (g_strcmp0 (ent_words_get_locale (), "es_MX") != 0)
    g_assert_cmpstr (group, ==, EXPECT (",", ".", NULL, "."));
  g_assert_cmpuint (g_utf8_strlen (group, -1), ==, 1);
  assert_count (0, "0");
  assert_count (999, "999");
  assert_count (1000, "1,000");
  assert_count (12480, "12,480");
  assert_count (-1234567, "−1,234,567");
  assert_count (G_MAXINT64, "9,223,372,036,854,775,807");
  assert_count (G_MININT64, "−9,223,372,036,854,775,808");
}

static void
test_percentages (void)
{
  assert_take (ent_words_tenths (962),
               EXPECT ("96.2" NB "%", "96,2" NB "%", "96.2" NB "%", "96,2" NB "%"));
  assert_take (ent_words_tenths (1000),
               EXPECT ("100.0" NB "%", "100,0" NB "%", "100.0" NB "%", "100,0" NB "%"));
  assert_take (ent_words_tenths (0),
               EXPECT ("0.0" NB "%", "0,0" NB "%", "0.0" NB "%", "0,0" NB "%"));
  assert_take (ent_words_tenths (ENT_TENTHS_NONE), "—");
  assert_take (ent_words_rate_tenths (ENT_RATE_READ, 670),
               EXPECT ("≥" NB "67.0" NB "%", "≥" NB "67,0" NB "%", "≥" NB "67.0" NB "%",
                       "≥" NB "67,0" NB "%"));
  assert_take (ent_words_rate_tenths (ENT_RATE_READ, ENT_TENTHS_NONE), "—");
  assert_take (ent_words_rate_tenths (ENT_RATE_SENT, 670),
               EXPECT ("67.0" NB "%", "67,0" NB "%", "67.0" NB "%", "67,0" NB "%"));
}

static void
test_changes (void)
{
  assert_take (ent_words_change (104, 100), "+4" NB "%");
  assert_take (ent_words_change (88, 100), "−12" NB "%");
  assert_take (ent_words_change (100, 100), "0" NB "%");
  assert_take (ent_words_change (0, 100), "−100" NB "%");
  assert_take (ent_words_change (5, 0), "—");
  assert_take (ent_words_points (962, 950),
               EXPECT ("+1.2" NB "pp", "+1,2" NB "p.p.", "+1.2" NB "p. p.", "+1,2" NB "p. p."));
  assert_take (ent_words_points (ENT_TENTHS_NONE, 950), "—");
}

static void
test_sizes_and_durations (void)
{
  assert_take (ent_words_size (1), "1 byte");
  assert_take (ent_words_size (999), "999 bytes");
  assert_take (ent_words_size (1234567),
               EXPECT ("1.2" NB "MB", "1,2" NB "MB", "1.2" NB "MB", "1,2" NB "MB"));
  assert_take (ent_words_size (999999),
               EXPECT ("1.0" NB "MB", "1,0" NB "MB", "1.0" NB "MB", "1,0" NB "MB"));
  assert_take (ent_words_duration (4), "4" NB "s");
  assert_take (ent_words_duration (125), "2" NB "min 5" NB "s");
  assert_take (ent_words_duration (11520), "3" NB "h 12" NB "min");
  assert_take (ent_words_duration (86400), "24" NB "h");
  assert_take (ent_words_duration (3 * 86400 + 4 * 3600), "3" NB "d 4" NB "h");
  assert_take (ent_words_duration (-1), "—");
  assert_take (ent_words_messages (1), EXPECT ("1 message", "1 mensagem", "1 mensaje"));
  assert_take (ent_words_messages (480), EXPECT ("480 messages", "480 mensagens", "480 mensajes"));
  assert_take (ent_words_messages (0), EXPECT ("0 messages", "0 mensagem", "0 mensajes"));
}

/* Each value has a name of its own in each language; nothing out of range has one. */
static void
assert_distinct (const char *(*name) (guint), guint n, gboolean may_be_empty)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      const char *word = name (i);

      g_assert_nonnull (word);
      if (!may_be_empty)
        g_assert_cmpstr (word, !=, "");
      g_assert_true (g_utf8_validate (word, -1, NULL));
      g_assert_true (*word == '\0' || g_hash_table_add (seen, (gpointer) word));
    }
  g_assert_cmpstr (name (n), ==, "");
}

#define NAMES(function, type)                                                                      \
  static const char *function##_name (guint i) { return function ((type) i); }
NAMES (ent_words_channel, EntChannel)
NAMES (ent_words_direction, EntDirection)
NAMES (ent_words_content_type, EntContentType)
NAMES (ent_words_status, EntStatus)
NAMES (ent_words_status_help, EntStatus)
NAMES (ent_words_stage, EntStage)
NAMES (ent_words_stage_help, EntStage)
NAMES (ent_words_reason, EntReason)
NAMES (ent_words_reason_help, EntReason)
NAMES (ent_words_coverage, EntCoverage)
NAMES (ent_words_coverage_help, EntCoverage)
NAMES (ent_words_by, EntBy)
NAMES (ent_words_column, EntColumn)
NAMES (ent_words_rate, EntRate)
NAMES (ent_words_filter_field, EntFilterField)
NAMES (ent_words_export_state, int)

static void
test_vocabularies (void)
{
  assert_distinct (ent_words_channel_name, ENT_N_CHANNELS, FALSE);
  assert_distinct (ent_words_direction_name, ENT_N_DIRECTIONS, FALSE);
  assert_distinct (ent_words_content_type_name, ENT_N_CONTENT_TYPES, FALSE);
  assert_distinct (ent_words_status_name, ENT_N_STATUSES, FALSE);
  assert_distinct (ent_words_status_help_name, ENT_N_STATUSES, FALSE);
  assert_distinct (ent_words_stage_name, ENT_N_STAGES, FALSE);
  assert_distinct (ent_words_stage_help_name, ENT_N_STAGES, FALSE);
  assert_distinct (ent_words_reason_name, ENT_N_REASONS, TRUE);
  assert_distinct (ent_words_reason_help_name, ENT_N_REASONS, TRUE);
  assert_distinct (ent_words_coverage_name, ENT_N_COVERAGES, FALSE);
  assert_distinct (ent_words_coverage_help_name, ENT_N_COVERAGES, FALSE);
  assert_distinct (ent_words_by_name, ENT_N_BYS, FALSE);
  assert_distinct (ent_words_column_name, ENT_N_COLUMNS, FALSE);
  assert_distinct (ent_words_rate_name, ENT_N_RATES, FALSE);
  assert_distinct (ent_words_filter_field_name, ENT_N_FILTER_FIELDS, FALSE);
  assert_distinct (ent_words_export_state_name, 6, FALSE);
}

/* The words that people know from the platform. */
static void
test_glossary (void)
{
  g_assert_cmpstr (ent_words_status (ENT_STATUS_DELIVERED), ==,
                   EXPECT ("Delivered", "Entregue", "Entregado"));
  g_assert_cmpstr (ent_words_stage (ENT_STAGE_DELIVERED), ==,
                   EXPECT ("Delivered", "Entregues", "Entregados"));
  g_assert_cmpstr (ent_words_status (ENT_STATUS_QUEUED), ==,
                   EXPECT ("Queued", "Na fila", "En cola"));
  g_assert_cmpstr (ent_words_status (ENT_STATUS_SEND_FAILED), ==,
                   EXPECT ("Not sent", "Não enviada", "No enviado"));
  g_assert_cmpstr (ent_words_stage (ENT_STAGE_TOTAL), ==,
                   EXPECT ("Total messages", "Total de mensagens", "Total de mensajes"));
  g_assert_cmpstr (ent_words_stage (ENT_STAGE_ERRORS), ==,
                   EXPECT ("With errors", "Com erro", "Con error"));
  g_assert_cmpstr (ent_words_content_type (ENT_CONTENT_TYPE_TEMPLATE), ==,
                   EXPECT ("Template", "Modelo (template)", "Plantilla"));
  g_assert_cmpstr (ent_words_period (ENT_PERIOD_PREVIOUS_MONTH), ==,
                   EXPECT ("Previous month", "Mês anterior", "Mes anterior"));
  g_assert_cmpstr (ent_words_coverage (ENT_COVERAGE_STALE), ==,
                   EXPECT ("Out of date", "Desatualizado", "Desactualizado"));
  g_assert_cmpstr (ent_words_by_none (ENT_BY_CAMPAIGN), ==,
                   EXPECT ("(no campaign)", "(sem campanha)", "(sin campaña)"));
  assert_take (ent_words_privacy_modes (ENT_PRIVACY_LAST4 | ENT_PRIVACY_NO_CONTENT),
               EXPECT ("Last four digits, no content", "Últimos quatro dígitos, sem conteúdo",
                       "Últimos cuatro dígitos, sin contenido"));
}

static void
test_filters (void)
{
  g_autoptr (EntFilter) filter = ent_filter_new ();
  static const struct
  {
    EntFilterField field;
    const char *word;
  } words[] = {
    { ENT_FILTER_CHANNEL, "whatsapp" }, { ENT_FILTER_CHANNEL, "sms" },
    { ENT_FILTER_CAMPAIGN, "Natal" },   { ENT_FILTER_CAMPAIGN, "!Teste" },
    { ENT_FILTER_STATUS, "!read" },
  };

  assert_take (ent_words_filter (filter), EXPECT ("No filters", "Sem filtros", "Sin filtros"));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      EntFilter *next = ent_filter_with_word (filter, words[i].field, words[i].word, NULL);

      g_assert_nonnull (next);
      ent_filter_unref (filter);
      filter = next;
    }
  assert_take (
      ent_words_filter (filter),
      EXPECT ("Channel: WhatsApp or SMS; Campaign: Natal, not Teste; Status: not Read",
              "Canal: WhatsApp ou SMS; Campanha: Natal, exceto Teste; Status: exceto Lida",
              "Canal: WhatsApp o SMS; Campaña: Natal, excepto Teste; Estado: excepto Leído"));
  g_assert_null (ent_words_filter_field_values (filter, ENT_FILTER_USER));
  assert_take (
      ent_words_filter_chip (ENT_FILTER_CAMPAIGN, "Black Friday", FALSE),
      EXPECT ("Campaign: Black Friday", "Campanha: Black Friday", "Campaña: Black Friday"));
  assert_take (ent_words_filter_chip (ENT_FILTER_STATUS, "read", TRUE),
               EXPECT ("not Status: Read", "exceto Status: Lida", "excepto Estado: Leído"));
  assert_take (ent_words_filter_value (ENT_FILTER_CAMPAIGN, ""),
               EXPECT ("(no campaign)", "(sem campanha)", "(sin campaña)"));
}

/* What strangers named stays text, also where it is turned round by signs of direction. */
static void
test_hostile_values (void)
{
  g_autofree char *chip = ent_words_filter_chip (ENT_FILTER_CAMPAIGN, "a\342\200\256b", FALSE);
  g_autofree char *row = ent_words_row (ENT_BY_CAMPAIGN, "<b>%s\342\200\256</b>");

  g_assert_null (strstr (chip, "\342\200\256"));
  g_assert_null (strstr (row, "\342\200\256"));
  g_assert_nonnull (strstr (row, "<b>%s"));
}

static EntMessage *
message_with (guint stages, EntReason reason, const char *code)
{
  g_autoptr (EntObservations) batch = ent_observations_new ();
  EntObservation *seen = ent_observations_append (batch);
  EntMessage *message = ent_message_new ("source", "id");

  seen->remote_id = ent_observations_intern (batch, "id", -1);
  seen->updated_at = 1000;
  seen->stages = stages;
  seen->stage_times[ENT_STAGE_TIME_ACCEPTED] = 0;
  if (stages & ENT_STAGE_FLAG_SENT)
    seen->stage_times[ENT_STAGE_TIME_SENT] = 1000;
  if (stages & ENT_STAGE_FLAG_DELIVERED)
    seen->stage_times[ENT_STAGE_TIME_DELIVERED] = 5000;
  if (stages & ENT_STAGE_FLAG_READ)
    seen->stage_times[ENT_STAGE_TIME_READ] = 125000 + 5000;
  if (stages & ENT_STAGE_FLAG_FAILED)
    seen->stage_times[ENT_STAGE_TIME_FAILED] = 1000 + 86400000;
  seen->numbers[ENT_FIELD_CHANNEL] = ENT_CHANNEL_WHATSAPP;
  seen->numbers[ENT_FIELD_DIRECTION] = ENT_DIRECTION_MT;
  if (reason != ENT_REASON_NONE)
    seen->numbers[ENT_FIELD_REASON] = reason;
  if (code != NULL)
    seen->texts[ENT_FIELD_RAW_CODE - ENT_N_NUMBER_FIELDS] =
        ent_observations_intern (batch, code, -1);
  ent_message_merge (message, seen);
  return message;
}

static void
assert_diagnosis (guint stages, EntReason reason, const char *code, gint64 now, const char *wanted)
{
  g_autoptr (EntMessage) message = message_with (stages, reason, code);

  assert_take (ent_words_diagnosis (message, now), wanted);
}

static void
test_diagnoses (void)
{
  const gint64 soon = 200000;
  const gint64 day = G_GINT64_CONSTANT (86400000);

  assert_diagnosis (
      ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_FAILED, ENT_REASON_UNREACHABLE,
      "104", 2 * day,
      EXPECT ("Accepted by the carrier, but the phone could not be reached for 24" NB
              "h; code 104.",
              "Aceita pela operadora, mas não foi possível alcançar o aparelho durante 24" NB
              "h; código 104.",
              "Aceptado por el operador, pero no se pudo alcanzar el teléfono durante 24" NB
              "h; código 104."));
  assert_diagnosis (
      ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_FAILED, ENT_REASON_WINDOW, NULL, 2 * day,
      EXPECT ("Not sent: the customer had not written within WhatsApp's 24 hours.",
              "Não enviada: o cliente não tinha escrito nas 24 horas do WhatsApp.",
              "No enviado: el cliente no había escrito en las 24 horas de WhatsApp."));
  assert_diagnosis (ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_DELIVERED |
                        ENT_STAGE_FLAG_READ,
                    ENT_REASON_NONE, NULL, soon,
                    EXPECT ("Delivered, and read 2" NB "min 5" NB "s later.",
                            "Entregue, e lida 2" NB "min 5" NB "s depois.",
                            "Entregado, y leído 2" NB "min 5" NB "s después."));
  assert_diagnosis (ENT_STAGE_FLAG_ACCEPTED, ENT_REASON_NONE, NULL, soon,
                    EXPECT ("Accepted by the provider and not sent yet.",
                            "Aceita pelo provedor e ainda não enviada.",
                            "Aceptado por el proveedor y aún no enviado."));
  assert_diagnosis (
      ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT, ENT_REASON_NONE, NULL, 31 * day,
      EXPECT (
          "Sent, but nothing has confirmed delivery for 30 days; some carriers never do.",
          "Enviada, mas nada confirmou a entrega em 30 dias; algumas operadoras nunca confirmam.",
          "Enviado, pero nada confirmó la entrega en 30 días; algunos operadores nunca "
          "confirman."));
}

/* Every failure has a sentence of its own, whether it was sent before or not. */
static void
test_every_failure (void)
{
  static const guint stages[] = {
    ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_FAILED,
    ENT_STAGE_FLAG_ACCEPTED | ENT_STAGE_FLAG_SENT | ENT_STAGE_FLAG_FAILED,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    for (int reason = ENT_REASON_INVALID_NUMBER; reason < ENT_N_REASONS; reason++)
      {
        g_autoptr (EntMessage) message = message_with (stages[i], (EntReason) reason, NULL);
        char *text = ent_words_diagnosis (message, 0);

        g_assert_true (g_str_has_suffix (text, "."));
        g_assert_true (g_hash_table_add (seen, text));
      }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 18);
}

int
main (int argc, char **argv)
{
  start (&argc, &argv);
  g_test_add_func ("/words/counts", test_counts);
  g_test_add_func ("/words/percentages", test_percentages);
  g_test_add_func ("/words/changes", test_changes);
  g_test_add_func ("/words/sizes-and-durations", test_sizes_and_durations);
  g_test_add_func ("/words/vocabularies", test_vocabularies);
  g_test_add_func ("/words/glossary", test_glossary);
  g_test_add_func ("/words/filters", test_filters);
  g_test_add_func ("/words/hostile-values", test_hostile_values);
  g_test_add_func ("/words/diagnoses", test_diagnoses);
  g_test_add_func ("/words/every-failure", test_every_failure);
  return g_test_run ();
}
