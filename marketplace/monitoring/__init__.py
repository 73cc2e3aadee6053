"""What operators see of the running shop: logs, metrics, readiness."""
