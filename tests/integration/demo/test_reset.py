"""`demo_reset` empties what is the demo's own, and nothing else unless told; a log gets its stages."""

import pytest
from django.core.management import CommandError, call_command

from apps.demo.fill import fill
from apps.demo.management.commands.demo_reset import Command
from apps.vendors.models import Vendor
from tests.factories.catalogue import make_product
from tests.factories.sales import make_order
from tests.factories.vendors import make_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def emptied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the command would have emptied and filled: the database of the tests is not thrown away."""
    done: list[str] = []
    monkeypatch.setattr(Command, "_empty", lambda self: done.append("emptied"))
    monkeypatch.setattr("apps.demo.fill.fill", lambda **_: done.append("filled"))
    return done


def test_vendors_and_orders_of_others_are_not_lost(emptied: list[str]) -> None:
    make_order(make_product())
    with pytest.raises(CommandError, match=r"not demo data: 1 vendors, 1 orders. Nothing was touched. .* give --yes"):
        call_command("demo_reset")
    call_command("demo_reset", if_empty=True)
    assert emptied == []
    call_command("demo_reset", yes=True)
    assert emptied == ["emptied", "filled"]


def test_a_vendor_without_goods_is_enough_to_refuse(emptied: list[str]) -> None:
    make_vendor()
    with pytest.raises(CommandError, match="1 vendors, 0 orders"):
        call_command("demo_reset")
    call_command("demo_reset", if_empty=True)
    assert emptied == []


def test_what_visitors_order_of_the_demo_is_the_demos(emptied: list[str]) -> None:
    make_order(make_product())
    Vendor.objects.update(is_demo=True)
    call_command("demo_reset")
    assert emptied == ["emptied", "filled"]


def test_an_empty_shop_is_filled_without_asking(emptied: list[str]) -> None:
    call_command("demo_reset", if_empty=True)
    assert emptied == ["filled"]


@pytest.mark.slow
def test_a_log_gets_one_line_per_stage(capsys: pytest.CaptureFixture[str]) -> None:
    fill(pictures=False)
    stages = [line.split() for line in capsys.readouterr().err.splitlines() if line.startswith("demo:")]
    assert [words[2] for words in stages] == ["vendors", "goods", "orders"]
