"""The one base of every error that a user may read."""


class DomainError(Exception):
    """A rule of the shop refused what was asked; interfaces show the message as a form error or answer 409.

    The message is any object with a `str()`, so that a lazy translation is turned into words only when it is shown.
    """

    default_message: object = "This is not possible right now."

    def __init__(self, message: object | None = None) -> None:
        self.message = self.default_message if message is None else message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)
