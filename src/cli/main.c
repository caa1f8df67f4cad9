/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli. No other process of the user may look into its memory. (The window's must stay open:
 * the desktop's portals look up there who asks them.) Main thread. */
#include "config.h"

#include "ent-cli.h"
#include "ent-process.h"

#include <sys/prctl.h>

/* The leak detector of the sanitizers traces its own process, which an undumpable one refuses. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

int
main (int argc, char **argv)
{
  ent_process_init ();
#ifndef IS_SANITIZED
  prctl (PR_SET_DUMPABLE, 0);
#endif
  return ent_cli_main (argc, argv);
}
