/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See the header. The kernel sends its signal when the *thread* that started us ends, so the
 * handler looks whether the process has gone too before it believes it.
 */
#include "config.h"

#include "ent-sim-parent.h"

#include <glib-unix.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct
{
  pid_t parent;
  GMainLoop *loop;
} Watch;

static gboolean
parent_signal_cb (gpointer user_data)
{
  const Watch *watch = user_data;

  if (getppid () != watch->parent)
    g_main_loop_quit (watch->loop);
  return G_SOURCE_CONTINUE;
}

/**
 * ent_sim_parent_watch:
 * @parent: the process id that getppid() gave first, or that the parent says it has
 * @loop: is quit when @parent ends; must live as long as the process
 *
 * Returns: %FALSE when @parent has ended already, or never was the parent
 */
gboolean
ent_sim_parent_watch (pid_t parent, GMainLoop *loop)
{
  Watch *watch = g_new (Watch, 1);

  watch->parent = parent;
  watch->loop = loop;
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGUSR1, parent_signal_cb, watch, g_free);
  prctl (PR_SET_PDEATHSIG, SIGUSR1);
  /* It may have died before prctl(), which would then stay silent for ever. */
  return getppid () == parent;
}
