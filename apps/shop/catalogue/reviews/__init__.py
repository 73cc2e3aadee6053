"""Fork of Oscar's product reviews."""
