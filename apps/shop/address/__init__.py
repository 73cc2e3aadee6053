"""Fork of Oscar's addresses: two administrative levels, no postcode."""
