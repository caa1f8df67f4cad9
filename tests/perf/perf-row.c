/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One made-up message: who, what it says, how it fared until the end of the last day. Pure. */

#include "config.h"

#include "ent-message.h"
#include "perf-data-private.h"

#include "perf-random.h"

#include <string.h>

/* Each decision about a row draws its own number. */
enum
{
  DRAW_DIRECTION = 10,
  DRAW_PHONE,
  DRAW_SUBACCOUNT,
  DRAW_USER,
  DRAW_TYPE,
  DRAW_FATE,
  DRAW_FAILURE,
  DRAW_SENT,
  DRAW_DELIVERED,
  DRAW_READ,
  DRAW_TEXT,
  DRAW_NUMBER,
  DRAW_ID,
  DRAW_ID_LOW,
  DRAW_CORRELATION,
  DRAW_EXTRA,
  DRAW_CONTACT,
};

static const char *const first_names[] = {
  "Ana",    "Bruno",    "Carla",  "Daniela", "Eduardo", "Fernanda", "Gustavo",
  "Helena", "Inês",     "João",   "Karina",  "Luís",    "Márcia",   "Nathália",
  "Otávio", "Patrícia", "Rafael", "Sônia",   "Tiago",   "Verônica"
};
static const char *const last_names[] = { "Silva",  "Souza",      "Conceição", "Oliveira",
                                          "Araújo", "Lima",       "Gonçalves", "Ribeiro",
                                          "Barros", "Nascimento", "Ávila",     "Teixeira",
                                          "Moraes", "Figueiredo", "Pinto",     "Camargo" };
static const int area_codes[] = { 11, 11, 11, 11, 12, 13, 19, 21, 21, 21, 27, 31, 31, 41, 47,
                                  48, 51, 51, 61, 62, 67, 71, 71, 81, 83, 85, 91, 92, 98 };

/* %s a first name, %u a number; the average is 78 characters. */
static const char *const texts_out[] = {
  "Olá %s, o pedido %u saiu para entrega e deve chegar hoje até as 18h. Obrigado pela compra!",
  "%s, seu código de verificação é %u. Não compartilhe este código com ninguém.",
  "Lembrete: %s, sua consulta está marcada para amanhã. Responda 1 para confirmar. Ref. %u",
  "Oi %s! Sua fatura de nº %u vence em 3 dias. Pague pelo aplicativo e evite juros e multa.",
  "%s, só hoje: frete grátis em toda a loja com o cupom VOLTA%u. Aproveite!",
  "Prezado(a) %s, recebemos o seu pagamento. Protocolo %u. A nota fiscal segue por e-mail.",
  "%s, como foi o seu atendimento de hoje? Responda de 0 a 10. Protocolo %u",
  "Sua senha %u foi chamada, %s. Dirija-se ao guichê.",
};
static const char *const texts_in[] = {
  "Sim, confirmo. Obrigada!",
  "1",
  "Quero falar com um atendente sobre o pedido, por favor",
  "Não recebi ainda, pode verificar?",
  "ok",
  "10, ótimo atendimento",
  "SAIR",
};

static const struct
{
  int code;
  const char *text;
  EntReason reason;
  gboolean sent; /* not delivered, rather than not sent */
} failures[] = {
  { 411, "Invalid destination address", ENT_REASON_INVALID_NUMBER, TRUE },
  { 414, "Destination unreachable", ENT_REASON_UNREACHABLE, TRUE },
  { 401, "Validity period over before delivery", ENT_REASON_EXPIRED, TRUE },
  { 402, "Rejected by the downstream provider", ENT_REASON_PLATFORM, TRUE },
  { 302, "Destination address is blocked", ENT_REASON_BLOCKED, FALSE },
  { 330, "Gateway failure", ENT_REASON_PLATFORM, FALSE },
  { 301, "Usage limit exceeded", ENT_REASON_QUOTA, FALSE },
  { 331, "Message discarded", ENT_REASON_CONTENT, FALSE },
};

/* ---- Who ------------------------------------------------------------------------------------ */

static void
format_uuid (guint64 high, guint64 low, char *buffer)
{
  g_snprintf (buffer, 37, "%08x-%04x-4%03x-%04x-%012" G_GINT64_MODIFIER "x", (guint) (high >> 32),
              (guint) (high >> 16) & 0xffff, (guint) high & 0xfff,
              0x8000 | ((guint) (low >> 48) & 0x3fff), low & G_GUINT64_CONSTANT (0xffffffffffff));
}

/* Some people get more messages than others. */
static guint
pick_phone (const PerfData *self, guint64 index)
{
  double share = perf_random_unit (index, DRAW_PHONE);

  return (guint) (share * (0.5 + 0.5 * share) * self->n_phones);
}

static void
fill_contact (PerfRow *row, guint person)
{
  guint64 draw = perf_random (person, 5);

  g_snprintf (row->phone, sizeof row->phone, "55%02d9%08u",
              area_codes[draw % G_N_ELEMENTS (area_codes)], (guint) (perf_mix (draw) % 100000000));
  if (perf_random_below (person, DRAW_CONTACT, 100) < 40)
    g_snprintf (row->contact_name, sizeof row->contact_name, "%s %s",
                first_names[(draw >> 8) % G_N_ELEMENTS (first_names)],
                last_names[(draw >> 20) % G_N_ELEMENTS (last_names)]);
}

/* The larger a number's square root, the rarer: a few have most of the messages. */
static guint
skewed_below (guint64 index, guint draw, guint n)
{
  double share = perf_random_unit (index, draw);

  return (guint) (share * share * n);
}

static void
fill_senders (PerfRow *row)
{
  row->subaccount = 1 + skewed_below (row->index, DRAW_SUBACCOUNT, PERF_N_SUBACCOUNTS);
  if (row->direction == ENT_DIRECTION_MT)
    row->user =
        row->subaccount + PERF_N_SUBACCOUNTS * skewed_below (row->index, DRAW_USER,
                                                             PERF_N_USERS / PERF_N_SUBACCOUNTS);
  row->origin = 1 + row->subaccount % PERF_N_ORIGINS;
  if (row->channel == ENT_CHANNEL_SMS)
    row->carrier = 1 + perf_random_below (perf_mix (row->index), 6, PERF_N_CARRIERS);
}

static void
fill_identifiers (PerfRow *row, guint person, guint day)
{
  guint64 index = row->index;

  format_uuid (perf_random (index, DRAW_ID), perf_random (index, DRAW_ID_LOW), row->remote_id);
  if (row->channel == ENT_CHANNEL_WHATSAPP)
    {
      guint64 key = (guint64) person * PERF_DAYS + day;

      format_uuid (perf_random (key, 7), perf_random (key, 8), row->conversation_id);
      row->conversation_type = perf_random_below (key, 9, 3) == 0 ? "marketing" : "utility";
      row->conversation_expires_at =
          PERF_START_MS + (day + 1) * PERF_DAY_MS + perf_random_below (key, 10, 86400) * 1000;
      row->with_session = row->direction == ENT_DIRECTION_MO || perf_random_below (key, 11, 4) == 0;
    }
  if (perf_random_below (index, DRAW_CORRELATION, 100) < 25)
    format_uuid (perf_random (index, DRAW_CORRELATION + 100),
                 perf_random (index, DRAW_CORRELATION + 101), row->correlation_id);
  if (perf_random_below (index, DRAW_EXTRA, 100) < 10)
    g_snprintf (row->extra_info, sizeof row->extra_info, "pedido=%u; lote=%u",
                perf_random_below (index, DRAW_EXTRA + 100, 1000000), day);
}

/* ---- What ----------------------------------------------------------------------------------- */

static EntContentType
pick_type (const PerfRow *row)
{
  static const guint8 shares[][2] = {
    { ENT_CONTENT_TYPE_TEXT, 52 },       { ENT_CONTENT_TYPE_TEMPLATE, 28 },
    { ENT_CONTENT_TYPE_IMAGE, 8 },       { ENT_CONTENT_TYPE_DOCUMENT, 5 },
    { ENT_CONTENT_TYPE_INTERACTIVE, 4 }, { ENT_CONTENT_TYPE_VIDEO, 2 },
    { ENT_CONTENT_TYPE_AUDIO, 1 },
  };
  guint draw = perf_random_below (row->index, DRAW_TYPE, 100);

  if (row->channel == ENT_CHANNEL_SMS)
    return ENT_CONTENT_TYPE_TEXT;
  if (row->channel == ENT_CHANNEL_MMS)
    return ENT_CONTENT_TYPE_IMAGE;
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      if (draw < shares[i][1])
        return (EntContentType) shares[i][0];
      draw -= shares[i][1];
    }
  return ENT_CONTENT_TYPE_TEXT;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
fill_text (PerfRow *row)
{
  guint draw = perf_random_below (row->index, DRAW_TEXT, 1 << 20);
  const char *name = first_names[(draw >> 4) % G_N_ELEMENTS (first_names)];
  guint number = perf_random_below (row->index, DRAW_NUMBER, 10000000);
  guint which = draw % G_N_ELEMENTS (texts_out);

  if (row->direction == ENT_DIRECTION_MO)
    g_strlcpy (row->content, texts_in[draw % G_N_ELEMENTS (texts_in)], sizeof row->content);
  else if (which == G_N_ELEMENTS (texts_out) - 1)
    g_snprintf (row->content, sizeof row->content, texts_out[which], number, name);
  else
    g_snprintf (row->content, sizeof row->content, texts_out[which], name, number);
  row->parts = row->channel == ENT_CHANNEL_SMS ? (strlen (row->content) > 70 ? 2 : 1) : 1;
}
#pragma GCC diagnostic pop

/* ---- How it fared --------------------------------------------------------------------------- */

/* A stage happens when its time comes before the end. */
static gboolean
reach (PerfRow *row, EntStageTime stage, gint64 time)
{
  if (time > PERF_NOW_MS)
    return FALSE;
  row->times[stage] = time;
  row->stages |= 1u << stage;
  row->updated_at = time;
  return TRUE;
}

static void
fail (PerfRow *row, gint64 time)
{
  guint which = perf_random_below (row->index, DRAW_FAILURE, G_N_ELEMENTS (failures));

  if (failures[which].sent && !reach (row, ENT_STAGE_TIME_SENT, time))
    return;
  if (!reach (row, ENT_STAGE_TIME_FAILED, time + 2000))
    return;
  row->code = failures[which].code;
  row->code_text = failures[which].text;
  row->reason = failures[which].reason;
  row->status_word = "failed";
}

static void
live (PerfRow *row)
{
  guint64 index = row->index;
  guint fate = perf_random_below (index, DRAW_FATE, 1000);
  gint64 sent = row->updated_at + 200 + perf_random_below (index, DRAW_SENT, 4000);
  double slow = perf_random_unit (index, DRAW_DELIVERED);
  gint64 delivered = sent + 1000 + (gint64) (slow * slow * slow * slow * 7200000);
  double slower = perf_random_unit (index, DRAW_READ);
  gint64 read = delivered + 3000 + (gint64) (slower * slower * slower * 86400000);
  gboolean tells_reads = ent_channel_reports_reads (row->channel);

  row->code = 101;
  row->code_text = "Processing in the gateway";
  row->status_word = "processing";
  if (fate < 60)
    {
      fail (row, sent);
      return;
    }
  if (fate < 62 || !reach (row, ENT_STAGE_TIME_SENT, sent))
    return;
  row->code = 211;
  row->code_text = "Message is en route";
  row->status_word = "enroute";
  if (fate < 110 || !reach (row, ENT_STAGE_TIME_DELIVERED, delivered))
    return;
  row->code = 221;
  row->code_text = "Message delivered to the handset";
  row->status_word = "delivered";
  if (!tells_reads || fate < 480 || !reach (row, ENT_STAGE_TIME_READ, read))
    return;
  row->status_word = "read";
}

void
perf_data_row (const PerfData *self, guint64 index, PerfRow *row)
{
  guint person = pick_phone (self, index);
  guint day;

  memset (row, 0, offsetof (PerfRow, content));
  row->index = index;
  for (guint i = 0; i < ENT_N_STAGE_TIMES; i++)
    row->times[i] = ENT_TIME_NONE;
  row->conversation_expires_at = ENT_NUMBER_NONE;
  row->with_session = -1;
  row->channel = perf_data_channel (index);
  row->direction =
      perf_random_below (index, DRAW_DIRECTION, 100) < 8 ? ENT_DIRECTION_MO : ENT_DIRECTION_MT;
  reach (row, ENT_STAGE_TIME_ACCEPTED, perf_data_time (self, index, &day));

  fill_contact (row, person);
  fill_senders (row);
  fill_identifiers (row, person, day);
  row->content_type = pick_type (row);
  fill_text (row);
  if (row->direction == ENT_DIRECTION_MT)
    {
      row->campaign = perf_data_campaign (self, index, day);
      live (row);
    }
  else
    row->status_word = "processed";
  row->status = ent_status_from_stages (row->stages, row->direction);
}
