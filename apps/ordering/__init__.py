"""Orders split by vendor and driven through their life."""
