/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and gestures of one template: see the header. Each key is an action of the window too, so
 * that the menu, the keyboard and assistive tools do the same. Main thread. */
#include "config.h"

#include "ent-template-row.h"

#include "ent-action.h"
#include "ent-words.h"

#include <glib/gi18n-lib.h>

struct _EntTemplateRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *icon;
  GtkWidget *stack;
  GtkWidget *label;
  GtkWidget *entry;
  GtkWidget *clock;
  GtkWidget *menu;

  EntTemplate *template;
  GStrv taken;
  gboolean scheduled;
};

static guint released_signal;

G_DEFINE_FINAL_TYPE (EntTemplateRow, ent_template_row, GTK_TYPE_LIST_BOX_ROW)

/* ---- Menu ---- */

static void
append (GMenu *menu, const char *label, const char *action, gint64 id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  g_menu_append_item (menu, item);
}

/* The action has a target of its own in the menu: whether up or down. */
static void
append_move (GMenu *menu, const char *label, gint64 id, int by)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.template-step", "(xi)", id, by);
  g_menu_append_item (menu, item);
}

static GMenuModel *
menu_new (const EntTemplate *template)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  append (first, _ ("_Run"), "win.run-template", template->id);
  append (first, _ ("_Details"), "win.template-details", template->id);
  append (edit, _ ("Re_name"), "win.template-rename-here", template->id);
  append (edit, _ ("D_uplicate"), "win.template-duplicate", template->id);
  append (edit, _ ("Run _every…"), "win.template-schedule", template->id);
  append (edit, _ ("_Export to a file…"), "win.template-export", template->id);
  append (place, template->pinned ? _ ("Un_pin") : _ ("_Pin to the top"), "win.template-pin",
          template->id);
  append_move (place, _ ("Move u_p"), template->id, -1);
  append_move (place, _ ("Move do_wn"), template->id, 1);
  append (last, _ ("_Delete"), "win.template-delete", template->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

/* ---- Renaming ---- */

/* The sidebar is narrow: while a name is typed, the row is all its own. */
static void
show_renaming (EntTemplateRow *self, gboolean renaming)
{
  gtk_stack_set_visible_child (GTK_STACK (self->stack), renaming ? self->entry : self->label);
  gtk_widget_set_visible (self->menu, !renaming);
  gtk_widget_set_visible (self->clock, self->scheduled && !renaming);
}

static gboolean
is_renaming (EntTemplateRow *self)
{
  return gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->entry;
}

static void
release (EntTemplateRow *self)
{
  g_signal_emit (self, released_signal, 0);
}

static void
stop_renaming (EntTemplateRow *self)
{
  show_renaming (self, FALSE);
  release (self);
}

static gboolean
is_free (EntTemplateRow *self, const char *name)
{
  return g_strcmp0 (name, self->template->report->name) == 0 || self->taken == NULL ||
         !g_strv_contains ((const char *const *) self->taken, name);
}

static void
entry_changed_cb (EntTemplateRow *self)
{
  g_autofree char *name =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  gboolean taken = !is_free (self, name);

  if (taken)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_set_tooltip_text (self->entry, taken ? _ ("This name is taken.") : NULL);
}

static void
entry_activate_cb (EntTemplateRow *self)
{
  g_autofree char *name =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (name[0] == '\0' || !is_free (self, name))
    return;
  if (g_strcmp0 (name, self->template->report->name) != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.template-rename", "(xs)",
                                self->template->id, name);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (is_renaming (self))
    stop_renaming (self);
}

static gboolean
entry_key_cb (GtkEventControllerKey *keys,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              EntTemplateRow *self)
{
  if (keyval != GDK_KEY_Escape)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (is_renaming (self))
    stop_renaming (self);
  return TRUE;
}

static void
entry_left_cb (EntTemplateRow *self)
{
  if (is_renaming (self))
    stop_renaming (self);
}

void
ent_template_row_rename (EntTemplateRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->template->report->name);
  show_renaming (self, TRUE);
  gtk_widget_grab_focus (self->entry);
}

/* ---- Dragging ---- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, EntTemplateRow *self)
{
  if (is_renaming (self))
    return NULL;
  return gdk_content_provider_new_typed (G_TYPE_INT64, self->template->id);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, EntTemplateRow *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 12, 12);
}

static gboolean
is_lower_half (EntTemplateRow *self, double y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

static void
clear_drop_mark (EntTemplateRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-above");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-below");
}

static GdkDragAction
drop_motion_cb (GtkDropTarget *target, double x, double y, EntTemplateRow *self)
{
  clear_drop_mark (self);
  gtk_widget_add_css_class (GTK_WIDGET (self),
                            is_lower_half (self, y) ? "drop-below" : "drop-above");
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (GtkDropTarget *target, EntTemplateRow *self)
{
  clear_drop_mark (self);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, EntTemplateRow *self)
{
  gint64 id = g_value_get_int64 (value);

  clear_drop_mark (self);
  if (id == self->template->id)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.template-move", "(xxb)", id,
                              self->template->id, is_lower_half (self, y));
  return TRUE;
}

static void
add_dragging (EntTemplateRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- Keys ---- */

static void
pressed_cb (GtkGestureClick *gesture, int n, double x, double y, EntTemplateRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (ENT_TEMPLATE_ROW (widget)->menu));
  return TRUE;
}

static gboolean
rename_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  ent_template_row_rename (ENT_TEMPLATE_ROW (widget));
  return TRUE;
}

static gboolean
delete_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  EntTemplateRow *self = ENT_TEMPLATE_ROW (widget);

  /* In the entry it deletes letters. */
  if (is_renaming (self))
    return FALSE;
  return gtk_widget_activate_action (widget, "win.template-delete", "x", self->template->id);
}

static gboolean
move_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  EntTemplateRow *self = ENT_TEMPLATE_ROW (widget);
  int by = g_variant_get_int32 (arguments);

  return gtk_widget_activate_action (widget, "win.template-step", "(xi)", self->template->id, by);
}

/* ---- GObject ---- */

static void
ent_template_row_finalize (GObject *object)
{
  EntTemplateRow *self = ENT_TEMPLATE_ROW (object);

  g_clear_pointer (&self->template, ent_template_unref);
  g_strfreev (self->taken);
  G_OBJECT_CLASS (ent_template_row_parent_class)->finalize (object);
}

static void
ent_template_row_class_init (EntTemplateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_template_row_finalize;
  released_signal = g_signal_new ("released", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, rename_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_key_cb, "i", 1);
}

static void
add_entry (EntTemplateRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 200);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (entry_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (entry_activate_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (entry_key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (entry_left_cb), self);
  gtk_widget_add_controller (self->entry, focus);
  gtk_stack_add_child (GTK_STACK (self->stack), self->entry);
}

static void
add_menu (EntTemplateRow *self, GtkBox *box)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_add_css_class (self->menu, "row-menu");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_box_append (box, self->menu);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
ent_template_row_init (EntTemplateRow *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  gtk_widget_add_css_class (GTK_WIDGET (self), "template-row");
  self->icon = gtk_image_new ();
  gtk_box_append (box, self->icon);
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_hexpand (self->stack, TRUE);
  gtk_widget_set_margin_start (self->stack, 12);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  /* Two lines: names of templates are sentences, and the sidebar is narrow. */
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_stack_add_child (GTK_STACK (self->stack), self->label);
  add_entry (self);
  gtk_box_append (box, self->stack);
  self->clock = gtk_image_new_from_icon_name ("alarm-symbolic");
  gtk_widget_add_css_class (self->clock, "dim-label");
  gtk_widget_set_tooltip_text (self->clock, _ ("Runs by itself"));
  gtk_box_append (box, self->clock);
  add_menu (self, box);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (box));
  add_dragging (self);
}

/* ---- Public ---- */

GtkWidget *
ent_template_row_new (EntTemplate *template, GStrv taken, gboolean scheduled)
{
  EntTemplateRow *self = g_object_new (ENT_TYPE_TEMPLATE_ROW, NULL);
  const char *name = template->report->name;
  g_autofree char *summary = ent_words_report_summary (template->report, ent_clock_now ());
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", name, summary);
  g_autofree char *menu_name = NULL;
  g_autoptr (GMenuModel) menu = menu_new (template);

  self->template = ent_template_ref (template);
  self->taken = g_strdupv (taken);
  gtk_label_set_label (GTK_LABEL (self->label), name);
  gtk_image_set_from_icon_name (
      GTK_IMAGE (self->icon), template->pinned ? "view-pin-symbolic" : "view-list-bullet-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  g_signal_connect_object (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu)), "closed",
                           G_CALLBACK (release), self, G_CONNECT_SWAPPED);
  /* Translators: %s is the name of a template. */
  menu_name = g_strdup_printf (_ ("Menu of “%s”"), name);
  gtk_widget_set_tooltip_text (self->menu, _ ("Template menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  menu_name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  ent_template_row_set_scheduled (self, scheduled);
  return GTK_WIDGET (self);
}

EntTemplate *
ent_template_row_get_template (EntTemplateRow *self)
{
  return self->template;
}

gboolean
ent_template_row_is_busy (EntTemplateRow *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu));

  return is_renaming (self) || (popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover)));
}

void
ent_template_row_set_scheduled (EntTemplateRow *self, gboolean scheduled)
{
  self->scheduled = scheduled;
  gtk_widget_set_visible (self->clock, scheduled && !is_renaming (self));
}
