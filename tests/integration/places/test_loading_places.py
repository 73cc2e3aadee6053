"""The tables equal the files, however often they are loaded."""

from io import StringIO
from time import process_time

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, ProtectedError
from django.test import TestCase

from apps.jobs.models import AuditEvent
from apps.kernel.actor import Actor
from apps.places.models import Commune, CommuneKind, FormerCommune, FormerProvince, Province
from apps.places.services import Loaded, load_places
from apps.shop.partner.models import Partner
from apps.vendors.models import Vendor

COUNTS = Loaded(provinces=34, communes=3321, former_provinces=63, former_communes=10597)


def _counts() -> Loaded:
    models = (Province, Commune, FormerProvince, FormerCommune)
    return Loaded(*(model.objects.count() for model in models))


class TestLoading(TestCase):
    """Each test begins with the tables loaded once."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_places(actor=Actor.system())

    def test_every_province_and_commune_is_there(self) -> None:
        by_kind = dict(Commune.objects.values_list("kind").annotate(Count("pk")))
        assert _counts() == COUNTS
        assert by_kind == {CommuneKind.WARD: 697, CommuneKind.COMMUNE: 2611, CommuneKind.SPECIAL_ZONE: 13}
        assert Province.objects.filter(kind="city").count() == 7

    def test_a_commune_has_its_place(self) -> None:
        commune = Commune.objects.select_related("province").get(code="06685")
        assert (str(commune), str(commune.province), commune.province.slug, commune.province.region) == (
            "Phường Hồng Gai",
            "Tỉnh Quảng Ninh",
            "quang-ninh",
            "north",
        )

    def test_islands_are_remote(self) -> None:
        zones = Commune.objects.filter(kind=CommuneKind.SPECIAL_ZONE)
        assert set(zones.values_list("is_remote", flat=True)) == {True}
        others = Commune.objects.filter(is_remote=True).exclude(kind=CommuneKind.SPECIAL_ZONE)
        assert sorted(others.values_list("name", flat=True)) == sorted(
            ["Vĩnh Thực", "Cái Chiên", "Tân Hiệp", "Nhơn Châu", "Thạnh An", "Tiên Hải", "Sơn Hải", "Hòn Nghệ"]
        )

    def test_every_former_commune_has_exactly_one_default(self) -> None:
        groups = FormerCommune.objects.values("former_province", "former_district", "former_commune")
        assert groups.distinct().count() == FormerCommune.objects.filter(is_default=True).count()

    def test_loading_again_changes_nothing_and_is_quick(self) -> None:
        before = list(Commune.objects.order_by("code").values_list())
        started = process_time()
        assert load_places(actor=Actor.system()) == COUNTS
        assert process_time() - started < 3
        assert (_counts(), list(Commune.objects.order_by("code").values_list())) == (COUNTS, before)

    def test_loading_mends_what_differs_from_the_files(self) -> None:
        province = Province.objects.get(code="22")
        Commune.objects.filter(code="06685").update(name="Hòn Gai")
        Commune.objects.create(code="99999", name="Nowhere", kind="ward", province=province, lat=0, lon=0)
        load_places(actor=Actor.system())
        assert (_counts(), Commune.objects.get(code="06685").name) == (COUNTS, "Hồng Gai")

    def test_a_unit_in_use_that_the_files_lost_stops_the_load(self) -> None:
        gone = {"full_name": "Gone", "kind": "city", "region": "north", "lookup_key": "gone", "lat": 0, "lon": 0}
        province = Province.objects.create(code="99", name="Gone", slug="gone", **gone)
        commune = Commune.objects.create(code="99999", name="Gone", kind="ward", province=province, lat=0, lon=0)
        partner = Partner.objects.create(name="Trại ong", code="trai-ong")
        Vendor.objects.create(partner=partner, name="Trại ong", slug="trai-ong", commune=commune)
        Commune.objects.filter(code="06685").update(name="Hòn Gai")
        with pytest.raises(ProtectedError), transaction.atomic():
            load_places(actor=Actor.system())
        assert Commune.objects.get(code="06685").name == "Hòn Gai"

    def test_a_load_is_audited_and_the_command_says_what_it_did(self) -> None:
        out = StringIO()
        call_command("load_places", stdout=out)
        event = AuditEvent.objects.filter(verb="places.load").latest("pk")
        assert (event.actor_kind, event.after) == ("system", COUNTS._asdict())
        assert out.getvalue() == "34 provinces, 3321 communes, 63 former provinces, 10597 former communes\n"
