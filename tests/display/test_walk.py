#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through each page and dialog of the window, short enough to look for leaks on the way."""
import re
import sys

import driven
from driven import finish, label, launch_on_data
from test_templates import WEEK, menu


def test_walk(session):
    """Chart, list, message, other pages, dialogs; each is opened, and closed with Escape."""
    app = launch_on_data(session)
    session.key('ctrl+2')
    label(app, r'^[\d,]+ messages')
    table = app.find('tree table', 'Messages')
    app.wait(lambda: table.row(1)).click()
    app.find('label', 'Life')
    for key, shown in (('alt+3', 'Exported reports'), ('alt+4', 'Sources')):
        session.key(key)
        label(app, f'^{shown}$')
    session.key('alt+1', 'ctrl+1')
    app.find('button', re.compile('^Total messages: '))
    for key, title in (('ctrl+comma', 'Preferences'), ('ctrl+question', 'Shortcuts'),
                       ('ctrl+e', 'Export')):
        session.key(key)
        app.wait(lambda: len(app.windows()) == 2, what=title)
        session.key('Escape')
        app.wait(lambda: len(app.windows()) == 1, what=f'the end of {title}')
    walk_templates(session, app)
    finish(app)


def walk_templates(session, app):
    """A template is run and its page looked at; a name and a schedule are begun and left."""
    app.find('list item', WEEK).click()
    app.find('panel', WEEK).find('button').do()
    label(app, '^Previous week · ')
    menu(app, WEEK, 'Run every…')
    app.wait(lambda: len(app.windows()) == 2, what='the schedule')
    session.key('Escape')
    app.wait(lambda: len(app.windows()) == 1, what='the end of the schedule')
    session.key('alt+2', 'F2')
    app.wait(lambda: any(node.state('focused') for node in app.all(None, 'Name')), what='the entry')
    session.key('Escape')


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
