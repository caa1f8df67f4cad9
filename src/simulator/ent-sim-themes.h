/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the company writes, and what its customers answer: campaign themes with their texts in
 * Portuguese and Spanish. Constant data and its rendering; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_SIM_THEME_DELIVERY,
  ENT_SIM_THEME_ORDER,
  ENT_SIM_THEME_CODE,
  ENT_SIM_THEME_BILLING,
  ENT_SIM_THEME_APPOINTMENT,
  ENT_SIM_THEME_SURVEY,
  ENT_SIM_THEME_WELCOME,
  ENT_SIM_THEME_PICKUP,
  ENT_SIM_THEME_FREE_SHIPPING,
  ENT_SIM_THEME_OFFERS,
  ENT_SIM_THEME_CLUB,
  ENT_SIM_THEME_SETTLEMENT,
  ENT_SIM_THEME_VACCINE,
  ENT_SIM_THEME_SALE,
  ENT_SIM_THEME_COLLECTION,
  ENT_SIM_THEME_BIRTHDAY,
} EntSimThemeId;

#define ENT_SIM_N_THEMES (ENT_SIM_THEME_BIRTHDAY + 1)

/* When in the day its messages go out. */
typedef enum
{
  ENT_SIM_PACE_ALWAYS, /* whenever people are awake, a few at night */
  ENT_SIM_PACE_OFFICE, /* in office hours */
  ENT_SIM_PACE_BURST,  /* mostly in one go */
} EntSimPace;

typedef struct
{
  const char *name[2]; /* Portuguese, Spanish */
  EntSimPace pace;
  int whatsapp_bias; /* added to the account's share of WhatsApp, in thousandths */
  guint8 media_percent;
  guint8 choice_percent; /* with buttons */
  const char *texts[2][3];
} EntSimTheme;

/* What an inbound message is about. */
typedef enum
{
  ENT_SIM_REPLY_ANSWER,
  ENT_SIM_REPLY_UNASKED,
  ENT_SIM_REPLY_OPT_OUT,
} EntSimReplyKind;

const EntSimTheme *ent_sim_theme_get (guint theme);
void ent_sim_theme_append_text (
    GString *out, guint theme, gboolean spanish, int day, guint64 key, const char *first_name);
void ent_sim_reply_append_text (GString *out, EntSimReplyKind kind, gboolean spanish, guint64 key);
guint ent_sim_text_count_sms_parts (const char *text);

G_END_DECLS
