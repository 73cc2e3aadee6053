"""Commands of the house: messages, sizes, services, serving."""
