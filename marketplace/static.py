"""Static files with a digest in their names, kept for good by browsers."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package has no types
    """Vite's files have a digest already, by which its scripts import each other: with two names they load twice."""

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name under which a file is served."""
        return name if name.startswith("assets/") else str(super().hashed_name(name, content, filename))
