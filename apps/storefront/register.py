"""The register of certificates that are valid today."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.kernel.clock import today
from apps.kernel.vietnamese import fold
from apps.provenance.models import Certificate
from apps.shop.catalogue.pictures import Picture, pictures_of_products
from apps.storefront.cards import place_words

PAGE_SIZE = 30


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register of certificates."""

    stars: int
    number: str
    decision: str
    issuer: str
    valid_from: dt.date
    valid_until: dt.date
    title: str
    url: str
    place: str
    vendor_name: str
    picture: Picture | None = None


def valid_certificates(q: str = "") -> QuerySet[Certificate]:
    """Valid certificates of goods on sale, the newest first; `q` is part of a number, product, place or holder."""
    rows = Certificate.objects.valid_on(today()).filter(
        product__is_public=True, product__stockrecords__listed=True, product__stockrecords__vendor_open=True
    )
    if q:
        rows = rows.filter(
            Q(number__icontains=q)
            | Q(decision_number__icontains=q)
            | Q(holder__icontains=q)
            | Q(product__search_text__contains=fold(q))
        )
    return rows.select_related("product__origin_commune", "vendor").order_by("-valid_from", "-pk")


def dressed(certificates: Iterable[Certificate]) -> list[RegisterRow]:
    """The rows of a page with their pictures; one more query."""
    shown = list(certificates)
    pictures = pictures_of_products([certificate.product_id for certificate in shown])
    return [register_row(certificate, pictures) for certificate in shown]


def register_row(certificate: Certificate, pictures: dict[int, list[Picture]]) -> RegisterRow:
    """One certificate as the register shows it."""
    product = certificate.product
    found = pictures.get(product.pk)
    return RegisterRow(
        stars=certificate.stars,
        number=certificate.number,
        decision=certificate.decision_number,
        issuer=certificate.issuer,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        title=product.title,
        url=product.get_absolute_url(),
        place=place_words(getattr(product.origin_commune, "name", ""), product.origin_province_code),
        vendor_name=certificate.vendor.name,
        picture=found[0] if found else None,
    )
