"""Configuration shared by all forks: Oscar serves models and rules here, never views or signal receivers."""

from oscar.core.application import OscarConfig


class QuietConfig(OscarConfig):
    """An Oscar app without its views, URLs and receivers; every page is ours."""

    def ready(self) -> None:
        """Oscar would import its views and connect its signals here."""

    def get_urls(self) -> list[object]:
        """No URL of Oscar is mounted."""
        return []
