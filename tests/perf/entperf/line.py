# SPDX-License-Identifier: GPL-3.0-or-later
"""A line of the table: contestants that take turns, their medians, and what is asked of us."""
import dataclasses
import json
import statistics

OURS = 'ours'


@dataclasses.dataclass
class Sample:
    """One measurement: wall time and processor time in the line's unit.

    Others work on the machine too, so what runs in one thread is judged by its processor time,
    which is the wall time of an idle machine; a peer with two threads is judged by wall time, and
    then so are we.
    """
    wall: float
    cpu: float

    @classmethod
    def of(cls, answer, per=1.0):
        return cls(answer['ms'] / per, answer['cpu_ms'] / per)

    @classmethod
    def plain(cls, value):
        return cls(value, value)


@dataclasses.dataclass
class Bound:
    """What our median may be at most, and how many times a peer's median must be ours."""
    at_most: float = None
    ratios: dict = dataclasses.field(default_factory=dict)
    rows: int = None  # where at_most and the ratios are asked for; None: at any size

    def applies(self, rows):
        return self.rows is None or rows == self.rows

    def shortfalls(self, ours, ratios):
        """Texts, one for each part that is not met; a missing peer proves nothing."""
        found = []
        if self.at_most is not None and ours > self.at_most:
            found.append(f'{ours:.3g} > {self.at_most:g}')
        for peer, wanted in self.ratios.items():
            if peer in ratios and ratios[peer] < wanted:
                found.append(f'{ratios[peer]:.2f}x {peer} < {wanted:g}x')
        return found


@dataclasses.dataclass
class Line:
    """The result of one line. values: contestant → a sample of each round. by_wall: the
    contestants that are judged by wall time, OURS among them where that is what counts."""
    name: str
    rows: int
    unit: str
    values: dict
    rss_mb: float = None
    bound: Bound = dataclasses.field(default_factory=Bound)
    note: str = ''
    by_wall: tuple = ()

    def numbers(self, who, by_wall=None):
        by_wall = who in self.by_wall if by_wall is None else by_wall
        return [sample.wall if by_wall else sample.cpu for sample in self.values[who]]

    def median(self, who):
        return statistics.median(self.numbers(who))

    @property
    def ours(self):
        return self.median(OURS)

    @property
    def peers(self):
        return {who: self.median(who) for who in self.values if who != OURS}

    @property
    def ratios(self):
        """How many times a peer takes what we take, as the median of the rounds' own ratios."""
        found = {}
        for who in self.values:
            if who == OURS:
                continue
            ours = self.numbers(OURS, who in self.by_wall)
            pairs = [their / max(our, 1e-9) for our, their in zip(ours, self.numbers(who))]
            found[who] = statistics.median(pairs)
        return found

    @property
    def spread(self):
        """Of our rounds: the distance of the extremes in percent of the median."""
        values = self.numbers(OURS)
        return 100 * (max(values) - min(values)) / max(self.ours, 1e-9)

    @property
    def shortfalls(self):
        if not self.bound.applies(self.rows):
            return []
        return self.bound.shortfalls(self.ours, self.ratios)

    def to_json(self):
        return json.dumps({
            'line': self.name, 'rows': self.rows, 'unit': self.unit, 'ours': round(self.ours, 4),
            'peers': {who: round(value, 4) for who, value in self.peers.items()},
            'ratios': {who: round(value, 2) for who, value in self.ratios.items()},
            'wall': round(statistics.median(self.numbers(OURS, True)), 4),
            'spread_percent': round(self.spread, 1),
            'rss_mb': None if self.rss_mb is None else round(self.rss_mb, 1),
            'short': self.shortfalls, 'note': self.note,
        }, ensure_ascii=False)


def alternate(contestants, rounds, warm_up=1):
    """Runs each contestant in turn, @rounds times after warming up.

    @contestants: name → function without arguments that returns a Sample.
    """
    values = {name: [] for name in contestants}
    for turn in range(warm_up + rounds):
        for name, measure in contestants.items():
            value = measure()
            if turn >= warm_up:
                values[name].append(value)
    return values
