/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who sends: the sub-accounts of the made-up company, their users, campaigns and customers. All of
 * it is invented, and a pure function of the seed. Any thread; nothing here is owned.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENT_SIM_N_ACCOUNTS 9
#define ENT_SIM_STANDING_SLOTS 3 /* campaigns that never end */
#define ENT_SIM_SEASONAL_SLOTS 3 /* campaigns that follow one another for some weeks each */
#define ENT_SIM_ACCOUNT_SLOTS (ENT_SIM_STANDING_SLOTS + ENT_SIM_SEASONAL_SLOTS)
#define ENT_SIM_N_SLOTS (ENT_SIM_N_ACCOUNTS * ENT_SIM_ACCOUNT_SLOTS)

/* The seasonal slot that a peak day belongs to. */
#define ENT_SIM_PEAK_SLOT ENT_SIM_STANDING_SLOTS

typedef enum
{
  ENT_SIM_COUNTRY_BR,
  ENT_SIM_COUNTRY_MX,
  ENT_SIM_COUNTRY_CL,
  ENT_SIM_COUNTRY_CO,
  ENT_SIM_COUNTRY_AR,
} EntSimCountry;

#define ENT_SIM_N_COUNTRIES 5

/* How an account's timestamps look on the wire. */
typedef enum
{
  ENT_SIM_STAMP_ZULU,   /* …Z, or the offset where it is not zero */
  ENT_SIM_STAMP_OFFSET, /* always the offset, +00:00 too */
  ENT_SIM_STAMP_BARE,   /* local time of the asked zone, whole seconds, no offset */
} EntSimStamp;

typedef struct
{
  const char *id;
  EntSimCountry country;
  EntSimStamp stamp;
  guint32 weight;            /* share of the traffic */
  guint32 whatsapp_permille; /* how much of it prefers WhatsApp */
  int hours_later;           /* than the home zone: when its people are awake */
  const char *users[6];      /* %NULL-terminated */
  guint8 standing[ENT_SIM_STANDING_SLOTS];
  guint8 seasonal[7]; /* themes, 0xff-terminated */
} EntSimAccount;

/* One customer. */
typedef struct
{
  guint64 hash;
  EntSimCountry country;
  guint8 carrier;    /* 0 to 3 */
  gboolean old_form; /* a Brazilian number of eight digits */
} EntSimContact;

/* The fourth carrier of each country answers no delivery report for SMS. */
#define ENT_SIM_SILENT_CARRIER 3
/* The one that has the outages. */
#define ENT_SIM_OUTAGE_CARRIER 0

const EntSimAccount *ent_sim_account_get (guint account);
guint ent_sim_account_get_n_users (guint account);
gboolean ent_sim_account_speaks_spanish (guint account);

guint ent_sim_slot_get_account (guint slot);
guint ent_sim_slot_get_theme (guint64 seed, guint slot, int day);
void ent_sim_slot_get_weights (guint64 seed, int day, guint32 peak, guint32 *weights);
void ent_sim_slot_append_name (GString *out, guint64 seed, guint slot, int day);

EntSimContact ent_sim_contact_get (guint64 seed, guint account, guint32 contact);
const char *ent_sim_contact_get_first_name (const EntSimContact *self, gboolean spanish);
void ent_sim_contact_append_phone (GString *out, const EntSimContact *self);
const char *ent_sim_country_get_code (EntSimCountry country);
void ent_sim_account_append_sender (GString *out, guint account, gboolean whatsapp);

G_END_DECLS
