"""The register of personal data knows every table and column of the schema that holds something about a person."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import EmailField, Field, GenericIPAddressField, Model

from apps.accounts.models import User
from apps.accounts.personal_data import entries, exemptions
from tools.privacy import TABLE, page, written

# How columns are called that hold names, phones, addresses or free text of people.
TELLING = re.compile(
    r"(first_name|last_name|full_name|recipient_(name|phone)|holder|username|phone|phone_number|guest_phone|email|street"
    r"|line[12]|postcode|notes?|delivery_note|gift_message|about|tax_code|ip_address|user_agent|body(_\w+)?|last_error)"
)
# Columns that look so and are not about shoppers, vendors or members.
NOT_PERSONAL = {"places.Province": "full name of a province"}


def tables() -> list[type[Model]]:
    """Every table once; a proxy is its table."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def reaching_people() -> set[type[Model]]:
    """Tables from which foreign keys lead to a person, over however many steps."""
    reached: set[type[Model]] = {User}
    while True:
        more = {model for model in tables() if model not in reached and _targets(model) & reached}
        if not more:
            return reached
        reached |= more


def _targets(model: type[Model]) -> set[object]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def telling(model: type[Model]) -> Iterator[str]:
    """Columns that by name or kind hold something about somebody."""
    for field in model._meta.concrete_fields:
        known_kind = isinstance(field, EmailField | GenericIPAddressField) or type(field).__name__ == "PhoneNumberField"
        if isinstance(field, Field) and (known_kind or TELLING.fullmatch(field.name)):
            yield field.name


def test_every_table_that_leads_to_a_person_is_registered_or_exempt_with_a_reason() -> None:
    known = {entry.model for entry in entries()} | exemptions().keys()
    assert sorted(model._meta.label for model in reaching_people() - known) == []
    assert [label._meta.label for label, reason in exemptions().items() if len(reason) < 20] == []


def test_every_column_that_tells_something_is_in_the_register() -> None:
    registered = {entry.model: set(entry.fields) for entry in entries()}
    free = exemptions().keys()
    found = [
        f"{model._meta.label}.{name}"
        for model in tables()
        if model not in free and model._meta.label not in NOT_PERSONAL
        for name in telling(model)
        if name not in registered.get(model, set())
    ]
    assert found == []


def test_the_register_names_columns_that_are_there() -> None:
    for entry in entries():
        names = {field.name for field in entry.model._meta.get_fields()}
        assert set(entry.fields) - names == set()
        assert {path.partition("__")[0] for path in entry.export} - names == set()
        assert bool(entry.title) == bool(entry.export)


def test_the_check_sees_a_table_and_a_column_that_nobody_has_registered() -> None:
    labels = {model._meta.label for model in reaching_people()}
    assert {"ordering.Parcel", "basket.Line", "sessions.Session"} - labels == {"sessions.Session"}
    assert {"email", "full_name", "phone"} - set(telling(User)) == set()


def test_the_page_shows_the_register_as_it_is() -> None:
    assert TABLE in page()
    assert written() == page()
