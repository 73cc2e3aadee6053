"""Fork of Oscar's checkout rules."""
