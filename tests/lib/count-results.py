#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what the runs of `meson test` found, from their logs rather than from an exit status.

The logs are BUILDDIR/meson-logs/run-*.json, as ./dev has them written; run-*.wanted beside them
names the tests that were asked for.

Each line of TAP ("ok 1 /a/test") is one test. A program that ended badly without saying which of
its tests failed (a crash, a time limit, a broken plan) counts as one failure; so does a skipped
test, since nothing was proved. In a build with sanitizers the reports are read too: see
sanitizer_reports.py.

Prints what failed, where the log is, and one last line "N passed, M failed". The exit status is 0
if something ran and nothing failed.

usage: count-results.py BUILDDIR
"""
import glob
import json
import os
import re
import sys

import sanitizer_reports

TAP_LINE = re.compile(r'^(not )?ok\b[ \t]*(.*)$', re.MULTILINE)
DIRECTIVE = re.compile(r'#\s*(skip|todo)\b', re.IGNORECASE)
GOOD_RESULTS = ('OK',)
LINES_SHOWN = 40


def count_program(entry):
    """(passed, failures) of one test program, an entry of meson's testlog.json."""
    passed, failures = 0, []
    for refused, description in TAP_LINE.findall(entry.get('stdout') or ''):
        if refused:
            failures.append(f'{entry["name"]}: {description}')
        elif DIRECTIVE.search(description):
            failures.append(f'{entry["name"]}: {description} (nothing was tested)')
        else:
            passed += 1
    if not failures and entry['result'] not in GOOD_RESULTS:
        failures.append(f'{entry["name"]}: {entry["result"].lower()}, '
                        f'exit status {entry["returncode"]}')
    if not failures and passed == 0:
        failures.append(f'{entry["name"]}: no test in it')
    return passed, failures


def last_words(entry):
    """What a failed program said, without the tests that went well: the end of it."""
    said = [line for line in (entry.get('stdout') or '').splitlines()
            if not re.match(r'ok\b|1\.\.\d+$|# (?:random seed|Start of|End of|GLib)', line)]
    said += (entry.get('stderr') or '').splitlines()
    return said[-LINES_SHOWN:]


def read_log(path):
    """The entries of a log: one for each test program."""
    with open(path, encoding='utf-8', errors='replace') as stream:
        return [json.loads(line) for line in stream if line.strip()]


def not_run(logs, entries):
    """The tests that were asked for and left no entry: the run was cut off."""
    # An entry is called "entrega:unit / core-test-day", or only by its name.
    seen = {entry['name'].split(' / ')[-1] for entry in entries}
    wanted = []
    for path in sorted(glob.glob(os.path.join(logs, 'run-*.wanted'))):
        with open(path, encoding='utf-8') as stream:
            wanted += stream.read().splitlines()
    return [name for name in wanted if name not in seen]


def main():
    build = sys.argv[1]
    logs = os.path.join(build, 'meson-logs')
    passed, failures = 0, []
    entries = [entry for log in sorted(glob.glob(os.path.join(logs, 'run-*.json')))
               for entry in read_log(log)]
    for entry in entries:
        ok, bad = count_program(entry)
        passed += ok
        failures += bad
        if bad:
            print(f'\n---- {entry["name"]} ----')
            print('\n'.join(last_words(entry)))
    failures += [f'{name}: did not run' for name in not_run(logs, entries)]
    if not entries:
        failures.append('no test ran')

    reports = os.path.join(build, 'sanitizer-reports')
    if os.environ.get('ENTREGA_SANITIZER') == '1':
        failures += sanitizer_reports.judge_folder(reports, build)

    if failures:
        print('\nFailed:')
        for line in failures:
            print('  ' + line)
        print(f'Logs: {os.path.join(logs, "run-*.txt")}')
    print(f'{passed} passed, {len(failures)} failed')
    sys.exit(1 if failures else 0)


if __name__ == '__main__':
    main()
