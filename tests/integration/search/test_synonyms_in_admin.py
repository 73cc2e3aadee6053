"""An operator edits synonyms in Django's admin; what is written is checked and audited."""

import pytest
from django.test import Client

from apps.jobs.models import AuditEvent
from search.models import SynonymGroup
from tests.factories.people import make_admin, sign_in

LIST = "/quan-tri-du-lieu/search/synonymgroup/"


@pytest.fixture
def admin(db: None) -> Client:
    return sign_in(Client(), make_admin())


def verbs() -> list[str]:
    events = AuditEvent.objects.filter(object_type="search.SynonymGroup").order_by("pk")
    return list(events.values_list("verb", flat=True))


def test_a_group_is_added_changed_and_deleted(admin: Client) -> None:
    answer = admin.post(f"{LIST}add/", {"phrases": "cá trèn,  cá leo", "with_accents": "on"})
    group = SynonymGroup.objects.get(phrases="cá trèn, cá leo")
    assert (answer.status_code, group.with_accents) == (302, True)
    admin.post(f"{LIST}{group.pk}/change/", {"phrases": "ca tren, ca leo"})
    group.refresh_from_db()
    assert (group.phrases, group.with_accents) == ("ca tren, ca leo", False)
    admin.post(f"{LIST}{group.pk}/delete/", {"post": "yes"})
    assert not SynonymGroup.objects.filter(pk=group.pk).exists()
    assert verbs() == ["search.synonyms.add", "search.synonyms.change", "search.synonyms.delete"]


def test_groups_that_are_ticked_are_deleted_one_by_one(admin: Client) -> None:
    for phrases in ("cá trèn, cá leo", "cá hô, cá chép lớn"):
        admin.post(f"{LIST}add/", {"phrases": phrases, "with_accents": "on"})
    new = list(SynonymGroup.objects.order_by("-pk").values_list("pk", flat=True)[:2])
    admin.post(LIST, {"action": "delete_selected", "_selected_action": new, "post": "yes"})
    assert verbs()[2:] == ["search.synonyms.delete"] * 2


def test_a_bad_group_says_what_is_wrong(admin: Client) -> None:
    answer = admin.post(f"{LIST}add/", {"phrases": "cá trèn", "with_accents": "on"})
    assert "Một nhóm có từ 2 đến 12 cụm từ" in answer.content.decode()
    assert verbs() == []
