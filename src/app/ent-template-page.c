/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups that stay, and rows that are made anew when the template or its schedule changes; which of
 * its names are not found is asked of the store on a worker, and told when it is known. Main
 * thread. */
#include "config.h"

#include "ent-template-page.h"

#include "ent-action.h"
#include "ent-missing.h"
#include "ent-words.h"
#include "ent-wrap-layout.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _EntTemplatePage
{
  GtkWidget parent_instance;

  GtkWidget *page; /* AdwPreferencesPage */
  GtkWidget *name;
  GtkWidget *summary;
  GPtrArray *buttons; /* of the head: each acts on the template */
  AdwPreferencesGroup *what;
  AdwPreferencesGroup *schedule;
  AdwPreferencesGroup *history;
  GPtrArray *rows; /* Row: those that are made anew */
  GtkWidget *format;
  GtkWidget *dialect;
  GtkWidget *privacy;
  GtkWidget *no_content;
  gboolean updating; /* the choices are set by us, not by the user */

  EntEngine *engine;
  EntSchedules *schedules;
  EntTemplate *template;
  gint64 id;
  GCancellable *looking; /* for missing names */
};

enum
{
  EXPORT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntTemplatePage, ent_template_page, GTK_TYPE_WIDGET)

typedef struct
{
  AdwPreferencesGroup *group;
  GtkWidget *widget;
} Row;

/* ---- Parts ---- */

static AdwPreferencesGroup *
add_group (EntTemplatePage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  if (description != NULL)
    adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), group);
  return group;
}

static void
add_made_row (EntTemplatePage *self, AdwPreferencesGroup *group, GtkWidget *widget)
{
  Row *made = g_new0 (Row, 1);

  made->group = group;
  made->widget = widget;
  g_ptr_array_add (self->rows, made);
  adw_preferences_group_add (group, widget);
}

/* Names and values are of the user: no markup. */
static GtkWidget *
add_row (EntTemplatePage *self, AdwPreferencesGroup *group, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  add_made_row (self, group, row);
  return row;
}

/* A property and its value, which takes the width that it needs. */
static void
add_property (EntTemplatePage *self,
              AdwPreferencesGroup *group,
              const char *title,
              const char *text)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *value = gtk_label_new (text);

  gtk_widget_set_valign (head, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), head);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "dim-label");
  gtk_box_append (GTK_BOX (box), value);
  gtk_widget_add_css_class (box, "property-row");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  add_made_row (self, group, row);
}

static void
remove_rows (EntTemplatePage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (row->group, row->widget);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
set_action (GtkWidget *button, const char *action, gint64 id)
{
  g_autofree char *detailed = g_strdup_printf ("%s(int64 %" G_GINT64_FORMAT ")", action, id);

  ent_action_set (button, detailed);
}

static GtkWidget *
button_new (const char *label, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  set_action (button, action, id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

/* ---- The head ---- */

static GtkWidget *
head_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static const struct
{
  const char *label;
  const char *action;
} head_buttons[] = {
  { N_ ("_Run"), "win.run-template" },
  { N_ ("_Export to a file…"), "win.template-export" },
  { N_ ("D_uplicate"), "win.template-duplicate" },
  { N_ ("_Delete"), "win.template-delete" },
};

static void
add_head (EntTemplatePage *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkLayoutManager *layout = ent_wrap_layout_new ();

  /* Four buttons do not fit into a narrow window side by side. */
  g_object_set (layout, "spacing", 9, "line-spacing", 9, NULL);
  gtk_widget_set_layout_manager (buttons, layout);
  self->name = head_label ("title-1");
  self->summary = head_label ("dim-label");
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), self->summary);
  for (guint i = 0; i < G_N_ELEMENTS (head_buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ (head_buttons[i].label));

      if (i == 0)
        gtk_widget_add_css_class (button, "suggested-action");
      gtk_box_append (GTK_BOX (buttons), button);
      g_ptr_array_add (self->buttons, button);
    }
  gtk_widget_set_margin_top (buttons, 12);
  gtk_box_append (GTK_BOX (box), buttons);
  adw_preferences_group_add (group, box);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), group);
}

static void
fill_head (EntTemplatePage *self)
{
  const EntReport *report = self->template->report;
  g_autofree char *summary = ent_words_report_summary (report, ent_clock_now ());

  gtk_label_set_label (GTK_LABEL (self->name), report->name);
  gtk_label_set_label (GTK_LABEL (self->summary), summary);
  for (guint i = 0; i < self->buttons->len; i++)
    set_action (g_ptr_array_index (self->buttons, i), head_buttons[i].action, self->id);
}

/* ---- What it does ---- */

static void
fill_what (EntTemplatePage *self)
{
  g_autoptr (GPtrArray) lines = ent_words_report_lines (self->template->report, ent_clock_now ());

  for (guint i = 0; i < lines->len; i++)
    {
      const EntWordsLine *line = g_ptr_array_index (lines, i);

      add_property (self, self->what, line->head, line->line);
    }
}

/* ---- How it is exported ---- */

/* What a choice changes: a copy of the report, handed to the window, which saves it. */
static void
choose (EntTemplatePage *self, void (*change) (EntReport *report, guint choice), guint choice)
{
  g_autoptr (EntReport) report = NULL;

  if (self->updating || self->template == NULL || choice == GTK_INVALID_LIST_POSITION)
    return;
  report = ent_report_copy (self->template->report);
  change (report, choice);
  if (!ent_report_equal (report, self->template->report))
    g_signal_emit (self, signals[EXPORT_CHANGED], 0, report, self->template);
}

static void
set_format (EntReport *report, guint choice)
{
  report->format = (EntFormat) choice;
}

static void
set_dialect (EntReport *report, guint choice)
{
  report->dialect = (EntDialect) choice;
}

static const EntPrivacy privacies[] = { ENT_PRIVACY_FULL, ENT_PRIVACY_LAST4,
                                        ENT_PRIVACY_PSEUDONYM };

static void
set_privacy (EntReport *report, guint choice)
{
  report->privacy = privacies[choice] | (report->privacy & ENT_PRIVACY_NO_CONTENT);
}

static void
set_no_content (EntReport *report, guint choice)
{
  report->privacy &= ~(EntPrivacy) ENT_PRIVACY_NO_CONTENT;
  if (choice != 0)
    report->privacy |= ENT_PRIVACY_NO_CONTENT;
}

static void
format_cb (GtkWidget *row, GParamSpec *pspec, EntTemplatePage *self)
{
  choose (self, set_format, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
}

static void
dialect_cb (GtkWidget *row, GParamSpec *pspec, EntTemplatePage *self)
{
  choose (self, set_dialect, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
}

static void
privacy_cb (GtkWidget *row, GParamSpec *pspec, EntTemplatePage *self)
{
  choose (self, set_privacy, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
}

static void
no_content_cb (GtkWidget *toggle, GParamSpec *pspec, EntTemplatePage *self)
{
  choose (self, set_no_content, gtk_switch_get_active (GTK_SWITCH (toggle)));
}

static GtkWidget *
add_choice (AdwPreferencesGroup *group,
            const char *title,
            const char *const *names,
            GCallback callback,
            EntTemplatePage *self)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_signal_connect_object (row, "notify::selected", callback, self, 0);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
add_toggle (AdwPreferencesGroup *group,
            const char *title,
            GCallback callback,
            EntTemplatePage *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_signal_connect_object (toggle, "notify::active", callback, self, 0);
  adw_preferences_group_add (group, row);
  return toggle;
}

static void
add_export (EntTemplatePage *self)
{
  const char *formats[] = { ent_words_format (ENT_FORMAT_CSV), ent_words_format (ENT_FORMAT_XLSX),
                            ent_words_format (ENT_FORMAT_PDF), NULL };
  const char *dialects[] = {
    ent_words_dialect (ENT_DIALECT_DEFAULT),  ent_words_dialect (ENT_DIALECT_EXCEL_PT),
    ent_words_dialect (ENT_DIALECT_EXCEL_EN), ent_words_dialect (ENT_DIALECT_MACHINE),
    ent_words_dialect (ENT_DIALECT_CUSTOM),   NULL
  };
  const char *modes[] = { ent_words_privacy (ENT_PRIVACY_FULL),
                          ent_words_privacy (ENT_PRIVACY_LAST4),
                          ent_words_privacy (ENT_PRIVACY_PSEUDONYM), NULL };
  AdwPreferencesGroup *group =
      add_group (self, _ ("When it is exported"), _ ("Changes are saved at once."));

  self->format = add_choice (group, _ ("Format"), formats, G_CALLBACK (format_cb), self);
  self->dialect = add_choice (group, _ ("CSV dialect"), dialects, G_CALLBACK (dialect_cb), self);
  self->privacy = add_choice (group, _ ("Phone numbers"), modes, G_CALLBACK (privacy_cb), self);
  self->no_content = add_toggle (group, ent_words_privacy (ENT_PRIVACY_NO_CONTENT),
                                 G_CALLBACK (no_content_cb), self);
}

static void
fill_export (EntTemplatePage *self)
{
  const EntReport *report = self->template->report;
  guint privacy = report->privacy & ENT_PRIVACY_LAST4       ? 1
                  : report->privacy & ENT_PRIVACY_PSEUDONYM ? 2
                                                            : 0;

  self->updating = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->format), report->format);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->dialect), report->dialect);
  gtk_widget_set_visible (self->dialect, report->format == ENT_FORMAT_CSV);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->privacy), privacy);
  gtk_switch_set_active (GTK_SWITCH (self->no_content),
                         (report->privacy & ENT_PRIVACY_NO_CONTENT) != 0);
  self->updating = FALSE;
}

/* ---- When it runs ---- */

static void
fill_schedule (EntTemplatePage *self)
{
  const EntScheduleEntry *entry = ent_schedules_find (self->schedules, self->id);
  g_autofree char *when = NULL;
  GtkWidget *row;

  if (entry == NULL)
    {
      row = add_row (self, self->schedule, _ ("Not scheduled"),
                     _ ("It can write its file every day, week or month, also while this window is "
                        "closed."));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 button_new (_ ("Run _every…"), "win.template-schedule", self->id));
      return;
    }
  when = ent_words_schedule (entry->when.every, entry->when.weekday, entry->when.month_day,
                             entry->when.hour, entry->when.minute);
  row = add_row (self, self->schedule, when, entry->folder);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             button_new (_ ("_Change…"), "win.template-schedule", self->id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             button_new (_ ("Re_move"), "win.template-unschedule", self->id));
  add_property (self, self->schedule, _ ("Name of the file"), entry->file_name);
}

/* ---- History ---- */

static void
fill_history (EntTemplatePage *self)
{
  const EntZone *zone = self->template->report->zone;
  gint64 now = ent_clock_now ();
  g_autofree char *made = ent_words_when (self->template->created_at, zone, now);
  g_autofree char *saved = ent_words_when (self->template->updated_at, zone, now);
  g_autofree char *run = self->template->last_run > 0
                             ? ent_words_when (self->template->last_run, zone, now)
                             : g_strdup (C_ ("template", "never"));

  add_property (self, self->history, C_ ("template", "Created"), made);
  add_property (self, self->history, C_ ("template", "Saved"), saved);
  add_property (self, self->history, C_ ("template", "Last run"), run);
}

/* ---- What is not found ---- */

typedef struct
{
  EntStore *store;
  EntReport *report;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->store);
  ent_report_free (look->report);
  g_free (look);
}

static void
look_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;
  g_autoptr (EntSnapshot) snapshot = ent_store_snapshot (look->store, &error);
  GPtrArray *missing = NULL;

  if (snapshot != NULL)
    missing =
        ent_snapshot_find_missing (snapshot, look->report, ent_clock_now (), cancellable, &error);
  if (missing != NULL)
    g_task_return_pointer (task, missing, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EntTemplatePage *self = ENT_TEMPLATE_PAGE (source);
  g_autoptr (GPtrArray) missing = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled, or a store in trouble, which is told elsewhere. */
  if (missing == NULL || self->page == NULL)
    return;
  for (guint i = 0; i < missing->len; i++)
    {
      const EntMissing *found = g_ptr_array_index (missing, i);
      g_autofree char *shown = ent_words_filter_value (found->field, found->value);
      /* Translators: a field such as Campaign, and a name that no message has. */
      g_autofree char *title =
          g_strdup_printf (_ ("%s “%s”: not found"), ent_words_filter_field (found->field), shown);
      GtkWidget *row =
          add_row (self, self->what, title, _ ("No message has it, so it matches nothing."));

      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
    }
}

static void
look_for_missing (EntTemplatePage *self)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (!ent_engine_is_open (self->engine))
    return;
  self->looking = g_cancellable_new ();
  look = g_new0 (Look, 1);
  look->store = g_object_ref (ent_engine_get_store (self->engine));
  look->report = ent_report_copy (self->template->report);
  task = g_task_new (self, self->looking, looked_cb, NULL);
  g_task_set_source_tag (task, look_for_missing);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_worker);
}

/* ---- Following ---- */

static void
fill (EntTemplatePage *self)
{
  if (self->template == NULL)
    return;
  remove_rows (self);
  fill_head (self);
  fill_what (self);
  fill_schedule (self);
  fill_export (self);
  fill_history (self);
  look_for_missing (self);
}

/* The template as the list has it now; gone, the page keeps showing what it was. */
static void
update (EntTemplatePage *self)
{
  GPtrArray *templates = ent_engine_get_list (self->engine, ENT_ENGINE_TEMPLATES);

  for (guint i = 0; i < templates->len; i++)
    {
      EntTemplate *template = g_ptr_array_index (templates, i);

      if (template->id == self->id)
        {
          g_clear_pointer (&self->template, ent_template_unref);
          self->template = ent_template_ref (template);
          break;
        }
    }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
ent_template_page_map (GtkWidget *widget)
{
  /* Relative dates are those of now. */
  fill (ENT_TEMPLATE_PAGE (widget));
  GTK_WIDGET_CLASS (ent_template_page_parent_class)->map (widget);
}

/* ---- GObject ---- */

static void
ent_template_page_dispose (GObject *object)
{
  EntTemplatePage *self = ENT_TEMPLATE_PAGE (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->engine);
  g_clear_object (&self->schedules);
  g_clear_pointer (&self->template, ent_template_unref);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (ent_template_page_parent_class)->dispose (object);
}

static void
ent_template_page_class_init (EntTemplatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_template_page_dispose;
  widget_class->map = ent_template_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[EXPORT_CHANGED] =
      g_signal_new ("export-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
ent_template_page_init (EntTemplatePage *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->buttons = g_ptr_array_new ();
  self->page = adw_preferences_page_new ();
  gtk_widget_set_parent (self->page, GTK_WIDGET (self));
  add_head (self);
  self->what = add_group (self, _ ("What it does"), NULL);
  self->schedule = add_group (self, _ ("Runs by itself"), NULL);
  add_export (self);
  self->history = add_group (self, _ ("History"), NULL);
}

/* ---- Public ---- */

GtkWidget *
ent_template_page_new (EntEngine *engine, EntSchedules *schedules)
{
  EntTemplatePage *self = g_object_new (ENT_TYPE_TEMPLATE_PAGE, NULL);

  self->engine = g_object_ref (engine);
  self->schedules = g_object_ref (schedules);
  g_signal_connect_object (engine, "templates-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (schedules, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
ent_template_page_set_template (EntTemplatePage *self, gint64 id)
{
  self->id = id;
  update (self);
}

gint64
ent_template_page_get_template (EntTemplatePage *self)
{
  return self->id;
}
