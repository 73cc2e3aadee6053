"""Reading the address book."""

from django.db.models import QuerySet

from apps.shop.address.models import UserAddress


def addresses_of(user_id: int) -> QuerySet[UserAddress]:
    """A person's addresses with their places, the default first, then the newest."""
    own = UserAddress.objects.filter(user_id=user_id).select_related("commune__province")
    return own.order_by("-is_default_for_shipping", "-date_created", "-pk")


def address_of(*, user_id: int, address_id: int) -> UserAddress:
    """One of the person's own addresses; raises UserAddress.DoesNotExist for anybody else's."""
    return addresses_of(user_id).get(pk=address_id)
