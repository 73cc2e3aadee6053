"""Work that commits with the business row and runs after it; who did what."""
