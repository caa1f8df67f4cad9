# SPDX-License-Identifier: GPL-3.0-or-later
"""The list and the chart of the window, on a display of their own, painted by cairo."""
import contextlib
import os
import subprocess
import tempfile

from .filters import usual_filters
from .line import OURS, Bound, Sample
from .process import Server


@contextlib.contextmanager
def display():
    """Xvfb on a free number; its name."""
    with subprocess.Popen(['Xvfb', '-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten',
                           'tcp'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as server:
        try:
            yield ':' + server.stdout.readline().strip()
        finally:
            server.terminate()


def environment(name, home, builddir):
    """Nothing of the user's own desktop: no bus, no settings, no accessibility."""
    return {**os.environ, 'DISPLAY': name, 'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo',
            'GTK_A11Y': 'none', 'GSETTINGS_BACKEND': 'memory', 'GIO_USE_VFS': 'local',
            'GSETTINGS_SCHEMA_DIR': os.path.join(builddir, 'data'), 'WAYLAND_DISPLAY': '',
            'DBUS_SESSION_BUS_ADDRESS': 'disabled:', 'XDG_RUNTIME_DIR': home,
            'XDG_CONFIG_HOME': home, 'XDG_DATA_HOME': home, 'XDG_CACHE_HOME': home}


class WindowLines:
    def __init__(self, suite):
        self.suite = suite

    def run(self):
        suite = self.suite
        program = suite.data.program('window')
        if not suite.wants('chart.hover.', 'list.scroll', 'list.filter'):
            return
        if not os.path.exists(program) or not suite.peers.is_there('xvfb'):
            suite.printer.tell('There is no window program or no Xvfb: its lines are left out.')
            return
        with suite.store() as store:
            filters = usual_filters(store)
        with display() as name, tempfile.TemporaryDirectory() as home:
            env = environment(name, home, suite.data.builddir)
            with Server('window', [program], env) as window:
                window.ask('open', folder=suite.data.store(suite.rows))
                self.measure(window, filters)

    def measure(self, window, filters):
        if self.suite.wants('list.scroll'):
            self.scroll(window)
        if self.suite.wants('list.filter'):
            self.filter(window, filters)
        if self.suite.wants('chart.hover.'):
            self.hover(window)

    def scroll(self, window):
        """The worst iteration of the main loop while jumping about, our own part of it."""
        answers = [window.ask('scroll', jumps=20) for _ in range(self.suite.rounds)]
        self.suite.agree('list.scroll', {'asked': self.suite.rows, OURS: answers[0]['count']})
        for name, key, bound in (('list.scroll', 'ours_worst_ms', Bound(16)),
                                 ('list.scroll.frame', 'frame_ms', Bound())):
            values = [Sample.plain(answer[key]) for answer in answers]
            self.suite.add(name, 'ms', {OURS: values}, bound=bound,
                           rss_mb=answers[-1]['peak_mb'])

    def filter(self, window, filters):
        for one in filters[1:]:
            def measure(ours=one.ours):
                window.ask('filter', filter={})
                return Sample.of(window.ask('filter', filter=ours))

            name = f'list.filter.{one.name}'
            self.suite.race(name, 'ms', {OURS: measure}, bound=Bound(200, {}, 10_000_000))

    def hover(self, window):
        answers = [window.ask('hover') for _ in range(self.suite.rounds)]
        for name, key, bound in (('chart.hover.snapshot', 'snapshot_ms', 1),
                                 ('chart.hover.frame', 'frame_ms', 6)):
            values = [Sample.plain(answer[key]) for answer in answers]
            self.suite.add(name, 'ms', {OURS: values}, rows=90, bound=Bound(bound))
