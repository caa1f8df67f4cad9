/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers as people, sources and masks write them. All numbers are invented. */

#include "config.h"

#include "ent-phone.h"

#include "ent-test-util.h"

#include <string.h>

static void
test_normalise (void)
{
  static const struct
  {
    const char *text;
    const char *digits;
  } cases[] = {
    { "+55 (11) 9 1234-5678", "5511912345678" },
    { "5511912345678", "5511912345678" },
    { "0055 11 91234.5678", "5511912345678" },
    { "(+55) [11] 91234-5678", "5511912345678" },
    { "\t+1 212 555 0100 ", "12125550100" },
    /* No-break spaces, a non-breaking hyphen, an en dash, direction marks around it. */
    { "\u202a+55\u00a011\u202f91234\u20115678\u202c", "5511912345678" },
    { "55 11 91234\u20135678", "5511912345678" },
    { "190", "190" },
    { "00190", "190" },
    { "0000190", "190" },
    { "011 91234", "01191234" },
    { "123456789012345", "123456789012345" },
    { "00123456789012345", "123456789012345" },
    { "1234567890123456", NULL },
    { "00000000000000000000000000190", NULL },
    { "12", NULL },
    { "0012", NULL },
    { "+", NULL },
    { "", NULL },
    { "++5511", NULL },
    { "55+11", NULL },
    { "5511x", NULL },
    { "tel:5511", NULL },
    { "55/11/1234", NULL },
    { "55,11", NULL },
    { "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x93\xef\xbc\x94", NULL }, /* full width 1234 */
    { "5511\xff"
      "1234",
      NULL },
    { "5511\xe2\x80", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = ent_phone_normalise (cases[i].text);
      g_autofree char *again = digits != NULL ? ent_phone_normalise (digits) : NULL;

      g_assert_cmpstr (digits, ==, cases[i].digits);
      g_assert_cmpstr (again, ==, digits);
    }
  g_assert_null (ent_phone_normalise (NULL));
}

static char *
random_digits (GRand *rand, guint least, guint most)
{
  guint length = (guint) g_rand_int_range (rand, (gint32) least, (gint32) most + 1);
  char *digits = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    digits[i] = (char) ('0' + g_rand_int_range (rand, 0, 10));
  digits[length] = '\0';
  return digits;
}

static int
sign (int value)
{
  return (value > 0) - (value < 0);
}

static void
test_pack_order (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();
  g_autofree char *last = g_strdup ("5511912345678");

  for (guint round = 0; round < 200000; round++)
    {
      g_autofree char *digits = random_digits (rand, 1, 16);
      char buffer[17];
      guint64 a, b;

      /* Common heads, so that the end decides now and then. */
      if (round % 2 == 0)
        memcpy (digits, last, MIN (strlen (digits), strlen (last) / 2 + 1));
      a = ent_phone_pack (digits);
      b = ent_phone_pack (last);
      g_assert_cmpuint (a, !=, 0);
      g_assert_cmpint ((a > b) - (a < b), ==, sign (strcmp (digits, last)));
      g_assert_cmpstr (ent_phone_unpack (a, buffer), ==, digits);
      g_free (last);
      last = g_steal_pointer (&digits);
    }
}

static void
test_pack_edges (void)
{
  char buffer[17];

  g_assert_cmphex (ent_phone_pack (NULL), ==, 0);
  g_assert_cmphex (ent_phone_pack (""), ==, 0);
  g_assert_cmphex (ent_phone_pack ("12345678901234567"), ==, 0);
  g_assert_cmphex (ent_phone_pack ("12a"), ==, 0);
  g_assert_cmphex (ent_phone_pack ("+12"), ==, 0);
  g_assert_cmphex (ent_phone_pack ("0"), ==, G_GUINT64_CONSTANT (0x1000000000000000));
  g_assert_cmphex (ent_phone_pack ("9999999999999999"), ==,
                   G_GUINT64_CONSTANT (0xaaaaaaaaaaaaaaaa));
  g_assert_cmpstr (ent_phone_unpack (0, buffer), ==, "");
  /* Damaged values end at the first nibble that is no digit. */
  g_assert_cmpstr (ent_phone_unpack (G_GUINT64_CONSTANT (0x12b4000000000000), buffer), ==, "01");
  g_assert_cmpstr (ent_phone_unpack (G_MAXUINT64, buffer), ==, "");
}

typedef struct
{
  const char *phone;
  const char *mask;
  const char *format;
  const char *last4;
} Shown;

static const Shown shown[] = {
  { "5511912344321", "+55 (11) 9****-4321", "+55 (11) 91234-4321", "****4321" },
  { "+55 11 91234-4321", "+55 (11) 9****-4321", "+55 (11) 91234-4321", "****4321" },
  { "551131234321", "+55 (11) ****-4321", "+55 (11) 3123-4321", "****4321" },
  { "525512344321", "+52 ****4321", "+525512344321", "****4321" },
  { "12125554321", "+1 ****4321", "+12125554321", "****4321" },
  { "351912344321", "+351 ****4321", "+351912344321", "****4321" },
  { "77012344321", "+7 ****4321", "+77012344321", "****4321" },
  /* Brazil's country code, but none of its numbers: area 10, nine digits without the 9. */
  { "5510912344321", "+55 ****4321", "+5510912344321", "****4321" },
  { "5511812344321", "+55 ****4321", "+5511812344321", "****4321" },
  { "55119123443210", "+55 ****3210", "+55119123443210", "****3210" },
  /* Short: at least four digits stay hidden, short codes take no plus. */
  { "12344321", "+1 ****4321", "+12344321", "****4321" },
  { "24744321", "****4321", "+24744321", "****4321" },
  { "2904321", "****", "+2904321", "****" },
  { "27182", "****", "27182", "****" },
  { "190", "****", "190", "****" },
  /* No numbers. */
  { "Loja Sul", "****", "Loja Sul", "****" },
  { "BR.1234567890", "****", "BR.1234567890", "****" },
  { "", "****", "", "****" },
};

static void
test_shown (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *mask = ent_phone_mask (shown[i].phone);
      g_autofree char *format = ent_phone_format (shown[i].phone);
      g_autofree char *last4 = ent_phone_last4 (shown[i].phone);

      g_assert_cmpstr (mask, ==, shown[i].mask);
      g_assert_cmpstr (format, ==, shown[i].format);
      g_assert_cmpstr (last4, ==, shown[i].last4);
    }
}

/* No mask tells which of two numbers it was that differ only in what is hidden. */
static void
test_mask_hides (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *digits = random_digits (rand, 3, 15);
      g_autofree char *mask = ent_phone_mask (digits);
      g_autofree char *last4 = ent_phone_last4 (digits);
      gsize length = strlen (digits);
      guint n_shown = 0;

      for (const char *p = mask; *p != '\0'; p++)
        n_shown += g_ascii_isdigit (*p);
      g_assert_nonnull (strstr (mask, "****"));
      g_assert_true (g_str_has_prefix (last4, "****"));
      g_assert_true (n_shown == 0 || n_shown + 3 <= length);
      if (length >= 10 && !g_str_has_prefix (digits, "00"))
        g_assert_true (g_str_has_suffix (mask, digits + length - 4));
    }
}

/* What is shown in full is understood again. */
static void
test_format_round_trip (void)
{
  g_autoptr (GRand) rand = ent_test_rand_new ();

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *tail = random_digits (rand, 5, 11);
      g_autofree char *digits = g_strconcat (round % 2 == 0 ? "5511" : "1", tail, NULL);
      g_autofree char *format = ent_phone_format (digits);
      g_autofree char *again = ent_phone_normalise (format);

      g_assert_cmpstr (again, ==, digits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/normalise", test_normalise);
  g_test_add_func ("/phone/pack-order", test_pack_order);
  g_test_add_func ("/phone/pack-edges", test_pack_edges);
  g_test_add_func ("/phone/shown", test_shown);
  g_test_add_func ("/phone/mask-hides", test_mask_hides);
  g_test_add_func ("/phone/format-round-trip", test_format_round_trip);
  return g_test_run ();
}
