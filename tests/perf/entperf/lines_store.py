# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions to the store: counters by day, counts, lists, phones, opening, size."""
import contextlib
import os
import sqlite3
import time

from .filters import Filter, usual_filters
from .line import OURS, Bound, Sample

TEN_MILLION = 10_000_000
TWO_THREADS = ('duckdb-2t',)
# The days of the data are those of America/Sao_Paulo, three hours behind UTC all year.
DAY_SQL = '(epoch_ms(created_at) - 10800000) // 86400000'

COUNTERS = ('total', 'sent', 'delivered', 'read', 'send_failed', 'not_delivered', 'queued',
            'in_transit', 'received')
# Which of our counters a message of a status counts in.
COUNTS_IN = {
    'queued': ('total', 'queued'),
    'sent': ('total', 'sent', 'in_transit'),
    'delivered': ('total', 'sent', 'delivered'),
    'read': ('total', 'sent', 'delivered', 'read'),
    'send-failed': ('total', 'send_failed'),
    'not-delivered': ('total', 'sent', 'not_delivered'),
    'received': ('received',),
}

# The counters by day without the packed columns, in the simplest form that has all they need.
RECOUNT_SQL = ('select (t - 10800000) / 86400000, stages, numbers, count(*) from message '
               'group by 1, 2, 3')


def fold_duckdb(rows):
    """(day, status, count) → {day: counters}, as a summary says it."""
    days = {}
    for day, status, count in rows:
        counters = days.setdefault(int(day), dict.fromkeys(COUNTERS, 0))
        for name in COUNTS_IN[status]:
            counters[name] += int(count)
    return [tuple(days[day].values()) for day in sorted(days)]


def fold_ours(rows):
    return [tuple(row[1:]) for row in rows if any(row[1:])]


class StoreLines:
    """Lines with one store and one DuckDB for each number of threads, all open and warm."""

    def __init__(self, suite):
        self.suite = suite

    def run(self):
        suite = self.suite
        if not suite.wants('consolidated.', 'select.', 'page.', 'jump.', 'sort.', 'phone.'):
            return
        with suite.store() as store, suite.duckdb(1) as one, suite.duckdb(2) as two:
            self.store = store
            self.duckdb = {'duckdb-1t': one, 'duckdb-2t': two} if one else {}
            filters = usual_filters(store)
            self.consolidated(filters)
            self.select(filters)
            self.pages(filters)
            self.sorts()
            self.phones()

    def ms(self, server, *request, **arguments):
        return lambda: Sample.of(server.ask(*request, **arguments))

    # ---- Counters by day --------------------------------------------------------------------

    def consolidated(self, filters):
        for one in filters:
            name = f'consolidated.{one.name}'
            if not self.suite.wants(name):
                continue
            sql = (f'select {DAY_SQL} as day, status, count(*) from message where {one.sql} '
                   'group by 1, 2')
            self.agree_on_days(name, one, sql)
            contestants = {OURS: self.ms(self.store, 'summary', filter=one.ours)}
            for peer, server in self.duckdb.items():
                contestants[peer] = self.ms(server, 'sql', sql=sql)
            wide = one.name in ('none', 'direction')
            ratios = {'duckdb-1t': 20 if wide else 5, 'duckdb-2t': 10 if wide else 3}
            self.suite.race(name, 'ms', contestants, by_wall=TWO_THREADS, bound=Bound(16, ratios, TEN_MILLION),
                            peak_of=self.store)

    def agree_on_days(self, name, one, sql):
        found = {OURS: fold_ours(self.store.ask('summary', filter=one.ours)['rows'])}
        for peer, server in self.duckdb.items():
            found[peer] = fold_duckdb(server.ask('sql', sql=sql)['rows'])
        self.suite.agree(name, found)

    # ---- Lists ------------------------------------------------------------------------------

    def agree_on_count(self, name, one):
        found = {OURS: self.store.ask('count', filter=one.ours)['count'],
                 'ours as a list': self.store.ask('select', filter=one.ours)['count']}
        sql = f'select count(*) from message where {one.sql}'
        for peer, server in self.duckdb.items():
            found[peer] = int(server.ask('sql', sql=sql)['rows'][0][0])
        self.suite.agree(name, found)
        return sql

    def select(self, filters):
        for one in filters:
            name = f'select.{one.name}'
            if not self.suite.wants(name):
                continue
            sql = self.agree_on_count(name, one)
            contestants = {OURS: self.ms(self.store, 'select', filter=one.ours)}
            for peer, server in self.duckdb.items():
                contestants[peer] = self.ms(server, 'sql', sql=sql)
            ratios = {'duckdb-1t': 5} if one.name != 'none' else {}
            self.suite.race(name, 'ms', contestants, by_wall=TWO_THREADS, bound=Bound(None, ratios, TEN_MILLION),
                            peak_of=self.store)

    def pages(self, filters):
        for one in filters:
            for sort in ('created_at', 'status', 'campaign'):
                name = f'page.{one.name}.{sort}'
                if self.suite.wants(name):
                    self.suite.race(name, 'ms', {
                        OURS: self.ms(self.store, 'select', filter=one.ours, sort=f'{sort}:desc',
                                      at='top')}, bound=Bound(50, {}, TEN_MILLION))
            name = f'jump.{one.name}'
            if self.suite.wants(name):
                self.suite.race(name, 'ms', {
                    OURS: self.ms(self.store, 'jump', filter=one.ours)},
                    bound=Bound(50, {}, TEN_MILLION))

    def sorts(self):
        """Other sorts, without a bound: they show progress and can be cancelled."""
        for column in ('phone', 'user', 'sent_at', 'content'):
            name = f'sort.{column}'
            if self.suite.wants(name):
                self.suite.race(name, 'ms', {
                    OURS: self.ms(self.store, 'select', sort=f'{column}:asc')}, rounds=3,
                    warm_up=0)

    # ---- Phones -----------------------------------------------------------------------------

    def phones(self):
        phone = self.store.ask('phone')['phone']
        patterns = {
            'exact': (phone, f"phone = '{phone}'", 16),
            'prefix': (f'+{phone[:5]}', f"phone like '{phone[:5]}%'", 16),
            'suffix': (f'*{phone[-4:]}', f"phone like '%{phone[-4:]}'", 16),
            'infix': (phone[5:10], f"phone like '%{phone[5:10]}%'", 120),
        }
        for kind, (pattern, condition, bound) in patterns.items():
            name = f'phone.{kind}'
            if not self.suite.wants(name):
                continue
            ours = {'phone': [pattern]}
            sql = f'select count(*) from message where {condition}'
            found = {OURS: self.store.ask('count', filter=ours)['count']}
            contestants = {OURS: self.ms(self.store, 'select', filter=ours)}
            for peer, server in self.duckdb.items():
                found[peer] = int(server.ask('sql', sql=sql)['rows'][0][0])
                contestants[peer] = self.ms(server, 'sql', sql=sql)
            self.suite.agree(name, found)
            self.suite.race(name, 'ms', contestants, by_wall=TWO_THREADS, bound=Bound(bound, {}, TEN_MILLION))


class SizeLines:
    """Opening, and what a message costs on disk and in memory."""

    def __init__(self, suite):
        self.suite = suite

    def run(self):
        suite = self.suite
        if not suite.wants('open', 'size.disk', 'size.memory'):
            return
        folder = suite.data.store(suite.rows)
        if suite.wants('open'):
            self.open(folder)
        if suite.wants('size.disk'):
            size = os.path.getsize(os.path.join(folder, 'messages.db'))
            suite.state('size.disk', 'B/msg', size / suite.rows, bound=Bound(320))
        if suite.wants('size.memory'):
            self.memory(folder)

    def open(self, folder):
        """From nothing to the first 90 days, against counting them anew from the rows."""
        file = os.path.join(folder, 'messages.db')
        with self.suite.server('store') as store:
            def ours():
                opened = store.ask('open', folder=folder)
                first = store.ask('summary')
                return Sample(opened['ms'] + first['ms'], opened['cpu_ms'] + first['cpu_ms'])

            def recount():
                start, cpu = time.monotonic(), time.process_time()
                with contextlib.closing(sqlite3.connect(f'file:{file}?mode=ro', uri=True)) as rows:
                    rows.execute(RECOUNT_SQL).fetchall()
                return Sample(1000 * (time.monotonic() - start),
                              1000 * (time.process_time() - cpu))

            # Two threads load: what a person waits for is the wall time.
            self.suite.race('open', 'ms', {OURS: ours, 'recount from rows': recount},
                            by_wall=(OURS, 'recount from rows'),
                            bound=Bound(500, {'recount from rows': 10}, TEN_MILLION), rounds=5,
                            peak_of=store)

    def memory(self, folder):
        """Resident memory of the process with the store open, less that of an empty one."""
        empty = self.suite.data.scratch('empty')
        with self.suite.server('store') as store:
            store.ask('open', folder=empty)
            before = store.ask('summary')['rss_mb']
            store.ask('open', folder=folder)
            store.ask('summary')
            store.ask('select', filter={'direction': ['mo']})
            after = store.ask('reset-peak')['rss_mb']
        per_message = (after - before) * 1048576 / self.suite.rows
        self.suite.state('size.memory', 'B/msg', per_message, bound=Bound(56, {}, TEN_MILLION), rss_mb=after)
