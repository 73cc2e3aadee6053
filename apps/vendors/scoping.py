"""The scope that keeps vendors apart: every read for a vendor passes through here."""

from typing import TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from apps.vendors.models import Vendor

M = TypeVar("M", bound=Model)


def for_vendor(queryset: QuerySet[M], *, vendor: Vendor) -> QuerySet[M]:
    """Only the rows of this vendor.

    A model is scoped by its foreign key `vendor`, or by the look-up that its class attribute `vendor_path` names.
    Raises TypeError for a model with neither, rather than hand out everybody's rows.
    """
    return queryset.filter(**{_path_of(queryset.model): vendor})


def _path_of(model: type[Model]) -> str:
    declared = getattr(model, "vendor_path", None)
    if isinstance(declared, str):
        return declared
    try:
        field = model._meta.get_field("vendor")
    except FieldDoesNotExist as problem:
        raise TypeError(f"{model._meta.label} has no path to a vendor") from problem
    if field.related_model is not Vendor:
        raise TypeError(f"{model._meta.label}.vendor is not a vendor")
    return "vendor"
