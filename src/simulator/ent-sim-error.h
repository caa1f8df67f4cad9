/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simulator's errors, by what the person who starts it can do about them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_SIM_ERROR_USAGE,  /* an option or a fault is wrong */
  ENT_SIM_ERROR_LISTEN, /* the port cannot be had */
} EntSimError;

#define ENT_SIM_ERROR (ent_sim_error_quark ())
GQuark ent_sim_error_quark (void);

G_END_DECLS
