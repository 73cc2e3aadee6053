"""Fork of Oscar's basket: whole dong, one basket row per checkout."""
