/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Why did they not get it?" in one sentence. A failure says what went wrong, then what the
 * sender can do; a success says how long it took; a message in between says what is known. */

#include "config.h"

#include "ent-words-message.h"

#include "ent-words-number.h"

#include "ent-text.h"

#include <glib/gi18n-lib.h>

#define MAX_CODE_CHARS 60

static char *
shown_field (const EntMessage *message, EntField field)
{
  const char *text = ent_message_get_text (message, field);

  return text != NULL && *text != '\0' ? ent_text_for_display (text, MAX_CODE_CHARS) : NULL;
}

/* Sentences without their full stop: the provider's code may follow. */
static const char *
why_not_sent (EntReason reason)
{
  static const char *const sentences[ENT_N_REASONS] = {
    [ENT_REASON_NONE] = "",
    [ENT_REASON_INVALID_NUMBER] =
        N_ ("Not sent: the number is invalid or has no account on this channel"),
    [ENT_REASON_UNREACHABLE] = N_ ("Not sent: the phone could not be reached"),
    [ENT_REASON_EXPIRED] = N_ ("Not sent: its time to live ended while it was waiting"),
    [ENT_REASON_BLOCKED] = N_ ("Not sent: the person opted out or the number is on a block list"),
    [ENT_REASON_CONTENT] = N_ ("Not sent: its content or template was refused"),
    [ENT_REASON_WINDOW] = N_ ("Not sent: the customer had not written within WhatsApp's 24 hours"),
    [ENT_REASON_QUOTA] = N_ ("Not sent: credit or a sending limit was used up"),
    [ENT_REASON_PLATFORM] = N_ ("Not sent: the carrier or the platform failed"),
    [ENT_REASON_UNKNOWN] = N_ ("Not sent, for a reason that is not known here"),
  };

  return _ (sentences[reason]);
}

static const char *
why_not_delivered (EntReason reason)
{
  static const char *const sentences[ENT_N_REASONS] = {
    [ENT_REASON_NONE] = "",
    [ENT_REASON_INVALID_NUMBER] =
        N_ ("Sent, but not delivered: the number does not exist or is not in use"),
    [ENT_REASON_UNREACHABLE] = N_ ("Accepted by the carrier, but the phone could not be reached"),
    [ENT_REASON_EXPIRED] = N_ ("Sent, but not delivered before its time to live ended"),
    [ENT_REASON_BLOCKED] = N_ ("Sent, but not delivered: the person or the carrier blocks it"),
    [ENT_REASON_CONTENT] = N_ ("Sent, but not delivered: its content or template was refused"),
    [ENT_REASON_WINDOW] =
        N_ ("Sent, but not delivered: the customer had not written within WhatsApp's 24 hours"),
    [ENT_REASON_QUOTA] = N_ ("Sent, but not delivered: credit or a sending limit was used up"),
    [ENT_REASON_PLATFORM] = N_ ("Sent, but not delivered: the carrier or the platform failed"),
    [ENT_REASON_UNKNOWN] = N_ ("Sent, but not delivered, for a reason that is not known here"),
  };

  return _ (sentences[reason]);
}

/* How long the carrier tried, in seconds; -1 where the times do not tell. */
static gint64
seconds_tried (const EntMessage *message)
{
  gint64 sent = message->stage_times[ENT_STAGE_TIME_SENT];
  gint64 failed = message->stage_times[ENT_STAGE_TIME_FAILED];

  if (sent == ENT_TIME_NONE || failed == ENT_TIME_NONE || failed <= sent)
    return -1;
  return (failed - sent) / 1000;
}

static char *
failure (const EntMessage *message, EntStatus status)
{
  EntReason reason = ent_message_get_reason (message);
  gint64 tried = seconds_tried (message);
  g_autofree char *duration = NULL;

  if (status == ENT_STATUS_SEND_FAILED)
    return g_strdup (why_not_sent (reason));
  if (reason != ENT_REASON_UNREACHABLE || tried < 60)
    return g_strdup (why_not_delivered (reason));
  duration = ent_words_duration (tried);
  /* Translators: followed by a code or a full stop; %s is a duration such as "24 h". */
  return g_strdup_printf (_ ("Accepted by the carrier, but the phone could not be reached for %s"),
                          duration);
}

static char *
diagnose_failure (const EntMessage *message, EntStatus status)
{
  g_autofree char *what = failure (message, status);
  g_autofree char *code = shown_field (message, ENT_FIELD_RAW_CODE);

  if (code != NULL)
    /* Translators: a sentence without its full stop, then the carrier's or provider's code. */
    return g_strdup_printf (_ ("%s; code %s."), what, code);
  /* Translators: a sentence, to be ended with a full stop. */
  return g_strdup_printf (_ ("%s."), what);
}

static char *
diagnose_delivered (const EntMessage *message, gint64 now)
{
  gint64 seconds = ent_message_secs_to_deliver (message, now);
  g_autofree char *duration = ent_words_duration (seconds);

  if (message->stages & ENT_STAGE_FLAG_FAILED)
    return g_strdup (_ ("Delivered, although a failure was reported as well."));
  if (ent_channel_reports_reads (ent_message_get_channel (message)))
    {
      if (seconds >= 0)
        return g_strdup_printf (
            _ ("Delivered within %s; not read yet, or the person hides read receipts."), duration);
      return g_strdup (_ ("Delivered; not read yet, or the person hides read receipts."));
    }
  if (seconds >= 0)
    return g_strdup_printf (
        _ ("Delivered within %s; this channel cannot tell whether it was read."), duration);
  return g_strdup (_ ("Delivered; this channel cannot tell whether it was read."));
}

static char *
diagnose_read (const EntMessage *message, gint64 now)
{
  gint64 seconds = ent_message_secs_to_read (message, now);
  g_autofree char *duration = ent_words_duration (seconds);

  if (message->stages & ENT_STAGE_FLAG_FAILED)
    return g_strdup (_ ("Delivered and read, although a failure was reported as well."));
  if (seconds >= 0)
    return g_strdup_printf (_ ("Delivered, and read %s later."), duration);
  return g_strdup (_ ("Delivered and read."));
}

static char *
diagnose_queued (const EntMessage *message)
{
  g_autofree char *raw = shown_field (message, ENT_FIELD_RAW_STATUS);

  if (message->stages == 0 && raw != NULL)
    /* Translators: %s is the provider's own word for a status. */
    return g_strdup_printf (
        _ ("The provider reports “%s” and neither sent nor failed: counted as queued."), raw);
  return g_strdup (_ ("Accepted by the provider and not sent yet."));
}

char *
ent_words_diagnosis (const EntMessage *message, gint64 now)
{
  EntStatus status = ent_message_get_status (message);

  status = ent_status_at (status, ent_message_get_time (message, NULL), FALSE, now);
  switch (status)
    {
    case ENT_STATUS_QUEUED:
      return diagnose_queued (message);
    case ENT_STATUS_SENT:
      return g_strdup (
          _ ("Sent; delivery is not confirmed yet: the phone may be off or out of coverage."));
    case ENT_STATUS_UNCONFIRMED:
      return g_strdup (
          _ ("Sent, but nothing has confirmed delivery for 30 days; some carriers never do."));
    case ENT_STATUS_DELIVERED:
      return diagnose_delivered (message, now);
    case ENT_STATUS_READ:
      return diagnose_read (message, now);
    case ENT_STATUS_SEND_FAILED:
    case ENT_STATUS_NOT_DELIVERED:
      return diagnose_failure (message, status);
    case ENT_STATUS_RECEIVED:
      return g_strdup (_ ("Received from the customer."));
    default:
      return g_strdup ("");
    }
}
