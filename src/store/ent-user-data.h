/* SPDX-License-Identifier: GPL-3.0-or-later */
/* user.db: what the user made (sources, templates) and what was exported. Small, synchronous
 * FULL, backed up daily (14 kept). Calls are short and thread-safe (one connection, one
 * lock); a window makes them from a worker. Never holds a secret. */
#pragma once

#include "ent-report.h"
#include "ent-store-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EntUserData EntUserData;
EntUserData *ent_user_data_open (const char *data_dir, GError **error);
/* Set when user.db was damaged and the newest good backup took its place: which file. (nullable) */
const char *ent_user_data_get_restored_from (EntUserData *self);
EntUserData *ent_user_data_ref (EntUserData *self);
void ent_user_data_unref (EntUserData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntUserData, ent_user_data_unref)

/* Sources */
typedef enum
{
  ENT_CREDENTIALS_KEYRING, /* kept in the keyring under the source's key */
  ENT_CREDENTIALS_FILE,    /* reference: a path, read at each run, must be 0600 */
  ENT_CREDENTIALS_ENV,     /* reference: name of an environment variable */
  ENT_CREDENTIALS_SESSION, /* no keyring answered: known for this run only */
  ENT_CREDENTIALS_NONE,
} EntCredentialsKind;

typedef struct
{
  char *key;     /* uuid, stable: the name may change */
  char *kind;    /* engage … */
  char *name;    /* unique */
  char *options; /* JSON object: url, region, user_key, campaign_key, accounts …; no secret */
  EntCredentialsKind credentials;
  char *credentials_ref; /* path or variable name; NULL otherwise */
  gboolean paused;
  gboolean sample; /* the bundled sample data */
  gint64 created_at;
  gint64 last_success; /* 0 = never */
  gint64 last_attempt;
  char *last_error; /* machine-readable: domain:code:detail; NULL = none; no personal data */
  int ref_count;
} EntSourceRecord;
EntSourceRecord *ent_source_record_new (void);
EntSourceRecord *ent_source_record_ref (EntSourceRecord *self);
void ent_source_record_unref (EntSourceRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSourceRecord, ent_source_record_unref)

GPtrArray *ent_user_data_list_sources (EntUserData *self, GError **error);
EntSourceRecord *
ent_user_data_find_source (EntUserData *self, const char *name, GError **error); /* NOT_FOUND */
gboolean ent_user_data_save_source (EntUserData *self,
                                    const EntSourceRecord *record,
                                    GError **error); /* insert or update by key; EXISTS */
gboolean ent_user_data_remove_source (EntUserData *self, const char *key, GError **error);

/* Templates */
typedef struct
{
  gint64 id;
  gint64 revision; /* grows with each save */
  gint64 position; /* order in the sidebar */
  gboolean pinned;
  gint64 created_at;
  gint64 updated_at;
  gint64 last_run; /* 0 = never */
  EntReport *report;
  int ref_count;
} EntTemplate;
EntTemplate *ent_template_ref (EntTemplate *self);
void ent_template_unref (EntTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTemplate, ent_template_unref)
GPtrArray *ent_user_data_list_templates (EntUserData *self, GError **error);
EntTemplate *ent_user_data_find_template (EntUserData *self, const char *name, GError **error);
/* @id 0: a new one. @revision: the one that was read, -1 to save over whatever is there (CONFLICT
 * otherwise). EXISTS for a name taken. (transfer full) */
EntTemplate *ent_user_data_save_template (EntUserData *self,
                                          gint64 id,
                                          gint64 revision,
                                          const EntReport *report,
                                          gint64 now,
                                          GError **error);
/* On a first start: does nothing where there ever was a template, also a deleted one, so that what
 * the user deleted never comes back. @reports: (element-type EntReport), with names of their own.
 */
gboolean
ent_user_data_add_starters (EntUserData *self, GPtrArray *reports, gint64 now, GError **error);
/* Tombstone: can be undone for 30 days. */
gboolean ent_user_data_delete_template (EntUserData *self, gint64 id, gint64 now, GError **error);
gboolean ent_user_data_undelete_template (EntUserData *self, gint64 id, GError **error);
gboolean ent_user_data_move_template (
    EntUserData *self, gint64 id, gint64 position, gboolean pinned, GError **error);
gboolean ent_user_data_touch_template (EntUserData *self,
                                       gint64 id,
                                       gint64 now,
                                       GError **error); /* last run */

/* Export history */
typedef enum
{
  ENT_EXPORT_QUEUED,
  ENT_EXPORT_RUNNING,
  ENT_EXPORT_FINISHED,
  ENT_EXPORT_FAILED,
  ENT_EXPORT_CANCELLED,
  ENT_EXPORT_INTERRUPTED,
} EntExportState;
typedef struct
{
  gint64 id;
  EntExportState state;
  gint64 requested_at;
  gint64 started_at;
  gint64 finished_at;
  char *user;          /* login name */
  char *subaccount;    /* what the filter says; "" for all */
  char *template_name; /* NULL: none */
  char *request;       /* JSON: report, options; enough to run it again */
  char *path;          /* final name */
  char *partial_path;  /* temporary name while running; NULL otherwise */
  gint64 rows;
  gint64 bytes;
  char *sha256;
  gint64 data_version;
  char *error;      /* in machine form; NULL = none */
  char *provenance; /* JSON */
  pid_t pid;        /* of the process that runs it; 0 = none */
  int ref_count;
} EntExportRecord;
EntExportRecord *ent_export_record_new (void);
EntExportRecord *ent_export_record_ref (EntExportRecord *self);
void ent_export_record_unref (EntExportRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExportRecord, ent_export_record_unref)
GPtrArray *ent_user_data_list_exports (EntUserData *self,
                                       GError **error); /* newest first, removed ones left out */
gint64 ent_user_data_save_export (EntUserData *self,
                                  const EntExportRecord *record,
                                  GError **error); /* id 0: insert; returns the id, 0 on error */
gboolean ent_user_data_remove_export (EntUserData *self,
                                      gint64 id,
                                      gboolean removed,
                                      GError **error); /* can be undone */
/* Says that the export to @partial_path is at work, also to those who do not see this process: from
 * before its record is running until after it has ended. A descriptor; -1 where that is not
 * possible and the process's id has to do. */
int ent_user_data_hold_export (EntUserData *self, const char *partial_path);
void ent_user_data_let_go_export (EntUserData *self, const char *partial_path, int fd);
/* Running records of dead processes become interrupted and their partial files are deleted; what
 * has ended meanwhile stays as it ended. Returns how many. */
int ent_user_data_settle_exports (EntUserData *self, GError **error);

/* Backups */
gboolean ent_user_data_backup (EntUserData *self,
                               gint64 now,
                               GError **error); /* once a local day; 14 kept */
GStrv ent_user_data_list_backups (const char *data_dir);
/* The templates of a backup, read beside a user.db that is in use. (element-type EntTemplate)
 * (transfer full) */
GPtrArray *ent_user_data_read_backup (const char *backup, GError **error);
gboolean ent_user_data_restore (const char *data_dir,
                                const char *backup,
                                GError **error); /* none may be open */

G_END_DECLS
