/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each program does first: see the header. Main thread. */

#include "config.h"

#include "ent-process.h"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* Measured while synchronising: giving the memory of each page back and asking for it again takes a
 * twentieth of the time. */
#define KEPT_FREE (16 * 1024 * 1024)
#define MAPPED_FROM (4 * 1024 * 1024)

void
ent_process_init (void)
{
  const struct rlimit none = { 0, 0 };

  umask (077);
  setrlimit (RLIMIT_CORE, &none);
#ifdef __GLIBC__
  mallopt (M_TRIM_THRESHOLD, KEPT_FREE);
  mallopt (M_MMAP_THRESHOLD, MAPPED_FROM);
#endif
}
