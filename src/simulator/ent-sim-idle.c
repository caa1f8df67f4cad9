/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libsoup 3.2's server keeps the descriptor of a connection that its client closes between two
 * requests (mended in 3.3, commit d20c6601): a thousand clients, as a test that kills them has,
 * and no more can connect. So the sockets that wait for a next request are noted, and whenever a
 * request starts those whose client has gone are closed. With a newer libsoup there is nothing
 * left to close. See the header.
 */
#include "config.h"

#include "ent-sim-idle.h"

#include <errno.h>
#include <sys/socket.h>

struct _EntSimIdle
{
  SoupServer *soup;    /* not owned */
  GHashTable *sockets; /* GSocket, as a set: between two requests */
};

static gboolean
client_has_gone (GSocket *socket)
{
  char byte;
  ssize_t n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

static gboolean
close_if_left (gpointer key, gpointer value, gpointer user_data)
{
  if (g_socket_is_closed (key))
    return TRUE;
  if (!client_has_gone (key))
    return FALSE;
  g_socket_close (key, NULL);
  return TRUE;
}

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  EntSimIdle *self = user_data;
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_hash_table_remove (self->sockets, socket);
  g_hash_table_foreach_remove (self->sockets, close_if_left, NULL);
}

static void
finished_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  EntSimIdle *self = user_data;
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL && !g_socket_is_closed (socket))
    g_hash_table_add (self->sockets, g_object_ref (socket));
}

/**
 * ent_sim_idle_new:
 * @soup: the server to look after; must outlive the result
 */
EntSimIdle *
ent_sim_idle_new (SoupServer *soup)
{
  EntSimIdle *self = g_new0 (EntSimIdle, 1);

  self->soup = soup;
  self->sockets = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, NULL);
  g_signal_connect (soup, "request-started", G_CALLBACK (started_cb), self);
  g_signal_connect (soup, "request-finished", G_CALLBACK (finished_cb), self);
  return self;
}

void
ent_sim_idle_free (EntSimIdle *self)
{
  g_signal_handlers_disconnect_by_data (self->soup, self);
  g_hash_table_unref (self->sockets);
  g_free (self);
}
