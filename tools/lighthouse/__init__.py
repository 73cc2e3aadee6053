"""Lighthouse on the main pages, for docs/performance.md."""
