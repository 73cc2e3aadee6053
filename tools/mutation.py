"""Changes the code of money bit by bit and asks its tests: at least BAR of the changes must be noticed.

mutmut leaves functions with decorators as they are, which here are all that write. So it works on a copy in which
`@atomic def f` is written `def f` and `f = atomic(f)`.
"""

import ast
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "var" / "mutation"
BAR = 85  # per cent


def main() -> int:
    """Run mutmut on the files that pyproject.toml names; 0 when enough mutants were killed."""
    _copy()
    for path in _config()["only_mutate"]:
        source = (COPY / path).read_text(encoding="utf-8")
        (COPY / path).write_text(plain(source), encoding="utf-8")
    run = [str(Path(sys.executable).with_name("mutmut"))]
    subprocess.run([*run, "run"], cwd=COPY, check=True)
    subprocess.run([*run, "export-cicd-stats"], cwd=COPY, check=True)
    found = json.loads((COPY / "mutants" / "mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    # A mutant that never ends is noticed, too; one that no test reaches is not.
    noticed = found["killed"] + found["timeout"]
    tried = noticed + found["survived"] + found["no_tests"] + found["suspicious"]
    share = 100 * noticed / tried
    print(f"{noticed} of {tried} changes were noticed: {share:.1f} % (at least {BAR})")
    print(f"What was not: cd {COPY.relative_to(ROOT)} && mutmut results, mutmut show NAME")
    return 0 if share >= BAR else 1


def plain(source: str) -> str:
    """The same module, its functions decorated by assignments after them."""
    lines = source.splitlines()
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            after = [f"{node.name} = {ast.unparse(each)}({node.name})" for each in reversed(node.decorator_list)]
            lines[node.end_lineno : node.end_lineno] = after
            first = node.decorator_list[0].lineno - 1
            del lines[first : node.lineno - 1]
    return "\n".join(lines) + "\n"


def _config() -> dict[str, list[str]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: dict[str, list[str]] = tomllib.load(file)["tool"]["mutmut"]
    return found


def _copy() -> None:
    """All files of the project, with what was built for it; results of the last time are no use after a change."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    built = [str(path.relative_to(ROOT)) for path in (ROOT / "frontend" / "dist").rglob("*") if path.is_file()]
    built += [str(path.relative_to(ROOT)) for path in (ROOT / "locale").rglob("*.mo")]
    for name in filter(None, [*listed, *built]):
        target = COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


if __name__ == "__main__":
    sys.exit(main())
