#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates that leave the window and come back: dropped files, exported files, two windows that
save the same one, and the timer that a schedule leaves."""
import json
import os
import re
import shlex
import subprocess
import sys

import driven
from driven import NOW, finish, label
from gtkdrive import wait_for
from test_templates import (WEEK, YESTERDAY, cli, menu, names, run, start, template,
                            wait_for_revision)


def test_drop(session):
    """A file that is dragged onto the window from another program becomes a template."""
    path = os.path.join(session.folder, 'Minha semana.entrega-template')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('{"entrega_template": 1, "by": "week"}')
    app = start(session)
    files = session.launch([os.path.join(os.environ['ENTREGA_BUILDDIR'],
                                         'tests/display/display-drag-file'), path])
    left, top, width, height = files.find('label', 'Drag me').box()
    x, y = left + width // 2, top + height // 2
    # A place of our window that the other one does not cover.
    window = app.window_geometry()
    to_x, to_y = window[0] + window[2] - 60, window[1] + window[3] - 60
    session.move(x, y)
    session.xdotool('mousedown', '1')
    for part in range(1, 11):
        session.move(x + (to_x - x) * part // 10, y + (to_y - y) * part // 10)
    session.xdotool('mouseup', '1')
    wait_for(lambda: 'Minha semana' in names(session))
    assert template(session, 'Minha semana')['by'] == 'week'
    files.quit()
    finish(app)


def text_of(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def test_export(session):
    """What the window writes is what the command line writes, and comes back as it was."""
    path = os.path.join(session.folder, 'out.entrega-template')
    app = start(session)
    menu(app, WEEK, 'Export to a file…')
    wait_for(lambda: len(app.windows()) == 2)
    chooser = app.windows()[-1]
    chooser.find('button', re.compile('Export'))
    session.key('ctrl+a')
    session.type(path)
    session.key('Return')
    expected = cli(session, 'template', 'export', WEEK, '--output', '-')
    wait_for(lambda: text_of(path) == expected)
    assert os.stat(path).st_mode & 0o777 == 0o600
    finish(app)


def test_two_windows(session):
    """Two windows that change the same template: the second one is asked."""
    app = start(session)
    bar = run(app, WEEK)
    other = driven.launch(session, '--data-dir', os.path.join(session.folder, 'data'))
    other.find('list item', WEEK)
    other_bar = run(other, WEEK)
    session.key('ctrl+Page_Up')
    other_bar.find('label', 'Changed, not saved')
    # Behind the other window, by the accessible actions.
    app.find('button', 'SMS').do()
    bar.find('label', 'Changed, not saved')
    session.key('ctrl+s')
    wait_for_revision(session, WEEK, 2)
    bar.find('button', re.compile('^_?Save')).do()
    label(app, f'“{WEEK}” was changed elsewhere')
    app.find('button', 'Save beside it').do()
    wait_for(lambda: f'{WEEK} (2)' in names(session))
    assert template(session, WEEK)['period'] == {'from': '2026-11-02', 'to': '2026-11-08'}
    assert 'channel' not in template(session, WEEK)['filters']
    assert template(session, f'{WEEK} (2)')['filters']['channel'] == ['sms']
    finish(other)
    finish(app)


def command_of(service):
    """What systemd runs for a unit, by its rules of quoting."""
    with open(service, encoding='utf-8') as file:
        line = re.search('^ExecStart=(.*)$', file.read(), re.MULTILINE).group(1)
    return [word.replace('%%', '%').replace('$$', '$') for word in shlex.split(line)]


def test_timer(session):
    """The timer is one that systemd takes; its command, as it is, writes the file and is in the
    history. It is changed and removed in the window."""
    app = start(session)
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'systemd', 'user')
    menu(app, YESTERDAY, 'Run every…')
    app.find('button', re.compile('^_?Schedule')).click()
    units = wait_for(lambda: len(os.listdir(folder)) == 2 and
                     sorted(os.path.join(folder, name) for name in os.listdir(folder)))
    runtime = os.path.join(session.folder, 'systemd')
    os.mkdir(runtime, mode=0o700)
    judged = subprocess.run(['systemd-analyze', '--user', '--man=no', 'verify', *units],
                            env={**os.environ, 'XDG_RUNTIME_DIR': runtime}, check=True,
                            stderr=subprocess.PIPE, text=True)
    assert judged.stderr == '', judged.stderr
    command = command_of(units[0])
    assert os.path.isabs(command[0]) and '--sync' in command
    subprocess.run(command, env={**os.environ, 'ENTREGA_NOW': NOW}, check=True,
                   stderr=subprocess.DEVNULL)
    written = os.path.join(os.environ['HOME'], f'{YESTERDAY}-2026-11-21-2026-11-21.xlsx')
    assert os.path.getsize(written) > 1000
    history = json.loads(cli(session, 'exports', 'list', '--json').splitlines()[0])
    assert history['template'] == YESTERDAY and history['state'] == 'finished', history
    menu(app, YESTERDAY, 'Details')
    app.find('button', 'Change…').click()
    minute = app.find('spin button', 'Minute')
    minute.type('30')
    session.key('Return')
    app.find('button', re.compile('^_?Save')).click()
    label(app, '^Every week on Monday at 07:30$')
    app.find('button', re.compile('Re_?move$|^Re_move ')).click()
    wait_for(lambda: os.listdir(folder) == [])
    assert YESTERDAY in names(session)
    finish(app)


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
