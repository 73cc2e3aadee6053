"""What addresses need before the first of them can be written, and the address book of a person."""

from dataclasses import dataclass

from django.db import transaction

from apps.jobs.services import record
from apps.kernel.actor import Actor
from apps.shop.address.models import Country, UserAddress

VIETNAM = "VN"


@dataclass(frozen=True, slots=True)
class AddressData:
    """An address as somebody writes it; the phone is E.164."""

    name: str
    phone: str
    commune_code: str
    street: str
    is_default: bool = False


def ensure_vietnam() -> Country:
    """The one country that goods are delivered to; its row is made when it is missing."""
    country, _ = Country.objects.get_or_create(
        iso_3166_1_a2=VIETNAM,
        defaults={
            "iso_3166_1_a3": "VNM",
            "iso_3166_1_numeric": "704",
            "name": "Socialist Republic of Vietnam",
            "printable_name": "Việt Nam",
            "is_shipping_country": True,
        },
    )
    return country


@transaction.atomic
def save_address(*, user_id: int, actor: Actor, data: AddressData, address: UserAddress | None = None) -> UserAddress:
    """Write a new address, or change one of the person's; the first one, or one so marked, is the default.

    The same place and person twice is one address. The audit event names the row and keeps none of its words.
    """
    own = UserAddress.objects.select_for_update().filter(user_id=user_id)
    known = list(own)  # locked, so that two forms at once leave one default
    row = address or UserAddress(user_id=user_id, country=ensure_vietnam())
    row.first_name, row.line1, row.phone_number = data.name, data.street, data.phone
    row.commune_id = data.commune_code
    others = [each for each in known if each.pk != row.pk]
    same = next((each for each in others if each.hash == row.generate_hash()), None)
    if same is not None:
        if row.pk is not None:
            row.delete()
        row = same
    row.is_default_for_shipping = data.is_default or not any(
        each.is_default_for_shipping for each in known if each.pk != row.pk
    )
    row.save()
    record(actor=actor, verb="address.save", obj=row)
    return row


@transaction.atomic
def delete_address(*, address: UserAddress, actor: Actor) -> None:
    """Take an address out of the book; orders keep their own copy. The newest one left becomes the default."""
    record(actor=actor, verb="address.delete", obj=address)
    user_id, was_default = address.user_id, address.is_default_for_shipping
    address.delete()
    left = UserAddress.objects.filter(user_id=user_id).order_by("-date_created", "-pk").first()
    if was_default and left is not None:
        left.is_default_for_shipping = True
        left.save()
