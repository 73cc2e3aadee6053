"""Writes of a listing's pictures: add, remove, order; the small copies are made by a job."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image

from apps.jobs.services import enqueue, record
from apps.kernel.actor import Actor
from apps.kernel.errors import DomainError
from apps.kernel.vietnamese import nfc
from apps.listings.imaging import make_variants, read_upload
from apps.listings.models import Listing
from apps.listings.policies import MAX_PICTURES, may_edit
from apps.shop.catalogue.models import ProductImage

# Larger than any page needs, so that a later design can cut new copies from it.
KEPT_PIXELS = 2400
CAPTION_LENGTH = 60


class PicturesLocked(DomainError):
    """Pictures of a listing that is submitted, on sale or paused stay as they are."""

    default_message = _("Withdraw the product first to change its photos.")


class TooManyPictures(DomainError):
    """A listing has a limited number of pictures."""

    def __init__(self) -> None:
        super().__init__(_("A product has up to %(limit)d photos. Remove one first.") % {"limit": MAX_PICTURES})


def add_picture(
    *, listing: Listing, actor: Actor, data: bytes, caption: str = "", is_demo: bool = False
) -> ProductImage:
    """Add a photo as the last one; its metadata (place, camera) is dropped. The same photo twice is kept once.

    Raises BadPicture, TooManyPictures or PicturesLocked.
    """
    image = read_upload(data)
    image.thumbnail((KEPT_PIXELS, KEPT_PIXELS))
    path = _keep(image)
    with transaction.atomic():
        row = _editable(listing)
        pictures = list(row.product.images.all())
        known = next((picture for picture in pictures if picture.original.name == path), None)
        if known:
            return known
        if len(pictures) >= MAX_PICTURES:
            raise TooManyPictures
        picture = ProductImage.objects.create(
            product=row.product,
            original=path,
            caption=nfc(caption).strip()[:CAPTION_LENGTH],
            display_order=len(pictures),
            width=image.width,
            height=image.height,
            is_demo=is_demo,
        )
        record(actor=actor, verb="listing.picture_added", obj=row, after={"picture": path})
        enqueue("pictures.make", {"image_id": picture.pk})
    return picture


@transaction.atomic
def describe_picture(*, listing: Listing, actor: Actor, picture_id: int, caption: str) -> None:
    """What a photo shows, in a few words, for those who cannot see it. Raises PicturesLocked."""
    row = _editable(listing)
    picture = row.product.images.get(pk=picture_id)
    before, picture.caption = picture.caption, nfc(caption).strip()[:CAPTION_LENGTH]
    if before != picture.caption:
        picture.save(update_fields=["caption"])
        record(
            actor=actor,
            verb="listing.picture_described",
            obj=row,
            before={"caption": before},
            after={"caption": picture.caption},
        )


@transaction.atomic
def remove_picture(*, listing: Listing, actor: Actor, picture_id: int) -> None:
    """Remove a photo of this listing; the file stays, other rows may show the same one. Raises PicturesLocked."""
    row = _editable(listing)
    picture = row.product.images.get(pk=picture_id)
    record(actor=actor, verb="listing.picture_removed", obj=row, before={"picture": picture.original.name})
    ProductImage.objects.filter(pk=picture.pk).delete()
    _renumber([other for other in row.product.images.all() if other.pk != picture.pk])


@transaction.atomic
def move_picture(*, listing: Listing, actor: Actor, picture_id: int, steps: int) -> None:
    """Move a photo forward (negative steps) or back; lists show the first one. Raises PicturesLocked."""
    row = _editable(listing)
    pictures = list(row.product.images.all())
    place = [picture.pk for picture in pictures].index(picture_id)
    moved = pictures.pop(place)
    pictures.insert(max(0, min(len(pictures), place + steps)), moved)
    _renumber(pictures)
    record(actor=actor, verb="listing.pictures_ordered", obj=row, after={"order": [item.pk for item in pictures]})


def make_copies(image_id: int) -> None:
    """Make the small copies of a picture; paths follow from the content, so a second run is harmless."""
    picture = ProductImage.objects.filter(pk=image_id).first()
    if picture is None:
        return
    storage, path = picture.original.storage, str(picture.original.name)
    with storage.open(path) as file:
        image = Image.open(io.BytesIO(file.read())).convert("RGB")
    stem = path.rsplit(".", 1)[0]
    copies = []
    for copy in make_variants(image):
        saved = _save(storage, f"{stem}-{copy.width}.{copy.format}", copy.data)
        copies.append({"width": copy.width, "height": copy.height, "format": copy.format, "path": saved})
    ProductImage.objects.filter(pk=picture.pk).update(variants=copies, width=image.width, height=image.height)


def _editable(listing: Listing) -> Listing:
    row = Listing.objects.select_for_update(of=("self",)).select_related("product").get(pk=listing.pk)
    if not may_edit(row.state):
        raise PicturesLocked
    return row


def _renumber(pictures: list[ProductImage]) -> None:
    for place, picture in enumerate(pictures):
        picture.display_order = place
    ProductImage.objects.bulk_update(pictures, ["display_order"])


def _keep(image: Image.Image) -> str:
    """Store the picture without metadata under the hash of its content."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=90)
    digest = hashlib.sha256(target.getvalue()).hexdigest()
    storage: Storage = ProductImage._meta.get_field("original").storage
    return _save(storage, f"products/{digest[:2]}/{digest[:40]}.jpg", target.getvalue())


def _save(storage: Storage, path: str, data: bytes) -> str:
    return path if storage.exists(path) else str(storage.save(path, ContentFile(data)))
