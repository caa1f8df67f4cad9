#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the tests of a build whose name contains one of the words, or whose suite is one; all
tests, if there are no words.

With --swift only those of programs that use no library which leaks on purpose (see
sanitizer_reports.py), with --driven only those that drive the running window, with --thorough only
the others and the walk through the window that looks for leaks.

usage: select-tests.py [--swift|--driven|--thorough] BUILDDIR [WORD…]
"""
import json
import subprocess
import sys


# Folders that compute a lot with nothing but GLib and SQLite. All others meet libraries that keep
# memory until the end of the process (Fontconfig, GTK, GIO's networking), and need whole stacks.
SWIFT = ('core-', 'words-', 'store-', 'model-', 'lint-')
# The running window, driven from outside: all of GTK and its drawing, for minutes.
DRIVEN = 'display-test_'
LEAK_WALK = 'display-test_walk'


def part_of(name):
    """How a test runs under the sanitizers."""
    if name.startswith(SWIFT):
        return '--swift'
    return '--driven' if name.startswith(DRIVEN) and name != LEAK_WALK else '--thorough'


def fits(test, words, part):
    # A suite is listed with its project: "entrega:unit".
    suites = {suite.split(':')[-1] for suite in test['suite']}
    named = not words or any(word in test['name'] or word in suites for word in words)
    return named and part in (None, part_of(test['name']))


def main():
    arguments = sys.argv[1:]
    part = arguments.pop(0) if arguments[0].startswith('--') else None
    output = subprocess.run(['meson', 'introspect', '--tests', arguments[0]], check=True,
                            stdout=subprocess.PIPE, text=True).stdout
    for test in json.loads(output):
        if fits(test, arguments[1:], part):
            print(test['name'])


if __name__ == '__main__':
    main()
