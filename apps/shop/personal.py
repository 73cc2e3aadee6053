"""Personal data in Oscar's tables: address book, baskets, orders, reviews."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.personal_data import ERASED, PersonalData, by_path, delete, exempt, register, replace
from apps.shop.address.models import UserAddress
from apps.shop.basket.models import Basket
from apps.shop.basket.models import Line as BasketLine
from apps.shop.basket.models import LineAttribute as BasketLineAttribute
from apps.shop.catalogue.reviews.models import ProductReview, Vote
from apps.shop.communication.models import Email
from apps.shop.communication.models import Notification as OscarNotification
from apps.shop.offer.models import RangeProductFileUpload
from apps.shop.order import models as orders
from apps.shop.partner.models import Partner, PartnerAddress
from apps.shop.voucher.models import VoucherApplication

ACCOUNTING = (
    "goods, amounts, days: ten years (Law 88/2015/QH15 art. 41, Decree 174/2016/NĐ-CP art. 13); else until erasure"
)
_NAMES = {"first_name": ERASED, "last_name": "", "line1": ERASED, "line2": "", "search_text": "", "postcode": ""}
_WORDS = ("first_name", "last_name", "line1", "line2", "search_text", "postcode")

register(
    PersonalData(
        model=UserAddress,
        rows=by_path(UserAddress, "user"),
        fields=(*_WORDS, "phone_number", "notes", "hash"),
        why="filled in at checkout",
        kept="until the person deletes it",
        erase=delete,
        done="deleted",
        title=_("Address book"),
        export={
            "first_name": _("Full name"),
            "phone_number": _("Phone"),
            "line1": _("House number, street, hamlet"),
            "commune__name": _("Commune"),
            "commune__province__name": _("Province"),
        },
    ),
    PersonalData(
        model=Basket,
        rows=by_path(Basket, "owner"),
        fields=("owner",),
        why="what the person means to buy",
        kept="until it is ordered or emptied",
        erase=delete,
        done="deleted",
        title=_("Baskets"),
        export={
            "lines__product__title": _("Product"),
            "lines__quantity": _("Quantity"),
            "date_created": _("Made on"),
        },
    ),
    PersonalData(
        model=orders.Order,
        rows=by_path(orders.Order, "user"),
        fields=("guest_email", "guest_phone", "gift_message"),
        why="the contract, and the way to reach the buyer",
        kept=ACCOUNTING,
        erase=replace(guest_email="", guest_phone="", gift_message=""),
        done="e-mail, phone and gift message emptied; number, goods, money and days stay",
        title=_("Orders"),
        export={
            "number": _("Order number"),
            "date_placed": _("Ordered"),
            "total_incl_tax": _("Total"),
            "status": _("State"),
            "guest_email": _("E-mail"),
            "guest_phone": _("Phone"),
            "gift_message": _("Gift message"),
        },
    ),
    PersonalData(
        model=orders.ShippingAddress,
        rows=by_path(orders.ShippingAddress, "order__user"),
        fields=(*_WORDS, "phone_number", "notes"),
        why="where the goods go",
        kept=ACCOUNTING,
        erase=replace(**_NAMES, phone_number="", notes=""),
        done="name, street, phone and notes replaced; the commune stays, delivery was charged by it",
        title=_("Delivery addresses of orders"),
        export={
            "order__number": _("Order number"),
            "first_name": _("Full name"),
            "phone_number": _("Phone"),
            "line1": _("House number, street, hamlet"),
            "line3": _("Commune"),
            "line4": _("Province"),
            "notes": _("Note for the courier"),
        },
    ),
    PersonalData(
        model=orders.BillingAddress,
        rows=by_path(orders.BillingAddress, "order__user"),
        fields=_WORDS,
        why="Oscar's table; the shop asks for no second address and writes none",
        kept=ACCOUNTING,
        erase=replace(**_NAMES),
        done="replaced",
    ),
    PersonalData(
        model=orders.OrderNote,
        rows=by_path(orders.OrderNote, "order__user"),
        fields=("message",),
        why="Oscar's notes of operators; the shop writes none",
        kept="until erasure",
        erase=delete,
        done="deleted",
    ),
    PersonalData(
        model=ProductReview,
        rows=by_path(ProductReview, "user"),
        fields=("name", "email", "homepage", "title", "body"),
        why="what a buyer says about the goods, for other buyers",
        kept="until the person asks for its removal; after erasure without an author",
        erase=replace(name="", email="", homepage="", user=None),
        done="author removed; stars and words stay, as of somebody unknown",
        title=_("Reviews"),
        export={
            "product__title": _("Product"),
            "score": _("Stars"),
            "title": _("Title"),
            "body": _("Words"),
            "date_created": _("Written on"),
        },
    ),
    PersonalData(
        model=Vote,
        rows=by_path(Vote, "user"),
        fields=("user",),
        why="whether a review was of help",
        kept="while the account exists",
        erase=delete,
        done="deleted",
        title=_("Votes on reviews"),
        export={"review__title": _("Review"), "delta": _("Vote")},
    ),
    PersonalData(
        model=VoucherApplication,
        rows=by_path(VoucherApplication, "user"),
        fields=("user",),
        why="a voucher that counts once for a person",
        kept="while the account exists",
        erase=replace(user=None),
        done="person removed; that it was used stays",
        title=_("Vouchers used"),
        export={"voucher__code": _("Voucher"), "order__number": _("Order number")},
    ),
    PersonalData(
        model=Email,
        rows=by_path(Email, "user"),
        fields=("email", "subject", "body_text", "body_html"),
        why="Oscar's archive of mails; the shop writes none",
        kept="until erasure",
        erase=delete,
        done="deleted",
    ),
    PersonalData(
        model=OscarNotification,
        rows=by_path(OscarNotification, "recipient"),
        fields=("subject", "body"),
        why="Oscar's own inbox; the shop writes none (see notifications.Notification)",
        kept="until erasure",
        erase=delete,
        done="deleted",
    ),
)
exempt("goods in a basket, deleted with it", BasketLine, BasketLineAttribute, Basket.vouchers.through)
exempt(
    "goods, amounts and steps of an order; they name nobody",
    orders.Line,
    orders.LinePrice,
    orders.LineAttribute,
    orders.OrderDiscount,
    orders.OrderLineDiscount,
    orders.OrderStatusChange,
    orders.CommunicationEvent,
    orders.PaymentEvent,
    orders.PaymentEventQuantity,
    orders.ShippingEvent,
    orders.ShippingEventQuantity,
    orders.Surcharge,
)
exempt("Oscar's own tables for its dashboard, which is not installed", Partner.users.through, RangeProductFileUpload)
exempt("Oscar's address of a partner; the shop writes none, vendors have their own", PartnerAddress)
