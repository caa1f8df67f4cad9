#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates in the running window, beside the command line on the same data: run, change, save and
revert, the page, schedules, and edits that meet."""
import json
import os
import re
import subprocess
import sys

import driven
from driven import NOW, finish, label, launch_on_data, resize
from gtkdrive import program, wait_for

WEEK = 'Last week against the week before'
YESTERDAY = 'Yesterday by campaign'
FAILURES = 'Failures of the last 30 days by reason'
NEVER = 'Numbers that never receive'


def cli(session, *arguments, status=0):
    """entrega-cli on the window's data; what it printed."""
    result = subprocess.run(
        [program('entrega-cli'), '--data-dir', os.path.join(session.folder, 'data'), *arguments],
        env={**os.environ, 'ENTREGA_NOW': NOW}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, check=False)
    assert result.returncode == status, result.stderr
    return result.stdout


def names(session):
    """The templates in their order."""
    lines = cli(session, 'template', 'list', '--json').splitlines()
    return [json.loads(line)['name'] for line in lines]


def template(session, name):
    return json.loads(cli(session, 'template', 'show', name, '--json'))


def wait_for_revision(session, name, revision):
    """That it was saved: what the window tells of it goes away after some seconds."""
    wait_for(lambda: template(session, name)['saved']['revision'] == revision)


def start(session):
    """A window with the starter templates."""
    app = launch_on_data(session, ENTREGA_CLI=program('entrega-cli'))
    app.find('list item', YESTERDAY)
    return app


def run(app, name):
    app.find('list item', name).click()
    return app.find('panel', name)


def menu(app, name, item):
    app.find('button', f'Menu of “{name}”').click()
    app.find('menu item', item).do()


def focused(app):
    """The name of the sidebar's row that has the keyboard; '' for none."""
    return next((node.name for node in app.all('list item') if node.state('focused')), '')


def focus_row(session, app, name):
    """The keyboard's way: Alt+2, then down."""
    session.key('alt+2')
    here = wait_for(lambda: focused(app))
    while here != name:
        session.key('Down')
        here = wait_for(lambda before=here: focused(app) != before and focused(app))


def test_change_save_revert(session):
    """The bar says what is loaded and whether it differs; Revert and Save end that."""
    app = start(session)
    bar = run(app, WEEK)
    assert not bar.all('label', 'Changed')
    session.key('ctrl+Page_Up')
    bar.find('label', 'Changed, not saved')
    bar.find('button', 'Revert').click()
    wait_for(lambda: not [node for node in bar.all('label', 'Changed') if node.state('showing')])
    assert template(session, WEEK)['period'] == 'previous-week'
    session.key('ctrl+Page_Up')
    bar.find('label', 'Changed, not saved')
    session.key('ctrl+s')
    wait_for_revision(session, WEEK, 2)
    saved = template(session, WEEK)
    assert saved['period'] == {'from': '2026-11-02', 'to': '2026-11-08'}, saved['period']
    finish(app)


def test_edits_that_meet(session):
    """What the command line saved meanwhile is not written over without a question."""
    app = start(session)
    bar = run(app, YESTERDAY)
    cli(session, 'template', 'save', '--template', YESTERDAY, '--name', YESTERDAY, '--by', 'user')
    session.key('ctrl+Page_Up')
    bar.find('label', 'Changed, not saved')
    session.key('ctrl+s')
    label(app, f'“{YESTERDAY}” was changed elsewhere')
    app.find('button', 'Save beside it').click()
    wait_for(lambda: f'{YESTERDAY} (2)' in names(session))
    assert template(session, YESTERDAY)['by'] == 'user'
    assert template(session, f'{YESTERDAY} (2)')['by'] == 'campaign'
    # Once more, and over it.
    bar = run(app, YESTERDAY)
    cli(session, 'template', 'save', '--template', YESTERDAY, '--name', YESTERDAY, '--by', 'hour')
    session.key('ctrl+Page_Up')
    bar.find('label', re.compile('Changed, not saved|newer version'))
    session.key('ctrl+s')
    label(app, f'“{YESTERDAY}” was changed elsewhere')
    app.find('button', 'Replace it').click()
    wait_for_revision(session, YESTERDAY, 4)
    assert template(session, YESTERDAY)['by'] == 'user'
    finish(app)


def test_page(session):
    """The page says what the template does and which days that means, and what is not found."""
    app = start(session)
    cli(session, 'template', 'save', '--name', 'Old', '--campaign', 'Natal de 2019', '--period',
        'previous-month')
    menu(app, WEEK, 'Details')
    label(app, '^Previous week · 9–15 Nov$')
    label(app, '^Previous period$')
    run(app, YESTERDAY).find('button').click()
    label(app, r'^Yesterday · \w+ 21 Nov$')
    label(app, '^Format$')
    # The list is read again when the window is looked at again.
    menu(app, YESTERDAY, 'Duplicate')
    menu(app, 'Old', 'Details')
    label(app, 'Campaign “Natal de 2019”: not found')
    finish(app)


def test_page_of_a_narrow_window(session):
    """The sidebar lies over the page there, and steps aside for what was chosen in it."""
    app = start(session)
    sidebar = app.find('button', 'Sidebar')
    resize(session, app, 360, 640)
    wait_for(lambda: not sidebar.state('pressed'))
    session.key('F9')
    wait_for(lambda: sidebar.state('pressed'))
    menu(app, WEEK, 'Details')
    label(app, '^Previous week · 9–15 Nov$')
    wait_for(lambda: not sidebar.state('pressed'))
    finish(app)


def test_schedule(session):
    """Run every… leaves a timer, which follows a rename and goes with its template."""
    app = start(session)
    menu(app, WEEK, 'Run every…')
    label(app, 'Today’s would be called “Last week against the week before-2026-11-09')
    app.find('button', 'Schedule').click()
    wait_for(lambda: json.loads(cli(session, 'template', 'list', '--json').splitlines()[1])
             ['schedule'] == '0 7 * * 1')
    menu(app, WEEK, 'Details')
    label(app, '^Every week on Monday at 07:00$')
    run(app, WEEK)
    cli(session, 'template', 'rename', WEEK, 'Semana')
    assert 'Every week' in cli(session, 'template', 'show', 'Semana')
    menu(app, YESTERDAY, 'Duplicate')
    app.find('list item', 'Semana')
    menu(app, 'Semana', 'Delete')
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'systemd', 'user')
    wait_for(lambda: os.listdir(folder) == [])
    app.find('button', 'Undo').click()
    wait_for(lambda: len(os.listdir(folder)) == 2)
    finish(app)


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
