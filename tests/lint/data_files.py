#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built files that the desktop reads are valid, and agree on the application's id.

usage: data_files.py DATA_FOLDER_OF_THE_BUILD APP_ID
"""
import configparser
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from lint import run_checks

FOLDER, APP_ID = sys.argv[1:3]


def built(ending):
    return os.path.join(FOLDER, APP_ID + ending)


def tool(*command):
    """What is wrong by the word of a validator; an empty list if it is content."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    return [done.stdout] if done.returncode != 0 else []


def check_desktop():
    return tool('desktop-file-validate', built('.desktop'))


def check_metainfo():
    return tool('appstreamcli', 'validate', '--no-net', '--explain', built('.metainfo.xml'))


def check_schema():
    with tempfile.TemporaryDirectory() as target:
        return tool('glib-compile-schemas', '--strict', '--targetdir', target, FOLDER)


def check_identity():
    """One id in all of them: else the shell cannot tell that they are one application."""
    desktop = configparser.RawConfigParser(strict=False)
    desktop.read(built('.desktop'), encoding='utf-8')
    service = configparser.RawConfigParser()
    service.read(built('.service'), encoding='utf-8')
    metainfo = ElementTree.parse(built('.metainfo.xml')).getroot()
    schema = ElementTree.parse(built('.gschema.xml')).getroot()
    found = {
        'icon': desktop['Desktop Entry']['Icon'],
        'service': service['D-BUS Service']['Name'],
        'metainfo': metainfo.findtext('id'),
        'launchable': metainfo.findtext('launchable').removesuffix('.desktop'),
        'schema': schema.find('schema').get('id'),
    }
    return [f'{name} says {value}' for name, value in found.items() if value != APP_ID]


def check_translated():
    """The translations reached the desktop file."""
    desktop = configparser.RawConfigParser(strict=False)
    desktop.optionxform = str
    desktop.read(built('.desktop'), encoding='utf-8')
    return [f'no {key}' for key in ('Comment[pt_BR]', 'Comment[es]', 'Keywords[pt_BR]')
            if key not in desktop['Desktop Entry']]


if __name__ == '__main__':
    run_checks([
        ('data/desktop', check_desktop),
        ('data/metainfo', check_metainfo),
        ('data/schema', check_schema),
        ('data/identity', check_identity),
        ('data/translated', check_translated),
    ])
