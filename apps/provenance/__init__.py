"""What proves where a product comes from."""
