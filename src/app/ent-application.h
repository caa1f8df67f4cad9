/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application: one per user session, its engine, its windows and its actions. */
#pragma once

#include "ent-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ENT_TYPE_APPLICATION (ent_application_get_type ())
G_DECLARE_FINAL_TYPE (EntApplication, ent_application, ENT, APPLICATION, AdwApplication)

EntEngine *ent_application_get_engine (EntApplication *self);
/* The whole program; the exit status. */
int ent_application_main (int argc, char **argv);

G_END_DECLS
