"""The index: generations of it, how they follow the shop, and how a new one is made."""
