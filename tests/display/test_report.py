#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report page: channels, doors, filters, periods, empty results, narrow windows."""
import re
import sys

import driven
from driven import card, finish, label, launch_on_data, number, resize


def scroll_to(session, app, node):
    """Turns the wheel in the middle of the page, over whatever comes by there, until the node is
    well inside the window. Each turn must move the page."""
    left, top, width, height = app.wait(app.window_geometry)
    session.move(left + width // 2, top + height * 2 // 3)
    places = [node.place()]
    while places[-1][1] + places[-1][3] > height - 60:
        session.xdotool('click', '5')
        places.append(app.wait(lambda: node.place()[1] < places[-1][1] and node.place(),
                               what='the page to move'))


def test_channel_and_doors(session):
    """The two channels add up; a card opens as many messages as it shows; undo leads back."""
    app = launch_on_data(session)
    total = card(app, 'Total messages')
    parts = []
    for channel in ('WhatsApp', 'SMS'):
        app.find('button', channel).click()
        app.wait(lambda: card(app, 'Total messages') not in [total, *parts])
        parts.append(card(app, 'Total messages'))
    assert sum(parts) == total, (parts, total)
    app.find('button', re.compile('^All$')).click()
    app.wait(lambda: card(app, 'Total messages') == total)
    errors = card(app, 'With errors')
    app.find('button', re.compile('^With errors: ')).click()
    label(app, r'^Stage reached: With errors$')
    app.wait(lambda: [found for found in app.all('label', re.compile(r'^[\d,]+ messages'))
                      if number(found.name) == errors], what=f'{errors} messages')
    session.key('ctrl+z')
    app.wait(lambda: card(app, 'Total messages') == total)
    # Below the table: a reason for failing is a door as well, and the wheel reaches it.
    reason = app.find('button', re.compile(r'^Phone unreachable: '))
    unreachable = number(reason.name.split(':')[1])
    assert 0 < unreachable < errors
    scroll_to(session, app, reason)
    reason.click()
    label(app, r'^Reason: Phone unreachable$')
    app.wait(lambda: [found for found in app.all('label', re.compile(r'^[\d,]+ messages'))
                      if number(found.name) == unreachable], what=f'{unreachable} messages')
    finish(app)


def test_filter(session):
    """A change is pending until it is applied; chips say what is in force; Clear takes it back."""
    app = launch_on_data(session)
    total = card(app, 'Total messages')
    app.find('button', 'Campaign').click()
    app.wait(lambda: app.all('check box') or app.all('list item'))
    session.type('entregas')
    session.key('Return')
    label(app, '^Campaign: Entregas$')
    session.key('Escape')
    assert card(app, 'Total messages') == total, 'a pending filter changes no number'
    app.find('button', re.compile('^Discard'))
    session.key('ctrl+Return')
    app.wait(lambda: card(app, 'Total messages') < total)
    part = card(app, 'Total messages')
    app.find('button', re.compile('^Remove: Campaign: Entregas$')).click()
    assert card(app, 'Total messages') == part
    app.find('button', re.compile('^Discard')).click()
    app.find('button', 'Clear filters').click()
    app.wait(lambda: card(app, 'Total messages') == total)
    finish(app)


def test_period(session):
    """Dates typed as ISO; a week that was never synchronised says so; a step forward again."""
    app = launch_on_data(session)
    app.find('button', re.compile('^Period: Last 7 days')).click()
    app.find('text', 'First day').type('2026-11-20')
    app.find('text', 'Last day').type('2026-11-21')
    session.key('Return')
    app.wait(lambda: not [entry for entry in app.all('text', 'First day')
                          if entry.state('showing')], what='the end of the popover')
    session.key('ctrl+Return')
    app.find('button', re.compile('^Period: 20–21 Nov'))
    app.wait(lambda: not app.find('button', 'Apply').state('sensitive'), what='it to be applied')
    day = card(app, 'Total messages')
    session.key('ctrl+Prior')
    app.find('button', re.compile('^Period: 18–19 Nov'))
    app.wait(lambda: card(app, 'Total messages') != day)
    finish(app)


def test_nothing_found(session):
    """An empty result says why, and one click leads out of it."""
    app = launch_on_data(session)
    total = card(app, 'Total messages')
    session.key('ctrl+f')
    app.wait(lambda: app.find('entry', 'Contact or phone number').state('focused'))
    session.type('+5599000000001')
    session.key('Return')
    label(app, '^Nothing found$')
    app.find('button', re.compile('^Clear filters')).click()
    app.wait(lambda: [found for found in app.all('label', re.compile(r'^[\d,]+ messages'))
                      if number(found.name) > total])
    finish(app)


def test_narrow(session):
    """All of it in 360 pixels, without a complaint, and without a provider."""
    app = launch_on_data(session, '--offline')
    label(app, '^Working offline')
    resize(session, app, 380, 700)
    # The title bar gets narrower once the window is.
    app.find('button', re.compile('^Filters'))
    resize(session, app, 360, 700)
    app.wait(lambda: app.window_geometry()[2] <= 370, what='a window of 360 pixels')
    app.find('button', re.compile('^Filters')).click()
    app.find('button', 'Campaign')
    session.key('ctrl+2')
    label(app, r'^[\d,]+ messages')
    for width in (700, 1000, 380, 1280):
        resize(session, app, width, 800)
    session.key('ctrl+1')
    app.find('button', re.compile('^Total messages'))
    finish(app)


if __name__ == '__main__':
    driven.main(sys.modules[__name__])
