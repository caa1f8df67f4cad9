/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A condition that lasts, above the content it concerns: an icon, a sentence, one button. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ENT_TYPE_BANNER (ent_banner_get_type ())
G_DECLARE_FINAL_TYPE (EntBanner, ent_banner, ENT, BANNER, GtkWidget)

typedef enum
{
  ENT_BANNER_NEUTRAL,
  ENT_BANNER_WARNING,
  ENT_BANNER_ERROR,
} EntBannerKind;

GtkWidget *ent_banner_new (void);
/* @text NULL hides it. @action: a detailed action name for the button, with @label; or NULL. */
void ent_banner_show (EntBanner *self,
                      EntBannerKind kind,
                      const char *icon_name,
                      const char *text,
                      const char *label,
                      const char *action);

G_END_DECLS
