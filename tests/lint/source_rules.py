#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules that a machine can keep: what C sources and tests may not say."""
import os
import re

from lint import sources, run_checks, read, line_of, without_comments_and_strings

C_FILES = ('.c', '.h', '.cpp')

# Each is a way to overrun a buffer, to run a shell, or to share a hidden buffer among threads.
BANNED_CALLS = ('strcpy', 'strcat', 'sprintf', 'vsprintf', 'gets', 'system', 'popen', 'localtime',
                'gmtime', 'ctime', 'asctime', 'strtok', 'mktemp', 'tmpnam', 'alloca', 'g_alloca')
BANNED = re.compile(r'(?<![\w.>])(' + '|'.join(BANNED_CALLS) + r')\s*\(')
# Text of strangers reaches Pango's markup only through these.
MARKUP = re.compile(r'\b\w+_(?:set_markup|set_tooltip_markup|insert_markup)\s*\(')
UNFINISHED = re.compile(r'\b(?:TODO|FIXME|XXX|HACK)\b')
SKIPPED = re.compile(r'\b(?:g_test_skip|g_test_incomplete|pytest\.skip|unittest\.skip)\b')
SLEEP = re.compile(r'(?<![\w.>])(?:sleep|usleep|nanosleep|g_usleep)\s*\(')
# Where a sleep is not a guess at how long something takes: a server that is slow on purpose, a
# thread that has no loop and looks whether a request has come, a kill or a cancellation at some
# moment.
MAY_SLEEP = ('tests/lib/ent-fault-server.c', 'tests/unit/sources/test-http.c',
             'tests/flow/test-kill.c', 'tests/flow/test-kill-export.c', 'tests/unit/store/test-store-faults.c',
             'tests/unit/store/test-store-threads.c')
GOTO = re.compile(r'\bgoto\b')
# The main loop is never run by hand from inside a callback. A worker that owns a context of its own
# runs that one: such folders are named, and even they may not name the default context.
NESTED_LOOP = re.compile(r'\bg_main_context_iteration\s*\(')
DEFAULT_LOOP = re.compile(r'\bg_main_context_iteration\s*\(\s*(?:NULL|g_main_context_default)')
WITH_OWN_CONTEXT = ('src/sources/',)
CHECKS_OFF = re.compile(r'\bG_DISABLE_(?:CHECKS|ASSERT|CAST_CHECKS)\b')


def find(pattern, paths, text_of=without_comments_and_strings):
    """"path:line: what was found" for each match in the files."""
    return [f'{path}:{line_of(text_of(path), found.start())}: {found.group(0)}'
            for path in paths for found in pattern.finditer(text_of(path))]


def c_files(*folders):
    return [path for path in sources(*C_FILES) if path.startswith(folders)]


def check_nested_loops():
    others = [path for path in c_files('src/') if not path.startswith(WITH_OWN_CONTEXT)]
    return find(NESTED_LOOP, others) + find(DEFAULT_LOOP, c_files(*WITH_OWN_CONTEXT))


def check_sleeps():
    return find(SLEEP, [path for path in c_files('tests/') if path not in MAY_SLEEP])


def check_unfinished():
    own_rules = ('tests/lint/source_rules.py',)
    return find(UNFINISHED, [path for path in sources(*C_FILES, '.py', '.ui', '.sql', '.build')
                             if path not in own_rules], read)


def check_tests_registered():
    """Each test program on disk is named in the meson.build beside it."""
    problems = []
    for path in sources('.c', '.py'):
        folder, name = os.path.split(path)
        stem = os.path.splitext(name)[0]
        if not folder.startswith('tests/') or not re.match(r'(test|fuzz)[-_]', stem):
            continue
        build_file = os.path.join(folder, 'meson.build')
        if build_file not in sources('meson.build') or f"'{stem}" not in read(build_file):
            problems.append(f'{path} is not named in {build_file}')
    return problems


if __name__ == '__main__':
    run_checks([
        ('rules/banned-calls', lambda: find(BANNED, c_files('src/', 'tests/'))),
        ('rules/markup', lambda: find(MARKUP, c_files('src/'))),
        ('rules/no-goto', lambda: find(GOTO, c_files('src/', 'tests/'))),
        ('rules/no-nested-loop', check_nested_loops),
        ('rules/checks-stay', lambda: find(CHECKS_OFF, c_files('src/', 'tests/'))),
        ('rules/no-sleep-in-tests', check_sleeps),
        ('rules/no-skipped-tests', lambda: find(SKIPPED, c_files('tests/'))),
        ('rules/nothing-unfinished', check_unfinished),
        ('rules/tests-registered', check_tests_registered),
    ])
