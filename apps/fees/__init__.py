"""What the platform takes for its service and withholds for the tax office, read and frozen at the sale."""
