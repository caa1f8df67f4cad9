# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window the way a person does, without a screen.

A Session is an X server (Xvfb), a session bus and a window manager of its own; launch() starts a
program in it and gives an App, whose parts are found by role and name on the accessibility bus:

    with Session() as session:
        app = session.launch(['entrega', '--sample'])
        app.find('entry', 'Search').type('abc')       # keys, through the X server
        app.find('button', 'Clear').click()           # a mouse click at its place on the screen
        app.find('button', 'Clear').do('click')       # its accessible action
        session.screenshot('x.png')

Needs xvfb dbus at-spi2-core python3-gi gir1.2-atspi-2.0 xdotool x11-utils x11-xserver-utils
imagemagick openbox xcompmgr, and the system's python3: another one lacks `gi`.

What GTK 4 cannot do here, and how this works around it, is said where it matters.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402  (the version must be chosen first)

# at-spi2-core 2.50 says 'button' where 2.46 says 'push button'; GTK 4.10 adds the two others.
ROLES = {'push button': 'button', 'toggle button': 'button', 'grouping': 'panel'}
TOPLEVELS = ('frame', 'dialog', 'alert', 'file chooser', 'window')
POPOVERS = ('GtkPopover', 'GtkPopoverMenu')
# A list view keeps about 205 row accessibles; walking them costs seconds of D-Bus.
LONG_LIST = 40
SETTINGS = '''[Settings]
gtk-font-name=Cantarell 11
gtk-icon-theme-name=Adwaita
gtk-enable-animations=0
gtk-cursor-blink=0
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
'''
# Sanitizers slow the program down, not its correctness.
PATIENCE = 12 if os.environ.get('ENTREGA_SANITIZER') == '1' else 1


class Timeout(AssertionError):
    """Something did not come true in time."""


def wait_for(function, timeout=8.0, what=''):
    """The first true value of the function, asked again until the deadline.

    Exceptions count as "not yet": accessible objects die under us whenever the window changes. On a
    slow machine one look at the window takes long: the deadline counts from the third look only.
    """
    end = time.monotonic() + timeout * PATIENCE
    error = None
    looks = 0
    while True:
        looks += 1
        if looks == 3:
            end = max(end, time.monotonic() + timeout * PATIENCE)
        try:
            value = function()
            if value:
                return value
        except Exception as caught:  # pylint: disable=broad-except
            error = caught
        if time.monotonic() > end:
            raise Timeout(f'waited {timeout * PATIENCE} s for {what or function} '
                          f'(last error: {error!r})')
        time.sleep(0.05)


class Node:
    """One accessible object of a program."""

    def __init__(self, app, accessible):
        self.app = app
        self.accessible = accessible

    # ---- What it says of itself ----

    @property
    def role(self):
        role = self.accessible.get_role_name()
        return ROLES.get(role, role)

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def text(self):
        """Its text, for entries and labels; else its name."""
        if 'Text' in self.accessible.get_interfaces():
            count = Atspi.Text.get_character_count(self.accessible)
            return Atspi.Text.get_text(self.accessible, 0, count)
        return self.name

    def state(self, name):
        """Whether it is 'focused', 'selected', 'checked', 'showing', 'sensitive' …"""
        states = self.accessible.get_state_set()
        return states.contains(getattr(Atspi.StateType, name.upper()))

    def actions(self):
        count = self.accessible.get_n_actions()
        return [self.accessible.get_action_name(number) for number in range(count)]

    def __repr__(self):
        return f'<[{self.role}] {self.name!r}>'

    # ---- Finding others ----

    @property
    def children(self):
        found = (self.accessible.get_child_at_index(number)
                 for number in range(self.accessible.get_child_count()))
        return [Node(self.app, child) for child in found if child]

    def walk(self, depth=40):
        """It and all below it, without the rows of long lists (see rows())."""
        yield self
        if depth == 0:
            return
        for child in self.children:
            if child.role == 'list' and child.accessible.get_child_count() > LONG_LIST:
                yield child
            else:
                yield from child.walk(depth - 1)

    def matching(self, role=None, name=None, description=None):
        """Those below it with this role, and this name or description, one after the other.

        A name is a whole name, a part of one, or a compiled pattern.
        """
        def fits(wanted, value):
            if wanted is None:
                return True
            if hasattr(wanted, 'search'):
                return wanted.search(value) is not None
            # The accessible name of a button with a mnemonic is "C_lear… Clear…".
            return wanted in value or wanted == value.replace('_', '').split(' ')[0]

        return (node for node in self.walk()
                if (role is None or node.role == role)
                and fits(name, node.name) and fits(description, node.description))

    def all(self, role=None, name=None, description=None):
        """All of matching()."""
        return list(self.matching(role, name, description))

    def find(self, role=None, name=None, timeout=6.0, description=None):
        """The first of matching(), waited for. An exact name goes before one that contains it.
        Nothing behind it is asked for: each object costs several calls over the bus."""
        def look():
            part = None
            for node in self.matching(role, name, description):
                if not isinstance(name, str) or node.name == name:
                    return node
                part = part or node
            return part

        return wait_for(look, timeout, what=f'[{role}] {name or description!r}')

    def dump(self, stream=sys.stderr, depth=0):
        """Prints what is below it: the first help when something is not found."""
        print('  ' * depth + f'[{self.role}] {self.name!r} {self.description!r}', file=stream)
        for child in self.children[:LONG_LIST]:
            child.dump(stream, depth + 1)

    # ---- Rows of a list ----
    # Accessibles of rows off the screen keep stale places and no 'showing' state. The program
    # therefore names each row "Row N" and describes the view as "Rows A to B of N".

    def visible_range(self):
        """(first, last, total) of a list view, from its description."""
        return tuple(int(re.sub(r'\D', '', number))
                     for number in re.findall(r'\d[\d.,\u00a0\u202f]*', self.description)[:3])

    def _row_nodes(self):
        rows = next(node for node in self.walk() if node.role == 'list').children
        numbered = ((re.search(r'\d[\d.,]*', row.name), row) for row in rows)
        return {int(re.sub(r'\D', '', match.group())): row for match, row in numbered if match}

    def row(self, number):
        return self._row_nodes()[number]

    def rows(self):
        """{row number: [texts of its cells]} of the rows on the screen."""
        first, last, _ = self.visible_range()
        return {number: [' '.join(label.name for label in cell.walk() if label.role == 'label')
                         for cell in row.children]
                for number, row in sorted(self._row_nodes().items()) if first <= number <= last}

    # ---- Where it is ----
    # GTK 4 does not know places on the screen: extents start at the content of the widget's
    # window, and inside a popover, which is an X window of its own, at the popover's origin.

    def _ancestor(self, test):
        node = self.accessible
        while node:
            if test(node):
                return Node(self.app, node)
            node = node.get_parent()
        return None

    def _extents(self):
        return self.accessible.get_extents(Atspi.CoordType.WINDOW)

    def place(self):
        """(x, y, width, height) in its window."""
        extents = self._extents()
        return extents.x, extents.y, extents.width, extents.height

    def frame(self):
        """The window it is in."""
        def is_toplevel(node):
            parent = node.get_parent()
            return (node.get_role_name() in TOPLEVELS
                    or (parent and parent.get_role_name() == 'application'))

        return self._ancestor(is_toplevel) or self

    def popover(self):
        """The popover it is in, if any."""
        return self._ancestor(lambda node: node.get_name() in POPOVERS
                              or node.get_role_name() == 'menu')

    def box(self):
        """(x, y, width, height) on the screen."""
        extents = self._extents()
        popover = self.popover()
        if popover:
            origin = popover._extents()
            left, top, width, height = self.app.popover_geometry(popover)
            return (left + (width - origin.width) // 2 + extents.x - origin.x,
                    top + (height - origin.height) // 2 + extents.y - origin.y,
                    extents.width, extents.height)
        frame = self.frame()._extents()
        left, top, width, height = self.app.window_geometry(self)
        # What the X window has beyond the frame is its shadow, the same on both sides.
        return (left + (width - frame.width) // 2 + extents.x,
                top + (height - frame.height) // 2 + extents.y, extents.width, extents.height)

    # ---- As a person ----

    def _settled_box(self):
        """Its place once it stays there: a window that was just shown is still being laid out."""
        seen = []

        def settled():
            seen.append(self.box())
            return len(seen) > 1 and seen[-1] == seen[-2] and seen[-1][2] > 0
        wait_for(settled, what=f'{self} to stay where it is')
        return seen[-1]

    def hover(self, across=0.5, down=0.5):
        x, y, width, height = self._settled_box()
        self.app.session.move(x + int(width * across), y + int(height * down))
        return self

    def click(self, button=1, across=0.5, down=0.5):
        self.hover(across, down)
        self.app.session.xdotool('click', str(button))
        return self

    def type(self, text, clear=True):
        self.click()
        if clear:
            self.app.session.key('ctrl+a', 'BackSpace')
        self.app.session.type(text)
        return self

    # ---- As an assistive tool ----

    def do(self, action=None):
        """Triggers one of its actions; the first, if none is named."""
        actions = self.actions()
        number = actions.index(action) if action else 0
        assert self.accessible.do_action(number), f'{action} of {actions} was refused'
        return self

    def set_text(self, text):
        assert Atspi.EditableText.set_text_contents(self.accessible, text)
        return self


class App(Node):
    """A running program of a session; all that is said on its standard error is kept."""

    def __init__(self, session, process, log):
        super().__init__(self, None)
        self.session = session
        self.process = process
        self.log = log
        self.accessible = wait_for(self._on_the_bus, 20, what='the program on the accessibility bus')

    def _on_the_bus(self):
        if self.process.poll() is not None:
            raise RuntimeError(f'it ended with {self.process.returncode}: {self.stderr()}')
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            found = desktop.get_child_at_index(number)
            # By process, not by name: a dying instance stays listed for a while.
            if found and found.get_process_id() == self.process.pid and found.get_child_count():
                return found
        return None

    # A program that was too busy to answer in time counts as gone for the accessibility library, and
    # what was known of it stays dead; it is there again when it is looked up anew.

    def _look_again(self):
        self.accessible = self._on_the_bus() or self.accessible

    @property
    def children(self):
        try:
            return super().children
        except GLib.Error:
            self._look_again()
            raise

    def matching(self, role=None, name=None, description=None):
        try:
            yield from super().matching(role, name, description)
        except GLib.Error:
            self._look_again()
            raise

    def windows(self):
        return self.children

    def x_windows(self):
        """(x, y, width, height, title) of its visible X windows."""
        found = []
        identifiers = self.session.output('xdotool', 'search', '--onlyvisible', '--pid',
                                          str(self.process.pid)).split()
        for identifier in identifiers:
            # Not xdotool's getwindowgeometry, which counts the window manager's frame twice.
            facts = dict(re.findall(
                r'(Absolute upper-left X|Absolute upper-left Y|Width|Height):\s+(-?\d+)',
                self.session.output('xwininfo', '-id', identifier)))
            if len(facts) == 4:
                title = self.session.output('xdotool', 'getwindowname', identifier).strip()
                found.append((int(facts['Absolute upper-left X']),
                              int(facts['Absolute upper-left Y']),
                              int(facts['Width']), int(facts['Height']), title))
        return found

    def window_geometry(self, node=None):
        """Where the X window of a node is: that with its title, else that nearest in size."""
        windows = self.x_windows()
        if not windows:
            return None
        if node is None:
            return max(windows, key=lambda window: window[2] * window[3])[:4]
        frame = node.frame()
        extents = frame._extents()
        return min(windows, key=lambda window: (
            window[4] != frame.name,
            abs(window[2] - extents.width) + abs(window[3] - extents.height)))[:4]

    def popover_geometry(self, popover):
        extents = popover._extents()
        windows = self.x_windows()
        others = [window for window in windows if window[4] != popover.frame().name] or windows
        return min(others, key=lambda window: abs(window[2] - extents.width)
                   + abs(window[3] - extents.height))[:4]

    def wait(self, function, timeout=8, what=''):
        return wait_for(function, timeout, what=what)

    def stderr(self):
        self.log.flush()
        with open(self.log.name, encoding='utf-8', errors='replace') as stream:
            return stream.read()

    def criticals(self):
        """What it complained of: a test of the window ends with assert not app.criticals()."""
        return [line for line in self.stderr().splitlines()
                if re.search(r'CRITICAL|WARNING|ERROR:', line)]

    def quit(self, timeout=5):
        """Closes the window as a person would; returns the exit status.

        Leaks and coverage are only written at a clean end, which SIGTERM is not.
        """
        if self.process.poll() is None:
            try:
                self.windows()[0].do('window.close')
                self.process.wait(timeout * PATIENCE)
            except Exception:  # pylint: disable=broad-except
                self.process.terminate()
            try:
                self.process.wait(timeout * PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


class Session:
    """A display with a bus, a home folder and a window manager that nobody else uses."""

    def __init__(self, size='1440x900x24', renderer='cairo'):
        self.size = size
        self.renderer = renderer
        self.processes = []
        self.bound_keys = {}
        self.folder = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='entrega-display-')
        try:
            self._make_home()
            self._start_display()
            self._start_bus()
            self._start_window_manager()
            Atspi.init()
            Atspi.set_timeout(4000 * PATIENCE, 10000 * PATIENCE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_home(self):
        home = os.path.join(self.folder, 'home')
        for name in ('DBUS_SESSION_BUS_ADDRESS', 'WAYLAND_DISPLAY', 'AT_SPI_BUS_ADDRESS',
                     'NO_AT_BRIDGE', 'GTK_A11Y', 'XAUTHORITY'):
            os.environ.pop(name, None)
        os.environ.update(
            HOME=home, XDG_RUNTIME_DIR=os.path.join(self.folder, 'run'),
            XDG_CONFIG_HOME=os.path.join(home, '.config'),
            XDG_DATA_HOME=os.path.join(home, '.local', 'share'),
            XDG_STATE_HOME=os.path.join(home, '.local', 'state'),
            XDG_CACHE_HOME=os.path.join(home, '.cache'),
            GDK_BACKEND='x11', GSK_RENDERER=self.renderer, GTK_USE_PORTAL='0', NO_COLOR='1',
            GVFS_DISABLE_FUSE='1', XDG_CURRENT_DESKTOP='GNOME')
        os.makedirs(os.environ['XDG_RUNTIME_DIR'], mode=0o700)
        settings = os.path.join(home, '.config', 'gtk-4.0')
        os.makedirs(settings, mode=0o700)
        # GTK on X11 reads this file, not GSettings; without it the font is DejaVu.
        with open(os.path.join(settings, 'settings.ini'), 'w', encoding='utf-8') as stream:
            stream.write(SETTINGS)

    def _start(self, command, **options):
        options.setdefault('stdout', subprocess.DEVNULL)
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
        self.processes.append(process)
        return process

    def _start_display(self):
        # The server picks a free number itself: fixed ones collide between parallel tests.
        reading, writing = os.pipe()
        self._start(['Xvfb', '-displayfd', str(writing), '-screen', '0', self.size,
                     '-nolisten', 'tcp', '-noreset'], pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as stream:
            os.environ['DISPLAY'] = ':' + stream.readline().strip()

    def _start_bus(self):
        bus = self._start(['dbus-daemon', '--session', '--nofork', '--print-address=1'],
                          stdout=subprocess.PIPE)
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()

    def _start_window_manager(self):
        """openbox for modal windows, xcompmgr because shadows are black boxes without it."""
        self._start(['openbox'])
        wait_for(lambda: 'window id' in self.output('xprop', '-root', '_NET_SUPPORTING_WM_CHECK'),
                 what='openbox')
        self._start(['xcompmgr'])

    def launch(self, command, env=None):
        """Starts a program, found by its name in the build, and waits for its window."""
        log_path = os.path.join(self.folder, f'app-{len(self.processes)}.log')
        log = open(log_path, 'w', encoding='utf-8')  # pylint: disable=consider-using-with
        process = subprocess.Popen([program(command[0]), *command[1:]], stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=log, env={**os.environ, **(env or {})})
        self.processes.append(process)
        app = App(self, process, log)
        wait_for(app.window_geometry, 10, what='an X window')
        return app

    @staticmethod
    def output(*command):
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, check=False).stdout

    @staticmethod
    def xdotool(*arguments):
        subprocess.run(['xdotool', *arguments], check=True, stderr=subprocess.DEVNULL)

    def move(self, x, y):
        """Moves the pointer, in two steps, so that GTK sees a motion also at the same place."""
        self.xdotool('mousemove', '--sync', str(x - 1), str(y))
        self.xdotool('mousemove', '--sync', str(x), str(y))

    def key(self, *keys):
        self.xdotool('key', '--clearmodifiers', *keys)

    def type(self, text):
        """Types, after binding what is not on the keyboard to unused keys: xdotool rebinds a key
        for each such character and takes it back at once, and one in fourteen gets lost."""
        missing = [character for character in dict.fromkeys(text)
                   if ord(character) > 126 and character not in self.bound_keys]
        if missing:
            keys = [line.split()[1] for line in self.output('xmodmap', '-pke').splitlines()
                    if line.rstrip().endswith('=')]
            free = [key for key in keys if key not in self.bound_keys.values()]
            for character, key in zip(missing, reversed(free)):
                self.bound_keys[character] = key
                subprocess.run(['xmodmap', '-e', f'keycode {key} = U{ord(character):04X}'],
                               check=True)
            # The program learns of the new map by an event that leaves no trace to wait for.
            time.sleep(0.4)
        self.xdotool('type', '--delay', '15', text)

    def logs(self):
        """What the programs of this session said."""
        texts = []
        for name in sorted(os.listdir(self.folder)):
            if name.endswith('.log'):
                with open(os.path.join(self.folder, name), encoding='utf-8',
                          errors='replace') as stream:
                    texts.append(stream.read())
        return texts

    def screenshot(self, path):
        subprocess.run(['import', '-window', 'root', path], check=True)
        return path

    def pixel(self, x, y):
        """The colour at a place of the screen, as #RRGGBB."""
        lines = self.output('import', '-window', 'root', '-crop', f'1x1+{x}+{y}', '-depth', '8',
                            'txt:-').split('\n')
        return lines[1].split()[2]


def program(name):
    """The path of a program of the project; any other name as it is."""
    folders = {'entrega': 'app', 'entrega-cli': 'cli', 'entrega-simulator': 'simulator'}
    if name in folders:
        return os.path.join(os.environ['ENTREGA_BUILDDIR'], 'src', folders[name], name)
    return name


def run_tests(tests):
    """Runs test functions as TAP, each with a session of its own; the end of a test file.

    A failing test shows its error and what the program said, and leaves a picture in the build
    folder.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        problem = run_test(test)
        failed += problem is not None
        print(f'{"not ok" if problem else "ok"} {number} /display/{test.__name__}')
        for line in (problem or '').splitlines():
            print('# ' + line)
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def run_test(test):
    """What went wrong, or None."""
    with Session() as session:
        try:
            test(session)
            return None
        except Exception as error:  # pylint: disable=broad-except
            picture = os.path.join(os.environ.get('ENTREGA_BUILDDIR', tempfile.gettempdir()),
                                   f'{test.__name__}.png')
            session.output('import', '-window', 'root', picture)
            return '\n'.join([f'{type(error).__name__}: {error}', f'picture: {picture}',
                              *session.logs()])
