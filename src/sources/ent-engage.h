/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind "engage": Sinch Engage's messaging reports, asked page by page. Fetch thread. */
#pragma once

#include "ent-source.h"

G_BEGIN_DECLS

const EntSourceClass *ent_engage_get_class (void);

G_END_DECLS
