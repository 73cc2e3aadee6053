"""Photos that come with a product's form."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from apps.vendor_portal.access import Seat
from apps.vendor_portal.goods import store_pictures
from tests.factories import shop


class Huge(SimpleUploadedFile):
    """Says that it is large, and must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("was read")


@pytest.mark.django_db
def test_a_photo_that_is_too_large_is_refused_unread(rf: RequestFactory) -> None:
    listing = shop.draft()
    file = Huge("a.jpg", b"")
    file.size = 8_000_001
    request = rf.post("/")
    request.FILES.setlist("pictures", [file, SimpleUploadedFile("b.jpg", shop.photo())])
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    owner = listing.vendor.memberships.get(role="owner").user_id
    assert store_pictures(request, Seat(owner, listing.vendor, "owner", ""), listing) == 1
    assert [str(message) for message in get_messages(request)] == ["a.jpg: Ảnh 8,1 MB, tối đa 8 MB. Chọn ảnh khác."]
