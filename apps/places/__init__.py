"""Where things come from and go to: provinces, communes and the names that they had before 2025-07-01."""
