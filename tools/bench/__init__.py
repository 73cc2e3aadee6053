"""Times the pages of a big shop: 10,000 products, 100 categories, 200 vendors, 100,000 orders on PostgreSQL."""
