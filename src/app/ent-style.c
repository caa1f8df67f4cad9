/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One style provider, written again when light, dark or contrast change. Main thread. */
#include "config.h"

#include "ent-style.h"

#include <adwaita.h>

static const struct
{
  const char *name;
  EntStage stage;
} colors[] = {
  { "ent_total", ENT_STAGE_TOTAL },         { "ent_sent", ENT_STAGE_SENT },
  { "ent_delivered", ENT_STAGE_DELIVERED }, { "ent_read", ENT_STAGE_READ },
  { "ent_errors", ENT_STAGE_ERRORS },       { "ent_pending", ENT_STAGE_PENDING },
  { "ent_received", ENT_STAGE_RECEIVED },
};

static char *
css_now (void)
{
  GString *css = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      GdkRGBA rgba = ent_style_get_color (colors[i].stage);
      g_autofree char *text = gdk_rgba_to_string (&rgba);

      g_string_append_printf (css, "@define-color %s %s;\n", colors[i].name, text);
    }
  return g_string_free (css, FALSE);
}

static void
update_cb (AdwStyleManager *manager, GParamSpec *pspec, GtkCssProvider *provider)
{
  g_autofree char *css = css_now ();

  gtk_css_provider_load_from_data (provider, css, -1);
}

void
ent_style_init (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_cb), provider, 0);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_cb), provider, 0);
  update_cb (manager, NULL, provider);
  /* The display holds it from here on. */
  g_object_unref (provider);
}

EntChartThemeKind
ent_style_get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (adw_style_manager_get_high_contrast (manager))
    return adw_style_manager_get_dark (manager) ? ENT_CHART_DARK_HIGH_CONTRAST
                                                : ENT_CHART_LIGHT_HIGH_CONTRAST;
  return adw_style_manager_get_dark (manager) ? ENT_CHART_DARK : ENT_CHART_LIGHT;
}

GdkRGBA
ent_style_get_color (EntStage stage)
{
  EntColor color = ent_chart_series_color (ent_style_get_theme (), stage);

  return (GdkRGBA){ (float) color.red, (float) color.green, (float) color.blue,
                    (float) color.alpha };
}

double
ent_style_get_text_scale (GtkWidget *widget)
{
  double resolution = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return resolution > 0 ? resolution / 96.0 : 1.0;
}
