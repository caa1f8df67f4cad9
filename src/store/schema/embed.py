#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes numbered SQL scripts into a C source: embed.py NAME OUTPUT SCRIPT...

The result defines `const char *const NAME_migrations[]` and `const int NAME_n_migrations`;
the scripts are its elements in the order given. Comments are left out.
"""
import sys


def literal(line):
    return '    "%s\\n"' % line.replace('\\', '\\\\').replace('"', '\\"')


def statements(path):
    with open(path, encoding='utf-8') as script:
        for line in script:
            line = line.split('--')[0].rstrip()
            if line:
                yield literal(line)


def main():
    name, output, scripts = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(output, 'w', encoding='utf-8') as out:
        out.write('/* Made by embed.py from %d scripts; do not edit. */\n' % len(scripts))
        out.write('#include "ent-schema.h"\n\n')
        out.write('const char *const ent_%s_migrations[] = {\n' % name)
        out.write(',\n'.join('\n'.join(statements(path)) for path in scripts))
        out.write('\n};\n')
        out.write('const int ent_%s_n_migrations = %d;\n' % (name, len(scripts)))


main()
