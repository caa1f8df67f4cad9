/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the session's overview. The comparison leaves today out, on both sides; the tooltip
 * says with which numbers it was made. Main thread. */
#include "config.h"

#include "ent-card.h"

#include "ent-spark.h"
#include "ent-words.h"

#include <glib/gi18n.h>

#define MOST_BIG_CHARS 8

struct _EntCard
{
  GtkButton parent_instance;

  GtkWidget *box;
  GtkWidget *dot;
  GtkLabel *name;
  GtkLabel *small_number;
  GtkLabel *small_percent;
  GtkLabel *number;
  GtkWidget *foot;
  GtkLabel *percent;
  GtkLabel *change;
  EntSpark *spark;

  EntSession *session;
  EntStage stage;
  gboolean small;
};

G_DEFINE_FINAL_TYPE (EntCard, ent_card, GTK_TYPE_BUTTON)

/* The rate that belongs to a stage; FALSE for those that are part of no percentage. */
static gboolean
rate_of (EntStage stage, EntRate *rate)
{
  switch (stage)
    {
    case ENT_STAGE_SENT:
      *rate = ENT_RATE_SENT;
      return TRUE;
    case ENT_STAGE_DELIVERED:
      *rate = ENT_RATE_DELIVERED;
      return TRUE;
    case ENT_STAGE_READ:
      *rate = ENT_RATE_READ;
      return TRUE;
    case ENT_STAGE_ERRORS:
      *rate = ENT_RATE_ERROR;
      return TRUE;
    case ENT_STAGE_TOTAL:
    case ENT_STAGE_SEND_FAILED:
    case ENT_STAGE_NOT_DELIVERED:
    case ENT_STAGE_PENDING:
    case ENT_STAGE_RECEIVED:
    default:
      return FALSE;
    }
}

static char *
number_text (EntStage stage, gint64 value)
{
  g_autofree char *count = ent_words_count (value);

  /* Read receipts are the reader's choice: the number is a lower bound. */
  if (stage == ENT_STAGE_READ && value > 0)
    return g_strdup_printf ("≥ %s", count);
  return g_steal_pointer (&count);
}

/* Beside a percentage a change is one of that percentage: fewer messages are no worse delivery.
 * What rounds to nothing is no change. */
static int
direction_of_rate (EntCard *self, EntOverview *overview, EntRate rate, char **words)
{
  const EntReport *report = ent_session_get_report (self->session);
  int current =
      ent_ratio_tenths (ent_counters_rate (&overview->current->totals, rate, report->percent_of));
  int compared =
      ent_ratio_tenths (ent_counters_rate (&overview->compared->totals, rate, report->percent_of));

  *words = ent_words_points (current, compared);
  if (current < 0 || compared < 0 || current == compared)
    return 0;
  return current > compared ? 1 : -1;
}

static int
direction_of_count (EntCard *self, EntOverview *overview, char **words)
{
  gint64 current = ent_counters_stage (&overview->current->totals, self->stage);
  gint64 compared = ent_counters_stage (&overview->compared->totals, self->stage);

  *words = ent_words_change (current, compared);
  if (compared == 0 || ABS (current - compared) * 200 < compared)
    return 0;
  return current > compared ? 1 : -1;
}

static void
set_change (EntCard *self, EntOverview *overview)
{
  const EntReport *report = ent_session_get_report (self->session);
  g_autofree char *words = NULL, *text = NULL;
  EntRate rate;
  gboolean rated = rate_of (self->stage, &rate) && report->basis == ENT_BASIS_SEND_DATE;
  int direction = rated ? direction_of_rate (self, overview, rate, &words)
                        : direction_of_count (self, overview, &words);
  int better = self->stage == ENT_STAGE_ERRORS ? -1 : 1;

  text = direction != 0 ? g_strdup_printf ("%s %s", direction > 0 ? "▲" : "▼", words)
                        : g_strdup (words);
  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "good");
  gtk_widget_remove_css_class (GTK_WIDGET (self->change), "bad");
  if (rated && direction != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->change), direction == better ? "good" : "bad");
  gtk_label_set_label (self->change, text);
}

static char *
comparison_text (EntCard *self, EntOverview *overview)
{
  gint64 current, compared;
  g_autofree char *days = NULL, *before = NULL, *now = NULL;

  if (overview->compared == NULL || overview->current == NULL)
    return NULL;
  current = ent_counters_stage (&overview->current->totals, self->stage);
  compared = ent_counters_stage (&overview->compared->totals, self->stage);
  days = ent_words_day_range (overview->compared->range.first, overview->compared->range.last);
  before = ent_words_count (compared);
  now = ent_words_count (current);
  /* Translators: days, number then, number now: "Against 9–15 Nov: 11,990; now 12,102. …" */
  return g_strdup_printf (_ ("Against %s: %s; now %s. Today is left out of the comparison."), days,
                          before, now);
}

static void
set_words (EntCard *self, EntOverview *overview, const char *number, const char *percent)
{
  const EntReport *report = ent_session_get_report (self->session);
  g_autofree char *comparison = comparison_text (self, overview);
  g_autoptr (GString) tooltip = g_string_new (ent_words_stage_help (self->stage));
  g_autofree char *label = NULL;
  EntRate rate;

  if (rate_of (self->stage, &rate))
    g_string_append_printf (tooltip, "\n%s: %s", ent_words_rate (rate),
                            ent_words_rate_definition (rate, report->percent_of));
  if (comparison != NULL)
    g_string_append_printf (tooltip, "\n%s", comparison);
  g_string_append_printf (tooltip, "\n%s", _ ("Press to see these messages"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip->str);

  label = percent[0] != '\0'
              ? g_strdup_printf ("%s: %s, %s", ent_words_stage (self->stage), number, percent)
              : g_strdup_printf ("%s: %s", ent_words_stage (self->stage), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  comparison != NULL ? comparison : "", -1);
}

static void
update (EntCard *self)
{
  const EntReport *report = ent_session_get_report (self->session);
  EntOverview *overview = ent_session_get_overview (self->session);
  g_autofree char *number = NULL, *percent = NULL;
  gint64 value;
  EntRate rate;

  if (overview == NULL)
    return;
  value = ent_counters_stage (&overview->summary->totals, self->stage);
  number = number_text (self->stage, value);
  /* By the day of each event the stages are of different messages: no percentages. */
  if (rate_of (self->stage, &rate) && report->basis == ENT_BASIS_SEND_DATE)
    percent = ent_words_tenths (ent_ratio_tenths (
        ent_counters_rate (&overview->summary->totals, rate, report->percent_of)));
  else
    percent = g_strdup ("");

  gtk_label_set_label (self->number, number);
  /* A number is never cut: millions are written smaller. */
  if (g_utf8_strlen (number, -1) > MOST_BIG_CHARS)
    gtk_widget_add_css_class (GTK_WIDGET (self->number), "long");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->number), "long");
  gtk_label_set_label (self->small_number, number);
  gtk_label_set_label (self->percent, percent);
  gtk_label_set_label (self->small_percent, percent);
  gtk_widget_set_visible (GTK_WIDGET (self->percent), percent[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->change), overview->compared != NULL);
  if (overview->compared != NULL && overview->current != NULL)
    set_change (self, overview);
  /* A row of campaigns is no course of anything. */
  gtk_widget_set_visible (GTK_WIDGET (self->spark), ent_by_is_time (overview->summary->by));
  ent_spark_set (self->spark, overview->summary, self->stage);
  gtk_widget_set_sensitive (GTK_WIDGET (self), value > 0);
  set_words (self, overview, number, percent);
}

static void
ent_card_clicked (GtkButton *button)
{
  EntCard *self = ENT_CARD (button);

  ent_session_drill (self->session, self->stage, ENT_TIME_NONE, ENT_TIME_NONE, ENT_BY_DAY, NULL);
}

static void
ent_card_dispose (GObject *object)
{
  g_clear_object (&ENT_CARD (object)->session);
  G_OBJECT_CLASS (ent_card_parent_class)->dispose (object);
}

static void
ent_card_class_init (EntCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (ENT_TYPE_SPARK);
  G_OBJECT_CLASS (klass)->dispose = ent_card_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = ent_card_clicked;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/entrega/Entrega/ent-card.ui");
  gtk_widget_class_bind_template_child (widget_class, EntCard, box);
  gtk_widget_class_bind_template_child (widget_class, EntCard, dot);
  gtk_widget_class_bind_template_child (widget_class, EntCard, name);
  gtk_widget_class_bind_template_child (widget_class, EntCard, small_number);
  gtk_widget_class_bind_template_child (widget_class, EntCard, small_percent);
  gtk_widget_class_bind_template_child (widget_class, EntCard, number);
  gtk_widget_class_bind_template_child (widget_class, EntCard, foot);
  gtk_widget_class_bind_template_child (widget_class, EntCard, percent);
  gtk_widget_class_bind_template_child (widget_class, EntCard, change);
  gtk_widget_class_bind_template_child (widget_class, EntCard, spark);
}

static void
ent_card_init (EntCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ent_card_new (EntSession *session, EntStage stage, gboolean small)
{
  EntCard *self = g_object_new (ENT_TYPE_CARD, NULL);

  self->session = g_object_ref (session);
  self->stage = stage;
  self->small = small;
  gtk_label_set_label (self->name, ent_words_stage (stage));
  gtk_widget_add_css_class (self->dot, ent_stage_key (stage));
  gtk_widget_set_visible (GTK_WIDGET (self->number), !small);
  gtk_widget_set_visible (self->foot, !small);
  gtk_widget_set_visible (GTK_WIDGET (self->small_number), small);
  gtk_widget_set_visible (GTK_WIDGET (self->small_percent), small);
  if (small)
    gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), small ? "figure" : "stat-card");
  g_signal_connect_object (session, "overview-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "report-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
