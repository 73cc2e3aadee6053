"""Views of the vendor portal, by what a vendor does."""
