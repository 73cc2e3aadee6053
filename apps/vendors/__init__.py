"""Who sells, who may act for them, and the scope that keeps vendors apart."""
