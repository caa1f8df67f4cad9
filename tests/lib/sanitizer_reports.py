#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the reports that AddressSanitizer and its kin left behind, and says which are ours.

Errors always count. A leak counts if it is ours: if the first frame of its stack outside the
allocator, GLib's plumbing and the C library lies in this project, or is a constructor of another
library that this project called. A suppression such as leak:libgtk-4.so would match any frame, and
each callback of ours runs below GTK, so it would hide our leaks; GTK's own caches, which are many,
would drown them without this sorting.

A frame of ours above one of GLib's that runs what it was given (a loop, a test, a signal) only
says who started it all, and is not blamed.

In a folder called swift, stacks were cut short for speed by programs whose libraries do not leak:
there a leak also counts if its stack says nothing.

usage: sanitizer_reports.py FOLDER BUILDDIR
"""
import glob
import itertools
import os
import re
import sys

# Frames that only pass memory on: whose it is shows in the frame above them. The sanitizer's own
# allocator stands in our programs, but without a source file, so it is no frame of ours.
PLUMBING = re.compile(
    r'libasan|compiler-rt|libsanitizer|libglib-2|libgobject-2|libgio-2|libc\.so|libstdc\+\+|'
    r' (?:libio|nptl|stdlib|string|malloc|stdio-common|elf|dlfcn|intl|sysdeps)/')
ERROR = re.compile(r'ERROR: (?:Address|Undefined|Memory)\w*Sanitizer|runtime error:|'
                   r'ERROR: LeakSanitizer: (?!detected)')
LEAK = re.compile(r'^(Direct|Indirect) leak of (\d+) byte', re.MULTILINE)
CONSTRUCTOR = re.compile(r' in \w+_(?:new|create|open|load|parse|copy|dup|steal)\w* ')
DISPATCHER = re.compile(
    r' in g_(?:test_run|main_context_|main_loop_run|application_run|closure_invoke|signal_emit)')
FRAME = re.compile(r'^\s+#\d+ (.*)$', re.MULTILINE)


def our_marks(build):
    """Parts of a frame that tell our code."""
    root = os.path.dirname(os.path.abspath(build))
    return [root + '/src/', root + '/tests/', '../src/', '../tests/']


def telling_frames(block, build):
    """The stack up to GLib's first dispatcher, without plumbing and without the allocator, which is
    linked into our programs."""
    allocator = '(' + os.path.abspath(build) + '/'
    frames = itertools.takewhile(lambda frame: not DISPATCHER.search(frame), FRAME.findall(block))
    return [frame.strip() for frame in frames
            if not PLUMBING.search(frame) and allocator not in frame]


def culprit(block, build, swift):
    """Our frame that a leak is to be blamed on; None if it is another's."""
    def is_ours(frame):
        return any(mark in frame for mark in our_marks(build))

    frames = telling_frames(block, build)
    if not frames:
        return 'unknown' if swift else None
    # What we asked another library to make, and did not give back.
    if CONSTRUCTOR.search(frames[0]) and len(frames) > 1 and is_ours(frames[1]):
        return frames[1]
    return frames[0] if is_ours(frames[0]) else None


def our_leaks(text, build, swift):
    """The direct leaks of a report that are ours, one line each."""
    found = []
    for block in re.split(r'\n(?=(?:Direct|Indirect) leak of)', text):
        leak = LEAK.match(block)
        frame = culprit(block, build, swift) if leak and leak.group(1) == 'Direct' else None
        if frame:
            found.append(f'leak of {leak.group(2)} bytes: {frame}')
    return found


def judge_report(path, build):
    """What is wrong in one report; an empty list if it only has leaks of libraries."""
    with open(path, encoding='utf-8', errors='replace') as stream:
        text = stream.read()
    problems = our_leaks(text, build, os.path.basename(os.path.dirname(path)) == 'swift')
    problems += [line for line in text.splitlines() if ERROR.search(line)][:1]
    return [f'{problem} ({path})' for problem in problems]


def judge_folder(folder, build):
    """What is wrong in all reports of a run, without repetitions, in a stable order."""
    reports = sorted(glob.glob(os.path.join(folder, '**', 'report*'), recursive=True))
    problems = {}
    for path in reports:
        for problem in judge_report(path, build):
            # The same leak in a hundred programs is one thing to mend.
            problems.setdefault(re.sub(r'0x[0-9a-f]+|==\d+==| \([^()]*report\.\d+\)$', '', problem), problem)
    print(f'{len(reports)} sanitizer reports, {len(problems)} problems of ours')
    return [problems[key] for key in sorted(problems)]


if __name__ == '__main__':
    found_problems = judge_folder(sys.argv[1], sys.argv[2])
    print('\n'.join(found_problems))
    sys.exit(1 if found_problems else 0)
