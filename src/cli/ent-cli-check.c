/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entrega-cli check. */

#include "config.h"

#include "ent-cli-commands.h"
#include "ent-cli-output.h"

#include <glib/gi18n-lib.h>

gboolean
ent_cli_check (EntCli *cli, int argc, char **argv, GError **error)
{
  gboolean full = FALSE;
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &full,
      N_ ("Also count everything again and compare with what reports use"), NULL },
    { NULL },
  };
  g_auto (GStrv) arguments = ent_cli_parse (cli, ent_cli_find_command (argv[0]), argc, argv,
                                            entries, NULL, NULL, 0, error);
  g_autoptr (EntUserData) user_data = NULL;
  g_autoptr (EntCliStore) store = NULL;
  g_autoptr (GString) findings = g_string_new (NULL);
  gboolean ok;

  if (arguments == NULL)
    return FALSE;
  user_data = ent_cli_open_user_data (cli, error);
  if (user_data == NULL)
    return FALSE;
  store = ent_cli_open_store (cli, error);
  if (store == NULL)
    return FALSE;
  ok = ent_store_check (store, full, findings, cli->cancellable, error);
  ent_cli_put (findings->str);
  if (findings->len > 0 && findings->str[findings->len - 1] != '\n')
    ent_cli_put ("\n");
  if (ok)
    ent_cli_remark (cli, _ ("The databases are sound."));
  return ok;
}
