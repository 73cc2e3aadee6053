"""Writes of vendors: applying, deciding, suspending, the profile and the members."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.phones import parse_phone
from apps.accounts.services import say
from apps.accounts.states import Place, Purpose
from apps.jobs.services import enqueue, record
from apps.jobs.transitions import transition
from apps.kernel.actor import Actor
from apps.kernel.clock import now
from apps.kernel.errors import DomainError
from apps.kernel.vietnamese import nfc, slugify
from apps.places.models import Commune
from apps.shop.partner.models import Partner
from apps.shop.partner.stock import set_vendor_open
from apps.vendors.models import Membership, Vendor, VendorPaper
from apps.vendors.papers import MAX_PAPERS, BadPaper, StoredPaper, UploadedPaper, stored
from apps.vendors.policies import clean_tax_code, may_sell
from apps.vendors.states import VENDOR_TRANSITIONS, Role, VendorState

# Oscar's column is shorter than a vendor's name may be.
PARTNER_NAME_LENGTH = 128


class AlreadyVendor(DomainError):
    """The person works for a vendor already."""

    default_message = _("You already have a stall here.")


class TaxCodeTaken(DomainError):
    """Another vendor has this tax code."""

    default_message = _("A vendor with this tax code is already here. Ask its owner to add you as a member.")


class UnknownCommune(DomainError):
    """No commune has this code."""

    default_message = _("Choose a commune from the list.")


class PapersMissing(DomainError):
    """An application without any paper cannot be checked."""

    default_message = _("Send at least one paper, such as the business registration.")


class ReasonMissing(DomainError):
    """A decision against a vendor needs words that the vendor can act on."""

    default_message = _("Write the reason; the vendor reads it.")


def apply_to_sell(
    *,
    actor: Actor,
    user_id: int,
    name: str,
    producer_type: str,
    tax_code: str,
    commune_code: str,
    street: str,
    phone: str,
    email: str,
    about: str,
    papers: Sequence[UploadedPaper],
    language: str = "vi",
    agreed: bool = False,
) -> Vendor:
    """Ask to sell here; who was rejected applies again with the same vendor, the papers sent before still count.

    `agreed`: the person has said yes to the check of the papers, which is logged.
    Raises BadTaxCode, BadPhone, BadPaper, PapersMissing, UnknownCommune, TaxCodeTaken or AlreadyVendor.
    """
    facts: dict[str, Any] = {
        "name": nfc(name).strip(),
        "producer_type": producer_type,
        "tax_code": clean_tax_code(tax_code, producer_type),
        "commune": _commune(commune_code),
        "street": nfc(street).strip(),
        "phone": parse_phone(phone),
        "email": email.strip(),
        "about": nfc(about).strip(),
        "language": language,
    }
    with stored(papers, folder="papers") as files, _unique_tax_code(), transaction.atomic():
        # One application of a person at a time: a second click waits here and then finds the first one's vendor.
        User.objects.select_for_update(no_key=True).get(pk=user_id)
        vendor = _rejected_vendor_of(user_id)
        _refuse_taken_tax_code(facts["tax_code"], besides=vendor)
        if vendor is None:
            vendor = _create(user_id=user_id, facts=facts)
            record(actor=actor, verb="vendor.apply", obj=vendor, after={"state": vendor.state})
        else:
            changed = [name for name, value in facts.items() if getattr(vendor, name) != value]
            vendor = transition(
                vendor, VendorState.APPLIED, table=VENDOR_TRANSITIONS, actor=actor, applied_at=now(), **facts
            )
            record(actor=actor, verb="vendor.apply", obj=vendor, after={"fields": changed})
        _keep_papers(vendor, files)
        if agreed:
            _log_consent(actor, user_id, language)
    return vendor


@transaction.atomic
def approve_vendor(*, vendor: Vendor, actor: Actor, seen: dt.datetime | None = None) -> Vendor:
    """Let an applicant sell; goods that are listed already go on sale. `seen` is the `applied_at` that was read."""
    expect: dict[str, object] = {"state": VendorState.APPLIED}
    if seen is not None:
        expect["applied_at"] = seen
    return _decide(vendor, VendorState.APPROVED, "approved", actor, expect=expect)


@transaction.atomic
def reject_vendor(*, vendor: Vendor, actor: Actor, reason: str) -> Vendor:
    """Turn an application down; the reason reaches the vendor. Raises ReasonMissing."""
    return _decide(vendor, VendorState.REJECTED, "rejected", actor, reason=_given(reason))


@transaction.atomic
def suspend_vendor(*, vendor: Vendor, actor: Actor, reason: str) -> Vendor:
    """Take a vendor's goods out of shop and baskets at once; open orders stay. Raises ReasonMissing."""
    return _decide(vendor, VendorState.SUSPENDED, "suspended", actor, reason=_given(reason))


@transaction.atomic
def lift_suspension(*, vendor: Vendor, actor: Actor) -> Vendor:
    """Bring a suspended vendor's goods back, each as its own listing allows."""
    return _decide(vendor, VendorState.APPROVED, "lifted", actor, expect={"state": VendorState.SUSPENDED})


@transaction.atomic
def update_profile(*, vendor: Vendor, actor: Actor, about: str, phone: str, email: str, street: str) -> Vendor:
    """Change what a vendor may change alone: words about it and how to reach it. Raises BadPhone.

    The audit event names the fields, not their words: it cannot be erased.
    """
    row = Vendor.objects.select_for_update().get(pk=vendor.pk)
    wanted = {
        "about": nfc(about).strip(),
        "phone": parse_phone(phone),
        "email": email.strip(),
        "street": nfc(street).strip(),
    }
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        record(actor=actor, verb="vendor.profile", obj=row, after={"fields": changed})
    return row


@transaction.atomic
def add_member(*, vendor: Vendor, actor: Actor, user_id: int, role: str) -> Membership:
    """Give a person a role in a vendor, or another role than before."""
    membership, _created = Membership.objects.update_or_create(
        vendor=vendor, user_id=user_id, defaults={"role": Role(role)}
    )
    record(actor=actor, verb="membership.set", obj=membership, after={"user": user_id, "role": role})
    return membership


def locked_is_open(vendor_id: int) -> bool:
    """Whether the vendor may sell now, held still until the caller's transaction ends (new stock records copy it)."""
    rows = Vendor.objects.select_for_update(no_key=True)
    return may_sell(rows.values_list("state", flat=True).get(pk=vendor_id))


def _decide(
    vendor: Vendor,
    to: str,
    decision: str,
    actor: Actor,
    *,
    reason: str = "",
    expect: Mapping[str, object] | None = None,
) -> Vendor:
    """One decision: state, the flag on all stock records and the mail, together."""
    row = transition(
        vendor,
        to,
        table=VENDOR_TRANSITIONS,
        actor=actor,
        reason=reason,
        expect=expect,
        state_reason=reason,
        decided_at=now(),
    )
    set_vendor_open(partner_id=row.partner_id, is_open=may_sell(to))
    # Handlers tell by the moment whether this decision was told: the same one can fall again.
    at = now().isoformat()
    enqueue("vendor.decided", {"vendor_id": row.pk, "decision": decision, "reason": reason, "at": at})
    return row


def _log_consent(actor: Actor, user_id: int, language: str) -> None:
    check, place = Purpose.VENDOR_CHECK, Place.APPLICATION
    say(user_id=user_id, actor=actor, purpose=check, given=True, language=language, place=place)


def _given(reason: str) -> str:
    text = nfc(reason).strip()
    if not text:
        raise ReasonMissing
    return text


def _commune(code: str) -> Commune:
    commune = Commune.objects.filter(code=code).first()
    if commune is None:
        raise UnknownCommune
    return commune


def _rejected_vendor_of(user_id: int) -> Vendor | None:
    """The vendor with which this person may apply again; raises AlreadyVendor for a member of any other."""
    mine = Membership.objects.filter(user_id=user_id).select_related("vendor").order_by("created_at", "pk").first()
    if mine is None:
        return None
    if mine.vendor.state != VendorState.REJECTED or mine.role != Role.OWNER:
        raise AlreadyVendor
    return mine.vendor


@contextmanager
def _unique_tax_code() -> Iterator[None]:
    """Two applications with one tax code at the same moment: the database lets one through."""
    try:
        yield
    except IntegrityError as problem:
        if "tax_code" not in str(problem):
            raise
        raise TaxCodeTaken from problem


def _refuse_taken_tax_code(tax_code: str, *, besides: Vendor | None) -> None:
    others = Vendor.objects.filter(tax_code=tax_code).exclude(state=VendorState.REJECTED)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise TaxCodeTaken


def _create(*, user_id: int, facts: dict[str, Any]) -> Vendor:
    partner = Partner.objects.create(name=facts["name"][:PARTNER_NAME_LENGTH])
    vendor = Vendor.objects.create(partner=partner, slug=_free_slug(facts["name"]), **facts)
    Membership.objects.create(vendor=vendor, user_id=user_id, role=Role.OWNER)
    return vendor


def _free_slug(name: str) -> str:
    """A slug that no vendor has: the name, or the name and the next free number."""
    base = slugify(name)[:140].strip("-") or "nha-ban"
    taken = set(Vendor.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _keep_papers(vendor: Vendor, files: Sequence[StoredPaper]) -> None:
    before = vendor.papers.count()
    if not before and not files:
        raise PapersMissing
    if before + len(files) > MAX_PAPERS:
        raise BadPaper(_("You have sent %(limit)d papers; there is no room for more.") % {"limit": MAX_PAPERS})
    VendorPaper.objects.bulk_create(
        VendorPaper(vendor=vendor, name=file.name, file=file.path, content_type=file.content_type, size=file.size)
        for file in files
    )
