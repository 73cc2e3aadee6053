"""Oscar as the engine of the shop: every fork of its apps, and nothing else."""
