# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lines share: the data, the peers, how many rounds, where results go."""
import contextlib

from .line import OURS, Line, Sample, alternate
from .process import Server


class Disagreement(Exception):
    """Two contestants found different results for the same question."""


class Suite:
    def __init__(self, data, peers, printer, rows, rounds, wanted):
        self.data = data
        self.peers = peers
        self.printer = printer
        self.rows = rows
        self.rounds = rounds
        self.wanted = wanted
        self.lines = []

    def wants(self, *names):
        """Whether one of the lines was asked for, by a part of its name."""
        return not self.wanted or any(part in name for part in self.wanted for name in names)

    def add(self, name, unit, values, **rest):
        line = Line(name, rest.pop('rows', self.rows), unit, values, **rest)
        self.lines.append(line)
        self.printer.print(line)
        return line

    def race(self, name, unit, contestants, **rest):
        """Measures and adds a line. peak_of: the server of ours whose memory is told."""
        rounds = rest.pop('rounds', self.rounds)
        warm_up = rest.pop('warm_up', 1)
        peak_of = rest.pop('peak_of', None)
        values = alternate(contestants, rounds, warm_up)
        if peak_of is not None:
            rest['rss_mb'] = peak_of.ask('idle')['peak_mb']
        return self.add(name, unit, values, **rest)

    def state(self, name, unit, value, **rest):
        """A line of one value of ours that is no time."""
        return self.add(name, unit, {OURS: [Sample.plain(value)]}, **rest)

    def agree(self, name, results):
        """@results: contestant → what it found; all must be equal."""
        first, *others = results.items()
        for who, found in others:
            if found != first[1]:
                raise Disagreement(f'{name}: {first[0]} found {first[1]!r:.300}, '
                                   f'{who} {found!r:.300}')

    def server(self, name):
        return Server(name, [self.data.program(name)])

    @contextlib.contextmanager
    def store(self):
        """Our program with the store open."""
        with self.server('store') as server:
            server.ask('open', folder=self.data.store(self.rows))
            yield server

    @contextlib.contextmanager
    def duckdb(self, threads):
        """DuckDB with the same data, or None."""
        file = self.data.duckdb(self.rows)
        if file is None:
            yield None
            return
        with self.data.duckdb_server() as server:
            server.ask('open', file=file, threads=threads, mode='read_only')
            yield server
