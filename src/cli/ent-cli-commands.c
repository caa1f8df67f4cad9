/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of commands, in the order of the help. */

#include "config.h"

#include "ent-cli-commands.h"

#include <glib/gi18n-lib.h>

const EntCliCommand ent_cli_commands[] = {
  { "source add", NULL, N_ ("Add an account or an archive to synchronise"), ent_cli_source_add },
  { "source list", NULL, N_ ("List the sources and what they last said"), ent_cli_source_list },
  { "source test", N_ ("NAME"), N_ ("Check address and credentials of a source"),
    ent_cli_source_test },
  { "source remove", N_ ("NAME"), N_ ("Remove a source, with or without its data"),
    ent_cli_source_remove },
  { "source pause", N_ ("NAME"), N_ ("Leave a source out of synchronisations"),
    ent_cli_source_pause },
  { "source resume", N_ ("NAME"), N_ ("Take a paused source up again"), ent_cli_source_resume },
  { "sync", NULL, N_ ("Fetch what is new from the sources"), ent_cli_sync },
  { "report", NULL, N_ ("Counters and percentages of a period"), ent_cli_report },
  { "list", NULL, N_ ("The messages that match"), ent_cli_list },
  { "show", N_ ("MESSAGE-ID"), N_ ("What became of one message, and why"), ent_cli_show },
  { "export", NULL, N_ ("Write a report into a file"), ent_cli_export },
  { "exports list", NULL, N_ ("What was exported, when, by whom and where to"),
    ent_cli_exports_list },
  { "exports verify", N_ ("FILE…"), N_ ("Does the report still give this very file?"),
    ent_cli_exports_verify },
  { "template list", NULL, N_ ("List the saved reports"), ent_cli_template_list },
  { "template show", N_ ("NAME"), N_ ("What a template does, and which days it means today"),
    ent_cli_template_show },
  { "template save", NULL, N_ ("Save a report under a name"), ent_cli_template_save },
  { "template delete", N_ ("NAME"), N_ ("Delete a template"), ent_cli_template_delete },
  { "template rename", N_ ("OLD NEW"), N_ ("Give a template another name"),
    ent_cli_template_rename },
  { "template duplicate", N_ ("NAME NEW"), N_ ("Save a template under a second name"),
    ent_cli_template_duplicate },
  { "template import", N_ ("FILE"), N_ ("Add a template from a file"), ent_cli_template_import },
  { "template export", N_ ("NAME"), N_ ("Write a template into a file"), ent_cli_template_export },
  { "template restore", NULL, N_ ("Bring templates back from a daily backup"),
    ent_cli_template_restore },
  { "check", NULL, N_ ("Check the databases"), ent_cli_check },
  { "erase", NULL, N_ ("Erase messages for good"), ent_cli_erase },
  { NULL },
};
