# SPDX-License-Identifier: GPL-3.0-or-later
"""Files: CSV of a million messages, workbooks and PDFs of a hundred thousand."""
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import time

from .line import OURS, Bound, Sample
from .peers import PYTHON
from .process import Server

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COLUMNS = ('message_id', 'direction', 'channel', 'created_at', 'sent_at', 'delivered_at',
           'read_at', 'status', 'reason', 'phone', 'contact_name', 'content', 'subaccount', 'user',
           'campaign')
TIMES = tuple(place for place, name in enumerate(COLUMNS) if name.endswith('_at'))
PRINTED = ('created_at', 'direction', 'channel', 'phone', 'contact_name', 'content', 'status',
           'reason', 'campaign', 'subaccount')
CSV_ROWS = 1_000_000
WORKBOOK_ROWS = 100_000
MEMORY_MB = 64


def duckdb_cell(name):
    """A cell as our file has it: local time to the second, texts as they are."""
    if name.endswith('_at'):
        return f"strftime({name} - interval 3 hour, '%Y-%m-%d %H:%M:%S') as {name}"
    return f'"{name}"'


def sqlite_cell(name):
    if name.endswith('_at'):
        return (f"strftime('%Y-%m-%d %H:%M:%S', ({name} - 10800000) / 1000, 'unixepoch') "
                f'as {name}')
    return f'"{name}"'


class ExportLines:
    def __init__(self, suite):
        self.suite = suite

    def run(self):
        for name, measure in (('export.csv', self.csv), ('export.xlsx', self.xlsx),
                              ('export.pdf', self.pdf)):
            if self.suite.wants(name, name + '.memory'):
                self.folder = self.suite.data.scratch('export')
                measure(name)
                shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def memory(self, name, rows, above):
        """The most that an export took above what the process had before."""
        self.suite.state(name + '.memory', 'MB', max(above), rows=rows, bound=Bound(MEMORY_MB))

    def ours(self, server, rows, above, **request):
        def measure():
            answer = server.ask('export', **request)
            self.suite.agree('export', {'asked': rows, OURS: answer['count']})
            above.append(answer['above_mb'])
            return Sample.of(answer)
        return measure

    # ---- CSV --------------------------------------------------------------------------------

    def csv(self, name):
        rows = min(self.suite.rows, CSV_ROWS)
        above = []
        with self.suite.server('export') as server:
            server.ask('open', folder=self.suite.data.store(rows))
            contestants = {OURS: self.ours(server, rows, above, columns=COLUMNS, format='csv',
                                           path=self.path('ours.csv'))}
            databases = self.duckdb_copies(rows, contestants)
            if self.suite.peers.is_there('sqlite3'):
                contestants['sqlite3 -csv'] = self.sqlite_shell(rows)
            # Two threads make the file: what a person waits for is the wall time.
            self.suite.race(name, 'ms', contestants, rows=rows, rounds=5,
                            by_wall=tuple(contestants), peak_of=server,
                            bound=Bound(None, {'duckdb-1t': 1.3, 'sqlite3 -csv': 3}))
            for database in databases:
                database.close()
        self.memory(name, rows, above)

    def duckdb_copies(self, rows, contestants):
        """Adds DuckDB on one thread and on two; their servers."""
        file = self.suite.data.duckdb(rows)
        servers = []
        if file is None:
            return servers
        cells = ', '.join(duckdb_cell(column) for column in COLUMNS)
        for threads in (1, 2):
            server = self.suite.data.duckdb_server()
            server.ask('open', file=file, threads=threads, mode='read_only')
            copy = (f"copy (select {cells} from message) to "
                    f"'{self.path(f'duckdb-{threads}.csv')}' (format csv, header)")
            contestants[f'duckdb-{threads}t'] = (
                lambda server=server, copy=copy: Sample.of(server.ask('sql', sql=copy)))
            servers.append(server)
        return servers

    def sqlite_shell(self, rows):
        database = self.suite.data.plain_sqlite(rows)
        cells = ', '.join(sqlite_cell(column) for column in COLUMNS)
        command = ['sqlite3', '-csv', '-header', database,
                   f'select {cells} from message order by id']

        def measure():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.monotonic()
            with open(self.path('sqlite.csv'), 'wb') as out:
                subprocess.run(command, stdout=out, check=True)
            wall = time.monotonic() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            return Sample(1000 * wall, 1000 * cpu)
        return measure

    # ---- Workbooks --------------------------------------------------------------------------

    def write_cells(self, rows):
        """The cells in a form that the peers read before their clock runs."""
        path = self.path('cells.json')
        database = self.suite.data.plain_sqlite(rows)
        names = ', '.join(f'"{name}"' for name in COLUMNS)
        with sqlite3.connect(database) as connection, open(path, 'w', encoding='utf-8') as file:
            json.dump(connection.execute(f'select {names} from message order by id').fetchall(),
                      file, ensure_ascii=False)
        return path

    def xlsx(self, name):
        rows = min(self.suite.rows, WORKBOOK_ROWS)
        above = []
        servers = [self.suite.server('export'), self.suite.server('raw')]
        servers[0].ask('open', folder=self.suite.data.store(rows))
        contestants = {
            OURS: self.ours(servers[0], rows, above, columns=COLUMNS, format='xlsx',
                            path=self.path('ours.xlsx')),
            'libxlsxwriter': lambda: Sample.of(servers[1].ask('xlsx', rows=rows,
                                                              path=self.path('raw.xlsx'))),
        }
        cells = self.write_cells(rows)
        for peer, command in self.workbook_peers().items():
            server = Server(peer, command)
            servers.append(server)
            contestants[peer] = self.workbook(server, cells)
        # exceljs compresses in a second thread: with it, the time that a person waits counts.
        self.suite.race(name, 'ms', contestants, rows=rows, rounds=5, peak_of=servers[0],
                        by_wall=tuple(self.workbook_peers()),
                        bound=Bound(None, {'libxlsxwriter': 1 / 1.15, 'exceljs': 2.5,
                                           'openpyxl': 2.5}))
        for server in servers:
            server.close()
        self.memory(name, rows, above)

    def workbook_peers(self):
        peers = self.suite.peers
        found = {}
        if peers.is_there('exceljs'):
            found['exceljs'] = ['node', os.path.join(HERE, 'peers', 'workbook.mjs'),
                                peers.node_folder]
        if peers.is_there('openpyxl'):
            found['openpyxl'] = [PYTHON, os.path.join(HERE, 'peers', 'python_workbook.py')]
        return found

    def workbook(self, server, cells):
        path = self.path(server.name + '.xlsx')
        return lambda: Sample.of(server.ask('write', cells=cells, times=TIMES, path=path))

    # ---- PDF --------------------------------------------------------------------------------

    def pdf(self, name):
        rows = min(self.suite.rows, WORKBOOK_ROWS)
        above = []
        with self.suite.server('export') as server, self.suite.server('raw') as raw:
            server.ask('open', folder=self.suite.data.store(rows))
            self.suite.race(name, 'ms', {
                OURS: self.ours(server, rows, above, columns=PRINTED, format='pdf',
                                path=self.path('ours.pdf')),
                'pango per cell': lambda: Sample.of(raw.ask('pdf', rows=rows,
                                                            path=self.path('raw.pdf'))),
            }, rows=rows, rounds=5, bound=Bound(None, {'pango per cell': 2}), peak_of=server)
        self.memory(name, rows, above)
