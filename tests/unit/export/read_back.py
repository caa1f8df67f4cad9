#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a CSV file as another program would, and compares each first field with what was meant.

usage: read_back.py FILE.csv TEXTS.json SEPARATOR safe|exact

exact: the very text. safe: the same, or with one apostrophe before it; and no field may start, after
blanks, with a sign that makes a spreadsheet calculate.
"""
import csv
import json
import sys

TRIGGERS = '=+-@\t\r\n＝＋－＠'
UNSEEN = '\ufeff\u200b\u200c\u200d'


def bites(text):
    for sign in text:
        if sign in TRIGGERS:
            return True
        if not sign.isspace() and sign not in UNSEEN:
            return False
    return False


def problem_of(field, text, safe):
    if field == text and not (safe and bites(text)):
        return None
    if safe and bites(text) and field == "'" + text:
        return None
    return f'{text!r} was read as {field!r}'


def main():
    path, texts_path, separator, mode = sys.argv[1:]
    csv.field_size_limit(1 << 30)
    with open(texts_path, encoding='utf-8') as stream:
        texts = json.load(stream)
    with open(path, encoding='utf-8-sig', newline='') as stream:
        rows = list(csv.reader(stream, delimiter=separator, strict=True))
    if len(rows) != len(texts):
        sys.exit(f'{len(texts)} rows were written, {len(rows)} read')
    problems = []
    for number, (row, text) in enumerate(zip(rows, texts)):
        if len(row) != 2 or row[1] != str(number):
            problems.append(f'row {number} has fields {row!r}')
            continue
        problem = problem_of(row[0], text, mode == 'safe')
        if problem:
            problems.append(problem)
    if problems:
        sys.exit('\n'.join(problems[:20]))


if __name__ == '__main__':
    main()
