"""Photos of a listing: kept without metadata, ordered, copied by a job."""

import io

import pytest
from PIL import Image

from apps.jobs.models import Job
from apps.jobs.worker import run_all
from apps.kernel.actor import Actor
from apps.listings.imaging import BadPicture
from apps.listings.models import Listing
from apps.listings.pictures import (
    PicturesLocked,
    TooManyPictures,
    add_picture,
    make_copies,
    move_picture,
    remove_picture,
)
from apps.listings.policies import MAX_PICTURES
from apps.listings.selectors import listing_of, pictures_of
from apps.shop.catalogue.models import ProductImage
from tests.factories import shop

pytestmark = pytest.mark.django_db
ACTOR = Actor.system()


def order(listing: Listing) -> list[tuple[int, int]]:
    return list(ProductImage.objects.filter(product_id=listing.product_id).values_list("pk", "display_order"))


def add(listing: Listing, shade: int, size: tuple[int, int] = (400, 300)) -> ProductImage:
    return add_picture(listing=listing, actor=ACTOR, data=shop.photo((shade, 0, 0), size))


def test_a_photo_loses_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    picture = add_picture(listing=shop.draft(), actor=ACTOR, data=shop.photo(exif=exif))
    with picture.original.open() as file:
        kept = Image.open(io.BytesIO(file.read()))
        assert dict(kept.getexif()) == {}
    assert (picture.width, picture.height, picture.display_order) == (400, 300, 0)


def test_the_same_photo_is_kept_once_and_bad_files_are_refused() -> None:
    listing = shop.draft()
    assert add(listing, 10).pk == add(listing, 10).pk
    with pytest.raises(BadPicture):
        add_picture(listing=listing, actor=ACTOR, data=shop.PDF)
    for shade in range(20, 20 + (MAX_PICTURES - 1) * 20, 20):
        add(listing, shade)
    with pytest.raises(TooManyPictures):
        add(listing, 250)
    assert ProductImage.objects.count() == MAX_PICTURES


def test_photos_are_moved_and_removed_without_gaps() -> None:
    listing = shop.draft()
    one, two, three = (add(listing, shade).pk for shade in (10, 80, 160))
    move_picture(listing=listing, actor=ACTOR, picture_id=three, steps=-2)
    assert order(listing) == [(three, 0), (one, 1), (two, 2)]
    move_picture(listing=listing, actor=ACTOR, picture_id=three, steps=-1)
    remove_picture(listing=listing, actor=ACTOR, picture_id=one)
    assert order(listing) == [(three, 0), (two, 1)]


def test_a_foreign_photo_cannot_be_removed() -> None:
    listing, other = shop.draft(), shop.draft()
    with pytest.raises(ProductImage.DoesNotExist):
        remove_picture(listing=other, actor=ACTOR, picture_id=add(listing, 10).pk)


def test_photos_of_what_is_on_sale_are_locked() -> None:
    listing = shop.published()
    with pytest.raises(PicturesLocked):
        add(listing, 10)
    with pytest.raises(PicturesLocked):
        remove_picture(listing=listing, actor=ACTOR, picture_id=order(listing)[0][0])


def test_the_job_makes_copies_and_may_run_twice() -> None:
    vendor = shop.vendor()
    listing = shop.draft(vendor)
    picture = add(listing, 10, (700, 500))
    assert Job.objects.filter(kind="pictures.make").count() == 1
    Job.objects.exclude(kind="pictures.make").delete()
    run_all()
    picture.refresh_from_db()
    first = picture.variants
    assert [(copy["width"], copy["height"], copy["format"]) for copy in first] == [
        (320, 229, "avif"),
        (320, 229, "webp"),
        (640, 457, "avif"),
        (640, 457, "webp"),
        (700, 500, "avif"),
        (700, 500, "webp"),
    ]
    assert all(picture.original.storage.exists(copy["path"]) for copy in first)
    make_copies(picture.pk)
    make_copies(picture.pk + 1)
    picture.refresh_from_db()
    assert picture.variants == first
    shown = pictures_of(listing_of(vendor=vendor, listing_id=listing.pk))[0].picture
    assert [mime for mime, _ in shown.sources] == ["image/avif", "image/webp"]
    assert shown.src.endswith("-640.webp")
    assert shown.alt == listing.product.title
