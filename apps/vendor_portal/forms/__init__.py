"""Forms of the vendor portal."""
