# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs compared with, installed for the measurements only: packages of npm into
build/bench/node, packages of Debian announced and installed as ./dev does. A missing peer is said
once, and its column stays empty.
"""
import os
import shutil
import subprocess

NODE_PACKAGES = ('@duckdb/node-api', 'exceljs')
DEBIAN_PACKAGES = {'node': 'nodejs', 'npm': 'npm', 'sqlite3': 'sqlite3',
                   'Xvfb': 'xvfb'}
PYTHON_MODULES = {'openpyxl': 'python3-openpyxl'}
PYTHON = '/usr/bin/python3'


class Peers:
    def __init__(self, folder, tell):
        self.node_folder = os.path.join(folder, 'node')
        self.tell = tell
        self.said = set()

    # ---- Installing -------------------------------------------------------------------------

    def install(self):
        self._install_debian()
        if not self.has_node('@duckdb/node-api') or not self.has_node('exceljs'):
            self._install_node()

    def _missing_debian(self):
        missing = [package for program, package in DEBIAN_PACKAGES.items()
                   if shutil.which(program) is None]
        missing += [package for module, package in PYTHON_MODULES.items()
                    if not self.has_python(module)]
        return missing

    def _install_debian(self):
        missing = self._missing_debian()
        if not missing or shutil.which('apt-get') is None:
            return
        self.tell('The peers of the benchmark need these packages: ' + ' '.join(missing))
        sudo = [] if os.geteuid() == 0 else ['sudo', '-n']
        command = ['apt-get', '-o', 'DPkg::Lock::Timeout=120']
        install = ['install', '-y', '--no-install-recommends', *missing]
        for arguments in (['update'], install):
            done = subprocess.run([*sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', *command,
                                   *arguments], stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            self.tell('They could not be installed: some columns stay empty.')

    def _install_node(self):
        if shutil.which('npm') is None:
            return
        self.tell('Installing with npm: ' + ' '.join(NODE_PACKAGES))
        os.makedirs(self.node_folder, exist_ok=True)
        with open(os.path.join(self.node_folder, 'package.json'), 'w', encoding='utf-8') as file:
            file.write('{"name":"entrega-bench","private":true}\n')
        subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--silent', *NODE_PACKAGES],
                       cwd=self.node_folder, stdin=subprocess.DEVNULL, check=False)

    # ---- Asking -----------------------------------------------------------------------------

    def has_node(self, package):
        return (shutil.which('node') is not None and
                os.path.isdir(os.path.join(self.node_folder, 'node_modules', package)))

    @staticmethod
    def has_python(module):
        return subprocess.run([PYTHON, '-c', f'import {module}'], check=False,
                              stderr=subprocess.DEVNULL).returncode == 0

    def is_there(self, name):
        """Whether a peer can be used; says once that it cannot."""
        there = {
            'duckdb': lambda: self.has_node('@duckdb/node-api'),
            'exceljs': lambda: self.has_node('exceljs'),
            'openpyxl': lambda: self.has_python('openpyxl'),
            'sqlite3': lambda: shutil.which('sqlite3') is not None,
            'xvfb': lambda: shutil.which('Xvfb') is not None,
        }[name]()
        if not there and name not in self.said:
            self.said.add(name)
            self.tell(f'{name} is missing: its column stays empty.')
        return there
