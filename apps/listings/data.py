"""What a vendor says about a product, as the form or the demo hands it to the services."""

from dataclasses import asdict, dataclass, field
from typing import Any

from apps.kernel.seasons import mask_of_months


@dataclass(frozen=True, kw_only=True)
class ListingData:
    """Facts of one product: grams, millilitres, whole dong with VAT; no months means all year."""

    title: str
    category_id: int
    title_en: str = ""
    description: str = ""
    description_en: str = ""
    unit: str = ""
    net_weight_g: int | None = None
    net_volume_ml: int | None = None
    shipping_weight_g: int = 500
    ingredients: str = ""
    allergens: str = ""
    storage: str = ""
    shelf_life_days: int | None = None
    season_months: frozenset[int] = field(default_factory=frozenset)
    is_chilled: bool = False
    origin_commune_code: str = ""
    is_service: bool = False
    price_amount: int | None = None
    available: int = 0
    sku: str = ""
    is_demo: bool = False

    def facts(self) -> dict[str, Any]:
        """The columns of the product, by name."""
        return {**asdict(self), "season_mask": mask_of_months(self.season_months)}
