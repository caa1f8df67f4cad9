# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the lines, as our templates write them and as SQL."""

ALL_FIELDS = ('channel', 'direction', 'subaccount', 'user', 'campaign', 'content-type', 'status')
SQL_COLUMNS = {'content-type': 'content_type'}


class Filter:
    def __init__(self, name, ours):
        self.name = name
        self.ours = ours

    @property
    def sql(self):
        """A condition, "true" for no filter."""
        parts = []
        for field, values in self.ours.items():
            column = '"' + SQL_COLUMNS.get(field, field) + '"'
            parts.append(f'{column} = {quote(values[0])}')
        return ' and '.join(parts) or 'true'


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def most_common(store, field, ours):
    """The value of a field that most messages have, the empty one aside."""
    values = store.ask('values', field=field, filter=ours)['values']
    return next(value for value, count in values if value != '' and count > 0)


def pick(store, fields):
    """A filter on the most common value of each field, given those before it."""
    ours = {}
    for field in fields:
        ours[field] = [most_common(store, field, ours)]
    return ours


def usual_filters(store):
    return [
        Filter('none', {}),
        Filter('direction', {'direction': ['mt']}),
        Filter('campaign', pick(store, ['campaign'])),
        Filter('four', pick(store, ['subaccount', 'user', 'content-type', 'status'])),
        Filter('all', pick(store, ALL_FIELDS)),
    ]
