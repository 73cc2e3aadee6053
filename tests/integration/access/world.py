"""A shop in which everything belongs to shopper A and vendor A, and six kinds of visitors who try to get at it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client

from apps.accounts.models import Consent, DataExport, User
from apps.fees.models import CommissionRule, TaxTreatment
from apps.jobs.models import Job, JobState
from apps.kernel.actor import Actor
from apps.kernel.clock import today
from apps.kernel.money import dong
from apps.ledger.models import Entry
from apps.listings.models import Listing
from apps.listings.pictures import add_picture
from apps.notifications.models import Notification, StockWish
from apps.notifications.news import News
from apps.notifications.services import list_news
from apps.ordering.models import Parcel, VendorOrder, VendorOrderLine
from apps.payments.models import BankTransfer, Payment, Refund
from apps.payments.services.refunds import refund_amount
from apps.payouts.models import BankAccount, Payout, PayoutRun, masked
from apps.payouts.services.accounts import link_of
from apps.payouts.states import BankAccountState
from apps.provenance.models import Certificate
from apps.provenance.services import CertificateData, claim_certificate, verify_certificate
from apps.shop.address.models import UserAddress
from apps.shop.address.services import AddressData, save_address
from apps.shop.basket.models import Basket, Line
from apps.shop.catalogue.models import Product, ProductImage
from apps.shop.order.models import Order, ShippingAddress
from apps.shop.partner.models import StockRecord
from apps.vendors.models import Membership, Vendor, VendorPaper
from apps.vendors.papers import UploadedPaper
from apps.vendors.services import suspend_vendor
from search.models import SavedSearch, SynonymGroup
from tests.factories import shop
from tests.factories.bank import come
from tests.factories.catalogue import make_product
from tests.factories.fees import make_rule, make_treatment
from tests.factories.payments import make_transfer_order, parts_of, pay, share_of
from tests.factories.payouts import make_account, make_approved, make_run, owe
from tests.factories.people import make_admin, make_user
from tests.factories.sales import make_basket, make_order, part_of

KINDS = ("anonymous", "shopper_a", "shopper_b", "vendor_a", "vendor_b", "admin")
SYSTEM = Actor.system()
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TITLE_A, TITLE_B = "Chả mực Vịnh Xanh", "Cam sành Đồi Vàng"
DRAFT_A = "Nước mắm chưa ai được biết"
SAVED = "“quà cho người giấu tên”"
CLAIMED = "OCOP-KIN-0042"
HOLDER, TAIL = "LE KIN DAO", "7391"
SCAN_WORDS, PAPER_WORDS = "to quet kin", "giay kinh doanh kin"
SCAN, PAPER = shop.pdf(SCAN_WORDS), shop.pdf(PAPER_WORDS)
RECIPIENT = {"name": "Lê Thị Kín Đáo", "phone": "0987 111 222", "street": "Hẻm 9 Đường Kín", "note": "Gọi cổng sau nhà"}
HOME = AddressData(name="Lê Mẹ Hiền", phone="+84987333444", commune_code="26740", street="Ngách 7 Xóm Khuất")


@dataclass
class World:
    """Cookies of each kind of visitor, the objects that addresses name, and what nobody else may read or change."""

    cookies: dict[str, SimpleCookie]
    objects: dict[str, Any]
    secrets: dict[str, frozenset[str]]
    secrets_in_portal: dict[str, frozenset[str]]
    watched: tuple[QuerySet[Any], ...]

    def client(self, kind: str, *, elsewhere: bool = False) -> Client:
        """A browser of this kind of visitor, as it was when the world was made; its forms may come from elsewhere."""
        site = "cross-site" if elsewhere else "same-origin"
        client = Client(enforce_csrf_checks=elsewhere, headers={"Sec-Fetch-Site": site})
        client.cookies = deepcopy(self.cookies[kind])
        return client

    def __post_init__(self) -> None:
        self.before = self.snapshot()

    def snapshot(self) -> list[list[Any]]:
        """Every watched row with all its values."""
        return [list(rows.order_by("pk").values_list()) for rows in self.watched]


@contextmanager
def undone() -> Iterator[list[str]]:
    """What happens inside leaves no trace in the database; yields the statements that wrote."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield written
        transaction.set_rollback(True)


def make_world() -> World:
    """Everything of A, with a two-vendor order of which vendor B sends the other part."""
    people = {kind: make_user(full_name="Người Lạ") for kind in KINDS[1:-1]}
    people["admin"] = make_admin()
    vendor_a = shop.vendor(people["vendor_a"], name="HTX Vịnh Xanh", papers=[shop.paper("kin.pdf", PAPER)])
    vendor_b = shop.vendor(people["vendor_b"], name="HTX Đồi Vàng")
    goods_a = shop.published(vendor_a, title=TITLE_A, price_amount=123_450)
    goods_b = shop.published(vendor_b, title=TITLE_B, price_amount=67_890)
    owner = people["shopper_a"].pk
    order = make_order((goods_a.product, 2), (goods_b.product, 3), user_id=owner, **RECIPIENT)
    StockWish.objects.create(user_id=owner, product=make_product(vendor=vendor_a, stock=0))
    objects = {
        **_goods(vendor_a, goods_a),
        **_cases(),
        **_money(vendor_a),
        **_raw(people["shopper_a"]),
        "export": DataExport.objects.create(user=people["shopper_a"], state="ready", requested_at=LONG_AGO).pk,
        "notice": _told(people["shopper_a"]).pk,
        "work_notice": _told(people["vendor_a"], vendor_a).pk,
        "order": order.number,
        "guest_order": make_order(goods_a.product, **RECIPIENT).number,
        "part_a": part_of(order, goods_a.product).number,
        "address": save_address(user_id=owner, actor=Actor.person(owner), data=HOME).pk,
        "sold_out": make_product(vendor=vendor_a, stock=0).pk,
        "saved": SavedSearch.objects.create(user_id=owner, query="?q=qua", words=SAVED).pk,
        "line": make_basket(goods_a.product, user_id=owner).lines.get().pk,
    }
    return World(
        cookies={"anonymous": SimpleCookie(), **{kind: signed_in(person) for kind, person in people.items()}},
        objects=objects,
        secrets=_secrets(order, people["shopper_a"].email),
        secrets_in_portal={"vendor_a": frozenset({TITLE_B}), "vendor_b": frozenset({TITLE_A})},
        watched=_watched(owner, vendor_b),
    )


def signed_in(person: User) -> SimpleCookie:
    """The cookies of a browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies


def _goods(vendor: Vendor, goods: Listing) -> dict[str, Any]:
    """Vendor A's papers, listings, pictures and certificates."""
    draft = shop.draft(vendor, title=DRAFT_A)
    for colour in ((10, 90, 90), (90, 90, 10)):
        add_picture(listing=draft, actor=SYSTEM, data=shop.photo(colour))
    checked = verify_certificate(certificate=_claim(vendor, goods, "OCOP-0001", shop.PDF), actor=SYSTEM)
    product, pictures = goods.product, draft.product.images.order_by("display_order")
    return {
        "paper": vendor.papers.get().pk,
        "treatment": make_treatment(vendor).pk,
        "stall": vendor.slug,
        "goods": goods.pk,
        "product": product.pk,
        "product_slug": product.slug,
        "category": product.categories.get().slug,
        "category_id": product.categories.get().pk,
        "photo": product.images.get().original.name,
        "draft": draft.pk,
        "draft_product": draft.product.pk,
        "picture": pictures[1].pk,
        "checked": checked.pk,
        "claimed": _claim(vendor, draft, CLAIMED, SCAN).pk,
        "private_file": vendor.papers.get().file.name,
    }


def _claim(vendor: Vendor, listing: Listing, number: str, scan: bytes) -> Certificate:
    data = CertificateData(
        stars=4,
        number=number,
        decision_number="7/QĐ-UBND",
        issuer="UBND tỉnh Quảng Ninh",
        holder=vendor.name,
        valid_from=today(),
        scan=UploadedPaper("quet.pdf", scan),
    )
    return claim_certificate(vendor=vendor, product=listing.product, actor=SYSTEM, data=data)


def _cases() -> dict[str, Any]:
    """What waits for an admin."""
    paid = make_transfer_order(make_product())
    pay(paid)
    share = share_of(parts_of(paid)[0])
    return {
        "transfer": come(5_000, "khong ro cua ai").pk,
        "refund": refund_amount(share=share, amount=dong(5_000), reason="Vỡ", actor=SYSTEM).pk,
        "applicant": shop.applicant().pk,
        "open_vendor": shop.vendor().pk,
        "suspended": suspend_vendor(vendor=shop.vendor(), actor=SYSTEM, reason="Giấy hết hạn.").pk,
        "submitted": shop.submitted().pk,
        "rule": make_rule().pk,
        "job": Job.objects.create(kind="order.placed", state=JobState.DEAD, last_error="khong gui duoc").pk,
    }


def _money(vendor: Vendor) -> dict[str, Any]:
    """Payouts of vendor A: one approved, one that waits for approval, and money for a third; a new bank account."""
    make_account(vendor, holder=HOLDER, number=f"19034{TAIL}")
    owe(vendor, 400_000)
    run = make_approved(vendor)
    owe(vendor, 500_000)
    open_run = make_run(vendor)
    owe(vendor, 600_000)
    waiting = make_account(vendor, state=BankAccountState.PROPOSED, confirmed_at=None, hold_until=None)
    return {
        "run": run.pk,
        "payout": run.payouts.get().pk,
        "open_run": open_run.pk,
        "entry": Entry.objects.earliest("pk").pk,
        "bank_account": waiting.pk,
        "bank_link": link_of(waiting),
    }


def _told(person: User, vendor: Vendor | None = None) -> Notification:
    """Unread news of this person."""
    facts = {"name": "HTX", "reason": ""}
    list_news(News("vendor.lifted", "vendor", 1, facts), user_ids=[person.pk], vendor_id=vendor and vendor.pk)
    return person.notices.get()


def _raw(person: User) -> dict[str, Any]:
    """Rows behind Django's own admin."""
    return {
        "user": person.pk,
        "member": Membership.objects.earliest("pk").pk,
        "email": EmailAddress.objects.create(user=person, email=person.email, primary=True).pk,
        "synonyms": SynonymGroup.objects.create(phrases="cá trèn, cá leo").pk,
        "group": Group.objects.create(name="Trực ban").pk,
        "user_type": ContentType.objects.get_for_model(User).pk,
    }


def _secrets(order: Order, email: str) -> dict[str, frozenset[str]]:
    """By kind of visitor, the words that no answer may contain."""
    part_a, part_b = order.vendor_orders.order_by("pk")
    whole = dong(int(order.total_incl_tax)).format().split()[0]
    recipient = {RECIPIENT["name"], RECIPIENT["street"], RECIPIENT["note"], "987111222"}
    book = {HOME.name, HOME.street, "987333444", email, SAVED}
    stall_a = {DRAFT_A, CLAIMED, SCAN_WORDS, PAPER_WORDS, HOLDER, masked(TAIL)}
    parts = {part.number: dong(part.total_amount).format().split()[0] for part in (part_a, part_b)}
    strangers = recipient | book | stall_a | {order.number, whole, *parts, *parts.values()}
    return {
        "anonymous": frozenset(strangers),
        "shopper_a": frozenset(stall_a),
        "shopper_b": frozenset(strangers),
        "vendor_a": frozenset(book | {order.number, whole, part_b.number, parts[part_b.number]}),
        "vendor_b": frozenset(book | stall_a | {order.number, whole, part_a.number, parts[part_a.number]}),
        "admin": frozenset(),
    }


def _watched(shopper_id: int, vendor_b: Vendor) -> tuple[QuerySet[Any], ...]:
    """The rows of A and of the shop itself; what B changes of its own is not among them."""
    ours = {"vendor": vendor_b}
    return (
        User.objects.filter(pk=shopper_id),
        UserAddress.objects.filter(user_id=shopper_id),
        Basket.objects.filter(owner_id=shopper_id),
        Line.objects.filter(basket__owner_id=shopper_id),
        Order.objects.all(),
        ShippingAddress.objects.all(),
        VendorOrder.objects.all(),
        VendorOrderLine.objects.all(),
        Parcel.objects.all(),
        Payment.objects.all(),
        BankTransfer.objects.all(),
        Refund.objects.all(),
        BankAccount.objects.exclude(**ours),
        PayoutRun.objects.all(),
        Payout.objects.exclude(**ours),
        Entry.objects.all(),
        Vendor.objects.exclude(pk=vendor_b.pk),
        VendorPaper.objects.exclude(**ours),
        Membership.objects.exclude(**ours),
        Listing.objects.exclude(**ours),
        Product.objects.exclude(listing__vendor=vendor_b),
        ProductImage.objects.exclude(product__listing__vendor=vendor_b),
        StockRecord.objects.exclude(partner=vendor_b.partner_id),
        Certificate.objects.exclude(**ours),
        CommissionRule.objects.all(),
        TaxTreatment.objects.all(),
        Job.objects.filter(state__in=(JobState.DEAD, JobState.DISCARDED)),
        Notification.objects.exclude(vendor=vendor_b),
        DataExport.objects.filter(user=shopper_id),
        Consent.objects.filter(user=shopper_id),
        SavedSearch.objects.filter(user=shopper_id),
        StockWish.objects.filter(user=shopper_id),
    )
