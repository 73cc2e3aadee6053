"""The tables of states: each covers its states, leads only to known ones and ends where it should."""

from collections.abc import Mapping

import pytest
from django.db.models import TextChoices

from apps.listings.states import LISTING_TRANSITIONS, ListingState
from apps.ordering.states import VENDOR_ORDER_TRANSITIONS, VendorOrderState
from apps.payments.states import PAYMENT_TRANSITIONS, PaymentState
from apps.payouts.states import (
    BANK_ACCOUNT_TRANSITIONS,
    PAYOUT_TRANSITIONS,
    RUN_TRANSITIONS,
    BankAccountState,
    PayoutState,
    RunState,
)
from apps.provenance.states import CERTIFICATE_TRANSITIONS, CertificateState
from apps.vendors.states import VENDOR_TRANSITIONS, VendorState

TABLES = [
    (LISTING_TRANSITIONS, ListingState, {"archived"}),
    (VENDOR_ORDER_TRANSITIONS, VendorOrderState, {"completed", "cancelled", "returned"}),
    (PAYMENT_TRANSITIONS, PaymentState, {"paid", "cancelled"}),
    (CERTIFICATE_TRANSITIONS, CertificateState, {"revoked"}),
    (BANK_ACCOUNT_TRANSITIONS, BankAccountState, {"bad", "withdrawn"}),
    (RUN_TRANSITIONS, RunState, {"approved", "dropped"}),
    (PAYOUT_TRANSITIONS, PayoutState, {"paid", "dropped"}),
    (VENDOR_TRANSITIONS, VendorState, {"closed"}),
]


@pytest.mark.parametrize(("table", "states", "ends"), TABLES)
def test_a_table_covers_its_states(
    table: Mapping[str, frozenset[str]], states: type[TextChoices], ends: set[str]
) -> None:
    assert set(table) == set(states.values)
    assert {target for targets in table.values() for target in targets} <= set(states.values)
    assert {state for state, targets in table.items() if not targets} == ends
