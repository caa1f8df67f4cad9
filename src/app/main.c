/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program with a window. Main thread. */
#include "config.h"

#include "ent-application.h"
#include "ent-process.h"

int
main (int argc, char **argv)
{
  ent_process_init ();
  return ent_application_main (argc, argv);
}
