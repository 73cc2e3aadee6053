"""One submit of a checkout: order and payment rows in one transaction."""
