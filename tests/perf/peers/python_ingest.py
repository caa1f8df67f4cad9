#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's json and sqlite3 as a peer of the synchronisation: pages that lie in memory already, as
text, into a table with a key, by executemany. One JSON request per line, one answer per line.

With "types": "natural" the columns hold what the product's hold: times as milliseconds, identifiers
as sixteen bytes, phones as numbers, names by their numbers. With "texts" all is stored as it came.
"""
import datetime
import glob
import json
import os
import sqlite3
import sys
import time

COLUMNS = ('message_id', 'channel', 'timestamp', 'delivered_timestamp', 'last_status_update',
           'direction', 'status', 'status_code', 'status_description', 'source_address',
           'destination_address', 'content', 'account_id', 'message_type', 'units')
METADATA = ('campaign', 'user', 'correlation_id')
TABLE = ('create table message (id integer primary key, '
         + ', '.join(COLUMNS + METADATA) + ', unique (timestamp, message_id))')
NAMES = 'create table name (kind integer, n integer, name text, primary key (kind, n))'
INSERT = ('insert into message (' + ', '.join(COLUMNS + METADATA) + ') values ('
          + ', '.join('?' * len(COLUMNS + METADATA)) + ') on conflict (timestamp, message_id) '
          'do update set status = excluded.status, status_code = excluded.status_code, '
          'delivered_timestamp = excluded.delivered_timestamp, '
          'last_status_update = excluded.last_status_update '
          'where excluded.last_status_update > last_status_update')
UTC = datetime.timezone.utc


class Texts:
    """All as it came."""
    new_names = ()

    def row(self, item):
        pairs = {pair['key']: pair['value'] for pair in item['metadata']}
        return ([item.get(name) for name in COLUMNS] + [pairs.get(name) for name in METADATA])


class Natural:
    """As a column store would have it."""

    def __init__(self):
        self.numbers = [{} for _ in range(7)]
        self.new_names = []

    def number(self, kind, name):
        if name is None:
            return None
        known = self.numbers[kind]
        found = known.get(name)
        if found is None:
            found = known[name] = len(known) + 1
            self.new_names.append((kind, found, name))
        return found

    @staticmethod
    def time(text):
        if text is None:
            return None
        moment = datetime.datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)

    @staticmethod
    def phone(text):
        return int(text) if text else None

    def row(self, item):
        get, time, number, phone = item.get, self.time, self.number, self.phone
        pairs = {pair['key']: pair['value'] for pair in item['metadata']}
        return (bytes.fromhex(item['message_id'].replace('-', '')), number(0, get('channel')),
                time(item['timestamp']), time(get('delivered_timestamp')),
                time(get('last_status_update')), number(1, get('direction')),
                number(2, get('status')), get('status_code'), get('status_description'),
                phone(get('source_address')), phone(get('destination_address')), get('content'),
                number(3, get('account_id')), number(4, get('message_type')), get('units'),
                number(5, pairs.get('campaign')), number(6, pairs.get('user')),
                pairs.get('correlation_id'))


def load(database, pages, kind):
    for page in pages:
        items = json.loads(page)['messages']
        database.executemany(INSERT, [kind.row(item) for item in items])
        if kind.new_names:
            database.executemany('insert into name values (?, ?, ?)', kind.new_names)
            kind.new_names.clear()
        database.commit()


def ingest(request):
    pages = []
    for name in sorted(glob.glob(os.path.join(request['pages'], '*.json'))):
        with open(name, 'rb') as file:
            pages.append(file.read())
    database = sqlite3.connect(request['path'])
    database.executescript('pragma page_size = 8192; pragma journal_mode = wal; '
                           'pragma synchronous = normal; pragma cache_size = -65536;'
                           + TABLE + ';' + NAMES)
    start, cpu = time.monotonic(), time.process_time()
    load(database, pages, {'natural': Natural, 'texts': Texts}[request['types']]())
    answer = {'ms': 1000 * (time.monotonic() - start), 'cpu_ms': 1000 * (time.process_time() - cpu)}
    answer['count'] = database.execute('select count(*) from message').fetchone()[0]
    database.close()
    return answer


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {'ok': True, **ingest(request)}
        except (OSError, sqlite3.Error, ValueError) as problem:
            answer = {'error': str(problem)}
        print(json.dumps(answer), flush=True)


if __name__ == '__main__':
    main()
