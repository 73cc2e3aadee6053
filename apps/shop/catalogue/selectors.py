"""Reading the catalogue: which goods shoppers may see, and the tree of categories."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from apps.kernel.memo import kept_for
from apps.shop.catalogue.models import Category, Product

TREE_SECONDS = 60


def on_sale() -> QuerySet[Product]:
    """Goods that may be shown: their listing is published and their vendor open; the stock may be empty."""
    return Product.objects.filter(is_public=True, stockrecords__listed=True, stockrecords__vendor_open=True)


@dataclass(frozen=True)
class CategoryNode:
    """A category in the tree; `path` grows by one step per level, as treebeard writes it."""

    id: int
    slug: str
    name: str
    name_en: str
    family: str
    path: str
    depth: int
    is_alcohol: bool

    @property
    def local_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def url(self) -> str:
        """`/danh-muc/<slug>/` in the reader's language."""
        return reverse("storefront:category", kwargs={"slug": self.slug})


@dataclass(frozen=True)
class CategoryTree:
    """All public categories in order of their paths."""

    nodes: tuple[CategoryNode, ...]
    by_id: dict[int, CategoryNode] = field(init=False)
    by_slug: dict[str, CategoryNode] = field(init=False)
    _by_path: dict[str, CategoryNode] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {node.id: node for node in self.nodes})
        object.__setattr__(self, "by_slug", {node.slug: node for node in self.nodes})
        object.__setattr__(self, "_by_path", {node.path: node for node in self.nodes})

    @property
    def roots(self) -> list[CategoryNode]:
        """The top level."""
        return [node for node in self.nodes if node.depth == 1]

    def children(self, node: CategoryNode) -> list[CategoryNode]:
        """The level below a category."""
        return [other for other in self.nodes if other.depth == node.depth + 1 and other.path.startswith(node.path)]

    def line(self, node: CategoryNode) -> list[CategoryNode]:
        """From the top level down to the category itself."""
        return list(self._line(node))

    def _line(self, node: CategoryNode) -> Iterator[CategoryNode]:
        for length in range(Category.steplen, len(node.path) + 1, Category.steplen):
            above = self._by_path.get(node.path[:length])
            if above is not None:
                yield above


@kept_for(TREE_SECONDS)
def category_tree() -> CategoryTree:
    """The public categories; kept for a minute."""
    return fresh_category_tree()


def fresh_category_tree() -> CategoryTree:
    """The public categories as they are now, for whoever writes down what it reads."""
    columns = ("id", "slug", "name", "name_en", "family", "path", "depth", "is_alcohol")
    rows = Category.objects.filter(is_public=True, ancestors_are_public=True).order_by("path").values_list(*columns)
    return CategoryTree(tuple(CategoryNode(*row) for row in rows))
