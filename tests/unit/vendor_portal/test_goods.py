"""Photos that come with a product's form."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from apps.vendor_portal.goods import sent_pictures
from tests.factories import shop


class Huge(SimpleUploadedFile):
    """Says that it is large, and must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("was read")


def test_a_photo_that_is_too_large_is_refused_unread(rf: RequestFactory) -> None:
    file = Huge("a.jpg", b"")
    file.size = 8_000_001
    request = rf.post("/")
    request.FILES.setlist("pictures", [file, SimpleUploadedFile("b.jpg", shop.photo())])
    assert sent_pictures(request) == ([shop.photo()], ["a.jpg: Ảnh 8,1 MB, tối đa 8 MB. Chọn ảnh khác."])
