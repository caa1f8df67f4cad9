#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of templates in the sidebar: by keyboard, by dragging, by search, and from files."""
import os
import sys

import driven
from driven import finish, label
from gtkdrive import wait_for
from test_templates import FAILURES, NEVER, WEEK, YESTERDAY, focus_row, names, start, template


def test_list_by_keyboard(session):
    """Order, pin, rename in place, delete and undo, without a mouse."""
    app = start(session)
    focus_row(session, app, YESTERDAY)
    session.key('alt+Down')
    wait_for(lambda: names(session) == [WEEK, YESTERDAY, FAILURES, NEVER])
    wait_for(lambda: app.find('list item', YESTERDAY).state('focused'))
    session.key('alt+Up')
    wait_for(lambda: names(session)[0] == YESTERDAY)
    focus_row(session, app, NEVER)
    session.key('shift+F10')
    app.find('menu item', 'Pin to the top').do()
    wait_for(lambda: names(session) == [NEVER, YESTERDAY, WEEK, FAILURES])
    focus_row(session, app, FAILURES)
    session.key('F2')
    entry = wait_for(lambda: next(node for node in app.all(None, 'Name') if node.state('focused')))
    assert entry.text == FAILURES
    session.key('ctrl+a')
    session.type('Falhas & <motivos>')
    session.key('Return')
    wait_for(lambda: names(session)[-1] == 'Falhas & <motivos>')
    app.find('list item', 'Falhas & <motivos>')
    focus_row(session, app, 'Falhas & <motivos>')
    session.key('Delete')
    wait_for(lambda: 'Falhas & <motivos>' not in names(session))
    app.find('button', 'Undo').click()
    wait_for(lambda: names(session)[-1] == 'Falhas & <motivos>')
    # After a deletion the keyboard stays in the list.
    app.find('list item', 'Falhas & <motivos>')
    focus_row(session, app, YESTERDAY)
    session.key('Delete')
    wait_for(lambda: app.find('list item', WEEK).state('focused'))
    assert names(session) == [NEVER, WEEK, 'Falhas & <motivos>']
    finish(app)


def test_drag_and_search(session):
    """A row is dragged below another one; a part of a name finds it, whatever its accents."""
    app = start(session)
    first = app.find('list item', YESTERDAY).box()
    last = app.find('list item', NEVER).box()
    session.move(first[0] + first[2] // 2, first[1] + first[3] // 2)
    session.xdotool('mousedown', '1')
    for part in range(1, 11):
        session.move(first[0] + first[2] // 2,
                     first[1] + (last[1] + last[3] - 4 - first[1]) * part // 10)
    session.xdotool('mouseup', '1')
    wait_for(lambda: names(session) == [WEEK, FAILURES, NEVER, YESTERDAY])
    app.find('button', 'Search templates').click()
    session.type('RECÉIVE')
    wait_for(lambda: not app.all('list item', WEEK))
    assert app.all('list item', NEVER)
    session.key('Escape')
    app.find('list item', WEEK)
    finish(app)


def test_files(session):
    """A file is imported once, beside one of the same name; one that is none is told about."""
    path = os.path.join(session.folder, 'Minha.entrega-template')
    broken = os.path.join(session.folder, 'Broken.entrega-template')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('{"entrega_template": 7, "name": "%s", "mood": [1]}' % WEEK)
    with open(broken, 'w', encoding='utf-8') as file:
        file.write('{"entrega_template": 1, "by": "country"}')
    driven.launch_on_data(session).quit()
    folder = os.path.join(session.folder, 'data')
    app = driven.launch(session, '--data-dir', folder, path)
    label(app, f'Imported “{WEEK} \\(2\\)”', timeout=20)
    assert template(session, f'{WEEK} (2)')['mood'] == [1]
    finish(app)
    app = driven.launch(session, '--data-dir', folder, broken)
    label(app, '“Broken.entrega-template” was not imported', timeout=20)
    label(app, 'by: unknown value “country”')
    app.find('button', 'Close').click()
    finish(app)


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
