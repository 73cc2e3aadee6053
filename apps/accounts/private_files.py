"""Where papers with personal data lie: never under a public URL."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """The storage named "private" in the settings; files are served only through a permission check."""
    return storages["private"]
