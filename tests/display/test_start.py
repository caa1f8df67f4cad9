#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the window starts and ends: welcome, sample data, a second time, another language."""
import glob
import os
import re
import sys

import driven
from driven import card, finish, label, launch


def test_first_start(session):
    """Two ways on; the sample comes with visible progress and is removed in one go."""
    app = launch(session)
    label(app, '^Welcome to Entrega$')
    app.find('list item', re.compile('Add a source'))
    app.find('list item', re.compile('Try with sample data')).click()
    app.find('button', re.compile(r'^Total messages: [1-9]'), timeout=20)
    session.key('alt+4')
    app.find('label', 'Sample data').click()
    app.find('button', 'Remove this source').click()
    app.find('button', 'Erase messages').click()
    label(app, r'^Welcome to Entrega$', timeout=20)
    finish(app)


def test_sample_again(session):
    """At the next start its provider runs again, and nothing comes twice."""
    app = launch(session, '--sample')
    app.find('button', 'Synchronise', timeout=20)
    app.find('button', re.compile(r'^Total messages: [1-9]'), timeout=20)
    total = card(app, 'Total messages')
    finish(app)
    app = launch(session)
    app.find('button', re.compile(r'^Total messages: [1-9]'), timeout=30)
    assert card(app, 'Total messages') == total
    session.key('alt+4')
    label(app, 'Synchronised until today')
    finish(app)


def test_end_while_synchronising(session):
    """Closing the window in the middle of a synchronisation ends the program, soon and cleanly."""
    app = launch(session, '--sample', ENTREGA_SAMPLE_MESSAGES='180000')

    # Seen in the database: a slowed program that synchronises answers no assistive tool in time.
    def written():
        logs = glob.glob(f'{os.environ["XDG_DATA_HOME"]}/**/messages.db-wal', recursive=True)
        return any(os.path.getsize(log) > 1_000_000 for log in logs)
    app.wait(written, timeout=20, what='the first messages')
    session.key('ctrl+q')
    app.process.wait(240)
    finish(app)


def test_dark_portuguese(session):
    """The same window in another language and the dark style."""
    app = launch(session, '--sample', ADW_DEBUG_COLOR_SCHEME='prefer-dark', LC_ALL='pt_BR.UTF-8',
                 LANGUAGE='pt_BR')
    app.find('button', re.compile(r': [1-9][\d.]*, \d+,\d\s%'), timeout=20)
    finish(app)


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
