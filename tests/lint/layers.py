#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may depend on whom. The build refuses most breaches by itself; this says so in words, and
sees what the build cannot: a header that happens to be installed, and SQL outside store/.
"""
import os
import re

from lint import read, run_checks, sources, without_comments, without_comments_and_strings

# What each folder may include of the others, besides itself.
FOLDERS = {
    'core': (),
    'words': ('core',),
    'store': ('core',),
    'chart': ('core',),
    'sources': ('core',),
    'sync': ('core', 'store', 'sources'),
    'model': ('core', 'store'),
    'export': ('core', 'store', 'chart', 'words'),
    'schedule': ('core',),
    'simulator': (),
    'cli': ('core', 'words', 'store', 'sources', 'sync', 'chart', 'export', 'schedule'),
    'app': ('core', 'words', 'store', 'chart', 'sources', 'sync', 'model', 'export', 'schedule'),
}
# Libraries with a narrow place: first part of the header's path -> folders that may include it.
LIBRARIES = {
    'gtk': ('app',), 'gdk': ('app',), 'gsk': ('app',), 'graphene': ('app',),
    'adwaita.h': ('app',), 'libadwaita': ('app',),
    'sqlite3.h': ('store',),
    'libsoup': ('sources', 'simulator', 'app'),
    'libsecret': ('sources',),
    'libdeflate.h': ('sources',),
    'simdjson.h': ('sources',),
    'xlsxwriter.h': ('export',), 'xlsxwriter': ('export',),
    'cairo': ('chart', 'export', 'app'), 'pango': ('chart', 'export', 'app'),
}
# Sentences come from words/; these folders speak in codes.
WITHOUT_SENTENCES = ('core', 'store', 'sources', 'sync', 'model', 'chart', 'schedule',
                     'simulator')

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
SQL = re.compile(r'"\s*(?:SELECT\s|INSERT (?:OR \w+ )?INTO\s|REPLACE INTO\s|UPDATE \w+ SET\s|'
                 r'DELETE FROM\s|CREATE (?:TEMP )?(?:TABLE|INDEX|VIEW|TRIGGER|VIRTUAL)\s|'
                 r'ALTER TABLE\s|DROP TABLE\s|PRAGMA\s|BEGIN IMMEDIATE|ATTACH\s)')
SENTENCE = re.compile(r'(?<![\w.>])(?:_|N_|C_|NC_|ngettext|g_dngettext|gettext)\s*\(')


def folder_of(path):
    """The folder of src/ that a file belongs to."""
    return path.split('/')[1] if path.startswith('src/') and path.count('/') > 1 else None


def code_by_folder():
    """(folder, path) of each source file below a folder of src/."""
    return [(folder_of(path), path) for path in sources('.c', '.h', '.cpp', '.cc', '.hpp')
            if folder_of(path)]


def own_headers():
    """Which folder each of our headers is in, by its file name."""
    return {os.path.basename(path): folder_of(path) for path in sources('.h') if folder_of(path)}


def check_folders_known():
    return sorted({f'{path}: src/{folder} is in no row of the table'
                   for folder, path in code_by_folder() if folder not in FOLDERS})


def check_arrows():
    headers, problems = own_headers(), []
    for folder, path in code_by_folder():
        allowed = FOLDERS.get(folder, ()) + (folder,)
        for _, name in INCLUDE.findall(without_comments(path)):
            owner = headers.get(os.path.basename(name))
            if owner and owner not in allowed:
                problems.append(f'{path} includes {name} of {owner}/')
    return problems


def check_private_headers():
    headers = own_headers()
    return [f'{path} includes {name}, private to {headers[os.path.basename(name)]}/'
            for folder, path in code_by_folder()
            for _, name in INCLUDE.findall(without_comments(path))
            if name.endswith('-private.h')
            and headers.get(os.path.basename(name), folder) != folder]


def library_of(name):
    """Which narrow library a header belongs to, if any: gtk/gtk.h, cairo-pdf.h, pango/pangocairo.h."""
    first = name.split('/')[0]
    for library in LIBRARIES:
        if first == library or re.match(re.escape(library) + r'[-.]', first):
            return library
    return 'pango' if first.startswith('pangocairo') else None


def check_libraries():
    problems = []
    for folder, path in code_by_folder():
        for _, name in INCLUDE.findall(without_comments(path)):
            library = library_of(name)
            if library and folder not in LIBRARIES[library]:
                problems.append(f'{path} includes <{name}>, which {folder}/ may not use')
    return problems


def check_sql():
    return [f'{path}: SQL outside store/: {found.group(0)}'
            for folder, path in code_by_folder() if folder != 'store'
            for found in SQL.finditer(without_comments(path))]


def check_sentences():
    return [f'{path}: sentences for people come from words/'
            for folder, path in code_by_folder()
            if folder in WITHOUT_SENTENCES and SENTENCE.search(without_comments_and_strings(path))]


def check_build_files():
    """Each folder's meson.build names no library or folder outside its row."""
    problems = []
    for path in sources('meson.build'):
        folder = folder_of(path)
        if folder not in FOLDERS or path.count('/') != 2:
            continue
        for other in re.findall(r'\bent_(\w+)_dep\b', read(path)):
            if other in FOLDERS and other != folder and other not in FOLDERS[folder]:
                problems.append(f'{path} depends on {other}/')
        if folder != 'app' and re.search(r'\b(?:gtk|adw)_dep\b', read(path)):
            problems.append(f'{path} depends on GTK')
    return problems


if __name__ == '__main__':
    run_checks([
        ('layers/folders', check_folders_known),
        ('layers/arrows', check_arrows),
        ('layers/private-headers', check_private_headers),
        ('layers/libraries', check_libraries),
        ('layers/sql', check_sql),
        ('layers/sentences', check_sentences),
        ('layers/build-files', check_build_files),
    ])
