# SPDX-License-Identifier: GPL-3.0-or-later
"""The table for people. Each line is printed as soon as it is measured."""
import sys

HEAD = ('line', 'rows', 'unit', 'ours', 'spread', 'peer', 'its median', 'ratio', 'rss MB', '')
FORMAT = '{:<34} {:>9} {:<6} {:>9} {:>7}  {:<18} {:>10} {:>8} {:>7}  {}'


def number(value):
    if value is None:
        return ''
    if value >= 1000:
        return f'{value:,.0f}'
    return f'{value:.3g}' if value < 100 else f'{value:.0f}'


class Printer:
    def __init__(self, as_json, stream=sys.stdout):
        self.as_json = as_json
        self.stream = stream
        self.started = False

    def print(self, line):
        if self.as_json:
            self.write(line.to_json())
            return
        if not self.started:
            self.write(FORMAT.format(*HEAD).rstrip())
            self.started = True
        for text in self.table_rows(line):
            self.write(text)

    def write(self, text):
        print(text, file=self.stream, flush=True)

    @staticmethod
    def table_rows(line):
        verdict = 'SHORT: ' + '; '.join(line.shortfalls) if line.shortfalls else line.note
        first = (line.name, f'{line.rows:,}', line.unit, number(line.ours), f'{line.spread:.0f} %')
        peers = [(who, number(value), f'{line.ratios[who]:.2f}x')
                 for who, value in line.peers.items()] or [('', '', '')]
        for index, peer in enumerate(peers):
            left = first if index == 0 else ('',) * 5
            right = (number(line.rss_mb), verdict) if index == 0 else ('', '')
            yield FORMAT.format(*left, *peer, *right).rstrip()

    @staticmethod
    def tell(text):
        """Progress goes to standard error, so that --json stays one object per line."""
        print(text, file=sys.stderr, flush=True)
