"""Keeps files and functions short: a file at most 400 lines, a function at most 50, nine in ten at most 25."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("apps", "search", "marketplace", "fakes", "tools", "tests")
FILE_LINES, FUNCTION_LINES, P90_LINES = 400, 50, 25


def sources() -> list[Path]:
    """Our Python files; migrations are written by Django."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(path: Path) -> list[tuple[int, str, int]]:
    """(lines, name, first line) of every function in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, node.name, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def faults() -> list[str]:
    """Everything that is too long."""
    wrong: list[str] = []
    lengths: list[int] = []
    for path in sources():
        name = path.relative_to(ROOT)
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            wrong.append(f"{name}: {lines} lines, at most {FILE_LINES}")
        for length, function, at in functions(path):
            lengths.append(length)
            if length > FUNCTION_LINES:
                wrong.append(f"{name}:{at} {function}: {length} lines, at most {FUNCTION_LINES}")
    lengths.sort()
    if lengths and lengths[int(len(lengths) * 0.9)] > P90_LINES:
        wrong.append(f"p90 of functions is {lengths[int(len(lengths) * 0.9)]} lines, at most {P90_LINES}")
    return wrong


if __name__ == "__main__":
    print("\n".join(faults()) or "sizes are fine")
    sys.exit(1 if faults() else 0)
