#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports of the real program, read back by other programs: Python's csv, openpyxl, poppler, qpdf,
and in the long run LibreOffice. They say what `list --json` and `report --json` say at the same
version of the data: for random reports, for texts of strangers, while a synchronisation runs, and
on disks that are full or go away.

usage: test_exports.py EXPORT-TEXTS [TEST…]
"""
import csv
import datetime
import glob
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request
import warnings
import zipfile

import openpyxl

# Of texts that LibreOffice took for dates.
warnings.simplefilter('ignore', UserWarning)

NOW = '2026-11-22T15:00:00Z'
LONG = os.environ.get('ENTREGA_TEST_LONG') == '1'
SEED = int(os.environ.get('ENTREGA_TEST_SEED') or random.randrange(1 << 30))
COUNTERS = ('total', 'sent', 'delivered', 'read', 'send_failed', 'not_delivered', 'queued',
            'in_transit', 'received')
TEXTS = ('reason_code', 'contact_name', 'content', 'subaccount_id', 'subaccount', 'user_id', 'user',
         'campaign_id', 'campaign', 'correlation_id', 'extra_info', 'conversation_id',
         'conversation_type', 'carrier', 'source')
ADDRESSES = ('phone', 'origin')
MAX_CELL = 32767


def program(name):
    folder = {'entrega-cli': 'cli', 'entrega-simulator': 'simulator'}[name]
    return os.path.join(os.environ['ENTREGA_BUILDDIR'], 'src', folder, name)


class Data:
    """A data folder, and the program on it."""

    def __init__(self, folder):
        self.folder = folder
        self.data = os.path.join(folder, 'data')
        self.environment = {**os.environ, 'ENTREGA_NOW': NOW}

    def command(self, *arguments):
        return [program('entrega-cli'), '--data-dir', self.data, *arguments]

    def run(self, *arguments, status=0, **options):
        result = subprocess.run(self.command(*arguments), env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                                **options)
        assert result.returncode == status, (arguments, result.returncode, result.stderr)
        return result.stdout

    def path(self, name):
        return os.path.join(self.folder, name)

    def export(self, name, *arguments):
        """The file's path, and its provenance."""
        path = self.path(name)
        self.run('export', '--provenance', '--output', path, *arguments)
        with open(path + '.provenance.json', encoding='utf-8') as stream:
            return path, json.load(stream)

    def last_state(self):
        return json.loads(self.run('exports', 'list', '--json').splitlines()[0])


class Provider:
    """A simulator, and the source that asks it."""

    def __init__(self, data, messages):
        self.data = data
        self.process = subprocess.Popen(
            [program('entrega-simulator'), '--seed', '7', '--days', '30', '--messages',
             str(messages), '--end', '2026-11-21'], stdout=subprocess.PIPE, text=True)
        said = json.loads(self.process.stdout.readline())
        self.url = said['url']
        source = said['sources'][0]
        data.environment['ENTREGA_TEST_CREDENTIALS'] = json.dumps(source['credentials'])
        data.run('source', 'add', '--kind', source['kind'], '--name', 'Loja', '--url',
                 source['url'], '--credentials-from', 'env:ENTREGA_TEST_CREDENTIALS')

    def advance(self, hours):
        body = json.dumps({'advance_seconds': hours * 3600}).encode()
        urllib.request.urlopen(urllib.request.Request(self.url + '/clock', body,
                                                      method='POST')).close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def read_csv(path, separator=','):
    csv.field_size_limit(1 << 30)
    with open(path, encoding='utf-8-sig', newline='') as stream:
        return list(csv.reader(stream, delimiter=separator, strict=True))


def sheets_of(path):
    """{name: rows of values} of a workbook; no cell of which is a formula."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != 'f' for cell in row), (sheet.title, row)
    # Of texts within a sheet openpyxl leaves this to us; of shared ones it does it.
    return {sheet.title: [[value.replace('_x005F_', '_') if isinstance(value, str) else value
                           for value in row] for row in sheet.iter_rows(values_only=True)]
            for sheet in book}


def pdf_text(path):
    subprocess.run(['qpdf', '--check', path], check=True, stdout=subprocess.DEVNULL)
    fonts = subprocess.run(['pdffonts', path], check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in fonts.splitlines()[2:]:
        embedded, subset = line.split()[-5:-3]
        assert (embedded, subset) == ('yes', 'yes') or 'Type 3' in line, line
    return subprocess.run(['pdftotext', '-layout', path, '-'], check=True, stdout=subprocess.PIPE,
                          text=True).stdout


# ---- Random reports ----

def random_report(draw):
    """Options of a report."""
    options = []
    if draw.random() < 0.5:
        options += ['--period', draw.choice(('today', 'yesterday', 'last-7-days', 'last-30-days',
                                             'previous-week', 'this-month', 'previous-month'))]
    else:
        first = datetime.date(2026, 10, 15) + datetime.timedelta(draw.randrange(35))
        last = first + datetime.timedelta(draw.randrange(20))
        options += ['--from', str(first), '--to', str(last)]
    options += ['--by', draw.choice(('day', 'day', 'hour', 'week', 'month', 'subaccount', 'user',
                                     'campaign', 'content-type'))]
    for option, values in (('--channel', ('whatsapp', 'sms')), ('--direction', ('mt', 'mo')),
                           ('--status', ('delivered', '!read', 'not-delivered', 'sent')),
                           ('--stage', ('sent', 'errors', 'delivered', 'pending')),
                           ('--campaign', ('Entregas', '!Entregas', 'Boas-vindas')),
                           ('--subaccount', ('loja_sul', '!loja_norte')),
                           ('--content-type', ('text', '!text')),
                           ('--timezone', ('America/Sao_Paulo', 'UTC', 'Asia/Kolkata'))):
        if draw.random() < 0.2:
            options += [option, draw.choice(values)]
    return options


def counters_of(row):
    return tuple(row[name] for name in COUNTERS)


def check_report(data, options):
    report = json.loads(data.run('report', '--json', *options))
    wanted = sorted(counters_of(row) for row in report['rows'])

    path, provenance = data.export('r.csv', '--view', 'consolidated', '--dialect', 'machine',
                                   *options)
    assert provenance['data_version'] == report['data_version']
    assert provenance['totals'] == report['totals'], (provenance['totals'], report['totals'])
    head, *rows = read_csv(path)
    assert tuple(head[1:10]) == COUNTERS, head
    # What was never synchronised is blank, not zero.
    assert all(row[-1] == 'none' for row in rows if '' in row[1:10])
    assert sorted(tuple(int(value or 0) for value in row[1:10]) for row in rows) == wanted

    path, provenance = data.export('r.xlsx', '--view', 'consolidated', *options)
    assert provenance['data_version'] == report['data_version']
    # A day without data is blank.
    tables = [sorted(tuple(value or 0 for value in row[1:10]) for row in rows[1:1 + len(wanted)])
              for rows in sheets_of(path).values()
              if len(rows) > len(wanted) and rows[0][1] == 'Total']
    assert wanted == [] or wanted in tables, (wanted, tables)

    path, provenance = data.export('r.pdf', '--view', 'consolidated', *options)
    assert provenance['data_version'] == report['data_version']
    # Of queued and in transit a PDF has the sum; a long breakdown ends in a sum of the others.
    numbers = set(re.findall(r'(?<![\d,.])\d[\d,]*(?![\d,.]*\d)', pdf_text(path)))
    rows = report['rows'] if len(report['rows']) < 20 else []
    for row in [report['totals'], *rows]:
        shown = [row['total'], row['sent'], row['delivered'], row['read'], row['received'],
                 row['send_failed'] + row['not_delivered'], row['queued'] + row['in_transit']]
        if row is not report['totals'] and row.get('coverage') == 'none' and not any(shown):
            continue
        missing = [number for number in shown if f'{number:,}' not in numbers]
        assert not missing, (missing, row)


def test_random_reports(folder):
    """report --json, CSV, XLSX and PDF have the same counters at the same version of the data."""
    data = Data(folder)
    with Provider(data, 6000) as provider:
        provider.advance(12)
        data.run('sync', '--quiet')
    draw = random.Random(SEED)
    for _ in range(100 if LONG else 8):
        options = random_report(draw)
        try:
            check_report(data, options)
        except AssertionError as error:
            raise AssertionError(f'{" ".join(options)}: {error}') from error


# ---- Texts of strangers ----

def list_json(data):
    return [json.loads(line) for line in data.run('list', '--json').splitlines()]


def machine_value(value):
    if value is None:
        return ''
    if isinstance(value, bool):
        return 'true' if value else 'false'
    return str(value)


def instant(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))


def check_machine(data, messages):
    path, provenance = data.export('m.csv', '--dialect', 'machine')
    head, *rows = read_csv(path)
    assert head == list(messages[0]), head
    assert len(rows) == len(messages) == provenance['rows']['written']
    for row, message in zip(rows, messages):
        for name, field in zip(head, row):
            if name.endswith('_at') and field:
                assert instant(field) == instant(message[name]), (name, field, message[name])
            else:
                assert field == machine_value(message[name]), (name, field, message[name])
    assert not any(provenance['changes'].values()), provenance['changes']


def units(text):
    """As Excel counts characters."""
    return len(text.encode('utf-16-le')) // 2


def same_but_cut(field, text, changes):
    if units(text) <= MAX_CELL:
        return field == text
    changes['cut_cells'] += 1
    return field.endswith(' […]') and units(field) <= MAX_CELL and text.startswith(field[:-4])


BITES = re.compile('^[\\s\u00a0\u3000\ufeff\u200b-\u200d\u2060]*[=+\\-@\t\r\n＝＋－＠]')


def check_safe_field(name, field, text, changes):
    """Undoes what the provenance counts."""
    digits = r'\+\d+' if name == 'phone' else r'\+\d{7,15}'
    if name in ADDRESSES and re.fullmatch(digits, text) and field == text[1:]:
        changes['phones_without_plus'] += 1
        return True
    if BITES.match(text):
        changes['neutralised_texts'] += 1
        return field.startswith("'") and same_but_cut(field[1:], text, changes)
    return same_but_cut(field, text, changes)


def check_dialect(data, messages, dialect, separator, options):
    path, provenance = data.export('d.csv', '--dialect', dialect, *options)
    _, *rows = read_csv(path, separator)
    names = list(messages[0])
    changes = dict.fromkeys(provenance['changes'], 0)
    assert len(rows) == len(messages)
    for row, message in zip(rows, messages):
        assert len(row) == len(names), row
        for name, field in zip(names, row):
            if name in TEXTS + ADDRESSES:
                text = machine_value(message[name])
                assert check_safe_field(name, field, text, changes), (name, field, text)
    assert changes == provenance['changes'], (changes, provenance['changes'])
    return path


def check_cells(names, rows, messages, changes, office=False):
    """LibreOffice breaks a line after 16,384 characters, also between the halves of one."""
    assert len(rows) == len(messages), (len(rows), len(messages))
    for row, message in zip(rows, messages):
        for name, field in zip(names, row):
            if name in TEXTS + ADDRESSES:
                text = machine_value(message[name]).replace('\r\n', '\n').replace('\r', '\n')
                if office and units(text) > 16384:
                    text, field = text[:8000], field[:8000]
                assert same_but_cut(field or '', text, changes), (name, field, text)


def check_workbook(data, messages):
    path, provenance = data.export('m.xlsx')
    changes = dict.fromkeys(provenance['changes'], 0)
    sheets = sheets_of(path)
    check_cells(list(messages[0]), sheets['Detailed'][1:], messages, changes)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            xml = archive.read(name).decode()
            assert not re.search('(?<!_x005F)_x000D_', xml), 'this is read as a line end'
    # Names of sub-accounts and so on stand in the breakdowns too.
    changes['cut_cells'] += sum(
        isinstance(value, str) and value.endswith(' […]') and units(value) > 30000
        for title, rows in sheets.items() if title != 'Detailed' for row in rows for value in row)
    assert changes == provenance['changes'], (changes, provenance['changes'])
    return path


def convert(data, path, to):
    """LibreOffice, with settings of its own."""
    subprocess.run(['soffice', '-env:UserInstallation=file://' + data.path('office'), '--headless',
                    '--convert-to', to, '--outdir', data.path('converted'), path], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_libreoffice(data, messages, workbook, table):
    # All sheets, as text: UTF-8, every field quoted as it is shown.
    convert(data, workbook, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,'
                            'false,false,-1')
    [path] = glob.glob(data.path('converted') + '/*-Detailed.csv')
    check_cells(list(messages[0]), read_csv(path)[1:], messages, {'cut_cells': 0}, True)
    # The CSV as a person opens it; nothing of it is calculated.
    convert(data, table, 'xlsx:Calc MS Excel 2007 XML')
    [path] = glob.glob(data.path('converted') + '/d.xlsx')
    [rows] = sheets_of(path).values()
    assert len(rows) == len(messages) + 1, len(rows)


def test_texts(folder):
    """Every text column, whatever strangers typed, comes back from each dialect and workbook."""
    data = Data(folder)
    os.mkdir(data.data, 0o700)
    subprocess.run([sys.argv[1], data.data, str(10000 if LONG else 700), str(SEED % 100000), NOW],
                   check=True)
    messages = list_json(data)
    check_machine(data, messages)
    check_dialect(data, messages, 'excel-pt', ';', [])
    check_dialect(data, messages, 'custom', '\t', ['--separator', 'tab', '--lf', '--no-bom'])
    table = check_dialect(data, messages, 'excel-en', ',', [])
    workbook = check_workbook(data, messages)
    if LONG:
        check_libreoffice(data, messages, workbook, table)


# ---- How pages look ----

def grey(path):
    """(width, height, bytes) of a picture, a quarter as large: letters blur, shapes stay."""
    size = subprocess.run(['identify', '-format', '%w %h', path], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    width, height = (int(number) // 4 for number in size.split())
    raw = subprocess.run(['convert', path, '-resize', f'{width}x{height}!', '-colorspace', 'Gray',
                          '-depth', '8', 'gray:-'], check=True, stdout=subprocess.PIPE).stdout
    assert len(raw) == width * height
    return width, height, raw


def difference(one, other):
    """The mean difference of two pictures, and that of the worst square of 16 dots, of 255."""
    width, height, first = grey(one)
    assert (width, height) == grey(other)[:2], 'the page has another size'
    second = grey(other)[2]
    squares = {}
    for place, (a, b) in enumerate(zip(first, second)):
        square = (place % width // 16, place // width // 16)
        squares[square] = squares.get(square, 0) + abs(a - b)
    return sum(squares.values()) / len(first), max(squares.values()) / 256


def check_page(path, page, golden):
    subprocess.run(['pdftoppm', '-r', '100', '-png', '-f', str(page), '-singlefile', path,
                    path + '.page'], check=True)
    if 'ENTREGA_UPDATE_GOLDEN' in os.environ:
        subprocess.run(['convert', path + '.page.png', '-colorspace', 'Gray', '+dither', '-colors', '16',
                        '-strip', golden], check=True)
    mean, worst = difference(path + '.page.png', golden)
    print(f'# {os.path.basename(golden)}: {mean:.2f}, {worst:.1f}')
    assert mean < 3 and worst < 40, f'{golden}: differs by {mean:.2f}, {worst:.1f}'


def test_pages(folder):
    """Rendered at 100 dpi, pages look as they did when somebody looked at them. Look again, and
    write them anew with ENTREGA_UPDATE_GOLDEN=1, when they are meant to look otherwise."""
    data = Data(folder)
    with Provider(data, 6000) as provider:
        provider.advance(12)
        data.run('sync', '--quiet')
    golden = os.path.join(os.environ['G_TEST_SRCDIR'], 'golden', 'pages')
    for locale, view, options, pages in (
            ('pt_BR', 'consolidated', ['--period', 'last-30-days'], (1, 2, 3)),
            ('en_US', 'consolidated', ['--channel', 'sms', '--by', 'campaign'], (1,)),
            ('es_MX', 'detailed', ['--campaign', 'Entregas'], (1, -1))):
        path = data.path(f'{locale}.pdf')
        data.run('--locale', locale, 'export', '--view', view, '-o', path, '--timezone',
                 'America/Sao_Paulo', *options)
        text = subprocess.run(['pdfinfo', path], check=True, stdout=subprocess.PIPE, text=True)
        last = int(re.search(r'Pages: +(\d+)', text.stdout).group(1))
        for page in pages:
            # The last but one: messages.
            check_page(path, last + page if page < 0 else page,
                       os.path.join(golden, f'{locale}-{view}-{page % 10}.png'))


# ---- Together with others ----

def test_while_synchronising(folder):
    """A file that is written while messages arrive is of one moment."""
    data = Data(folder)
    versions = set()
    with Provider(data, 4000) as provider:
        def synchronise():
            for _ in range(6):
                provider.advance(2)
                data.run('sync', '--quiet')

        thread = threading.Thread(target=synchronise)
        thread.start()
        while thread.is_alive() or len(versions) < 2:
            path, provenance = data.export('s.xlsx', '--period', 'last-30-days')
            sheets = sheets_of(path)
            rows = len(sheets['Detailed']) - 1
            days = sheets['By day'][1:]
            assert rows == provenance['rows']['expected'] == provenance['rows']['written']
            assert sum((row[1] or 0) + (row[9] or 0) for row in days[:30]) == rows
            assert provenance['totals']['total'] + provenance['totals']['received'] == rows
            versions.add(provenance['data_version'])
        thread.join()
    assert len(versions) > 1, versions


# ---- The same again ----

def test_same_bytes(folder):
    """Twice the same export, with other clocks of the machine: the same bytes; verify agrees."""
    data = Data(folder)
    with Provider(data, 2000) as provider:
        provider.advance(12)
        data.run('sync', '--quiet')
    for name in ('a.csv', 'a.xlsx', 'a.pdf'):
        for view in ('consolidated', 'detailed'):
            path, first = data.export(name, '--view', view)
            # Another second of the wall clock, which files must not carry.
            start = int(time.time())
            while int(time.time()) == start:
                time.sleep(0.01)
            _, second = data.export('again-' + name, '--view', view)
            assert first['file']['sha256'] == second['file']['sha256'], name
            assert ': the same' in data.run('exports', 'verify', path)
    # Where nobody knows the history: by what stands beside the file, in whatever language.
    data.run('--locale', 'pt_BR', 'export', '--provenance', '--output', path)
    data.run('export', '--provenance', '--output', data.path('c.csv'), '--dialect', 'custom',
             '--separator', '|', '--lf')
    with sqlite3.connect(os.path.join(data.data, 'user.db')) as database:
        database.execute('DELETE FROM export')
    for file in (path, data.path('c.csv')):
        said = data.run('exports', 'verify', file)
        assert ': the same' in said, said


# ---- Disks ----

def test_disks(folder):
    """Full, or gone: no file, no part of one, and the list says what happened."""
    data = Data(folder)
    with Provider(data, 3000) as provider:
        provider.advance(12)
        data.run('sync', '--quiet')
    target = data.path('target')

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    for extension in ('csv', 'xlsx', 'pdf'):
        os.mkdir(target)
        path = os.path.join(target, 'x.' + extension)
        options = ('export', '--period', 'last-30-days', '--output', path)
        data.run(*options, status=1, preexec_fn=limit)
        assert os.listdir(target) == [], os.listdir(target)
        assert data.last_state()['state'] == 'failed' and data.last_state()['error']

        process = subprocess.Popen(data.command(*options), env=data.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not os.listdir(target) and process.poll() is None:
            pass
        # At once, since what is removed file by file could be left by a file renamed meanwhile.
        gone = data.path('gone')
        os.rename(target, gone)
        status = process.wait()
        shutil.rmtree(gone)
        state = data.last_state()
        assert (status, state['state']) in ((1, 'failed'), (0, 'finished')), (status, state)
        assert not os.path.exists(path)


def main():
    tests = {name: function for name, function in globals().items()
             if name.startswith('test_') and callable(function)}
    names = sys.argv[2:] or list(tests)
    print(f'1..{len(names)}\n# ENTREGA_TEST_SEED={SEED}', flush=True)
    failed = 0
    for number, name in enumerate(names, 1):
        with tempfile.TemporaryDirectory(prefix='entrega-exports-') as folder:
            try:
                tests[name](folder)
                print(f'ok {number} {name}', flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print('# ' + line[:2000])
                print(f'not ok {number} {name}', flush=True)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
