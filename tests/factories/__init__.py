"""Rows for tests, one module per area: every function makes one thing that is ready for use."""
