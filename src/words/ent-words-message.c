/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of one message's life line. */

#include "config.h"

#include "ent-words-message.h"

#include "ent-text.h"

#include <glib/gi18n-lib.h>

#define MAX_REASON_CHARS 200

const char *
ent_words_life_stage (EntStageTime stage, EntDirection direction)
{
  static const char *const names[ENT_N_STAGE_TIMES] = {
    /* Translators: the stages of one message's life line ("a mensagem", "el mensaje"). */
    [ENT_STAGE_TIME_ACCEPTED] = NC_ ("life line", "accepted"),
    [ENT_STAGE_TIME_SENT] = NC_ ("life line", "sent"),
    [ENT_STAGE_TIME_DELIVERED] = NC_ ("life line", "delivered"),
    [ENT_STAGE_TIME_READ] = NC_ ("life line", "read"),
    [ENT_STAGE_TIME_FAILED] = NC_ ("life line", "failed"),
  };

  if ((guint) stage >= ENT_N_STAGE_TIMES)
    return "";
  if (direction == ENT_DIRECTION_MO && stage == ENT_STAGE_TIME_ACCEPTED)
    return C_ ("life line", "received");
  return g_dpgettext2 (GETTEXT_PACKAGE, "life line", names[stage]);
}

const char *
ent_words_life_stage_missing (EntStageTime stage)
{
  switch (stage)
    {
    case ENT_STAGE_TIME_SENT:
      return C_ ("life line", "not sent yet");
    case ENT_STAGE_TIME_DELIVERED:
      return C_ ("life line", "not delivered yet");
    case ENT_STAGE_TIME_READ:
      return C_ ("life line", "not read yet");
    case ENT_STAGE_TIME_ACCEPTED:
    case ENT_STAGE_TIME_FAILED:
    default:
      return "";
    }
}

const char *
ent_words_life_stage_inferred (void)
{
  /* Translators: a later stage shows that this one was reached, but the provider gave no time. */
  return C_ ("life line", "time not reported");
}

char *
ent_words_raw_reason (const EntMessage *message)
{
  const char *code = ent_message_get_text (message, ENT_FIELD_RAW_CODE);
  const char *text = ent_message_get_text (message, ENT_FIELD_RAW_TEXT);
  g_autofree char *shown_code = NULL;
  g_autofree char *shown_text = NULL;

  if (code != NULL && *code != '\0')
    shown_code = ent_text_for_display (code, MAX_REASON_CHARS);
  if (text != NULL && *text != '\0')
    shown_text = ent_text_for_display (text, MAX_REASON_CHARS);

  if (shown_code != NULL && shown_text != NULL)
    /* Translators: the provider's own error code and its text. */
    return g_strdup_printf (C_ ("reason", "code %s: %s"), shown_code, shown_text);
  if (shown_code != NULL)
    return g_strdup_printf (C_ ("reason", "code %s"), shown_code);
  return g_steal_pointer (&shown_text);
}
