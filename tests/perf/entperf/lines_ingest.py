# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing: the database part, adding to a large store, whole synchronisations, parsing."""
import contextlib
import os
import shutil
import subprocess

from .line import OURS, Bound, Sample
from .peers import PYTHON
from .process import Server

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Whole synchronisations: a number whose busiest day stays below the 5,000 messages from which on
# a window is read hour by hour, so that pages are as full as asked for.
SYNC_ROWS = 500_000
APPENDED = 100_000

ITEM = ('STRUCT(message_id UUID, channel VARCHAR, "format" VARCHAR, "timestamp" TIMESTAMP, '
        'delivered_timestamp TIMESTAMP, last_status_update TIMESTAMP, direction VARCHAR, '
        'status VARCHAR, status_code SMALLINT, status_description VARCHAR, '
        'source_address VARCHAR, destination_address VARCHAR, content VARCHAR, '
        'account_id VARCHAR, message_type VARCHAR, units SMALLINT, '
        'metadata STRUCT("key" VARCHAR, "value" VARCHAR)[])')
DUCKDB_TABLE = ('create or replace table loaded (message_id UUID primary key, "format" VARCHAR, '
                '"timestamp" TIMESTAMP, delivered_timestamp TIMESTAMP, '
                'last_status_update TIMESTAMP, direction VARCHAR, status VARCHAR, '
                'status_code SMALLINT, status_description VARCHAR, source_address VARCHAR, '
                'destination_address VARCHAR, content VARCHAR, account_id VARCHAR, '
                'message_type VARCHAR, units SMALLINT, campaign VARCHAR, "user" VARCHAR, '
                'correlation_id VARCHAR)')
DUCKDB_LOAD = '''insert or replace into loaded select m.message_id, m."format", m."timestamp",
  m.delivered_timestamp, m.last_status_update, m.direction, m.status, m.status_code,
  m.status_description, m.source_address, m.destination_address, m.content, m.account_id,
  m.message_type, m.units,
  list_filter(m.metadata, p -> p."key" = 'campaign')[1]."value",
  list_filter(m.metadata, p -> p."key" = 'user')[1]."value",
  list_filter(m.metadata, p -> p."key" = 'correlation_id')[1]."value"
  from (select unnest(messages) as m from read_json('{pages}/*.json',
    columns={{'messages': '{item}[]'}}, maximum_object_size=33554432))'''


class IngestLines:
    def __init__(self, suite):
        self.suite = suite

    def run(self):
        if self.suite.wants('ingest.database'):
            self.database()
        if self.suite.wants('ingest.append'):
            self.append()
        for size in (1000, 100):
            if self.suite.wants(f'ingest.sync.{size}'):
                self.sync(size)
        if self.suite.wants('parse'):
            self.parse()

    # ---- The database part ------------------------------------------------------------------

    def database(self):
        suite = self.suite
        rows = min(suite.rows, 1_000_000)
        per = rows / 1000
        with suite.server('ingest') as server, suite.server('ingest') as other:
            def ours():
                return Sample.of(server.ask('fill', rows=rows, folder=suite.data.scratch('fill')),
                                 per)

            def raw():
                path = os.path.join(suite.data.scratch('raw'), 'raw.db')
                return Sample.of(other.ask('raw', rows=rows, path=path), per)

            suite.race('ingest.database', 'us/msg', {OURS: ours, 'raw insert': raw}, rows=rows,
                       rounds=5, warm_up=0, bound=Bound(None, {'raw insert': 1 / 2.5}),
                       peak_of=server,
                       note='at most 2.5 times the raw insert')
        self.clean('fill', 'raw')

    def clean(self, *names):
        for name in names:
            shutil.rmtree(self.suite.data.scratch(name))

    # ---- Adding to what is there ------------------------------------------------------------

    def append(self):
        """The same messages of a new day to the whole store and to an empty one. The copy of the
        store grows from round to round, each round brings a later day."""
        suite = self.suite
        copy = os.path.join(suite.data.scratch('append'), 'store')
        shutil.copytree(suite.data.store(suite.rows), copy)
        salt = iter(range(1000))
        with suite.server('ingest') as server:
            def ours():
                return Sample.of(server.ask('append', rows=APPENDED, folder=copy,
                                            salt=next(salt)), APPENDED / 1000)

            def empty():
                return Sample.of(server.ask('append', rows=APPENDED, salt=0,
                                            folder=suite.data.scratch('append-empty')),
                                 APPENDED / 1000)

            suite.race('ingest.append', 'us/msg', {OURS: ours, 'to an empty store': empty},
                       rounds=5, bound=Bound(None, {'to an empty store': 1 / 1.5}),
                       note='at most 1.5 times that')
        self.clean('append', 'append-empty')

    # ---- Whole synchronisations -------------------------------------------------------------

    @contextlib.contextmanager
    def provider(self, rows, size):
        command = [self.suite.data.program('server'), str(rows), str(size)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              text=True) as process:
            try:
                yield process.stdout.readline().strip()
            finally:
                process.stdin.close()

    def sync(self, size):
        suite = self.suite
        rows = min(suite.rows, SYNC_ROWS)
        per = rows / 1000
        with contextlib.ExitStack() as stack:
            url = stack.enter_context(self.provider(rows, size))
            client = stack.enter_context(suite.server('sync'))

            def ours():
                answer = client.ask('sync', folder=suite.data.scratch('sync'), url=url)
                suite.agree('ingest.sync', {'asked': rows, OURS: answer['count']})
                return Sample.of(answer, per)

            contestants = {OURS: ours}
            if size == 1000:
                contestants |= self.sync_peers(stack, rows, per)
            ratios = {'python': 2, 'duckdb-1t': 1} if size == 1000 else {}
            suite.race(f'ingest.sync.{size}', 'us/msg', contestants, rows=rows, rounds=5,
                       bound=Bound(None, ratios), peak_of=client)
        self.clean('sync', 'sync-peer')

    def sync_peers(self, stack, rows, per):
        """On the same pages: Python has them in memory, DuckDB in files that are in the cache."""
        suite = self.suite
        pages = suite.data.pages(rows, 1000)
        python = stack.enter_context(
            Server('python', [PYTHON, os.path.join(HERE, 'peers', 'python_ingest.py')]))

        def by_python(types):
            def measure():
                path = os.path.join(suite.data.scratch('sync-peer'), 'messages.db')
                answer = python.ask('ingest', pages=pages, path=path, types=types)
                suite.agree('python', {'asked': rows, 'python': answer['count']})
                return Sample.of(answer, per)
            return measure

        # The bound is against the same work; texts stored as they came are told beside it.
        peers = {'python': by_python('natural'), 'python texts': by_python('texts')}
        if suite.peers.is_there('duckdb'):
            duckdb = stack.enter_context(suite.data.duckdb_server())

            def by_duckdb():
                path = os.path.join(suite.data.scratch('sync-peer'), 'messages.duckdb')
                duckdb.ask('open', file=path, threads=1)
                duckdb.ask('sql', sql=DUCKDB_TABLE)
                answer = duckdb.ask('sql', sql=DUCKDB_LOAD.format(pages=pages, item=ITEM))
                count = duckdb.ask('sql', sql='select count(*) from loaded')['rows'][0][0]
                suite.agree('duckdb', {'asked': rows, 'duckdb': int(count)})
                duckdb.ask('close')
                return Sample.of(answer, per)

            peers['duckdb-1t'] = by_duckdb
        return peers

    # ---- Parsing ----------------------------------------------------------------------------

    def parse(self):
        with self.suite.server('parse') as server:
            def measure(name, repeat):
                return lambda: Sample.of(server.ask(name, repeat=repeat), repeat)

            self.suite.agree('parse', {name: server.ask(name, repeat=1)['count']
                                       for name in ('ours', 'json-glib')})
            self.suite.race('parse', 'us/msg', {
                OURS: measure('ours', 100), 'json-glib': measure('json-glib', 10)},
                rows=1000, bound=Bound(None, {'json-glib': 15}))
