#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The C sources look as clang-format 14 writes them: ./dev fmt mends what this finds.

Another version of clang-format has other opinions, so the build registers this test only where it
finds version 14.

usage: formatting.py CLANG_FORMAT
"""
import subprocess
import sys

from lint import ROOT, run_checks, sources


def check_format():
    files = sources('.c', '.h', '.cpp')
    done = subprocess.run([sys.argv[1], '--dry-run', '-Werror', *files], cwd=ROOT,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode == 0:
        return []
    lines = [line for line in done.stderr.splitlines() if ': error:' in line]
    return [line.split(' error:')[0] for line in lines[:100]] or [done.stderr]


if __name__ == '__main__':
    run_checks([('format', check_format)])
