"""Oscar's shipping tables; needed by its offers, fees come from delivery."""

from oscar.apps.shipping.models import *
