"""Django's admin: a window on the tables, not a way around the services."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.provenance.models import Certificate
from apps.vendors.models import Membership, Vendor
from tests.factories.people import confirm, make_user
from tests.factories.vendors import make_member, make_vendor

pytestmark = pytest.mark.django_db


def _clerk() -> User:
    """Staff that may change people, and is no superuser."""
    clerk = make_user()
    clerk.is_staff = True
    clerk.save()
    clerk.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return clerk


def _change(client: Client, person: User, **fields: str) -> int:
    path = reverse("admin:accounts_user_change", args=[person.pk])
    given = {"email": person.email, "language": "vi", "date_joined_0": "01/01/2026", "date_joined_1": "08:00:00"}
    return client.post(path, {**given, **fields}).status_code


def test_tables_of_the_domain_can_only_be_read(admin_client: Client, rf: object) -> None:
    make_member(make_vendor(), "owner")
    request = admin_client.get("/quan-tri-du-lieu/").wsgi_request
    for model in (Vendor, Membership, Certificate):
        table = site._registry[model]
        rights = (table.has_view_permission(request), table.has_add_permission(request))
        assert (*rights, table.has_change_permission(request), table.has_delete_permission(request)) == (
            True,
            False,
            False,
            False,
        )
    member = Membership.objects.earliest("pk")
    path = reverse("admin:vendors_membership_change", args=[member.pk])
    assert (admin_client.get(path).status_code, admin_client.post(path, {"role": "finance"}).status_code) == (200, 403)


def test_only_a_superuser_gives_rights(client: Client, admin_client: Client) -> None:
    clerk, person = _clerk(), make_user()
    client.force_login(clerk)
    confirm(client)
    confirm(admin_client, "password")  # pytest-django's admin
    raised = {"is_superuser": "on", "is_staff": "on", "is_active": "on"}
    assert _change(client, clerk, **raised) == 302
    assert _change(client, person, **raised) == 302
    assert User.objects.filter(is_superuser=True).exclude(email="admin@example.com").count() == 0
    person.refresh_from_db()
    assert (person.is_staff, person.is_active) == (False, True)
    assert _change(admin_client, person, **raised) == 302
    person.refresh_from_db()
    assert person.is_superuser is True
    assert _change(client, person, email="mine@example.test") == 403


def test_people_are_closed_never_deleted(client: Client) -> None:
    person = make_user()
    client.force_login(_clerk())
    confirm(client)
    assert client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"}).status_code == 403
    picked = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), picked)
    assert _change(client, person) == 302
    assert User.objects.get(pk=person.pk).is_active is False
