/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line: name, state, Revert and Save. Its buttons are actions of the window. Main thread. */
#include "config.h"

#include "ent-template-bar.h"

#include "ent-action.h"

#include <glib/gi18n-lib.h>

struct _EntTemplateBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *name;
  GtkWidget *state;
  GtkWidget *revert;
  GtkWidget *save;
  GtkWidget *details;
};

G_DEFINE_FINAL_TYPE (EntTemplateBar, ent_template_bar, GTK_TYPE_WIDGET)

static GtkWidget *
button_new (const char *label, const char *tooltip, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* Two lines where the window is narrow. */
static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
ent_template_bar_dispose (GObject *object)
{
  g_clear_pointer (&ENT_TEMPLATE_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_template_bar_parent_class)->dispose (object);
}

static void
ent_template_bar_class_init (EntTemplateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_template_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "templatebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ent_template_bar_init (EntTemplateBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->details = gtk_button_new ();
  self->name = label_new ("heading");
  gtk_button_set_child (GTK_BUTTON (self->details), self->name);
  gtk_widget_add_css_class (self->details, "flat");
  gtk_widget_set_tooltip_text (self->details, _ ("What this template does"));
  gtk_box_append (GTK_BOX (self->box), self->details);
  self->state = label_new ("dim-label");
  gtk_widget_set_hexpand (self->state, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->state);
  self->revert =
      button_new (_ ("Re_vert"), _ ("Back to the report as it was saved"), "win.revert-template");
  gtk_widget_add_css_class (self->revert, "flat");
  gtk_box_append (GTK_BOX (self->box), self->revert);
  self->save = button_new (_ ("_Save"), _ ("Save the template as it is shown (Ctrl+S)"),
                           "win.save-template");
  gtk_box_append (GTK_BOX (self->box), self->save);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static const char *
state_text (EntTemplateState state)
{
  switch (state)
    {
    case ENT_TEMPLATE_CHANGED:
      /* Translators: of a report template: it differs from what was saved. */
      return _ ("Changed, not saved");
    case ENT_TEMPLATE_NEWER:
      return _ ("A newer version was saved elsewhere");
    case ENT_TEMPLATE_SAVED:
    default:
      return "";
    }
}

void
ent_template_bar_show (EntTemplateBar *self, const char *name, gint64 id, EntTemplateState state)
{
  g_autofree char *action =
      g_strdup_printf ("win.template-details(int64 %" G_GINT64_FORMAT ")", id);
  const char *text = state_text (state);

  gtk_widget_set_visible (GTK_WIDGET (self), name != NULL);
  if (name == NULL)
    return;
  ent_action_set (self->details, action);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->state), text);
  gtk_widget_set_tooltip_text (self->state, *text != '\0' ? text : NULL);
  gtk_widget_set_visible (self->revert, state != ENT_TEMPLATE_SAVED);
  gtk_widget_set_visible (self->save, state != ENT_TEMPLATE_SAVED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
