/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server on loopback that does what its script says, byte for byte: cut, wrong, slow, silent or
 * endless answers, with or without TLS. It records all that it receives. Each connection has a
 * thread of its own; the script runs there, one request at a time over all connections. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint number;     /* of the request, from 1, over all connections */
  const char *head; /* request line and headers, as received */
  const char *body;
  gsize body_length;
} EntFaultRequest;

typedef enum
{
  ENT_FAULT_KEEP,  /* the connection stays for the next request */
  ENT_FAULT_CLOSE, /* closed in order */
  ENT_FAULT_RESET, /* RST */
  ENT_FAULT_HANG,  /* silent, until the client leaves */
} EntFaultEnd;

typedef struct
{
  GByteArray *bytes; /* what is sent; empty to begin with */
  EntFaultEnd end;
  gsize piece;      /* sent so many bytes at a time (0: all at once) … */
  guint pause_us;   /* … with a pause between them */
  gboolean forever; /* the bytes again and again, until the client leaves */
} EntFaultAnswer;

typedef void (*EntFaultFunc) (const EntFaultRequest *request,
                              EntFaultAnswer *answer,
                              gpointer user_data);

typedef struct _EntFaultServer EntFaultServer;

/* @certificate: (nullable): then it speaks TLS. */
EntFaultServer *
ent_fault_server_new (GTlsCertificate *certificate, EntFaultFunc func, gpointer user_data);
void ent_fault_server_free (EntFaultServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFaultServer, ent_fault_server_free)

const char *ent_fault_server_get_url (EntFaultServer *self); /* without a slash at the end */
guint16 ent_fault_server_get_port (EntFaultServer *self);
guint ent_fault_server_get_n_requests (EntFaultServer *self);
guint ent_fault_server_get_n_connections (EntFaultServer *self);
/* All bytes received so far (in clear, with TLS), over all connections. (transfer full) */
GByteArray *ent_fault_server_dup_received (EntFaultServer *self);

/* An answer as it should be: status line, Content-Length, body. @headers: lines that end in \r\n.
 */
void ent_fault_answer_set (
    EntFaultAnswer *answer, guint status, const char *headers, const void *body, gsize length);
void ent_fault_answer_printf (EntFaultAnswer *answer, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ent_fault_answer_append (EntFaultAnswer *answer, const void *data, gsize length);
/* One chunk of the chunked coding; of no bytes: the last one. */
void ent_fault_answer_append_chunk (EntFaultAnswer *answer, const void *data, gsize length);

/* (transfer full) */
GByteArray *ent_fault_gzip (const void *data, gsize length);

G_END_DECLS
