/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a picture in memory. Any thread. */
#pragma once

#include "ent-chart-painter.h"

G_BEGIN_DECLS

/* @title drawn above, may be NULL. @scale: device pixels per unit. (transfer full); NULL with
 * G_IO_ERROR_FAILED. */
GBytes *ent_chart_to_png (
    const EntChart *chart, const char *title, int width, int height, double scale, GError **error);
GBytes *
ent_chart_to_svg (const EntChart *chart, const char *title, int width, int height, GError **error);

G_END_DECLS
