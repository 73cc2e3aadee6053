"""The committed drawings of the shop are what the grammar draws, and light enough to send."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from apps.demo.pictures.build_static import EMPTIES, TILES, motif_svg
from apps.demo.pictures.palette import GROUNDS
from apps.storefront.ornaments import guilloche

ART = Path("frontend/src/art")


def test_every_family_has_a_tile() -> None:
    assert TILES.keys() == GROUNDS.keys()


@pytest.mark.parametrize(("file", "motif"), [*TILES.items(), *EMPTIES.items()])
def test_committed_motifs_are_current(file: str, motif: str) -> None:
    assert (ART / f"{file}.svg").read_text(encoding="utf-8").strip() == motif_svg(motif, 96 if file in TILES else 144)


def test_committed_guilloche_is_current() -> None:
    assert (ART / "guilloche.svg").read_text(encoding="utf-8").strip() == guilloche()


def test_motifs_can_stand_in_a_page() -> None:
    root = ElementTree.fromstring(motif_svg("squid", 96))  # noqa: S314
    assert (root.get("width"), root.get("viewBox"), root.get("aria-hidden")) == ("96", "0 0 250 250", "true")
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "g", "path"}
    assert "style" not in {name for element in root.iter() for name in element.attrib}


def test_files_are_light() -> None:
    heavy = {path.name: path.stat().st_size for path in ART.iterdir() if path.stat().st_size > 150_000}
    assert heavy == {}
