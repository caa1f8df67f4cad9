#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""openpyxl as a peer: its write-only mode, over rows that are in memory already. One JSON request
per line, one answer per line.
"""
import datetime
import json
import sys
import time

import openpyxl


def read_rows(request):
    """A JSON array of arrays; times are milliseconds in the columns that the request names."""
    with open(request['cells'], encoding='utf-8') as file:
        rows = json.load(file)
    for row in rows:
        for place in request['times']:
            if row[place] is not None:
                row[place] = datetime.datetime.utcfromtimestamp(row[place] / 1000)
    return rows


def write(rows, path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet('Messages')
    for row in rows:
        sheet.append(row)
    book.save(path)


def main():
    rows = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            rows = rows or read_rows(request)
            start, cpu = time.monotonic(), time.process_time()
            write(rows, request['path'])
            answer = {'ok': True, 'ms': 1000 * (time.monotonic() - start),
                      'cpu_ms': 1000 * (time.process_time() - cpu)}
        except (OSError, ValueError) as problem:
            answer = {'error': str(problem)}
        print(json.dumps(answer), flush=True)


if __name__ == '__main__':
    main()
