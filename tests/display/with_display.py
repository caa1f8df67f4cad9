#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a display, a session bus and in a home folder of its own; for tests in C.

Its exit status is the program's. Nothing of what was started stays behind.

usage: with_display.py PROGRAM ARGUMENT…
"""
import subprocess
import signal
import sys

from gtkdrive import Session


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with Session():
        with subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL) as program:
            try:
                status = program.wait()
            finally:
                if program.poll() is None:
                    program.kill()
    # A program ended by a signal is reported as a shell reports it.
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == '__main__':
    main()
