/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message in words: what became of it and why. Any thread once ent_words_init has run. */
#pragma once

#include "ent-message.h"

G_BEGIN_DECLS

/* A stage on the life line: accepted, sent, delivered, read, failed; received for MO. */
const char *ent_words_life_stage (EntStageTime stage, EntDirection direction);
/* What has not happened (yet): "not read yet". */
const char *ent_words_life_stage_missing (EntStageTime stage);
/* For a stage that was implied by a later one: "time not reported". */
const char *ent_words_life_stage_inferred (void);

/* One sentence (or two) that says what happened, why, and what the sender can do. @now: for
 * unconfirmed messages. */
char *ent_words_diagnosis (const EntMessage *message, gint64 now);

/* The source's own code and text, when it has some: "code 104: absent subscriber"; else NULL. */
char *ent_words_raw_reason (const EntMessage *message);

G_END_DECLS
