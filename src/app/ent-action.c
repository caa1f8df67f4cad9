/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Main thread. */
#include "config.h"

#include "ent-action.h"

void
ent_action_set (GtkWidget *actionable, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (actionable), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (actionable), NULL);
  if (detailed == NULL || !g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (actionable), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (actionable), name);
}
