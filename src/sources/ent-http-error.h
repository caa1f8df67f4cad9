/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a status and a body to an error that says what the caller can do; for ent-http.c. Pure. */
#pragma once

#include "ent-http.h"

G_BEGIN_DECLS

/* For any status but 200. */
GError *ent_http_error_from_answer (const EntHttpAnswer *answer);

G_END_DECLS
