/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quark of the store's errors. Any thread. */

#include "config.h"

#include "ent-store-error.h"

G_DEFINE_QUARK (ent - store - error - quark, ent_store_error)
