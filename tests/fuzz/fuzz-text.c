/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as text: cleaned, folded, shown, made a file name. The first byte is the cap. */

#include "config.h"

#include "ent-text.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_clean (const char *bytes, gsize length, gsize cap)
{
  g_autofree char *clean = ent_text_clean (bytes, (gssize) length, cap);
  g_autofree char *again = ent_text_clean (clean, -1, cap);
  gboolean same = strlen (clean) == length && memcmp (clean, bytes, length) == 0;

  g_assert (strlen (clean) <= cap);
  g_assert (g_utf8_validate (clean, -1, NULL));
  g_assert (strcmp (clean, again) == 0);
  g_assert (ent_text_is_clean (clean, strlen (clean), cap));
  g_assert (ent_text_is_clean (bytes, length, cap) == same);
}

static void
check_shown (const char *text, gsize cap)
{
  g_autofree char *display = ent_text_for_display (text, cap);
  g_autofree char *reading = ent_text_for_reading (text);

  g_assert (g_utf8_validate (display, -1, NULL));
  g_assert (g_utf8_validate (reading, -1, NULL));
  g_assert (g_utf8_strlen (display, -1) <= (glong) cap);
  g_assert (strpbrk (display, "\t\r\n") == NULL);
  g_assert (strstr (reading, "\u202e") == NULL);
}

static void
check_folded (const char *text)
{
  g_autofree char *folded = ent_text_fold (text);
  g_autofree char *again = ent_text_fold (folded);

  g_assert (strcmp (folded, again) == 0);
  g_assert (ent_text_contains_folded (text, folded));
}

static void
check_file_name (const char *text)
{
  g_autofree char *name = ent_text_file_name (text);
  g_autofree char *again = ent_text_file_name (name);

  g_assert (*name != '\0' && strlen (name) <= 200);
  g_assert (strpbrk (name, "/\\:*?\"<>|") == NULL);
  g_assert (strchr (". -", *name) == NULL);
  g_assert (strcmp (name, again) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;

  /* Copies of the exact size let the sanitizer see each byte that is read beyond the end. */
  text = g_strndup ((const char *) data + 1, size - 1);
  check_clean ((const char *) data + 1, size - 1, (gsize) data[0] + 1);
  check_shown (text, data[0]);
  check_folded (text);
  check_file_name (text);
  return 0;
}
