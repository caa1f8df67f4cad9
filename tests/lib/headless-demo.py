#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ./dev run does where there is no display: the whole path without a window.

Starts the simulator, adds its accounts as sources, synchronises them into a database of its own,
and writes a report, its chart and some exports into a folder. Needs ENTREGA_BUILDDIR and PATH as
./dev sets them. The simulator ends with this script, however the script ends.

usage: headless-demo.py FOLDER
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PERIOD = ['--period', 'last-30-days']
# A source kind that reads files has nothing to fetch in a demo of synchronising.
FETCHED_KINDS = ('engage', 'sinch-build', 'sinch-latam')


class Demo:
    def __init__(self, folder, work):
        self.folder = folder
        self.work = work
        self.data_dir = os.path.join(work, 'data')
        self.env = dict(os.environ)

    def start_simulator(self):
        """Returns the running simulator and what it says of itself."""
        simulator = subprocess.Popen(
            ['entrega-simulator', '--port', '0', '--seed', '2023', '--days', '40',
             '--messages', '40000'],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        line = simulator.stdout.readline()
        if not line:
            sys.exit(f'entrega-simulator did not start (status {simulator.wait()})')
        return simulator, json.loads(line)

    def cli(self, *arguments, output=None):
        """Runs entrega-cli; its standard output goes to the file `output`, if one is named."""
        command = ['entrega-cli', '--data-dir', self.data_dir, *arguments]
        print('$ entrega-cli', ' '.join(arguments), flush=True)
        with open(output or os.devnull, 'w', encoding='utf-8') as stream:
            status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stream,
                                    env=self.env, timeout=600, check=False).returncode
        if status != 0:
            sys.exit(f'entrega-cli {arguments[0]} ended with status {status}')

    def add_sources(self, sources):
        os.mkdir(self.data_dir, 0o700)
        for source in sources:
            if source['kind'] not in FETCHED_KINDS:
                continue
            credentials = os.path.join(self.work, source['kind'] + '.json')
            with open(os.open(credentials, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), 'w',
                      encoding='utf-8') as stream:
                json.dump(source['credentials'], stream)
            self.cli('source', 'add', '--kind', source['kind'], '--name', source['kind'],
                     '--url', source['url'], '--credentials-from', credentials)

    def write_results(self):
        def path(name):
            return os.path.join(self.folder, name)

        self.cli('report', *PERIOD, '--chart', path('chart.png'), output=path('report.txt'))
        for view in ('consolidated', 'detailed'):
            self.cli('export', *PERIOD, '--view', view, '--format', 'csv',
                     '--output', path(view + '.csv'))
        self.cli('export', *PERIOD, '--view', 'consolidated', '--format', 'pdf',
                 '--output', path('consolidated.pdf'))
        self.cli('export', *PERIOD, '--view', 'detailed', '--format', 'xlsx',
                 '--output', path('detailed.xlsx'))

    def run(self):
        simulator, description = self.start_simulator()
        try:
            # The company of the simulator lives in its own time: "now" is its clock.
            self.env['ENTREGA_NOW'] = description['clock']
            self.add_sources(description['sources'])
            started = time.monotonic()
            self.cli('sync')
            print(f'synchronised in {time.monotonic() - started:.1f} s')
            self.write_results()
        finally:
            simulator.terminate()
            simulator.wait(10)

    def show_results(self):
        with open(os.path.join(self.folder, 'report.txt'), encoding='utf-8') as stream:
            print('\n' + stream.read())
        print('Written:')
        for name in sorted(os.listdir(self.folder)):
            path = os.path.join(self.folder, name)
            print(f'  {os.path.relpath(path)}  ({os.path.getsize(path):,} bytes)')
            if os.path.getsize(path) == 0:
                sys.exit(f'{name} is empty')


def main():
    folder = sys.argv[1]
    # SIGTERM and SIGHUP take the same way out as an error: through the finally clauses.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))

    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with tempfile.TemporaryDirectory(prefix='entrega-demo-') as work:
        demo = Demo(folder, work)
        demo.run()
        demo.show_results()


if __name__ == '__main__':
    main()
