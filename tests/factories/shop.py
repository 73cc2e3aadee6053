"""Vendors and their goods on their way: applied, approved, drafted, reviewed, through the services of the shop."""

import io
import itertools
from typing import Any

from PIL import Image

from apps.accounts.models import User
from apps.kernel.actor import Actor
from apps.listings import services as listing_services
from apps.listings.data import ListingData
from apps.listings.models import Listing
from apps.listings.pictures import add_picture
from apps.vendors import services as vendor_services
from apps.vendors.models import Vendor
from apps.vendors.papers import UploadedPaper
from tests.factories.catalogue import make_category
from tests.factories.people import make_user
from tests.factories.places import make_commune

SYSTEM = Actor.system()
# Fictional codes that add up, see python-stdnum's stdnum.vn.mst.
TAX_CODES = ("5799900019", "5799900026", "5799900033", "5799900040", "5799900058", "5799900065", "5799900072")
_numbers = itertools.count(1)


def pdf(words: str = "", **catalog: str) -> bytes:
    """A PDF of one blank page; `words` stand in a comment, `catalog` adds entries to its root (`OpenAction="<<>>"`)."""
    extra = "".join(f"/{name} {value}" for name, value in catalog.items())
    objects = (
        f"<</Type/Catalog/Pages 2 0 R{extra}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    whole, offsets = f"%PDF-1.4\n%{words}\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(whole.encode()))
        whole += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(whole.encode())
    whole += f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return whole.encode()


PDF = pdf()


def paper(name: str = "dang-ky.pdf", data: bytes = PDF) -> UploadedPaper:
    """A small PDF."""
    return UploadedPaper(name, data)


def applicant(owner: User | None = None, **facts: Any) -> Vendor:
    """A vendor that waits for a decision."""
    person = owner or make_user()
    number = next(_numbers)
    given: dict[str, Any] = {
        "name": f"Hợp tác xã Số {number}",
        "producer_type": "household",
        "tax_code": f"{22_0_85_000000 + number:012d}",
        "commune_code": make_commune().code,
        "street": "Số 1, thôn Đông",
        "phone": "0912 345 678",
        "email": f"nha-ban{number}@example.test",
        "about": "",
        "papers": [paper()],
    }
    return vendor_services.apply_to_sell(actor=Actor.person(person.pk), user_id=person.pk, **{**given, **facts})


def vendor(owner: User | None = None, **facts: Any) -> Vendor:
    """A vendor that sells."""
    return vendor_services.approve_vendor(vendor=applicant(owner, **facts), actor=SYSTEM)


def listing_data(**facts: Any) -> ListingData:
    """What a vendor says about one product, complete."""
    given: dict[str, Any] = {
        "title": f"Chả mực giã tay {next(_numbers)}",
        "category_id": make_category(name_en="Seafood").pk,
        "description": "Mực mai tươi giã tay trong cối đá.",
        "unit": "gói 500 g",
        "net_weight_g": 500,
        "shipping_weight_g": 650,
        "storage": "Ngăn đá -18 °C",
        "origin_commune_code": make_commune().code,
        "price_amount": 285_000,
        "available": 10,
    }
    return ListingData(**{**given, **facts})


def photo(colour: tuple[int, int, int] = (190, 60, 40), size: tuple[int, int] = (400, 300), **save: Any) -> bytes:
    """A JPEG of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG", **save)
    return target.getvalue()


def draft(of: Vendor | None = None, **facts: Any) -> Listing:
    """A listing that nobody has sent yet."""
    return listing_services.create_listing(vendor=of or vendor(), actor=SYSTEM, data=listing_data(**facts))


def submitted(of: Vendor | None = None, **facts: Any) -> Listing:
    """A listing that waits for a reviewer."""
    row = draft(of, **facts)
    add_picture(listing=row, actor=SYSTEM, data=photo())
    return listing_services.submit_listing(listing=row, actor=SYSTEM)


def published(of: Vendor | None = None, **facts: Any) -> Listing:
    """A listing on sale."""
    return listing_services.publish_listing(listing=submitted(of, **facts), actor=SYSTEM)
