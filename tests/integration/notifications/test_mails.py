"""Every mail through the worker: who gets it, in which language, what it says and where its links lead."""

from collections.abc import Callable

import pytest
from django.core import mail

from apps.accounts.erasure import ask_for_erasure, erase
from apps.accounts.exports import ask_for_export, make_export
from apps.accounts.models import User
from apps.jobs.models import Job
from apps.jobs.registry import handler_of, kinds, schedules
from apps.kernel.actor import Actor
from apps.listings import services as listings
from apps.notifications.models import Notification
from apps.notifications.wishes import look_for_stock, wait_for
from apps.ordering import services as ordering
from apps.ordering.models import VendorOrder
from apps.provenance import services as provenance
from apps.shop.partner.models import StockRecord
from apps.vendors import services as vendors
from apps.vendors.models import Vendor
from tests.factories import shop
from tests.factories.catalogue import make_certificate, make_product
from tests.factories.people import make_user
from tests.factories.sales import make_order, part_of
from tests.factories.vendors import make_member, make_vendor
from tests.integration.notifications.letters import (
    LANGUAGES,
    check_letter,
    last_link,
    money,
    opened,
    parts_of,
    past,
    said,
    sent,
)
from tests.integration.notifications.money import money_moves

HANDLERS = "apps.notifications.handlers"
pytestmark = pytest.mark.django_db
ACTOR = Actor.system()
REASON = "Ảnh mờ & thiếu con dấu."
SHOPPER = "hoa@example.test"


def at(part: VendorOrder) -> Actor:
    """Somebody at work for the vendor of this part."""
    return Actor.person(make_member(part.vendor).pk, part.vendor_id)


in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@in_both_languages
def test_an_order_is_confirmed_to_the_shopper_with_every_part(language: str) -> None:
    one, two = make_product(title="Chả mực Hạ Long", price=123_450), make_product(title="Chè Tân Cương", price=67_890)
    order = make_order((one, 2), two, email=SHOPPER, language=language)
    letter = next(each for each in sent() if each.to == [SHOPPER])
    parts = [part_of(order, product) for product in (one, two)]
    facts = [
        "Nguyễn Thị Hoa", order.number, money(int(order.total_incl_tax)), "2 × Chả mực Hạ Long", "1 × Chè Tân Cương",
        money(246_900), money(67_890),
        *(word for part in parts for word in (part.number, part.vendor.name, money(part.cash_amount))),
    ]  # fmt: skip
    check_letter(letter, to=SHOPPER, language=language, facts=facts)
    assert letter.subject == said(language, "Order %(number)s is placed", number=order.number)
    status, page = opened(last_link(letter))
    assert (status, f'value="{order.number}"' in page) == (200, True)


@in_both_languages
def test_each_vendor_reads_of_its_own_part_and_of_nothing_else(language: str) -> None:
    ours, theirs = make_vendor("HTX Vịnh Xanh", language=language), make_vendor("HTX Đồi Vàng", language=language)
    one = make_product(vendor=ours, title="Chả mực Hạ Long", price=123_450)
    two = make_product(vendor=theirs, title="Chè Tân Cương", price=67_890)
    order = make_order((one, 2), (two, 3), email=SHOPPER)
    letters = {tuple(each.to): each for each in sent()}
    assert set(letters) == {(SHOPPER,), (ours.email,), (theirs.email,)}
    for product, other in ((one, two), (two, one)):
        part, hidden = part_of(order, product), part_of(order, other)
        letter = letters[part.vendor.email,]
        facts = [part.vendor.name, part.number, part.lines.get().title, money(part.items_amount), part.commune_name]
        check_letter(letter, to=part.vendor.email, language=language, facts=facts)
        subject = said(language, "New order %(number)s, %(total)s", number=part.number, total=money(part.total_amount))
        assert letter.subject == subject
        secrets = [
            hidden.vendor.name, hidden.number, hidden.lines.get().title, money(hidden.total_amount),
            money(hidden.items_amount), money(int(order.total_incl_tax)), order.number, SHOPPER,
            "0912 345 678", "+84912345678",
        ]  # fmt: skip
        assert [word for word in secrets for form in (letter.subject, *parts_of(letter)) if word in form] == []
        assert opened(last_link(letter), make_member(part.vendor))[0] == 200


@in_both_languages
def test_a_parcel_on_its_way_names_carrier_and_number(language: str) -> None:
    product, other = make_product(title="Chả mực Hạ Long"), make_product(title="Chè Tân Cương")
    order = make_order(product, other, email=SHOPPER, language=language)
    part = part_of(order, product)
    ordering.accept(vendor_order=part, actor=ACTOR)
    ordering.pack(vendor_order=part, actor=ACTOR)
    past()
    ordering.hand_over(vendor_order=part, actor=ACTOR, carrier="ghn", tracking_number="GHN-77")
    [letter] = sent()
    facts = [part.number, part.vendor.name, "Giao Hàng Nhanh", "GHN-77", "Chả mực Hạ Long"]
    check_letter(letter, to=SHOPPER, language=language, facts=facts)
    assert letter.subject == said(language, "%(number)s is on its way", number=part.number)
    assert "https://donhang.ghn.vn/?order_code=GHN-77" in parts_of(letter)[0]
    assert "Chè Tân Cương" not in parts_of(letter)[0]
    assert opened(last_link(letter))[0] == 200


@in_both_languages
def test_a_shopper_is_told_that_a_part_is_confirmed_and_that_it_arrived(language: str) -> None:
    product = make_product(title="Chả mực Hạ Long")
    part = part_of(make_order(product, email=SHOPPER, language=language), product)
    past()
    ordering.accept(vendor_order=part, actor=ACTOR)
    ordering.pack(vendor_order=part, actor=ACTOR)
    [confirmed] = sent()
    ordering.hand_over(vendor_order=part, actor=ACTOR, carrier="ghn", tracking_number="GHN-77")
    past()
    ordering.deliver(vendor_order=part, actor=ACTOR)
    Job.objects.filter(kind="vendor_order.complete").delete()
    [arrived] = sent()
    words = {
        "%(number)s is confirmed": "%(name)s has confirmed part %(number)s and prepares it.",
        "%(number)s has arrived": (
            "Part %(number)s of %(name)s was delivered. Is something wrong with it? Tell us within seven days."
        ),
    }
    for letter, (subject, sentence) in zip((confirmed, arrived), words.items(), strict=True):
        facts = [said(language, sentence, name=part.vendor.name, number=part.number), "1 × Chả mực Hạ Long"]
        check_letter(letter, to=SHOPPER, language=language, facts=facts)
        assert letter.subject == said(language, subject, number=part.number)
        assert "GHN-77" not in parts_of(letter)[0]
        assert opened(last_link(letter))[0] == 200


@in_both_languages
def test_a_person_reads_mail_in_the_language_of_the_profile(language: str) -> None:
    person = make_user(language=language)
    other = "vi" if language == "en" else "en"
    order = make_order(make_product(), user_id=person.pk, language=other)
    letter = next(each for each in sent() if each.to == [person.email])
    assert letter.subject == said(language, "Order %(number)s is placed", number=order.number)


@in_both_languages
def test_a_part_that_its_vendor_cancels_comes_with_the_reason(language: str) -> None:
    product = make_product(title="Chả mực Hạ Long")
    part = part_of(make_order(product, email=SHOPPER, language=language), product)
    past()
    ordering.cancel(vendor_order=part, actor=at(part), reason="Hết hàng từ sáng.")
    [letter] = sent()
    words = "%(name)s cannot send its part %(number)s. You pay nothing for it."
    facts = ["Hết hàng từ sáng.", "Chả mực Hạ Long", said(language, words, name=part.vendor.name, number=part.number)]
    check_letter(letter, to=SHOPPER, language=language, facts=facts)
    assert letter.subject == said(language, "%(number)s will not come", number=part.number)
    assert opened(last_link(letter))[0] == 200


@in_both_languages
def test_a_part_that_the_shopper_cancels_is_not_blamed_on_the_vendor(language: str) -> None:
    one, two = make_product(), make_product()
    order = make_order(one, two, email=SHOPPER, language=language)
    past()
    ordering.cancel_order_by_shopper(order=order, actor=Actor.guest())
    words = "You have cancelled part %(number)s of %(name)s. You pay nothing for it."
    to_shopper = [letter for letter in sent() if letter.to == [SHOPPER]]
    for letter, product in zip(to_shopper, (one, two), strict=True):
        part = part_of(order, product)
        facts = [said(language, words, name=part.vendor.name, number=part.number)]
        check_letter(letter, to=SHOPPER, language=language, facts=facts)


@in_both_languages
def test_a_vendor_is_told_not_to_pack_what_somebody_else_took_back(language: str) -> None:
    vendor = make_vendor("HTX Vịnh Xanh", language=language)
    one, two = make_product(vendor=vendor, title="Chả mực Hạ Long"), make_product(title="Chè Tân Cương")
    order = make_order(one, two, email=SHOPPER)
    past()
    ordering.cancel_part_by_shopper(vendor_order=part_of(order, one), actor=Actor.guest())
    [letter] = [each for each in sent() if each.to != [SHOPPER]]
    part = part_of(order, one)
    check_letter(letter, to=vendor.email, language=language, facts=[part.number, "1 × Chả mực Hạ Long"])
    assert letter.subject == said(language, "Order %(number)s was cancelled", number=part.number)
    secrets = [part_of(order, two).number, "Chè Tân Cương", order.number, SHOPPER, "0912 345 678"]
    assert [word for word in secrets for form in parts_of(letter) if word in form] == []
    assert opened(last_link(letter), make_member(vendor))[0] == 200


@in_both_languages
def test_a_parcel_that_went_back_is_explained_to_the_shopper(language: str) -> None:
    product = make_product(title="Chả mực Hạ Long")
    part = part_of(make_order(product, email=SHOPPER, language=language), product)
    for step in (ordering.accept, ordering.pack):
        step(vendor_order=part, actor=ACTOR)
    ordering.hand_over(vendor_order=part, actor=ACTOR, carrier="ghn", tracking_number="GHN-77")
    past()
    ordering.come_back(vendor_order=part, actor=at(part), reason="Gọi ba lần không ai nghe.")
    [letter] = sent()
    words = "Part %(number)s could not be delivered and is back at %(name)s. You pay nothing for it."
    said_so = said(language, words, name=part.vendor.name, number=part.number)
    facts = [said_so, "Gọi ba lần không ai nghe.", "Chả mực Hạ Long"]
    check_letter(letter, to=SHOPPER, language=language, facts=facts)
    assert letter.subject == said(language, "%(number)s went back to the vendor", number=part.number)


DECISIONS: list[tuple[str, Callable[..., object], str, str, str]] = [
    ("applied", vendors.approve_vendor, "", "%(name)s may sell now", "application is approved"),
    ("applied", vendors.reject_vendor, REASON, "%(name)s: the application needs changes", "could not approve"),
    ("approved", vendors.suspend_vendor, REASON, "%(name)s is suspended", "off sale from now on"),
    ("suspended", vendors.lift_suspension, "", "%(name)s sells again", "suspension is lifted"),
]


@in_both_languages
@pytest.mark.parametrize(("state", "decide", "reason", "subject", "english"), DECISIONS)
def test_a_vendor_is_told_what_was_decided_about_it(
    state: str, decide: Callable[..., object], reason: str, subject: str, english: str, language: str
) -> None:
    vendor = make_vendor("HTX Cái Rồng", state=state, language=language)
    decide(vendor=vendor, actor=ACTOR, **({"reason": reason} if reason else {}))
    [letter] = sent()
    check_letter(letter, to=vendor.email, language=language, facts=["HTX Cái Rồng"])
    assert letter.subject == said(language, subject, name="HTX Cái Rồng")
    text, html = parts_of(letter)
    assert (english in text, english in html) == (language == "en",) * 2
    if reason:
        assert (reason in text, reason.replace("&", "&amp;") in html) == (True, True)
    assert opened(last_link(letter), make_member(vendor))[0] == 200


@in_both_languages
@pytest.mark.parametrize(
    ("decide", "reason", "subject", "words"),
    [
        (
            listings.publish_listing, "", "%(title)s is on sale",
            '"%(title)s" was checked and is on sale now.',
        ),
        (
            listings.reject_listing, REASON, "%(title)s needs changes",
            '"%(title)s" is not on sale yet. Correct what is named below and send it again.',
        ),
    ],
)  # fmt: skip
def test_a_vendor_is_told_what_was_decided_about_its_goods(
    decide: Callable[..., object], reason: str, subject: str, words: str, language: str
) -> None:
    vendor = make_vendor(language=language)
    listing = shop.submitted(vendor, title="Mắm Cái Rồng")
    past()
    decide(listing=listing, actor=ACTOR, **({"reason": reason} if reason else {}))
    [letter] = sent()
    check_letter(letter, to=vendor.email, language=language, facts=[vendor.name, "Mắm Cái Rồng"])
    assert letter.subject == said(language, subject, title="Mắm Cái Rồng")
    text, html = parts_of(letter)
    assert said(language, words, title="Mắm Cái Rồng") in text
    assert (text.count(REASON), html.count(REASON.replace("&", "&amp;"))) == (bool(reason), bool(reason))
    status, page = opened(last_link(letter), make_member(vendor))
    assert (status, "Mắm Cái Rồng" in page) == (200, True)


@in_both_languages
@pytest.mark.parametrize(
    ("state", "decide", "reason", "subject"),
    [
        ("claimed", provenance.verify_certificate, "", "Certificate %(number)s is confirmed"),
        ("claimed", provenance.reject_certificate, REASON, "Certificate %(number)s needs changes"),
        ("verified", provenance.revoke_certificate, REASON, "Certificate %(number)s is withdrawn"),
    ],
)
def test_a_vendor_is_told_what_was_decided_about_a_certificate(
    state: str, decide: Callable[..., object], reason: str, subject: str, language: str
) -> None:
    product = make_product(vendor=make_vendor(language=language), title="Mắm Cái Rồng")
    certificate = make_certificate(product, state=state, number="QN-0042")
    decide(certificate=certificate, actor=ACTOR, **({"reason": reason} if reason else {}))
    [letter] = sent()
    facts = [certificate.vendor.name, "QN-0042", "Mắm Cái Rồng"]
    check_letter(letter, to=certificate.vendor.email, language=language, facts=facts)
    assert letter.subject == said(language, subject, number="QN-0042")
    text, html = parts_of(letter)
    assert (text.count(REASON), html.count(REASON.replace("&", "&amp;"))) == (bool(reason), bool(reason))
    status, page = opened(last_link(letter), make_member(certificate.vendor))
    assert (status, "QN-0042" in page) == (200, True)


def test_a_guest_without_an_address_gets_no_mail_but_the_vendor_does() -> None:
    product = make_product()
    part = part_of(make_order(product), product)
    assert [letter.to for letter in sent()] == [[part.vendor.email]]
    for step in (ordering.accept, ordering.pack):
        step(vendor_order=part, actor=ACTOR)
    ordering.hand_over(vendor_order=part, actor=ACTOR, carrier="ghn", tracking_number="GHN1")
    other = part_of(make_order(product), product)
    past()
    ordering.cancel(vendor_order=other, actor=at(other), reason="Hết hàng.")
    assert sent() == []


@pytest.mark.parametrize(("typed", "receiver"), [("", "tai.khoan@example.test"), ("khac@example.test",) * 2])
def test_a_person_gets_mail_at_the_address_of_the_order_or_of_the_account(typed: str, receiver: str) -> None:
    person, product = make_user("tai.khoan@example.test"), make_product()
    order = make_order(product, user_id=person.pk, email=typed)
    assert {letter.to[0] for letter in sent()} == {receiver, product.listing.vendor.email}
    past()
    ordering.cancel_order_by_shopper(order=order, actor=Actor.person(person.pk))
    assert {letter.to[0] for letter in sent()} == {receiver, product.listing.vendor.email}


def test_what_people_write_is_text_and_never_markup() -> None:
    vendor = make_vendor("Tổ <b>A&B</b>")
    product = make_product(vendor=vendor, title="Chả <i>mực</i> & cá")
    make_order(product, email=SHOPPER, name="Hoa <script>x</script>")
    for letter in sent():
        text, html = parts_of(letter)
        assert "Chả <i>mực</i> & cá" in text
        assert [mark for mark in ("<script", "<i>", "<b>A") if mark in html] == []
        assert "Chả &lt;i&gt;mực&lt;/i&gt; &amp; cá" in html
        assert "Tổ <b>A&B</b>" in text


def people_ask_about_their_data() -> None:
    """A copy that is ready, an erasure that waits, and one that was refused when it was due."""
    curious, leaving, bound = make_user(), make_user(), make_user()
    make_export(export_id=ask_for_export(user_id=curious.pk, actor=ACTOR).pk, actor=ACTOR)
    ask_for_erasure(user_id=leaving.pk, actor=ACTOR)
    waiting = ask_for_erasure(user_id=bound.pk, actor=ACTOR)
    User.objects.filter(pk=bound.pk).update(is_staff=True)
    erase(erasure_id=waiting.pk, actor=ACTOR)


def somebody_waits_for_stock() -> None:
    """Goods that were sold out are back."""
    product = make_product(stock=0)
    wait_for(product=product, actor=Actor.person(make_user().pk))
    StockRecord.objects.filter(product=product).update(num_in_stock=1)
    look_for_stock()


def everything_happens() -> None:
    """Each kind of job that sends mail, at least once."""
    one, two = make_product(), make_product()
    order = make_order(one, two, email=SHOPPER)
    part = part_of(order, one)
    ordering.cancel_part_by_shopper(vendor_order=part_of(make_order(two, email=SHOPPER), two), actor=Actor.guest())
    for step in (ordering.accept, ordering.pack):
        step(vendor_order=part, actor=ACTOR)
    ordering.hand_over(vendor_order=part, actor=ACTOR, carrier="ghn", tracking_number="GHN1")
    ordering.come_back(vendor_order=part, actor=ACTOR, reason="Không ai nghe.")
    ordering.cancel(vendor_order=part_of(order, two), actor=ACTOR, reason="Hết hàng.")
    arrived = part_of(make_order(one, email=SHOPPER), one)
    for step in (ordering.accept, ordering.pack):
        step(vendor_order=arrived, actor=ACTOR)
    ordering.hand_over(vendor_order=arrived, actor=ACTOR, carrier="ghn", tracking_number="GHN2")
    ordering.deliver(vendor_order=arrived, actor=ACTOR)
    people_ask_about_their_data()
    somebody_waits_for_stock()
    money_moves(one, SHOPPER)
    vendor: Vendor = shop.vendor()
    listings.reject_listing(listing=shop.submitted(vendor), actor=ACTOR, reason=REASON)
    provenance.verify_certificate(certificate=make_certificate(one, state="claimed"), actor=ACTOR)


def test_running_a_handler_twice_tells_nobody_twice() -> None:
    everything_happens()
    ours = {kind for kind in kinds() - schedules().keys() if handler_of(kind).__module__ == HANDLERS}
    jobs = list(Job.objects.filter(kind__in=ours))
    assert {job.kind for job in jobs} == ours
    mail.outbox.clear()
    counts = []
    for _ in range(2):
        for job in jobs:
            handler_of(job.kind)(job.args)
        counts.append((len(mail.outbox), Notification.objects.count()))
    assert counts[0] == counts[1]
    # Every admin reads of the dispute. Overtaken: a parcel that came back was confirmed and on its way, an erasure that
    # was refused was asked for, and a bank account that counts needs no link any more.
    admins = User.objects.filter(is_staff=True).count()
    assert counts[0][0] == len(jobs) - 4 + admins - 1
