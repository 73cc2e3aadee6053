"""Fork of Oscar's vouchers."""
