"""Fork of Oscar's catalogue: what a food buyer must know about a product."""
