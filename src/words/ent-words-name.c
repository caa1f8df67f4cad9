/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and one-sentence explanations of what a message is and became. Terms follow the
 * project's glossary; the same English word may have several contexts, because other languages
 * tell a message (singular, feminine in Portuguese) from a column of numbers. */

#include "config.h"

#include "ent-words-name.h"

#include "ent-words-name-private.h"

#include <glib/gi18n-lib.h>

const char *
ent_words_pick (const char *context, const char *const *names, guint n, guint index)
{
  if (index >= n || names[index] == NULL || *names[index] == '\0')
    return "";
  return g_dpgettext2 (GETTEXT_PACKAGE, context, names[index]);
}

const char *
ent_words_channel (EntChannel channel)
{
  static const char *const names[ENT_N_CHANNELS] = {
    [ENT_CHANNEL_WHATSAPP] = NC_ ("channel", "WhatsApp"),
    [ENT_CHANNEL_SMS] = NC_ ("channel", "SMS"),
    [ENT_CHANNEL_RCS] = NC_ ("channel", "RCS"),
    [ENT_CHANNEL_MMS] = NC_ ("channel", "MMS"),
    [ENT_CHANNEL_OTHER] = NC_ ("channel", "Other"),
  };

  return ent_words_pick ("channel", names, ENT_N_CHANNELS, channel);
}

const char *
ent_words_direction (EntDirection direction)
{
  static const char *const names[ENT_N_DIRECTIONS] = {
    /* Translators: mobile terminated, sent to the customer. */
    [ENT_DIRECTION_MT] = NC_ ("direction", "Sent to customer (MT)"),
    /* Translators: mobile originated, received from the customer. */
    [ENT_DIRECTION_MO] = NC_ ("direction", "Received from customer (MO)"),
  };

  return ent_words_pick ("direction", names, ENT_N_DIRECTIONS, direction);
}

const char *
ent_words_direction_short (EntDirection direction)
{
  static const char *const names[ENT_N_DIRECTIONS] = {
    [ENT_DIRECTION_MT] = NC_ ("short direction", "Sent"),
    [ENT_DIRECTION_MO] = NC_ ("short direction", "Received"),
  };

  return ent_words_pick ("short direction", names, ENT_N_DIRECTIONS, direction);
}

const char *
ent_words_content_type (EntContentType type)
{
  static const char *const names[ENT_N_CONTENT_TYPES] = {
    [ENT_CONTENT_TYPE_TEXT] = NC_ ("content type", "Text"),
    /* Translators: a WhatsApp message template, not a report template. */
    [ENT_CONTENT_TYPE_TEMPLATE] = NC_ ("content type", "Template"),
    [ENT_CONTENT_TYPE_IMAGE] = NC_ ("content type", "Image"),
    [ENT_CONTENT_TYPE_AUDIO] = NC_ ("content type", "Audio"),
    [ENT_CONTENT_TYPE_VIDEO] = NC_ ("content type", "Video"),
    [ENT_CONTENT_TYPE_DOCUMENT] = NC_ ("content type", "Document"),
    [ENT_CONTENT_TYPE_STICKER] = NC_ ("content type", "Sticker"),
    [ENT_CONTENT_TYPE_LOCATION] = NC_ ("content type", "Location"),
    [ENT_CONTENT_TYPE_CONTACT] = NC_ ("content type", "Contact"),
    [ENT_CONTENT_TYPE_INTERACTIVE] = NC_ ("content type", "Interactive"),
    [ENT_CONTENT_TYPE_OTHER] = NC_ ("content type", "Other"),
  };

  return ent_words_pick ("content type", names, ENT_N_CONTENT_TYPES, type);
}

const char *
ent_words_status (EntStatus status)
{
  static const char *const names[ENT_N_STATUSES] = {
    /* Translators: the present state of one message ("a mensagem", "el mensaje"). */
    [ENT_STATUS_QUEUED] = NC_ ("status", "Queued"),
    [ENT_STATUS_SENT] = NC_ ("status", "Sent"),
    [ENT_STATUS_DELIVERED] = NC_ ("status", "Delivered"),
    [ENT_STATUS_READ] = NC_ ("status", "Read"),
    [ENT_STATUS_SEND_FAILED] = NC_ ("status", "Not sent"),
    [ENT_STATUS_NOT_DELIVERED] = NC_ ("status", "Not delivered"),
    [ENT_STATUS_RECEIVED] = NC_ ("status", "Received"),
    [ENT_STATUS_UNCONFIRMED] = NC_ ("status", "Unconfirmed"),
  };

  return ent_words_pick ("status", names, ENT_N_STATUSES, status);
}

const char *
ent_words_status_help (EntStatus status)
{
  static const char *const names[ENT_N_STATUSES] = {
    [ENT_STATUS_QUEUED] = N_ ("Accepted by the provider and not sent yet."),
    [ENT_STATUS_SENT] = N_ ("Handed to the carrier or to WhatsApp; delivery is not confirmed yet."),
    [ENT_STATUS_DELIVERED] =
        N_ ("It reached the phone; a message that was read too counts as read."),
    [ENT_STATUS_READ] = N_ ("The recipient opened it and allows read receipts."),
    [ENT_STATUS_SEND_FAILED] = N_ ("Refused before it was handed to the carrier or to WhatsApp."),
    [ENT_STATUS_NOT_DELIVERED] = N_ ("Sent, but it did not reach the phone."),
    [ENT_STATUS_RECEIVED] = N_ ("Sent by the customer to you."),
    [ENT_STATUS_UNCONFIRMED] =
        N_ ("Sent over 30 days ago, or over a carrier that never confirms, without any report."),
  };

  if ((guint) status >= ENT_N_STATUSES)
    return "";
  return _ (names[status]);
}

const char *
ent_words_stage (EntStage stage)
{
  static const char *const names[ENT_N_STAGES] = {
    [ENT_STAGE_TOTAL] = NC_ ("stage", "Total messages"),
    /* Translators: these are heads of columns of numbers: how many were sent. */
    [ENT_STAGE_SENT] = NC_ ("stage", "Sent"),
    [ENT_STAGE_DELIVERED] = NC_ ("stage", "Delivered"),
    [ENT_STAGE_READ] = NC_ ("stage", "Read"),
    [ENT_STAGE_ERRORS] = NC_ ("stage", "With errors"),
    [ENT_STAGE_SEND_FAILED] = NC_ ("stage", "Not sent"),
    [ENT_STAGE_NOT_DELIVERED] = NC_ ("stage", "Not delivered"),
    [ENT_STAGE_PENDING] = NC_ ("stage", "Pending"),
    [ENT_STAGE_RECEIVED] = NC_ ("stage", "Received"),
  };

  return ent_words_pick ("stage", names, ENT_N_STAGES, stage);
}

const char *
ent_words_stage_help (EntStage stage)
{
  static const char *const names[ENT_N_STAGES] = {
    [ENT_STAGE_TOTAL] =
        N_ ("All messages handed to the provider for customers, whatever became of them."),
    [ENT_STAGE_SENT] =
        N_ ("Messages that went out to the carrier or to WhatsApp; sent does not mean delivered."),
    [ENT_STAGE_DELIVERED] = N_ ("Messages that reached the phone, also those that were read."),
    [ENT_STAGE_READ] = N_ ("Messages that were opened; at least, since read receipts can be "
                           "switched off and SMS has none."),
    [ENT_STAGE_ERRORS] = N_ ("Messages that were not sent or not delivered."),
    [ENT_STAGE_SEND_FAILED] = N_ ("Messages refused before they went out."),
    [ENT_STAGE_NOT_DELIVERED] = N_ ("Messages that went out and did not reach the phone."),
    [ENT_STAGE_PENDING] = N_ ("Messages still queued or on their way, without any result yet."),
    [ENT_STAGE_RECEIVED] = N_ ("Messages that customers sent to you; they enter no percentage."),
  };

  if ((guint) stage >= ENT_N_STAGES)
    return "";
  return _ (names[stage]);
}

const char *
ent_words_reason (EntReason reason)
{
  static const char *const names[ENT_N_REASONS] = {
    [ENT_REASON_NONE] = "",
    [ENT_REASON_INVALID_NUMBER] = NC_ ("reason", "Invalid number"),
    [ENT_REASON_UNREACHABLE] = NC_ ("reason", "Phone unreachable"),
    [ENT_REASON_EXPIRED] = NC_ ("reason", "Time to live expired"),
    [ENT_REASON_BLOCKED] = NC_ ("reason", "Blocked (opt-out or list)"),
    [ENT_REASON_CONTENT] = NC_ ("reason", "Content or template refused"),
    [ENT_REASON_WINDOW] = NC_ ("reason", "Outside WhatsApp's 24 h window"),
    [ENT_REASON_QUOTA] = NC_ ("reason", "Credit or limit used up"),
    [ENT_REASON_PLATFORM] = NC_ ("reason", "Carrier or platform failure"),
    [ENT_REASON_UNKNOWN] = NC_ ("reason", "Unknown reason"),
  };

  return ent_words_pick ("reason", names, ENT_N_REASONS, reason);
}

const char *
ent_words_reason_help (EntReason reason)
{
  static const char *const names[ENT_N_REASONS] = {
    [ENT_REASON_NONE] = "",
    [ENT_REASON_INVALID_NUMBER] = N_ ("The number does not exist or has no account on this "
                                      "channel: correct it or take it off the list."),
    [ENT_REASON_UNREACHABLE] = N_ (
        "The phone was off, out of coverage or full: send again later, or over another channel."),
    [ENT_REASON_EXPIRED] =
        N_ ("The message waited longer than its time to live: send again, or give it more time."),
    [ENT_REASON_BLOCKED] = N_ ("The person opted out or the number is on a block list: do not send "
                               "again without a new consent."),
    [ENT_REASON_CONTENT] = N_ ("The text or the template broke a rule of the channel: correct it "
                               "or have the template approved."),
    [ENT_REASON_WINDOW] = N_ ("The customer had not written in the last 24 hours: outside that "
                              "window WhatsApp takes approved templates only."),
    [ENT_REASON_QUOTA] =
        N_ ("The account's credit or a sending limit was used up: top up, or send more slowly."),
    [ENT_REASON_PLATFORM] = N_ ("The carrier or the platform failed: send again, and tell the "
                                "provider's support if it goes on."),
    [ENT_REASON_UNKNOWN] = N_ ("The provider gave no reason that is known here: ask its support "
                               "with the message ID and the code."),
  };

  if ((guint) reason >= ENT_N_REASONS || *names[reason] == '\0')
    return "";
  return _ (names[reason]);
}

const char *
ent_words_coverage (EntCoverage coverage)
{
  static const char *const names[ENT_N_COVERAGES] = {
    [ENT_COVERAGE_NONE] = NC_ ("coverage", "No data"),
    [ENT_COVERAGE_PARTIAL] = NC_ ("coverage", "Partial"),
    [ENT_COVERAGE_STALE] = NC_ ("coverage", "Out of date"),
    [ENT_COVERAGE_COMPLETE] = NC_ ("coverage", "Complete"),
  };

  return ent_words_pick ("coverage", names, ENT_N_COVERAGES, coverage);
}

const char *
ent_words_coverage_help (EntCoverage coverage)
{
  static const char *const names[ENT_N_COVERAGES] = {
    [ENT_COVERAGE_NONE] = N_ ("Never synchronised: this is not a zero."),
    [ENT_COVERAGE_PARTIAL] =
        N_ ("Only a part of this time was synchronised, or it is not over yet."),
    [ENT_COVERAGE_STALE] = N_ ("Some messages may have moved on since this was last synchronised."),
    [ENT_COVERAGE_COMPLETE] = N_ ("All of it was synchronised."),
  };

  if ((guint) coverage >= ENT_N_COVERAGES)
    return "";
  return _ (names[coverage]);
}
