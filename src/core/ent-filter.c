/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter: for each field a list of values to have or to leave out. Immutable once
 * handed out; copies share the strings (GRefString) and whole fields, so that adding one of
 * 10,000 values stays cheap. Any thread. */

#include "config.h"

#include "ent-filter-private.h"
#include "ent-phone.h"
#include "ent-quote-private.h"

#include <string.h>

#define MAX_VALUES 10000
#define MAX_VALUE_BYTES 1000

typedef struct
{
  char *text; /* GRefString */
  gboolean negated;
} Value;

struct _EntFilter
{
  int ref_count;                          /* atomic */
  GArray *fields[ENT_N_FILTER_FIELDS];    /* of Value; NULL = empty; shared between filters */
  GHashTable *index[ENT_N_FILTER_FIELDS]; /* only while being built: text → position + 1 */
};

G_DEFINE_QUARK (ent_filter_error_quark, ent_filter_error)
G_DEFINE_BOXED_TYPE (EntFilter, ent_filter, ent_filter_ref, ent_filter_unref)

static const char *const field_keys[ENT_N_FILTER_FIELDS] = {
  "channel", "direction", "subaccount", "user",  "campaign", "content-type", "status",
  "stage",   "reason",    "carrier",    "phone", "contact",  "text",
};

static void
clear_value (gpointer data)
{
  Value *value = data;

  g_ref_string_release (value->text);
}

static GArray *
values_new (guint reserved)
{
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (Value), reserved);

  g_array_set_clear_func (values, clear_value);
  return values;
}

static Value *
get_values (const EntFilter *self, EntFilterField field, guint *n)
{
  GArray *values = self->fields[field];

  *n = values != NULL ? values->len : 0;
  return values != NULL ? (Value *) (gpointer) values->data : NULL;
}

/* The position of a value, -1 where the field has none such. */
static int
find_value (const EntFilter *self, EntFilterField field, const char *text)
{
  guint n;
  const Value *values = get_values (self, field, &n);

  if (self->index[field] != NULL)
    return GPOINTER_TO_INT (g_hash_table_lookup (self->index[field], text)) - 1;

  for (guint i = 0; i < n; i++)
    if (strcmp (values[i].text, text) == 0)
      return (int) i;
  return -1;
}

static guint
count_values (const EntFilter *self)
{
  guint total = 0;

  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    total += self->fields[i] != NULL ? self->fields[i]->len : 0;
  return total;
}

/* A new filter that shares all fields but one, of which it has its own copy. */
static EntFilter *
copy_except (const EntFilter *self, EntFilterField field)
{
  EntFilter *copy = ent_filter_new ();
  guint n;
  const Value *values = get_values (self, field, &n);

  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    if (i != field && self->fields[i] != NULL)
      copy->fields[i] = g_array_ref (self->fields[i]);
  if (n > 0)
    {
      copy->fields[field] = values_new (n + 1);
      for (guint i = 0; i < n; i++)
        {
          Value value = { g_ref_string_acquire (values[i].text), values[i].negated };

          g_array_append_val (copy->fields[field], value);
        }
    }
  return copy;
}

static void
remove_value (EntFilter *self, EntFilterField field, guint position)
{
  g_array_remove_index (self->fields[field], position);
  if (self->fields[field]->len == 0)
    g_clear_pointer (&self->fields[field], g_array_unref);
}

const char *
ent_filter_known_value (EntFilterField field, guint index)
{
  switch (field)
    {
    case ENT_FILTER_CHANNEL:
      return index < ENT_N_CHANNELS ? ent_channel_key ((EntChannel) index) : NULL;
    case ENT_FILTER_DIRECTION:
      return index < ENT_N_DIRECTIONS ? ent_direction_key ((EntDirection) index) : NULL;
    case ENT_FILTER_CONTENT_TYPE:
      return index < ENT_N_CONTENT_TYPES ? ent_content_type_key ((EntContentType) index) : NULL;
    case ENT_FILTER_STATUS:
      return index < ENT_N_STATUSES ? ent_status_key ((EntStatus) index) : NULL;
    case ENT_FILTER_STAGE:
      return index < ENT_N_STAGES ? ent_stage_key ((EntStage) index) : NULL;
    case ENT_FILTER_REASON:
      return index < ENT_N_REASONS ? ent_reason_key ((EntReason) index) : NULL;
    case ENT_FILTER_SUBACCOUNT:
    case ENT_FILTER_USER:
    case ENT_FILTER_CAMPAIGN:
    case ENT_FILTER_CARRIER:
    case ENT_FILTER_PHONE:
    case ENT_FILTER_CONTACT:
    case ENT_FILTER_TEXT:
    default:
      return NULL;
    }
}

static gboolean
check_allowed (EntFilterField field, const char *text, GError **error)
{
  g_autoptr (GString) known = NULL;
  g_autofree char *quoted = NULL;
  const char *key;

  if (ent_filter_known_value (field, 0) == NULL)
    return TRUE;

  known = g_string_new (NULL);
  for (guint i = 0; (key = ent_filter_known_value (field, i)) != NULL; i++)
    {
      if (g_str_equal (key, text))
        return TRUE;
      /* The reason of a message that did not fail has an empty key. */
      g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "",
                              *key != '\0' ? key : "\"\" (none)");
    }

  quoted = ent_quote (text, -1);
  g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE, "%s: unknown value %s; one of: %s",
               field_keys[field], quoted, known->str);
  return FALSE;
}

static gboolean
check_text (EntFilterField field, const char *text, GError **error)
{
  g_autofree char *quoted = NULL;
  EntPhonePattern pattern;

  if ((field == ENT_FILTER_CONTACT || field == ENT_FILTER_TEXT) && *text == '\0')
    {
      g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE, "%s: empty value",
                   field_keys[field]);
      return FALSE;
    }

  if (field == ENT_FILTER_PHONE && !ent_phone_pattern_init (&pattern, text))
    {
      quoted = ent_quote (text, -1);
      g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE,
                   "%s: %s is not %d to 15 digits of a number, or +digits for its beginning, or "
                   "*digits for its end",
                   field_keys[field], quoted, ENT_PHONE_MIN_DIGITS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_value (EntFilterField field, const char *text, GError **error)
{
  gsize length = strlen (text);

  if (length > MAX_VALUE_BYTES)
    {
      g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_LIMIT,
                   "%s: a value of %" G_GSIZE_FORMAT " bytes; at most %d are possible",
                   field_keys[field], length, MAX_VALUE_BYTES);
      return FALSE;
    }
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_VALUE, "%s: a value is not UTF-8",
                   field_keys[field]);
      return FALSE;
    }

  return check_allowed (field, text, error) && check_text (field, text, error);
}

gboolean
ent_filter_add (
    EntFilter *self, EntFilterField field, const char *text, gboolean negated, GError **error)
{
  Value value = { NULL, negated != FALSE };
  int position;

  if (!check_value (field, text, error))
    return FALSE;

  position = find_value (self, field, text);
  if (position >= 0)
    {
      g_array_index (self->fields[field], Value, position).negated = value.negated;
      return TRUE;
    }
  if (count_values (self) >= MAX_VALUES)
    {
      g_set_error (error, ENT_FILTER_ERROR, ENT_FILTER_ERROR_LIMIT,
                   "%s: over %d values in one filter", field_keys[field], MAX_VALUES);
      return FALSE;
    }

  if (self->fields[field] == NULL)
    self->fields[field] = values_new (1);
  value.text = g_ref_string_new (text);
  g_array_append_val (self->fields[field], value);
  if (self->index[field] != NULL)
    g_hash_table_insert (self->index[field], value.text,
                         GUINT_TO_POINTER (self->fields[field]->len));
  return TRUE;
}

void
ent_filter_begin (EntFilter *self)
{
  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    self->index[i] = g_hash_table_new (g_str_hash, g_str_equal);
}

void
ent_filter_end (EntFilter *self)
{
  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    g_clear_pointer (&self->index[i], g_hash_table_unref);
}

/**
 * ent_filter_new:
 *
 * Returns: (transfer full): the filter that every message passes
 */
EntFilter *
ent_filter_new (void)
{
  EntFilter *self = g_new0 (EntFilter, 1);

  self->ref_count = 1;
  return self;
}

/**
 * ent_filter_ref:
 * @self: a filter
 *
 * Any thread.
 *
 * Returns: (transfer full): the same
 */
EntFilter *
ent_filter_ref (EntFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

/**
 * ent_filter_unref:
 * @self: (transfer full): a filter
 *
 * Any thread.
 */
void
ent_filter_unref (EntFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;

  ent_filter_end (self);
  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    g_clear_pointer (&self->fields[i], g_array_unref);
  g_free (self);
}

/**
 * ent_filter_field_key:
 * @field: a field
 *
 * Returns: (transfer none) (nullable): its key, with hyphens
 */
const char *
ent_filter_field_key (EntFilterField field)
{
  return (guint) field < ENT_N_FILTER_FIELDS ? field_keys[field] : NULL;
}

/**
 * ent_filter_field_from_key:
 * @key: (nullable): a key; content_type is read as content-type
 * @field: (out): its field
 *
 * Returns: %FALSE where it is none
 */
gboolean
ent_filter_field_from_key (const char *key, EntFilterField *field)
{
  if (g_strcmp0 (key, "content_type") == 0)
    key = "content-type";
  for (guint i = 0; key != NULL && i < ENT_N_FILTER_FIELDS; i++)
    if (g_str_equal (field_keys[i], key))
      {
        *field = (EntFilterField) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * ent_filter_with:
 * @self: a filter
 * @field: a field
 * @value: a value; "" stands for none in subaccount, user, campaign and carrier
 * @negated: whether messages with the value are left out rather than kept
 * @error: return location
 *
 * Returns: (transfer full): a filter with the value; %NULL with an error of %ENT_FILTER_ERROR
 */
EntFilter *
ent_filter_with (const EntFilter *self,
                 EntFilterField field,
                 const char *value,
                 gboolean negated,
                 GError **error)
{
  g_autoptr (EntFilter) copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field < ENT_N_FILTER_FIELDS, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  copy = copy_except (self, field);
  return ent_filter_add (copy, field, value, negated, error) ? g_steal_pointer (&copy) : NULL;
}

gboolean
ent_filter_add_word (EntFilter *self, EntFilterField field, const char *word, GError **error)
{
  gboolean negated = *word == '!';

  if (negated)
    word++;
  /* Any number of backslashes before a ! : one of them is ours. */
  if (*word == '\\' && word[strspn (word, "\\")] == '!')
    word++;
  return ent_filter_add (self, field, word, negated, error);
}

char *
ent_filter_word (const char *value, gboolean negated)
{
  const char *escape = value[strspn (value, "\\")] == '!' ? "\\" : "";

  return g_strconcat (negated ? "!" : "", escape, value, NULL);
}

/**
 * ent_filter_with_word:
 * @self: a filter
 * @field: a field
 * @word: a value as people write it
 * @error: return location
 *
 * Returns: (transfer full): as ent_filter_with()
 */
EntFilter *
ent_filter_with_word (const EntFilter *self, EntFilterField field, const char *word, GError **error)
{
  g_autoptr (EntFilter) copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field < ENT_N_FILTER_FIELDS, NULL);
  g_return_val_if_fail (word != NULL, NULL);

  copy = copy_except (self, field);
  return ent_filter_add_word (copy, field, word, error) ? g_steal_pointer (&copy) : NULL;
}

/**
 * ent_filter_without:
 * @self: a filter
 * @field: a field
 * @value: a value, negated or not
 *
 * Returns: (transfer full): a filter without the value
 */
EntFilter *
ent_filter_without (const EntFilter *self, EntFilterField field, const char *value)
{
  EntFilter *copy;
  int position;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field < ENT_N_FILTER_FIELDS, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  copy = copy_except (self, field);
  position = find_value (copy, field, value);
  if (position >= 0)
    remove_value (copy, field, (guint) position);
  return copy;
}

/**
 * ent_filter_without_field:
 * @self: a filter
 * @field: a field
 *
 * Returns: (transfer full): a filter that does not look at the field
 */
EntFilter *
ent_filter_without_field (const EntFilter *self, EntFilterField field)
{
  EntFilter *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field < ENT_N_FILTER_FIELDS, NULL);

  copy = copy_except (self, field);
  g_clear_pointer (&copy->fields[field], g_array_unref);
  return copy;
}

/**
 * ent_filter_is_empty:
 * @self: a filter
 *
 * Returns: whether every message passes
 */
gboolean
ent_filter_is_empty (const EntFilter *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return count_values (self) == 0;
}

/**
 * ent_filter_has_field:
 * @self: a filter
 * @field: a field
 *
 * Returns: whether the filter looks at the field
 */
gboolean
ent_filter_has_field (const EntFilter *self, EntFilterField field)
{
  return ent_filter_get_n_values (self, field) > 0;
}

static gboolean
field_equal (const EntFilter *a, const EntFilter *b, EntFilterField field)
{
  g_autoptr (GHashTable) known = NULL;
  guint n_a, n_b;
  const Value *in_a = get_values (a, field, &n_a);
  const Value *in_b = get_values (b, field, &n_b);

  if (n_a != n_b)
    return FALSE;
  if (in_a == in_b)
    return TRUE;

  known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_a; i++)
    g_hash_table_insert (known, in_a[i].text, GINT_TO_POINTER (in_a[i].negated + 1));
  for (guint i = 0; i < n_b; i++)
    if (GPOINTER_TO_INT (g_hash_table_lookup (known, in_b[i].text)) != in_b[i].negated + 1)
      return FALSE;
  return TRUE;
}

/**
 * ent_filter_equal:
 * @a: a filter
 * @b: a filter
 *
 * Returns: whether both hold the same values, in whatever order
 */
gboolean
ent_filter_equal (const EntFilter *a, const EntFilter *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  for (guint i = 0; i < ENT_N_FILTER_FIELDS; i++)
    if (!field_equal (a, b, (EntFilterField) i))
      return FALSE;
  return TRUE;
}

/**
 * ent_filter_get_n_values:
 * @self: a filter
 * @field: a field
 *
 * Returns: how many values the field has
 */
guint
ent_filter_get_n_values (const EntFilter *self, EntFilterField field)
{
  guint n;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail ((guint) field < ENT_N_FILTER_FIELDS, 0);

  get_values (self, field, &n);
  return n;
}

/**
 * ent_filter_get_value:
 * @self: a filter
 * @field: a field
 * @index: under ent_filter_get_n_values()
 * @negated: (out) (optional): whether messages with it are left out
 *
 * Returns: (transfer none): the value, in the order in which values came
 */
const char *
ent_filter_get_value (const EntFilter *self, EntFilterField field, guint index, gboolean *negated)
{
  guint n;
  const Value *values;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) field < ENT_N_FILTER_FIELDS, NULL);

  values = get_values (self, field, &n);
  g_return_val_if_fail (index < n, NULL);

  if (negated != NULL)
    *negated = values[index].negated;
  return values[index].text;
}
