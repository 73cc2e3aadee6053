"""The demo: invented vendors and goods with drawn pictures, so that every page can be tried at once."""
