/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole template file, as it is documented, in its written form. */
#pragma once

#define TEMPLATE_TEXT                                                                              \
  "{\n"                                                                                            \
  "  \"entrega_template\": 1,\n"                                                                   \
  "  \"name\": \"Last week by campaign\",\n"                                                       \
  "  \"view\": \"consolidated\",\n"                                                                \
  "  \"period\": \"previous-week\",\n"                                                             \
  "  \"timezone\": \"America/Sao_Paulo\",\n"                                                       \
  "  \"filters\": {\n"                                                                             \
  "    \"channel\": [\n"                                                                           \
  "      \"whatsapp\"\n"                                                                           \
  "    ],\n"                                                                                       \
  "    \"direction\": [\n"                                                                         \
  "      \"mt\"\n"                                                                                 \
  "    ],\n"                                                                                       \
  "    \"campaign\": [\n"                                                                          \
  "      \"Entregas\",\n"                                                                          \
  "      \"!Teste\"\n"                                                                             \
  "    ],\n"                                                                                       \
  "    \"status\": []\n"                                                                           \
  "  },\n"                                                                                         \
  "  \"basis\": \"send-date\",\n"                                                                  \
  "  \"percent_of\": \"previous-stage\",\n"                                                        \
  "  \"by\": \"campaign\",\n"                                                                      \
  "  \"compare\": \"previous-period\",\n"                                                          \
  "  \"chart\": {\n"                                                                               \
  "    \"series\": [\n"                                                                            \
  "      \"delivered\",\n"                                                                         \
  "      \"errors\"\n"                                                                             \
  "    ],\n"                                                                                       \
  "    \"style\": \"columns\"\n"                                                                   \
  "  },\n"                                                                                         \
  "  \"columns\": [\n"                                                                             \
  "    {\n"                                                                                        \
  "      \"key\": \"created_at\",\n"                                                               \
  "      \"width\": 150\n"                                                                         \
  "    },\n"                                                                                       \
  "    {\n"                                                                                        \
  "      \"key\": \"phone\"\n"                                                                     \
  "    }\n"                                                                                        \
  "  ],\n"                                                                                         \
  "  \"sort\": \"created_at:desc\",\n"                                                             \
  "  \"export\": {\n"                                                                              \
  "    \"format\": \"xlsx\",\n"                                                                    \
  "    \"dialect\": \"excel-pt\",\n"                                                               \
  "    \"privacy\": [\n"                                                                           \
  "      \"last4\"\n"                                                                              \
  "    ]\n"                                                                                        \
  "  },\n"                                                                                         \
  "  \"locale\": \"pt_BR\"\n"                                                                      \
  "}\n"
