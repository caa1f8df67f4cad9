/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of messages fit on a page, and how wide they are. Pure. */
#pragma once

#include "ent-report.h"

G_BEGIN_DECLS

typedef struct
{
  EntColumn column;
  guint source; /* index in what was asked for */
  double x;
  double width;
} EntPdfColumn;

/* (element-type EntPdfColumn): those of @columns that fit into @width, in order, with @gap between
 * them; the others' names, comma separated, in @left_out (NULL for none). Times and numbers take
 * what they need; texts share what is left. @heads: how wide each column's name is (NULL: not
 * known). @natural: how wide each column's texts are, heads included; a column takes no more (NULL:
 * not known). */
GArray *ent_pdf_detail_columns (const EntColumn *columns,
                                const double *heads,
                                const double *natural,
                                guint n,
                                double width,
                                double gap,
                                char **left_out);

G_END_DECLS
