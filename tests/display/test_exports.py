#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports in the running window, beside the command line on the same data: the dialog, the list of
exported reports, what survives a kill, notifications, printing."""
import hashlib
import json
import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys

import driven
from driven import NOW, card, finish, label, launch, launch_on_data, number
from gtkdrive import program, wait_for

PAGE = 'alt+3'


# Stands in for the desktop: says each notification as a line of JSON.
DESKTOP = '''
import json
from gi.repository import Gio, GLib
XML = """<node><interface name="org.freedesktop.Notifications"><method name="Notify">
<arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
</method></interface></node>"""
def notify(bus, sender, path, interface, method, arguments, invocation):
    print(json.dumps(arguments.unpack()[3:6]), flush=True)
    invocation.return_value(GLib.Variant("(u)", (1,)))
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object("/org/freedesktop/Notifications",
                    Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], notify, None, None)
Gio.bus_own_name_on_connection(bus, "org.freedesktop.Notifications", 0,
                               lambda *_: print("ready", flush=True), None)
GLib.MainLoop().run()
'''


def data(session):
    return os.path.join(session.folder, 'data')


def cli(session, *arguments):
    """entrega-cli on the window's data: its exit status and what it printed."""
    result = subprocess.run([program('entrega-cli'), '--data-dir', data(session), *arguments],
                            env={**os.environ, 'ENTREGA_NOW': NOW}, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, check=False)
    return result.returncode, result.stdout


def history(session):
    """The exports of the list, the newest first."""
    status, lines = cli(session, 'exports', 'list', '--json')
    assert status == 0
    return [json.loads(line) for line in lines.splitlines()]


def states(session):
    """What the database says, without settling anything: 1 running, 2 finished."""
    with sqlite3.connect(f'file:{data(session)}/user.db?mode=ro', uri=True) as database:
        return [row[0] for row in database.execute('SELECT state FROM export ORDER BY id DESC')]


def digest(path):
    with open(path, 'rb') as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def choose(app, row, value):
    """One of the values of a row of the dialog."""
    app.find('frame', 'Export').find('combo box', row).click()
    wait_for(lambda: [node for node in app.all('label', value)
                      if node.name == value and node.popover()])[0].click()


def export_to(session, app, path):
    """Through the dialog that is open, and the file chooser."""
    app.find('frame', 'Export').find('button', 'Export…').click()
    chooser = wait_for(lambda: [window for window in app.windows() if window.name == 'Export as'])[0]
    wait_for(lambda: any(node.state('focused') for node in chooser.all('text')))
    session.key('ctrl+a')
    session.type(path)
    session.key('Return')


def start(session):
    """The window, with a desktop that takes notifications; whatever of ours is in front, the window
    has no focus for a moment after a dialog."""
    desktop = subprocess.Popen([sys.executable, '-c', DESKTOP], stdout=subprocess.PIPE, text=True)
    session.processes.append(desktop)
    assert desktop.stdout.readline() == 'ready\n'
    return launch_on_data(session), desktop


def menu(app, title, item):
    app.find('button', f'Menu of “{title}”').click()
    app.find('menu item', item).do()


def test_dialog(session):
    """What was chosen in the dialog is in the preview, in the file, and in the list."""
    app, _ = start(session)
    session.key('ctrl+2')
    count = number(label(app, r'^\d[\d,]* messages$').name)
    session.key('ctrl+e')
    label(app, rf'^{count:,} rows, about \d')
    choose(app, 'Format', 'CSV')
    choose(app, 'CSV for', 'For machines')
    label(app, r'^created_at,direction,phone,')
    choose(app, 'Privacy', 'Last four digits')
    wait_for(lambda: not any(re.search(r'\+55\d{10}', node.name) for node in app.all('label')
                             if node.name.startswith('created_at')))
    choose(app, 'Columns', 'Chosen one by one')
    app.find('button', '11 columns').click()
    app.find('check box', 'Direction').click()
    label(app, '^created_at,phone,')
    session.key('Escape')
    path = os.path.join(session.folder, 'out.csv')
    export_to(session, app, path)
    wait_for(lambda: os.path.exists(path), 20)
    with open(path, encoding='utf-8', newline='') as stream:
        text = stream.read()
    assert text.lstrip('\ufeff').startswith('created_at,phone,')
    assert text.count('\r\n') > count and not re.search(r'\+55\d{10}', text)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    [record] = wait_for(lambda: [row for row in history(session) if row['state'] == 'finished'])
    assert (record['state'], record['rows'], record['path']) == ('finished', count, path), record
    assert record['sha256'] == digest(path)
    finish(app)


def test_list(session):
    """Failed, cancelled, vanished: each is said so, and runs again; verify, remove and undo."""
    app, _ = start(session)
    gone = os.path.join(session.folder, 'gone.csv')
    assert cli(session, 'export', '--view', 'consolidated', '-o', gone)[0] == 0
    os.unlink(gone)
    nowhere = os.path.join(session.folder, 'later', 'x.csv')
    assert cli(session, 'export', '--campaign', 'Entregas', '-o', nowhere)[0] == 1
    session.key(PAGE)
    label(app, '^The file is not there any more$')
    label(app, '^Failed: The folder cannot be written')
    label(app, 'Campaign: Entregas')
    menu(app, 'Consolidated · Last 7 days · 16–22 Nov', 'Run again')
    wait_for(lambda: os.path.exists(gone), 20)
    label(app, '^Finished$')
    os.mkdir(os.path.dirname(nowhere))
    menu(app, 'Detailed · Last 7 days · 16–22 Nov', 'Run again')
    wait_for(lambda: os.path.exists(nowhere))

    def verified():
        # It is said for five seconds, which may be over before anybody looked.
        menu(app, 'Consolidated · Last 7 days · 16–22 Nov', 'Verify')
        return wait_for(lambda: app.all('label', 'Verified: the report gives this very file'), 2)

    wait_for(verified, 30)
    before = len(history(session))
    menu(app, 'Consolidated · Last 7 days · 16–22 Nov', 'Remove from the list')
    label(app, '^Removed from the list; the file stays$')
    assert len(history(session)) == before - 1 and os.path.exists(gone)
    app.find('button', 'Undo').click()
    wait_for(lambda: len(history(session)) == before)
    finish(app)


def test_killed(session):
    """Killed while it writes: no file, no part of one; the next start says so and runs it again."""
    path = os.path.join(session.folder, 'month.pdf')
    app, _ = start(session)
    assert cli(session, 'export', '--period', 'last-30-days', '-o', path)[0] == 0
    whole = digest(path)
    os.unlink(path)
    session.key(PAGE)
    app.find('button', 'Run again').click()
    wait_for(lambda: states(session)[0] == 1)
    app.process.send_signal(signal.SIGKILL)
    app.process.wait()
    assert not os.path.exists(path)
    assert states(session) == [1, 2]
    app = launch(session, '--data-dir', data(session))
    app.find('button', re.compile('^Total messages: [1-9]'), timeout=20)
    session.key(PAGE)
    label(app, '^Interrupted$')
    left = [name for name in os.listdir(session.folder) if name.startswith('month.pdf')]
    assert left == [], left
    app.all('button', 'Run again')[0].click()
    wait_for(lambda: os.path.exists(path) and states(session)[0] == 2, 30)
    assert digest(path) == whole
    finish(app)


def test_cancel(session):
    """Many at once: two run, the others wait; what is cancelled leaves nothing."""
    app, _ = start(session)
    paths = [os.path.join(session.folder, f'{name}.pdf') for name in 'abcdefgh']
    assert cli(session, 'export', '--period', 'last-30-days', '-o', paths[0])[0] == 0
    with sqlite3.connect(os.path.join(data(session), 'user.db')) as database:
        # More wishes of the same kind, interrupted ones.
        for path in paths[1:]:
            database.execute(
                'INSERT INTO export (state, requested_at, started_at, finished_at, user, request, '
                'path, row_count, bytes, data_version, pid) SELECT 5, requested_at, started_at, '
                'finished_at, user, replace (request, ?, ?), ?, 0, 0, 0, 0 FROM export WHERE '
                'id = 1', (paths[0], path, path))
    os.unlink(paths[0])
    session.key(PAGE)
    buttons = wait_for(lambda: len(app.all('button', 'Run again')) == len(paths) and
                       app.all('button', 'Run again'))
    for button in buttons:
        button.do()
    # The newest stands at the top, and waits longest.
    app.find('button', 'Cancel', timeout=20).do()
    label(app, '^Cancelled$')
    wait_for(lambda: not {0, 1} & set(states(session)), 60)
    ended = history(session)[:len(paths)]
    assert [record['state'] for record in ended].count('cancelled') == 1, ended
    for record in ended:
        assert record['state'] in ('cancelled', 'finished'), record
        assert os.path.exists(record['path']) == (record['state'] == 'finished'), record
    assert len({record['sha256'] for record in ended if record['sha256']}) == 1
    assert not [name for name in os.listdir(session.folder) if '.part' in name]
    finish(app)


def test_out_of_sight(session):
    """Where nobody looks at the window, the desktop is told, without names of anybody."""
    app, desktop = start(session)
    path = os.path.join(session.folder, 'later', 'Maria.csv')
    assert cli(session, 'export', '--view', 'consolidated', '-o', path)[0] == 1
    os.mkdir(os.path.dirname(path))
    session.key(PAGE)
    button = app.find('button', 'Run again')
    window = session.output('xdotool', 'search', '--onlyvisible', '--pid',
                            str(app.process.pid)).split()[0]
    session.xdotool('windowminimize', window)
    wait_for(lambda: f'{int(window):x}' not in session.output('xprop', '-root',
                                                              '_NET_ACTIVE_WINDOW'))
    button.do()
    title, body, actions = json.loads(desktop.stdout.readline())
    assert (title, body) == ('Export finished', 'Exported 7 rows'), (title, body)
    assert actions[1::2] == ['Open', 'Show in folder'], actions
    assert os.path.exists(path)
    finish(app)


def test_print(session):
    """Ctrl+P prints the pages of the PDF, upright and lying; here to a file."""
    app, _ = start(session)
    total = card(app, 'Total messages')
    session.key('ctrl+2', 'ctrl+p')
    app.find('label', 'Print to File').click()
    wait_for(lambda: [node for node in app.all('button', '_Print')
                      if node.state('sensitive')])[0].click()
    home = os.environ['HOME']
    path = os.path.join(home, 'Detailed 2026-11-16 2026-11-22.pdf')
    wait_for(lambda: os.path.exists(path) and
             'Pages:' in session.output('pdfinfo', path), 30)
    text = session.output('pdftotext', '-f', '1', '-l', '1', path, '-')
    assert 'Detailed report' in text and f'{total:,}' in text, text
    pages = number(re.search(r'Pages: +\d+', session.output('pdfinfo', path)).group())
    sizes = re.findall(r'size: +(\d+)\.?\d* x (\d+)',
                       session.output('pdfinfo', '-f', '1', '-l', str(pages), path))
    assert sizes[0] == ('595', '841') and ('841', '595') in sizes, sizes[:12]
    assert re.search(rf'Page {pages} of {pages}',
                     session.output('pdftotext', '-f', str(pages), path, '-'))
    finish(app)


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
