/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and times, in each language; the clock stands at 22 November 2026, 14:05 in São Paulo. */

#include "config.h"

#include "ent-test-words.h"

#include "ent-observation.h"

static EntDay
day (const char *text)
{
  EntDay result;

  g_assert_true (ent_day_parse (text, &result, NULL));
  return result;
}

static gint64
instant (const char *text)
{
  gint64 result;

  g_assert_true (ent_instant_parse (text, -1, NULL, &result, NULL));
  return result;
}

static void
test_days (void)
{
  EntDay wednesday = day ("2026-11-18");

  assert_take (ent_words_day (wednesday), EXPECT ("Wed 18 Nov", "qua 18 nov", "mié 18 nov"));
  assert_take (ent_words_day (day ("2025-11-19")),
               EXPECT ("Wed 19 Nov 2025", "qua 19 nov 2025", "mié 19 nov 2025"));
  assert_take (ent_words_day_full (wednesday), EXPECT ("18 Nov 2026", "18/11/2026", "18/11/2026"));
  assert_take (ent_words_day_axis (day ("2026-11-02")), EXPECT ("2 Nov", "02/11", "02/11"));
  assert_take (ent_words_day_long (wednesday),
               EXPECT ("Wednesday, 18 November 2026", "quarta-feira, 18 de novembro de 2026",
                       "miércoles, 18 de noviembre de 2026"));
  assert_take (ent_words_month (wednesday),
               EXPECT ("November 2026", "novembro de 2026", "noviembre de 2026"));
  g_assert_cmpstr (ent_words_weekday (6), ==, EXPECT ("Sunday", "domingo", "domingo"));
}

static void
test_ranges (void)
{
  assert_take (ent_words_day_range (day ("2026-11-16"), day ("2026-11-22")),
               EXPECT ("16–22 Nov", "16–22 nov", "16–22 nov"));
  assert_take (ent_words_day_range (day ("2026-10-28"), day ("2026-11-03")),
               EXPECT ("28 Oct – 3 Nov", "28/10 – 03/11", "28/10 – 03/11"));
  assert_take (
      ent_words_day_range (day ("2025-12-28"), day ("2026-01-03")),
      EXPECT ("28 Dec 2025 – 3 Jan 2026", "28/12/2025 – 03/01/2026", "28/12/2025 – 03/01/2026"));
  assert_take (ent_words_day_range (day ("2026-11-18"), day ("2026-11-18")),
               EXPECT ("Wed 18 Nov", "qua 18 nov", "mié 18 nov"));
  assert_take (ent_words_day_range_full (day ("2026-11-16"), day ("2026-11-22")),
               EXPECT ("16–22 Nov 2026", "16–22 nov 2026", "16–22 nov 2026"));
}

static void
test_times (void)
{
  g_autoptr (EntZone) zone = ent_zone_new ("America/Sao_Paulo", NULL);
  gint64 now = ent_clock_now ();
  gint64 then = instant ("2026-11-18T17:03:12Z");

  assert_take (ent_words_time (then, zone), "14:03");
  assert_take (ent_words_time_seconds (then, zone), "14:03:12");
  assert_take (ent_words_date_time (then, zone),
               EXPECT ("18 Nov 14:03:12", "18/11 14:03:12", "18/11 14:03:12"));
  assert_take (ent_words_date_time_full (then, zone),
               EXPECT ("18 Nov 2026 14:03:12", "18/11/2026 14:03:12", "18/11/2026 14:03:12"));
  assert_take (ent_words_when (now, zone, now), EXPECT ("today 14:05", "hoje 14:05", "hoy 14:05"));
  assert_take (ent_words_when (now - 86400000, zone, now),
               EXPECT ("yesterday 14:05", "ontem 14:05", "ayer 14:05"));
  assert_take (ent_words_when (then, zone, now),
               EXPECT ("Wed 18 Nov 14:03", "qua 18 nov 14:03", "mié 18 nov 14:03"));
  assert_take (ent_words_date_time (ENT_TIME_NONE, zone), "");
}

static void
test_periods (void)
{
  g_autoptr (EntZone) zone = ent_zone_new ("America/Sao_Paulo", NULL);
  EntPeriod period = { .kind = ENT_PERIOD_LAST_7_DAYS };

  assert_take (ent_words_period_resolved (&period, zone, ent_clock_now ()),
               EXPECT ("Last 7 days · 16–22 Nov", "Últimos 7 dias · 16–22 nov",
                       "Últimos 7 días · 16–22 nov"));
  g_assert_true (ent_period_init_dates (&period, day ("2026-11-01"), day ("2026-11-03"), NULL));
  assert_take (ent_words_period_of (&period), EXPECT ("1–3 Nov", "1–3 nov", "1–3 nov"));
}

static void
test_rows (void)
{
  assert_take (ent_words_row (ENT_BY_DAY, "2026-11-18"),
               EXPECT ("Wed 18 Nov", "qua 18 nov", "mié 18 nov"));
  assert_take (ent_words_row (ENT_BY_HOUR, "2026-11-18T14"),
               EXPECT ("Wed 18 Nov 14:00", "qua 18 nov 14:00", "mié 18 nov 14:00"));
  assert_take (ent_words_row (ENT_BY_WEEK, "2026-W47"),
               EXPECT ("16–22 Nov", "16–22 nov", "16–22 nov"));
  assert_take (ent_words_row (ENT_BY_MONTH, "2026-11"),
               EXPECT ("November 2026", "novembro de 2026", "noviembre de 2026"));
  assert_take (ent_words_row (ENT_BY_STATUS, "read"), EXPECT ("Read", "Lida", "Leído"));
  assert_take (ent_words_row (ENT_BY_CAMPAIGN, ""),
               EXPECT ("(no campaign)", "(sem campanha)", "(sin campaña)"));
  assert_take (ent_words_row (ENT_BY_CAMPAIGN, "read"), "read");
  /* Keys that are none are shown as they are. */
  assert_take (ent_words_row (ENT_BY_DAY, "soon"), "soon");
  assert_take (ent_words_row (ENT_BY_HOUR, "soon"), "soon");
  assert_take (ent_words_row (ENT_BY_WEEK, "soon"), "soon");
  assert_take (ent_words_row (ENT_BY_MONTH, "soon"), "soon");
}

static void
assert_parsed (const char *text, const char *wanted)
{
  EntDay result;
  gboolean ok = ent_words_parse_day (text, &result);

  g_test_message ("%s", text);
  g_assert_cmpint (ok, ==, wanted != NULL);
  if (wanted != NULL)
    assert_take (ent_day_format (result), wanted);
}

static void
test_parsing (void)
{
  gboolean en = g_str_has_prefix (ent_words_get_locale (), "en");

  assert_parsed ("2026-11-22", "2026-11-22");
  assert_parsed (" 2026-11-22 ", "2026-11-22");
  assert_parsed (en ? "11/22/2026" : "22/11/2026", "2026-11-22");
  assert_parsed (en ? "11/22/26" : "22/11/26", "2026-11-22");
  assert_parsed (en ? "11/22" : "22/11", "2026-11-22");
  assert_parsed (EXPECT ("22 Nov 2026", "22 nov 2026", "22 nov. 2026"), "2026-11-22");
  assert_parsed (EXPECT ("22 November", "22 de novembro", "22 de noviembre"), "2026-11-22");
  assert_parsed (EXPECT ("1 March 2024", "1 de março de 2024", "1 de MARZO de 2024"), "2024-03-01");
  assert_parsed ("29/02/2026", NULL);
  assert_parsed ("2026-13-01", NULL);
  assert_parsed ("22", NULL);
  assert_parsed ("", NULL);
  assert_parsed ("yesterday", NULL);
  assert_parsed ("22 Foo 2026", NULL);
  assert_parsed ("1/1/202", NULL);
  assert_parsed ("1/1/2026/5", NULL);
}

/* What is shown in full is understood when it is typed. */
static void
test_parsing_what_is_shown (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  /* Americans see 3 Apr 2026 and may type it so too. */
  for (guint i = 0; i < 2000; i++)
    {
      EntDay wanted = g_rand_int_range (rand, 12000, 24000);
      EntDay found;
      g_autofree char *text = ent_words_day_full (wanted);

      g_assert_true (ent_words_parse_day (text, &found));
      g_assert_cmpint (found, ==, wanted);
    }
}

static void
test_coverage (void)
{
  g_autoptr (EntZone) zone = ent_zone_new ("America/Sao_Paulo", NULL);
  const guint complete[ENT_N_COVERAGES] = { [ENT_COVERAGE_COMPLETE] = 7 };
  const guint mixed[ENT_N_COVERAGES] = {
    [ENT_COVERAGE_COMPLETE] = 4, [ENT_COVERAGE_PARTIAL] = 1, [ENT_COVERAGE_NONE] = 2
  };
  EntChannel sms = ENT_CHANNEL_SMS;

  assert_take (ent_words_synchronised (ent_clock_now (), zone, ent_clock_now ()),
               EXPECT ("Synchronised until today 14:05", "Sincronizado até hoje 14:05",
                       "Sincronizado hasta hoy 14:05"));
  assert_take (ent_words_synchronised (0, zone, ent_clock_now ()),
               EXPECT ("Never synchronised", "Nunca sincronizado", "Nunca sincronizado"));
  g_assert_null (ent_words_coverage_days (complete));
  assert_take (ent_words_coverage_days (mixed),
               EXPECT ("Of 7 days, 4 are complete, 1 is partial, 2 have no data.",
                       "De 7 dias, 4 estão completos, 1 está parcial, 2 estão sem dados.",
                       "De 7 días, 4 están completos, 1 está parcial, 2 no tienen datos."));
  assert_take (ent_words_nothing_in (&sms, day ("2026-11-16"), day ("2026-11-22")),
               EXPECT ("No SMS messages in 16–22 Nov.", "Nenhuma mensagem de SMS em 16–22 nov.",
                       "Ningún mensaje de SMS en 16–22 nov."));
}

int
main (int argc, char **argv)
{
  start (&argc, &argv);
  g_test_add_func ("/dates/days", test_days);
  g_test_add_func ("/dates/ranges", test_ranges);
  g_test_add_func ("/dates/times", test_times);
  g_test_add_func ("/dates/periods", test_periods);
  g_test_add_func ("/dates/rows", test_rows);
  g_test_add_func ("/dates/parsing", test_parsing);
  g_test_add_func ("/dates/parsing-what-is-shown", test_parsing_what_is_shown);
  g_test_add_func ("/dates/coverage", test_coverage);
  return g_test_run ();
}
