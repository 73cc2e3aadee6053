"""Money in, through a provider behind one port."""
