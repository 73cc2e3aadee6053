"""Starts programs of a shop at once: it has loaded Django, and each program is a fork of it that does what it would do.

Loading takes a second and a half of a core, and the tests of this folder start hundreds of programs.
"""

import gc
import importlib
import json
import os
import runpy
import select
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

PATIENCE_SECONDS = 300


class Launcher:
    """One for each environment of a shop; ends with the shop's other processes."""

    def __init__(self, process: subprocess.Popen[bytes], environment: dict[str, str]) -> None:
        self.environment = environment
        self._process = process

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py ...` or `-m module ...` to its end; the status of one that a signal killed is below zero."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([command, environment]).encode() + b"\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE_SECONDS)
        assert ready, f"{command} did not end within {PATIENCE_SECONDS} s"
        line = self._process.stdout.readline()
        assert line, "the launcher has died"
        code, out, err = json.loads(line)
        return subprocess.CompletedProcess(command, code, out, err)


def _serve() -> None:
    import django

    django.setup()
    # What nearly every program needs; no thread is started and nothing is connected by that.
    for name in ("marketplace.urls", "stripe", "tests.faults.invariants", "tests.faults.seed"):
        importlib.import_module(name)
    gc.freeze()  # a fork that collects what it was given would copy it all
    # Programs print to their own files; only answers go where the launcher was told to print.
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        command, environment = json.loads(line)
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = os.fork()
            if not child:
                _become(command, environment, out, err)
                return
            _, status = os.waitpid(child, 0)
            print(json.dumps([os.waitstatus_to_exitcode(status), _text(out), _text(err)]), file=answers, flush=True)


def _become(command: list[str], environment: dict[str, str], out: IO[str], err: IO[str]) -> None:
    """Go on as the program; its end is that of this process."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.environ.update(environment)
    if command[0] == "-m":
        sys.argv = command[1:]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        sys.path[0] = str(Path(command[0]).parent.resolve())
        runpy.run_path(command[0], run_name="__main__")


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    _serve()
