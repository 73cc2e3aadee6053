"""A vendor's product from draft to published."""
