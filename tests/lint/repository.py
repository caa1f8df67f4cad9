#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The repository as a whole: licence lines, nothing of one person's machine, options documented,
scripts and XML that parse, a Flatpak manifest that pins what it fetches.
"""
import ast
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

from lint import ROOT, read, run_checks, sources, tracked

SPDX = 'SPDX-License-Identifier: GPL-3.0-or-later'
WITH_LICENCE = ('.c', '.h', '.cpp', '.py', '.sh', '.ui', '.css', '.sql', '.svg', '.yml', '.po',
                '.desktop.in', '.service.in', '.metainfo.xml.in', '.gschema.xml', '.gresource.xml',
                'meson.build', 'meson_options.txt', '.clang-format', '.editorconfig')
SCRIPTS = ('dev', '.ci/run', 'tests/lint/hooks/pre-commit')

MACHINE = re.compile(
    # Ana is nobody's account: the person of the examples.
    r'(?<![\w.])/(?:work|home/(?!ana/)\w+|root|tmp/b|Users)/|'
    r'\b(?:pypi\.org|registry\.npmjs\.org|crates\.io|deb\.debian\.org|proxy\.golang\.org|'
    r'rubygems\.org|[\w-]+\.pkg\.dev|artifactory)\b')
OWN_PATTERNS = ('tests/lint/repository.py',)
FLATPAK_PERMISSIONS = {'--share=network', '--share=ipc', '--socket=wayland',
                       '--socket=fallback-x11', '--device=dri'}


def is_text(path):
    with open(os.path.join(ROOT, path), 'rb') as stream:
        return b'\0' not in stream.read(8192)


def check_licences():
    wanted = [path for path in tracked() if path.endswith(WITH_LICENCE) or path in SCRIPTS]
    return [path for path in wanted if SPDX not in '\n'.join(read(path).splitlines()[:5])]


def check_machine():
    problems = []
    for path in tracked():
        if path in OWN_PATTERNS or not is_text(path):
            continue
        with open(os.path.join(ROOT, path), encoding='utf-8', errors='replace') as stream:
            problems += [f'{path}:{number}: {found.group(0)}'
                         for number, line in enumerate(stream, 1)
                         for found in MACHINE.finditer(line)]
    return problems


def check_options_documented():
    """HACKING.md names each option of meson_options.txt and each command of ./dev."""
    text = read('HACKING.md')
    options = re.findall(r"^option\('([\w-]+)'", read('meson_options.txt'), re.MULTILINE)
    commands = re.search(r'^    (setup[\w |-]+)\) "cmd_', read('dev'), re.MULTILINE)
    problems = [f'option {name}' for name in options if f'`{name}`' not in text]
    problems += [f'./dev {name}' for name in re.findall(r'[\w-]+', commands.group(1))
                 if f'./dev {name}' not in text]
    return problems


def check_settings_used():
    """A setting that no code reads is a promise that nobody keeps."""
    keys = re.findall(r'<key name="([\w-]+)"', read('data/org.entrega.Entrega.gschema.xml'))
    code = '\n'.join(read(path) for path in sources('.c', '.ui') if path.startswith('src/'))
    return [key for key in keys if f'"{key}"' not in code]


def check_scripts():
    problems = []
    for path in SCRIPTS + tuple(sources('.sh')):
        done = subprocess.run(['bash', '-n', path], cwd=ROOT, stderr=subprocess.PIPE, text=True,
                              check=False)
        if done.returncode != 0:
            problems.append(done.stderr)
        if not os.access(os.path.join(ROOT, path), os.X_OK):
            problems.append(f'{path} is not executable')
    for path in sources('.py'):
        try:
            ast.parse(read(path), path)
        except SyntaxError as error:
            problems.append(f'{path}: {error}')
    return problems


def check_xml():
    problems = []
    for path in sources('.ui', '.svg', '.xml', '.xml.in'):
        try:
            ElementTree.fromstring(read(path).encode())
        except ElementTree.ParseError as error:
            problems.append(f'{path}: {error}')
    return problems


def check_symbolic_icons():
    """GTK recolours fills only: a stroke in a symbolic icon stays black on a dark window."""
    return [path for path in sources('-symbolic.svg')
            if re.search(r'\bstroke(?:-width)?\s*[=:]', read(path))]


def check_flatpak():
    """No more permissions than stated, and each source fixed to one content."""
    problems = []
    for path in sources('.yml'):
        if not path.startswith('flatpak/'):
            continue
        text = read(path)
        asked = set(re.findall(r'^\s+- (--[\w-]+=\S+)$', text, re.MULTILINE))
        problems += [f'{path}: permission {name}' for name in sorted(asked - FLATPAK_PERMISSIONS)]
        for source in re.split(r'^\s+- type: ', text, flags=re.MULTILINE)[1:]:
            kind = source.split()[0]
            pinned = {'git': r'^\s+commit: [0-9a-f]{40}$', 'archive': r'^\s+sha256: [0-9a-f]{64}$'}
            if kind in pinned and not re.search(pinned[kind], source, re.MULTILINE):
                problems.append(f'{path}: a source of type {kind} is not pinned')
    return problems


if __name__ == '__main__':
    run_checks([
        ('repository/licences', check_licences),
        ('repository/no-machine', check_machine),
        ('repository/options-documented', check_options_documented),
        ('repository/settings-used', check_settings_used),
        ('repository/scripts', check_scripts),
        ('repository/xml', check_xml),
        ('repository/symbolic-icons', check_symbolic_icons),
        ('repository/flatpak', check_flatpak),
    ])
