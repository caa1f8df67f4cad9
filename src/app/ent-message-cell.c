/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GtkInscription, which costs a fraction of a label, with a mark before it in the status
 * column. Main thread; made by the column's factory. */
#include "config.h"

#include "ent-message-cell.h"

struct _EntMessageCell
{
  GtkWidget parent_instance;

  EntColumn column;
  EntMessageText *text;
  EntMessageRow *row;
  GtkWidget *mark; /* status column only */
  GtkWidget *inscription;
};

G_DEFINE_FINAL_TYPE (EntMessageCell, ent_message_cell, GTK_TYPE_WIDGET)

static void
update_mark (EntMessageCell *self, EntMessage *message)
{
  const char *classes[] = { "status-mark", NULL, NULL };
  EntStatus status;

  if (self->mark == NULL)
    return;
  if (message == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->mark), "");
      return;
    }
  status = ent_message_text_status (self->text, message);
  classes[1] = ent_status_css_class (status);
  gtk_widget_set_css_classes (self->mark, classes);
  gtk_label_set_text (GTK_LABEL (self->mark), ent_status_mark (status));
}

static void
update (EntMessageCell *self)
{
  EntMessage *message = self->row != NULL ? ent_message_row_get_message (self->row) : NULL;
  g_autofree char *text = NULL;

  update_mark (self, message);
  if (message == NULL)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (self->inscription), self->row != NULL ? "…" : "");
      return;
    }
  text = ent_message_text_get (self->text, message, self->column);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->inscription), text);
}

void
ent_message_cell_set_row (EntMessageCell *self, EntMessageRow *row)
{
  g_return_if_fail (ENT_IS_MESSAGE_CELL (self));

  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, update, self);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
  update (self);
}

static void
ent_message_cell_dispose (GObject *object)
{
  EntMessageCell *self = ENT_MESSAGE_CELL (object);

  ent_message_cell_set_row (self, NULL);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->inscription, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_message_cell_parent_class)->dispose (object);
}

static void
ent_message_cell_class_init (EntMessageCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_message_cell_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messagecell");
}

static void
ent_message_cell_init (EntMessageCell *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              6);
}

static GtkWidget *
new_inscription (EntColumn column)
{
  EntCellKind kind = ent_column_cell_kind (column);
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (inscription), 0);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), kind == ENT_CELL_INTEGER ? 1 : 0);
  gtk_widget_set_hexpand (inscription, TRUE);
  if (kind == ENT_CELL_INTEGER || kind == ENT_CELL_TIME || kind == ENT_CELL_PHONE)
    gtk_widget_add_css_class (inscription, "numeric");
  return inscription;
}

GtkWidget *
ent_message_cell_new (EntColumn column, EntMessageText *text)
{
  EntMessageCell *self = g_object_new (ENT_TYPE_MESSAGE_CELL, NULL);

  self->column = column;
  self->text = text;
  if (column == ENT_COLUMN_STATUS)
    {
      self->mark = gtk_label_new (NULL);
      gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
    }
  self->inscription = new_inscription (column);
  gtk_widget_set_parent (self->inscription, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
