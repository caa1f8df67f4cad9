/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands block, so signals are waited for on a thread of their own: cancelling is not allowed
 * in a signal handler. */

#include "config.h"

#include "ent-cli-signal.h"

#include <signal.h>
#include <unistd.h>

static sigset_t watched;

static gpointer
wait_in_thread (gpointer data)
{
  GCancellable *cancellable = data;

  for (;;)
    {
      int number;

      if (sigwait (&watched, &number) != 0)
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        _exit (128 + number);
      g_cancellable_cancel (cancellable);
    }
  return NULL;
}

void
ent_cli_signal_watch (GCancellable *cancellable)
{
  sigemptyset (&watched);
  sigaddset (&watched, SIGINT);
  sigaddset (&watched, SIGTERM);
  sigaddset (&watched, SIGHUP);
  /* Threads made later inherit the mask: only the waiting one gets them. */
  pthread_sigmask (SIG_BLOCK, &watched, NULL);
  g_thread_unref (g_thread_new ("signals", wait_in_thread, cancellable));
}
