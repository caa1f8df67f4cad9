/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of made-up sub-accounts, users, campaigns and carriers. Pure. */

#include "config.h"

#include "perf-data.h"

#include "perf-random.h"

static const char *const places[] = { "Norte",  "Sul",     "Leste", "Oeste",
                                      "Centro", "Litoral", "Serra", "Vale" };
static const char *const kinds[] = { "Loja", "Clínica", "Escola", "Central", "Filial" };
static const char *const people[] = { "ana",   "bruno",  "carla",  "diego", "elisa",  "fábio",
                                      "gabi",  "heitor", "inês",   "joão",  "karina", "lucas",
                                      "maria", "nina",   "otávio", "paula" };
static const char *const topics[] = { "Entregas",    "Cobrança",  "Boas-vindas", "Black Friday",
                                      "Aniversário", "Pesquisa",  "Lembrete",    "Reativação",
                                      "Vacinação",   "Matrículas" };
static const char *const carriers[] = { "", "Vivo", "Claro", "TIM", "Oi" };
static const char *const origins[] = { "",
                                       "551140000000",
                                       "551140000001",
                                       "551140000002",
                                       "552130000000",
                                       "553130000000",
                                       "554130000000",
                                       "27182",
                                       "27183",
                                       "28100",
                                       "28101",
                                       "29000",
                                       "551150000000" };

G_STATIC_ASSERT (G_N_ELEMENTS (carriers) == PERF_N_CARRIERS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (origins) == PERF_N_ORIGINS + 1);

const char *
perf_name_subaccount (guint number, char *buffer)
{
  *buffer = '\0';
  if (number > 0)
    g_snprintf (buffer, PERF_NAME_SIZE, "%s %s %02u", kinds[number % G_N_ELEMENTS (kinds)],
                places[perf_mix (number) % G_N_ELEMENTS (places)], number);
  return buffer;
}

const char *
perf_name_subaccount_id (guint number, char *buffer)
{
  *buffer = '\0';
  if (number > 0)
    g_snprintf (buffer, PERF_NAME_SIZE, "conta-%04u", number * 7);
  return buffer;
}

const char *
perf_name_user (guint number, char *buffer)
{
  *buffer = '\0';
  if (number > 0)
    g_snprintf (buffer, PERF_NAME_SIZE, "%s.%03u",
                people[perf_mix (number) % G_N_ELEMENTS (people)], number);
  return buffer;
}

const char *
perf_name_user_id (guint number, char *buffer)
{
  *buffer = '\0';
  if (number > 0)
    g_snprintf (buffer, PERF_NAME_SIZE, "u%06u", number * 31);
  return buffer;
}

const char *
perf_name_campaign (guint number, char *buffer)
{
  *buffer = '\0';
  if (number > 0)
    g_snprintf (buffer, PERF_NAME_SIZE, "%s %u", topics[perf_mix (number) % G_N_ELEMENTS (topics)],
                number);
  return buffer;
}

const char *
perf_name_campaign_id (guint number, char *buffer)
{
  *buffer = '\0';
  if (number > 0)
    g_snprintf (buffer, PERF_NAME_SIZE, "cmp-%08x", (guint) perf_mix (number + 977));
  return buffer;
}

const char *
perf_name_carrier (guint number)
{
  return carriers[number];
}

const char *
perf_name_origin (guint number)
{
  return origins[number];
}
