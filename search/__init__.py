"""Finding goods: what a shopper asks, and the engines that answer."""
