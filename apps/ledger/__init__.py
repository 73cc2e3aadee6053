"""Every dong that moves, in double entry."""
