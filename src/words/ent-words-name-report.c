/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of what makes a report: columns, periods, rates, formats, modes. */

#include "config.h"

#include "ent-words-name.h"

#include "ent-words-date.h"
#include "ent-words-name-private.h"

#include "ent-text.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define MAX_NAME_CHARS 300

const char *
ent_words_by (EntBy by)
{
  static const char *const names[ENT_N_BYS] = {
    [ENT_BY_DAY] = NC_ ("by", "Day"),
    [ENT_BY_HOUR] = NC_ ("by", "Hour"),
    [ENT_BY_WEEK] = NC_ ("by", "Week"),
    [ENT_BY_MONTH] = NC_ ("by", "Month"),
    [ENT_BY_SUBACCOUNT] = NC_ ("by", "Subaccount"),
    [ENT_BY_USER] = NC_ ("by", "User"),
    [ENT_BY_CAMPAIGN] = NC_ ("by", "Campaign"),
    [ENT_BY_CONTENT_TYPE] = NC_ ("by", "Content type"),
    [ENT_BY_STATUS] = NC_ ("by", "Status"),
    [ENT_BY_REASON] = NC_ ("by", "Reason"),
    [ENT_BY_CARRIER] = NC_ ("by", "Carrier"),
  };

  return ent_words_pick ("by", names, ENT_N_BYS, by);
}

const char *
ent_words_by_title (EntBy by)
{
  static const char *const names[ENT_N_BYS] = {
    [ENT_BY_DAY] = NC_ ("sheet", "By day"),
    [ENT_BY_HOUR] = NC_ ("sheet", "By hour"),
    [ENT_BY_WEEK] = NC_ ("sheet", "By week"),
    [ENT_BY_MONTH] = NC_ ("sheet", "By month"),
  };

  return names[by] != NULL ? ent_words_pick ("sheet", names, ENT_N_BYS, by) : ent_words_by (by);
}

const char *
ent_words_by_none (EntBy by)
{
  static const char *const names[ENT_N_BYS] = {
    /* Translators: the row of messages that have none. */
    [ENT_BY_SUBACCOUNT] = NC_ ("by none", "(no subaccount)"),
    [ENT_BY_USER] = NC_ ("by none", "(no user)"),
    [ENT_BY_CAMPAIGN] = NC_ ("by none", "(no campaign)"),
    [ENT_BY_CONTENT_TYPE] = NC_ ("by none", "(no content type)"),
    [ENT_BY_STATUS] = NC_ ("by none", "(no status)"),
    /* Translators: the row of messages that did not fail. */
    [ENT_BY_REASON] = NC_ ("by none", "(no failure)"),
    [ENT_BY_CARRIER] = NC_ ("by none", "(no carrier)"),
  };

  return ent_words_pick ("by none", names, ENT_N_BYS, by);
}

const char *
ent_words_column (EntColumn column)
{
  static const char *const names[ENT_N_COLUMNS] = {
    [ENT_COLUMN_MESSAGE_ID] = NC_ ("column", "Message ID"),
    [ENT_COLUMN_DIRECTION] = NC_ ("column", "Direction"),
    [ENT_COLUMN_CHANNEL] = NC_ ("column", "Channel"),
    [ENT_COLUMN_CREATED_AT] = NC_ ("column", "Date and time"),
    [ENT_COLUMN_SENT_AT] = NC_ ("column", "Sent at"),
    [ENT_COLUMN_DELIVERED_AT] = NC_ ("column", "Delivered at"),
    [ENT_COLUMN_READ_AT] = NC_ ("column", "Read at"),
    [ENT_COLUMN_FAILED_AT] = NC_ ("column", "Failed at"),
    [ENT_COLUMN_RECEIVED_AT] = NC_ ("column", "Received at"),
    [ENT_COLUMN_STATUS] = NC_ ("column", "Status"),
    [ENT_COLUMN_STAGE] = NC_ ("column", "Stage reached"),
    [ENT_COLUMN_REASON_CODE] = NC_ ("column", "Reason code"),
    [ENT_COLUMN_REASON] = NC_ ("column", "Reason"),
    [ENT_COLUMN_PHONE] = NC_ ("column", "Phone"),
    [ENT_COLUMN_CONTACT_NAME] = NC_ ("column", "Contact"),
    /* Translators: our side's number or short code. */
    [ENT_COLUMN_ORIGIN] = NC_ ("column", "Sender"),
    [ENT_COLUMN_CONTENT_TYPE] = NC_ ("column", "Content type"),
    [ENT_COLUMN_CONTENT] = NC_ ("column", "Content"),
    [ENT_COLUMN_SUBACCOUNT_ID] = NC_ ("column", "Subaccount ID"),
    [ENT_COLUMN_SUBACCOUNT] = NC_ ("column", "Subaccount"),
    [ENT_COLUMN_USER_ID] = NC_ ("column", "User ID"),
    [ENT_COLUMN_USER] = NC_ ("column", "User"),
    [ENT_COLUMN_CAMPAIGN_ID] = NC_ ("column", "Campaign ID"),
    [ENT_COLUMN_CAMPAIGN] = NC_ ("column", "Campaign"),
    [ENT_COLUMN_CORRELATION_ID] = NC_ ("column", "Correlation ID"),
    [ENT_COLUMN_EXTRA_INFO] = NC_ ("column", "Extra information"),
    [ENT_COLUMN_WITH_SESSION] = NC_ ("column", "Sent within session"),
    [ENT_COLUMN_CONVERSATION_ID] = NC_ ("column", "Conversation ID"),
    [ENT_COLUMN_CONVERSATION_TYPE] = NC_ ("column", "Conversation type"),
    [ENT_COLUMN_CONVERSATION_EXPIRES_AT] = NC_ ("column", "Conversation expires at"),
    [ENT_COLUMN_CARRIER] = NC_ ("column", "Carrier"),
    [ENT_COLUMN_PARTS] = NC_ ("column", "SMS parts"),
    [ENT_COLUMN_SECS_TO_DELIVER] = NC_ ("column", "Seconds to deliver"),
    [ENT_COLUMN_SECS_TO_READ] = NC_ ("column", "Seconds to read"),
    [ENT_COLUMN_UPDATED_AT] = NC_ ("column", "Updated at"),
    [ENT_COLUMN_SOURCE] = NC_ ("column", "Source"),
    [ENT_COLUMN_COVERAGE] = NC_ ("column", "Coverage"),
  };

  return ent_words_pick ("column", names, ENT_N_COLUMNS, column);
}

const char *
ent_words_period (EntPeriodKind kind)
{
  static const char *const names[ENT_N_PERIOD_TOKENS + 1] = {
    [ENT_PERIOD_TODAY] = NC_ ("period", "Today"),
    [ENT_PERIOD_YESTERDAY] = NC_ ("period", "Yesterday"),
    [ENT_PERIOD_LAST_7_DAYS] = NC_ ("period", "Last 7 days"),
    [ENT_PERIOD_LAST_30_DAYS] = NC_ ("period", "Last 30 days"),
    [ENT_PERIOD_LAST_90_DAYS] = NC_ ("period", "Last 90 days"),
    /* Translators: seven complete days that end yesterday. */
    [ENT_PERIOD_PREVIOUS_7_DAYS] = NC_ ("period", "Previous 7 days"),
    [ENT_PERIOD_THIS_WEEK] = NC_ ("period", "This week"),
    [ENT_PERIOD_PREVIOUS_WEEK] = NC_ ("period", "Previous week"),
    [ENT_PERIOD_THIS_MONTH] = NC_ ("period", "This month"),
    [ENT_PERIOD_PREVIOUS_MONTH] = NC_ ("period", "Previous month"),
    [ENT_PERIOD_DATES] = NC_ ("period", "Custom dates"),
  };

  return ent_words_pick ("period", names, G_N_ELEMENTS (names), kind);
}

const char *
ent_words_counter (guint index)
{
  static const char *const names[ENT_N_COUNTER_KEYS] = {
    NC_ ("counter", "Total"),  NC_ ("counter", "Sent"),       NC_ ("counter", "Delivered"),
    NC_ ("counter", "Read"),   NC_ ("counter", "Not sent"),   NC_ ("counter", "Not delivered"),
    NC_ ("counter", "Queued"), NC_ ("counter", "In transit"), NC_ ("counter", "Received"),
  };

  return ent_words_pick ("counter", names, ENT_N_COUNTER_KEYS, index);
}

const char *
ent_words_rate (EntRate rate)
{
  static const char *const names[ENT_N_RATES] = {
    [ENT_RATE_SENT] = NC_ ("rate", "Sent rate"),
    [ENT_RATE_DELIVERED] = NC_ ("rate", "Delivery rate"),
    [ENT_RATE_READ] = NC_ ("rate", "Read rate (at least)"),
    [ENT_RATE_ERROR] = NC_ ("rate", "Error rate"),
  };

  return ent_words_pick ("rate", names, ENT_N_RATES, rate);
}

char *
ent_words_rate_part (EntRate rate, EntRatePart part)
{
  if (part == ENT_RATE_NUMERATOR)
    /* Translators: head of a column: a rate's name. */
    return g_strdup_printf (C_ ("rate", "%s: numerator"), ent_words_rate (rate));
  if (part == ENT_RATE_DENOMINATOR)
    return g_strdup_printf (C_ ("rate", "%s: denominator"), ent_words_rate (rate));
  return g_strdup_printf (C_ ("rate", "%s (%%)"), ent_words_rate (rate));
}

const char *
ent_words_rate_definition (EntRate rate, EntPercentBase base)
{
  static const char *const of_previous[ENT_N_RATES] = {
    [ENT_RATE_SENT] = NC_ ("rate definition", "sent ÷ total"),
    [ENT_RATE_DELIVERED] = NC_ ("rate definition", "delivered ÷ sent"),
    /* Translators: WhatsApp and RCS report reads; SMS does not. */
    [ENT_RATE_READ] =
        NC_ ("rate definition", "read ÷ delivered over channels that can report reads"),
    [ENT_RATE_ERROR] = NC_ ("rate definition", "(not sent + not delivered) ÷ total"),
  };
  static const char *const of_total[ENT_N_RATES] = {
    [ENT_RATE_SENT] = NC_ ("rate definition", "sent ÷ total"),
    [ENT_RATE_DELIVERED] = NC_ ("rate definition", "delivered ÷ total"),
    [ENT_RATE_READ] = NC_ ("rate definition", "read ÷ total"),
    [ENT_RATE_ERROR] = NC_ ("rate definition", "(not sent + not delivered) ÷ total"),
  };

  return ent_words_pick ("rate definition", base == ENT_PERCENT_OF_TOTAL ? of_total : of_previous,
                         ENT_N_RATES, rate);
}

const char *
ent_words_flag (gboolean flag)
{
  return flag ? C_ ("flag", "yes") : C_ ("flag", "no");
}

const char *
ent_words_view (EntView view)
{
  return view == ENT_VIEW_DETAILED ? C_ ("view", "Detailed") : C_ ("view", "Consolidated");
}

const char *
ent_words_basis (EntBasis basis)
{
  return basis == ENT_BASIS_EVENT_DATE ? C_ ("basis", "Event date") : C_ ("basis", "Send date");
}

const char *
ent_words_percent_base (EntPercentBase base)
{
  return base == ENT_PERCENT_OF_TOTAL ? C_ ("percent base", "Total")
                                      : C_ ("percent base", "Previous stage");
}

const char *
ent_words_compare (EntCompare compare)
{
  static const char *const names[] = {
    [ENT_COMPARE_NONE] = NC_ ("compare", "No comparison"),
    [ENT_COMPARE_PREVIOUS_PERIOD] = NC_ ("compare", "Previous period"),
    [ENT_COMPARE_SAME_WEEKDAYS] = NC_ ("compare", "Same weekdays before"),
  };

  return ent_words_pick ("compare", names, G_N_ELEMENTS (names), compare);
}

const char *
ent_words_chart_style (EntChartStyle style)
{
  return style == ENT_CHART_LINES ? C_ ("chart", "Lines") : C_ ("chart", "Columns");
}

const char *
ent_words_format (EntFormat format)
{
  static const char *const names[] = {
    [ENT_FORMAT_CSV] = NC_ ("format", "CSV"),
    [ENT_FORMAT_XLSX] = NC_ ("format", "Excel (XLSX)"),
    [ENT_FORMAT_PDF] = NC_ ("format", "PDF"),
  };

  return ent_words_pick ("format", names, G_N_ELEMENTS (names), format);
}

const char *
ent_words_dialect (EntDialect dialect)
{
  static const char *const names[] = {
    [ENT_DIALECT_DEFAULT] = NC_ ("dialect", "As this computer writes numbers"),
    [ENT_DIALECT_EXCEL_PT] = NC_ ("dialect", "Excel with decimal comma"),
    [ENT_DIALECT_EXCEL_EN] = NC_ ("dialect", "Excel with decimal point"),
    [ENT_DIALECT_MACHINE] = NC_ ("dialect", "For machines"),
    [ENT_DIALECT_CUSTOM] = NC_ ("dialect", "Custom"),
  };

  return ent_words_pick ("dialect", names, G_N_ELEMENTS (names), dialect);
}

const char *
ent_words_dialect_help (EntDialect dialect)
{
  static const char *const names[] = {
    [ENT_DIALECT_DEFAULT] = N_ ("Opens right in a spreadsheet set to your language."),
    [ENT_DIALECT_EXCEL_PT] = N_ ("Semicolons between columns, decimal comma, UTF-8 with a mark."),
    [ENT_DIALECT_EXCEL_EN] = N_ ("Commas between columns, decimal point, UTF-8 with a mark."),
    [ENT_DIALECT_MACHINE] = N_ ("RFC 4180, ISO 8601 times, machine keys as heads; texts are not "
                                "made safe for spreadsheets."),
    [ENT_DIALECT_CUSTOM] = N_ ("Signs of your own choice."),
  };

  if ((guint) dialect >= G_N_ELEMENTS (names))
    return "";
  return _ (names[dialect]);
}

const char *
ent_words_privacy (EntPrivacy privacy)
{
  if (privacy & ENT_PRIVACY_LAST4)
    return C_ ("privacy", "Last four digits");
  if (privacy & ENT_PRIVACY_PSEUDONYM)
    return C_ ("privacy", "Pseudonyms");
  if (privacy & ENT_PRIVACY_NO_CONTENT)
    return C_ ("privacy", "No content");
  return C_ ("privacy", "Full");
}

const char *
ent_words_privacy_help (EntPrivacy privacy)
{
  if (privacy & ENT_PRIVACY_LAST4)
    return _ ("Phone numbers keep their last four digits; contact names are left out.");
  if (privacy & ENT_PRIVACY_PSEUDONYM)
    return _ ("Phone numbers become codes: the same number has the same code in all exports from "
              "this computer.");
  if (privacy & ENT_PRIVACY_NO_CONTENT)
    return _ ("Texts of messages are left out.");
  return _ ("Phone numbers, names and texts are written as they are.");
}

char *
ent_words_privacy_modes (EntPrivacy privacy)
{
  EntPrivacy phones = privacy & (ENT_PRIVACY_LAST4 | ENT_PRIVACY_PSEUDONYM);

  if (phones == 0 || !(privacy & ENT_PRIVACY_NO_CONTENT))
    return g_strdup (ent_words_privacy (privacy));
  /* Translators: two privacy modes together: "Last four digits, no content". */
  return g_strdup_printf (C_ ("privacy", "%s, no content"), ent_words_privacy (phones));
}

const char *
ent_words_export_state (int state)
{
  /* In the order of EntExportState, which this folder does not know. */
  static const char *const names[] = {
    NC_ ("export state", "Queued"),    NC_ ("export state", "Processing"),
    NC_ ("export state", "Finished"),  NC_ ("export state", "Failed"),
    NC_ ("export state", "Cancelled"), NC_ ("export state", "Interrupted"),
  };

  return ent_words_pick ("export state", names, G_N_ELEMENTS (names), (guint) state);
}

static char *
day_row (const char *key)
{
  EntDay day;

  return ent_day_parse (key, &day, NULL) ? ent_words_day (day) : g_strdup (key);
}

/* 2026-11-15T14 */
static char *
hour_row (const char *key)
{
  g_autofree char *date = g_strndup (key, MIN (strlen (key), 10));
  g_autofree char *day = NULL;
  g_autofree char *hour = NULL;

  if (strlen (key) != 13)
    return g_strdup (key);
  day = day_row (date);
  hour = ent_words_hour (atoi (key + 11));
  return g_strdup_printf ("%s %s", day, hour);
}

/* 2026-W46: the Monday of week 1 is that of the week that holds 4 January. */
static char *
week_row (const char *key)
{
  EntDay monday;

  if (strlen (key) != 8 || strncmp (key + 4, "-W", 2) != 0)
    return g_strdup (key);
  monday = ent_day_week_start (ent_day_from_ymd (atoi (key), 1, 4)) + 7 * (atoi (key + 6) - 1);
  return ent_words_day_range (monday, monday + 6);
}

static char *
month_row (const char *key)
{
  g_autofree char *date = g_strconcat (key, "-01", NULL);
  EntDay day;

  return ent_day_parse (date, &day, NULL) ? ent_words_month (day) : g_strdup (key);
}

static const char *
vocabulary_row (EntBy by, const char *key)
{
  EntContentType type;
  EntStatus status;
  EntReason reason;

  if (by == ENT_BY_CONTENT_TYPE && ent_content_type_from_key (key, &type))
    return ent_words_content_type (type);
  if (by == ENT_BY_STATUS && ent_status_from_key (key, &status))
    return ent_words_status (status);
  if (by == ENT_BY_REASON && ent_reason_from_key (key, &reason))
    return ent_words_reason (reason);
  return NULL;
}

char *
ent_words_row (EntBy by, const char *key)
{
  const char *word;

  if (*key == '\0')
    return g_strdup (ent_words_by_none (by));
  if (by == ENT_BY_DAY)
    return day_row (key);
  if (by == ENT_BY_HOUR)
    return hour_row (key);
  if (by == ENT_BY_WEEK)
    return week_row (key);
  if (by == ENT_BY_MONTH)
    return month_row (key);
  word = vocabulary_row (by, key);
  return word != NULL ? g_strdup (word) : ent_text_for_display (key, MAX_NAME_CHARS);
}
