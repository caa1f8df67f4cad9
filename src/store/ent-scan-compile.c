/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiling a filter: values become sets of bytes, tables over the numbers of names, patterns
 * of phones. See ent-scan.h. */

#include "config.h"

#include "ent-scan-private.h"

#include <stdlib.h>
#include <string.h>

typedef gboolean (*KeyReader) (const char *key, guint *value);

static gboolean
read_channel (const char *key, guint *value)
{
  EntChannel channel;

  return ent_channel_from_key (key, &channel) && ((*value = channel), TRUE);
}

static gboolean
read_direction (const char *key, guint *value)
{
  EntDirection direction;

  return ent_direction_from_key (key, &direction) && ((*value = direction), TRUE);
}

static gboolean
read_content_type (const char *key, guint *value)
{
  EntContentType type;

  return ent_content_type_from_key (key, &type) && ((*value = type), TRUE);
}

static gboolean
read_status (const char *key, guint *value)
{
  EntStatus status;

  return ent_status_from_key (key, &status) && ((*value = 1u << status), TRUE);
}

static gboolean
read_stage (const char *key, guint *value)
{
  EntStage stage;

  return ent_stage_from_key (key, &stage) && ((*value = ent_stage_statuses (stage)), TRUE);
}

static gboolean
read_reason (const char *key, guint *value)
{
  EntReason reason;

  return ent_reason_from_key (key, &reason) && ((*value = 1u << reason), TRUE);
}

/* The set that a field of a closed vocabulary admits. @is_set: values are sets themselves. */
static guint
allowed_set (
    const EntFilter *filter, EntFilterField field, KeyReader read, gboolean is_set, guint all)
{
  guint n = ent_filter_get_n_values (filter, field);
  guint wanted = 0;
  guint excluded = 0;
  gboolean any_wanted = FALSE;

  for (guint i = 0; i < n; i++)
    {
      gboolean negated;
      const char *key = ent_filter_get_value (filter, field, i, &negated);
      guint value = 0;
      gboolean known = read (key, &value);
      guint set = !known ? 0 : is_set ? value : 1u << value;

      if (negated)
        excluded |= set;
      else
        wanted |= set;
      any_wanted |= !negated;
    }
  return (any_wanted ? wanted : all) & ~excluded & all;
}

static void
compile_kinds (EntScan *self, const EntFilter *filter, int without)
{
  const guint all = ~0u;
  guint channels = all;
  guint directions = all;
  guint types = all;

  if (without != ENT_FILTER_CHANNEL)
    channels = allowed_set (filter, ENT_FILTER_CHANNEL, read_channel, FALSE, all);
  if (without != ENT_FILTER_DIRECTION)
    directions = allowed_set (filter, ENT_FILTER_DIRECTION, read_direction, FALSE, all);
  if (without != ENT_FILTER_CONTENT_TYPE)
    types = allowed_set (filter, ENT_FILTER_CONTENT_TYPE, read_content_type, FALSE, all);

  self->has_kinds = channels != all || directions != all || types != all;
  for (guint kind = 0; kind < 256; kind++)
    if ((channels >> (kind & ENT_KIND_CHANNEL)) & 1 &&
        (directions >> ((kind & ENT_KIND_DIRECTION) >> ENT_KIND_DIRECTION_SHIFT)) & 1 &&
        (types >> (kind >> ENT_KIND_CONTENT_TYPE_SHIFT)) & 1)
      self->kinds[kind >> 6] |= G_GUINT64_CONSTANT (1) << (kind & 63);
}

/* Status codes of which the exclusive status is in @statuses, SENT being @sent. */
static guint
codes_of (guint statuses, EntStatus sent)
{
  guint codes = 0;

  for (guint code = 0; code < ENT_N_STATUS_CODES; code++)
    {
      guint status = code & ENT_STATUS_BITS;

      if (status == ENT_STATUS_SENT)
        status = sent;
      if ((statuses >> status) & 1)
        codes |= 1u << code;
    }
  return codes;
}

static void
compile_statuses (EntScan *self, const EntFilter *filter, int without)
{
  const guint all = (1u << ENT_N_STATUSES) - 1;
  guint allowed = all;

  if (without != ENT_FILTER_STATUS)
    allowed &= allowed_set (filter, ENT_FILTER_STATUS, read_status, TRUE, all);
  if (without != ENT_FILTER_STAGE)
    allowed &= allowed_set (filter, ENT_FILTER_STAGE, read_stage, TRUE, all);
  self->young_codes = allowed == all ? ENT_SCAN_ALL_CODES : codes_of (allowed, ENT_STATUS_SENT);
  self->old_codes =
      allowed == all ? ENT_SCAN_ALL_CODES : codes_of (allowed, ENT_STATUS_UNCONFIRMED);
  self->reasons = ENT_SCAN_ALL_REASONS;
  if (without != ENT_FILTER_REASON)
    self->reasons =
        allowed_set (filter, ENT_FILTER_REASON, read_reason, TRUE, ENT_SCAN_ALL_REASONS);
}

/* Whether the pair is what @values has; "" stands for none. */
static gboolean
name_in (GHashTable *values, EntName name, const char *label)
{
  if (*label == '\0')
    return g_hash_table_contains (values, "");
  return (name.id != NULL && *name.id != '\0' && g_hash_table_contains (values, name.id)) ||
         (name.name != NULL && *name.name != '\0' && g_hash_table_contains (values, name.name));
}

static void
finish_dim (EntDimStep *step, guint32 n_numbers)
{
  guint32 n_allowed = 0;
  gboolean shorter;

  step->all = G_MAXUINT64;
  for (guint32 n = 0; n < n_numbers; n++)
    {
      guint64 bit = G_GUINT64_CONSTANT (1) << (n & 63);

      if (step->table[n] != 0)
        step->some |= bit;
      else
        step->all &= ~bit;
      n_allowed += step->table[n] & 1;
    }
  step->share = (double) n_allowed / n_numbers;
  shorter = n_allowed <= ENT_SCAN_LIST_MAX;
  if (!shorter && n_numbers - n_allowed > ENT_SCAN_LIST_MAX)
    return;
  step->list_negated = !shorter;
  for (guint32 n = 0; n < n_numbers; n++)
    if ((step->table[n] != 0) == shorter)
      step->list[step->n_list++] = n;
}

static void
compile_dim (EntScan *self,
             const EntFilter *filter,
             EntFilterField field,
             EntDimensions *names,
             EntDimensionKind kind,
             guint32 last)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) excluded = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = ent_filter_get_n_values (filter, field);
  EntDimStep *step;

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      gboolean negated;
      const char *value = ent_filter_get_value (filter, field, i, &negated);

      g_hash_table_add (negated ? excluded : wanted, (gpointer) value);
    }

  step = &self->dims[self->n_dims++];
  step->dim = kind;
  step->n_table = MAX (last + 1, (guint32) G_MAXUINT16 + 1);
  step->table = g_malloc0 (step->n_table);
  for (guint32 number = 0; number <= last; number++)
    {
      EntName name = ent_dimensions_get (names, kind, number);
      const char *label = ent_dimensions_get_label (names, kind, number);

      if ((g_hash_table_size (wanted) == 0 || name_in (wanted, name, label)) &&
          !name_in (excluded, name, label))
        step->table[number] = 255;
    }
  finish_dim (step, last + 1);
  self->impossible |= step->some == 0;
}

/* Those that let fewer names through first. */
static int
compare_steps (const void *a, const void *b)
{
  double one = ((const EntDimStep *) a)->share;
  double two = ((const EntDimStep *) b)->share;

  return one < two ? -1 : one > two;
}

static int
compare_phones (gconstpointer a, gconstpointer b)
{
  guint64 one = *(const guint64 *) a;
  guint64 two = *(const guint64 *) b;

  return one < two ? -1 : one > two;
}

static void
compile_phones (EntScan *self, const EntFilter *filter)
{
  guint n = ent_filter_get_n_values (filter, ENT_FILTER_PHONE);
  gboolean any_wanted = FALSE;

  for (guint i = 0; i < n; i++)
    {
      gboolean negated;
      const char *text = ent_filter_get_value (filter, ENT_FILTER_PHONE, i, &negated);
      guint list = negated ? 1 : 0;
      EntPhonePattern pattern;

      any_wanted |= !negated;
      if (!ent_phone_pattern_init (&pattern, text))
        continue;
      if (pattern.kind == ENT_PHONE_MATCH_EXACT && n > ENT_SCAN_LIST_MAX)
        {
          if (self->exact[list] == NULL)
            self->exact[list] = g_array_new (FALSE, FALSE, sizeof (guint64));
          g_array_append_vals (self->exact[list], pattern.value, pattern.n);
          continue;
        }
      if (self->phones[list] == NULL)
        self->phones[list] = g_array_new (FALSE, FALSE, sizeof (EntPhonePattern));
      g_array_append_val (self->phones[list], pattern);
    }
  for (guint i = 0; i < 2; i++)
    if (self->exact[i] != NULL)
      g_array_sort (self->exact[i], compare_phones);
  if (any_wanted && self->phones[0] == NULL && self->exact[0] == NULL)
    self->impossible = TRUE;
}

EntScan *
ent_scan_new (const EntFilter *filter,
              EntDimensions *names,
              const guint32 *n_names,
              gint64 from,
              gint64 to,
              gint64 now,
              int without)
{
  static const struct
  {
    EntFilterField field;
    EntDimensionKind kind;
  } dims[] = {
    { ENT_FILTER_SUBACCOUNT, ENT_DIMENSION_SUBACCOUNT },
    { ENT_FILTER_USER, ENT_DIMENSION_USER },
    { ENT_FILTER_CAMPAIGN, ENT_DIMENSION_CAMPAIGN },
    { ENT_FILTER_CARRIER, ENT_DIMENSION_CARRIER },
  };
  EntScan *self = g_new0 (EntScan, 1);

  self->from = from;
  self->to = to;
  self->horizon = now < G_MININT64 + ENT_CONFIRMATION_HORIZON_MS
                      ? G_MININT64
                      : now - ENT_CONFIRMATION_HORIZON_MS;
  compile_kinds (self, filter, without);
  compile_statuses (self, filter, without);
  for (guint i = 0; i < G_N_ELEMENTS (dims); i++)
    if (without != (int) dims[i].field)
      compile_dim (self, filter, dims[i].field, names, dims[i].kind, n_names[dims[i].kind]);
  qsort (self->dims, self->n_dims, sizeof *self->dims, compare_steps);
  if (without != ENT_FILTER_PHONE)
    compile_phones (self, filter);
  if (from >= to || self->reasons == 0 || (self->young_codes | self->old_codes) == 0)
    self->impossible = TRUE;
  return self;
}

void
ent_scan_free (EntScan *self)
{
  for (guint i = 0; i < self->n_dims; i++)
    g_free (self->dims[i].table);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->phones[i], g_array_unref);
      g_clear_pointer (&self->exact[i], g_array_unref);
    }
  g_free (self);
}

gint64
ent_scan_get_horizon (const EntScan *self)
{
  return self->horizon;
}

gboolean
ent_scan_is_empty (const EntScan *self)
{
  return self->impossible;
}
