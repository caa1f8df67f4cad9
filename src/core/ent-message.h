/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message as a value: what all observations of it, merged, say.
 * One message is one row, whatever its number of SMS parts.
 * Not shared between threads while it is being changed. */
#pragma once

#include "ent-observation.h"
#include "ent-vocabulary.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* How the counting time (ent_message_get_time) came about. */
typedef enum
{
  ENT_TIME_KIND_ACCEPTED, /* the provider's acceptance (MT) or reception (MO) time */
  ENT_TIME_KIND_SENT,     /* no acceptance time: the row is flagged */
  ENT_TIME_KIND_UPDATED,  /* neither: the earliest update seen; flagged */
} EntTimeKind;

/* One last-writer register: the value of the greatest (stamp, value) seen. */
typedef struct
{
  gint64 stamp;  /* updated_at of the observation that wrote it; meaningless while absent */
  char *text;    /* text fields; NULL = absent; owned */
  gint64 number; /* number fields; ENT_NUMBER_NONE = absent */
} EntRegister;

typedef struct
{
  gint64 id;         /* row id in the store, dense from 1; 0 = not stored */
  char *source;      /* the source's key in the store (not a secret) */
  char *source_name; /* as people call it; may be NULL */
  char *remote_id;   /* the provider's id */
  guint stages;      /* EntStageFlags, closed: read ⇒ delivered ⇒ sent ⇒ accepted */
  gint64 stage_times[ENT_N_STAGE_TIMES]; /* UTC ms, ENT_TIME_NONE where unknown or inferred */
  gint64 first_update;                   /* earliest updated_at seen */
  gint64 last_update;                    /* greatest updated_at seen */
  EntRegister fields[ENT_N_FIELDS];
  int ref_count;
} EntMessage;

#define ENT_TYPE_MESSAGE (ent_message_get_type ())
GType ent_message_get_type (void);

EntMessage *ent_message_new (const char *source, const char *remote_id);
/* One that shares nothing with it. (transfer full) */
EntMessage *ent_message_copy (const EntMessage *self);
EntMessage *ent_message_ref (EntMessage *self);
void ent_message_unref (EntMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntMessage, ent_message_unref)

/* The one merge rule: commutative, associative, idempotent. Returns whether anything changed. */
gboolean ent_message_merge (EntMessage *self, const EntObservation *observation);
/* The same rule for what was merged elsewhere: any partition of the observations gives the
 * same row. @other is of the same source and remote id. */
gboolean ent_message_absorb (EntMessage *self, const EntMessage *other);
/* Same key, stages, times and registers, stamps included; the row id and the source's name do
 * not count. */
gboolean ent_message_equal (const EntMessage *a, const EntMessage *b);

const char *ent_message_get_text (const EntMessage *self, EntField field); /* NULL = absent */
gint64 ent_message_get_number (const EntMessage *self, EntField field);    /* ENT_NUMBER_NONE */
EntChannel ent_message_get_channel (const EntMessage *self);               /* OTHER when absent */
EntDirection ent_message_get_direction (const EntMessage *self);           /* MT when absent */
EntContentType ent_message_get_content_type (const EntMessage *self);
EntReason ent_message_get_reason (const EntMessage *self); /* NONE unless the status is a failure;
                                                              UNKNOWN when failed without one */

/* The counting time: accepted, else sent, else first update. UTC ms. */
gint64 ent_message_get_time (const EntMessage *self, EntTimeKind *kind);

/* Exclusive status without regard to age: never UNCONFIRMED. */
EntStatus ent_message_get_status (const EntMessage *self);
EntStatus ent_status_from_stages (guint stages, EntDirection direction);
/* SENT becomes UNCONFIRMED when the counting time is older than the confirmation
 * horizon of 30 days before @now, or at once where the carrier never confirms. */
EntStatus
ent_status_at (EntStatus status, gint64 time, gboolean carrier_never_confirms, gint64 now);
#define ENT_CONFIRMATION_HORIZON_MS (30 * G_GINT64_CONSTANT (86400000))

/* A stage was implied by a later one (closure), not reported. */
gboolean ent_message_is_inferred (const EntMessage *self, EntStageTime stage);
/* Delivered although a failure was recorded, or stages out of order: kept, shown, left out of
 * percentiles. */
gboolean ent_message_has_anomaly (const EntMessage *self);
/* Seconds from sent (else accepted) to delivered, from delivered to read; -1 where
 * unknown, inferred, out of order, or later than @now. */
gint64 ent_message_secs_to_deliver (const EntMessage *self, gint64 now);
gint64 ent_message_secs_to_read (const EntMessage *self, gint64 now);

G_END_DECLS
