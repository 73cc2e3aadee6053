"""What a parcel costs and when it arrives, from the tariff by zone and weight."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from apps.delivery.models import Carrier, Tariff, Zone
from apps.kernel.clock import today
from apps.kernel.money import Money, dong
from apps.places.models import Commune, Province

STEP_G = 500
PREPARATION_DAYS = 1
CHILLED_MOST_DAYS = 2  # ice lasts no longer

Tariffs = Mapping[str, Tariff]


@dataclass(frozen=True, slots=True)
class Quote:
    """The fee of one vendor's parcel and the days between which it arrives, in Vietnam's calendar."""

    amount: Money
    zone: str
    min_days: int
    max_days: int
    arrives_from: dt.date
    arrives_until: dt.date


def tariffs() -> Tariffs:
    """The tariff of every zone, in one query; hand it to `quote` when several are asked for."""
    return {tariff.zone: tariff for tariff in Tariff.objects.all()}


def carriers() -> list[Carrier]:
    """The carriers that vendors can choose from, by name."""
    return list(Carrier.objects.filter(is_active=True).order_by("name"))


def zone_between(start: Province, end: Province) -> Zone:
    """How far it is, as carriers see it."""
    if start.pk == end.pk:
        return Zone.INTRA_PROVINCE
    return Zone.INTRA_REGION if start.region == end.region else Zone.INTER_REGION


def quote(
    *,
    from_commune: Commune,
    to_commune: Commune,
    weight_g: int,
    chilled: bool = False,
    table: Tariffs | None = None,
) -> Quote | None:
    """Fee and days to a commune; weight is that of the parcel in grams, and 0 (a service) costs nothing.

    None when there is no tariff for so far, or chilled goods would travel too long: nothing is delivered there.
    """
    zone = zone_between(from_commune.province, to_commune.province)
    remote = to_commune.is_remote or from_commune.is_remote
    return _quote(zone, table, remote, weight_g, chilled)


def quote_to_province(
    *,
    from_commune: Commune,
    to_province: Province,
    weight_g: int,
    chilled: bool = False,
    table: Tariffs | None = None,
) -> Quote | None:
    """As `quote`, while only the province is known: without what an island at the other end would add."""
    zone = zone_between(from_commune.province, to_province)
    return _quote(zone, table, from_commune.is_remote, weight_g, chilled)


def _quote(zone: Zone, table: Tariffs | None, remote: bool, weight_g: int, chilled: bool) -> Quote | None:
    if weight_g == 0:
        return _dated(dong(0), zone, 0, 0)
    tariff = (tariffs() if table is None else table).get(zone)
    if tariff is None:
        return None
    days = tariff.remote_days if remote else 0
    min_days, max_days = tariff.min_days + days, tariff.max_days + days
    if chilled:
        # Where the fastest parcel needs longer nothing chilled goes; elsewhere the cold chain is that fast.
        if min_days > CHILLED_MOST_DAYS:
            return None
        max_days = min(max_days, CHILLED_MOST_DAYS)
    return _dated(_fee(tariff, weight_g, remote, chilled), tariff.zone, min_days, max_days)


def _fee(tariff: Tariff, weight_g: int, remote: bool, chilled: bool) -> Money:
    """A first half kilogram and every half that is begun after it; the cold chain counts on that, not on the boat."""
    further_steps = max(0, -(-weight_g // STEP_G) - 1)
    plain = tariff.first_amount + further_steps * tariff.step_amount
    if chilled:
        plain = -(-plain * tariff.chilled_percent // 100)
    return dong(plain + (tariff.remote_amount if remote else 0))


def _dated(amount: Money, zone: str, min_days: int, max_days: int) -> Quote:
    start = today() + dt.timedelta(days=PREPARATION_DAYS)
    return Quote(
        amount=amount,
        zone=zone,
        min_days=min_days,
        max_days=max_days,
        arrives_from=start + dt.timedelta(days=min_days),
        arrives_until=start + dt.timedelta(days=max_days),
    )
