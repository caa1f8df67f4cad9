/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours by meaning: see the header. Pure. */
#include "config.h"

#include "ent-chart-theme.h"

#define RGB(hex, a)                                                                                \
  {                                                                                                \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) &0xff) / 255.0, (a)          \
  }

/* Adwaita: blue 4/3, green 5/4, orange 5 towards red/4, light and dark greys, purple 4/2. */
static const EntColor light_series[ENT_N_STAGES] = {
  [ENT_STAGE_TOTAL] = RGB (0x5e5c64, 1.0),         [ENT_STAGE_SENT] = RGB (0x77767b, 1.0),
  [ENT_STAGE_DELIVERED] = RGB (0x3584e4, 1.0),     [ENT_STAGE_READ] = RGB (0x1b7a4a, 1.0),
  [ENT_STAGE_ERRORS] = RGB (0xd6480d, 1.0),        [ENT_STAGE_SEND_FAILED] = RGB (0xc64600, 1.0),
  [ENT_STAGE_NOT_DELIVERED] = RGB (0xe66100, 1.0), [ENT_STAGE_PENDING] = RGB (0x8f8e94, 1.0),
  [ENT_STAGE_RECEIVED] = RGB (0x813d9c, 1.0),
};

static const EntColor dark_series[ENT_N_STAGES] = {
  [ENT_STAGE_TOTAL] = RGB (0xdeddda, 1.0),         [ENT_STAGE_SENT] = RGB (0xc0bfbc, 1.0),
  [ENT_STAGE_DELIVERED] = RGB (0x62a0ea, 1.0),     [ENT_STAGE_READ] = RGB (0x2f9d69, 1.0),
  [ENT_STAGE_ERRORS] = RGB (0xff7b3d, 1.0),        [ENT_STAGE_SEND_FAILED] = RGB (0xff7800, 1.0),
  [ENT_STAGE_NOT_DELIVERED] = RGB (0xffa348, 1.0), [ENT_STAGE_PENDING] = RGB (0x8b8a90, 1.0),
  [ENT_STAGE_RECEIVED] = RGB (0xc48ad8, 1.0),
};

static const EntChartTheme themes[] = {
  [ENT_CHART_LIGHT] = { RGB (0, 0.0), RGB (0x2e2e33, 1.0), RGB (0x5e5c64, 1.0),
                        RGB (0x000000, 0.10), RGB (0x000000, 0.18), RGB (0x000000, 0.06),
                        RGB (0x1c71d8, 1.0) },
  [ENT_CHART_DARK] = { RGB (0, 0.0), RGB (0xffffff, 1.0), RGB (0xc0bfbc, 1.0), RGB (0xffffff, 0.12),
                       RGB (0xffffff, 0.20), RGB (0xffffff, 0.08), RGB (0x78aeed, 1.0) },
  [ENT_CHART_LIGHT_HIGH_CONTRAST] = { RGB (0, 0.0), RGB (0x000000, 1.0), RGB (0x000000, 1.0),
                                      RGB (0x000000, 0.35), RGB (0x000000, 0.55),
                                      RGB (0x000000, 0.12), RGB (0x1a5fb4, 1.0) },
  [ENT_CHART_DARK_HIGH_CONTRAST] = { RGB (0, 0.0), RGB (0xffffff, 1.0), RGB (0xffffff, 1.0),
                                     RGB (0xffffff, 0.40), RGB (0xffffff, 0.60),
                                     RGB (0xffffff, 0.15), RGB (0x99c1f1, 1.0) },
  [ENT_CHART_PRINT] = { RGB (0xffffff, 1.0), RGB (0x241f31, 1.0), RGB (0x5e5c64, 1.0),
                        RGB (0x000000, 0.12), RGB (0x000000, 0.25), RGB (0x000000, 0.06),
                        RGB (0x1c71d8, 1.0) },
};

EntChartTheme
ent_chart_theme (EntChartThemeKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (themes), themes[ENT_CHART_LIGHT]);

  return themes[kind];
}

EntColor
ent_chart_series_color (EntChartThemeKind kind, EntStage stage)
{
  gboolean dark = kind == ENT_CHART_DARK || kind == ENT_CHART_DARK_HIGH_CONTRAST;

  g_return_val_if_fail (stage < ENT_N_STAGES, light_series[ENT_STAGE_TOTAL]);

  return dark ? dark_series[stage] : light_series[stage];
}
