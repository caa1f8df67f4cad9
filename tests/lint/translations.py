#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations are whole: each file with words for people is listed, each word translated.

Without arguments, a test (TAP): POTFILES.in is sorted and complete, each language passes msgfmt's
checks and has an entry for each string of the sources, none of them empty or fuzzy.

With --update, writes POTFILES.in and merges the present strings into each language's file, for a
person to translate what is new.
"""
import os
import re
import subprocess
import sys
import tempfile

from lint import ROOT, read, run_checks, tracked

PO = os.path.join(ROOT, 'po')
POTFILES = os.path.join(PO, 'POTFILES.in')
# Calls that mark a string in C, and what marks one in a .ui file.
MARKED_IN_C = re.compile(r'(?<![\w.>])(?:_|N_|C_|NC_|gettext|g_dngettext|g_dpgettext2|ngettext|'
                         r'dngettext|g_dgettext)\s*\(\s*"')
MARKED_IN_UI = re.compile(r'translatable="(?:yes|true|1)"')
XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--package-name=entrega',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
    '--keyword=g_dgettext:2', '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3',
    '--keyword=g_dpgettext2:2c,3', '--keyword=gettext', '--keyword=ngettext:1,2',
    '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
    '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format',
    '--flag=g_string_printf:2:c-format', '--flag=g_string_append_printf:2:c-format',
    '--flag=g_print:1:c-format', '--flag=g_printerr:1:c-format', '--flag=g_set_error:4:c-format',
]


def has_words(path):
    """Whether a file of the repository has strings to translate."""
    if path.startswith('src/') and path.endswith(('.c', '.h')):
        return MARKED_IN_C.search(read(path)) is not None
    if path.startswith(('src/', 'data/')) and path.endswith('.ui'):
        return MARKED_IN_UI.search(read(path)) is not None
    return path.startswith('data/') and path.endswith(('.desktop.in', '.metainfo.xml.in'))


def wanted_potfiles():
    return sorted(path for path in tracked() if has_words(path))


def listed_potfiles():
    with open(POTFILES, encoding='utf-8') as stream:
        lines = (line.strip() for line in stream)
        return [line for line in lines if line and not line.startswith('#')]


def languages():
    with open(os.path.join(PO, 'LINGUAS'), encoding='utf-8') as stream:
        return stream.read().split()


def tool(*command):
    """Runs a program of gettext; returns (status, what it printed)."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    return done.returncode, done.stdout.strip()


def make_template(path):
    status, output = tool(*XGETTEXT, '--files-from', POTFILES, '--output', path)
    return [output] if status != 0 else []


def check_potfiles():
    wanted, listed = wanted_potfiles(), listed_potfiles()
    problems = [f'not listed: {path}' for path in wanted if path not in listed]
    problems += [f'has no words: {path}' for path in listed if path not in wanted]
    if listed != sorted(listed):
        problems.append('POTFILES.in is not sorted')
    return problems


def check_linguas():
    found = sorted(name[:-3] for name in os.listdir(PO) if name.endswith('.po'))
    return [] if found == languages() else [f'LINGUAS says {languages()}, the files say {found}']


def check_format(language):
    status, output = tool('msgfmt', '--check', '--output-file', os.devnull,
                          os.path.join(PO, language + '.po'))
    return [output] if status != 0 else []


def check_complete(language):
    """Merges the strings of the sources and counts what is not translated afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'entrega.pot')
        merged = os.path.join(folder, 'merged.po')
        problems = make_template(template)
        if problems:
            return problems
        status, output = tool('msgmerge', '--quiet', '--no-fuzzy-matching', '--output-file',
                              merged, os.path.join(PO, language + '.po'), template)
        if status != 0:
            return [output]
        return [f'{kind}: {text}'
                for kind, option in (('untranslated', '--untranslated'), ('fuzzy', '--only-fuzzy'))
                for text in message_ids(tool('msgattrib', option, '--no-obsolete', '--no-wrap',
                                             merged)[1])]


def message_ids(po_text):
    return [text for text in re.findall(r'^msgid (".*(?:\n".*")*)', po_text, re.MULTILINE)
            if text != '""']


def update():
    with open(POTFILES, 'w', encoding='utf-8') as stream:
        stream.write('# Sorted; tests/lint/translations.py --update writes this list.\n')
        stream.writelines(path + '\n' for path in wanted_potfiles())
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'entrega.pot')
        for problem in make_template(template):
            sys.exit(problem)
        for language in languages():
            status, output = tool('msgmerge', '--quiet', '--update', '--backup=none',
                                  '--no-fuzzy-matching', os.path.join(PO, language + '.po'),
                                  template)
            if status != 0:
                sys.exit(output)


def main():
    if sys.argv[1:] == ['--update']:
        update()
        return
    checks = [('potfiles', check_potfiles), ('linguas', check_linguas)]
    for language in languages():
        checks.append((f'{language}/format', lambda language=language: check_format(language)))
        checks.append((f'{language}/complete', lambda language=language: check_complete(language)))
    run_checks(checks)


if __name__ == '__main__':
    main()
