# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that measures on request: a JSON object per line in, one per line out."""
import json
import subprocess


class PeerError(Exception):
    """A program refused a request, or ended."""


class Server:
    """Starts at the first request; usable in a with statement."""

    def __init__(self, name, command, env=None):
        self.name = name
        self.command = [str(part) for part in command]
        self.env = env
        self.process = None

    def ask(self, do, **request):
        if self.process is None:
            self.process = subprocess.Popen(self.command, env=self.env, stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, text=True, bufsize=1)
        self.process.stdin.write(json.dumps({'do': do, **request}, ensure_ascii=False) + '\n')
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise PeerError(f'{self.name} ended with status {self.process.wait()} on "{do}"')
        answer = json.loads(line)
        if 'error' in answer:
            raise PeerError(f'{self.name}: {do}: {answer["error"]}')
        return answer

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
