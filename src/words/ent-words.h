/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sentence that export, command line and window share: this header has them all.
 * Functions returning const char * give translated text that is never freed; those
 * returning char * give text to free. Any thread once ent_words_init has run. */
#pragma once

#include "ent-words-coverage.h"
#include "ent-words-date.h"
#include "ent-words-error.h"
#include "ent-words-filter.h"
#include "ent-words-locale.h"
#include "ent-words-message.h"
#include "ent-words-name.h"
#include "ent-words-number.h"
#include "ent-words-report.h"
#include "ent-words-source.h"
#include "ent-words-starters.h"
