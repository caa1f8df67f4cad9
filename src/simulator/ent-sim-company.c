/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of the company and what follows from them. See the header.
 */
#include "config.h"

#include "ent-sim-company.h"

#include "ent-sim-calendar.h"
#include "ent-sim-random.h"
#include "ent-sim-themes.h"

#define SALT_SLOT G_GUINT64_CONSTANT (0x510f)
#define SALT_THEME G_GUINT64_CONSTANT (0x7e3e)
#define SALT_CONTACT G_GUINT64_CONSTANT (0xc047)

#define END_OF_THEMES 0xff

/* A seasonal slot rests so many days between two campaigns. */
#define REST_DAYS 5

static const EntSimAccount accounts[ENT_SIM_N_ACCOUNTS] = {
  { "loja_sul",
    ENT_SIM_COUNTRY_BR,
    ENT_SIM_STAMP_ZULU,
    300,
    680,
    0,
    { "maria", "joao.silva", "ana.souza", "carlos", NULL },
    { ENT_SIM_THEME_DELIVERY, ENT_SIM_THEME_ORDER, ENT_SIM_THEME_WELCOME },
    { ENT_SIM_THEME_OFFERS, ENT_SIM_THEME_FREE_SHIPPING, ENT_SIM_THEME_COLLECTION,
      ENT_SIM_THEME_SALE, ENT_SIM_THEME_CLUB, END_OF_THEMES } },
  { "loja_norte",
    ENT_SIM_COUNTRY_BR,
    ENT_SIM_STAMP_OFFSET,
    180,
    640,
    0,
    { "josé.ramos", "patricia", "renata.lima", NULL },
    { ENT_SIM_THEME_DELIVERY, ENT_SIM_THEME_PICKUP, ENT_SIM_THEME_SURVEY },
    { ENT_SIM_THEME_FREE_SHIPPING, ENT_SIM_THEME_OFFERS, ENT_SIM_THEME_BIRTHDAY, ENT_SIM_THEME_SALE,
      END_OF_THEMES } },
  { "cobranca_br",
    ENT_SIM_COUNTRY_BR,
    ENT_SIM_STAMP_ZULU,
    140,
    300,
    0,
    { "integracao", "fernanda", "marcos.antonio", NULL },
    { ENT_SIM_THEME_BILLING, ENT_SIM_THEME_CODE, ENT_SIM_THEME_SURVEY },
    { ENT_SIM_THEME_SETTLEMENT, ENT_SIM_THEME_CLUB, END_OF_THEMES } },
  { "entregas_sp",
    ENT_SIM_COUNTRY_BR,
    ENT_SIM_STAMP_BARE,
    120,
    610,
    0,
    { "integracao", "luiz", "beatriz", NULL },
    { ENT_SIM_THEME_DELIVERY, ENT_SIM_THEME_CODE, ENT_SIM_THEME_PICKUP },
    { ENT_SIM_THEME_CLUB, ENT_SIM_THEME_FREE_SHIPPING, END_OF_THEMES } },
  { "clinica_vida",
    ENT_SIM_COUNTRY_BR,
    ENT_SIM_STAMP_ZULU,
    70,
    550,
    0,
    { "recepção", "dra.helena", NULL },
    { ENT_SIM_THEME_APPOINTMENT, ENT_SIM_THEME_SURVEY, ENT_SIM_THEME_WELCOME },
    { ENT_SIM_THEME_VACCINE, ENT_SIM_THEME_BIRTHDAY, END_OF_THEMES } },
  { "tienda_mx",
    ENT_SIM_COUNTRY_MX,
    ENT_SIM_STAMP_ZULU,
    80,
    720,
    3,
    { "guadalupe", "íñigo", "sofia.herrera", NULL },
    { ENT_SIM_THEME_ORDER, ENT_SIM_THEME_DELIVERY, ENT_SIM_THEME_WELCOME },
    { ENT_SIM_THEME_OFFERS, ENT_SIM_THEME_SALE, ENT_SIM_THEME_COLLECTION, END_OF_THEMES } },
  { "tienda_cl",
    ENT_SIM_COUNTRY_CL,
    ENT_SIM_STAMP_OFFSET,
    50,
    700,
    1,
    { "camila", "matías", NULL },
    { ENT_SIM_THEME_DELIVERY, ENT_SIM_THEME_PICKUP, ENT_SIM_THEME_SURVEY },
    { ENT_SIM_THEME_FREE_SHIPPING, ENT_SIM_THEME_CLUB, ENT_SIM_THEME_OFFERS, END_OF_THEMES } },
  { "cobros_co",
    ENT_SIM_COUNTRY_CO,
    ENT_SIM_STAMP_BARE,
    40,
    350,
    2,
    { "valentina", "andres.rojas", NULL },
    { ENT_SIM_THEME_BILLING, ENT_SIM_THEME_CODE, ENT_SIM_THEME_SURVEY },
    { ENT_SIM_THEME_SETTLEMENT, ENT_SIM_THEME_BIRTHDAY, END_OF_THEMES } },
  { "sac_ar",
    ENT_SIM_COUNTRY_AR,
    ENT_SIM_STAMP_ZULU,
    20,
    800,
    0,
    { "martín", "lucia", NULL },
    { ENT_SIM_THEME_ORDER, ENT_SIM_THEME_SURVEY, ENT_SIM_THEME_WELCOME },
    { ENT_SIM_THEME_SALE, ENT_SIM_THEME_OFFERS, END_OF_THEMES } },
};

static const char *const first_names[2][24] = {
  { "Ana",     "João",   "Maria",     "José",   "Antônio", "Francisca", "Luís",    "Patrícia",
    "Márcia",  "Paulo",  "Conceição", "Thiago", "Fátima",  "Rogério",   "Letícia", "Davi",
    "Vitória", "Otávio", "Inês",      "Rúben",  "Cecília", "Flávio",    "Raíssa",  "Simão" },
  { "Ana",    "José",  "María",  "Íñigo", "Sofía",    "Martín", "Lucía", "Andrés",
    "Ximena", "Raúl",  "Begoña", "Tomás", "Verónica", "Óscar",  "Nuria", "Julián",
    "Rocío",  "Ángel", "Inés",   "Peña",  "Mónica",   "Héctor", "Itzel", "Ñusta" },
};

static const char *const month_names[2][12] = {
  { "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez" },
  { "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic" },
};

const EntSimAccount *
ent_sim_account_get (guint account)
{
  return &accounts[account];
}

guint
ent_sim_account_get_n_users (guint account)
{
  return g_strv_length ((char **) accounts[account].users);
}

gboolean
ent_sim_account_speaks_spanish (guint account)
{
  return accounts[account].country != ENT_SIM_COUNTRY_BR;
}

/* ---- Campaigns --------------------------------------------------------------------------- */

/* Where a day lies in the sequence of a seasonal slot's campaigns. */
typedef struct
{
  int number;    /* of the campaign */
  int first_day; /* of the campaign */
  int into;      /* days since then */
  int length;    /* days that it lives */
} Season;

static Season
find_season (guint64 seed, guint slot, int day)
{
  guint64 hash = ent_sim_mix (seed ^ SALT_SLOT, slot);
  int period = 21 + 7 * (int) (hash % 4);
  int shifted = day + (int) ((hash >> 8) % (guint64) period);
  Season season;

  /* Days before 1970 do not occur: --end begins in 1990. */
  season.number = shifted / period;
  season.into = shifted % period;
  season.first_day = day - season.into;
  season.length = period - REST_DAYS;
  return season;
}

static gboolean
is_standing (guint slot)
{
  return slot % ENT_SIM_ACCOUNT_SLOTS < ENT_SIM_STANDING_SLOTS;
}

guint
ent_sim_slot_get_account (guint slot)
{
  return slot / ENT_SIM_ACCOUNT_SLOTS;
}

/**
 * ent_sim_slot_get_theme:
 *
 * Returns: (type EntSimThemeId): what the slot's campaign is about on @day
 */
guint
ent_sim_slot_get_theme (guint64 seed, guint slot, int day)
{
  const EntSimAccount *account = &accounts[ent_sim_slot_get_account (slot)];
  guint n_themes = 0;
  guint64 hash;

  if (is_standing (slot))
    return account->standing[slot % ENT_SIM_ACCOUNT_SLOTS];

  while (account->seasonal[n_themes] != END_OF_THEMES)
    n_themes++;
  hash = ent_sim_mix (seed ^ SALT_THEME, slot);
  /* Neighbours in time differ: the number walks through the themes. */
  return account->seasonal[(hash + (guint64) find_season (seed, slot, day).number) % n_themes];
}

static guint32
seasonal_permille (const Season *season)
{
  if (season->into >= season->length)
    return 0;
  if (season->into < 2)
    return 1900;
  return (guint32) (1250 - 900 * season->into / season->length);
}

/**
 * ent_sim_slot_get_weights:
 * @peak: the day's peak factor in thousandths
 * @weights: (out caller-allocates) (array fixed-size=54): the share of each slot on @day
 *
 * Few campaigns have most of the messages. The volume that a peak adds belongs to one campaign of
 * the largest account.
 */
void
ent_sim_slot_get_weights (guint64 seed, int day, guint32 peak, guint32 *weights)
{
  guint32 total = 0;

  for (guint slot = 0; slot < ENT_SIM_N_SLOTS; slot++)
    {
      guint32 weight = accounts[ent_sim_slot_get_account (slot)].weight * 100;
      guint rank = slot % ENT_SIM_ACCOUNT_SLOTS;

      if (is_standing (slot))
        weights[slot] = weight / (rank + 1);
      else
        {
          Season season = find_season (seed, slot, day);

          weights[slot] = weight * 7 / 10 / (rank - ENT_SIM_STANDING_SLOTS + 1) *
                          seasonal_permille (&season) / 1000;
        }
      total += weights[slot];
    }

  if (peak > 1000)
    weights[ENT_SIM_PEAK_SLOT] += total / 1000 * (peak - 1000);
}

/**
 * ent_sim_slot_append_name:
 *
 * Appends the name of the campaign that the slot has on @day.
 */
void
ent_sim_slot_append_name (GString *out, guint64 seed, guint slot, int day)
{
  guint language = ent_sim_account_speaks_spanish (ent_sim_slot_get_account (slot)) ? 1 : 0;
  const EntSimTheme *theme = ent_sim_theme_get (ent_sim_slot_get_theme (seed, slot, day));

  g_string_append (out, theme->name[language]);
  if (!is_standing (slot))
    {
      Season season = find_season (seed, slot, day);
      int year, month, day_of_month;

      ent_sim_day_to_civil (season.first_day, &year, &month, &day_of_month);
      g_string_append_printf (out, " – %s/%d", month_names[language][month - 1], year);
    }
}

/* ---- Customers --------------------------------------------------------------------------- */

/**
 * ent_sim_contact_get:
 *
 * Returns: the customer number @contact of @account
 */
EntSimContact
ent_sim_contact_get (guint64 seed, guint account, guint32 contact)
{
  static const guint8 carrier_until[3] = { 45, 74, 96 };
  EntSimContact self = { 0 };
  guint percent;

  self.hash = ent_sim_mix (ent_sim_mix (seed ^ SALT_CONTACT, account), contact);
  self.country = accounts[account].country;
  if (self.hash % 100 < 2)
    self.country = (EntSimCountry) ((self.hash >> 8) % ENT_SIM_N_COUNTRIES);
  percent = (self.hash >> 16) % 100;
  while (self.carrier < G_N_ELEMENTS (carrier_until) && percent >= carrier_until[self.carrier])
    self.carrier++;
  self.old_form = self.country == ENT_SIM_COUNTRY_BR && (self.hash >> 24) % 100 < 3;
  return self;
}

const char *
ent_sim_contact_get_first_name (const EntSimContact *self, gboolean spanish)
{
  return first_names[spanish ? 1 : 0][(self->hash >> 32) % G_N_ELEMENTS (first_names[0])];
}

/**
 * ent_sim_contact_append_phone:
 *
 * Appends the number in E.164. No plan assigns these: after the mobile prefix comes a 0 (a 9 in
 * Colombia's area), and the Brazilian ones of eight digits stand in area codes that do not exist.
 */
void
ent_sim_contact_append_phone (GString *out, const EntSimContact *self)
{
  static const char *const areas[] = { "11", "21", "31", "41", "47", "51", "61", "71", "81",
                                       "85", "91", "92", "19", "48", "54", "27", "62", "98" };
  static const char *const no_areas[] = { "20", "30", "40", "50", "60", "70", "80", "90" };
  static const char *const mexican_areas[] = { "55", "33", "81", "222", "664" };
  guint64 hash = ent_sim_mix (self->hash, 1);
  guint number = (guint) (hash % 10000000);
  guint pick = (guint) (hash >> 40);
  const char *area;

  switch (self->country)
    {
    case ENT_SIM_COUNTRY_BR:
      if (self->old_form)
        g_string_append_printf (out, "+55%s8%07u", no_areas[pick % G_N_ELEMENTS (no_areas)],
                                number);
      else
        g_string_append_printf (out, "+55%s90%07u", areas[pick % G_N_ELEMENTS (areas)], number);
      break;
    case ENT_SIM_COUNTRY_MX:
      area = mexican_areas[pick % G_N_ELEMENTS (mexican_areas)];
      g_string_append_printf (out, "+52%s0%0*u", area, area[2] == '\0' ? 7 : 6,
                              area[2] == '\0' ? number : number / 10);
      break;
    case ENT_SIM_COUNTRY_CL:
      g_string_append_printf (out, "+5690%07u", number);
      break;
    case ENT_SIM_COUNTRY_CO:
      g_string_append_printf (out, "+57390%07u", number);
      break;
    case ENT_SIM_COUNTRY_AR:
    default:
      g_string_append_printf (out, "+549110%07u", number);
      break;
    }
}

const char *
ent_sim_country_get_code (EntSimCountry country)
{
  static const char *const codes[ENT_SIM_N_COUNTRIES] = { "BR", "MX", "CL", "CO", "AR" };

  return codes[country];
}

/**
 * ent_sim_account_append_sender:
 *
 * Appends what the account sends from: a number for WhatsApp, a short code for SMS.
 */
void
ent_sim_account_append_sender (GString *out, guint account, gboolean whatsapp)
{
  static const char *const prefixes[ENT_SIM_N_COUNTRIES] = { "+5520", "+5210", "+5600", "+5700",
                                                             "+5400" };

  if (whatsapp)
    g_string_append_printf (out, "%s400000%02u", prefixes[accounts[account].country], account + 1);
  else
    g_string_append_printf (out, "2%04u", 8001 + account * 7);
}
