"""Pages of the backoffice, one module per room."""
