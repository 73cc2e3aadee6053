"""Runs a program of ours that dies at a step: `python -m tests.faults.armed STEP PROGRAM ARGUMENTS`.

STEP 0 kills nobody; how many steps there were is written to the file that KILL_COUNT names.
"""

import atexit
import os
import runpy
import sys
from pathlib import Path

from tests.faults.killing import install, steps

if __name__ == "__main__":
    install()
    steps.arm(int(sys.argv[1]))
    if target := os.environ.get("KILL_COUNT"):
        atexit.register(lambda: Path(target).write_text(str(steps.passed)))
    sys.argv = sys.argv[2:]
    runpy.run_path(sys.argv[0], run_name="__main__")
