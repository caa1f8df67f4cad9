/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small provider of our own on top of the fault server: a handful of messages whose truth the
 * test sets, and a hook that may spoil any answer. */
#pragma once

#include "ent-fault-server.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;
  const char *channel; /* SMS … */
  gint64 time;         /* UTC ms */
  const char *status;  /* of Engage */
  gint64 updated;
  const char *raw; /* (nullable): sent instead of an item */
} EntFlowMessage;

/* One question as the hook sees it. */
typedef struct
{
  const char *channel;
  gint64 from;
  gint64 to;
  guint page;
  guint number;          /* of the request, from 1 */
  gboolean has_messages; /* the honest answer has some */
} EntFlowQuestion;

/* TRUE: the hook has written the answer itself. @honest: the body that would be sent. */
typedef gboolean (*EntFlowHook) (const EntFlowQuestion *question,
                                 const char *honest,
                                 EntFaultAnswer *answer,
                                 gpointer user_data);

typedef struct
{
  EntFaultServer *server;
  GPtrArray *messages; /* EntFlowMessage, in the provider's order */
  GArray *asked;       /* EntFlowQuestion of every request; channel is a static string */
  EntFlowHook hook;
  gpointer hook_data;
} EntFlowScript;

EntFlowScript *ent_flow_script_new (void);
void ent_flow_script_free (EntFlowScript *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFlowScript, ent_flow_script_free)
/* While no request is under way. */
void ent_flow_script_add (
    EntFlowScript *self, const char *id, const char *channel, gint64 time, const char *status);
void ent_flow_script_set_statuses (EntFlowScript *self, const char *status, gint64 updated);
/* @n delivered ones, from @from on, @step milliseconds apart. */
void ent_flow_script_add_many (
    EntFlowScript *self, const char *channel, guint n, gint64 from, gint64 step);

G_END_DECLS
