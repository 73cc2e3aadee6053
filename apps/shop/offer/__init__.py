"""Fork of Oscar's offers: discounts in whole dong."""
