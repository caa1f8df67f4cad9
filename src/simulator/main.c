/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * entrega-simulator: a provider of message reports on loopback, for samples and tests. One thread.
 */
#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ent-sim-error.h"
#include "ent-sim-options.h"
#include "ent-sim-parent.h"
#include "ent-sim-server.h"

#define EXIT_FAILED 1
#define EXIT_USAGE 2

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Whoever waits for the line has gone when it cannot be written. */
static gboolean
print_ready_line (const EntSimServer *server)
{
  g_autofree char *line = ent_sim_server_dup_ready_line (server);

  return printf ("%s\n", line) > 0 && fflush (stdout) == 0;
}

static int
serve (const EntSimOptions *options, pid_t parent)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (EntSimServer) server =
      ent_sim_server_new (ent_sim_world_new (&options->config, options->clock), &options->faults);
  g_autoptr (GError) error = NULL;

  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  if (!ent_sim_parent_watch (options->parent != 0 ? options->parent : parent, loop))
    return EXIT_SUCCESS;
  if (!ent_sim_server_listen (server, options->port, &error))
    {
      g_printerr ("entrega-simulator: %s\n", error->message);
      return EXIT_FAILED;
    }
  if (!print_ready_line (server))
    return EXIT_FAILED;
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  pid_t parent = getppid ();
  g_autoptr (GError) error = NULL;
  EntSimOptions options;

  umask (077);
  /* Only so that the help can be printed as it is written: numbers stay those of C. */
  setlocale (LC_CTYPE, "");
  if (!ent_sim_options_parse (&argc, &argv, &options, &error))
    {
      g_printerr ("entrega-simulator: %s\nTry 'entrega-simulator --help'.\n", error->message);
      return EXIT_USAGE;
    }
  if (options.show_version)
    {
      g_print ("entrega-simulator %s\n", VERSION);
      return EXIT_SUCCESS;
    }
  return serve (&options, parent);
}
