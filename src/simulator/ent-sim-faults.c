/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The little language of --faults, and the decision which fault a request meets. See the header.
 */
#include "config.h"

#include "ent-sim-faults.h"

#include <string.h>

#include "ent-sim-error.h"

#define MAX_NUMBER 1000000000

G_DEFINE_QUARK (ent - sim - error - quark, ent_sim_error)

/* A fault's name, where its value goes, and the values it takes. */
typedef struct
{
  const char *name;
  gsize field;
  gboolean has_value; /* otherwise the field is a boolean */
  guint least;
  guint most;
} Fault;

#define FLAG(name, member)                                                                         \
  {                                                                                                \
    name, G_STRUCT_OFFSET (EntSimFaults, member), FALSE, 0, 0                                      \
  }
#define NUMBER(name, member, least, most)                                                          \
  {                                                                                                \
    name, G_STRUCT_OFFSET (EntSimFaults, member), TRUE, least, most                                \
  }

static const Fault known_faults[] = {
  FLAG ("unauthorized", unauthorized),
  FLAG ("forbidden", forbidden),
  FLAG ("unknown-status", unknown_status),
  FLAG ("unknown-fields", unknown_fields),
  FLAG ("duplicate-pages", duplicate_pages),
  NUMBER ("offline-after", offline_after, 0, MAX_NUMBER),
  NUMBER ("status", status, 300, 599),
  NUMBER ("retry-after", retry_after, 0, 86400),
  NUMBER ("truncate", truncate, 1, MAX_NUMBER),
  NUMBER ("html", html, 1, MAX_NUMBER),
  NUMBER ("empty-has-next", empty_has_next, 1, MAX_NUMBER),
  NUMBER ("bad-item", bad_item, 1, MAX_NUMBER),
  NUMBER ("slow", slow_ms, 0, 600000),
  NUMBER ("range-days", range_days, 1, ENT_SIM_USUAL_RANGE_DAYS),
};

static gboolean
parse_number (
    const char *what, const char *text, guint least, guint most, guint *value, GError **error)
{
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, least, most, &number, NULL))
    {
      g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                   "The fault '%s' needs a number from %u to %u", what, least, most);
      return FALSE;
    }
  *value = (guint) number;
  return TRUE;
}

/* The parts after the first colon; only how often a status comes can be said. */
static gboolean
parse_details (const Fault *fault, char **details, EntSimFaults *faults, GError **error)
{
  for (; *details != NULL; details++)
    {
      gboolean counted =
          g_str_equal (fault->name, "status") || g_str_equal (fault->name, "retry-after");

      if (counted && g_str_has_prefix (*details, "every="))
        {
          if (!parse_number ("every", *details + 6, 1, MAX_NUMBER, &faults->status_every, error))
            return FALSE;
        }
      else if (counted && g_str_has_prefix (*details, "times="))
        {
          if (!parse_number ("times", *details + 6, 1, MAX_NUMBER, &faults->status_times, error))
            return FALSE;
        }
      else
        {
          g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                       "The fault '%s' does not take '%s'", fault->name, *details);
          return FALSE;
        }
    }
  return TRUE;
}

static const Fault *
find_fault (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_faults); i++)
    if (strlen (known_faults[i].name) == length &&
        strncmp (known_faults[i].name, name, length) == 0)
      return &known_faults[i];
  return NULL;
}

static gboolean
parse_fault (const char *text, EntSimFaults *faults, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  const char *equals = strchr (parts[0], '=');
  const Fault *fault =
      find_fault (parts[0], equals != NULL ? (gsize) (equals - parts[0]) : strlen (parts[0]));

  if (fault == NULL || (!fault->has_value && equals != NULL))
    {
      g_set_error (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE, "There is no fault '%s'", text);
      return FALSE;
    }
  if (!fault->has_value)
    G_STRUCT_MEMBER (gboolean, faults, fault->field) = TRUE;
  else if (!parse_number (fault->name, equals != NULL ? equals + 1 : NULL, fault->least,
                          fault->most, &G_STRUCT_MEMBER (guint, faults, fault->field), error))
    return FALSE;

  faults->offline |= g_str_equal (fault->name, "offline-after");
  faults->has_retry_after |= g_str_equal (fault->name, "retry-after");
  return parse_details (fault, parts + 1, faults, error);
}

/**
 * ent_sim_faults_parse:
 * @spec: faults with commas between, as ent_sim_faults_get_help() says; may be empty
 * @faults: (out caller-allocates): what @spec asks for
 * @error: set to %ENT_SIM_ERROR_USAGE
 */
gboolean
ent_sim_faults_parse (const char *spec, EntSimFaults *faults, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (spec, ",", -1);

  memset (faults, 0, sizeof *faults);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0')
      {
        g_set_error_literal (error, ENT_SIM_ERROR, ENT_SIM_ERROR_USAGE,
                             "There is a fault missing beside a comma");
        return FALSE;
      }
    else if (!parse_fault (parts[i], faults, error))
      return FALSE;

  /* Asked to wait without a reason given: too many requests, every other time. */
  if (faults->has_retry_after && faults->status == 0)
    {
      faults->status = 429;
      if (faults->status_every == 0)
        faults->status_every = 2;
    }
  if (faults->status_every == 0)
    faults->status_every = 1;
  return TRUE;
}

static gboolean
meets_status (const EntSimFaults *faults, guint request)
{
  return faults->status != 0 && request % faults->status_every == 0 &&
         (faults->status_times == 0 || request / faults->status_every <= faults->status_times);
}

/**
 * ent_sim_faults_judge:
 * @request: its number, from 1
 *
 * Returns: what becomes of the request; the first fault that applies
 */
EntSimVerdict
ent_sim_faults_judge (const EntSimFaults *faults, guint request)
{
  if (faults->offline && request > faults->offline_after)
    return ENT_SIM_VERDICT_CLOSE;
  if (faults->unauthorized)
    return ENT_SIM_VERDICT_UNAUTHORIZED;
  if (faults->forbidden)
    return ENT_SIM_VERDICT_FORBIDDEN;
  if (meets_status (faults, request))
    return ENT_SIM_VERDICT_STATUS;
  if (request == faults->html)
    return ENT_SIM_VERDICT_HTML;
  if (request == faults->truncate)
    return ENT_SIM_VERDICT_TRUNCATE;
  if (request == faults->empty_has_next)
    return ENT_SIM_VERDICT_EMPTY_HAS_NEXT;
  if (request == faults->bad_item)
    return ENT_SIM_VERDICT_BAD_ITEM;
  return ENT_SIM_VERDICT_ANSWER;
}

/**
 * ent_sim_faults_get_help:
 *
 * Returns: (transfer none): the faults and what they do, for --help
 */
const char *
ent_sim_faults_get_help (void)
{
  return "Faults (with commas between; N counts the requests for messages, from 1):\n"
         "  unauthorized         every request is answered 401\n"
         "  forbidden            every request is answered 403\n"
         "  offline-after=N      after N requests connections are closed without an answer\n"
         "  status=CODE[:every=N][:times=N]\n"
         "                       every Nth request (all by default) is answered CODE, N times\n"
         "  retry-after=SECONDS[:every=N][:times=N]\n"
         "                       these answers carry Retry-After; alone: 429, every 2nd request\n"
         "  truncate=N           the JSON of answer N stops in the middle\n"
         "  html=N               answer N is a web page\n"
         "  empty-has-next=N     answer N has no messages, and says that more follow\n"
         "  bad-item=N           one message of answer N has fields of wrong types\n"
         "  slow=MS              each answer comes MS milliseconds late\n"
         "  range-days=N         periods that begin more than N days ago are refused\n"
         "  unknown-status       one message in ten has a status that nobody knows\n"
         "  unknown-fields       answers have fields that nobody knows\n"
         "  duplicate-pages      each page repeats the end of the page before";
}
