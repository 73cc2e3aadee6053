"""The Stripe fake as a program of its own, as the demo runs it."""

import signal
import subprocess
import sys
from pathlib import Path

from tests.unit.fakes.shopping import browse
from tools.services import spare_port
from tools.sizes import ROOT


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    port, file = spare_port(), tmp_path / "stripe.sqlite3"
    command = [sys.executable, "-m", "fakes.stripe", "--port", str(port), "--data", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"The Stripe fake listens on http://127.0.0.1:{port}\n"
        assert browse(f"http://127.0.0.1:{port}/_fake/books").status == 200
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == 0
    assert file.exists()
