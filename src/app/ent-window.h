/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: sidebar, header bar, pages; it owns its session. */
#pragma once

#include "ent-engine.h"
#include "ent-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define ENT_TYPE_WINDOW (ent_window_get_type ())
G_DECLARE_FINAL_TYPE (EntWindow, ent_window, ENT, WINDOW, AdwApplicationWindow)

EntWindow *ent_window_new (GtkApplication *application, EntEngine *engine);
/* The engine is open: shows the report, or the welcome page while there is no source. */
void ent_window_ready (EntWindow *self);
/* The engine did not open: says why, nothing else works. */
void ent_window_fail (EntWindow *self, const GError *error);
EntSession *ent_window_get_session (EntWindow *self); /* (nullable) before it is ready */
EntEngine *ent_window_get_engine (EntWindow *self);

/* report, exports, sources */
void ent_window_show_page (EntWindow *self, const char *page);
/* A template file: imports it, now or as soon as the templates are known. */
void ent_window_open_file (EntWindow *self, GFile *file);
/* The sample data is being started; ends with the first synchronisation. */
void ent_window_set_starting_sample (EntWindow *self, gboolean starting);

void ent_window_toast (EntWindow *self, const char *text);
/* With a button; @target may be NULL, a floating reference is taken. */
void ent_window_toast_action (
    EntWindow *self, const char *text, const char *label, const char *action, GVariant *target);
/* A failure that needs no decision, in words. @title: what was being done. */
void ent_window_toast_error (EntWindow *self, const GError *error);

G_END_DECLS
