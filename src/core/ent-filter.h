/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages: AND between fields, OR among the values of a field, any value
 * negated with "except". An immutable, reference-counted value; any thread.
 * The period is not part of it. */
#pragma once

#include "ent-vocabulary.h"

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_FILTER_CHANNEL,
  ENT_FILTER_DIRECTION,
  ENT_FILTER_SUBACCOUNT, /* name or id; "" = none */
  ENT_FILTER_USER,
  ENT_FILTER_CAMPAIGN,
  ENT_FILTER_CONTENT_TYPE,
  ENT_FILTER_STATUS, /* exclusive, includes unconfirmed */
  ENT_FILTER_STAGE,  /* cumulative */
  ENT_FILTER_REASON,
  ENT_FILTER_CARRIER,
  ENT_FILTER_PHONE,   /* see ent-phone.h for what a pattern matches */
  ENT_FILTER_CONTACT, /* contact name: part of it, case and accents ignored */
  ENT_FILTER_TEXT,    /* content: part of it, case and accents ignored */
} EntFilterField;
#define ENT_N_FILTER_FIELDS 13

typedef enum
{
  ENT_FILTER_ERROR_VALUE, /* a value that the field does not know, or a phone of under four digits
                           */
  ENT_FILTER_ERROR_FIELD, /* unknown field */
  ENT_FILTER_ERROR_LIMIT, /* over 10,000 values, or a value over 1,000 bytes */
} EntFilterError;
#define ENT_FILTER_ERROR (ent_filter_error_quark ())
GQuark ent_filter_error_quark (void);

typedef struct _EntFilter EntFilter;
#define ENT_TYPE_FILTER (ent_filter_get_type ())
GType ent_filter_get_type (void);

EntFilter *ent_filter_new (void); /* matches everything */
EntFilter *ent_filter_ref (EntFilter *self);
void ent_filter_unref (EntFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFilter, ent_filter_unref)

const char *ent_filter_field_key (EntFilterField field); /* channel, direction, subaccount … */
gboolean ent_filter_field_from_key (const char *key, EntFilterField *field);

/* The values of a field that has a closed set of them, at 0, 1, … in their own order; NULL after
 * the last, and for fields that take any. */
const char *ent_filter_known_value (EntFilterField field, guint index);

/* Each returns a new filter (transfer full); adding a value twice changes nothing,
 * adding it the other way round (negated or not) replaces it. */
EntFilter *ent_filter_with (const EntFilter *self,
                            EntFilterField field,
                            const char *value,
                            gboolean negated,
                            GError **error);
/* @word: a leading ! negates; \! starts a value that begins with a !. */
EntFilter *ent_filter_with_word (const EntFilter *self,
                                 EntFilterField field,
                                 const char *word,
                                 GError **error);
EntFilter *ent_filter_without (const EntFilter *self, EntFilterField field, const char *value);
EntFilter *ent_filter_without_field (const EntFilter *self, EntFilterField field);

gboolean ent_filter_is_empty (const EntFilter *self);
gboolean ent_filter_has_field (const EntFilter *self, EntFilterField field);
gboolean ent_filter_equal (const EntFilter *a, const EntFilter *b); /* as sets of values */
guint ent_filter_get_n_values (const EntFilter *self, EntFilterField field);
const char *
ent_filter_get_value (const EntFilter *self, EntFilterField field, guint index, gboolean *negated);

/* {"channel":["whatsapp"],"campaign":["Entregas","!Teste"]}: fields in the order of the
 * enumeration, empty ones left out. From JSON empty arrays are allowed. */
JsonNode *ent_filter_to_json (const EntFilter *self);
EntFilter *ent_filter_from_json (JsonNode *node, GError **error);

G_END_DECLS
