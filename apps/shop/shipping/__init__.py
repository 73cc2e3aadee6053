"""Fork of Oscar's shipping; fees come from delivery."""
