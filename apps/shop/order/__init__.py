"""Fork of Oscar's orders."""
