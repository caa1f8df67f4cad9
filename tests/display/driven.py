# SPDX-License-Identifier: GPL-3.0-or-later
"""What the driven tests share: running functions as TAP, and a window on sample data.

A test is a function called test_…; it gets a Session of its own. Nothing it leaves behind is
seen by the next one. A warning of GTK or of ours in any program's output fails the test.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import urllib.request

# The programs end at a warning, the driver does not: the accessibility library warns of every
# object that died. It reads the variable when it is loaded.
FATAL = os.environ.pop('G_DEBUG', None) or os.environ.get('ENTREGA_TEST_G_DEBUG', '')
os.environ['ENTREGA_TEST_G_DEBUG'] = FATAL

from gtkdrive import Session, program  # noqa: E402  pylint: disable=wrong-import-position

# The last of the simulated days is the day before; see the sample source.
NOW = '2026-11-22T15:00:00Z'


def launch(session, *arguments, **environment):
    """The window, with data of its own in the session's home."""
    os.environ['ENTREGA_NOW'] = NOW
    if os.environ.get('ENTREGA_SANITIZER') == '1':
        # Provider and window are both slowed: all of the sample would take minutes.
        os.environ['ENTREGA_SAMPLE_MESSAGES'] = '40000'
    return session.launch(['entrega', *arguments], env={'G_DEBUG': FATAL, **environment})


def launch_on_data(session, *arguments, **environment):
    """The window on a copy of the prepared data: a paused source with a month of messages."""
    folder = os.path.join(session.folder, 'data')
    shutil.copytree(os.environ['ENTREGA_TEST_DATA'], folder)
    app = launch(session, '--data-dir', folder, *arguments, **environment)
    app.find('button', re.compile(r'^Total messages: [1-9]'), timeout=20)
    return app


def prepare(folder):
    """Fills a data folder from the simulator, with the program for the command line."""
    provider = subprocess.Popen(
        [program('entrega-simulator'), '--seed', '7', '--days', '30', '--messages', '15000',
         '--end', '2026-11-21'], stdout=subprocess.PIPE, text=True)
    try:
        said = json.loads(provider.stdout.readline())
        hours = json.dumps({'advance_seconds': 12 * 3600}).encode()
        urllib.request.urlopen(urllib.request.Request(said['url'] + '/clock', hours,
                                                      method='POST')).close()
        source = said['sources'][0]
        environment = {**os.environ, 'ENTREGA_NOW': NOW,
                       'ENTREGA_TEST_CREDENTIALS': json.dumps(source['credentials'])}
        for command in (['source', 'add', '--kind', source['kind'], '--name', 'Loja',
                         '--url', source['url'],
                         '--credentials-from', 'env:ENTREGA_TEST_CREDENTIALS'],
                        ['sync', '--quiet'], ['source', 'pause', 'Loja']):
            subprocess.run([program('entrega-cli'), '--data-dir', folder, *command],
                           env=environment, check=True, stdout=subprocess.DEVNULL)
    finally:
        provider.terminate()
        provider.wait()


def number(text):
    """The first number of a text, without its grouping."""
    return int(re.sub(r'\D', '', re.search(r'\d[\d.,\u00a0\u202f]*', text).group()))


def card(app, name):
    """The number that a card shows."""
    return number(app.find('button', re.compile(rf'^{name}: ')).name.split(':')[1])


def label(app, pattern, timeout=8):
    return app.find('label', re.compile(pattern), timeout=timeout)


def resize(session, app, width, height):
    window = session.output('xdotool', 'search', '--onlyvisible', '--pid',
                            str(app.process.pid)).split()[0]
    session.xdotool('windowsize', '--sync', window, str(width), str(height))


def finish(app):
    """Closes the window as a person would; nothing may have been complained of."""
    status = app.quit()
    assert not app.criticals(), app.criticals()
    # Under sanitizers GTK's own leaks end it so; whose they are is sorted from the reports.
    allowed = (0, 99) if os.environ.get('ENTREGA_SANITIZER') == '1' else (0,)
    assert status in allowed, f'it ended with {status}: {app.stderr()}'


def run_one(function):
    """One test, in a session of its own; 0 when it passed."""
    with Session() as session:
        try:
            function(session)
            return 0
        except Exception:  # pylint: disable=broad-except
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            if os.environ.get('ENTREGA_TEST_PICTURES'):
                # What the screen showed, for whoever has to find out.
                session.screenshot(os.path.join(os.environ['ENTREGA_TEST_PICTURES'],
                                                f'{function.__name__}.png'))
            ended = [process.poll() for process in session.processes]
            print(f'# exit statuses: {[status for status in ended if status is not None]}')
            for text in session.logs():
                for line in text.splitlines()[-20:]:
                    print(f'# | {line}')
            return 1


def run_all(module, names):
    failed = 0
    for index, name in enumerate(names, 1):
        status = subprocess.run([sys.executable, module.__file__, '--one', name],
                                check=False).returncode
        failed += status != 0
        print(f'{"not ok" if status else "ok"} {index} {name}', flush=True)
    return failed


def main(module):
    """All tests of a module, or those that are named; each in a process of its own, since the
    accessibility library knows one bus a process."""
    tests = {name: function for name, function in vars(module).items()
             if name.startswith('test_') and callable(function)}
    if sys.argv[1:2] == ['--one']:
        sys.exit(run_one(tests[sys.argv[2]]))
    names = sys.argv[1:] or list(tests)
    print(f'1..{len(names)}', flush=True)
    folder = tempfile.mkdtemp(prefix='entrega-driven-')
    try:
        os.environ['ENTREGA_TEST_DATA'] = os.path.join(folder, 'data')
        prepare(os.environ['ENTREGA_TEST_DATA'])
        failed = run_all(module, names)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
