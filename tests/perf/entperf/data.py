# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of the measurements, made once and kept under build/bench: a data folder by the
product's own ingestion, and the same rows in DuckDB, ordered by time.
"""
import csv
import datetime
import functools
import os
import shutil
import sqlite3
import subprocess

from .process import Server

# Natural types; words of small vocabularies and names as enumerations, which is DuckDB's best case.
TIME = 'TIMESTAMP_MS'
ENUM = 'ENUM'
COLUMNS = {
    'message_id': 'UUID', 'direction': ENUM, 'channel': ENUM, 'created_at': TIME, 'sent_at': TIME,
    'delivered_at': TIME, 'read_at': TIME, 'failed_at': TIME, 'status': ENUM, 'reason': ENUM,
    'reason_code': 'SMALLINT', 'raw_text': ENUM, 'raw_status': ENUM, 'phone': 'VARCHAR',
    'contact_name': 'VARCHAR', 'origin': ENUM, 'content_type': ENUM, 'content': 'VARCHAR',
    'subaccount_id': ENUM, 'subaccount': ENUM, 'user_id': ENUM, 'user': ENUM, 'campaign_id': ENUM,
    'campaign': ENUM, 'correlation_id': 'UUID', 'extra_info': 'VARCHAR', 'with_session': 'BOOLEAN',
    'conversation_id': 'UUID', 'conversation_type': ENUM, 'conversation_expires_at': TIME,
    'carrier': ENUM, 'parts': 'SMALLINT', 'updated_at': TIME,
}


@functools.lru_cache(maxsize=4096)
def day_milliseconds(day):
    return int(datetime.datetime.fromisoformat(day + 'T00:00:00+00:00').timestamp()) * 1000


def milliseconds(text):
    """2026-11-22 14:03:12.345, UTC."""
    return (day_milliseconds(text[:10]) + int(text[11:13]) * 3600000 + int(text[14:16]) * 60000
            + int(text[17:19]) * 1000 + int(text[20:23]))


def raw_type(kind):
    return 'VARCHAR' if kind == ENUM else kind


class Data:
    def __init__(self, folder, builddir, peers, tell):
        self.folder = folder
        self.builddir = builddir
        self.peers = peers
        self.tell = tell
        os.makedirs(folder, exist_ok=True)

    def program(self, name):
        return os.path.join(self.builddir, 'tests', 'perf', f'entrega-bench-{name}')

    def path(self, rows, name):
        return os.path.join(self.folder, f'{rows}-{name}')

    def scratch(self, name):
        """An empty folder of that name."""
        path = os.path.join(self.folder, f'scratch-{name}')
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
        return path

    # ---- Ours -------------------------------------------------------------------------------

    def store(self, rows):
        """The data folder with so many messages."""
        path = self.path(rows, 'store')
        stamp = ' '.join(self._digests(rows))
        if not self._is_made(path, stamp):
            self.tell(f'Making a store of {rows:,} messages…')
            self._remove(path, path + '.done')
            os.makedirs(path, mode=0o700)
            subprocess.run([self.program('make'), 'store', str(rows), path], check=True)
            self._note_made(path, stamp)
        return path

    @functools.lru_cache(maxsize=None)
    def _digests(self, rows):
        """Of the generator's rows and of the store's layout."""
        done = subprocess.run([self.program('make'), 'digest', str(rows)], check=True,
                              stdout=subprocess.PIPE, text=True)
        return done.stdout.split()

    def _is_made(self, path, stamp):
        """Whether @path was made of the same rows (and layout) and to the end."""
        done = path + '.done'
        if not os.path.exists(done):
            return False
        with open(done, encoding='utf-8') as file:
            return file.read() == stamp

    @staticmethod
    def _note_made(path, stamp):
        with open(path + '.done', 'w', encoding='utf-8') as file:
            file.write(stamp)

    @staticmethod
    def _remove(*paths):
        for path in paths:
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.lexists(path):
                os.remove(path)

    def pages(self, rows, size):
        """A folder with the messages as pages of a provider."""
        path = self.path(rows, f'pages-{size}')
        stamp = self._digests(rows)[0]
        if not self._is_made(path, stamp):
            self.tell(f'Writing {rows:,} messages as pages of {size:,}…')
            self._remove(path, path + '.done')
            os.makedirs(path)
            subprocess.run([self.program('make'), 'pages', str(rows), str(size), path], check=True)
            self._note_made(path, stamp)
        return path

    # ---- SQLite -----------------------------------------------------------------------------

    def plain_sqlite(self, rows):
        """The messages in a table as anyone would make it: names as text, times as
        milliseconds, in order of time."""
        path = self.path(rows, 'plain.sqlite')
        stamp = self._digests(rows)[0]
        if self._is_made(path, stamp):
            return path
        self.tell(f'Loading the same {rows:,} messages into a plain table of SQLite…')
        self._remove(path, path + '.done')
        maker = subprocess.Popen([self.program('make'), 'csv', str(rows)], text=True,
                                 stdout=subprocess.PIPE, encoding='utf-8')
        with maker, sqlite3.connect(path) as database:
            columns = ', '.join(f'"{name}"' for name in COLUMNS)
            database.execute(f'create table message (id integer primary key, {columns})')
            database.executemany(
                f"insert into message values (null{', ?' * len(COLUMNS)})",
                (self._plain_row(row) for row in csv.reader(maker.stdout)))
        self._note_made(path, stamp)
        return path

    @staticmethod
    def _plain_row(row):
        return [None if text == '' else
                milliseconds(text) if kind == TIME else text
                for text, kind in zip(row, COLUMNS.values())]

    # ---- DuckDB -----------------------------------------------------------------------------

    def duckdb(self, rows):
        """The file of DuckDB, or None without it."""
        if not self.peers.is_there('duckdb'):
            return None
        path = self.path(rows, 'messages.duckdb')
        stamp = self._digests(rows)[0]
        if not self._is_made(path, stamp):
            self.tell(f'Loading the same {rows:,} messages into DuckDB…')
            self._remove(path, path + '.wal', path + '.done')
            self._load_duckdb(rows, path)
            self._note_made(path, stamp)
        return path

    def duckdb_server(self):
        script = os.path.join(os.path.dirname(os.path.dirname(__file__)), 'peers', 'duckdb.mjs')
        return Server('duckdb', ['node', '--max-old-space-size=4096', script,
                                 self.peers.node_folder])

    def _load_duckdb(self, rows, path):
        pipe = self.path(rows, 'csv.pipe')
        self._remove(pipe)
        os.mkfifo(pipe)
        with open(os.devnull, 'rb') as null:
            maker = subprocess.Popen(['/bin/sh', '-c', 'exec "$0" csv "$1" >"$2"',
                                      self.program('make'), str(rows), pipe], stdin=null)
        try:
            with self.duckdb_server() as server:
                server.ask('open', file=':memory:', threads=2, memory_limit='6GB')
                self._fill_duckdb(server, pipe, path)
        finally:
            maker.wait()
            self._remove(pipe, path + '.raw', path + '.raw.wal')

    @staticmethod
    def _fill_duckdb(server, pipe, path):
        """Text into a table as it comes; then, with the words known, the table to be asked."""
        def run(sql):
            server.ask('sql', sql=sql)

        names = ', '.join(f"'{name}': '{raw_type(kind)}'" for name, kind in COLUMNS.items())
        run(f"attach '{path}.raw' as first")
        run(f"attach '{path}' as final")
        run('create table first.main.message as select * from read_csv('
            f"'{pipe}', header=false, auto_detect=false, delim=',', quote='\"', nullstr='', "
            f'parallel=false, columns={{{names}}})')
        run('use final')
        for name, kind in COLUMNS.items():
            if kind == ENUM:
                run(f'create type "t_{name}" as enum (select distinct "{name}" '
                    f'from first.main.message where "{name}" is not null order by 1)')
        columns = ', '.join(f'"{name}"::"t_{name}" as "{name}"' if kind == ENUM else f'"{name}"'
                            for name, kind in COLUMNS.items())
        run(f'create table message as select {columns} from first.main.message order by rowid')
        run('checkpoint final')
