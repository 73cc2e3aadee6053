"""The pigments of the demo pictures: a few flat colours, as a Đông Hồ print has them."""

from typing import NamedTuple

INK, PAPER = "#2b2118", "#f8f3e4"
SON, HOE, NGHE, LA, MA = "#c8371f", "#f0b429", "#e0851c", "#3d7a4c", "#93b558"
CHAM, NUOC, SIM, DAT, GO = "#2a4480", "#3b8a90", "#7d2f55", "#ae6034", "#7c4c2a"
HONG, KEM, TRANG = "#e8a394", "#f3dca8", "#fffdf6"
RATTAN, RATTAN_DARK, WICKER = "#e2bd80", "#b98544", "#d2a463"

_WHITE, _BLACK = (255, 253, 244), (43, 33, 24)


class Ground(NamedTuple):
    """Colours behind the goods: paper, far hills, near land, sun."""

    paper: str
    far: str
    near: str
    sun: str


GROUNDS = {
    "bien": Ground("#bcdcd5", "#92c2be", "#62a5a7", "#f6d98a"),
    "vuon": Ground("#d5e3aa", "#abc97b", "#82a85a", "#f9dc7a"),
    "doi": Ground("#e0da9f", "#b5be70", "#869a50", "#f8e3a0"),
    "ruong": Ground("#f7da86", "#eabf52", "#d09c33", "#fff0bd"),
    "bep": Ground("#f4c7a5", "#e39d74", "#c97b54", "#fbe0a6"),
    "men": Ground("#e4c4cd", "#ca97a7", "#a86f86", "#f8dcae"),
    "nghe": Ground("#c4d1e8", "#9aaed5", "#718abc", "#f8dc98"),
    "hoa": Ground("#f3ccbf", "#c4c68b", "#92aa6b", "#fdebb8"),
}
"""One ground for each family of categories: sea, garden, hills, fields, kitchen, ferment, craft, flowers."""


def tone(colour: str, amount: float) -> str:
    """`colour` mixed with paper white (amount above 0) or with ink (below 0); 1 is white, -1 is ink."""
    target = _WHITE if amount > 0 else _BLACK
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    share = abs(amount)
    return "#" + "".join(f"{round(c * (1 - share) + t * share):02x}" for c, t in zip(channels, target, strict=True))
