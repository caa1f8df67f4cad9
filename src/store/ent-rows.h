/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message as a row of the table: from an observation or a merged message to SQL values
 * and to packed columns, and from SQL back to a message. Private to the store. */
#pragma once

#include "ent-columns.h"
#include "ent-database.h"
#include "ent-message.h"

G_BEGIN_DECLS

/* Everything that a row says; texts belong to whoever the image was made from. */
typedef struct
{
  const char *remote_id;
  guint source;
  gint64 t;
  EntTimeKind time_kind;
  guint stages;
  gint64 stage_times[ENT_N_STAGE_TIMES];
  gint64 first_update;
  gint64 last_update;
  gint64 numbers[ENT_N_NUMBER_FIELDS];
  const char *texts[ENT_N_TEXT_FIELDS];
  gint64 stamps[ENT_N_FIELDS]; /* only where !uniform; of fields that are there */
  gboolean uniform;            /* all registers were written at last_update */
} EntRowImage;

/* The first observation of a message: what merging it into nothing gives. */
void
ent_row_image_from_observation (EntRowImage *self, const EntObservation *observation, guint source);
void ent_row_image_from_message (EntRowImage *self, const EntMessage *message, guint source);

static inline const char *
ent_row_image_get_text (const EntRowImage *self, EntField field)
{
  return self->texts[field - ENT_N_NUMBER_FIELDS];
}

/* Numbers of the names that the row refers to, by kind; 0 none. A pooled text without a
 * number is written out. */
typedef struct
{
  guint32 numbers[ENT_N_DIMENSIONS];
} EntRowNames;
/* The pair of a kind in an image; whether texts of that kind are always numbered. */
EntName ent_row_image_get_name (const EntRowImage *self, EntDimensionKind kind);
/* Texts of pooled kinds get a number only when short, and free of anything like a phone
 * number: what is erased with its message must not stay behind as a name. */
gboolean ent_dimension_accepts (EntDimensionKind kind, EntName name);

void ent_row_pack (const EntRowImage *self, const EntRowNames *names, EntPacked *packed);

/* INSERT of a new row; all columns of an old one; the columns without those of the keys. */
extern const char ent_row_insert_sql[];
extern const char ent_row_update_sql[];
extern const char ent_row_update_key_sql[]; /* t, fallback */
/* Buffers that bound values point into until the statement is reset. */
typedef struct
{
  guint8 remote_id[16];
  guint8 correlation_id[16];
  guint8 conversation_id[16];
  guint8 stamps[ENT_N_FIELDS * 11];
} EntRowScratch;
void ent_row_bind (EntStatement *statement,
                   gint64 id,
                   const EntRowImage *image,
                   const EntRowNames *names,
                   EntRowScratch *scratch);

/* A rid as it is stored: 16 bytes for a UUID in lower case, else text. */
void ent_row_bind_id (EntStatement *statement, int index, const char *text, guint8 *buffer);

/* Columns of a select whose rows ent_row_read takes. */
#define ENT_ROW_COLUMNS                                                                            \
  "id, t, source, rid, stages, numbers, sent, delivered, read, failed, first_update, "             \
  "last_update, subaccount, user, campaign, carrier, phone, contact_name, origin, content, "       \
  "correlation_id, extra_info, parts, conversation_id, conversation_type, "                        \
  "conversation_expires_at, raw_code, raw_text, raw_status, stamps, fallback"

typedef struct
{
  const char *key;
  const char *name;
} EntSourceName;

/* (transfer full) @sources: by number - 1. NULL when the row refers to what is not there. */
EntMessage *ent_row_read (EntStatement *statement,
                          EntDimensions *names,
                          const EntSourceName *sources,
                          guint n_sources);
guint ent_row_read_source (EntStatement *statement);

/* @bytes: 16; @buffer: 37. */
void ent_row_unpack_uuid (const guint8 *bytes, char *buffer);
/* The "numbers" of a row into the registers of a message that has none of them. */
void ent_row_unpack_numbers (EntMessage *message, gint64 packed);

G_END_DECLS
