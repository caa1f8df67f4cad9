/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The migrations of the two databases, embedded at build time from schema/NAME-N.sql.
 * A script that was released never changes; a new one is added behind it.
 * Constant; any thread. */
#pragma once

/* messages.db */
extern const char *const ent_messages_migrations[];
extern const int ent_messages_n_migrations;
#define ENT_MESSAGES_APPLICATION_ID 0x456e744du /* "EntM" */

/* user.db */
extern const char *const ent_user_migrations[];
extern const int ent_user_n_migrations;
#define ENT_USER_APPLICATION_ID 0x456e7455u /* "EntU" */
