/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source said of one message at one moment, in neutral terms.
 * Observations live in a batch that owns their strings (an arena): made by a
 * source on the fetch thread, handed over whole to the store's writer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENT_TIME_NONE G_MININT64
#define ENT_NUMBER_NONE G_MININT64

typedef enum
{
  ENT_STAGE_FLAG_ACCEPTED = 1 << 0,
  ENT_STAGE_FLAG_SENT = 1 << 1,
  ENT_STAGE_FLAG_DELIVERED = 1 << 2,
  ENT_STAGE_FLAG_READ = 1 << 3,
  ENT_STAGE_FLAG_FAILED = 1 << 4,
} EntStageFlags;

/* Index of a stage's time; for MO messages ACCEPTED is the time of reception. */
typedef enum
{
  ENT_STAGE_TIME_ACCEPTED,
  ENT_STAGE_TIME_SENT,
  ENT_STAGE_TIME_DELIVERED,
  ENT_STAGE_TIME_READ,
  ENT_STAGE_TIME_FAILED,
} EntStageTime;
#define ENT_N_STAGE_TIMES 5

/* The last-writer registers of a message. Number fields first. */
typedef enum
{
  ENT_FIELD_CHANNEL,                 /* EntChannel */
  ENT_FIELD_DIRECTION,               /* EntDirection */
  ENT_FIELD_CONTENT_TYPE,            /* EntContentType */
  ENT_FIELD_REASON,                  /* EntReason that the source's code stands for */
  ENT_FIELD_PARTS,                   /* billed SMS parts */
  ENT_FIELD_WITH_SESSION,            /* 0 or 1 */
  ENT_FIELD_CONVERSATION_EXPIRES_AT, /* UTC ms */
  ENT_N_NUMBER_FIELDS,
  ENT_FIELD_PHONE = ENT_N_NUMBER_FIELDS, /* the customer's: digits only where it is a number */
  ENT_FIELD_CONTACT_NAME,
  ENT_FIELD_ORIGIN, /* our side's address or short code */
  ENT_FIELD_CONTENT,
  ENT_FIELD_SUBACCOUNT_ID,
  ENT_FIELD_SUBACCOUNT,
  ENT_FIELD_USER_ID,
  ENT_FIELD_USER,
  ENT_FIELD_CAMPAIGN_ID,
  ENT_FIELD_CAMPAIGN,
  ENT_FIELD_CORRELATION_ID,
  ENT_FIELD_EXTRA_INFO,
  ENT_FIELD_CONVERSATION_ID,
  ENT_FIELD_CONVERSATION_TYPE,
  ENT_FIELD_CARRIER,
  ENT_FIELD_RAW_CODE,   /* the source's own code, kept verbatim */
  ENT_FIELD_RAW_TEXT,   /* its description */
  ENT_FIELD_RAW_STATUS, /* its status word */
  ENT_N_FIELDS,
} EntField;
#define ENT_N_TEXT_FIELDS (ENT_N_FIELDS - ENT_N_NUMBER_FIELDS)

typedef struct
{
  const char *remote_id;                 /* non-empty UTF-8 */
  gint64 updated_at;                     /* UTC ms; stamp of all its registers; mandatory */
  guint stages;                          /* EntStageFlags as seen, not closed */
  gint64 stage_times[ENT_N_STAGE_TIMES]; /* UTC ms or ENT_TIME_NONE */
  gint64 numbers[ENT_N_NUMBER_FIELDS];   /* ENT_NUMBER_NONE = null, never competes */
  const char *texts[ENT_N_TEXT_FIELDS];  /* NULL = null; index field - ENT_N_NUMBER_FIELDS */
} EntObservation;

/* Sets every value to absent. */
void ent_observation_init (EntObservation *self);

typedef struct _EntObservations EntObservations;

EntObservations *ent_observations_new (void);
void ent_observations_free (EntObservations *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntObservations, ent_observations_free)

/* Appends an empty observation; the pointer is valid until the next append. */
EntObservation *ent_observations_append (EntObservations *self);
/* Takes the last one back (an item that turned out to be broken). */
void ent_observations_drop_last (EntObservations *self);
guint ent_observations_get_size (const EntObservations *self);
const EntObservation *ent_observations_get (const EntObservations *self, guint index);
/* Copies @length bytes into the arena (stays until the batch is freed), NUL-terminated.
 * @length -1: NUL-terminated. Does not clean: see ent-text.h. */
const char *ent_observations_intern (EntObservations *self, const char *text, gssize length);
/* Moves all of @other's observations behind ours, its arena with them; @other is consumed. */
void ent_observations_join (EntObservations *self, EntObservations *other);

G_END_DECLS
