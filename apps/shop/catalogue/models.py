"""Products, categories and pictures with what a buyer of food must know."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct, AbstractProductImage

from apps.kernel.seasons import months_of_mask
from apps.kernel.vietnamese import fold
from apps.places.models import Commune


class Category(AbstractCategory):
    """A category with a name in both languages; `family` chooses the ground of its pictures."""

    name_en = models.CharField(max_length=255)
    family = models.CharField(max_length=16, default="bep")
    ocop_group = models.CharField(max_length=64, blank=True)
    # Online sale of alcohol: adults only and no cash (Law 44/2019/QH14 and Decree 24/2020).
    is_alcohol = models.BooleanField(default=False)

    class Meta(AbstractCategory.Meta):
        constraints = (models.UniqueConstraint(fields=["slug"], name="category_slug_unique"),)

    @property
    def local_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else str(self.name)

    def get_absolute_url(self) -> str:
        """`/danh-muc/<slug>/`, stable."""
        return reverse("storefront:category", kwargs={"slug": self.slug})


class Product(AbstractProduct):
    """A specialty of one vendor; goods are described in Vietnamese with optional English."""

    title_en = models.CharField(max_length=255, blank=True)
    description_en = models.TextField(blank=True)
    origin_commune = models.ForeignKey(
        Commune, null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    origin_province_code = models.CharField(max_length=2, blank=True, db_index=True)
    unit = models.CharField(_("Pack"), max_length=60, blank=True)
    net_weight_g = models.PositiveIntegerField(_("Net weight (g)"), null=True, blank=True)
    net_volume_ml = models.PositiveIntegerField(_("Net volume (ml)"), null=True, blank=True)
    shipping_weight_g = models.PositiveIntegerField(_("Weight with packaging (g)"), default=500)
    ingredients = models.TextField(_("Ingredients"), blank=True)
    allergens = models.CharField(_("Allergens"), max_length=255, blank=True)
    storage = models.CharField(_("Storage"), max_length=255, blank=True)
    shelf_life_days = models.PositiveIntegerField(_("Shelf life (days)"), null=True, blank=True)
    # Bit 0 is January; 0 means all year, so that "in season in month m" is one bit test in SQL.
    season_mask = models.PositiveSmallIntegerField(default=0)
    is_chilled = models.BooleanField(_("Travels chilled"), default=False)
    is_alcohol = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    search_text = models.TextField(blank=True, editable=False)

    class Meta(AbstractProduct.Meta):
        constraints = (models.CheckConstraint(condition=Q(season_mask__lt=4096), name="product_season_is_12_bits"),)

    @property
    def season_months(self) -> frozenset[int]:
        """Months of harvest, 1 to 12; empty means all year."""
        return months_of_mask(self.season_mask)

    def get_absolute_url(self) -> str:
        """`/san-pham/<slug>-<id>/`, stable."""
        return reverse("storefront:product", kwargs={"slug": self.slug, "pk": self.pk})

    def refresh_search_text(self, *names: str) -> None:
        """Fold everything that plain search looks at: titles and the names of vendor, places and category."""
        self.search_text = fold(" ".join((self.title, self.title_en, *names)))


class ProductImage(AbstractProductImage):
    """A picture and the smaller forms that a job made of it."""

    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # [{"width": 640, "height": 640, "format": "avif", "path": "..."}]
    variants: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False)


from oscar.apps.catalogue.models import *  # type: ignore[assignment]  # Oscar skips what we declared above; mypy cannot see that
