/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all commands share: the options that every command takes, the folder, the way to fail.
 * The command line has one thread, and one more that waits for Ctrl+C. */
#pragma once

#include "ent-store.h"
#include "ent-user-data.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Exit statuses; scripts depend on them. */
typedef enum
{
  ENT_CLI_DONE = 0,
  ENT_CLI_FAILED = 1,
  ENT_CLI_WRONG_USAGE = 2,
  ENT_CLI_PARTLY_DONE = 3,
  ENT_CLI_NOTHING_MATCHED = 4,
} EntCliStatus;

typedef enum
{
  ENT_CLI_ERROR_USAGE,  /* the message says what is allowed */
  ENT_CLI_ERROR_FAILED, /* the message is a sentence for people */
  ENT_CLI_ERROR_EMPTY,  /* nothing matched, and that was to be a failure */
  ENT_CLI_ERROR_PARTLY, /* some of several failed; each was told already */
} EntCliError;
#define ENT_CLI_ERROR (ent_cli_error_quark ())
GQuark ent_cli_error_quark (void);

typedef struct
{
  char *data_dir;
  char *locale; /* NULL: the environment's, or a template's */
  char *now;
  gboolean offline;
  gboolean quiet;
  gboolean verbose;
  GCancellable *cancellable;
} EntCli;

typedef struct
{
  const char *name;      /* "source add" */
  const char *arguments; /* msgid: "NAME"; NULL for none */
  const char *summary;   /* msgid: one line */
  /* @argv[0] is the name; FALSE with an error. */
  gboolean (*run) (EntCli *cli, int argc, char **argv, GError **error);
} EntCliCommand;

int ent_cli_main (int argc, char **argv);

/* (array) ends with a NULL name. */
extern const EntCliCommand ent_cli_commands[];

/* Parses a command's options and the common ones, applies the latter, and hands back what
 * is left: exactly @n_arguments (-1: any number, -2: at least one). @user_data goes to callback
 * options. Every failure is one of usage. (transfer full) */
GStrv ent_cli_parse (EntCli *cli,
                     const EntCliCommand *command,
                     int argc,
                     char **argv,
                     const GOptionEntry *entries,
                     const GOptionEntry *more_entries,
                     gpointer user_data,
                     int n_arguments,
                     GError **error);
const EntCliCommand *ent_cli_find_command (const char *name);

/* Sets USAGE with a sentence; returns FALSE. */
gboolean ent_cli_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Turns an error of a wrong value into one of usage: any error for which the user's words are to
 * blame. Returns FALSE. */
gboolean ent_cli_usage_from (GError **error, GError *cause);

/* The store, closed when it goes out of scope. */
typedef EntStore EntCliStore;
EntCliStore *ent_cli_open_store (EntCli *cli, GError **error);
void ent_cli_close_store (EntCliStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCliStore, ent_cli_close_store)
EntUserData *ent_cli_open_user_data (EntCli *cli, GError **error);

G_END_DECLS
