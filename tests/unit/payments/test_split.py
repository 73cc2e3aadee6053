"""What a vendor gets of a part, whatever went back in however many steps."""

from hypothesis import given
from hypothesis import strategies as st

from apps.kernel.money import dong
from apps.ledger.books import AccountKind
from apps.ordering.models import VendorOrder, VendorOrderLine
from apps.payments.split import Split, paid_of, split_of

PART = VendorOrder(shipping_amount=30_000, shipping_tax_vat_amount=900, shipping_tax_pit_amount=450)


def _line(pk: int, items: int, *, discount: int = 0, promotions: int = 0, commission: int = 0) -> VendorOrderLine:
    return VendorOrderLine(
        pk=pk,
        items_amount=items,
        discount_amount=discount,
        platform_discount_amount=promotions,
        commission_amount=commission,
        commission_vat_amount=commission // 10,
        tax_vat_amount=items // 100,
        tax_pit_amount=items // 200,
    )


def test_a_household_without_commission_gets_what_the_decree_leaves() -> None:
    # The example of Decree 117/2025/NĐ-CP's rates: 1 % VAT and 0.5 % income tax on goods of 1,250,000.
    split = split_of(VendorOrder(shipping_amount=0), [_line(1, 1_250_000)], {})
    assert (split.tax_vat, split.tax_pit, split.earning) == (12_500, 6_250, 1_231_250)


def test_the_market_pays_the_vendor_what_its_own_discount_took_off() -> None:
    line = _line(1, 100_000, discount=20_000, promotions=15_000, commission=9_500)
    split = split_of(PART, [line], {})
    assert split == Split(110_000, 15_000, 9_500, 950, 1_900, 950)
    assert split.earning == 110_000 + 15_000 - 9_500 - 950 - 1_900 - 950


def test_half_a_line_takes_half_of_its_fees_along() -> None:
    line = _line(1, 100_000, commission=8_000)
    assert split_of(PART, [line], {1: 50_000}) == Split(80_000, 0, 4_000, 400, 500 + 900, 250 + 450)


def test_a_free_line_goes_back_with_the_last_dong_of_its_part() -> None:
    free, sold = _line(1, 50_000, discount=50_000, promotions=50_000), _line(2, 10_000)
    paid = paid_of(PART, [free, sold])
    assert paid == {1: 0, 2: 10_000, None: 30_000}
    assert split_of(PART, [free, sold], {2: 10_000}).promotions == 50_000
    assert split_of(PART, [free, sold], paid) == Split()


def test_the_lines_of_an_entry_are_what_the_shopper_paid() -> None:
    split = split_of(PART, [_line(1, 100_000, discount=5_000, promotions=5_000, commission=8_000)], {})
    lines = split.lines(vendor_id=7, held=AccountKind.PENDING)
    assert sum(line.amount.amount for line in lines) == -split.paid
    assert [line for line in lines if line.vendor_id == 7][0].amount == dong(-split.earning)


amounts = st.integers(0, 5_000_000)
lines = st.builds(
    lambda items, discount, promotions, percent: _line(
        1,
        items,
        discount=min(discount, items),
        promotions=min(promotions, discount, items),
        commission=items * percent // 100,
    ),
    amounts,
    amounts,
    amounts,
    st.integers(0, 80),
)


@given(line=lines, steps=st.lists(st.integers(1, 2_000_000), max_size=6))
def test_any_number_of_steps_takes_back_what_one_step_would(line: VendorOrderLine, steps: list[int]) -> None:
    paid = paid_of(PART, [line])
    whole = split_of(PART, [line], {})
    gone, returned = Split(), 0
    for step in [*steps, paid[1]]:
        before, returned = returned, min(returned + step, paid[1])
        gone += split_of(PART, [line], {1: before}) - split_of(PART, [line], {1: returned})
    assert gone == whole - split_of(PART, [line], {1: paid[1]})
    assert split_of(PART, [line], paid) == Split()
