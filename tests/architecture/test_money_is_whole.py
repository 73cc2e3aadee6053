"""No float comes near money: what counts it holds no number with a point and divides nothing into fractions."""

import ast
from collections.abc import Iterator

from tools.sizes import ROOT

COUNTING = ("apps/ledger", "apps/fees", "apps/payments", "apps/payouts", "apps/kernel/money.py")
# What floats there are, and what they measure.
OTHERS = {
    "apps/fees/words.py": "a rate for people, a Decimal",
    "apps/payments/columns.py": "cells of a bank's workbook; what is no whole number of dong is refused",
    "apps/payments/providers/breaker.py": "seconds",
    "apps/payments/signatures.py": "seconds",
    "apps/payouts/documents/pdf.py": "points on paper",
}


def _floats(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        named = isinstance(node, ast.Name) and node.id == "float"
        divided = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
        if literal or named or divided:
            yield node


def test_no_float_reaches_what_counts_money() -> None:
    """I10 of the ledger's invariants."""
    files = [
        path for name in COUNTING for path in ([ROOT / name] if name[-3:] == ".py" else (ROOT / name).rglob("*.py"))
    ]
    found = {str(path.relative_to(ROOT)) for path in files if [*_floats(ast.parse(path.read_text("utf-8")))]}
    assert (len(files) > 80, found) == (True, set(OTHERS))


def test_what_is_looked_for_is_found() -> None:
    assert [len([*_floats(ast.parse(text))]) for text in ("1.5", "float(x)", "a / b", "a /= 2", "a // b", "'1.5'")] == [
        1,
        1,
        1,
        1,
        0,
        0,
    ]
