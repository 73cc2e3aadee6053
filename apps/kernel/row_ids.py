"""Numbers of rows in addresses."""


class RowId:
    """Django's path converter `<id:...>`: a number that a 64-bit column can hold; a longer one is no address (404)."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The number that the address names."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """The number as it stands in the address."""
        return str(value)
