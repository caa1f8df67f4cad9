/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language and the habits of writing numbers. Set once from main, before threads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sets the locale of the process and binds our translations (folder: ENTREGA_LOCALEDIR, else
 * where they were installed). @locale: pt_BR, es, en …, NULL for the environment's. Where the
 * system lacks that locale, text is translated all the same and numbers follow our own table.
 * FALSE where @locale is no locale name or no language of ours (then the environment's is used).
 * LC_NUMERIC is left at "C", so that no library writes decimal commas into files: call
 * gtk_disable_setlocale () before gtk_init. */
gboolean ent_words_init (const char *locale);

/* The locale in force: pt_BR, es_MX, en_US; "en" for C. For ent_report_new and the like. */
const char *ent_words_get_locale (void);
/* "," or "."; the group sign may be a no-break space. */
const char *ent_words_get_decimal_sign (void);
const char *ent_words_get_group_sign (void);
/* Whether the decimal sign is a comma: then CSV files are excel-pt by default. */
gboolean ent_words_has_decimal_comma (void);
/* First day of the week as people here see it: 0 = Monday, 6 = Sunday. */
int ent_words_get_first_weekday (void);

G_END_DECLS
