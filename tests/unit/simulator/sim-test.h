/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the simulator's tests share: a small world, and asking it as a client would. Main thread;
 * failures end the test.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "ent-sim-engage.h"
#include "ent-sim-world.h"

G_BEGIN_DECLS

/* The last day of most tests' worlds, and the day after it. */
#define SIM_TEST_END "2026-11-15"
#define SIM_TEST_CLOCK "2026-11-16T03:00:00Z"

EntSimConfig sim_test_config (guint64 seed, int days, guint32 messages, const char *end);
EntSimWorld *sim_test_world (guint64 seed, int days, guint32 messages);

guint
sim_test_ask_raw (EntSimEngage *engage, const char *body, EntSimVerdict verdict, GString *answer);
JsonObject *sim_test_ask (EntSimEngage *engage, guint expected_status, const char *body);
GPtrArray *sim_test_ask_all (EntSimEngage *engage, const char *conditions);
const char *sim_test_string (JsonObject *object, const char *name);

G_END_DECLS
