/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which paper is in the tray, by country. Pure apart from the locale in force. */

#include "config.h"

#include "ent-pdf-paper.h"

#include "ent-words-locale.h"

#include <string.h>

/* Countries of the Americas and the Philippines that kept Letter; the rest of the world, Brazil and
 * Argentina among them, has A4. */
static const char *const letter_countries[] = { "US", "CA", "MX", "PR", "GT", "SV", "HN", "NI",
                                                "CR", "PA", "DO", "CO", "VE", "CL", "PH" };

gboolean
ent_pdf_paper_is_letter (void)
{
  const char *country = strchr (ent_words_get_locale (), '_');

  for (guint i = 0; country != NULL && i < G_N_ELEMENTS (letter_countries); i++)
    if (strncmp (country + 1, letter_countries[i], 2) == 0)
      return TRUE;
  return FALSE;
}

EntPdfPaper
ent_pdf_paper_default (void)
{
  return ent_pdf_paper_is_letter () ? ENT_PDF_PAPER_LETTER : ENT_PDF_PAPER_A4;
}
