# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lint tests share: the list of the repository's files, and a way to report as TAP."""
import functools
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Folders that are no source where the tree is not a git checkout (a release archive).
BUILT = ('build', 'demo', '__pycache__', '.git')


@functools.lru_cache(maxsize=None)
def tracked():
    """The files of the repository, as paths from its top: those of git, present on disk."""
    command = ['git', '-c', 'safe.directory=*', 'ls-files', '-z', '-co', '--exclude-standard']
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=False)
    names = done.stdout.split('\0') if done.returncode == 0 else walk()
    return sorted(name for name in names if name and os.path.isfile(os.path.join(ROOT, name)))


def walk():
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if not name.startswith(BUILT)]
        found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names]
    return found


@functools.lru_cache(maxsize=None)
def read(path):
    """The text of a file of the repository."""
    with open(os.path.join(ROOT, path), encoding='utf-8') as stream:
        return stream.read()


def sources(*endings):
    """The repository's files with one of the endings."""
    return [path for path in tracked() if path.endswith(endings)]


COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def blank(text):
    """As many lines as before, but nothing in them: line numbers stay right."""
    return '\n' * text.count('\n') or ' '


@functools.lru_cache(maxsize=None)
def without_comments(path):
    """The text of a C file with its comments blanked."""
    return COMMENT_OR_STRING.sub(
        lambda found: blank(found.group(0)) if found.group(0).startswith('/') else found.group(0),
        read(path))


@functools.lru_cache(maxsize=None)
def without_comments_and_strings(path):
    """The text of a C file with its comments and literals blanked."""
    return COMMENT_OR_STRING.sub(lambda found: blank(found.group(0)), read(path))


def line_of(text, position):
    """The number of the line of a position in a text."""
    return text.count('\n', 0, position) + 1


def run_checks(checks):
    """Runs (name, function) pairs as TAP; each function returns a list of problems, best empty."""
    print(f'1..{len(checks)}')
    failed = 0
    for number, (name, check) in enumerate(checks, 1):
        problems = check()
        failed += bool(problems)
        print(f'{"not ok" if problems else "ok"} {number} /lint/{name}')
        for problem in problems:
            for line in str(problem).splitlines():
                print('# ' + line)
    sys.exit(1 if failed else 0)
