"""Runs Lighthouse (phone, slow network) on the main pages of a running demo shop; writes var/bench/lighthouse.json.

python -m tools.lighthouse [ADDRESS]      http://127.0.0.1:8000 unless told; the median of three runs per page
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "var" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
TARGET = ROOT / "var" / "bench" / "lighthouse.json"
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
Row = dict[str, str | float]


class _Stay(urllib.request.HTTPRedirectHandler):
    """An answer that leads elsewhere is what is wanted: its cookie."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Nowhere."""


def read(address: str) -> str:
    """The HTML of a page."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def first_path(address: str, kind: str) -> str:
    """The first link of a kind on a page."""
    found = re.search(rf'href="(/{kind}/[^"?#]+)"', read(address))
    if found is None:
        raise SystemExit(f"no /{kind}/ on {address}")
    return found[1]


def basket_cookie(shop: str, product: str) -> str:
    """The cookie of a basket with one unit of a product, by the path of its page."""
    fields = {"product_id": product.rstrip("/").rsplit("-", 1)[1], "quantity": "1"}
    form = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(f"{shop}/gio-hang/them/", form, {"Sec-Fetch-Site": "same-origin"})
    try:
        urllib.request.build_opener(_Stay).open(request, timeout=30)
    except urllib.error.HTTPError as answer:
        for line in answer.headers.get_all("Set-Cookie") or []:
            if line.startswith("basket="):
                return line.split(";", 1)[0]
    raise SystemExit("nothing could be put into a basket")


def run(address: str, cookie: str) -> dict[str, float]:
    """Scores of one run, and the kilobytes that came over the wire."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={report.name}"]
        command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME_FLAGS}"]
        if cookie:
            command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
        chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chrome}, stdout=subprocess.DEVNULL)
        found = json.loads(Path(report.name).read_text(encoding="utf-8"))
    items = found["audits"]["network-requests"]["details"]["items"]
    sizes = dict.fromkeys(("Script", "Stylesheet"), 0.0)
    for item in items:
        if item["resourceType"] in sizes:
            sizes[item["resourceType"]] += item["transferSize"] / 1000
    scores = {name: float(found["categories"][name]["score"]) for name in CATEGORIES}
    total = sum(item["transferSize"] for item in items) / 1000
    return {**scores, "total_kb": total, "js_kb": sizes["Script"], "css_kb": sizes["Stylesheet"]}


def measured(name: str, address: str, cookie: str = "") -> Row:
    """The median of the runs."""
    print(f"  {name} ...", file=sys.stderr, flush=True)
    runs = [run(address, cookie) for _ in range(RUNS)]
    return {"name": name, **{key: round(statistics.median(one[key] for one in runs), 2) for key in runs[0]}}


def main(arguments: list[str]) -> int:
    """Measure home, category, product and checkout."""
    shop = (arguments[0] if arguments else "http://127.0.0.1:8000").rstrip("/")
    category = first_path(f"{shop}/", "danh-muc")
    product = first_path(shop + category, "san-pham")
    rows = [
        measured("home", f"{shop}/"),
        measured("category", shop + category),
        measured("product", shop + product),
        measured("checkout", f"{shop}/thanh-toan/", basket_cookie(shop, product)),
    ]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print("  ".join(f"{key:>14}" for key in rows[0]))
    for row in rows:
        print("  ".join(f"{value:>14}" for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
