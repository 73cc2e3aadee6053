"""Somebody who has left traces everywhere, and a search through everything that is kept."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from apps.accounts.models import User
from apps.accounts.private_files import private_storage
from apps.accounts.services import say
from apps.accounts.states import Place, Purpose
from apps.jobs.models import Job
from apps.kernel.actor import Actor
from apps.notifications.wishes import wait_for
from apps.ordering import services as ordering
from apps.shop.address.services import AddressData, save_address
from apps.shop.catalogue.models import Product
from apps.shop.catalogue.reviews.models import ProductReview, Vote
from apps.vendors.services import reject_vendor
from search.models import SavedSearch
from tests.factories import shop
from tests.factories.catalogue import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.sales import make_basket, make_order, part_of

EMAIL, NAME, PHONE = "lo.thi.khuat@example.test", "Lò Thị Khuất Bóng", "+84987654321"
STREET, NOTE = "Ngõ Bí Mật số 9", "Gọi cổng sau nhà Khuất"
# What must not be found once the person is erased, in all notations.
WORDS = (EMAIL, NAME, PHONE, "0987654321", "0987 654 321", STREET, NOTE, "Khuất")
SYSTEM = Actor.system()


def somebody() -> User:
    """An account with its proof of the e-mail address."""
    person = make_user(EMAIL, full_name=NAME, phone=PHONE)
    EmailAddress.objects.create(user=person, email=EMAIL, primary=True, verified=True)
    return person


def signed_in(person: User) -> Client:
    """A browser in which the person has just given the password."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    answer = client.post("/tai-khoan/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    answer = client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD, "next": "/tai-khoan/"})
    assert answer.status_code == 302
    return client


def live(person: User) -> None:
    """Leave traces in every table of the register that the shop writes."""
    actor, product = Actor.person(person.pk), make_product()
    home = AddressData(name=NAME, phone=PHONE, commune_code="26740", street=STREET)
    order(person, product)
    save_address(user_id=person.pk, actor=actor, data=home)
    make_basket(product, user_id=person.pk)
    review = ProductReview.objects.create(
        product=product, user=person, score=5, title="Ngon", body="Rất ngon.", name=NAME, email=EMAIL, status=1
    )
    Vote.objects.create(review=review, user=make_user(), delta=1)
    vendor = shop.applicant(person, name=f"Hộ {NAME}", email=EMAIL, phone="0987 654 321", street=STREET, about=NOTE)
    reject_vendor(vendor=vendor, actor=SYSTEM, reason="Ảnh mờ.")
    agree = {"purpose": Purpose.MARKETING, "given": True, "language": "vi", "place": Place.ACCOUNT}
    say(user_id=person.pk, actor=actor, **agree)  # type: ignore[arg-type]
    SavedSearch.objects.create(user=person, query=f"?q={NAME}", words=f"“{NAME}”")
    wait_for(product=make_product(stock=0), actor=actor)
    Client().post("/tai-khoan/login/", {"login": EMAIL, "password": "sai-mat-khau"})
    signed_in(person).get("/tai-khoan/")
    Job.objects.create(kind="order.placed", state="dead", last_error=f"SMTPRecipientsRefused: {EMAIL.upper()}")
    LogEntry.objects.create(
        user=make_user(),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=EMAIL,
        action_flag=2,
    )


def order(person: User, product: Product) -> None:
    """Three orders: one arrived for good, one was called off with words, one came back."""
    ship = {"actor": SYSTEM, "carrier": "ghn", "tracking_number": "GHN1"}
    details = {"user_id": person.pk, "email": EMAIL, "name": NAME, "phone": PHONE, "street": STREET, "note": NOTE}
    bought, called_off, refused = (
        part_of(make_order(product, gift_message=f"Tặng {NAME}", **details), product)  # type: ignore[arg-type]
        for _ in range(3)
    )
    for part in (bought, refused):
        ordering.accept(vendor_order=part, actor=SYSTEM)
        ordering.pack(vendor_order=part, actor=SYSTEM)
        ordering.hand_over(vendor_order=part, **ship)  # type: ignore[arg-type]
    ordering.deliver(vendor_order=bought, actor=SYSTEM)
    ordering.complete(vendor_order=bought, actor=SYSTEM)
    ordering.come_back(vendor_order=refused, actor=SYSTEM, reason=f"{NAME} không nghe máy.")
    ordering.cancel(vendor_order=called_off, actor=SYSTEM, reason=f"{NAME} xin hủy.")


def found(words: tuple[str, ...] = WORDS) -> list[str]:
    """Where any of the words stands: tables with the word, then files."""
    return sorted({f"{where}: {word}" for where, text in _everything() for word in words if _in(word, text)})


def _in(word: str, text: str) -> bool:
    return word.casefold() in text.casefold()


def _everything() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                # JSON columns hold letters beyond ASCII as escapes.
                text = " ".join(map(str, row))
                yield table, text + text.encode().decode("unicode_escape", "replace")
    for session in Session.objects.all():
        yield "django_session, opened", str(session.get_decoded())
    for storage in (default_storage, private_storage()):
        for path in Path(storage.path("")).rglob("*"):
            if path.is_file():
                yield from ((f"file {path.suffix}", text) for text in _texts(path))


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield path.name
    yield data.decode("utf-8", "replace")
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8")
